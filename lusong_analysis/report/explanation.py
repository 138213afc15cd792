"""A printed figure taken apart: its formula and its arguments, down to the words of the sources."""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lusong_analysis.facts.package import Package
from lusong_analysis.facts.select import select
from lusong_analysis.quantity import wording
from lusong_analysis.quantity.period import Formula
from lusong_analysis.quantity.quantity import Quantity, identity, statements_below
from lusong_analysis.report import counting, sensitivity, words
from lusong_analysis.report.annex import correction_words
from lusong_analysis.report.appendix import ACCESS
from lusong_analysis.report.named import named, row_of
from lusong_analysis.report.recompute import measure_named, package_of, traced_of
from lusong_analysis.report.references import reference
from lusong_analysis.report.text import Run, Speaker

GRADES = {
    "zh": {"A": "官方", "B": "报刊", "C": "转载或二手"},
    "en": {"A": "official", "B": "press", "C": "copy or secondary page"},
}


# What a formula may rest on besides statements.
OTHER_LEAVES = ("event", "organisation", "link")


@dataclass(frozen=True)
class Branch:
    """A line of a tree and the lines below it."""

    text: str
    branches: tuple[Branch, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """The figures of one report, by its record of evidence."""

    record: Mapping[str, Any]

    @cached_property
    def package(self) -> Package:
        """The rows that the figures rest on."""
        return package_of(self.record)

    @cached_property
    def names(self) -> dict[str, str]:
        """The number of each figure by the name that the notebook has for it."""
        return {entry["figure"]: entry["anchor"] for entry in self.record["figures"]}

    def resting_on(self, row: str) -> list[Branch]:
        """The figures that rest on a statement or an event, a line each."""
        below = [
            entry
            for entry in self.record["figures"]
            if row in (*statements_below(entry["formula"]), *(entry["formula"].get(kind) for kind in OTHER_LEAVES))
        ]
        return [Branch(f"{entry['anchor']} {entry['figure']}: {entry['text']}") for entry in below]

    def figure(self, anchor: str) -> Branch:
        """The tree of a figure.

        Raises
        ------
        KeyError
            The report prints no figure of this number.
        QuantityError
            The evidence does not go together; it may have been forged.
        """
        entry = self._entries[anchor]
        root = self._operand(entry["figure"], entry["formula"])
        return Branch(root.text, (*root.branches, *self._sensitivity(entry["formula"])))

    def row(self, key: str) -> Branch:
        """The tree of a statement or an event; its name is its key."""
        row: words.Quoted | None = self.package.observations.get(key)
        row = row or self.package.events.get(key) or self.package.organisations.get(key) or self.package.links[key]
        return Branch(key, tuple(self._source(row)))

    @property
    def _language(self) -> str:
        return str(self.record["language"])

    @cached_property
    def _entries(self) -> dict[str, Mapping[str, Any]]:
        return {entry["anchor"]: entry for entry in self.record["figures"]}

    @cached_property
    def _anchors(self) -> dict[str, str]:
        return {identity(entry["formula"]): anchor for anchor, entry in self._entries.items()}

    def _say(self, zh: str, en: str) -> str:
        return zh if self._language == "zh" else en

    def _operand(self, name: str, formula: Formula) -> Branch:
        """A figure, period or parameter by its name in the formula above it."""
        formula = {key: value for key, value in formula.items() if key != "name"}
        operand = traced_of(formula, self.package)
        printed = Speaker(self._language, self.package, lambda _: "").figure(operand)
        number = self._anchors.get(identity(formula), "")
        line = f"{name} = {printed}" + (self._say(f"（{number}）", f" ({number})") if number else "")
        if not isinstance(operand, Quantity):
            return Branch(line + self._kind(formula), tuple(self._below(formula)))
        taken = wording.reading(operand, self._language)
        return Branch(line + self._say(f"，读作 {taken}", f", taken as {taken}"), tuple(self._below(formula)))

    def _kind(self, formula: Formula) -> str:
        if "parameter" in formula:
            return self._say(f"，参数 {formula['parameter']}", f", the parameter {formula['parameter']}")
        return self._say("，时期", ", a period") if "period" in formula else ""

    def _below(self, formula: Formula) -> Iterator[Branch]:
        if "observation" in formula:
            yield from self._source(self.package.observations[formula["observation"]])
        elif "event" in formula:
            yield from self._source(self.package.events[formula["event"]])
        elif "counted" in formula:
            yield Branch(counting.told(formula, self.package, self._language))
        elif "organisation" in formula or "link" in formula:
            yield from self._source(row_of(self.package, named(self.package, formula)))
        elif "function" in formula:
            yield self._measure(formula["function"])
            for argument in formula["arguments"]:
                yield self._operand(argument["name"], argument)

    def _measure(self, name: str) -> Branch:
        measure = measure_named(name)
        lines = (inspect.getdoc(measure) or "").splitlines()
        return Branch(
            f"{name}: {measure.expression}", tuple(Branch(text) for text in (*lines[:1], *_references(lines)))
        )

    def _source(self, row: words.Quoted) -> Iterator[Branch]:
        source, language = self.package.sources[row.source_id], self._language
        locator = self._say(f"（{row.locator}）", f" ({row.locator})") if row.locator else ""
        yield Branch(f"“{row.as_printed}”{locator}")
        yield Branch(_plain(reference(source, language)))
        access, published = ACCESS[language][source.access], words.published(source, language)
        grade = GRADES[language].get(source.grade, "")
        yield Branch(
            self._say(
                f"等级 {source.grade}（{grade}），{published}发表，所见：{access}",
                f"grade {source.grade} ({grade}), published {published}, seen: {access}",
            )
        )
        for correction in select(self.package.corrections, observation_id=row.key):
            day, told = correction_words(self.package, correction, language)
            yield Branch(self._say(f"{day}更正：{told}", f"corrected on {day}: {told}"))

    def _sensitivity(self, formula: Formula) -> Iterator[Branch]:
        """What each statement must move for the text to change; of those that cannot change it, that they cannot."""
        below = list(dict.fromkeys(statements_below(formula)))
        if "function" not in formula or not below:
            return
        found = sensitivity.sensitivity(formula, self.package, self._language)
        lines = [
            _plain(sensitivity.change(each, formula, self.package, self._language, self._anchor)) for each in found
        ]
        for name in below:
            if name not in {each.observation for each in found}:
                statement = self._anchor(name) or sensitivity.argument_name(formula, name)
                lines.append(
                    self._say(f"{statement}：归零或加倍均不变", f"{statement}: neither zero nor its double changes it")
                )
        safe = all(each.safe for each in found)
        head = self._say("敏感性：一位之内不变", "sensitivity: safe to the digit")
        if not safe:
            head = self._say("敏感性：一位之差即变", "sensitivity: one digit changes it")
        yield Branch(head, tuple(Branch(line) for line in lines))

    def _anchor(self, observation_id: str) -> str:
        return self._anchors.get(identity({"observation": observation_id}), "")


def _plain(runs: list[Run]) -> str:
    return "".join(run.text for run in runs)


def _references(lines: list[str]) -> list[str]:
    """The section References of a docstring, in one line; none where there is none."""
    if "References" not in lines:
        return []
    section = lines[lines.index("References") + 2 :]
    return [" ".join(line.strip() for line in itertools.takewhile(str.strip, section))]
