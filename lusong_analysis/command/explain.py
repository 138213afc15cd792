"""lusong explain: a printed figure, down to the words of the sources."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
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
        reports, files = _reports(place or [], language, project)
        trees = list(_trees(figure, reports, files))
    except Refused as refused:
        print_problems(refused.problems, "")
        raise typer.Exit(REFUSED) from None
    # A forged attachment can fail anywhere; only our own errors have words for people.
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        told = f": {error}" if isinstance(error, QuantityError) else "; it is damaged."
        print(f"{figure}: the evidence does not go together{told}", file=sys.stderr)
        print("lusong verify says where in the PDF.", file=sys.stderr)
        raise typer.Exit(FAILED) from None
    for tree in trees:
        _show(tree)


def _reports(named: list[str], language: str | None, project: Path | None) -> tuple[dict[str, Explanation], list[Path]]:
    """What each report proves, by its name, and its files.

    Of a folder the reports in one language, of a PDF whatever it speaks.

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
    found, files = {}, []
    for place in places:
        wanted = language or ("" if place.is_file() else "en")
        for (report, spoken), record in records(place, wanted).items():
            name = report if len(named) < 2 else str(place) if place.is_file() else f"{place}/{report}"
            found[name] = Explanation(record)
            files.append(place if place.is_file() else place / spoken / f"{report}.pdf")
    return found, files


def _newest(reports: Path) -> Path:
    editions = sorted(path for path in reports.glob("*") if EDITION.fullmatch(path.name))
    if not editions:
        todo = "Build one, or name a report or the folder of an edition."
        raise Refused([Problem(reports.name, "no edition", "No edition was published there.", todo)])
    return editions[-1]


def _trees(figure: str, reports: Mapping[str, Explanation], files: Iterable[Path]) -> Iterator[Branch]:
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
    number = figure.upper()
    if NUMBER.fullmatch(number) and not printing:
        if len(reports) > 1:
            todo = f"Give the PDF of one: {', '.join(map(_near, files))}"
            raise Refused([Problem(number, f"{len(reports)} reports", "Each report counts its own figures.", todo)])
        printing = {name: each for name, each in reports.items() if number in each.names.values()}
    if not printing:
        known = {name for each in reports.values() for name in (*each.names, *_rows(each))}
        todo = did_you_mean(figure, known) or "The names stand in the notebooks, the numbers in the appendix."
        raise Refused([Problem("figure", figure, f"None of {', '.join(sorted(reports))} prints it.", todo)])
    for name, each in printing.items():
        yield Branch(name, (each.figure(each.names.get(figure, number)),))


def _near(file: Path) -> str:
    """A path as short as it can be typed from here."""
    return str(file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file)


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
