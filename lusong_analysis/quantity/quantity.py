"""A quantity: what the words say, what may be true, the unit, and the formula it came from."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal, NamedTuple

from lusong_analysis.quantity.interval import EVERYTHING, Interval
from lusong_analysis.quantity.period import Formula, Period, period
from lusong_analysis.quantity.units import factor


class Subject(NamedTuple):
    """What a figure is about, as keys of the data package; a field that operands do not share is empty.

    ``comparable_with`` is set for targets: the indicator that the target is set for.
    """

    indicator: str = ""
    ref_area: str = ""
    time_period: str = ""
    counterpart: str = ""
    comparable_with: str = ""


# The subject of a figure whose operands share nothing.
NO_SUBJECT = Subject()


@dataclass(frozen=True)
class Absence:
    """Why there is no figure.

    ``missing``: no statement is known of ``subject``. ``unbounded``: the operands (two floors, say) allow every
    number. ``untimed``: a period was asked of a statement whose source gives none.
    """

    reason: Literal["missing", "unbounded", "untimed"]
    subject: Subject = NO_SUBJECT
    operands: tuple[Quantity, ...] = ()


@dataclass(frozen=True)
class Quantity:
    """A figure with its bound, unit and formula.

    Parameters
    ----------
    value : Fraction or None
        The figure as printed, or computed from printed figures [unit]; None where only a bound or a range is known.
    interval : Interval
        All that may be true: bound, range, rounding [unit].
    unit : str
        A unit of ``units.csv``, or two of them as ``亿元/家``.
    formula : dict
        An observation, a period, a parameter, or a function with its arguments' formulas. Two figures are one and
        the same where their formulas are.
    subject : Subject
        What a plain statement is about; of a derived figure, what all its operands share.
    about : bool
        Some statement below says 约.
    digits : int or None
        Most significant digits that a derived figure prints; None: as many as are justified.
    finest : Fraction or None
        Least step that a derived figure prints [unit].
    step : Fraction or None
        Unit of the last printed digit of a plain statement [unit]; 0: exact; None: derived.
    noun : str
        English for what is counted, one and many: ``problem|problems``.
    absence : Absence or None
        Set where there is no figure; then value and interval say nothing.
    """

    value: Fraction | None
    interval: Interval
    unit: str
    formula: Formula
    subject: Subject = NO_SUBJECT
    about: bool = False
    digits: int | None = 3
    finest: Fraction | None = None
    step: Fraction | None = None
    noun: str = ""
    absence: Absence | None = None

    @property
    def period(self) -> Period:
        """The period the figure is about; its code is empty where the source gives no time."""
        return period(self.subject.time_period)

    @cached_property
    def in_base_units(self) -> tuple[Fraction | None, Interval]:
        """Value and interval in base units, so that 万元 and 亿元 compare."""
        by = factor(self.unit)
        return None if self.value is None else self.value * by, self.interval.scaled(by)

    @cached_property
    def said(self) -> dict[tuple[str, str], str]:
        """Its words by language and spec, as far as :func:`wording.text` was asked for them."""
        return {}

    @property
    def absent(self) -> bool:
        """Whether there is no figure."""
        return self.absence is not None

    def _repr_html_(self) -> str:
        from lusong_analysis.quantity.display import figure_html

        return figure_html(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        from lusong_analysis.quantity.display import figure_line

        printer.text(figure_line(self))


def missing(subject: Subject) -> Quantity:
    """The absent quantity of a question that no statement answers."""
    formula: Formula = {"missing": dict(subject._asdict())}
    return Quantity(None, EVERYTHING, "1", formula, subject, absence=Absence("missing", subject))


def statements_below(formula: Formula) -> Iterator[str]:
    """The ids of the observations a formula rests on, each as often as it stands there."""
    if "observation" in formula:
        yield formula["observation"]
    for argument in formula.get("arguments", ()):
        yield from statements_below(argument)


def counts_below(formula: Formula) -> bool:
    """Whether a formula counts statements, so that it rests on all of them."""
    return "counted" in formula or any(counts_below(argument) for argument in formula.get("arguments", ()))


def count_line(formula: Formula) -> str:
    """A count in one line: count(observations, grade=A)."""
    where = (f"{condition['property']}={condition['value']}" for condition in formula["counted"]["where"])
    return f"count({', '.join([formula['counted']['table'], *where])})"


def identity(formula: Formula) -> str:
    """One text for one formula, whatever the order of its keys; names of arguments do not count for an argument."""
    return json.dumps(formula, sort_keys=True, ensure_ascii=False)


def same_fields(subjects: list[Subject]) -> Subject:
    """The fields in which all subjects agree; a derived figure is never of an operand's indicator."""
    if not subjects:
        return Subject()
    shared = [values[0] if len(set(values)) == 1 else "" for values in zip(*subjects, strict=True)]
    return Subject(*shared)._replace(indicator="", comparable_with="")


def fifteen_digits(number: Fraction | float) -> Fraction | float:
    """A float as a fraction of fifteen digits, so that one platform's last bit cannot change a text."""
    if isinstance(number, float):
        return number if math.isinf(number) else Fraction(Decimal(f"{number:.14e}"))
    return number if isinstance(number, Fraction) else Fraction(number)
