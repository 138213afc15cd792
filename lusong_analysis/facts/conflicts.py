"""Conflicts: statements on one question that cannot all be true, found over a whole package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Literal

from lusong_analysis.facts.package import Package
from lusong_analysis.facts.printed import ratio
from lusong_analysis.facts.rows import Observation
from lusong_analysis.facts.select import select
from lusong_analysis.facts.statement import LEAD, Statement, rank

Rule = Literal["grade", "newest", "narrowest", "key"]
RULES: tuple[Rule, ...] = ("grade", "newest", "narrowest", "key")
Question = tuple[str, str, str, str]


@dataclass(frozen=True)
class Conflict:
    """Statements on one area, period and counterpart that cannot all be true.

    ``groups`` holds the statements on each indicator, the one that counts first. There is one indicator, or, where a
    term of a printed ratio is disputed, each term of it in the order of the ratio.
    """

    groups: tuple[tuple[Statement, ...], ...]

    @property
    def names(self) -> frozenset[str]:
        """The keys of all its statements."""
        return frozenset(row.observation.observation_id for group in self.groups for row in group)

    @property
    def disputed(self) -> tuple[Statement, ...]:
        """The statements on the first indicator of which two cannot both be true."""
        return next(group for group in self.groups if _disputed(group))

    @property
    def rule(self) -> Rule:
        """What decides which statement counts: the first step of the order in which it differs from one it disputes."""
        first, *rest = self.disputed
        other = next((one for one in rest if at_odds(first, one)), rest[0])
        return next(rule for rule, one, two in zip(RULES, rank(first), rank(other), strict=True) if one != two)


def conflicts(package: Package, names: Iterable[str] | None = None) -> tuple[Conflict, ...]:
    """Every conflict of a package, in the order of area, period, counterpart and indicator.

    Parameters
    ----------
    package : Package
        The package as ``known`` gives it, or the rows of a report.
    names : iterable of str, optional
        Statements: only conflicts to which one of them belongs, and no more is read than these take.

    Notes
    -----
    Two statements conflict where they answer one question (indicator, area, period, counterpart) and their intervals
    do not overlap: >750 and >808 do not conflict. Statements whose source gives no time answer no one question.
    """
    if names is not None:
        names = list(names)
        return tuple(touched(_conflicts(package, _around(package, names)), names))
    return _conflicts(package, package.observations.values())


def _conflicts(package: Package, rows: Iterable[Observation]) -> tuple[Conflict, ...]:
    held = _by_question(package, rows)
    disputed = [question for question, group in held.items() if _disputed(group)]
    found: dict[tuple[Question, ...], None] = {}
    for question in sorted(disputed, key=lambda question: (*question[1:], question[0])):
        found.setdefault(_terms(question, held))
    return tuple(Conflict(tuple(tuple(sorted(held[term], key=rank)) for term in terms)) for terms in found)


def at_odds(one: Statement, other: Statement) -> bool:
    """Whether two statements on one question cannot both be true."""
    (_, first), (_, second) = (row.quantity.in_base_units for row in (one, other))
    return not first.overlaps(second)


def touched(found: Iterable[Conflict], names: Iterable[str]) -> Iterator[Conflict]:
    """The conflicts to which one of the named statements belongs."""
    wanted = set(names)
    return (conflict for conflict in found if conflict.names & wanted)


def _around(package: Package, names: Iterable[str]) -> list[Observation]:
    """The rows that answer the questions of some statements, and those of the ratios in which they were printed."""
    found = {name: package.observations[name] for name in names}
    todo = list(found.values())
    while todo:
        row = todo.pop()
        question = {column: getattr(row, column) for column in ("indicator", "ref_area", "time_period", "counterpart")}
        printed = {"source_id": row.source_id, "as_printed": row.as_printed}
        near = select(package.observations, **question) + select(package.observations, **printed)
        new = {other.observation_id: other for other in near if other.observation_id not in found}
        found |= new
        todo += new.values()
    return sorted(found.values(), key=lambda row: row.observation_id)


def _by_question(package: Package, rows: Iterable[Observation]) -> dict[Question, list[Statement]]:
    held: dict[Question, list[Statement]] = {}
    for row in rows:
        source = package.sources[row.source_id]
        if row.time_period and source.grade != LEAD:
            question = (row.indicator, row.ref_area, row.time_period, row.counterpart)
            held.setdefault(question, []).append(package.statement(row))
    return held


def _disputed(group: Sequence[Statement]) -> bool:
    return any(at_odds(one, other) for one, other in combinations(group, 2))


def _terms(question: Question, held: dict[Question, list[Statement]]) -> tuple[Question, ...]:
    """The question, or all terms of the ratio in which its statements were printed, in the order of the ratio."""
    for statement in sorted(held[question], key=rank):
        words = (statement.observation.source_id, statement.observation.as_printed)
        terms = ratio(statement.observation.as_printed)
        places: dict[int, Question] = {}
        for other, group in held.items():
            if other[1:] == question[1:]:
                for row in group:
                    value = Fraction(row.observation.obs_value)
                    if words == (row.observation.source_id, row.observation.as_printed) and value in terms:
                        places[terms.index(value)] = other
        if len(places) > 1:
            return tuple(places[place] for place in sorted(places))
    return (question,)
