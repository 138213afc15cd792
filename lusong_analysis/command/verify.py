"""lusong verify: whether a PDF says what its own evidence says."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from lusong_analysis.command.shared import FAILED, GOOD, REFUSED, counted

# What the blocks of a report are called where their own name is no noun.
NOUNS = {"key_figures": "strip", "not_known": "gap list", "absent": "missing figure"}


def verify(files: Annotated[list[Path], typer.Argument(metavar="FILE.pdf…", help="Reports.")]) -> None:
    """Compute every figure and sentence of a PDF again, from the data inside it, and compare."""
    codes = [_verify(file) for file in files]
    raise typer.Exit(max(codes))


def _verify(file: Path) -> int:
    from lusong_analysis.verify import verify

    try:
        verdict = verify(file.read_bytes())
    except OSError as error:
        print(f"{file}: it cannot be read: {error.strerror}.", file=sys.stderr)
        return REFUSED
    except ValueError as error:
        print(f"{file}: it is no report that can be verified: {error}", file=sys.stderr)
        return REFUSED
    for problem in verdict.problems:
        print(f"{file}: {problem}", file=sys.stderr)
    if verdict.problems:
        print(f"{file}: {counted(len(verdict.problems), 'problem')}.", file=sys.stderr)
        return FAILED
    blocks = [counted(number, NOUNS.get(kind, kind)) for kind, number in verdict.blocks.items()]
    counts = [counted(verdict.figures, "figure"), *blocks]
    print(f"{file}: good: {', '.join(counts)} computed again")
    return GOOD
