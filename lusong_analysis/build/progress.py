"""How far a build has come: a bar and the running reports on a terminal, plain lines elsewhere."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from lusong_analysis.build.steps import Step


class Teller(NamedTuple):
    """What is told of a build: each cell that begins, each report that is finished, with a line about it."""

    step: Callable[[Step], None]
    finished: Callable[[str, str], None]


@contextlib.contextmanager
def progress(cells: Mapping[str, int], quiet: bool = False) -> Iterator[Teller]:
    """Show how far reports have come.

    Parameters
    ----------
    cells : Mapping of str to int
        The reports to make, by name, and how many cells each has: a report counts as much as it has cells.
    quiet : bool
        Show nothing.

    Yields
    ------
    Teller
        To be told.
    """
    if quiet:
        yield Teller(lambda step: None, lambda name, line: None)
    elif not sys.stdout.isatty():
        yield Teller(lambda step: None, lambda name, line: print(line, flush=True))
    else:
        with _bar(cells) as teller:
            yield teller


@contextlib.contextmanager
def _bar(cells: Mapping[str, int]) -> Iterator[Teller]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[far]}"),
        TimeRemainingColumn(),
    )
    begun = dict.fromkeys(cells, 0)
    ended: set[str] = set()
    running: dict[str, TaskID] = {}
    with Progress(*columns, console=Console(), transient=True) as bar:
        whole = bar.add_task("building", total=sum(cells.values()), far="")

        def show() -> None:
            done = sum(cells[name] if name in ended else begun[name] for name in cells)
            bar.update(whole, completed=done, far=f"report {len(ended)} of {len(cells)}")

        def step(one: Step) -> None:
            if one.job in ended or one.job not in begun:
                return
            begun[one.job] = max(begun[one.job], one.cell - 1)
            far = f"cell {one.cell} of {one.cells}"
            if one.job not in running:
                running[one.job] = bar.add_task(f"  {one.job}", total=one.cells, far=far)
            bar.update(running[one.job], completed=one.cell - 1, far=far)
            show()

        def finished(name: str, line: str) -> None:
            ended.add(name)
            if name in running:
                bar.remove_task(running.pop(name))
            bar.console.print(line, markup=False, highlight=False)
            show()

        show()
        yield Teller(step, finished)
