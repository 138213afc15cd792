"""A formula over plain numbers, lifted to quantities: range over corners, units checked, formula recorded."""

from __future__ import annotations

import ast
import datetime
import functools
import inspect
import itertools
import math
import textwrap
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Protocol

from lusong_analysis.quantity.differences import differences, few, label, refuse
from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.interval import EVERYTHING, INFINITY, Interval, Number, finite, point
from lusong_analysis.quantity.period import Formula, Period, bounds
from lusong_analysis.quantity.quantity import (
    NO_SUBJECT,
    Absence,
    Quantity,
    fifteen_digits,
    same_fields,
    statements_below,
)
from lusong_analysis.quantity.units import dimension, factor, unit_names

Operand = Quantity | Period
# What an operand's unit may be declared as instead: a calendar year, or the length of a period in years.
YEAR, LENGTH = "period", "length"
MOST_LEAP = datetime.timedelta(days=3)  # by which two months differ in length, or two years


class Measure(Protocol):
    """A lifted formula: called with quantities and periods, it gives a quantity.

    ``units`` are the units of its operands by name, as they were declared.
    """

    expression: str
    units: Mapping[str, str]
    __name__: str

    def __call__(self, *operands: Operand, **named: Operand) -> Quantity:
        """Apply the formula; see the measure's own docstring for its operands."""


class Argument:
    """One operand with the name it has in the formula."""

    value: Fraction | None

    def __init__(self, name: str, operand: Operand, wanted: str) -> None:
        self.name = name
        self.operand = operand
        if isinstance(operand, Period):
            # A period without a code never reaches the formula: the result is absent before.
            number = Fraction(0) if not operand.code else operand.years if wanted == LENGTH else Fraction(operand.year)
            self.interval, self.value = point(number), number
            self.quantities: tuple[Quantity, ...] = ()
        else:
            self.value, self.interval = operand.in_base_units
            self.quantities = (operand,)


def measure(
    *,
    gives: str,
    same: Sequence[str] = (),
    order: Sequence[str] = (),
    digits: int | None = 3,
    finest: str = "",
    **units: str,
) -> Callable[[Callable[..., Any]], Measure]:
    """Lift a plain function over plain numbers to quantities.

    Parameters
    ----------
    gives : str
        Unit of the result. A capital letter is the unit of the operands declared with it, ``A/B`` a ratio of two.
    same : sequence of str
        Fields of :class:`Subject` in which all operands must agree, else the call is refused. ``indicator`` takes a
        target for the indicator it is set for; ``kind`` asks that all are results or all targets.
    order : sequence of str
        Operands that must be of stated periods of one length, each later than the one before.
    digits : int or None
        Most significant digits to print; None for sums and differences: as fine as the coarsest operand.
    finest : str
        Least step to print [``gives``].
    **units : str
        Unit of each operand by name. A unit of the table demands its dimension; a capital letter stands for any one
        dimension; ``period`` demands a calendar year, ``length`` a period, whose length in years the body sees.

    Notes
    -----
    The body sees base units and must be one expression after its last ``return``, monotone in each argument. Its
    range is then that of its values at all combinations of the operands' ends. A probe inside the box guards this
    and proves nothing: test each measure.
    """

    def decorate(function: Callable[..., Any]) -> Measure:
        signature = inspect.signature(function)

        @functools.wraps(function)
        def lifted(*operands: Operand, **named: Operand) -> Quantity:
            arguments = _bind(function.__name__, signature, operands, named, units)
            return _apply(function, arguments, units, gives, same, order, digits, finest)

        lifted.expression = _expression(function)  # type: ignore[attr-defined]
        lifted.units = units  # type: ignore[attr-defined]
        return lifted  # type: ignore[return-value]

    return decorate


def _expression(function: Callable[..., Any]) -> str:
    """The formula as its source prints it: the expression after the last ``return``."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    returns = [node for node in ast.walk(tree) if isinstance(node, ast.Return) and node.value is not None]
    return ast.unparse(returns[-1].value)  # type: ignore[arg-type]


def _bind(
    name: str,
    signature: inspect.Signature,
    operands: tuple[Operand, ...],
    named: dict[str, Operand],
    units: dict[str, str],
) -> list[Argument]:
    try:
        bound = signature.bind(*operands, **named).arguments
    except TypeError as error:
        msg = f"{name}: {error}"
        raise QuantityError(msg) from None
    pairs = [(key, part) for key, value in bound.items() for part in (value if isinstance(value, tuple) else (value,))]
    for key, operand in pairs:
        if not isinstance(operand, Quantity | Period):
            msg = f"{name}: {key} is {operand!r}; a measure takes figures (report.figure) and periods (figure.period)"
            raise QuantityError(msg)
    return [Argument(key, operand, units[key]) for key, operand in pairs]


def _apply(
    function: Callable[..., Any],
    arguments: list[Argument],
    units: dict[str, str],
    gives: str,
    same: Sequence[str],
    order: Sequence[str],
    digits: int | None,
    finest: str,
) -> Quantity:
    name = function.__name__
    formula: Formula = {
        "function": f"{function.__module__.rpartition('.')[2]}.{name}",
        "arguments": [{"name": argument.name, **argument.operand.formula} for argument in arguments],
    }
    quantities = [quantity for argument in arguments for quantity in argument.quantities]
    subject = same_fields([quantity.subject for quantity in quantities if quantity.subject != NO_SUBJECT])
    absence = next((quantity.absence for quantity in quantities if quantity.absence), None)
    if absence is None and any(argument.operand == Period("", {"period": ""}) for argument in arguments):
        absence = Absence("untimed")
    if absence is not None:
        return Quantity(None, EVERYTHING, "1", formula, subject, absence=absence)
    letters = _check_units(name, arguments, units)
    _check_shared(name, arguments)
    _check_same(name, arguments, same, order)
    unit = gives if gives in unit_names() else "/".join(letters.get(part, part) for part in gives.split("/"))
    interval = _range(function, arguments)
    if interval is None or not (finite(interval.low) or finite(interval.high)):
        unbounded = tuple(quantity for quantity in quantities if not quantity.interval.bounded)
        return Quantity(None, EVERYTHING, unit, formula, subject, absence=Absence("unbounded", operands=unbounded))
    by = 1 / factor(unit)
    values = [argument.value for argument in arguments]
    value = None if None in values else fifteen_digits(function(*values))
    numerators = [quantity for quantity in quantities if dimension(quantity.unit) == dimension(unit.split("/")[0])]
    nouns = {quantity.noun for quantity in numerators}
    return Quantity(
        value=None if value is None else Fraction(value) * by,
        interval=interval.scaled(by),
        unit=unit,
        formula=formula,
        subject=subject,
        about=any(quantity.about for quantity in quantities),
        digits=digits,
        finest=Fraction(finest) if finest else _coarsest(quantities, unit) if digits is None else None,
        noun=nouns.pop() if len(nouns) == 1 else "",
    )


def _check_units(name: str, arguments: list[Argument], units: dict[str, str]) -> dict[str, str]:
    """Refuse what does not go together; return the unit that each letter stands for."""
    letters: dict[str, str] = {}
    for argument in arguments:
        wanted, operand = units[argument.name], argument.operand
        timed = wanted in (YEAR, LENGTH)
        if isinstance(operand, Period) != timed:
            has = "a period" if isinstance(operand, Period) else f"a figure in {operand.unit}"
            msg = f"{name}: {argument.name} is {has}, wanted {'a period' if timed else 'a figure'}"
            raise QuantityError(msg)
        if isinstance(operand, Period):
            continue
        letter = wanted not in unit_names() and "/" not in wanted
        unit = letters.setdefault(wanted, operand.unit) if letter else wanted
        if dimension(operand.unit) != dimension(unit):
            of = f"the others are in {unit}" if letter else f"wanted {unit}"
            msg = f"{name}: {argument.name} is in {operand.unit}, {of}"
            raise QuantityError(msg)
    return letters


def _check_shared(name: str, arguments: list[Argument]) -> None:
    """Refuse two operands that rest on one rounded statement: its rounding would be counted twice."""
    below = [
        set(statements_below(quantity.formula))
        for argument in arguments
        for quantity in argument.quantities
        if quantity.interval.width
    ]
    for one, other in itertools.combinations(below, 2):
        if one & other:
            msg = f"{name}: two arguments rest on {sorted(one & other)}; its rounding would be counted twice"
            raise QuantityError(msg)


def _check_same(name: str, arguments: list[Argument], same: Sequence[str], order: Sequence[str]) -> None:
    """Refuse operands that differ in what they must share, or do not follow each other in time; with every reason."""
    figures = [
        (f"{argument.name} {label(quantity)}", quantity) for argument in arguments for quantity in argument.quantities
    ]
    in_order = [quantity for argument in arguments if argument.name in order for quantity in argument.quantities]
    reasons = [*differences(figures, same), *_out_of_order(in_order)]
    refuse(f"{name}: not comparable", reasons, "report.comparability(one, other) says in a sentence why not.")


def _out_of_order(figures: Sequence[Quantity]) -> list[str]:
    """Why figures do not follow each other in time; a computed figure may have no period of its own."""
    stated = [quantity for quantity in figures if quantity.period.code]
    silent = [label(quantity) for quantity in figures if not quantity.period.code and quantity.step is not None]
    reasons = [f"no period stated: {few(silent)}"] if silent else []
    for one, other in itertools.pairwise(stated):
        (first, last), (later, end) = bounds(one.period.code), bounds(other.period.code)
        both = f"{one.period.code} ({label(one)}), {other.period.code} ({label(other)})"
        if (first, last) == (later, end):
            reasons.append(f"the same period: {both}")
        elif first >= later:
            reasons.append(f"the earlier period stands last: {both}")
        if abs((last - first) - (end - later)) > MOST_LEAP:
            reasons.append(f"periods of other lengths: {both}")
    return reasons


def _range(function: Callable[..., Any], arguments: list[Argument]) -> Interval | None:
    """The least and greatest corner [base units]; None where a corner has no limit (∞/∞)."""
    corners: list[tuple[Number, bool, bool]] = []
    for ends in itertools.product(*(argument.interval.ends for argument in arguments)):
        try:
            value = function(*(number for number, _ in ends))
        except ZeroDivisionError:
            zeros = [a.name for a in arguments if any(end == 0 for end, _ in a.interval.ends)]
            msg = f"{function.__name__}: {' or '.join(zeros)} may be zero, so nothing can be divided by it"
            raise QuantityError(msg) from None
        if isinstance(value, float) and math.isnan(value):
            return None
        if isinstance(value, complex):
            msg = f"{function.__name__}: a root of a negative number"
            raise QuantityError(msg)
        corners.append((fifteen_digits(value), all(closed for _, closed in ends), not all(finite(n) for n, _ in ends)))
    low, high = min(value for value, *_ in corners), max(value for value, *_ in corners)
    _probe(function, arguments, low, high)
    low_closed = any(closed for value, closed, _ in corners if value == low)
    high_closed = any(closed for value, closed, _ in corners if value == high)
    # An end that only infinity reaches says nothing that was not known: growth above -100 %, a share below 100 %.
    if all(infinite for value, _, infinite in corners if value == low):
        low, low_closed = -INFINITY, False
    if all(infinite for value, _, infinite in corners if value == high):
        high, high_closed = INFINITY, False
    return Interval(low, high, low_closed, high_closed)


def _probe(function: Callable[..., Any], arguments: list[Argument], low: Number, high: Number) -> None:
    for inside in itertools.product(*(argument.interval.inside for argument in arguments)):
        value = function(*inside)
        if low <= value <= high:
            continue
        slack = abs(value) * 1e-12
        if not low - slack <= value <= high + slack:
            msg = f"{function.__name__}: not monotone on this range, so its corners do not bound it"
            raise QuantityError(msg)


def _coarsest(quantities: list[Quantity], unit: str) -> Fraction | None:
    steps = [(quantity.step or quantity.finest or Fraction(0)) * factor(quantity.unit) for quantity in quantities]
    return max(steps) / factor(unit) or None
