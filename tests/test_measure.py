"""Formulas lifted to quantities: range over corners, and what is refused."""

import math
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from figures import CASES, derived, firms, growth, observation, revenue
from lusong_analysis.measures.concentration import herfindahl
from lusong_analysis.measures.growth import (
    compound_growth,
    growth_between,
    level_before,
    level_earlier,
    required_growth,
    required_growth_by_year,
    years_until,
)
from lusong_analysis.measures.pipeline import time_in_pipe
from lusong_analysis.measures.structure import (
    at_face_value,
    difference_in_points,
    ratio,
    remainder,
    share,
    share_of,
    share_of_target,
    total,
)
from lusong_analysis.quantity import Interval, Period, QuantityError, measure
from lusong_analysis.quantity.period import period
from lusong_analysis.quantity.quantity import Subject, missing
from mixed import MIXED, statements_of


def test_a_figure_records_how_it_was_computed():
    """The formula names function, arguments, statements, periods and parameters, in the order of the call."""
    assert {
        "function": "growth.required_growth",
        "arguments": [
            {"name": "revenue", "observation": "revenue"},
            {"name": "target", "observation": "revenue_target"},
            {
                "name": "years",
                "function": "growth.years_until",
                "arguments": [
                    {"name": "start", "period": "2019"},
                    {"name": "until", "parameter": "horizon", "value": "2025"},
                ],
            },
        ],
    } == growth().formula


def test_the_formula_is_the_source_text():
    """The printed expression is the one the source computes, with the function's own names."""
    assert "(target / revenue) ** (1 / years) - 1" == required_growth.expression
    assert "share ** 2 + rest_in_one_hand * (1 - share) ** 2" == herfindahl.expression


def test_a_floor_of_the_start_is_a_ceiling_of_the_growth():
    """Over 808 to 1000 in six years needs less than 3.617… % a year, and nothing is known below."""
    assert math.isinf(growth().interval.low)
    assert Fraction("3.617") < growth().interval.high < Fraction("3.618")
    assert not growth().interval.high_closed
    assert growth().value is None


def test_an_end_that_only_infinity_reaches_is_open():
    """A share of a floor is bounded below only: that it is under 100 % was known before."""
    part = share(revenue(), observation("rest", "207.3", "=", "亿元"))
    assert (True, False) == (part.interval.low > 79, part.interval.bounded)


def test_the_later_the_year_the_less_is_needed():
    """Each target year has its own figure, and the last one is the figure of the sentence."""
    until = Period("2025", {"parameter": "horizon", "value": "2025"})
    target = observation("revenue_target", "1000", "=", "亿元", precision="0", target_of="revenue", time_period="2018")
    points = required_growth_by_year(revenue(), target, until).points
    assert ["2020", "2021", "2022", "2023", "2024", "2025"] == [year.code for year, _ in points]
    assert growth() == points[-1][1]
    ceilings = [quantity.interval.high for _, quantity in points]
    assert sorted(ceilings, reverse=True) == ceilings


def test_two_floors_give_an_absent_figure():
    """The growth between two lower bounds can be anything, so there is no figure, and both operands are named."""
    earlier = observation("earlier", "700", ">", "亿元", indicator="revenue", time_period="2016")
    change = growth_between(earlier, revenue())
    assert change.absence is not None
    assert ("unbounded", (earlier, revenue())) == (change.absence.reason, change.absence.operands)


def test_absence_is_passed_on():
    """A measure of an absent figure is absent, names what is missing, and keeps its formula."""
    nothing = missing(Subject("revenue", "430203", "2019"))
    change = growth_between(nothing, revenue())
    assert change.absence == nothing.absence
    assert "growth.growth_between" == change.formula["function"]


def test_years_from_an_unstated_period_are_absent():
    """Where the source gives no time, the years until another cannot be counted."""
    undated = observation("undated", "700", ">", "亿元", time_period="")
    assert "untimed" == years_until(undated.period, period("2025")).absence.reason


def refused(match, call):
    """The call raises a QuantityError whose message matches."""
    with pytest.raises(QuantityError, match=match):
        call()


def test_half_years_count_as_half():
    """Little's law: 43 in the pipe and 7 completed in half a year are about three years, worked by hand 43/7/2."""
    in_progress, completed = (observation(name, name, "=", "个", time_period="2020-S1") for name in ("43", "7"))
    assert Fraction(43, 14) == time_in_pipe(in_progress, completed, completed.period).value
    refused("no whole number of months", lambda: time_in_pipe(in_progress, completed, period("2020-10-15/P4D")))


def test_growth_runs_both_ways():
    """Compound growth over two years squares to the whole, and a level earlier grows back to the later one."""
    first, last = (
        observation(year, value, "=", "亿元", indicator="revenue", time_period=year, precision="0")
        for year, value in (("2017", "100"), ("2019", "121"))
    )
    assert Fraction(10) == compound_growth(first, last, years_until(first.period, last.period)).value
    rate = observation("rate", "21", "=", "%", precision="0")
    assert Fraction(100) == level_earlier(last, rate).value


def test_face_value_drops_the_slack_by_name():
    """To the letter, a share of 90 % gives an index of 8,100 to 8,200; a bound has no letter to take."""
    share_, spread = observation("a", "90", "=", "%", precision="1"), observation("h", "0", "between", "1", upper="1")
    letter = herfindahl(at_face_value(share_), spread)
    assert (Fraction(8100), Fraction(8200)) == (letter.interval.low, letter.interval.high)
    assert "structure.at_face_value" == letter.formula["arguments"][0]["function"]
    refused("has no value to take to the letter", lambda: at_face_value(revenue()))


def test_units_never_mix():
    """Yuan and firms, per cent and percentage points do not add."""
    money, points = observation("a", "5", "=", "亿元"), observation("b", "5", "=", "百分点")
    refused(r"total: parts is in 家, the others are in 亿元", lambda: total(money, firms()))
    refused(r"difference_in_points: later is in 百分点, wanted %", lambda: difference_in_points(points, points))


def test_what_is_not_comparable_is_refused():
    """Growth asks for one indicator, area and object, a share for one area and period; the message has both values."""
    scale = observation("scale", "712", "=", "亿元", time_period="2024")
    refused(
        r"growth_between: not comparable: another definition: revenue \(before revenue\), scale \(after scale\)\n",
        lambda: growth_between(revenue(), scale),
    )
    same = {"indicator": "revenue", "precision": "1", "time_period": "2020"}
    city = observation("city", "900", "=", "亿元", ref_area="430200", **same)
    refused(r"another area: 430203 \(before revenue\), 430200 \(after city\)", lambda: growth_between(revenue(), city))
    firm = observation("firm", "900", "=", "亿元", counterpart="lusong_apparel_city", **same)
    refused(
        r"another object: the area itself \(before revenue\), lusong_apparel_city \(after firm\)",
        lambda: growth_between(revenue(), firm),
    )
    later = observation("whole", "900", "=", "亿元", time_period="2020", precision="1")
    refused(
        r"share_of: not comparable: another period: 2019 \(part revenue\), 2020 \(whole whole\)",
        lambda: share_of(revenue(), later),
    )


@pytest.mark.parametrize("name", list(MIXED))
def test_no_growth_lies_between_what_is_not_comparable(name):
    """Neither between three definitions of the apparel chain or of aviation, nor from the city to the district."""
    *_, before, after = statements_of(name)
    with pytest.raises(QuantityError, match=r"\Agrowth_between: not comparable: another ") as caught:
        growth_between(before, after)
    *reasons, cure = str(caught.value).split("\n")
    found = {reason.split(": ")[2] for reason in reasons}
    assert set(MIXED[name][1]) - {"two statements of one period"} == found - {"the same period"}
    assert cure == "report.comparability(one, other) says in a sentence why not."


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("2019", "2019", r"the same period: 2019 \(before\), 2019 \(after\)"),
        ("2020-S1", "2020-01-01/P6M", r"the same period: 2020-S1 \(before\), 2020-01-01/P6M \(after\)"),
        ("2020", "2019", r"the earlier period stands last: 2020 \(before\), 2019 \(after\)"),
        ("2020-S1", "2021", r"periods of other lengths: 2020-S1 \(before\), 2021 \(after\)"),
        ("2019", "", r"no period stated: after"),
        ("", "", r"no period stated: before, after"),
    ],
)
def test_growth_runs_forward(before, after, words):
    """Growth within a period, backwards, from a half-year to a year or to nobody knows when is refused."""
    one, other = (
        observation(name, "100", "=", "亿元", indicator="revenue", time_period=period_, precision="1")
        for name, period_ in (("before", before), ("after", after))
    )
    refused(f"growth_between: not comparable: {words}", lambda: growth_between(one, other))
    years = years_until(period("2019"), period("2025"))
    refused(f"compound_growth: not comparable: {words}", lambda: compound_growth(one, other, years))


def test_growth_spans_months_and_leap_years():
    """February and March, or a leap year and the next, are periods of one length."""
    for before, after in (("2021-02", "2021-03"), ("2020", "2021")):
        one, other = (
            observation(name, "100", "=", "亿元", indicator="revenue", time_period=name, precision="0")
            for name in (before, after)
        )
        assert Fraction(0) == growth_between(one, other).value


def test_results_and_targets_are_not_mixed():
    """A growth or a sum of a result and a target is refused; two plans may be compared, and a plan fulfilled."""
    plan, later = (
        observation(f"plan{year}", "100", "=", "亿元", target_of="revenue", time_period=year, precision="0")
        for year in ("2019", "2020")
    )
    result = observation("result", "100", "=", "亿元", indicator="revenue", time_period="2019", precision="0")
    words = r"not comparable: a target beside a result: result \(\w+ result\), target \(\w+ plan"
    refused(f"growth_between: {words}2020", lambda: growth_between(result, later))
    refused(f"total: {words}2019", lambda: total(result, plan))
    refused(f"share: {words}2019", lambda: share(result, plan))
    assert (Fraction(0), Fraction(100)) == (growth_between(plan, later).value, share_of(result, plan).value)


def test_a_level_earlier_takes_the_growth_of_its_own_period():
    """The growth of another year says nothing of the year before this one."""
    rate = observation("rate", "21", "=", "%", time_period="2018")
    refused(r"another period: 2019 \(later revenue\), 2018 \(growth rate\)", lambda: level_earlier(revenue(), rate))


def test_the_pipe_is_that_of_one_area_and_object():
    """Projects in progress here and completed elsewhere say nothing of the time between."""
    here, there = (
        observation(name, "7", "=", "个", counterpart=name, time_period="2020") for name in ("one_park", "other_park")
    )
    refused("another object: one_park", lambda: time_in_pipe(here, there, there.period))


def test_a_target_belongs_to_its_indicator():
    """The target of another indicator is no target for this one."""
    other = observation("x_target", "1000", "=", "亿元", precision="0", target_of="scale")
    refused("not comparable", lambda: required_growth(revenue(), other, years_until(revenue().period, period("2025"))))


def test_a_result_is_a_share_of_its_own_target_of_any_year():
    """Over 808 of 1000 is over 80.8 %, worked by hand; the target of another indicator, area or object is refused."""
    targets = {
        name: observation(name, "1000", "=", "亿元", precision="0", time_period="2018", **fields)
        for name, fields in {
            "own": {"target_of": "revenue"},
            "other": {"target_of": "scale"},
            "city": {"target_of": "revenue", "ref_area": "430200"},
            "firm": {"target_of": "revenue", "counterpart": "firm"},
        }.items()
    }
    part = share_of_target(revenue(), targets["own"])
    assert (Interval(Fraction("80.8"), math.inf, False, False), "%") == (part.interval, part.unit)
    for name in ("other", "city", "firm"):
        refused("share_of_target: not comparable", lambda name=name: share_of_target(revenue(), targets[name]))


def test_one_rounding_is_not_counted_twice():
    """Two operands that rest on the same rounded statement are refused, by its name."""
    x, rest = observation("x", "5", "=", "亿元"), observation("rest", "14", "=", "亿元")
    refused(r"two arguments rest on \['x'\]", lambda: share_of(x, total(x, rest)))


def test_a_formula_that_is_not_monotone_is_refused():
    """Where corners do not bound the range, there is no figure."""

    @measure(a="%", b="%", gives="点")
    def squares(a, b):
        return (a**2 + b**2) / (a + b) ** 2

    wide, narrow = (observation(str(low), low, "between", "%", upper="9") for low in ("1", "8"))
    other = observation("b", "3", "between", "%", upper="4")
    refused("not monotone", lambda: squares(wide, other))
    assert squares(narrow, other).interval.bounded
    refused("below one half", lambda: herfindahl(narrow, observation("h", "0", "between", "1", upper="1")))


def test_nothing_is_divided_by_what_may_be_zero():
    """A denominator that may be zero is named."""
    refused("denominator may be zero", lambda: ratio(firms(), observation("d", "5", "<", "个")))


def test_years_run_forward():
    """A target year that is not after the start is refused with both years."""
    refused("2019 is not after 2019", lambda: years_until(period("2019"), period("2019")))
    refused("is no whole year", lambda: years_until(period("2019-Q1"), period("2025")))


def test_a_measure_takes_figures_only():
    """A plain number is refused: it would be a typed number without evidence."""
    refused("years is 6; a measure takes figures", lambda: required_growth(revenue(), revenue(), 6))
    refused("required_growth: missing a required argument: 'years'", lambda: required_growth(revenue(), revenue()))


@pytest.mark.parametrize("name", list(CASES))
def test_the_value_lies_in_the_interval(name):
    """Every figure of the table that has a value holds it."""
    quantity = CASES[name][0]()
    assert quantity.value is None or quantity.value in quantity.interval


ends = st.fractions(min_value=1, max_value=10**6, max_denominator=100)
MEASURES = {
    "growth_between": (growth_between, 2, "亿元"),
    "share": (share, 2, "亿元"),
    "share_of": (share_of, 2, "亿元"),
    "share_of_target": (share_of_target, 2, "亿元"),
    "ratio": (ratio, 2, "亿元"),
    "total": (total, 3, "亿元"),
    "level_before": (level_before, 1, "%"),
    "difference_in_points": (difference_in_points, 2, "%"),
}


@given(st.sampled_from(list(MEASURES)), st.lists(st.tuples(ends, ends), min_size=3, max_size=3), st.data())
def test_the_range_over_corners_contains_every_point(name, pairs, data):
    """A measure of any numbers inside its operands' intervals lies in the interval it gives."""
    lifted, count, unit = MEASURES[name]
    intervals = [Interval(*sorted(pair)) for pair in pairs[:count]]
    assume(all(interval.width for interval in intervals))
    result = lifted(*(derived(None, interval, unit) for interval in intervals))
    inside = [
        interval.low + interval.width * data.draw(st.fractions(0, 1, max_denominator=9)) for interval in intervals
    ]
    at_point = lifted(*(derived(number, Interval(number, number), unit) for number in inside))
    assert at_point.value in result.interval


@given(ends, ends)
def test_absence_never_becomes_a_number(low, high):
    """Whatever stands beside it, a measure of an absent figure has no value and no words."""
    nothing = missing(Subject("revenue", "430203", "2019"))
    known = derived(None, Interval(*sorted((low, high))), "亿元")
    for result in (total(nothing, known), share(known, nothing), ratio(nothing, known), growth_between(known, nothing)):
        assert (True, None) == (result.absent, result.value)


@pytest.mark.parametrize(
    ("cut", "left"),
    [
        (Interval(Fraction(10), math.inf, True, False), Interval(-math.inf, Fraction(90), False, True)),
        (Interval(Fraction(95, 10), Fraction(105, 10)), Interval(Fraction(895, 10), Fraction(905, 10))),
    ],
    ids=["a floor", "a value"],
)
def test_what_a_cut_leaves_is_bounded_from_the_other_side(cut, left):
    """A cut by 10 % or more leaves 90 % at most."""
    assert left == remainder(derived(None, cut, "%")).interval
