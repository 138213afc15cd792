"""What a source names: an organisation, or that one thing feeds another; printed with evidence like a figure."""

from __future__ import annotations

from dataclasses import dataclass

from lusong_analysis.facts.package import Package
from lusong_analysis.facts.rows import Link, Organisation
from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.period import Formula

KINDS = ("organisation", "link")
# What a link says of its two ends.
VERBS = {
    "zh": {"supplies": "向…供货", "sells_through": "经由…销售", "located_in": "设在"},
    "en": {"supplies": "supplying", "sells_through": "selling through", "located_in": "located in"},
}


@dataclass(frozen=True)
class Named:
    """An organisation or a link, as the formula ``{"organisation": key}`` or ``{"link": key}``."""

    formula: Formula


def begun(words: str) -> str:
    """Words as they begin a line or a cell: the first letter is a capital."""
    return words[:1].upper() + words[1:]


def begins_in(package: Package, link: Link) -> str:
    """The segment in which a link begins; empty where its organisation is of none."""
    return link.source if link.source in package.segments else package.organisations[link.source].segment


def named(package: Package, formula: Formula) -> Named:
    """What a formula names.

    Raises
    ------
    QuantityError
        The rows hold no such organisation or link.
    """
    kind = next(kind for kind in KINDS if kind in formula)
    held = package.organisations if kind == "organisation" else package.links
    if formula[kind] not in held:
        msg = f"the {kind} {formula[kind]!r} is not among the rows"
        raise QuantityError(msg)
    return Named({kind: formula[kind]})


def row_of(package: Package, thing: Named) -> Organisation | Link:
    """The row that a source gave its words for."""
    if "organisation" in thing.formula:
        return package.organisations[thing.formula["organisation"]]
    return package.links[thing.formula["link"]]


def name_of(package: Package, thing: Named, language: str) -> str:
    """How it reads: the name of an organisation, or who feeds whom."""
    row = row_of(package, thing)
    if isinstance(row, Organisation):
        return row.name_zh if language == "zh" else row.name_en
    ends = [_end(package, key, language) for key in (row.source, row.target)]
    verb = VERBS[language][row.kind]
    if "…" in verb:
        before, after = verb.split("…")
        return f"{ends[0]}{before}{ends[1]}{after}"
    return f"{ends[0]}{verb}{ends[1]}" if language == "zh" else f"{ends[0]} {verb} {ends[1]}"


def _end(package: Package, key: str, language: str) -> str:
    """The name of an end of a link: an organisation or a segment."""
    row = package.organisations.get(key) or package.segments[key]
    return row.name_zh if language == "zh" else row.name_en
