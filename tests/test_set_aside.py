"""What was found and is not held stands in a table of its own, with the reason."""

from typing import get_args

import pytest
from pydantic import ValidationError

from folders import DATA, records
from lusong_analysis.facts.package import open_package
from lusong_analysis.facts.rows import SetAside
from lusong_analysis.facts.statement import LEAD

PACKAGE = open_package(DATA)
ROWS = list(PACKAGE.set_aside.values())
KINDS = get_args(SetAside.model_fields["kind"].annotation)


def test_nothing_is_both_held_and_set_aside():
    """A statement is an observation, an event, or set aside."""
    held = set(PACKAGE.observations) | set(PACKAGE.events)
    assert set() == held & set(PACKAGE.set_aside)


def test_every_kind_is_used():
    """The list of kinds holds those that stand in the table and no other."""
    assert set(KINDS) == {row.kind for row in ROWS}


def test_another_kind_is_refused():
    """A reason that fits none of the kinds needs one of its own."""
    record = records(DATA, "set_aside")[0]
    with pytest.raises(ValidationError):
        SetAside.model_validate(record | {"kind": "other"})


@pytest.mark.parametrize("reason", sorted({row.reason for row in ROWS}))
def test_a_reason_is_one_sentence(reason):
    """It begins with a capital letter, ends with its only full stop, and says more than a word or two."""
    assert reason[0].isupper()
    assert 1 == len([word for word in reason.split() if word.endswith(".")])
    assert reason.endswith(".")
    assert len(reason.split()) > 4


def test_a_duplicate_names_what_holds_it():
    """Who looks for a duplicate finds the statement that is held."""
    assert [] == [row.fact for row in ROWS if row.kind == "duplicate" and not row.observation_id]


def test_a_lead_is_of_the_grade_of_leads():
    """A statement of a better grade is held, or set aside for a reason that lies in the statement."""
    assert {LEAD} == {row.grade for row in ROWS if row.kind == "lead"}


def test_what_stands_for_a_duplicate_has_a_better_or_the_same_grade():
    """Nothing is left out for the sake of a weaker page."""
    grades = {
        row.fact: PACKAGE.sources[PACKAGE.observations[row.observation_id].source_id].grade for row in duplicates()
    }
    assert {} == {row.fact: (row.grade, grades[row.fact]) for row in duplicates() if grades[row.fact] > row.grade}


def duplicates():
    """The rows that are duplicates."""
    return [row for row in ROWS if row.kind == "duplicate"]
