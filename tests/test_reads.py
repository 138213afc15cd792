"""What is read of a data package is written down, and tells whether another package would answer alike."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace

import pytest

from folders import DATA
from lusong_analysis.facts.package import in_force, known, open_package
from lusong_analysis.facts.reads import answers, watched
from lusong_analysis.facts.select import select
from lusong_analysis.problem import Refused
from lusong_analysis.quantity.error import QuantityError
from notebook_run import NOTEBOOKS, run_notebook

PACKAGE = known(open_package(DATA))


def without(package, table, key):
    """The package without a row."""
    rows = {name: row for name, row in getattr(package, table).items() if name != key}
    return replace(package, **{table: rows})


def changed(package, table, key, **columns):
    """The package with another row in the place of one."""
    rows = getattr(package, table)
    return replace(package, **{table: {**rows, key: rows[key].model_copy(update=columns)}})


def test_rows_are_the_same_whether_watched_or_not():
    """A watched table gives its rows by key, in order, by number and by conditions as the plain one does."""
    asked = {}
    table, plain = watched(PACKAGE, asked).observations, PACKAGE.observations
    assert (list(plain), len(plain), True) == (list(table), len(table), "apparel-revenue-2019" in table)
    where = {"ref_area": "430203", "time_period": "2019"}
    assert select(plain, **where) == select(table, **where)
    assert select(plain) == list(plain.values())
    assert plain["apparel-revenue-2019"] == table["apparel-revenue-2019"]


@pytest.mark.parametrize(
    ("ask", "change", "told"),
    [
        (
            lambda package: package.observations["apparel-revenue-2019"],
            lambda package: changed(package, "observations", "apparel-revenue-2019", obs_value="809"),
            True,
        ),
        (
            lambda package: package.observations["apparel-revenue-2019"],
            lambda package: changed(package, "observations", "lusong-iva-growth-2019", obs_value="13"),
            False,
        ),
        (
            lambda package: "nobody" in package.organisations,
            lambda package: replace(
                package, organisations={**package.organisations, "nobody": next(iter(package.organisations.values()))}
            ),
            True,
        ),
        (
            lambda package: select(package.observations, indicator="employment"),
            lambda package: changed(package, "observations", "apparel-revenue-2019", indicator="employment"),
            True,
        ),
        (
            lambda package: select(package.observations, time_period="2019"),
            lambda package: without(package, "observations", "apparel-revenue-2019"),
            True,
        ),
        (lambda package: len(package.areas), lambda package: without(package, "areas", "100000"), True),
        (
            lambda package: len(package.areas),
            lambda package: without(package, "links", next(iter(package.links))),
            False,
        ),
        (
            lambda package: list(package.areas),
            lambda package: replace(package, areas=dict(reversed(package.areas.items()))),
            True,
        ),
    ],
)
def test_a_change_is_told_where_it_was_read(ask, change, told):
    """Another row, a new one, one that is gone, one that fulfils a condition now, and another order are told."""
    asked = {}
    ask(watched(PACKAGE, asked))
    assert asked
    assert told is (answers(PACKAGE, asked) != answers(change(PACKAGE), asked))


def questions(run):
    """Everything that a notebook asked, of the whole package and of what was known."""
    return [question for asked in run.asked.values() for question in asked]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_has_read_every_row_of_its_evidence(name):
    """Whatever row the evidence of a report carries, a change of it would be told."""
    run = run_notebook(name)
    read = answers(in_force(open_package(DATA)), questions(run))
    for table in ("observations", "sources", "indicators", "areas", "organisations", "segments", "links", "events"):
        keys = [next(iter(row.values())) for row in run.record["rows"][table]]
        assert [] == [key for key in keys if not read.get(f"{table}/{key}")]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_what_changes_a_page_was_read(name, tmp_path):
    """Rows taken out at random: where the pages differ, what the notebook had read differs as well."""
    before = run_notebook(name)
    asked, whole = questions(before), in_force(open_package(DATA))
    seen, quiet = answers(whole, asked), 0
    named = {row.observation_id for table in (whole.set_aside, whole.corrections) for row in table.values()}
    for number, key in enumerate(random.Random(name).sample(sorted(whole.observations.keys() - named), 3)):
        folder = shutil.copytree(DATA, tmp_path / str(number))
        lines = (folder / "observations.csv").read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(f"{key},")]
        (folder / "observations.csv").write_text("".join(kept), "utf-8")
        told = answers(in_force(open_package(folder)), asked) != seen
        try:
            differs = run_notebook(name, data=folder).record != before.record
        except (Refused, QuantityError):
            differs = True  # the notebook cannot run without it
        assert told or not differs, key
        quiet += not told
    assert quiet > 0 or name == "06_data_quality"
