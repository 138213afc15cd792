"""One area against a wider one, a part against its whole, a year against the two before it."""

from __future__ import annotations

import datetime
import functools
import inspect
import math
from collections.abc import Callable, Sequence
from typing import Any

from lusong_analysis.quantity.differences import Named, differences, few, label, refuse, value
from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.measure import Measure, Operand, measure
from lusong_analysis.quantity.period import bounds
from lusong_analysis.quantity.quantity import Quantity

Check = Callable[[Sequence[Named]], list[str]]


def _only_if(reasons_against: Check) -> Callable[[Measure], Measure]:
    """Refuse also what ``same`` and ``order`` cannot say: operands that agree in pairs, or differ by design."""

    def decorate(lifted: Measure) -> Measure:
        signature = inspect.signature(lifted)

        @functools.wraps(lifted)
        def checked(*operands: Operand, **named: Operand) -> Quantity:
            result = lifted(*operands, **named)
            bound = signature.bind(*operands, **named).arguments
            figures = [(f"{name} {label(figure)}", figure) for name, figure in bound.items()]
            if not any(figure.absent for _, figure in figures):
                todo = f"help({lifted.__name__}) says what its operands must share."
                refuse(f"{lifted.__name__}: not comparable", reasons_against(figures), todo)
            return result

        return checked  # type: ignore[return-value]

    return decorate


def _two_areas(figures: Sequence[Named]) -> list[str]:
    part, whole, wider_part, wider_whole = figures
    return [
        *differences(figures, ("kind", "counterpart")),
        *_one_period(figures),
        *differences([part, wider_part], ("indicator",)),
        *differences([whole, wider_whole], ("indicator",)),
        *differences([part, whole], ("ref_area",)),
        *differences([wider_part, wider_whole], ("ref_area",)),
        *_elsewhere([part, wider_part]),
    ]


def _one_thing_in_two_areas(figures: Sequence[Named]) -> list[str]:
    one_thing = differences(figures, ("kind", "indicator", "counterpart"))
    return [*one_thing, *_one_period(figures), *_elsewhere(figures)]


def _two_years_of_one_rate(figures: Sequence[Named]) -> list[str]:
    return [*differences(figures, ("kind", "indicator", "ref_area", "counterpart")), *_a_year_apart(figures)]


def _two_years_of_one_part(figures: Sequence[Named]) -> list[str]:
    return [*differences(figures, ("kind", "ref_area", "counterpart")), *_a_year_apart(figures)]


def _part_and_whole(figures: Sequence[Named]) -> list[str]:
    part_before, part_after, whole_before, whole_after = figures
    return [
        *differences(figures, ("kind", "counterpart")),
        *differences([part_before, part_after], ("indicator", "ref_area")),
        *differences([whole_before, whole_after], ("indicator", "ref_area")),
        *_one_period([part_before, whole_before]),
        *_one_period([part_after, whole_after]),
        *_no_part([part_after, whole_after]),
    ]


def _no_part(figures: Sequence[Named]) -> list[str]:
    """Why one figure is no part of another: two indicators of one area may be, or one indicator of two areas."""
    fields = ("indicator", "ref_area")
    found = differences(figures, fields)
    known = all(value(figure, field) for _, figure in figures for field in fields)
    if not found and known:
        return [f"the part is the whole: {few([name for name, _ in figures])}"]
    return found if len(found) == len(fields) else []


def _elsewhere(figures: Sequence[Named]) -> list[str]:
    areas = {value(figure, "ref_area") for _, figure in figures}
    one_known = len(areas) == 1 and "" not in areas
    return [f"the same area: {areas.pop()} ({few([name for name, _ in figures])})"] if one_known else []


def _one_period(figures: Sequence[Named]) -> list[str]:
    return _undated(figures) or differences(figures, ("time_period",))


def _a_year_apart(figures: Sequence[Named]) -> list[str]:
    codes = [figure.period.code for _, figure in figures]
    if not all(codes) or _days(codes[0], 1) == _days(codes[1]):
        return _undated(figures)
    both = ", ".join(f"{code} ({name})" for code, (name, _) in zip(codes, figures, strict=True))
    return [f"not the same period of two years running: {both}"]


def _days(code: str, later: int = 0) -> list[tuple[int, int, int]]:
    """The first day and the day after the last, so many years later; so February 2020 and 2021 are of one length."""
    first, last = bounds(code)
    return [(day.year + later, day.month, day.day) for day in (first, last + datetime.timedelta(days=1))]


def _undated(figures: Sequence[Named]) -> list[str]:
    silent = [name for name, figure in figures if figure.step is not None and not figure.period.code]
    return [f"no period stated: {few(silent)}"] if silent else []


@_only_if(_two_areas)
@measure(part="A", whole="B", wider_part="A", wider_whole="B", gives="1", finest="0.01")
def location_quotient(part: Any, whole: Any, wider_part: Any, wider_whole: Any) -> Any:
    """The share of a part in an area over its share in a wider area [1]: above one, the area is specialised in it.

    ``part`` and ``whole`` are of one area, ``wider_part`` and ``wider_whole`` of the other; the parts are one
    indicator and the wholes one, all of one period. That the second area holds the first is not checked.

    References
    ----------
    US Bureau of Economic Analysis, What are location quotients (LQs)?, https://www.bea.gov/help/faq/478.
    W. Isard, Methods of Regional Analysis, MIT Press, 1960.
    """
    return part / whole * wider_whole / wider_part


@_only_if(_one_thing_in_two_areas)
@measure(share="%", wider_share="%", gives="1", finest="0.01")
def location_quotient_of_shares(share: Any, wider_share: Any) -> Any:
    """The location quotient where sources print the shares [1]: one indicator and period, two areas.

    References
    ----------
    As :func:`location_quotient`.
    """
    return share / wider_share


@_only_if(_two_years_of_one_part)
@measure(share_before="%", growth="%", gives="百分点", finest="0.01")
def contribution_to_growth(share_before: Any, growth: Any) -> Any:
    """What a part adds to the growth of the whole [百分点]: its share a year earlier times its own growth (拉动).

    Share and growth are of one area and of the same period of two years running. That both are of one part is for
    the caller to see: they are two indicators. It holds for values at current prices, and for yearly growth at
    comparable prices with the share at current prices; for quarters it is close.

    References
    ----------
    INSEE, definition c1207, Contribution to GDP growth, https://www.insee.fr/en/metadonnees/definition/c1207.
    """
    return share_before * growth


@_only_if(_part_and_whole)
@measure(
    part_before="A",
    part_after="A",
    whole_before="A",
    whole_after="A",
    gives="%",
    order=("part_before", "part_after"),
    finest="0.1",
)
def share_of_growth(part_before: Any, part_after: Any, whole_before: Any, whole_after: Any) -> Any:
    """The share of a part in the increase of the whole [%] (贡献率); below zero or over 100 % where parts fell.

    Part and whole are two indicators of one area, or one indicator of two areas. The statistics bureau takes values
    at constant prices; from values at current prices it is a share of nominal growth. First figures of two years
    are of two vintages, the earlier since revised: their difference is no increase that a bureau printed.

    References
    ----------
    National Bureau of Statistics of China, China Statistical Yearbook, chapter on national accounts, notes to the
    tables of contribution shares: the increment of each component over the increment of GDP.

    Raises
    ------
    QuantityError
        The whole may not have grown: then its increase cannot be shared out.
    """
    if whole_after <= whole_before:
        msg = "share_of_growth: the whole may not have grown, so its increase cannot be shared out"
        raise QuantityError(msg)
    return (part_after - part_before) / (whole_after - whole_before)


@_only_if(_two_years_of_one_rate)
@measure(growth_first="%", growth_second="%", gives="%/年", finest="0.1")
def two_year_average_growth(growth_first: Any, growth_second: Any) -> Any:
    """Average yearly growth over two years [%/年], from the growth on the year before in each (两年平均增速).

    Both rates are of one indicator and area, and of the same period of two years running. From printed rates the
    last digit may differ from the statistics bureau's own, which it computes before rounding.

    References
    ----------
    National Bureau of Statistics of China, profits of industrial enterprises in January and February 2021, 27 March
    2021, note: 两年平均增速是指以2019年相应同期数为基数，采用几何平均的方法计算的增速.
    """
    # Nothing loses more than all of itself, whatever a bound leaves open.
    growth_first, growth_second = max(growth_first, -1), max(growth_second, -1)
    return ((1 + growth_first) * (1 + growth_second)) ** (1 / 2) - 1


@_only_if(_one_thing_in_two_areas)
@measure(average="%/年", wider_average="%/年", gives="百分点", digits=None)
def average_growth_gap(average: Any, wider_average: Any) -> Any:
    """How far the average yearly growth of an area lies above that of another [百分点].

    Of what an average was computed from, only area and object are known here; that both are averages of one thing
    over the same years is for the caller to see.
    """
    return average - wider_average


@_only_if(_two_years_of_one_rate)
@measure(growth_first="%", growth_second="%", gives="百分点", finest="0.1")
def base_effect(growth_first: Any, growth_second: Any) -> Any:
    """How far growth on the year before lies above the two-year average [百分点]: what a low base adds to it.

    It is ``growth_second`` less :func:`two_year_average_growth` of the same two rates, below zero after a high base.
    It is what the bureau's average sets aside, and says nothing of what growth would have been without the low year.
    Nor is it the base effect of central banks, the unusual part of the change from month to month a year ago: that
    needs monthly rates.

    References
    ----------
    G. Fitzner, Beware base effects, UK Office for National Statistics, 19 May 2021: the impact of the corresponding
    period of the previous year on current growth estimates, https://blog.ons.gov.uk/2021/05/19/beware-base-effects/.
    National Bureau of Statistics of China, Jiang Yuan on industry in January and February 2021, 15 March 2021: sets
    the base aside (剔除基数影响) by two-year averages.

    Raises
    ------
    QuantityError
        The second rate may be so far below the first that the effect does not rise with it: ends would not bound it.
    """
    growth_first, growth_second = max(growth_first, -1), max(growth_second, -1)
    # The slope in the second rate changes its sign where its factor is a quarter of the first.
    if 4 * (1 + growth_second) < 1 + growth_first < math.inf:
        msg = "base_effect: growth_second may be so far below growth_first that the effect does not rise with it"
        raise QuantityError(msg)
    return (1 + growth_second) ** (1 / 2) * ((1 + growth_second) ** (1 / 2) - (1 + growth_first) ** (1 / 2))
