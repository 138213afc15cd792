"""Whether a Chinese and an English PDF print the same figures, from the same statements, in the same order.

Read from the two files alone. Each of them is verified by itself before: that ties the page to the evidence, and here
evidence is held against evidence, and the order of one page against that of the other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from lusong_analysis.pdf.read import Document
from lusong_analysis.problem import Problem
from lusong_analysis.quantity.quantity import statements_below
from lusong_analysis.report.evidence import ATTACHMENT, anchors
from lusong_analysis.verify.elements import shortened
from lusong_analysis.verify.sections import Section, sections
from lusong_analysis.verify.trees import differences, unequal

BUILD = "Build both languages again, in one run and from one data folder."
NOTHING = "nothing"
# What the record holds in the report's own language: the words of a figure, the texts drawn in a chart.
WORDS = frozenset({"text", "texts"})
# Parts of the record that are held against each other one by one, with words of their own.
NAMED = frozenset({"language", "parameters", "figures", "rows", "blocks"})
# The columns that name a row, the most telling one first.
KEYS = (
    *("correction_id", "observation_id", "source_id", "indicator", "organisation", "event", "term", "unit"),
    "ref_area",
)


@dataclass(frozen=True)
class Parity:
    """What differs between two reports, and how much was held against each other."""

    problems: list[Problem] = field(default_factory=list)
    figures: int = 0
    statements: int = 0
    sections: int = 0


@dataclass(frozen=True)
class Side:
    """One of the two files: its evidence, its sections with the figures linked in them, its appendix' entries."""

    title: str
    record: Mapping[str, Any]
    sections: list[Section]
    entries: list[str]

    @property
    def language(self) -> str:
        """The language of its evidence."""
        return str(self.record["language"])

    @property
    def figures(self) -> dict[str, Mapping[str, Any]]:
        """Its figures by number."""
        return {entry["anchor"]: entry for entry in self.record["figures"]}

    @property
    def statements(self) -> set[str]:
        """The statements that its figures rest on."""
        return {name for entry in self.record["figures"] for name in statements_below(entry["formula"])}

    def where(self, anchor: str) -> list[str]:
        """The sections in which a figure is linked."""
        return [str(section) for section in self.sections if anchor in section.figures] or [NOTHING]


Sides = tuple[Side, Side]


def parity(zh: Document, en: Document) -> Parity:
    """Hold a Chinese and an English report against each other; which of the two is given first does not matter.

    What differs by language is left out: the words of a figure, the texts drawn in a chart, the headings. The templates
    of both languages stand in both files, so they are the same there, and each file proves its own page by itself.

    Parameters
    ----------
    zh, en : Document
        Two reports that :func:`lusong_analysis.verify.check` found good.

    Raises
    ------
    ValueError
        One of them carries no evidence that can be read.
    """
    one, other = sorted((_side(zh), _side(en)), key=lambda side: side.language, reverse=True)
    sides = one, other
    for apart in (_languages, _reports, _editions):
        if problems := list(apart(sides)):
            return Parity(problems)
    problems = []
    for differing in (_parameters, _figures, _rows, _blocks, _rest, _sections, _entries):
        problems += differing(sides)
    titled = [section for section in one.sections if section.level]
    return Parity(problems, len(one.figures), len(one.statements), len(titled))


def _side(document: Document) -> Side:
    if ATTACHMENT not in document.attachments:
        msg = f"there is no {ATTACHMENT}"
        raise ValueError(msg)
    record = json.loads(document.attachments[ATTACHMENT])
    return Side(document.title, record, *sections(document, record["language"]))


# --- the evidence -------------------------------------------------------------------------------------------------


def _languages(sides: Sides) -> Iterator[Problem]:
    languages = [side.language for side in sides]
    if languages != ["zh", "en"]:
        todo = "Give the Chinese and the English file of one report."
        yield Problem("language", " and ".join(languages), "One report is Chinese, the other English.", todo)


def _parameters(sides: Sides) -> Iterator[Problem]:
    given = [{key: value for key, value in side.record["parameters"].items() if key != "language"} for side in sides]
    for path, *found in differences(given[0], given[1], "parameters"):
        rule = "Both languages are built with the same parameters."
        yield _problem(sides, path, found, rule)


def _reports(sides: Sides) -> Iterator[Problem]:
    """Reports that share less than half of their statements are two reports: one sentence instead of hundreds."""
    one, other = (side.statements for side in sides)
    if 2 * len(one & other) < max(len(one), len(other)):
        found = [f"“{side.title}”, {len(side.statements)} statements" for side in sides]
        rule = f"They share {len(one & other)} statements: these are two reports, not one in two languages."
        yield _problem(sides, "report", found, rule, "Give the Chinese and the English file of one report.")


def _editions(sides: Sides) -> Iterator[Problem]:
    """Another edition or another version of the evidence differs throughout: one sentence says so."""
    held = [(side.record["parameters"].get("edition"), side.record["version"]) for side in sides]
    if held[0] != held[1]:
        found = [f"{edition}, evidence of version {version}" for edition, version in held]
        rule = "Both languages are of one edition, with evidence of one version."
        yield _problem(sides, "edition", found, rule, "Give both files of one edition.")


def _figures(sides: Sides) -> Iterator[Problem]:
    one, other = (side.figures for side in sides)
    rule = "Both languages print one figure, by one formula, from the same statements."
    for anchor in _ordered({*one, *other}):
        place = _place(sides, anchor)
        if anchor not in one or anchor not in other:
            yield _problem(
                sides, place, [side[anchor]["text"] if anchor in side else None for side in (one, other)], rule
            )
            continue
        for key in sorted({*one[anchor], *other[anchor]} - WORDS):
            before, after = one[anchor].get(key), other[anchor].get(key)
            # a formula may be long: there the parts that differ are named
            apart = (
                differences(before, after, f"{place}, {key}")
                if key == "formula"
                else [(f"{place}, {key}", before, after)]
            )
            for path, *found in apart if before != after else ():
                yield _problem(sides, path, found, rule)


def _rows(sides: Sides) -> Iterator[Problem]:
    tables = [side.record["rows"] for side in sides]
    for table in sorted({*tables[0], *tables[1]}):
        for one, other in unequal(tables[0].get(table, []), tables[1].get(table, [])):
            row = one or other
            name = next((row[key] for key in KEYS if key in row), "row")
            resting = [anchor for side in sides for anchor in _resting(side, row.get("observation_id", ""))]
            place = f"{_place(sides, resting[0])}, {table}" if resting else table
            for path, *found in differences(one, other, f"{place}, {name}"):
                yield _problem(sides, path, found, "Both languages rest on the same rows.")


def _resting(side: Side, statement: str) -> Iterator[str]:
    """The figures that rest on a statement, by number."""
    return (anchor for anchor, entry in side.figures.items() if statement in statements_below(entry["formula"]))


def _blocks(sides: Sides) -> Iterator[Problem]:
    one, other = ([_templates(block) for block in side.record["blocks"]] for side in sides)
    rule = "Both languages print the same blocks in the same order, from the same templates."
    for before, after in unequal(one, other):
        held, blocks = (after, other) if before is None else (before, one)
        linked = _ordered(anchors(held))
        section = f"section {_pair(side.where(linked[0])[0] for side in sides)}, " if linked else ""
        place = f"{section}block {blocks.index(held) + 1} ({held['kind']})"
        if before is None or after is None:
            told = f"{held['kind']} with {', '.join(linked) or 'no figure'}"
            yield _problem(sides, place, [block and told for block in (before, after)], rule)
            continue
        for path, *found in differences(before, after, place):
            yield _problem(sides, path, found, rule)


def _templates(tree: Any) -> Any:
    """A part of the record without the words that it has in one language only."""
    if isinstance(tree, Mapping):
        worded = {key for key, value in tree.items() if key in WORDS and not isinstance(value, Mapping)}
        return {key: _templates(value) for key, value in tree.items() if key not in worded}
    return [_templates(value) for value in tree] if isinstance(tree, list) else tree


def _rest(sides: Sides) -> Iterator[Problem]:
    rests = [_templates({key: value for key, value in side.record.items() if key not in NAMED}) for side in sides]
    for path, *found in differences(rests[0], rests[1], ATTACHMENT):
        yield _problem(sides, path, found, "Both languages carry the same evidence.")


# --- the pages ----------------------------------------------------------------------------------------------------


def _sections(sides: Sides) -> Iterator[Problem]:
    one, other = (side.sections for side in sides)
    pairs: Iterable[tuple[Section | None, Section | None]] = zip_longest(one, other)
    if [section.level for section in one] != [section.level for section in other]:
        pairs = unequal(one, other, key=lambda section: f"{section.level} {sorted(section.figures)}")
    for pair in pairs:
        first, second = pair
        if first is None or second is None or first.level != second.level:
            found = [section and f"{section}, heading of level {section.level}" for section in pair]
            rule = "Both languages have the same sections in the same order."
            yield _problem(sides, f"section {_pair(section or NOTHING for section in pair)}", found, rule)
            continue
        for anchor in _ordered(first.figures ^ second.figures):
            place = f"section {_pair(pair)}, figure {anchor} ({_named(sides, anchor)})"
            linked = zip(sides, (first, second), strict=True)
            found = [
                "here" if anchor in here.figures else f"in {', '.join(side.where(anchor))}" for side, here in linked
            ]
            yield _problem(sides, place, found, "A section links the same figures in both languages.")


def _entries(sides: Sides) -> Iterator[Problem]:
    for one, other in unequal(sides[0].entries, sides[1].entries):
        rule = "The appendices have the same entries in the same order."
        yield _problem(sides, f"appendix, entry {one or other}", [one, other], rule)


# --- words --------------------------------------------------------------------------------------------------------


def _problem(sides: Sides, place: str, found: Sequence[Any], rule: str, todo: str = BUILD) -> Problem:
    said = [f"{side.language} {_plain(value)}" for side, value in zip(sides, found, strict=True)]
    return Problem(place, "; ".join(said), rule, todo)


def _plain(value: Any) -> str:
    if value is None:
        return NOTHING
    return shortened(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True))


def _place(sides: Sides, anchor: str) -> str:
    return f"section {_pair(side.where(anchor)[0] for side in sides)}, figure {anchor} ({_named(sides, anchor)})"


def _named(sides: Sides, anchor: str) -> str:
    return " / ".join(dict.fromkeys(side.figures[anchor]["figure"] for side in sides if anchor in side.figures))


def _pair(headings: Iterable[object]) -> str:
    return " / ".join(map(str, headings))


def _ordered(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: int(name[1:]))
