"""Every cell of the data package is held to what its column may hold."""

import re

import pytest
from pydantic import ValidationError

from folders import DATA, records
from lusong_analysis.facts.patterns import DAY, KEY, PERIOD
from lusong_analysis.facts.rows import MODELS, Event, Observation, Source

ROW = records(DATA, "observations")[0]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.table)
def test_a_table_has_the_columns_of_its_model(model):
    """The files hold the columns of the models, in their order."""
    assert model.columns() == tuple(records(DATA, model.table)[0])


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.table)
def test_the_first_column_is_the_key(model):
    """A row is named by its first column."""
    record = records(DATA, model.table)[0]
    assert next(iter(record.values())) == model.model_validate(record).key


def test_a_number_stays_as_printed():
    """15.60 keeps its zero, which says how exact it is."""
    assert Observation.model_validate(ROW | {"obs_value": "15.60"}).obs_value == "15.60"


def test_a_row_cannot_be_changed():
    """What a source said does not change while a report is written."""
    with pytest.raises(ValidationError, match="frozen"):
        Observation.model_validate(ROW).obs_value = "809"


@pytest.mark.parametrize("record", [ROW | {"remark": ""}, {key: ROW[key] for key in ROW if key != "comment"}])
def test_a_column_more_or_less_is_refused(record):
    """A row has the columns of its table, all of them and no other."""
    with pytest.raises(ValidationError):
        Observation.model_validate(record)


@pytest.mark.parametrize(
    "code",
    ["2019", "2020-Q1", "2020-S1", "2020-09", "2020-09-24", "2025-01-01/P9M", "2017-01-01/P4Y", "2020-10-15/P4D"],
)
def test_a_period_of_sdmx_is_one(code):
    """Years, quarters, half-years, months, days, and a start with a length."""
    assert Event.model_validate(_event(date=code)).date == code


@pytest.mark.parametrize(
    "code",
    ["2020-H1", "2017/2020", "2020-Q5", "2020-13", "2020-02-30", "Oct-20", "2020/10", "2020年", "20-10", "2020-10\n"],
)
def test_anything_else_is_no_period(code):
    """Other spellings, days that do not exist, and what spreadsheets make of dates."""
    with pytest.raises(ValidationError):
        Event.model_validate(_event(date=code))


@pytest.mark.parametrize("date", ["2020-Q1", "2020-10-15/P4D", "2020-02-30"])
def test_a_publication_has_a_day_month_or_year(date):
    """Nothing is published in a quarter or over four days."""
    source = records(DATA, "sources")[0]
    with pytest.raises(ValidationError):
        Source.model_validate(source | {"date_published": date})


def test_the_patterns_hold_in_other_readers_too():
    """The patterns stand in the descriptor, so Python's own re reads them alike."""
    assert re.match(PERIOD, "2025-01-01/P9M")
    assert re.match(DAY, "2020-10")
    assert not re.match(KEY, "Lusong revenue")


def _event(**cells):
    return records(DATA, "events")[0] | cells
