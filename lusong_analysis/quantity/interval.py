"""All that may be true of a figure: two ends, each reached or not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeGuard

# A float stands only for ±infinity; everything finite is exact.
Number = Fraction | float

INFINITY = math.inf


def finite(number: Number) -> TypeGuard[Fraction]:
    """Whether a number is no infinity; a fraction is not made a float to find out."""
    return not isinstance(number, float) or math.isfinite(number)


@dataclass(frozen=True)
class Interval:
    """The numbers between ``low`` and ``high`` [unit of its quantity]; an end is part of it where it is closed."""

    low: Number
    high: Number
    low_closed: bool = True
    high_closed: bool = True

    @property
    def width(self) -> Number:
        """The distance of the ends; 0 for an exact figure."""
        return self.high - self.low

    @property
    def bounded(self) -> bool:
        """Whether both ends are finite."""
        return finite(self.low) and finite(self.high)

    def __contains__(self, number: Number) -> bool:
        above = self.low < number or (self.low_closed and number == self.low)
        below = number < self.high or (self.high_closed and number == self.high)
        return above and below

    def overlaps(self, other: Interval) -> bool:
        """Whether some number lies in both."""
        low, low_open = max((self.low, not self.low_closed), (other.low, not other.low_closed))
        high, high_closed = min((self.high, self.high_closed), (other.high, other.high_closed))
        return low < high or (low == high and not low_open and high_closed)

    def scaled(self, by: Fraction) -> Interval:
        """The same interval in another unit; ``by`` is positive."""
        return self if by == 1 else Interval(self.low * by, self.high * by, self.low_closed, self.high_closed)

    @property
    def ends(self) -> tuple[tuple[Number, bool], ...]:
        """The ends and whether each is reached; one for an exact figure."""
        low = (self.low, self.low_closed)
        return (low,) if self.low == self.high else (low, (self.high, self.high_closed))

    @cached_property
    def inside(self) -> tuple[Number, ...]:
        """Two points within, to probe a function with."""
        if self.low == self.high:
            return (self.low,)
        if self.bounded:
            third = self.width / 3
            return self.low + third, self.low + third * 2
        if not (finite(self.low) or finite(self.high)):
            return Fraction(-1), Fraction(1)
        end, sign = (self.low, 1) if finite(self.low) else (self.high, -1)
        step = sign * (abs(Fraction(end)) or Fraction(1))
        return end + step / 3, end + step * 30

    def record(self) -> dict[str, str | bool | None]:
        """The interval as JSON: fractions as text, None for an open side."""
        return {
            "low": str(self.low) if finite(self.low) else None,
            "high": str(self.high) if finite(self.high) else None,
            "low_closed": self.low_closed,
            "high_closed": self.high_closed,
        }


def point(number: Fraction | int) -> Interval:
    """The interval of an exact number."""
    return Interval(Fraction(number), Fraction(number))


EVERYTHING = Interval(-INFINITY, INFINITY, False, False)
