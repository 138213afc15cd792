"""Words that judge: what two intervals decide, and no more."""

import pytest

from figures import observation
from lusong_analysis.quantity.judgement import agreement, attainment, comparability, comparison
from lusong_analysis.quantity.quantity import Subject, missing


@pytest.mark.parametrize(
    ("one", "other", "agrees", "compares"),
    [
        (("15.6", "="), ("15.6", "="), "in line with", "not shown to be either above or below"),
        (("15.6", "="), ("15.8", "="), "at odds with", "below"),
        (("808", ">"), ("712", "="), "at odds with", "above"),
        (
            ("808", ">"),
            ("1000", "="),
            "neither shown to agree nor to disagree with",
            "not shown to be either above or below",
        ),
        (("1000", "~"), ("1100", "="), "in line with", "not shown to be either above or below"),
        (("3.7", "<"), ("3.8", ">="), "at odds with", "below"),
    ],
)
def test_intervals_decide_the_word(one, other, agrees, compares):
    """Overlap agrees, disjoint intervals differ and have an order, and an open end decides nothing."""
    first, second = observation("a", *one, "亿元"), observation("b", *other, "亿元")
    assert (agrees, compares) == (agreement(first, second).text("en"), comparison(first, second).text("en"))


def test_exact_counts_may_be_equal():
    """Two exact figures that are the same number are equal."""
    one, other = observation("a", "105", "=", "家"), observation("b", "105", "=", "家")
    assert ("等于", "equal to") == (comparison(one, other).zh, comparison(one, other).en)


@pytest.mark.parametrize(
    ("fields", "zh"),
    [
        ({"indicator": "scale"}, "不能（口径不同）"),
        ({"ref_area": "430200"}, "不能（地域不同）"),
        ({"counterpart": "market"}, "不能（对象不同）"),
        ({"time_period": ""}, "不能（原文未载时间）"),
        ({"target_of": "revenue"}, "不能（目标，非实绩）"),
        ({"indicator": "scale", "time_period": ""}, "不能（口径不同、原文未载时间）"),
        ({}, "能"),
    ],
)
def test_each_difference_is_a_reason(fields, zh):
    """Two statements join only if definition, area, object agree and both years are stated; every reason is named."""
    revenue = observation("a", "808", ">", "亿元", indicator="revenue")
    other = observation("b", "700", ">", "亿元", **{"indicator": "revenue", "time_period": "2016", **fields})
    assert zh == comparability(other, revenue).zh


def test_a_statement_is_itself():
    """Held against itself, a statement is the figure itself."""
    revenue = observation("a", "808", ">", "亿元")
    assert "the figure itself" == comparability(revenue, revenue).en


@pytest.mark.parametrize(
    ("value", "bound", "unit", "word"),
    [
        ("1000", "=", "家", "reached"),
        ("1000", ">", "家", "reached"),
        ("999", "=", "家", "not reached"),
        ("1000", "<", "家", "not reached"),
        ("1000", "<=", "家", "undecided"),
        ("808", ">", "家", "undecided"),
        ("1000", "~", "家", "undecided"),
    ],
)
def test_a_target_is_reached_or_not_as_far_as_the_interval_decides(value, bound, unit, word):
    """A result at or over the target reached it, one wholly below did not, and an open or loose one decides nothing."""
    result = observation("firms", value, bound, unit)
    target = observation("firms_target", "1000", "=", unit, precision="0", target_of="firms")
    assert word == attainment(result, target).text("en")


@pytest.mark.parametrize(
    "fields",
    [
        {"time_period": "2018"},
        {"time_period": ""},
        {"ref_area": "430200"},
        {"counterpart": "market"},
        {"indicator": "scale"},
    ],
)
def test_only_the_result_of_a_target_decides(fields):
    """Another year, area, object or definition decides nothing, whatever the number."""
    result = observation("a", "1200", "=", "亿元", **{"indicator": "revenue", **fields})
    target = observation("b", "1000", "=", "亿元", precision="0", target_of="revenue")
    assert "无法判定" == attainment(result, target).zh


def test_a_target_of_no_year_cannot_be_decided():
    """Whether a target without a year was reached is not known, also where a result without one is over it."""
    result = observation("a", "1200", "=", "亿元", indicator="revenue", time_period="")
    target = observation("b", "1000", "=", "亿元", precision="0", target_of="revenue", time_period="")
    assert "undecided" == attainment(result, target).en


def test_a_target_is_held_against_a_result_of_another_unit():
    """10,000 of 万元 are one 亿元."""
    result = observation("a", "9999", "=", "万元", indicator="revenue")
    target = observation("b", "1", "=", "亿元", precision="0", target_of="revenue")
    assert "未达到" == attainment(result, target).zh


def test_a_target_without_a_result_cannot_be_decided_and_one_that_is_not_known_is_absent():
    """That nothing is known of a result is an answer; of a target that is not known there is no word."""
    target = observation("b", "1000", "=", "亿元", precision="0", target_of="revenue")
    nothing = missing(Subject("revenue", "430203", "2019"))
    assert ("undecided", None) == (attainment(nothing, target).en, attainment(nothing, target).absence)
    assert ("", nothing.absence) == (attainment(target, nothing).en, attainment(target, nothing).absence)


def test_units_of_one_dimension_are_compared_in_their_size():
    """5000万元 is 0.5亿元, and below 5亿元."""
    one, same, other = (
        observation(name, value, "=", unit, precision="0")
        for name, value, unit in (("a", "5000", "万元"), ("b", "0.5", "亿元"), ("c", "5", "亿元"))
    )
    assert ("equal to", "in line with") == (comparison(one, same).en, agreement(one, same).en)
    assert ("below", "at odds with") == (comparison(one, other).en, agreement(one, other).en)
