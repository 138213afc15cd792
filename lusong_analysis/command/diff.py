"""lusong diff: which figures two editions print differently, and why."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from lusong_analysis.build import plan
from lusong_analysis.command.shared import FAILED, GOOD, REFUSED, counted, print_problems
from lusong_analysis.problem import Problem, Refused, did_you_mean

if TYPE_CHECKING:
    from lusong_analysis.report.difference import Difference
    from lusong_analysis.report.editions import Report
    from lusong_analysis.report.reasons import Reason

    Records = Mapping[Report, dict[str, Any]]

HEADS = ("report", "figure", "before", "after", "why")


@dataclass(frozen=True)
class Row:
    """A figure of a report that differs alike in some languages.

    Parameters
    ----------
    report : str
        The name of the report.
    compared : tuple of str
        The languages in which both editions hold the report.
    found : mapping
        The difference by language; kind and reasons are the same in each.
    """

    report: str
    compared: tuple[str, ...]
    found: Mapping[str, Difference]

    @property
    def difference(self) -> Difference:
        """The difference, in any of its languages."""
        return next(iter(self.found.values()))

    def texts(self, edition: Literal["before", "after"]) -> dict[str, str]:
        """The figure as one of the editions prints it, by language; empty where it does not."""
        entries = {language: getattr(difference, edition) for language, difference in self.found.items()}
        return {language: entry["text"] for language, entry in entries.items() if entry}

    def cells(self, language: str) -> tuple[str, ...]:
        """The row in words, the figure in one language where it can be."""
        before, after = (self.texts(edition) for edition in ("before", "after"))
        printed = [texts.get(language) or next(iter(texts.values()), "–") for texts in (before, after)]
        shown = [text.replace("\u00a0", " ") for text in printed]  # so that people find it who search for it
        only = f" ({', '.join(self.found)})" if len(self.found) < len(self.compared) else ""
        return self.report + only, self.difference.figure, *shown, "; ".join(map(words, self.difference.reasons))


@dataclass(frozen=True)
class Comparison:
    """Two editions: the reports that only one has, those that both have, and of these the figures that differ.

    ``figures`` is how many figures the later edition prints in the reports that both have, in one language.
    """

    added: tuple[Report, ...]
    gone: tuple[Report, ...]
    compared: Mapping[str, tuple[str, ...]]
    figures: int
    rows: tuple[Row, ...]

    @property
    def differs(self) -> bool:
        """Whether any figure or report differs."""
        return bool(self.added or self.gone or self.rows)

    def count(self, kind: str) -> int:
        """How many figures differ in one way."""
        return sum(row.difference.kind == kind for row in self.rows)


def diff(
    before: Annotated[str, typer.Argument(metavar="EDITION", help="The earlier one: a name, a folder, or a PDF.")],
    after: Annotated[str, typer.Argument(metavar="EDITION", help="The later one.")],
    language: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="Only reports in this language; both, shown in English, if not.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document, for machines.")] = False,
) -> None:
    """List the figures that two editions print differently, each with the reason.

    Exit codes: 0 nothing differs, 1 something differs, 2 an edition cannot be read.
    """
    try:
        places, held = _read((before, after), language or "")
    except Refused as refused:
        print_problems(refused.problems, "Nothing was compared.")
        raise typer.Exit(REFUSED) from None
    comparison = compare(*held)
    if as_json:
        print(json.dumps(document(places[0], places[1], comparison), ensure_ascii=False, indent=1))
    else:
        _print(comparison, language or "en")
    raise typer.Exit(FAILED if comparison.differs else GOOD)


def compare(before: Records, after: Records) -> Comparison:
    """Compare the reports of two editions, language by language.

    Parameters
    ----------
    before, after : mapping
        The evidence by report and language, as :func:`lusong_analysis.report.editions.records` reads it.
    """
    both = [key for key in after if key in before]
    compared = {name: tuple(language for report, language in both if report == name) for name, _ in both}
    sizes = {name: max(len(after[name, language]["figures"]) for language in compared[name]) for name in compared}
    return Comparison(
        added=tuple(key for key in after if key not in before),
        gone=tuple(key for key in before if key not in after),
        compared=compared,
        figures=sum(sizes.values()),
        rows=tuple(row for name in sorted(compared) for row in _rows(name, compared[name], before, after)),
    )


def _rows(report: str, languages: tuple[str, ...], before: Records, after: Records) -> Iterator[Row]:
    from lusong_analysis.report.difference import differences

    alike: dict[tuple[object, ...], dict[str, Difference]] = {}
    for language in languages:
        for found in differences(before[report, language], after[report, language]):
            alike.setdefault((found.figure, found.kind, found.reasons), {})[language] = found
    for differing in alike.values():
        yield Row(report, languages, differing)


def document(before: Path, after: Path, comparison: Comparison) -> dict[str, Any]:
    """A comparison for machines.

    Returns
    -------
    dict
        ``before``, ``after``: the folders or PDFs.
        ``reports``: ``added`` and ``gone``, lists of ``report`` and ``language``; ``compared``, languages by report.
        ``counts``: of figures ``added``, ``gone`` and ``changed``, and how many the later edition has ``printed`` in
        those reports; a figure counts once for all languages in which it differs alike.
        ``figures``: a list of ``report``, ``figure``, ``kind`` (added, gone, changed), ``before`` and ``after`` (the
        printed texts by language, empty where it is not printed) and ``reasons``, each with ``kind``, ``name``,
        ``statement``, ``column``, ``before``, ``after`` as :class:`lusong_analysis.report.reasons.Reason` has them.
    """
    reports = {"added": comparison.added, "gone": comparison.gone}
    return {
        "before": str(before),
        "after": str(after),
        "reports": {
            **{kind: [{"report": name, "language": lang} for name, lang in keys] for kind, keys in reports.items()},
            "compared": comparison.compared,
        },
        "counts": {kind: comparison.count(kind) for kind in ("added", "gone", "changed")}
        | {"printed": comparison.figures},
        "figures": [
            {
                "report": row.report,
                "figure": row.difference.figure,
                "kind": row.difference.kind,
                "before": row.texts("before"),
                "after": row.texts("after"),
                "reasons": [asdict(reason) for reason in row.difference.reasons],
            }
            for row in comparison.rows
        ],
    }


def words(reason: Reason) -> str:
    """A reason in words."""
    change = f"{reason.before or 'empty'} → {reason.after or 'empty'}"
    if reason.kind == "parameter changed":
        return f"parameter changed: {reason.name} {change}"
    if reason.kind == "formula changed":
        return f"formula changed: {change}"
    if reason.kind in ("new statement", "other statement prevails"):
        return f"{reason.kind}: {reason.after}" + (f" instead of {reason.before}" if reason.before else "")
    if reason.kind == "other statements counted":
        return f"other statements counted: {change}"
    if reason.kind == "correction":
        return f"correction {reason.name}: {reason.column} of {reason.statement} {change}"
    if reason.kind == "statement edited":
        return f"statement edited without a correction: {reason.column} of {reason.statement} {change}"
    return reason.kind


def _read(named: tuple[str, str], language: str) -> tuple[list[Path], list[Records]]:
    """The two editions, or everything that is wrong with them."""
    from lusong_analysis.report.editions import find_edition, records

    project = plan.find_project(Path.cwd())
    places: list[Path] = []
    held: list[Records] = []
    problems: list[Problem] = []
    for name in named:
        try:
            places.append(find_edition(name, project / "reports" if project else None))
            held.append(records(places[-1], language))
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    return places, _narrowed(places, held)


def _narrowed(places: list[Path], held: list[Records]) -> list[Records]:
    """Both editions, or of both the one report that a PDF was named for; two PDFs need not bear one name."""
    single = [place.is_file() for place in places]
    if not any(single):
        return held
    name, language = next(iter(held[single.index(True)]))
    if all(single):
        _refuse_two_reports(places, held)
        held = [{(name, key[1]): record for key, record in edition.items()} for edition in held]
    for place, edition in zip(places, held, strict=True):
        if (name, language) not in edition:
            names = [report for report, held_language in edition if held_language == language]
            rule = f"There is no report {name} in the language {language} in it."
            raise Refused([Problem(str(place), place.name, rule, did_you_mean(name, names) or "Name another one.")])
    return [{(name, language): edition[name, language]} for edition in held]


def _refuse_two_reports(places: list[Path], held: list[Records]) -> None:
    """Two PDFs that share less than half of the fewer statements are two reports, and not two editions of one."""
    keys = [
        {row["observation_id"] for record in edition.values() for row in record["rows"]["observations"]}
        for edition in held
    ]
    if 2 * len(keys[0] & keys[1]) < min(map(len, keys)):
        rule = f"They share {len(keys[0] & keys[1])} statements: these are two reports, not two editions of one."
        raise Refused(
            [Problem(f"{places[0]} and {places[1]}", "two reports", rule, "Name one report in two editions.")]
        )


def _print(comparison: Comparison, language: str) -> None:
    """Print a table on a terminal, lines of cells parted by tabs elsewhere, and what it comes to."""
    rows = [row.cells(language) for row in comparison.rows]
    if rows and sys.stdout.isatty():
        from rich.console import Console
        from rich.table import Table

        table = Table()
        for head in HEADS:
            table.add_column(head, overflow="fold")
        for cells in rows:
            table.add_row(*cells)
        Console(markup=False, highlight=False, emoji=False).print(table)
    else:
        for cells in rows:
            print("\t".join(cells))
    for kind, keys in (("added", comparison.added), ("gone", comparison.gone)):
        for name in dict.fromkeys(name for name, _ in keys):
            languages = ", ".join(language for report, language in keys if report == name)
            print(f"{name} ({languages}): the whole report is {kind}")
    print(_closing(comparison))


def _closing(comparison: Comparison) -> str:
    reports = counted(len(comparison.compared), "report")
    if not comparison.differs:
        return f"nothing differs: {counted(comparison.figures, 'figure')} in {reports}"
    kinds = [(kind, comparison.count(kind)) for kind in ("added", "gone", "changed")]
    figures = ", ".join(f"{count} {kind}" for kind, count in kinds if count) or "none"
    return f"figures that differ: {figures}; the later edition prints {comparison.figures} in {reports}"
