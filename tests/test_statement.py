"""A statement is read as a figure, has a day on which it was known, and of several one counts."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folders import DATA
from lusong_analysis.facts.package import open_package
from lusong_analysis.facts.statement import Statement, last_day, prevailing
from lusong_analysis.quantity import QuantityError

PACKAGE = open_package(DATA)


def statement(key, *, grade=None, date=None, **cells):
    """A statement of the package, with other cells."""
    row = PACKAGE.observations[key].model_copy(update=cells)
    source = PACKAGE.sources[row.source_id]
    source = source.model_copy(update={"grade": grade or source.grade})
    source = source.model_copy(update={"date_published": source.date_published if date is None else date})
    return Statement(row, source, PACKAGE.indicators[row.indicator], PACKAGE.areas[row.ref_area])


def test_a_statement_is_a_figure():
    """超过808亿元 has no value and an open interval, and knows what it is about."""
    quantity = statement("apparel-revenue-2019").quantity
    assert (None, 808, "亿元") == (quantity.value, quantity.interval.low, quantity.unit)
    assert ("technology_industry_trade_revenue", "430203", "2019") == quantity.subject[:3]


def test_a_target_knows_what_it_is_set_for():
    """The indicator table says what a target may be compared with, and it is exact."""
    quantity = statement("apparel-ls-tit-target-2018").quantity
    assert "technology_industry_trade_revenue" == quantity.subject.comparable_with
    assert (1000, 0) == (quantity.value, quantity.interval.width)


def test_a_count_has_its_noun():
    """The indicator table names what is counted, for sentences in English."""
    assert "problem|problems" == statement("env-problems-solved-2020h1").quantity.noun


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2020-10-31", datetime.date(2020, 10, 31)),
        ("2020-10", datetime.date(2020, 10, 31)),
        ("2020-02", datetime.date(2020, 2, 29)),
        ("2020", datetime.date(2020, 12, 31)),
        ("", None),
    ],
)
def test_a_partial_date_counts_as_its_last_day(date, day):
    """A page of October 2020 was surely known by the end of that month; a page without a date, nobody knows when."""
    assert day == last_day(date)
    assert day == statement("apparel-revenue-2019", date=date).published


def test_a_day_that_does_not_exist_is_refused():
    """31 September is no day."""
    with pytest.raises(QuantityError, match="2020-09-31"):
        last_day("2020-09-31")


REVENUE = "apparel-revenue-2019"
BETTER = {
    "grade before date": ({"grade": "A", "date": "2015"}, {"grade": "B", "date": "2024"}),
    "newest": ({"date": "2021-03-02"}, {"date": "2021-03-01"}),
    "a dated one before an undated": ({"date": "2015"}, {"date": ""}),
    "a partial date as its last day": ({"date": "2021"}, {"date": "2021-12-30"}),
    "narrower interval": ({"bound": "=", "precision": "1"}, {"bound": "=", "precision": "10"}),
    "narrower in base units": (
        {"bound": "=", "precision": "1", "unit": "万元"},
        {"bound": "=", "precision": "0.1"},
    ),
    "id": ({"observation_id": "a"}, {"observation_id": "b"}),
}


@pytest.mark.parametrize(("better", "worse"), BETTER.values(), ids=BETTER)
def test_the_better_statement_prevails(better, worse):
    """Grade, then newest, then narrowest, then id, whichever comes first in the file."""
    best, other = statement(REVENUE, **better), statement(REVENUE, **worse)
    assert best is prevailing([best, other])
    assert best is prevailing([other, best])


def test_without_a_statement_nothing_prevails():
    """Absence is never a statement."""
    with pytest.raises(ValueError, match="empty"):
        prevailing([])


@given(data=st.data())
def test_the_order_is_total(data):
    """However the statements are shuffled, the same one prevails: two machines choose alike."""
    cells = st.fixed_dictionaries(
        {
            "grade": st.sampled_from("ABC"),
            "date": st.sampled_from(["", "2019", "2020-10", "2020-10-31"]),
            "bound": st.sampled_from(["=", ">", "~", "<"]),
            "obs_value": st.sampled_from(["808", "712", "15.6"]),
        }
    )
    held = [
        statement(REVENUE, observation_id=f"statement-{number}", **one)
        for number, one in enumerate(data.draw(st.lists(cells, min_size=1, max_size=6)))
    ]
    assert prevailing(held) is prevailing(data.draw(st.permutations(held)))
