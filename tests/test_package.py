"""The data package is found, opened, asked, and asked as of a day."""

import datetime
import subprocess
import sys
from contextlib import suppress
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folders import DATA, change, copy
from lusong_analysis.facts.package import find_folder, known, left_out, open_package, statements
from lusong_analysis.facts.reads import watched
from lusong_analysis.facts.statement import last_day
from lusong_analysis.problem import Refused

PACKAGE = open_package(DATA)
PAGE = "zhuzhou-daily-2020-10"
LUSONG = "430203"


def ids(found):
    """The keys of statements."""
    return [statement.observation.observation_id for statement in found]


def questions():
    """Every question that can be asked of the package, as the arguments of ``statements``."""
    projects = [key for key, row in PACKAGE.events.items() if row.kind == "project"]
    asked = product(PACKAGE.indicators, PACKAGE.areas, ["", *PACKAGE.organisations, *projects])
    return [(indicator, {"ref_area": area, "counterpart": counterpart}) for indicator, area, counterpart in asked]


def undated_statements(*passed_over):
    """The keys of the statements whose source prints no date."""
    return [
        key
        for key, row in PACKAGE.observations.items()
        if row.source_id not in passed_over and not PACKAGE.sources[row.source_id].date_published
    ]


def everything(package):
    """Every statement that any question gives, asked as a report does."""
    package, found = watched(package, {}), []
    for indicator, names in questions():
        # Where a counterpart must be named, another question names it.
        with suppress(Refused):
            found += statements(package, indicator, **names)
    return found


# The folder


@pytest.fixture
def _no_data_named(monkeypatch):
    monkeypatch.delenv("LUSONG_DATA", raising=False)


@pytest.mark.usefixtures("_no_data_named")
def test_the_nearest_data_folder_upwards_is_taken(tmp_path):
    """A notebook deep in a project finds the data of that project."""
    folder = copy(tmp_path)
    deep = tmp_path / "notebooks" / "drafts"
    deep.mkdir(parents=True)
    assert folder.resolve() == find_folder(deep)
    assert folder.resolve() == find_folder(folder)


@pytest.mark.usefixtures("_no_data_named")
def test_without_one_upwards_the_checkout_s_own_is_taken(tmp_path, monkeypatch):
    """Papermill runs in any folder and still finds the data."""
    monkeypatch.chdir(tmp_path)
    assert DATA.resolve() == find_folder()


def test_a_named_folder_comes_first(tmp_path, monkeypatch):
    """LUSONG_DATA is stronger than the working folder."""
    folder = copy(tmp_path)
    monkeypatch.setenv("LUSONG_DATA", str(folder))
    assert folder.resolve() == find_folder(DATA.parent)


def test_a_named_folder_without_data_is_refused(tmp_path, monkeypatch):
    """A wrong LUSONG_DATA does not fall back on other data in silence."""
    monkeypatch.setenv("LUSONG_DATA", str(tmp_path))
    with pytest.raises(Refused, match="It is no data folder"):
        find_folder(DATA.parent)


# Opening


def test_a_package_opens_with_its_tables():
    """Rows by their keys."""
    assert "808" == PACKAGE.observations["apparel-revenue-2019"].obs_value
    assert "株洲市" == PACKAGE.areas["430200"].name_zh


def test_a_wrong_package_is_refused_with_every_problem(tmp_path):
    """Nobody mends one fault to learn of the next."""
    folder = copy(tmp_path)
    change(folder, "observations", "apparel-revenue-2019", bound="超过")
    change(folder, "sources", PAGE, grade="E")
    with pytest.raises(Refused) as refused:
        open_package(folder)
    assert ["data/sources.csv, row 2, column grade", "data/observations.csv, row 6, column bound"] == [
        problem.place for problem in refused.value.problems
    ]


def test_opening_imports_nothing_heavy():
    """A notebook opens the package without pandas and Frictionless."""
    code = (
        "import sys; from lusong_analysis.facts.package import *; open_package(find_folder());"
        "print([name for name in ('pandas', 'frictionless', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]" == done.stdout.strip()


def test_the_founding_page_is_held_whole():
    """Its 36 facts are 31 statements (a range is one), 2 events, a measure, and a name in the glossary."""
    assert 31 == sum(row.source_id == PAGE for row in PACKAGE.observations.values())
    assert 2 == sum(row.source_id == PAGE and row.kind == "event" for row in PACKAGE.events.values())
    layout = PACKAGE.events["newmat-park-layout-2018"]
    assert ("policy", PAGE) == (layout.kind, layout.source_id)
    assert "一城四基地" == PACKAGE.glossary["one_city_four_bases"].zh


def test_every_row_is_used():
    """No indicator, source or chain stands there without a statement, an event, a name, an organisation or a link."""
    tables = (PACKAGE.observations, PACKAGE.events, PACKAGE.glossary, PACKAGE.organisations, PACKAGE.links)
    rows = [row for table in tables for row in table.values()]
    targets = {row.comparable_with for row in PACKAGE.indicators.values()}
    assert set(PACKAGE.indicators) == {row.indicator for row in PACKAGE.observations.values()} | (targets - {""})
    assert set(PACKAGE.sources) == {row.source_id for row in rows}
    assert set(PACKAGE.chains) == {row.chain for row in PACKAGE.observations.values()} - {""}


# Questions


def test_a_question_gives_the_statements_of_its_area_and_period():
    """808 of 2019, without the apparel city's 700."""
    found = statements(PACKAGE, "technology_industry_trade_revenue", ref_area=LUSONG, time_period="2019")
    assert ["apparel-revenue-2019"] == ids(found)


def test_a_question_without_period_gives_every_period():
    """Statements without a time are among them."""
    found = statements(PACKAGE, "apparel_industry_scale", ref_area=LUSONG)
    assert ["apparel-ls-scale-2024", "apparel-ls-scale-2024-mayor"] == ids(found)


def test_a_question_with_a_counterpart_gives_its_statements():
    """Both papers that print the turnover of the market cluster."""
    found = statements(PACKAGE, "market_cluster_annual_turnover", ref_area=LUSONG, counterpart="lusong_market_cluster")
    assert ["apparel-ls-turnover-2018", "apparel-ls-turnover-2019"] == ids(found)


def test_a_project_is_a_counterpart():
    """The total investment is the innovation centre's."""
    found = statements(
        PACKAGE, "project_total_investment", ref_area=LUSONG, counterpart="lusong_apparel_innovation_centre"
    )
    assert ["projects-innovation-centre-investment"] == ids(found)


def test_nothing_held_is_no_error():
    """An area without a statement gives an empty list: nothing of one area stands for another."""
    assert [] == statements(PACKAGE, "apparel_chain_total_scale", ref_area=LUSONG)


def test_a_counterpart_left_out_is_asked_for():
    """A figure of one market is not printed as the district's."""
    with pytest.raises(Refused, match=r"Name it: lusong_market_cluster\."):
        statements(PACKAGE, "market_cluster_annual_turnover", ref_area=LUSONG)


@pytest.mark.parametrize(
    ("question", "todo"),
    [
        ({"indicator": "market_cluster_anual_turnover"}, "Did you mean 'market_cluster_annual_turnover'?"),
        ({"ref_area": "430230"}, "Did you mean '430203'?"),
        ({"counterpart": "lusong_markets"}, "Did you mean 'lusong_market_cluster'?"),
        ({"indicator": "x"}, "The names stand in indicators.csv."),
    ],
)
def test_an_unknown_name_is_refused_with_the_near_one(question, todo):
    """A typing error never becomes an absent figure."""
    names = {"indicator": "market_cluster_annual_turnover", "ref_area": LUSONG} | question
    with pytest.raises(Refused) as refused:
        statements(PACKAGE, names.pop("indicator"), **names)
    assert [todo] == [problem.todo for problem in refused.value.problems]


# As of a day


@given(st.dates(datetime.date(2014, 1, 1), datetime.date(2027, 1, 1)))
def test_nothing_published_later_is_ever_seen(day):
    """An edition of any day gives what was published by it, all of it, and nothing else."""
    expected = {
        key
        for key, row in PACKAGE.observations.items()
        if (published := last_day(PACKAGE.sources[row.source_id].date_published)) and published <= day
    }
    seen = known(PACKAGE, day.isoformat())
    assert expected == set(seen.observations)
    assert all(last_day(seen.sources[row.source_id].date_published) <= day for row in seen.events.values() if row.date)


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        ("", ["apparel-revenue-2019"]),
        ("2020-10-31", ["apparel-revenue-2019"]),
        ("2020-10-30", []),
        ("2020-10", ["apparel-revenue-2019"]),
        ("2020", ["apparel-revenue-2019"]),
        ("2019", []),
    ],
)
def test_a_page_of_a_month_is_known_at_its_end(as_of, found):
    """The page of October 2020 is no part of an edition of the 30th; a partial day counts as its last."""
    seen = known(PACKAGE, as_of)
    assert found == ids(statements(seen, "technology_industry_trade_revenue", ref_area=LUSONG, time_period="2019"))


def test_every_question_may_be_asked_of_every_day():
    """Before anything was printed a question about a market or project is answered with nothing, not refused."""
    nothing = known(PACKAGE, "2000")
    assert [] == [found for indicator, names in questions() for found in statements(nothing, indicator, **names)]


def test_every_statement_answers_a_question():
    """No statement is held that cannot be asked for."""
    assert set(PACKAGE.observations) == set(ids(everything(PACKAGE)))


def test_of_a_project_not_yet_published_only_the_name_stays():
    """Its stage and date were not known, but a question about it is still answered with nothing."""
    held = PACKAGE.events["longquan_apparel_park"]
    before = known(PACKAGE, "2023-10").events["longquan_apparel_park"]
    assert ("招引", "2023-11-15") == (held.stage, held.date)
    assert ("", "", "", held.name_zh) == (before.stage, before.date, before.as_printed, before.name_zh)
    assert held == known(PACKAGE, "2023-11").events["longquan_apparel_park"]


def test_of_an_organisation_not_yet_named_only_the_name_stays():
    """What it does and the words that say so were not known, but a question about it is still answered."""
    held = PACKAGE.organisations["lusong_market_cluster"]
    before = known(PACKAGE, "2018-07-26").organisations["lusong_market_cluster"]
    assert ("apparel_markets", "第2段") == (held.segment, held.locator)
    assert ("", "", "", held.name_zh) == (before.segment, before.as_printed, before.locator, before.name_zh)
    assert held == known(PACKAGE, "2018-07-27").organisations["lusong_market_cluster"]


@pytest.mark.parametrize(
    ("as_of", "links"),
    [
        (
            "",
            {"markets-in-apparel-city", "sewing-in-apparel-city", "operators-at-lusong-airport", "markets-sell-online"},
        ),
        ("2017-03-17", {"markets-in-apparel-city", "sewing-in-apparel-city"}),
        ("2017-03-16", set()),
    ],
)
def test_a_link_is_seen_once_it_is_published(as_of, links):
    """A map as of a day joins only what a source had joined by then."""
    seen = set(known(PACKAGE, as_of).links)
    assert links <= seen
    assert as_of == "" or links == seen


def test_a_link_waits_for_the_names_of_its_ends():
    """The page of 25 September 2020 puts operators at the airport, which a page of October names."""
    assert "operators-at-lusong-airport" not in known(PACKAGE, "2020-09-30").links
    assert "operators-at-lusong-airport" in known(PACKAGE, "2020-10-31").links


def test_a_link_of_a_lead_is_never_seen(tmp_path):
    """Nor is one whose end only an unreliable host names; the segments stay whatever the sources."""
    folder = copy(tmp_path)
    change(folder, "sources", "lusong-news-2018-07-26", grade="D")
    package = open_package(folder)
    assert "zongshen-engine-in-aurora" in package.links
    assert "zongshen-engine-in-aurora" not in known(package).links
    assert package.segments == known(package, "2000").segments


def test_a_page_without_a_date_is_seen_only_without_a_limit():
    """And the statements that a limit leaves out are counted, for the report to say so."""
    undated = "apparel-ls-scale-2024-mayor"
    assert undated in known(PACKAGE).observations
    assert undated not in known(PACKAGE, "2026-11-01").observations
    assert (0, len(undated_statements())) == (left_out(PACKAGE, ""), left_out(PACKAGE, "2026-11-01"))


def test_a_lead_is_never_seen(tmp_path):
    """What stands on an unreliable host is not printed, not counted as left out, and prevails over nothing."""
    folder = copy(tmp_path)
    leads = ("consumer-goods-wang-qiang", "hunan-daily-2020-01-01", PAGE)
    for source in leads:
        change(folder, "sources", source, grade="D")
    package = open_package(folder)
    assert {"apparel-revenue-2019", "apparel-ls-turnover-2019"} <= set(package.observations)
    for view in (package, known(package), known(package, "2026-11-01")):
        assert not [found for found in everything(view) if found.source.source_id in leads]
    assert not [row for row in known(package).events.values() if row.source_id in leads and row.kind == "event"]
    assert len(undated_statements(*leads)) == left_out(package, "2026-11-01")


# What is read of the rows again and again


def test_a_statement_is_made_once_and_anew_of_another_row():
    """A row of the package is read once; the same key with another number is another statement."""
    row = next(iter(PACKAGE.observations.values()))
    moved = row.model_copy(update={"obs_value": f"{row.obs_value}1"})
    assert PACKAGE.statement(row) is PACKAGE.statement(row)
    assert PACKAGE.statement(row).quantity != PACKAGE.statement(moved).quantity
    assert PACKAGE.statement(row).quantity == known(PACKAGE).statement(row).quantity


def test_a_view_is_made_once_a_package():
    """What is made of all rows is made once; a package with other rows makes its own."""

    def first(package):
        return [next(iter(package.observations))]

    earlier = known(PACKAGE, "2016-09-30")
    assert PACKAGE.view(first) is PACKAGE.view(first)
    assert first(earlier) == earlier.view(first) != PACKAGE.view(first)
