"""What changed since the last edition, figure by figure, as a table that its own evidence proves."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lusong_analysis.facts.package import Package
from lusong_analysis.naming import previous_edition
from lusong_analysis.pdf.read import title
from lusong_analysis.quantity.period import period
from lusong_analysis.quantity.quantity import identity, statements_below
from lusong_analysis.report.difference import Difference, differences
from lusong_analysis.report.editions import records
from lusong_analysis.report.named import KINDS
from lusong_analysis.report.recompute import traced_of
from lusong_analysis.report.tables import Column, Table
from lusong_analysis.report.text import Because, Past, Text, Value, Words

Record = Mapping[str, Any]

TITLE = ("与{edition}版相比改了什么", "What changed since the edition of {edition}")
MEASURE = Text(
    "逐个数字列出：上一版印出的文字、本版印出的文字和原因；只有措辞不同的不列",
    "Figure by figure: what the last edition printed, what this one prints, and why; figures of which only the wording "
    "changed are left out",
)
UNCHANGED = (
    "与{edition}版相比，各报告印出的数字没有改动。",
    "No printed figure has changed since the edition of {edition}.",
)
NO_EDITION_BEFORE = Text(
    "这是首期，没有上一版可比。", "This edition is the first; there is none before it to compare with."
)
AS_OF_A_DAY = Text(
    "本版按截至某日的资料编制，不与其他版比较。", "This edition is as of a day and is compared with none."
)
# What an author chose to print or to leave out is told once a report.
CHOSEN = {"newly printed": "further figures", "no longer printed": "fewer figures"}
NO_FIGURE = Words("——", "–")

COLUMNS = (
    Column(Text("报告", "Report"), Text("{report}", "{report}")),
    Column(Text("上一版", "Last edition"), Text("{before}", "{before}")),
    Column(Text("本版", "This edition"), Text("{now}", "{now}")),
    Column(Text("原因", "Reason"), Text("{why}", "{why}")),
    Column(Text("凭证", "Evidence"), Text("{now.number}", "{now.number}")),
)


@dataclass(frozen=True)
class Edition:
    """An edition as its reports printed it, in one language: its name, and their records and titles by name."""

    name: str
    records: Mapping[str, Record]
    titles: Mapping[str, Words]


@dataclass(frozen=True)
class Changes:
    """What a report prints of the last edition: a table, or a sentence where there is nothing to list.

    ``previous`` is what the evidence keeps of the last edition, so that what it printed can be proven.
    """

    table: Table | None
    sentence: Text
    previous: Record | None = None


def changes(own: Record, name: str, package: Package, edition: str) -> Changes:
    """Compare the reports of this edition with those of the last.

    Parameters
    ----------
    own : mapping
        The evidence of the report that tells the changes, so far.
    name : str
        The name of that report.
    package : Package
        The data package, corrections applied.
    edition : str
        The edition, as 2026-11. A build says where its other reports and the last edition lie; else they are looked
        for in the folder of the reports beside the data.
    """
    language, reports = str(own["language"]), (package.folder or Path()).parent / "reports"
    last = _previous(edition, reports)
    if own["parameters"].get("as_of"):
        return Changes(None, AS_OF_A_DAY)
    if last is None:
        return Changes(None, NO_EDITION_BEFORE)
    before = _edition(last, language)
    this = _edition(Path(os.environ.get("LUSONG_EDITION") or reports / edition), language)
    now = {**this.records, name: own}
    changed = [(report, change) for report in sorted(now) for change in _compared(report, before, now)]
    found = _grouped((report, change) for report, change in changed if _kinds(change) - CHOSEN.keys())
    values: dict[str, Value] = {"edition": period(before.name[:7])}
    titles = {**before.titles, **this.titles}
    rows = [_row(names, change, titles, package) for names, change in found]
    # A notebook run before any build knows of no other report.
    rows += _reports(before.records, now, titles) if this.records else []
    chosen = dict.fromkeys((name, CHOSEN[kind]) for name, change in changed for kind in _kinds(change) & CHOSEN.keys())
    rows += [_report(name, kind, titles) for name, kind in chosen]
    if not rows:
        return Changes(None, Text(*UNCHANGED, values))
    return Changes(Table(COLUMNS, tuple(rows), MEASURE), Text(*TITLE, values), _kept(before, found))


def _previous(edition: str, reports: Path) -> Path | None:
    named = os.environ.get("LUSONG_PREVIOUS")
    if named is not None:
        return Path(named) if named else None
    name = previous_edition(edition, (path.parent.name for path in reports.glob("*/manifest.json")))
    return reports / name if name else None


def _edition(folder: Path, language: str) -> Edition:
    """An edition in one language; empty where none of its reports lies there, as in a notebook run before any build."""
    files = {file: file.stem for file in sorted(folder.glob(f"{language}/*.pdf"))}
    held = {name: record for (name, _), record in records(folder, language).items()} if files else {}
    titles = {}
    for file, name in files.items():
        other = folder / ("en" if language == "zh" else "zh") / file.name
        texts = {language: file, **({other.parent.name: other} if other.is_file() else {})}
        said = {key: re.split("[:：]", title(path.read_bytes()))[0] for key, path in texts.items()}
        titles[name] = Words(said.get("zh", said[language]), said.get("en", said[language]))
    return Edition(folder.name, held, titles)


def _compared(report: str, before: Edition, now: Mapping[str, Record]) -> list[Difference]:
    """The differences of one report; a report that is new has none, its figures are all its own.

    Figures of which only the words differ are left out: they may differ in one language alone. So are names on maps.
    """
    if report not in before.records:
        return []
    found = differences(before.records[report], now[report])
    return [change for change in found if _is_figure(change) and _kinds(change) != {"text only"}]


def _is_figure(change: Difference) -> bool:
    """Whether a change is of a figure or date; names on a map are none."""
    entry = change.after or change.before or {}
    return not entry["formula"].keys() & set(KINDS)


def _grouped(found: Iterable[tuple[str, Difference]]) -> list[tuple[list[str], Difference]]:
    """One change that several reports print, once, with their names."""
    groups: dict[tuple[Any, ...], tuple[list[str], Difference]] = {}
    for report, change in found:
        sides = (change.before, change.after)
        key = (*((entry["text"], identity(entry["formula"])) if entry else () for entry in sides), change.reasons)
        groups.setdefault(key, ([], change))[0].append(report)
    return list(groups.values())


def _row(names: list[str], change: Difference, titles: Mapping[str, Words], package: Package) -> Mapping[str, Value]:
    reports = [titles.get(name, Words(name, name)) for name in names]
    now = traced_of(change.after["formula"], package) if change.after else NO_FIGURE
    before = Past(names[0], change.before["anchor"], change.before["text"]) if change.before else NO_FIGURE
    return {
        "report": Words("、".join(one.zh for one in reports), ", ".join(one.en for one in reports)),
        "before": before,
        "now": now,
        "why": Because(tuple(asdict(reason) for reason in change.reasons)),
    }


def _reports(
    before: Mapping[str, Record], now: Mapping[str, Record], titles: Mapping[str, Words]
) -> list[Mapping[str, Value]]:
    """A row a report that is new or no longer issued."""
    told = [(name, "new report") for name in sorted(now.keys() - before.keys())]
    told += [(name, "report gone") for name in sorted(before.keys() - now.keys())]
    return [_report(name, kind, titles) for name, kind in told]


def _report(name: str, kind: str, titles: Mapping[str, Words]) -> Mapping[str, Value]:
    """A row about a report as a whole."""
    why = Because(({"kind": kind},))
    return {"report": titles.get(name, Words(name, name)), "before": NO_FIGURE, "now": NO_FIGURE, "why": why}


def _kinds(change: Difference) -> set[str]:
    return {reason.kind for reason in change.reasons}


def _kept(before: Edition, found: Iterable[tuple[list[str], Difference]]) -> Record:
    """The entries of the last edition that the table prints, and the rows that they rest on."""
    entries: dict[str, list[Record]] = {}
    for names, change in found:
        if change.before:
            entries.setdefault(names[0], []).append(change.before)
    reports = [
        {"report": name, "figures": figures, "rows": _rows(before.records[name]["rows"], figures)}
        for name, figures in entries.items()
    ]
    return {"edition": before.name, "reports": reports}


def _rows(rows: Mapping[str, list[dict[str, str]]], figures: list[Record]) -> dict[str, list[dict[str, str]]]:
    """The rows below some figures, and those that give them names."""
    names = {name for entry in figures for name in statements_below(entry["formula"])}
    dated = {entry["formula"].get("event") for entry in figures}
    observations = [row for row in rows["observations"] if row["observation_id"] in names]
    events = [row for row in rows["events"] if row["event"] in dated]
    used = {row["source_id"] for row in (*observations, *events)}
    return {
        "observations": observations,
        "events": events,
        "sources": [row for row in rows["sources"] if row["source_id"] in used],
        **{table: rows[table] for table in ("indicators", "areas", "organisations")},
    }
