"""Which digits of a figure are printed: those its interval justifies, rounded so that the sentence stays true."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from lusong_analysis.quantity.interval import Number, finite
from lusong_analysis.quantity.quantity import Quantity

Sign = Literal["=", ">", ">=", "<", "<=", "range"]

# A range prints so many significant digits of its upper end: fewer where the value is known but too loose to print.
RANGE_DIGITS = 3
LOOSE_DIGITS = 2
# An exact figure that is no whole number (5.9333…) has no last digit of its own.
EXACT_DIGITS = 3


@dataclass(frozen=True)
class Printed:
    """The numbers that stand on the page [unit of the quantity], the sign before them, and their last place.

    A step of 0 says that the numbers are exact as they stand.
    """

    sign: Sign
    numbers: tuple[Fraction, ...]
    step: Fraction


def rounded(number: Fraction, step: Fraction, way: Literal["nearest", "down", "up"] = "nearest") -> Fraction:
    """The multiple of ``step`` next to a number; halves go to the even one (GB/T 8170)."""
    # whole numbers throughout: a fraction is put in lowest terms after each step
    above, below = number.numerator * step.denominator, number.denominator * step.numerator
    whole, rest = divmod(above, below)
    if rest and (way == "up" or (way == "nearest" and (2 * rest, whole % 2) > (below, 0))):
        whole += 1
    return Fraction(whole * step.numerator, step.denominator)


@lru_cache(maxsize=64)
def ten_to(power: int) -> Fraction:
    """A power of ten."""
    return Fraction(10) ** power


def place(number: Number) -> int:
    """The power of ten of a number's first digit: 2 for 153, -1 for 0.15; 0 for zero."""
    if not number:
        return 0
    above, below = number.as_integer_ratio()
    above = abs(above)
    guess = math.floor(math.log10(above / below))
    # The logarithm of a number just below a power of ten may round to it.
    return next(
        power
        for power in (guess + 1, guess, guess - 1)
        if (below * 10**power <= above if power >= 0 else below <= above * 10**-power)
    )


def places(number: Fraction) -> int:
    """How many decimals print a number exactly, at most nine."""
    return next((count for count in range(9) if not 10**count % number.denominator), 9)


def significant(number: Number, digits: int) -> Fraction:
    """The step that leaves ``digits`` significant digits of a number."""
    return ten_to(place(number) - digits + 1)


def printed(quantity: Quantity, most_digits: int | None = None) -> Printed:
    """What a quantity prints.

    Parameters
    ----------
    quantity : Quantity
        A figure that is not absent.
    most_digits : int, optional
        Coarsen to so many significant digits; never refines.

    Notes
    -----
    The last printed digit is right to within one: the finest step at which every value of the interval lies within
    one step of the printed number, within the limits ``digits`` and ``finest``. Where that leaves fewer than two
    significant digits the range is printed. Bounds and the ends of a range are rounded outward.
    """
    if quantity.step is not None and most_digits is None:
        return _as_recorded(quantity)
    least = _least_step(quantity, most_digits)
    value, interval = quantity.value, quantity.interval
    if value is not None:
        if not interval.width:
            return Printed("=", *_exact(value, least, quantity, most_digits))
        step, number = _closest(quantity, value, least)
        if abs(number) >= 10 * step:
            return Printed("=", (number,), step)
    return _bounds(quantity, least, LOOSE_DIGITS if value is not None else RANGE_DIGITS)


def _as_recorded(quantity: Quantity) -> Printed:
    low, high = quantity.interval.low, quantity.interval.high
    sign, ends = _sign(quantity, low, high)
    numbers = (quantity.value,) if quantity.value is not None else ends
    if quantity.value is not None:
        sign = "="
    rounded_by_source = quantity.value is not None and not quantity.about
    return Printed(sign, numbers, (quantity.step or Fraction(0)) if rounded_by_source else Fraction(0))


def _least_step(quantity: Quantity, most_digits: int | None) -> Fraction:
    """No finer than this, whatever the interval."""
    limits = [digits for digits in (quantity.digits, most_digits) if digits]
    if not limits:
        return quantity.finest or Fraction(0)
    largest = max(abs(number) for number in _finite(quantity))
    step = significant(largest, min(limits))
    # 9.996 in three digits is 10.0, not 10.00.
    if rounded(largest, step) >= step * 10 ** min(limits):
        step *= 10
    return max(step, quantity.finest or Fraction(0))


def _finite(quantity: Quantity) -> list[Fraction]:
    if quantity.value is not None:
        return [quantity.value]
    return [end for end in (quantity.interval.low, quantity.interval.high) if finite(end)]


def _exact(
    value: Fraction, least: Fraction, quantity: Quantity, most_digits: int | None
) -> tuple[tuple[Fraction, ...], Fraction]:
    if value.denominator == 1 and most_digits is None:
        return (value,), Fraction(0)
    step = least or max(significant(value, EXACT_DIGITS), Fraction(1, 10 ** places(value)))
    return (rounded(value, step),), step


def _closest(quantity: Quantity, value: Fraction, least: Fraction) -> tuple[Fraction, Fraction]:
    step = least or significant(quantity.interval.width, 1) / 100
    while True:
        number = rounded(value, step)
        if all(number - step <= end <= number + step for end, _ in quantity.interval.ends):
            return step, number
        step *= 10


def _bounds(quantity: Quantity, least: Fraction, range_digits: int) -> Printed:
    low, high = quantity.interval.low, quantity.interval.high
    step = least
    if quantity.interval.bounded:
        step = max(significant(max(abs(Fraction(low)), abs(Fraction(high))), range_digits), least)
    elif not step:
        step = Fraction(1, 10 ** max(places(end) for end in _finite(quantity)))
    down = rounded(low, step, "down") if finite(low) else low
    up = rounded(high, step, "up") if finite(high) else high
    sign, ends = _sign(quantity, down, up)
    return Printed(sign, ends, step)


def _sign(quantity: Quantity, down: Number, up: Number) -> tuple[Sign, tuple[Fraction, ...]]:
    """The sign of a bound whose ends were rounded to ``down`` and ``up``: an end that moved is no longer reached."""
    interval = quantity.interval
    if not finite(up):
        return (">=" if interval.low_closed and down == interval.low else ">"), (Fraction(down),)
    nothing_below = not finite(down) or (down == 0 and quantity.value is None)
    if nothing_below:
        return ("<=" if interval.high_closed and up == interval.high else "<"), (Fraction(up),)
    return "range", (Fraction(down), Fraction(up))
