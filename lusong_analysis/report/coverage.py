"""What the reports of an edition rest on together: statements used and unused, conflicts that nobody tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any

from lusong_analysis.facts.conflicts import Conflict
from lusong_analysis.facts.package import Package
from lusong_analysis.quantity.quantity import statements_below
from lusong_analysis.report.evidence import anchors

Record = Mapping[str, Any]


def used(records: Iterable[Record]) -> set[str]:
    """The statements that a printed figure rests on."""
    return {name for record in records for entry in record["figures"] for name in statements_below(entry["formula"])}


def unused(package: Package, records: Iterable[Record]) -> list[str]:
    """The statements of a package that no printed figure rests on, in the order of the file."""
    printed = used(records)
    return [name for name in package.observations if name not in printed]


def untold(conflicts: Iterable[Conflict], records: Iterable[Record]) -> list[tuple[str, Conflict]]:
    """Those of the conflicts that touch a printed figure and that no report prints, each with name and words of one."""
    records = list(records)
    told = [names for record in records for names in _told(record)]
    found = []
    for conflict in conflicts:
        if not any(conflict.names <= names for names in told):
            disputed = {row.observation.observation_id for row in conflict.disputed}
            touching = [entry for record in records for entry in record["figures"] if _rests_on(entry, conflict.names)]
            # One of the disputed term itself tells more than one of another term of the ratio.
            touching.sort(key=lambda entry: not _rests_on(entry, disputed))
            found += [(f"{touching[0]['figure']} {touching[0]['text']}", conflict)] if touching else []
    return found


def _rests_on(entry: Mapping[str, Any], names: Set[str]) -> bool:
    return bool(names & set(statements_below(entry["formula"])))


def _told(record: Record) -> list[set[str]]:
    """The statements that each conflict block of a report prints."""
    formulas = {entry["anchor"]: entry["formula"] for entry in record["figures"]}
    return [
        {name for anchor in anchors(block) for name in statements_below(formulas[anchor])}
        for block in record["blocks"]
        if block["kind"] == "conflict"
    ]
