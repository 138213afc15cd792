"""What the commands share: exit codes, the project and its data, and how problems and counts are printed."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from lusong_analysis.build import plan
from lusong_analysis.problem import Problem, Refused

GOOD, FAILED, REFUSED, INTERRUPTED = 0, 1, 2, 130

Project = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Folder of data/, notebooks/ and reports/; the nearest upwards if not given."),
]
Data = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Folder of the data package; else LUSONG_DATA, else the project's data/."),
]


def project_folder(named: Path | None) -> Path:
    """The project's folder.

    Raises
    ------
    Refused
        None was named, and none lies upwards.
    """
    folder = named.absolute() if named else plan.find_project(Path.cwd())
    if folder is None:
        rule = "No folder from here upwards holds data/datapackage.json."
        raise Refused([Problem("project", str(Path.cwd()), rule, "Go into the project, or give --project DIR.")])
    return folder


def data_folder(project: Path, named: Path | None) -> Path:
    """The folder of the data package.

    Raises
    ------
    Refused
        There is no such folder.
    """
    if named and not named.is_dir():
        from lusong_analysis.facts.descriptor import DESCRIPTOR

        raise Refused([Problem("--data", str(named), "There is no such folder.", f"Name one that holds {DESCRIPTOR}.")])
    return named.absolute() if named else plan.find_data(project)


def print_problems(problems: Iterable[Problem], outcome: str) -> None:
    """Print each problem on a line, then their number and what came of it, where errors go."""
    lines = [str(problem) for problem in problems]
    print("\n".join(lines), file=sys.stderr)
    print(f"{counted(len(lines), 'problem')}. {outcome}".rstrip(), file=sys.stderr)


def counted(number: int, noun: str) -> str:
    """A number and its noun: 1 report, 2 reports, 3 strategies."""
    plural = noun if noun.endswith("s") else f"{noun.removesuffix('y')}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
