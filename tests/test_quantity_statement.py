"""What a printed statement means, row by row of the table."""

import math
from fractions import Fraction

import pytest

from figures import observation
from lusong_analysis.quantity import Interval
from lusong_analysis.quantity.statement import last_digit, precision_problem

F = Fraction


@pytest.mark.parametrize(
    ("value", "bound", "unit", "more", "shown", "interval"),
    [
        ("15.6", "=", "亿元", {}, F("15.6"), Interval(F("15.55"), F("15.65"))),
        ("105", "=", "家", {}, F(105), Interval(F(105), F(105))),
        ("23.5", "=", "万人", {}, F("23.5"), Interval(F("23.45"), F("23.55"))),
        ("1000", "=", "亿元", {"precision": "0"}, F(1000), Interval(F(1000), F(1000))),
        ("140", "=", "亩", {"precision": "10"}, F(140), Interval(F(135), F(145))),
        ("200", "~", "亿元", {}, F(200), Interval(F(100), F(300))),
        ("1000", "~", "个", {}, F(1000), Interval(F(500), F(1500))),
        ("25", "~", "%", {}, F(25), Interval(F(24), F(26))),
        ("808", ">", "亿元", {}, None, Interval(F(808), math.inf, False, False)),
        ("10", ">=", "%", {}, None, Interval(F(10), math.inf, True, False)),
        ("8", "<", "工作日", {}, None, Interval(F(0), F(8), True, False)),
        ("8", "<=", "工作日", {}, None, Interval(F(0), F(8), True, True)),
        ("-3", "<=", "%", {}, None, Interval(-math.inf, F(-3), False, True)),
        ("3", "between", "工作日", {"upper": "8"}, None, Interval(F(3), F(8))),
    ],
)
def test_words_become_a_value_and_an_interval(value, bound, unit, more, shown, interval):
    """Each bound, count, target and approximation is read as the table says."""
    quantity = observation("x", value, bound, unit, **more)
    assert (shown, interval) == (quantity.value, quantity.interval)


@pytest.mark.parametrize(
    ("value", "bound", "unit", "words", "needed"),
    [
        ("140", "=", "亩", "140亩土地", True),
        ("90", "=", "%", "90%、70%", True),
        ("200", "=", "亿元", "200亿元", True),
        ("43", "=", "%", "1.5:43:55.5", True),
        ("15.6", "=", "亿元", "融资15.6亿元", False),
        ("10", ">=", "%", "压缩10%以上", False),
        ("200", "~", "亿元", "约200亿元", False),
        ("30", "=", "个", "项目30个", False),
    ],
)
def test_ambiguous_digits_need_a_precision(value, bound, unit, words, needed):
    """A last zero and a term of a ratio need the column ``precision``; counts and bounds do not."""
    row = {"obs_value": value, "bound": bound, "unit": unit, "as_printed": words, "precision": ""}
    assert needed == bool(precision_problem(row))
    assert "" == precision_problem({**row, "precision": "1"})


@pytest.mark.parametrize(
    ("value", "bound", "unit", "precision", "step"),
    [
        ("808", ">", "亿元", "", F(1)),
        ("15.6", "=", "亿元", "", F("0.1")),
        ("-7.7", "=", "%", "", F("0.1")),
        ("105", "=", "家", "", F(1)),
        ("1000", "=", "亿元", "0", F(1)),
        ("15.60", "=", "亿元", "0", F("0.01")),
        ("140", "=", "亩", "10", F(10)),
        ("200", "~", "亿元", "", F(100)),
        ("25", "~", "%", "", F(1)),
        ("1.50", "~", "亿元", "", F("0.01")),
        ("1000", "~", "个", "", F(1000)),
        ("0", "~", "个", "", F(1)),
    ],
)
def test_the_last_digit_of_every_number_can_move(value, bound, unit, precision, step):
    """Exact numbers too have a last digit; that of 约 is the last one that is not zero."""
    row = {"obs_value": value, "bound": bound, "unit": unit, "precision": precision}
    assert step == last_digit(row)


def test_each_end_of_a_range_has_its_own_last_digit():
    """The upper end may be printed to other decimals than the lower one."""
    row = {"obs_value": "0.9", "obs_value_upper": "3", "bound": "between", "unit": "年", "precision": ""}
    assert [F("0.1"), F(1)] == [last_digit(row, column) for column in ("obs_value", "obs_value_upper")]
