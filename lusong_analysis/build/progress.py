"""How far a build has come: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator


@contextlib.contextmanager
def progress(total: int, quiet: bool = False) -> Iterator[Callable[[str], None]]:
    """Show how many reports are finished.

    Parameters
    ----------
    total : int
        How many there are to make.
    quiet : bool
        Show nothing.

    Yields
    ------
    Callable
        To be called with a line for each report that is finished.
    """
    if quiet:
        yield lambda line: None
    elif not sys.stdout.isatty():
        yield lambda line: print(line, flush=True)
    else:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = SpinnerColumn(), TextColumn("building"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
        with Progress(*columns, console=Console(), transient=True) as bar:
            reports = bar.add_task("building", total=total)

            def tell(line: str) -> None:
                bar.console.print(line, markup=False, highlight=False)
                bar.advance(reports)

            yield tell
