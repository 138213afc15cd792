"""Conflicts are found over the whole package, with the rule that chooses."""

import pytest

from folders import DATA, add, change, copy
from lusong_analysis.facts.conflicts import conflicts, touched
from lusong_analysis.facts.package import known, open_package
from lusong_analysis.facts.statement import prevailing

LIKE = "lusong-iva-growth-2019"
SOURCES = open_package(DATA).sources.values()
OFFICIAL = next(row.source_id for row in SOURCES if row.grade == "A" and row.date_published)
OLDER = next(row.source_id for row in SOURCES if row.grade == "B" and "2013" < row.date_published < "2020-10")


def found(folder):
    """The conflicts of a data folder by their keys."""
    return {conflict.names: conflict for conflict in conflicts(known(open_package(folder)))}


def test_a_disputed_term_brings_its_whole_ratio():
    """Two terms of the structure of 2019 are disputed; the third goes with them, in the order of the ratio."""
    (conflict,) = conflicts(known(open_package(DATA)))
    terms = [group[0].observation.indicator for group in conflict.groups]
    assert ["primary_industry_share", "secondary_industry_share", "tertiary_industry_share"] == terms
    assert [2, 2, 2] == [len(group) for group in conflict.groups]
    assert "grade" == conflict.rule


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({"source_id": "zhuzhou-daily-2020-10", "as_printed": "规模工业增加值增长14%", "obs_value": "14"}, "narrowest"),
        ({"source_id": "zhuzhou-daily-2020-10", "as_printed": "规模工业增加值增长13.5%", "obs_value": "13.5"}, "key"),
        ({"source_id": OFFICIAL, "as_printed": "13.5%", "obs_value": "13.5"}, "grade"),
        ({"source_id": OLDER, "as_printed": "13.5%", "obs_value": "13.5"}, "newest"),
    ],
)
def test_the_rule_that_chose_is_named(tmp_path, cells, rule):
    """The first step in which the statements differ decides: grade, date, width, key; and it is the one that counts."""
    folder = copy(tmp_path)
    add(folder, "observations", LIKE, observation_id="z-other", time_period="2013", **cells)
    change(folder, "observations", LIKE, time_period="2013")
    (conflict,) = [one for names, one in found(folder).items() if "z-other" in names]
    assert rule == conflict.rule
    assert prevailing(conflict.groups[0]) == conflict.groups[0][0]


@pytest.mark.parametrize(
    "cells",
    [
        {"bound": ">", "obs_value": "10", "as_printed": "超过10%"},
        {"time_period": "", "obs_value": "99", "as_printed": "99%"},
        {"ref_area": "430200", "time_period": "2012", "obs_value": "99", "as_printed": "99%"},
    ],
)
def test_what_can_be_true_together_is_no_conflict(tmp_path, cells):
    """A floor below, a statement without a time and another area dispute nothing."""
    folder = copy(tmp_path)
    add(folder, "observations", LIKE, observation_id="z-other", **{"source_id": "rednet-2016-09-21", **cells})
    if "time_period" not in cells:
        change(folder, "observations", LIKE, time_period="2013")
        change(folder, "observations", "z-other", time_period="2013")
    assert not any("z-other" in names for names in found(folder))


def test_units_are_compared_in_their_size(tmp_path):
    """5亿元 and 50000万元 are the same; 5亿元 and 5万元 are not."""
    folder = copy(tmp_path)
    like = "env-financing-2020h1"
    one = {"observation_id": "z-other", "unit": "万元", "source_id": "rednet-2016-09-21", "time_period": "2013"}
    change(folder, "observations", like, time_period="2013")
    add(folder, "observations", like, **one, obs_value="156000", precision="1000", as_printed="156000万元")
    assert not any("z-other" in names for names in found(folder))
    change(folder, "observations", "z-other", obs_value="15.6", precision="", as_printed="15.6万元")
    assert any("z-other" in names for names in found(folder))


def test_touched_are_those_of_which_a_statement_is_used():
    """A conflict is touched by any of its statements, also the one that lost."""
    all_ = conflicts(known(open_package(DATA)))
    assert list(all_) == list(touched(all_, ["projects-ls-structure-primary-2019"]))
    assert [] == list(touched(all_, ["apparel-revenue-2019"]))
