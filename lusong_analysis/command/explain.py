"""lusong explain: a printed figure, down to the words of the sources."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from lusong_analysis.build import plan
from lusong_analysis.command.shared import FAILED, REFUSED, Project, print_problems, project_folder
from lusong_analysis.problem import Problem, Refused, did_you_mean

if TYPE_CHECKING:
    from lusong_analysis.report.explanation import Branch, Explanation

NUMBER = re.compile(r"E[1-9]\d*")
EDITION = re.compile(r"\d{4}-\d{2}")


def explain(
    figure: Annotated[
        str,
        typer.Argument(
            metavar="FIGURE", help="A figure's name in its notebook, E3 with one file, or the key of a statement."
        ),
    ],
    place: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE.pdf | EDITION]…", help="Reports or editions; the newest edition if none is named."
        ),
    ] = None,
    language: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="Which reports of a folder; en if not given.")
    ] = None,
    project: Project = None,
) -> None:
    """Take a printed figure apart, from the evidence in the PDF: formula, statements, words of the sources."""
    from lusong_analysis.quantity.error import QuantityError

    try:
        reports = _reports(place or [], language, project)
        trees = list(_trees(figure, reports))
    except Refused as refused:
        print_problems(refused.problems, "")
        raise typer.Exit(REFUSED) from None
    except (QuantityError, KeyError, TypeError) as error:
        print(f"{figure}: the evidence does not go together: {error}", file=sys.stderr)
        raise typer.Exit(FAILED) from None
    for tree in trees:
        _show(tree)


def _reports(named: list[str], language: str | None, project: Path | None) -> dict[str, Explanation]:
    """What each report proves, by its name; of a folder the reports in one language, of a PDF whatever it speaks.

    Raises
    ------
    Refused
        A place is none, or holds no evidence.
    """
    from lusong_analysis.report.editions import find_edition, records
    from lusong_analysis.report.explanation import Explanation

    if named:
        root = project.absolute() if project else plan.find_project(Path.cwd())
        places = [find_edition(name, root / "reports" if root else None) for name in named]
    else:
        places = [_newest(project_folder(project) / "reports")]
    found = {}
    for place in places:
        wanted = language or ("" if place.is_file() else "en")
        for (report, _), record in records(place, wanted).items():
            name = report if len(named) < 2 else str(place) if place.is_file() else f"{place}/{report}"
            found[name] = Explanation(record)
    return found


def _newest(reports: Path) -> Path:
    editions = sorted(path for path in reports.glob("*") if EDITION.fullmatch(path.name))
    if not editions:
        todo = "Build one, or name a report or the folder of an edition."
        raise Refused([Problem(reports.name, "no edition", "No edition was published there.", todo)])
    return editions[-1]


def _trees(figure: str, reports: Mapping[str, Explanation]) -> Iterator[Branch]:
    """The trees that answer, one for each report that prints the figure.

    Raises
    ------
    Refused
        No report prints it, or the number is that of several reports.
    """
    from lusong_analysis.report.explanation import Branch

    holding = {name: each for name, each in reports.items() if figure in _rows(each)}
    if holding:
        row = next(iter(holding.values())).row(figure)
        yield Branch(row.text, (*row.branches, *(Branch(n, tuple(e.resting_on(figure))) for n, e in holding.items())))
        return
    printing = {name: each for name, each in reports.items() if figure in each.names}
    if NUMBER.fullmatch(figure) and not printing:
        if len(reports) > 1:
            rule = "Each report counts its own figures."
            raise Refused(
                [
                    Problem(
                        figure, f"{len(reports)} reports", rule, f"Give the PDF of one: {', '.join(sorted(reports))}."
                    )
                ]
            )
        printing = {name: each for name, each in reports.items() if figure in each.names.values()}
    if not printing:
        known = {name for each in reports.values() for name in (*each.names, *_rows(each))}
        todo = did_you_mean(figure, known) or "The names stand in the notebooks, the numbers in the appendix."
        raise Refused([Problem("figure", figure, f"None of {', '.join(sorted(reports))} prints it.", todo)])
    for name, each in printing.items():
        yield Branch(name, (each.figure(each.names.get(figure, figure)),))


def _rows(report: Explanation) -> set[str]:
    return {*report.package.observations, *report.package.events}


def _show(tree: Branch) -> None:
    """Draw a tree on a terminal; elsewhere indent plain lines."""
    if not sys.stdout.isatty():
        print("\n".join(_lines(tree, 0)))
        return
    from rich.console import Console
    from rich.text import Text
    from rich.tree import Tree

    def drawn(branch: Branch, style: str = "") -> Tree:
        node = Tree(Text(_spaced(branch.text), style))
        node.children.extend(drawn(below) for below in branch.branches)
        return node

    Console().print(drawn(tree, "bold"), highlight=False)


def _lines(branch: Branch, depth: int) -> Iterator[str]:
    yield "  " * depth + _spaced(branch.text)
    for below in branch.branches:
        yield from _lines(below, depth + 1)


def _spaced(text: str) -> str:
    return text.replace("\u00a0", " ")
