"""What the map of a chain must keep: each way to break it is one problem, at its cell, with what to do."""

import pytest

from folders import DATA, add, change, copy, problem_of
from lusong_analysis.facts.package import check_rows, open_package

PACKAGE = open_package(DATA)
LINK = "zongshen-engine-in-aurora"

WRONG = {
    # what is wrong: table, key, changed cells, column of the problem, words of its rule, words of what to do
    "place in words": ("segments", "aviation_parts", {"place": "second"}, "place", "whole number, 1 or more", ""),
    "place zero": ("segments", "aviation_parts", {"place": "0"}, "place", "whole number, 1 or more", ""),
    "place taken": ("segments", "aviation_parts", {"place": "1"}, "place", "row 9 has it", "Number the segments anew."),
    "definition in one language": ("segments", "aviation_parts", {"definition_zh": ""}, "definition_zh", "filled", ""),
    "branch in words": ("segments", "aviation_parts", {"branch": "Hard materials"}, "branch", "lower-case", ""),
    "indicators by a comma": (
        "segments",
        "aviation_parts",
        {"indicators": "airframe_enterprises, aviation_enterprises"},
        "indicators",
        "parted by a semicolon",
        "",
    ),
    "indicator unknown": (
        "segments",
        "aviation_parts",
        {"indicators": "airframe_enterprises; airframe_enterprise"},
        "indicators",
        "indicators.csv has no such key",
        "'airframe_enterprises'?",
    ),
    "project unknown": (
        "segments",
        "aviation_parts",
        {"projects": "two_engines_programme"},
        "projects",
        "events.csv has no such key",
        "'two_engine_programme'?",
    ),
    "segment of no chain": (
        "segments",
        "new_materials_powder",
        {"chain": "new_material"},
        "chain",
        "chains.csv has no such key",
        "'new_materials'?",
    ),
    "segment unknown": (
        "organisations",
        "huarui_precision_tools",
        {"segment": "new_materials_tool"},
        "segment",
        "segments.csv has no such key",
        "Did you mean 'new_materials_tools'?",
    ),
    "segment of another chain": (
        "organisations",
        "huarui_precision_tools",
        {"segment": "apparel_design"},
        "segment",
        "one of the chain apparel, the organisation of new_materials",
        "Correct one of the two.",
    ),
    "segment without a chain": (
        "organisations",
        "xinlusong_group",
        {"segment": "aviation_airport"},
        "segment",
        "the organisation of none",
        "Correct one of the two.",
    ),
    "source unknown": ("links", LINK, {"source": "zongshan"}, "source", "no such key", "Did you mean 'zongshen'?"),
    "target unknown": (
        "links",
        LINK,
        {"target": "aviation_airframes"},
        "target",
        "data/organisations.csv or data/segments.csv has no such key",
        "Did you mean 'aviation_airframe'?",
    ),
    "source of another chain": (
        "links",
        LINK,
        {"source": "new_materials_tools"},
        "source",
        "belongs to the chain new_materials, the link to aviation",
        "Correct one of the two.",
    ),
    "target of another chain": (
        "links",
        LINK,
        {"target": "huxuan"},
        "target",
        "belongs to the chain apparel",
        "Correct one of the two.",
    ),
    "link to itself": (
        "links",
        LINK,
        {"target": "zongshen"},
        "target",
        "begins and ends at the same",
        "Name the other",
    ),
    "kind unknown": ("links", LINK, {"kind": "supply"}, "kind", "one of: supplies", "Did you mean 'supplies'?"),
    "link without words": ("links", LINK, {"as_printed": ""}, "as_printed", "must be filled", "Fill it."),
    "link of no source": ("links", LINK, {"source_id": "x"}, "source_id", "no such key", "Add the row"),
}


@pytest.fixture
def folder(tmp_path):
    """A data folder to be changed."""
    return copy(tmp_path)


@pytest.mark.parametrize(("table", "key", "cells", "column", "rule", "todo"), WRONG.values(), ids=WRONG)
def test_a_wrong_cell_is_one_problem_at_its_place(folder, table, key, cells, column, rule, todo):
    """File, row, column, what stands there, the rule, what to do; nothing else is said."""
    problem, cell = problem_of(folder, table, key, cells, column)
    assert problem.found in cell.split("; ")
    assert rule in problem.rule
    assert todo in problem.todo


def test_two_chains_count_their_places_each(folder):
    """The first place of one chain does not take that of another."""
    assert {"1"} == {row.place for row in PACKAGE.segments.values() if row.segment.endswith(("design", "powder"))}
    change(folder, "segments", "aviation_training", place="8")
    assert [] == check_rows(folder)[1]


def test_an_organisation_without_a_chain_may_stand_in_any_map(folder):
    """A group that works for two chains belongs to neither, and may still be joined to both."""
    for target in ("aviation_airport", "apparel_markets"):
        chain = PACKAGE.segments[target].chain
        add(folder, "links", LINK, link=f"group-{chain}", chain=chain, source="xinlusong_group", target=target)
    assert [] == check_rows(folder)[1]


def test_a_segment_and_an_organisation_have_keys_of_their_own(folder):
    """The end of a link would else be two things."""
    added = add(folder, "segments", "aviation_training", segment="zongshen", place="8")
    (problem,) = check_rows(folder)[1]
    assert (f"data/segments.csv, row {added}, column segment", "zongshen") == (problem.place, problem.found)


def test_links_are_not_blamed_for_a_missing_file(folder):
    """Without segments nothing is said of the organisations and links that refer to them."""
    (folder / "segments.csv").unlink()
    assert ["data/segments.csv"] == [problem.place for problem in check_rows(folder)[1]]


def test_every_chain_has_its_segments_without_a_hole():
    """The places of each chain are 1, 2, 3 … to its last segment."""
    for chain in PACKAGE.chains:
        places = [int(row.place) for row in PACKAGE.segments.values() if row.chain == chain]
        assert list(range(1, len(places) + 1)) == places


def test_the_words_of_an_organisation_name_it():
    """Three characters of its name at least stand in its words: a name on a map can be proven."""
    unproven = {
        key: row
        for key, row in PACKAGE.organisations.items()
        if not any(part in row.as_printed for part in _parts(row.name_zh))
    }
    assert {} == unproven


def _parts(name):
    """Every three characters of a name, or the whole of a shorter one: sources shorten names."""
    return {name[place : place + 3] for place in range(max(1, len(name) - 2))}
