"""Each way in which rows can be wrong, and what the check says: one problem, at its cell, with what to do."""

import pytest

from folders import DATA, add, change, copy, edit, problem_of, row_number
from lusong_analysis.facts.checks import check
from lusong_analysis.facts.package import check_rows

REVENUE = "apparel-revenue-2019"
DAYS = "gov-days-to-start-business"
TARGET = "apparel-ls-tit-target-2018"

WRONG = {
    # what is wrong: table, key, changed cells, column of the problem, words of its rule, words of what to do
    "number with unit": ("observations", REVENUE, {"obs_value": "808亿"}, "obs_value", "in digits only", ""),
    "number with separator": ("observations", REVENUE, {"obs_value": "1,808"}, "obs_value", "in digits only", ""),
    "no number": ("observations", REVENUE, {"obs_value": ""}, "obs_value", "must be filled", ""),
    "bound in words": ("observations", REVENUE, {"bound": "超过"}, "bound", "one of: =, >, >=", ""),
    "bound misspelt": ("observations", DAYS, {"bound": "betwen"}, "bound", "one of: =", "Did you mean 'between'?"),
    "bound dropped": ("observations", REVENUE, {"bound": "="}, "bound", "The words say >", "Write >."),
    "bound of another kind": ("observations", REVENUE, {"bound": ">="}, "bound", "The words say >", "Write >."),
    "bound made up": (
        "observations",
        "apparel-zz-scale-2020",
        {"bound": ">"},
        "bound",
        "No word of the source says >",
        "Write =, or quote the word.",
    ),
    "bound of a word behind the number": (
        "observations",
        "apparel-ls-own-brands-2025",
        {"bound": "="},
        "bound",
        "The words say >: 孵化了1000余个",
        "Write >.",
    ),
    "bound that includes its number": (
        "observations",
        "env-approval-time-cut-2020",
        {"bound": ">"},
        "bound",
        "The words say >=",
        "Write >=.",
    ),
    "period of another notation": ("observations", REVENUE, {"time_period": "2019-H1"}, "time_period", "2020-S1", ""),
    "period rewritten by a spreadsheet": (
        "observations",
        REVENUE,
        {"time_period": "Oct-19"},
        "time_period",
        "as text",
        "",
    ),
    "day that does not exist": (
        "observations",
        REVENUE,
        {"time_period": "2019-02-30"},
        "time_period",
        "out of range",
        "",
    ),
    "status unknown": ("observations", REVENUE, {"obs_status": "count"}, "obs_status", "one of: counted", "'counted'?"),
    "area unknown": (
        "observations",
        REVENUE,
        {"ref_area": "430204"},
        "ref_area",
        "areas.csv has no",
        "Did you mean '43020",
    ),
    "chain unknown": (
        "observations",
        REVENUE,
        {"chain": "aparel"},
        "chain",
        "chains.csv has no",
        "Did you mean 'apparel'?",
    ),
    "indicator unknown": (
        "observations",
        "apparel-ls-gross-output-2026",
        {"indicator": "apparel_output_values"},
        "indicator",
        "indicators.csv has no",
        "Did you mean 'apparel_output_value'?",
    ),
    "source unknown": (
        "observations",
        REVENUE,
        {"source_id": "people-daily"},
        "source_id",
        "no such key",
        "Add the row",
    ),
    "counterpart unknown": (
        "observations",
        "apparel-ls-turnover-2018",
        {"counterpart": "lusong_markets"},
        "counterpart",
        "organisations.csv or data/events.csv",
        "Did you mean 'lusong_market_cluster'?",
    ),
    "counterpart that is no project": (
        "observations",
        REVENUE,
        {"counterpart": "apparel-expo-2020"},
        "counterpart",
        "this event is none",
        "make the event a project",
    ),
    "unit unknown": ("observations", REVENUE, {"unit": "亿圆"}, "unit", "No such unit", "元"),
    "unit of another dimension": (
        "observations",
        "env-problems-solved-2020h1",
        {"unit": "家"},
        "unit",
        "It measures firm",
        "个",
    ),
    "range without upper number": (
        "observations",
        DAYS,
        {"obs_value_upper": ""},
        "obs_value_upper",
        "has an upper",
        "Fill",
    ),
    "range upside down": ("observations", DAYS, {"obs_value_upper": "3"}, "obs_value_upper", "lies above", "Correct"),
    "upper number without range": (
        "observations",
        DAYS,
        {"bound": ">="},
        "obs_value_upper",
        "Only a range",
        "Leave it",
    ),
    "last digit zero": (
        "observations",
        "env-land-reassigned-2020q1",
        {"precision": ""},
        "precision",
        "last digit is a zero",
        "the last digit that means something",
    ),
    "term of a ratio": (
        "observations",
        "lusong-structure-secondary-2019",
        {"precision": ""},
        "precision",
        "term of a ratio",
        "the last digit that means something",
    ),
    "precision below zero": ("observations", REVENUE, {"precision": "-1"}, "precision", "0 or more", ""),
    "number not printed": (
        "observations",
        REVENUE,
        {"obs_value": "880"},
        "obs_value",
        "does not print it",
        "Copy it again",
    ),
    "number in another unit": (
        "observations",
        REVENUE,
        {"unit": "万元"},
        "unit",
        "as_printed does not say 808万元: 服饰产业技工贸收入超过808亿元",
        "Did you mean '亿元'?",
    ),
    "number too exact": (
        "observations",
        "env-financing-2020h1",
        {"obs_value": "15.60"},
        "obs_value",
        "does not print it: 为企业融资15.6亿元",
        "",
    ),
    "upper number not printed": (
        "observations",
        DAYS,
        {"obs_value_upper": "9"},
        "obs_value_upper",
        "does not print it",
        "",
    ),
    "measured, not counted": (
        "observations",
        REVENUE,
        {"obs_status": "counted"},
        "obs_status",
        "Only things are counted",
        "Leave it empty.",
    ),
    "target as a bound": ("observations", TARGET, {"bound": ">"}, "bound", "A target is a threshold", "Write =."),
    "target not exact": ("observations", TARGET, {"precision": "10"}, "precision", "A target is exact.", "Write 0."),
    "published before it began": (
        "observations",
        "apparel-zz-scale-2020",
        {"time_period": "2022"},
        "time_period",
        "begins after hunan-daily-2021-01-16 was published",
        "a plan is an indicator of its own",
    ),
    "target of nothing": (
        "indicators",
        "apparel_industry_scale_target",
        {"comparable_with": ""},
        "comparable_with",
        "names the indicator that it is set for",
        "Fill it.",
    ),
    "target of an unknown indicator": (
        "indicators",
        "apparel_industry_scale_target",
        {"comparable_with": "apparel_scale"},
        "comparable_with",
        "no such key",
        "Did you mean",
    ),
    "dimension unknown": (
        "indicators",
        "land_reassigned",
        {"dimension": "aera"},
        "dimension",
        "No unit has",
        "'area'?",
    ),
    "count without a noun": (
        "indicators",
        "projects_started",
        {"noun_en": ""},
        "noun_en",
        "no English word",
        "problem|",
    ),
    "noun without plural": (
        "indicators",
        "projects_started",
        {"noun_en": "project"},
        "noun_en",
        "for one and for many",
        "",
    ),
    "type unknown": ("indicators", "land_reassigned", {"measure_type": "level"}, "measure_type", "one of: stock", ""),
    "grade unknown": ("sources", "rednet-2016-09-21", {"grade": "E"}, "grade", "one of: A, B, C, D", ""),
    "address without scheme": ("sources", "rednet-2016-09-21", {"url": "hn.rednet.cn/c"}, "url", "http://", ""),
    "address of another scheme": ("sources", "rednet-2016-09-21", {"url": "ftp://hn.rednet.cn"}, "url", "http://", ""),
    "date of another notation": (
        "sources",
        "rednet-2016-09-21",
        {"date_published": "2016年9月"},
        "date_published",
        "2020-10-31",
        "",
    ),
    "parent unknown": ("areas", "430200", {"parent": "440000"}, "parent", "areas.csv has no such key", "'430000'?"),
    "event of an unknown source": (
        "events",
        "apparel-expo-2020",
        {"source_id": "x"},
        "source_id",
        "no such key",
        "Add",
    ),
    "stage of an event": (
        "events",
        "apparel-expo-2020",
        {"stage": "开工"},
        "stage",
        "Projects have stages",
        "Leave it",
    ),
    "stage unknown": ("events", "apparel-expo-2020", {"stage": "动工"}, "stage", "one of: 招引", ""),
    "key not a key": ("glossary", "one_city_four_bases", {"term": "One city"}, "term", "lower-case letters", ""),
    "who acts in one language": (
        "events",
        "warm-enterprises-2020",
        {"actor_en": ""},
        "actor_en",
        "in both languages: 芦淞区",
        "Fill it.",
    ),
    "progress of an event": (
        "events",
        "apparel-expo-2020",
        {"progress": "apparel-expo-2017"},
        "progress",
        "Policies serve targets",
        "Leave it",
    ),
    "progress unknown": (
        "events",
        "warm-enterprises-2020",
        {"progress": "apparel-expo-2021"},
        "progress",
        "no such key",
        "Did you mean",
    ),
    "serves no target": (
        "events",
        "warm-enterprises-2020",
        {"serves": "apparel-revenue-2019"},
        "serves",
        "is a target",
        "Name the statement of a target.",
    ),
    "instrument unknown": (
        "events",
        "warm-enterprises-2020",
        {"instrument": "services"},
        "instrument",
        "one of: plan, park, land",
        "Did you mean 'service'?",
    ),
    "organisation without words that name it": (
        "organisations",
        "huarui_precision_tools",
        {"as_printed": ""},
        "as_printed",
        "be filled",
        "",
    ),
    "organisation without name": (
        "organisations",
        "huarui_precision_tools",
        {"name_en": ""},
        "name_en",
        "be filled",
        "",
    ),
}


@pytest.fixture
def folder(tmp_path):
    """A data folder to be changed."""
    return copy(tmp_path)


@pytest.mark.parametrize(("table", "key", "cells", "column", "rule", "todo"), WRONG.values(), ids=WRONG)
def test_a_wrong_cell_is_one_problem_at_its_place(folder, table, key, cells, column, rule, todo):
    """File, row, column, what stands there, the rule, what to do; nothing else is said."""
    problem, cell = problem_of(folder, table, key, cells, column)
    assert cell == problem.found
    assert rule in problem.rule
    assert todo in problem.todo


def test_a_key_stands_once(folder):
    """A second row of a key is found, with the row that has it."""
    number = row_number(folder, "glossary", "one_city_four_bases")
    added = add(folder, "glossary", "one_city_four_bases")
    (problem,) = check_rows(folder)[1]
    assert f"data/glossary.csv, row {added}, column term" == problem.place
    assert f"row {number} has it" in problem.rule


def test_an_organisation_and_a_project_have_keys_of_their_own(folder):
    """A counterpart would else be two things."""
    added = add(folder, "events", "lusong_apparel_innovation_centre", event="lusong_apparel_city")
    (problem,) = check_rows(folder)[1]
    assert (f"data/events.csv, row {added}, column event", "lusong_apparel_city") == (problem.place, problem.found)


def test_a_statement_entered_twice_is_found(folder):
    """The same words of the same source under another key are one statement."""
    add(folder, "observations", REVENUE, observation_id="apparel-revenue-2019-again")
    (problem,) = check_rows(folder)[1]
    assert f"row {row_number(folder, 'observations', REVENUE)} has it" in problem.rule


def test_two_sources_that_print_the_same_are_two_statements(folder):
    """808 in two papers is two rows."""
    add(folder, "observations", REVENUE, observation_id="apparel-revenue-2019-b", source_id="hunan-daily-2021-01-16")
    assert [] == check_rows(folder)[1]


def test_a_ratio_makes_a_hundred(folder):
    """A structure of 1.5:43:54.5 was copied wrongly or printed wrongly."""
    for term in ("primary", "secondary", "tertiary"):
        words, value = "三次产业结构调整为1.5:43:54.5", {"tertiary": {"obs_value": "54.5"}}.get(term, {})
        change(folder, "observations", f"lusong-structure-{term}-2019", as_printed=words, **value)
    assert 3 * ["Its terms make 99, not 100."] == [problem.rule for problem in check_rows(folder)[1]]


def test_rounding_lets_a_ratio_miss_a_hundred(folder):
    """1.5:43.1:55.5 makes 100.1: each term is right to half a digit."""
    for term in ("primary", "secondary", "tertiary"):
        words, value = "三次产业结构调整为1.5:43.1:55.5", {"secondary": {"obs_value": "43.1"}}.get(term, {})
        change(folder, "observations", f"lusong-structure-{term}-2019", as_printed=words, **value)
    assert [] == check_rows(folder)[1]


@pytest.mark.parametrize(
    ("cells", "problems"),
    [
        ({"indicator": "enterprise_financing_per_firm", "unit": "亿元/家"}, 0),
        ({"indicator": "enterprise_financing_per_firm", "unit": "亿元"}, 1),
    ],
)
def test_a_ratio_of_two_units_is_a_unit(folder, cells, problems):
    """亿元/家 measures money/firm; an indicator of that dimension takes no 亿元."""
    mean = {"indicator": "enterprise_financing_per_firm", "dimension": "money/firm"}
    add(folder, "indicators", "enterprise_financing", **mean)
    change(folder, "observations", "env-financing-2020h1", **cells)
    assert problems == len(check_rows(folder)[1])


def test_a_target_is_named_and_measured_like_its_indicator(folder):
    """A goal for firms is no target of a count of projects, and is named after what it is set for."""
    goal = {"indicator": "firms_goal", "dimension": "firm"}
    add(folder, "indicators", "projects_started_target", **goal)
    places = [problem.place.split(", ")[-1] for problem in check_rows(folder)[1]]
    assert ["column indicator", "column dimension"] == places


def test_a_lead_may_stand_in_the_file(folder):
    """A statement of grade D is no fault: it only never reaches a reader."""
    change(folder, "sources", "zhuzhou-daily-2020-10", grade="D")
    assert [] == check_rows(folder)[1]


def test_a_plan_may_lie_ahead(folder):
    """A target is published before its year; so is no measurement."""
    change(folder, "observations", TARGET, time_period="2030", as_printed="2030年突破1000亿元")
    assert [] == check_rows(folder)[1]


def test_a_table_that_cannot_be_read_is_one_problem(folder):
    """Rows that refer to a missing file are not blamed for it, by the models or by Frictionless."""
    (folder / "areas.csv").unlink()
    assert ["data/areas.csv"] == [problem.place for problem in check(folder)]


def test_the_project_s_data_are_right():
    """Neither the models nor Frictionless find a fault in the data of the project."""
    assert [] == check(DATA)


@pytest.mark.parametrize(
    ("table", "key", "cells"),
    [
        ("observations", REVENUE, {"obs_value": "808亿"}),
        ("observations", REVENUE, {"bound": "超过"}),
        ("observations", REVENUE, {"source_id": "people-daily"}),
        ("observations", REVENUE, {"as_printed": ""}),
        ("sources", "rednet-2016-09-21", {"url": "hn.rednet.cn/c"}),
        ("indicators", "apparel_industry_scale_target", {"comparable_with": ""}),
    ],
)
def test_the_whole_check_says_a_fault_once(folder, table, key, cells):
    """What both the row models and Frictionless see is reported in the words of the models only."""
    change(folder, table, key, **cells)
    assert check_rows(folder)[1] == check(folder)


def test_frictionless_adds_what_the_models_do_not_see(folder):
    """The name of the package is no business of the rows, but it must be one that other readers take."""
    edit(folder, "datapackage.json", '"name": "lusong-industry-chains"', '"name": "Lusong Chains"')
    (problem,) = check(folder)
    assert ("data/datapackage.json", True) == (problem.place, "Lusong Chains" in problem.rule)


def test_a_second_row_of_a_key_is_said_once(folder):
    """Frictionless finds it in the row, the models in the cell."""
    added = add(folder, "glossary", "one_city_four_bases")
    assert [f"data/glossary.csv, row {added}, column term"] == [problem.place for problem in check(folder)]


def test_a_file_of_a_spreadsheet_passes_the_whole_check(folder):
    """Byte order mark, CRLF and blank last rows are no fault to Frictionless either."""
    for path in folder.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n") + b",,\r\n\r\n")
    assert [] == check(folder)


def test_problems_come_in_the_order_of_the_rows(folder):
    """Row 2 stands before row 12."""
    for key in ("gov-tiers-2020", "lusong-iva-growth-2019", "lusong-structure-primary-2019"):
        change(folder, "observations", key, bound="about")
    numbers = [int(problem.place.split("row ")[1].split(",")[0]) for problem in check(folder)]
    assert sorted(numbers) == numbers
