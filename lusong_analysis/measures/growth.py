"""How fast something grew, or must grow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.measure import measure
from lusong_analysis.quantity.period import Period, period
from lusong_analysis.quantity.quantity import Quantity

# What two figures share that a growth may lie between.
ONE_SERIES = ("kind", "indicator", "ref_area", "counterpart")


@measure(start="period", until="period", gives="年")
def years_until(start: Any, until: Any) -> Any:
    """Whole years from one calendar year to a later one [年].

    Raises
    ------
    QuantityError
        ``until`` is not after ``start``.
    """
    if until <= start:
        msg = f"years_until: {until} is not after {start}; choose a later year"
        raise QuantityError(msg)
    return until - start


@measure(before="A", after="A", gives="%", same=ONE_SERIES, order=("before", "after"), finest="0.1")
def growth_between(before: Any, after: Any) -> Any:
    """Growth from an earlier figure to a later one of the same indicator, area and object [%].

    Both are results, or both targets, of stated periods of one length.

    References
    ----------
    National Bureau of Statistics of China, main statistical indicators explained (主要统计指标解释), 增长速度.
    """
    return after / before - 1


@measure(revenue="A", target="A", years="年", gives="%/年", same=("indicator", "ref_area", "counterpart"), finest="0.1")
def required_growth(revenue: Any, target: Any, years: Any) -> Any:
    """Average yearly growth that takes a figure to the target set for it [%/年].

    A floor of the figure gives a ceiling of the growth: the higher the start, the less is needed.

    References
    ----------
    National Bureau of Statistics of China, main statistical indicators explained, 平均增长速度 (geometric method).
    """
    return (target / revenue) ** (1 / years) - 1


@measure(first="A", last="A", years="年", gives="%/年", same=ONE_SERIES, order=("first", "last"), finest="0.1")
def compound_growth(first: Any, last: Any, years: Any) -> Any:
    """Average yearly growth between two figures of one indicator [%/年].

    References
    ----------
    National Bureau of Statistics of China, main statistical indicators explained, 平均增长速度 (geometric method).
    """
    return (last / first) ** (1 / years) - 1


@measure(later="A", growth="%", gives="A", same=("ref_area", "counterpart", "time_period"))
def level_earlier(later: Any, growth: Any) -> Any:
    """The figure a period earlier, from the later one and the growth printed for its period [unit of the later]."""
    return later / (1 + growth)


@measure(growth="%", gives="%")
def level_before(growth: Any) -> Any:
    """The level a period earlier, as a share of the level now [%], from the growth between them."""
    return 1 / (1 + growth)


@dataclass(frozen=True)
class Fan:
    """The growth needed from one figure to another, by target year [%/年]."""

    start: Quantity
    target: Quantity
    points: tuple[tuple[Period, Quantity], ...]


def required_growth_by_year(revenue: Quantity, target: Quantity, until: Period) -> Fan:
    """The required growth for each target year from the year after ``revenue`` to ``until`` [%/年].

    The last point keeps ``until`` itself, so that it is the very figure that a sentence prints. Where a figure is
    absent or has no year, one absent point stands for all.

    Raises
    ------
    QuantityError
        ``until`` is not after the year of ``revenue``, or the figures are not comparable.
    """
    absent = revenue.absent or target.absent or not revenue.period.code
    years = [] if absent else [period(str(year)) for year in range(revenue.period.year + 1, until.year)]
    points = ((year, required_growth(revenue, target, years_until(revenue.period, year))) for year in (*years, until))
    return Fan(revenue, target, tuple(points))
