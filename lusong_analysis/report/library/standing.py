"""How statements stand to each other: which prevails, which cannot be true together, which were corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from lusong_analysis.facts.conflicts import at_odds, conflicts
from lusong_analysis.facts.package import Package
from lusong_analysis.facts.statement import Statement, prevailing


@dataclass(frozen=True)
class Standing:
    """What is to be said of statements beside what they print, by their keys.

    ``at_odds`` names for each statement in a conflict the others with which it cannot be true; of an undisputed term
    of a disputed ratio there are none. ``corrections`` are the keys of those that were applied to a statement.
    """

    prevails: frozenset[str]
    disputed: frozenset[str]
    at_odds: Mapping[str, tuple[str, ...]]
    corrections: Mapping[str, tuple[str, ...]]


def standing(package: Package) -> Standing:
    """How the statements of a package stand to each other."""
    questions: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for row in package.observations.values():
        if row.time_period:
            asked = (row.indicator, row.ref_area, row.time_period, row.counterpart)
            questions[asked].append(package.statement(row))
    found = conflicts(package)
    groups = [group for conflict in found for group in conflict.groups]
    corrections: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for key, correction in package.corrections.items():
        corrections[correction.observation_id] += (key,)
    return Standing(
        frozenset(_key(prevailing(group)) for group in questions.values()),
        frozenset(name for conflict in found for name in conflict.names),
        {_key(one): tuple(_key(other) for other in group if at_odds(one, other)) for group in groups for one in group},
        dict(corrections),
    )


def _key(statement: Statement) -> str:
    return statement.observation.observation_id
