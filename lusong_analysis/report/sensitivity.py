"""What a derived figure hangs on: which statement must move by how much for the printed text to change."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, cached_property
from operator import itemgetter

from lusong_analysis.facts.package import Package
from lusong_analysis.facts.rows import Observation
from lusong_analysis.quantity import wording
from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.measure import Operand
from lusong_analysis.quantity.period import Formula
from lusong_analysis.quantity.quantity import Quantity, statements_below
from lusong_analysis.quantity.rounding import places
from lusong_analysis.quantity.statement import last_digit, read
from lusong_analysis.quantity.units import units
from lusong_analysis.report.recompute import measure_named, operand_of
from lusong_analysis.report.text import Run
from lusong_analysis.report.words import NOTHING

# A number of seven digits can double within this limit.
FARTHEST = 2**20
# Fewer digits first, then a smaller part of the number, then by id: a total order.
Rank = tuple[int, Fraction | float, str, str, int]
_NUMBER = re.compile(rf"(?P<head>\D*?)(?P<number>{wording.MINUS}?[\d.,]+)(?P<tail>\D*)")
SAFE = {"zh": "一位之内不变；", "en": "safe to the digit; changes at "}
CHANGES = {"zh": "时才变", "en": ""}
UNMOVED = {"zh": "任一陈述单独改动均不变", "en": "no single statement changes it"}
GIVES = {"zh": ("，得", "，则无法计算"), "en": (" gives ", " leaves nothing to compute")}


@dataclass(frozen=True)
class Sensitivity:
    """The smallest move of one statement that changes what a figure prints.

    Parameters
    ----------
    observation : str
        The statement.
    column : str
        The number that moves: ``obs_value``, or ``obs_value_upper`` for the upper end of a range.
    before, after : str
        The number as the row prints it, and after the move [unit of the row].
    steps : int
        The move in units of the last digit; negative where it is down.
    text : str
        What the figure prints after the move; empty where it cannot be computed any more.
    """

    observation: str
    column: str
    before: str
    after: str
    steps: int
    text: str

    @property
    def safe(self) -> bool:
        """Whether the last digit of the statement may be one more or less, and the figure prints the same."""
        return abs(self.steps) > 1


@dataclass(frozen=True, eq=False)
class _End:
    """A number that may move one way, up or down: that of a statement, or one end of its range."""

    row: Observation
    column: str
    sign: int

    @cached_property
    def fields(self) -> dict[str, str]:
        """The cells of the row."""
        return self.row.model_dump()

    @cached_property
    def number(self) -> Fraction:
        """The number that moves [unit of the row]."""
        return Fraction(self.fields[self.column])

    @cached_property
    def step(self) -> Fraction:
        """The unit of its last digit [unit of the row]."""
        return last_digit(self.fields, self.column)

    @cached_property
    def limit(self) -> int:
        """The most last digits: to zero or to the double of the number, never past the other end of a range."""
        number, step = self.number, self.step
        size = int(abs(number) / step)
        limit = size if self.sign * number < 0 else max(size, 1) if number or self.sign > 0 else 0
        if self.row.bound == "between" and self.sign == (1 if self.column == "obs_value" else -1):
            limit = min(limit, int((Fraction(self.row.obs_value_upper) - Fraction(self.row.obs_value)) / step))
        return min(limit, FARTHEST)

    def rank(self, steps: int) -> Rank:
        """What changes a figure sooner comes first."""
        number = abs(self.number)
        part = steps * self.step / number if number else float("inf")
        return steps, part, self.row.observation_id, self.column, -self.sign

    def at(self, steps: int) -> dict[str, str]:
        """The cells of the row, the number moved by so many last digits; see :func:`moved`."""
        fields, step = self.fields, self.step
        decimals = max(len(fields[self.column].partition(".")[2]), places(step))
        update = {self.column: _written(self.number + self.sign * steps * step, decimals)}
        if self.row.bound == "~" and not self.row.precision:
            update["precision"] = _written(step, places(step))
        return {**fields, **update}


def moved(package: Package, observation_id: str, steps: int, column: str = "obs_value") -> Package:
    """The package with one number moved by so many last digits, written with its decimals: 15.6 becomes 15.7.

    Parameters
    ----------
    package : Package
        The package; it is not changed.
    observation_id : str
        The statement.
    steps : int
        Units of its last digit, up or down.
    column : str
        ``obs_value``, or ``obs_value_upper`` for the upper end of a range: each end moves alone.

    Notes
    -----
    The slack of 约 stays that of the words: 约200 moved by one is 300, still read to the hundred.
    """
    row = package.observations[observation_id]
    row = row.model_copy(update=_End(row, column, 1).at(steps))
    return replace(package, observations={**package.observations, observation_id: row})


def _written(number: Fraction, decimals: int) -> str:
    digits = f"{int(abs(number) * 10**decimals):0{decimals + 1}d}"
    whole = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return f"-{whole}" if number < 0 else whole


def sensitivity(formula: Formula, package: Package, language: str) -> tuple[Sensitivity, ...]:
    """For each statement below a derived figure the smallest move that changes its text, the most sensitive first.

    A statement that can go to zero or to its double without a change is left out. Statements and events have no
    sensitivity. The search goes four times as far each time, then back by halves, which is right where the text
    follows the number one way, as it does for measures: monotone in each argument. That one last digit changes
    nothing is tried out.

    Raises
    ------
    QuantityError
        The figure itself cannot be computed.
    """
    found = filter(None, [_nearest(ends, formula, package, language) for ends in _ends(formula, package)])
    return tuple(move for _, move in sorted(found, key=lambda pair: pair[0]))


def most_sensitive(formula: Formula, package: Package, language: str) -> Sensitivity | None:
    """The first of :func:`sensitivity`, without the search for the others; None where there is none."""
    found = _nearest([end for ends in _ends(formula, package) for end in ends], formula, package, language)
    return found[1] if found else None


def _ends(formula: Formula, package: Package) -> list[list[_End]]:
    """What may move, by statement."""
    if "function" not in formula:
        return []
    rows = [package.observations[name] for name in dict.fromkeys(statements_below(formula))]
    columns = {row.key: ("obs_value", "obs_value_upper")[: 1 + (row.bound == "between")] for row in rows}
    return [[_End(row, column, sign) for column in columns[row.key] for sign in (1, -1)] for row in rows]


def _nearest(
    ends: Sequence[_End], formula: Formula, package: Package, language: str
) -> tuple[Rank, Sensitivity] | None:
    """The end that changes the text first; all go out together, so that none is followed farther than the first."""
    if not ends:
        return None
    printed = wording.text(_figure(operand_of(formula, package)), language)

    @cache
    def again(key: str) -> Callable[[Quantity], Operand]:
        return _again(formula, package, key)

    @cache
    def text(end: _End, steps: int) -> str:
        try:
            operand = again(end.row.key)(package.statement(end.row).read(end.at(steps)))
            return wording.text(_figure(operand), language)
        except QuantityError:
            return ""

    def changes(end: _End) -> Callable[[int], bool]:
        return lambda steps: text(end, steps) != printed

    same, steps = 0, 1
    while ends := [end for end in ends if end.limit > same]:
        found: tuple[Rank, _End, int] | None = None
        for soonest, end in sorted(((end.rank(same + 1), end) for end in ends), key=itemgetter(0)):
            if found and found[0] < soonest:
                break
            most = min(steps, end.limit)
            if text(end, most) != printed:
                least = _least(changes(end), same, most)
                found = min(filter(None, (found, (end.rank(least), end, least))), key=itemgetter(0))
        if found:
            rank, first, least = found
            return rank, _sensitivity(first, least, text(first, least))
        same, steps = steps, 4 * steps
    return None


def _least(changes: Callable[[int], bool], same: int, changed: int) -> int:
    """The least number that changes, between one that does not and one that does."""
    while changed - same > 1:
        middle = (same + changed) // 2
        same, changed = (same, middle) if changes(middle) else (middle, changed)
    return changed


def _again(formula: Formula, package: Package, name: str) -> Callable[[Quantity], Operand]:
    """A formula to be computed again and again while one statement moves: what does not rest on it, only once."""
    if name not in statements_below(formula):
        fixed = operand_of(formula, package)
        return lambda _: fixed
    if "observation" in formula:
        return lambda moving: moving
    lifted = measure_named(formula["function"])
    operands = [_again(argument, package, name) for argument in formula["arguments"]]
    return lambda moving: lifted(*(operand(moving) for operand in operands))


def _figure(operand: Operand) -> Quantity:
    if not isinstance(operand, Quantity):
        msg = f"{operand!r} is a period, no figure"
        raise QuantityError(msg)
    return operand


def _sensitivity(end: _End, steps: int, text: str) -> Sensitivity:
    before, after = (fields[end.column] for fields in (end.fields, end.at(steps)))
    return Sensitivity(end.row.key, end.column, before, after, end.sign * steps, text)


def words(
    found: Sensitivity | None, formula: Formula, package: Package, language: str, anchor: Callable[[str], str]
) -> list[Run]:
    """The column of the appendix: whether a figure is safe to the digit, and what changes it first.

    Parameters
    ----------
    found : Sensitivity or None
        What :func:`most_sensitive` gives.
    formula : dict
        The figure's formula.
    package : Package
        The rows it rests on.
    language : str
        ``zh`` or ``en``.
    anchor : callable
        The evidence number of a statement, or an empty text; then the name that the formula gives it stands instead.

    Returns
    -------
    list of Run
        E1为809亿元，得低于3.6%; nothing for statements and events.
    """
    if "function" not in formula:
        return []
    if found is None:
        return [Run(UNMOVED[language] if any(statements_below(formula)) else NOTHING[language])]
    if not found.safe:
        gives, nothing = GIVES[language]
        return [
            *_reached(found, formula, package, language, anchor),
            Run(f"{gives}{found.text}" if found.text else nothing),
        ]
    return [Run(SAFE[language]), *_reached(found, formula, package, language, anchor), Run(CHANGES[language])]


def _reached(
    found: Sensitivity, formula: Formula, package: Package, language: str, anchor: Callable[[str], str]
) -> list[Run]:
    """Where a statement must go: E1为809亿元, E1 = 80.9 billion yuan."""
    before, after = _numbers(found, package, language)
    if before == after:  # 亩 as hectares may not show the digit that moved
        after = units()[package.observations[found.observation].unit].en_many.format(found.after)
    return [_statement(found, formula, anchor), Run(("为" if language == "zh" else " = ") + after)]


def change(
    found: Sensitivity, formula: Formula, package: Package, language: str, anchor: Callable[[str], str]
) -> list[Run]:
    """A move and what the figure prints then: E1：808→809亿元，得低于3.6%. Parameters as for :func:`words`."""
    gives, nothing = GIVES[language]
    result = f"{gives}{found.text}" if found.text else nothing
    return [*_move(found, formula, package, language, anchor), Run(result)]


def _move(
    found: Sensitivity, formula: Formula, package: Package, language: str, anchor: Callable[[str], str]
) -> list[Run]:
    colon = "：" if language == "zh" else ": "
    return [_statement(found, formula, anchor), Run(colon + _move_words(found, package, language))]


def _statement(found: Sensitivity, formula: Formula, anchor: Callable[[str], str]) -> Run:
    """The statement by its number, or else by the name that the formula gives it."""
    number = anchor(found.observation)
    return Run(number or argument_name(formula, found.observation), number)


def _numbers(found: Sensitivity, package: Package, language: str) -> tuple[str, str]:
    """The number of the statement before and after the move, in the scale of the language."""
    row = package.observations[found.observation]
    fields, noun = {**row.model_dump(), "bound": "="}, package.indicators[row.indicator].noun_en
    before, after = (
        wording.text(read({**fields, "obs_value": number}, noun), language) for number in (found.before, found.after)
    )
    return before, after


def argument_name(formula: Formula, observation_id: str) -> str:
    """The name under which a statement first stands in a formula; empty where it does not."""
    for argument in formula.get("arguments", ()):
        if argument.get("observation") == observation_id:
            return str(argument["name"])
        if name := argument_name(argument, observation_id):
            return name
    return ""


def _move_words(found: Sensitivity, package: Package, language: str) -> str:
    """The number before and after, in the scale of the language: 808→809亿元, 80.8 → 80.9 billion yuan."""
    before, after = _numbers(found, package, language)
    to = "→" if language == "zh" else " → "
    if before == after:  # 亩 as hectares may not show the digit that moved
        unit = units()[package.observations[found.observation].unit]
        return unit.en_many.format(f"{found.before}{to}{found.after}")
    one, other = _NUMBER.fullmatch(before), _NUMBER.fullmatch(after)
    if one and other and one["head"] == other["head"] and one["tail"] == other["tail"]:
        return f"{one['head']}{one['number']}{to}{other['number']}{one['tail']}"
    return f"{before}{to}{after}"
