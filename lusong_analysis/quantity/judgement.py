"""Words that judge two figures, and what the two intervals decide: never more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lusong_analysis.quantity.interval import Interval
from lusong_analysis.quantity.period import Formula
from lusong_analysis.quantity.quantity import Absence, Quantity

# Of a target: neither reached nor not reached, as far as is known.
UNDECIDED = ("无法判定", "undecided")


@dataclass(frozen=True)
class Judgement:
    """A word about two figures, in both languages, with the call it comes from."""

    zh: str
    en: str
    formula: Formula
    absence: Absence | None = None

    def text(self, language: str) -> str:
        """The word in one language."""
        return self.zh if language == "zh" else self.en

    def _repr_html_(self) -> str:
        from lusong_analysis.quantity.display import judgement_html

        return judgement_html(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        from lusong_analysis.quantity.display import judgement_line

        printer.text(judgement_line(self))


def _judgement(name: str, one: Quantity, other: Quantity, decide: Callable[[], tuple[str, str]]) -> Judgement:
    absence = one.absence or other.absence
    zh, en = ("", "") if absence else decide()
    return Judgement(zh, en, _formula(name, one, other), absence)


def _formula(name: str, one: Quantity, other: Quantity) -> Formula:
    return {"judgement": name, "arguments": [one.formula, other.formula]}


def _scaled(quantity: Quantity) -> Interval:
    _, interval = quantity.in_base_units
    return interval


def agreement(one: Quantity, other: Quantity) -> Judgement:
    """Whether two figures of one thing agree: their intervals overlap, or not, or an open end leaves it undecided."""

    def decide() -> tuple[str, str]:
        if not _scaled(one).overlaps(_scaled(other)):
            return "不符", "at odds with"
        if one.interval.bounded and other.interval.bounded:
            return "相符", "in line with"
        return "是否相符无法判定", "neither shown to agree nor to disagree with"

    return _judgement("agreement", one, other, decide)


def comparison(one: Quantity, other: Quantity) -> Judgement:
    """Whether the first figure is above or below the second, as far as their intervals decide it."""

    def decide() -> tuple[str, str]:
        first, second = _scaled(one), _scaled(other)
        if first.overlaps(second):
            exact = not (one.interval.width or other.interval.width)
            return ("等于", "equal to") if exact else ("未必高于也未必低于", "not shown to be either above or below")
        return ("高于", "above") if first.low >= second.high else ("低于", "below")

    return _judgement("comparison", one, other, decide)


def comparability(one: Quantity, other: Quantity) -> Judgement:
    """Whether two plain statements may stand in one series, and if not, why.

    Definition, area, object and kind of unit must be the same and both periods be stated: growth between different
    definitions would be an artefact (data model, rule Comparability).
    """

    def decide() -> tuple[str, str]:
        if one.formula == other.formula:
            return "即该数字", "the figure itself"
        first, second = one.subject, other.subject
        reasons = [
            (bool(first.comparable_with or second.comparable_with), "目标，非实绩", "a target, no result"),
            (first.indicator != second.indicator, "口径不同", "another definition"),
            (first.ref_area != second.ref_area, "地域不同", "another area"),
            (first.counterpart != second.counterpart, "对象不同", "another object"),
            (not (first.time_period and second.time_period), "原文未载时间", "no year stated"),
        ]
        found = [(zh, en) for holds, zh, en in reasons if holds]
        if not found:
            return "能", "yes"
        zh, en = "、".join(zh for zh, _ in found), ", ".join(en for _, en in found)
        return f"不能（{zh}）", f"no ({en})"

    return _judgement("comparability", one, other, decide)


def attainment(result: Quantity, target: Quantity) -> Judgement:
    """Whether a target, taken as a level to come up to, was reached, as far as the interval of a result decides it.

    Only a result of the target's own definition, area, object and year decides anything. A target of no year cannot be
    decided, nor one of which no result is known: that is said, where other judgements have no word.
    """
    formula = _formula("attainment", result, target)
    if target.absence:
        return Judgement("", "", formula, target.absence)
    subject = target.subject
    wanted = subject._replace(indicator=subject.comparable_with, comparable_with="")
    undecided = Judgement(*UNDECIDED, formula)
    if result.absence or not subject.time_period or result.subject != wanted:
        return undecided
    reached, aim = _scaled(result), _scaled(target)
    if reached.low >= aim.high:
        return Judgement("达到", "reached", formula)
    return undecided if reached.overlaps(aim) else Judgement("未达到", "not reached", formula)


# The words a template may print, by the name that evidence records.
JUDGEMENTS = {
    "agreement": agreement,
    "comparison": comparison,
    "comparability": comparability,
    "attainment": attainment,
}
