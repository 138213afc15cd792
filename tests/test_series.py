"""Series: figures of one definition, area and object in the order of time, and why others are refused."""

import pytest

from figures import observation
from lusong_analysis.measures.growth import level_earlier
from lusong_analysis.quantity import QuantityError
from lusong_analysis.quantity.quantity import Subject, missing
from lusong_analysis.quantity.series import APART, Series, series
from mixed import MIXED, statements_of


def revenue(period, name="", **more):
    """A figure of one period."""
    fields = {"indicator": "revenue", "precision": "1", **more}
    return observation(
        name or f"revenue-{period}", "100", "=", fields.pop("unit", "亿元"), time_period=period, **fields
    )


def reasons(*figures):
    """Why figures make no series, a line each, without what to do."""
    with pytest.raises(QuantityError) as caught:
        series(figures)
    *lines, cure = str(caught.value).split("\n")
    assert APART == cure
    return [line.removeprefix("no series: ") for line in lines]


EXPECTED = (
    (
        "another definition: technology_industry_trade_revenue (apparel-revenue-2019), "
        "apparel_industry_scale (apparel-ls-scale-2024), apparel_output_value (apparel-ls-gross-output-2026)",
        "no period stated: apparel-ls-gross-output-2026",
    ),
    (
        "another definition: aviation_output_value (av-ls-output-2014), "
        "aviation_operating_revenue (av-zz-revenue-2016), aviation_industry_scale (av-zz-scale-2017)",
        "another area: 430203 (av-ls-output-2014), 430200 (av-zz-revenue-2016, av-zz-scale-2017)",
        "another object: zhuzhou_aviation_park (av-ls-output-2014), "
        "the area itself (av-zz-revenue-2016, av-zz-scale-2017)",
        "no period stated: av-zz-scale-2017",
    ),
    (
        "another area: 430200 (ma-zz-iva-growth-2019), 430203 (lusong-iva-growth-2019)",
        "two statements of one period: 2019 (ma-zz-iva-growth-2019, lusong-iva-growth-2019)",
    ),
)


@pytest.mark.parametrize(("name", "expected"), [*zip(MIXED, EXPECTED, strict=True)], ids=list(MIXED))
def test_what_is_not_comparable_makes_no_series(name, expected):
    """Every reason is said at once, with each value and the statements that have it."""
    assert list(expected) == reasons(*statements_of(name))


def test_a_series_is_in_the_order_of_time():
    """Half-years stand before the year that ends with them, whatever the order they were given in."""
    figures = [revenue(period) for period in ("2021", "2019", "2020-S1", "2020")]
    assert ["2019", "2020-S1", "2020", "2021"] == [figure.period.code for figure in series(figures)]


def test_a_series_counts_what_is_known():
    """What is not known stands apart; a series has a first and a last figure."""
    nothing = missing(Subject("revenue", "430203", "2018"))
    held = series([revenue("2020"), nothing, revenue("2019")])
    assert (2, "2019", "2020", (nothing,)) == (len(held), held[0].period.code, held[-1].period.code, held.absent)
    assert not series([nothing])


def test_units_that_convert_are_one():
    """万元 and 亿元 are money; a count is not."""
    assert 2 == len(series([revenue("2019"), revenue("2020", unit="万元")]))
    assert ["another kind of unit: 亿元 (revenue-2019), 家 (revenue-2020)"] == reasons(
        revenue("2019"), revenue("2020", unit="家")
    )


def test_a_target_is_no_result():
    """A target among results is refused; targets alone are a series."""
    plans = [revenue(period, f"plan-{period}", indicator="goal", target_of="revenue") for period in ("2020", "2025")]
    assert 2 == len(series(plans))
    assert ["a target beside a result: result (revenue-2019), target (plan-2020, plan-2025)"] == reasons(
        revenue("2019"), *plans
    )


def test_a_period_has_one_figure():
    """Two statements of one period are refused, also where the period is written in two ways."""
    assert ["two statements of one period: 2020-S1 (revenue-2020-S1, other)"] == reasons(
        revenue("2020-S1"), revenue("2020-01-01/P6M", "other")
    )


def test_a_computed_figure_is_no_statement():
    """What this report computed has no period of its own, and is refused by the name of its formula."""
    later = revenue("2020")
    rate = observation("rate", "21", "=", "%", time_period="2020")
    assert ["computed, so of no period of its own: level_earlier"] == reasons(later, level_earlier(later, rate))


def test_a_message_names_few_figures():
    """Of many statements the first are named, and the others counted."""
    city = [revenue(str(year), f"city-{year}", ref_area="430200") for year in range(2010, 2016)]
    words = "another area: 430200 (city-2010, city-2011, city-2012, city-2013 and 2 more), 430203 (revenue-2019)"
    assert [words] == reasons(revenue("2019"), *city)


def test_nobody_makes_a_series_of_what_is_none():
    """The class refuses as the function does."""
    with pytest.raises(QuantityError, match="no series: another area"):
        Series((revenue("2019"), revenue("2020", ref_area="430200")))


def test_a_series_shows_as_a_table():
    """In a notebook each figure has a row with its period and words."""
    shown = series([revenue("2019"), revenue("2020")])._repr_html_()
    assert (2, True) == (shown.count("100亿元"), "2020" in shown)
