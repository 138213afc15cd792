"""What today's data answers to the questions that a report asked, and its formulas with these answers in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

from lusong_analysis.facts.package import Package, statements
from lusong_analysis.facts.rows import Observation
from lusong_analysis.facts.statement import Statement, prevailing
from lusong_analysis.problem import Refused
from lusong_analysis.quantity.period import Formula
from lusong_analysis.quantity.quantity import Quantity, Subject, missing, statements_below
from lusong_analysis.report.questions import figure
from lusong_analysis.report.recompute import package_of


@dataclass(frozen=True)
class Answers:
    """The questions of a report, asked again.

    Parameters
    ----------
    record : mapping
        The evidence of the report.
    package : Package
        Today's data, as readers may see it.
    """

    record: Mapping[str, Any]
    package: Package

    @cached_property
    def then(self) -> Package:
        """The rows that the report rests on."""
        return package_of(self.record)

    @cached_property
    def answers(self) -> dict[str, list[Formula]]:
        """By the statement that answered then: what answers today, several where several questions now part."""
        found: dict[str, list[Formula]] = {}
        for name, answer in self._asked() if "questions" in self.record else self._prevailing():
            if answer not in found.setdefault(name, []):
                found[name].append(answer)
        return found

    def _asked(self) -> Iterator[tuple[str, Formula]]:
        for question in self.record["questions"]:
            if question["observation"]:
                yield question["observation"], ask(self.package, subject(question)).formula

    def _prevailing(self) -> Iterator[tuple[str, Formula]]:
        """Records of version 1 hold no questions: what counted on a subject gives way to what counts on it today."""
        for row in self.then.observations.values():
            if prevailing(_same(self.then, row)).observation == row:
                held = _same(self.package, row)
                yield row.observation_id, (prevailing(held).quantity if held else missing(_about(row))).formula

    def formulas(self, formula: Formula) -> Iterator[Formula]:
        """A formula with today's answers in the place of its statements; more than one where questions part."""
        names = list(dict.fromkeys(statements_below(formula)))
        for chosen in product(*(self.answers.get(name, [{"observation": name}]) for name in names)):
            now = {name: self._held(name, answer) for name, answer in zip(names, chosen, strict=True)}
            rows = {name: self.package.observations.get(answer.get("observation", "")) for name, answer in now.items()}
            periods = {self.then.observations[name].time_period: row.time_period for name, row in rows.items() if row}
            yield self._replaced(formula, now, periods)

    def _held(self, name: str, answer: Formula) -> Formula:
        """The answer, or that nothing is known where a statement that nobody asked for is gone."""
        if "observation" not in answer or answer["observation"] in self.package.observations:
            return answer
        return missing(_about(self.then.observations[name])).formula

    def _replaced(self, formula: Formula, now: Mapping[str, Formula], periods: Mapping[str, str]) -> Formula:
        """A formula with other leaves; years counted from a statement's period are counted from the new one's."""
        name = {"name": formula["name"]} if "name" in formula else {}
        if "observation" in formula:
            return name | now[formula["observation"]]
        if "period" in formula:
            return name | {"period": periods.get(formula["period"], formula["period"])}
        if "event" in formula and formula["event"] not in self.package.events:
            area = self.then.events[formula["event"]].ref_area
            return name | missing(Subject("", area, "", formula["event"])).formula
        if "arguments" in formula:
            return formula | {"arguments": [self._replaced(part, now, periods) for part in formula["arguments"]]}
        return formula


def ask(package: Package, about: Subject) -> Quantity:
    """The figure that prevails on a subject; absent also where one of its names is no longer held."""
    try:
        return figure(package, about)
    except Refused:
        return missing(about)


def subject(question: Mapping[str, str]) -> Subject:
    """What a recorded question is about."""
    return Subject(*(question[name] for name in ("indicator", "ref_area", "time_period", "counterpart")))


def _same(package: Package, row: Observation) -> list[Statement]:
    """The statements on the subject of a row."""
    try:
        found = statements(package, row.indicator, ref_area=row.ref_area, counterpart=row.counterpart)
    except Refused:
        return []
    return [statement for statement in found if statement.observation.time_period == row.time_period]


def _about(row: Observation) -> Subject:
    return Subject(row.indicator, row.ref_area, row.time_period, row.counterpart)
