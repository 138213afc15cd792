"""Areas, parts and years compared: worked examples of manuals and bureaus, ranges, and what is refused."""

import math
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from figures import derived, observation
from lusong_analysis.facts.package import find_folder, open_package
from lusong_analysis.measures.comparison import (
    average_growth_gap,
    base_effect,
    contribution_to_growth,
    location_quotient,
    location_quotient_of_shares,
    share_of_growth,
    two_year_average_growth,
)
from lusong_analysis.quantity import Interval, QuantityError
from lusong_analysis.quantity.judgement import agreement
from lusong_analysis.quantity.quantity import Subject, missing
from lusong_analysis.quantity.wording import text
from lusong_analysis.report.recompute import measure_named, quantity_of
from mixed import statements_of


def count(name, value, area="region", **fields):
    """People counted in an area."""
    return observation(name, value, "=", "人", ref_area=area, **fields)


def rate(name, value, period, indicator="gdp_growth", bound="=", **fields):
    """A growth rate as printed."""
    return observation(name, value, bound, "%", time_period=period, indicator=indicator, **fields)


def two_years(first, second, part=""):
    """Growth of one thing in 2020 and 2021 as printed; ``part`` is the part of the year."""
    return rate("first", first, f"2020{part}"), rate("second", second, f"2021{part}")


def refused(words, lifted, *operands):
    """The measure is refused, and the reasons match, one a line, before the line that says what to do."""
    with pytest.raises(QuantityError) as caught:
        lifted(*operands)
    *reasons, cure = str(caught.value).split("\n")
    name = lifted.__name__
    assert [f"{name}: not comparable: {word}" for word in words] == reasons
    assert f"help({name}) says what its operands must share." == cure


def test_location_quotient_of_a_textbook():
    """Employment example of O. Farhauer and A. Kröll, Standorttheorien, Springer 2013.

    Numbers and result 0.3847623 as in the R package REAT, https://rdrr.io/cran/REAT/man/locq.html.
    """
    quotient = location_quotient(
        count("a", "1714", indicator="industry"),
        count("b", "79006", indicator="all"),
        count("c", "879213", "country", indicator="industry"),
        count("d", "15593224", "country", indicator="all"),
    )
    assert (0.3847623, "0.38", "1") == (round(float(quotient.value), 7), text(quotient, "en"), quotient.unit)


def test_location_quotient_of_printed_shares():
    """R. J. Johnston in the Dictionary of Human Geography: 49.7 % in Scotland over 43.3 % in Great Britain is 1.148.

    http://www.geodz.com/eng/d/location-quotient/location-quotient.htm.
    """
    scotland, britain = (
        observation(area, value, "=", "%", ref_area=area, indicator="vote_share")
        for area, value in (("scotland", "49.7"), ("great_britain", "43.3"))
    )
    quotient = location_quotient_of_shares(scotland, britain)
    assert (1.148, "1.15") == (round(float(quotient.value), 3), text(quotient, "zh"))


@pytest.mark.parametrize(
    ("part", "first", "second", "printed"),
    [
        ("-Q1", "-6.8", "18.3", "5.0"),
        ("-Q2", "3.2", "7.9", "5.5"),
        ("-S1", "-1.6", "12.7", "5.3"),
        ("-S1", "0.9", "7.8", "4.3"),
        ("-S1", "-1.9", "14.8", "6.1"),
        ("-S1", "-1.6", "11.8", "4.9"),
        ("-S1", "-1.3", "15.9", "7.0"),
        ("", "2.8", "9.6", "6.1"),
    ],
    ids=["gdp, Q1", "gdp, Q2", "gdp", "primary", "secondary", "tertiary", "industry", "industry, year"],
)
def test_two_year_average_as_the_bureau_printed_it(part, first, second, printed):
    """National Bureau of Statistics of China, first half of 2021 (15 July 2021) and industry of 2021 (17 January 2022).

    http://big5.www.gov.cn/gate/big5/www.gov.cn/xinwen/2021-07/15/content_5625064.htm,
    https://sputniknews.cn/amp/20220117/202196-1037129306.html; the rates of 2020 are those of the releases of 2020.
    """
    found = two_year_average_growth(*two_years(first, second, part))
    assert (f"{printed}%", f"{printed}%\N{NO-BREAK SPACE}a year") == (text(found, "zh"), text(found, "en"))


def test_two_year_average_from_rounded_rates_agrees_with_the_bureau():
    """For 2021 the bureau printed 5.1 % from unrounded data, the printed rates give 5.2 %: the two intervals agree.

    National Bureau of Statistics of China, statistical communiqué of 2021: 增长8.1%，两年平均增长5.1%.
    http://fubaore.com/jingji/20220301/1001119011.html.
    """
    found = two_year_average_growth(*two_years("2.3", "8.1"))
    assert "5.2%" == text(found, "zh")
    assert "in line with" == agreement(found, observation("printed", "5.1", "=", "%/年")).en


@pytest.mark.parametrize(
    ("share", "growth", "printed"), [("54.5", "8.2", "4.5"), ("37.8", "8.2", "3.1")], ids=["tertiary", "secondary"]
)
def test_contribution_to_growth_as_the_bureau_printed_it(share, growth, printed):
    """Li Suoqiang of the National Bureau of Statistics of China on 2021: services added 4.5 points, industry 1.4 less.

    http://langjierui.com/show/10083.html; shares of 2020 from the communiqué of that year.
    """
    before = observation("share", share, "=", "%", time_period="2020")
    contribution = contribution_to_growth(before, rate("growth", growth, "2021", "part_growth"))
    assert f"{printed}\N{NO-BREAK SPACE}percentage points" == text(contribution, "en")


def test_share_of_growth_of_a_teaching_note():
    """Raw materials rose from 2556 to 3433, industry from 4888 to 6341: 60.4 % of the increase.

    三产贡献率与拉动经济增长百分点的计算公式, https://m.jinchutou.com/shtml/view-497619730.html.
    """
    figures = [
        count(value, value, indicator=indicator, time_period=year)
        for indicator, year, value in (
            ("raw", "2019", "2556"),
            ("raw", "2020", "3433"),
            ("all", "2019", "4888"),
            ("all", "2020", "6341"),
        )
    ]
    assert "60.4%" == text(share_of_growth(*figures), "zh")


@pytest.mark.parametrize(
    ("part", "first", "second", "printed"),
    [("-01-01/P2M", "-13.5", "35.1", "27.0"), ("-S1", "-1.6", "12.7", "7.4")],
    ids=["35.1 less 8.1", "12.7 less 5.3"],
)
def test_base_effect_is_what_the_average_sets_aside(part, first, second, printed):
    """National Bureau of Statistics of China: industry grew by 35.1 %, over two years by 8.1 %, the base set aside.

    January and February 2021, http://idacn.org/news/42062.html; gross domestic product in the first half of 2021.
    """
    assert f"{printed}个百分点" == text(base_effect(*two_years(first, second, part)), "zh")


def test_average_and_base_effect_make_up_the_rate():
    """Down by 19 % and up by 44 % is 8 % a year, worked by hand: 0.9 times 1.2; the other 36 points are the base."""
    rates = [derived(number, Interval(Fraction(number), Fraction(number)), "%") for number in (-19, 44)]
    assert [8, 36] == [round(float(lifted(*rates).value), 9) for lifted in (two_year_average_growth, base_effect)]


def average(area, first, second):
    """Average growth of an area over 2020 and 2021."""
    return two_year_average_growth(
        rate(f"{area}2020", first, "2020", ref_area=area), rate(f"{area}2021", second, "2021", ref_area=area)
    )


def test_averages_of_two_areas_differ_in_points():
    """A computed average stands against a computed or a printed one of another area, never against its own."""
    city, province = average("city", "4.1", "8.3"), average("province", "3.8", "7.7")
    assert "0.3～0.6个百分点" == text(average_growth_gap(city, province), "zh")
    printed = observation("printed", "5.2", "=", "%/年", ref_area="country", time_period="2020-01-01/P2Y")
    assert "0.8～1.1个百分点" == text(average_growth_gap(city, printed), "zh")
    own = observation("own", "6.2", "=", "%/年", ref_area="city", time_period="2020-01-01/P2Y")
    refused(["the same area: city (average two_year_average_growth, wider_average own)"], average_growth_gap, city, own)


def test_every_reason_against_a_quotient_is_named():
    """Other definitions, periods and objects, a part and a whole of two areas, and no wider area at all."""
    good = {"part": ("region", "industry"), "whole": ("region", "all")}
    wide = {"wider_part": ("country", "industry"), "wider_whole": ("country", "all")}

    def figures(**changed):
        made = {
            name: {"area": area, "indicator": indicator} | changed.get(name, {})
            for name, (area, indicator) in (good | wide).items()
        }
        return [count(name, "9", **fields) for name, fields in made.items()]

    assert Fraction(1) == location_quotient(*figures()).value
    refused(
        ["another definition: industry (part part), other (wider_part wider_part)"],
        location_quotient,
        *figures(wider_part={"indicator": "other"}),
    )
    refused(
        ["another area: region (part part), town (whole whole)"], location_quotient, *figures(whole={"area": "town"})
    )
    refused(
        [
            "another object: the area itself (part part, whole whole, wider_whole wider_whole), "
            "firm (wider_part wider_part)",
            "another period: 2019 (part part, whole whole, wider_part wider_part), 2020 (wider_whole wider_whole)",
        ],
        location_quotient,
        *figures(wider_part={"counterpart": "firm"}, wider_whole={"time_period": "2020"}),
    )
    refused(
        ["the same area: region (part part, wider_part wider_part)"],
        location_quotient,
        *figures(wider_part={"area": "region"}, wider_whole={"area": "region"}),
    )
    refused(["no period stated: whole whole"], location_quotient, *figures(whole={"time_period": ""}))


def share_in(area, year="2019", indicator="share", **fields):
    """A share printed for an area."""
    return observation(area + year, "50.1", "=", "%", ref_area=area, time_period=year, indicator=indicator, **fields)


@pytest.mark.parametrize(
    ("wider", "words"),
    [
        (share_in("country", "2020"), ["another period: 2019 (share city2019), 2020 (wider_share country2020)"]),
        (
            share_in("country", indicator="other"),
            ["another definition: share (share city2019), other (wider_share country2019)"],
        ),
        (
            share_in("country", "", target_of="share"),
            [
                "a target beside a result: result (share city2019), target (wider_share country)",
                "no period stated: wider_share country",
            ],
        ),
    ],
    ids=["period", "definition", "an undated target"],
)
def test_shares_of_two_areas_are_of_one_thing_and_period(wider, words):
    """A quotient of shares asks for one indicator, kind and period."""
    refused(words, location_quotient_of_shares, share_in("city"), wider)


@pytest.mark.parametrize("lifted", [two_year_average_growth, base_effect])
@pytest.mark.parametrize(
    ("first", "second"), [("2019", "2021"), ("2020-Q1", "2020-Q2"), ("2020", "2021-S1"), ("2021", "2020")]
)
def test_two_years_run_on(lifted, first, second):
    """A year between, two quarters of one year, a year and a half-year, or the later year first make no two years."""
    words = f"not the same period of two years running: {first} (growth_first a), {second} (growth_second b)"
    refused([words], lifted, rate("a", "1.0", first), rate("b", "2.0", second))


def test_one_period_may_be_written_in_two_ways():
    """A half-year and six months from January are one period, and so is a February with a leap day."""
    for first, second in (("2020-S1", "2021-01-01/P6M"), ("2020-02", "2021-02")):
        assert Fraction(0) == two_year_average_growth(rate("a", "0.0", first), rate("b", "0.0", second)).value


def test_two_years_are_of_one_area_and_definition():
    """The growth of the district in one year and of the city in the next, or of two things, has no average."""
    here, there = rate("a", "1.0", "2020", ref_area="district"), rate("b", "2.0", "2021", ref_area="city")
    refused(["another area: district (growth_first a), city (growth_second b)"], two_year_average_growth, here, there)
    other = rate("c", "2.0", "2021", "other_growth", ref_area="district")
    refused(
        ["another definition: gdp_growth (growth_first a), other_growth (growth_second c)"], base_effect, here, other
    )


def test_statements_of_the_data_that_do_not_compare():
    """The growth of the city and of the district in one year make no average of two years."""
    first, second = statements_of("city and district")
    with pytest.raises(QuantityError, match=r"another area: 430200 .*, 430203 [^\n]*\n.*two years running: 2019"):
        two_year_average_growth(first, second)


def test_a_contribution_takes_the_share_of_the_year_before():
    """The share of the same year, or of another area, is refused."""
    growth = rate("growth", "8.2", "2021", "part_growth")
    same, elsewhere = (
        observation("share", "54.5", "=", "%", time_period=period, ref_area=area)
        for period, area in (("2021", "430203"), ("2020", "430200"))
    )
    words = "not the same period of two years running: 2021 (share_before share), 2021 (growth growth)"
    refused([words], contribution_to_growth, same, growth)
    words = "another area: 430200 (share_before share), 430203 (growth growth)"
    refused([words], contribution_to_growth, elsewhere, growth)


def series(name, indicator, area, *values):
    """Counts of 2019 and 2020."""
    return [
        count(f"{name}{year}", value, area, indicator=indicator, time_period=year)
        for year, value in zip(("2019", "2020"), values, strict=True)
    ]


def test_a_part_is_of_another_area_or_another_thing():
    """A district of its city and an industry of its area are parts; an industry of another area is none."""
    whole = series("whole", "all", "city", "100", "120")
    for part in (series("part", "all", "district", "10", "15"), series("part", "industry", "city", "10", "15")):
        assert Fraction(25) == share_of_growth(*part, *whole).value
    stranger = series("part", "industry", "district", "10", "15")
    words = [
        "another definition: industry (part_after part2020), all (whole_after whole2020)",
        "another area: district (part_after part2020), city (whole_after whole2020)",
    ]
    refused(words, share_of_growth, *stranger, *whole)
    twin = series("part", "all", "city", "10", "15")
    refused(["the part is the whole: part_after part2020, whole_after whole2020"], share_of_growth, *twin, *whole)


def test_a_whole_that_did_not_grow_is_not_shared_out():
    """Where the whole fell, or may have, the share of its increase means nothing."""
    part, whole = series("part", "industry", "city", "10", "15"), series("whole", "all", "city", "120", "100")
    with pytest.raises(QuantityError, match="the whole may not have grown"):
        share_of_growth(*part, *whole)


def test_growth_runs_forward():
    """A share of growth from the later year to the earlier is refused."""
    part, whole = series("part", "industry", "city", "10", "15"), series("whole", "all", "city", "100", "120")
    with pytest.raises(QuantityError, match="the earlier period stands last: 2020"):
        share_of_growth(*reversed(part), *reversed(whole))


def test_bounds_stay_bounds():
    """A floor of the second rate is a floor of average and base effect, a ceiling of the first a ceiling."""
    first, floor = rate("a", "0.0", "2020"), rate("b", "21", "2021", bound=">")
    floored = two_year_average_growth(first, floor)
    assert ("超过9.9%", None) == (text(floored, "zh"), floored.value)
    assert math.isinf(base_effect(first, floor).interval.high)
    fall = rate("c", "-19", "2020", bound="<")
    assert "低于8.1%" == text(two_year_average_growth(fall, rate("d", "44.0", "2021")), "zh")
    parts = [observation("p", "50", ">", "%", ref_area="city", indicator="share"), share_in("country")]
    assert "超过0.99" == text(location_quotient_of_shares(*parts), "zh")


def test_a_rate_far_below_the_one_before_has_no_base_effect():
    """Where the effect does not rise with the second rate its ends would not bound it, and it is refused."""
    with pytest.raises(QuantityError, match="the effect does not rise with it"):
        base_effect(*two_years("300.1", "-10.1"))


def test_absence_is_passed_on():
    """A comparison with a figure that nobody printed is absent, whatever else stands beside it."""
    nothing = missing(Subject("gdp_growth", "430203", "2020"))
    for lifted in (two_year_average_growth, base_effect):
        assert nothing.absence == lifted(nothing, rate("b", "1.0", "2019")).absence


def test_evidence_reads_comparisons_back():
    """The formula names the measure, its text is the source's, and statements of the data give the figure again."""
    package = open_package(find_folder())
    shares = [quantity_of({"observation": name}, package) for name in ("ma-zz-share2-2021", "ma-cn-share2-2021")]
    quotient = location_quotient_of_shares(*shares)
    assert quotient == quantity_of(quotient.formula, package)
    assert "share / wider_share" == measure_named("comparison.location_quotient_of_shares").expression
    assert "((1 + growth_first) * (1 + growth_second)) ** (1 / 2) - 1" == two_year_average_growth.expression


def between(low, high):
    """Two ends between two numbers."""
    end = st.fractions(low, high, max_denominator=100)
    return st.tuples(end, end)


LEVELS, SHARES, GROWTH = between(1, 10**6), between(1, 100), between(-20, 100)
MEASURES = {
    "location_quotient": (location_quotient, "亿元", (LEVELS,) * 4),
    "location_quotient_of_shares": (location_quotient_of_shares, "%", (SHARES, SHARES)),
    "contribution_to_growth": (contribution_to_growth, "%", (SHARES, GROWTH)),
    "share_of_growth": (share_of_growth, "亿元", (LEVELS, LEVELS, between(1, 100), between(101, 999))),
    "two_year_average_growth": (two_year_average_growth, "%", (GROWTH, GROWTH)),
    "average_growth_gap": (average_growth_gap, "%/年", (GROWTH, GROWTH)),
    "base_effect": (base_effect, "%", (GROWTH, GROWTH)),
}


@pytest.mark.parametrize("name", list(MEASURES))
@given(st.data())
def test_the_range_over_corners_contains_every_point(name, data):
    """A measure of any numbers inside its operands' intervals lies in the interval it gives."""
    lifted, unit, ends = MEASURES[name]
    intervals = [Interval(*sorted(data.draw(pair))) for pair in ends]
    assume(all(interval.width for interval in intervals))
    result = lifted(*(derived(None, interval, unit) for interval in intervals))
    inside = [
        interval.low + interval.width * data.draw(st.fractions(0, 1, max_denominator=9)) for interval in intervals
    ]
    at_point = lifted(*(derived(number, Interval(number, number), unit) for number in inside))
    assert at_point.value in result.interval
