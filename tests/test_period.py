"""Periods: their codes, days and words."""

import datetime

import pytest

from lusong_analysis.quantity import QuantityError
from lusong_analysis.quantity.period import bounds, period, words


@pytest.mark.parametrize(
    ("code", "first", "last", "zh", "en"),
    [
        ("2019", "2019-01-01", "2019-12-31", "2019年", "2019"),
        ("2020-Q1", "2020-01-01", "2020-03-31", "2020年第一季度", "the first quarter of 2020"),
        ("2020-S1", "2020-01-01", "2020-06-30", "2020年上半年", "the first half of 2020"),
        ("2020-S2", "2020-07-01", "2020-12-31", "2020年下半年", "the second half of 2020"),
        ("2020-02", "2020-02-01", "2020-02-29", "2020年2月", "February 2020"),
        ("2020-09-24", "2020-09-24", "2020-09-24", "2020年9月24日", "24 September 2020"),
        ("2025-01-01/P9M", "2025-01-01", "2025-09-30", "2025年1—9月", "January to September 2025"),
        ("2019-11-01/P3M", "2019-11-01", "2020-01-31", "2019年11月—2020年1月", "November 2019 to January 2020"),
        ("2017-01-01/P4Y", "2017-01-01", "2020-12-31", "2017—2020年", "2017–2020"),
        ("2020-10-15/P4D", "2020-10-15", "2020-10-18", "2020年10月15—18日", "15–18 October 2020"),
        ("2020-10-30/P4D", "2020-10-30", "2020-11-02", "2020年10月30日—11月2日", "30 October to 2 November 2020"),
        (
            "2020-12-30/P4D",
            "2020-12-30",
            "2021-01-02",
            "2020年12月30日—2021年1月2日",
            "30 December 2020 to 2 January 2021",
        ),
    ],
)
def test_a_period_has_days_and_words(code, first, last, zh, en):
    """Each kind of period spans its days and reads as a yearbook writes it."""
    assert (datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)) == bounds(code)
    assert (zh, en) == (words(code, "zh"), words(code, "en"))


@pytest.mark.parametrize(
    "code", ["", "20", "2020-13", "2020-02-30", "2020-Q5", "2020-H1", "2020/2021", "2020-01-01/P0D"]
)
def test_what_is_no_period_is_refused(code):
    """A code that names no days is refused by name."""
    with pytest.raises(QuantityError, match="no period"):
        bounds(code)


def test_an_unstated_period_says_so():
    """A statement whose source gives no time prints that, in both languages."""
    assert ("时间未载明", "no date stated") == (words("", "zh"), words("", "en"))


def test_only_whole_years_have_a_year():
    """Years are counted from whole years only."""
    assert 2019 == period("2019").year
    with pytest.raises(QuantityError, match="no whole year"):
        _ = period("2020-S1").year
