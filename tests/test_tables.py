"""Tables: their columns and rows, and what stands where nothing is known."""

import pytest

from lusong_analysis.report import tables
from reports import Collected


@pytest.mark.parametrize(
    ("language", "apparel", "aviation"),
    [
        (
            "zh",
            ["服饰产业链", "优先", "——", "——", "无资料", "——", "——"],
            ["航空产业链", "精准", "航空产业产值增长率", "2020年第一季度", "132%", "B", "E1"],
        ),
        (
            "en",
            ["Apparel chain", "Priority", "–", "–", "no figure", "–", "–"],
            [
                "Aviation chain",
                "Targeted",
                "Growth of the output value of the aviation industry",
                "The first quarter of 2020",
                "132%",
                "B",
                "E1",
            ],
        ),
    ],
)
def test_a_chain_without_a_figure_has_a_row_that_says_so(language, apparel, aviation):
    """Chains stand side by side, whether or not something is known of them."""
    collected = Collected(language=language)
    chains = collected.report.by_chain(measure_type="growth")
    collected.report.table(tables.by_chain(chains), zh="增长", en="Growth")
    assert [apparel, aviation] == [line.split("\t") for line in collected.plain()[0].splitlines()[:2]]


def test_a_firm_s_figure_does_not_stand_for_its_chain():
    """A chain of which only a firm's figures are known has none of its own."""
    chains = {chain.chain: figures for chain, figures in Collected().report.by_chain(measure_type="growth")}
    assert () == chains["new_materials"]


def test_a_table_of_chains_without_any_figure_says_that_nothing_is_known():
    """Before anything was published there is no table of dashes."""
    collected = Collected(as_of="2000-12-31")
    collected.report.table(tables.by_chain(collected.report.by_chain(measure_type="growth")), zh="增长", en="Growth")
    assert [True] == ["此处无可列举" in text for text in collected.plain()]


def test_statements_of_several_units_stand_in_one_table_in_the_sources_words():
    """Money and counts each keep their unit in the cell, beside the words they were read from."""
    collected = Collected()
    history = collected.report.history("carbide_chain_revenue", "carbide_listed_enterprises", ref_area="430200")
    collected.report.table(tables.printed(history), zh="全市", en="The city")
    cells = [line.split("\t") for line in collected.plain()[0].splitlines()]
    assert [("超过150亿元", "“150億元を超え”"), ("2家", "“2家上市企业”")] == [(row[2], row[3]) for row in cells]


def test_whose_statements_are_is_said_once_or_in_each_row():
    """One area stands in the line under the title; several have a column."""
    report = Collected().report
    city = report.history("fixed_asset_investment_growth", ref_area="430200")
    both = (*report.history("fixed_asset_investment_growth"), *city)
    heads = [[column.head.zh for column in tables.printed(rows).columns] for rows in (city, both)]
    assert [False, True] == ["对象" in names for names in heads]
    assert "{x.Counterpart}" in tables.printed(city).measure.zh


def test_events_not_known_yet_are_left_out_of_a_table_in_words():
    """As of a day before its source, an event has no row; those known keep theirs."""
    collected = Collected(as_of="2020-12-31")
    report = collected.report
    dates = (report.event("newmat-park-layout-2018"), report.event("newmat-huarui-issue-2021"))
    report.table(tables.events_in_words(dates), zh="大事", en="Events")
    assert [["2018年", "“2018年初，芦淞区布局建设新材料产业园”"]] == [
        line.split("\t")[:3:2] for line in collected.plain()[0].splitlines()
    ]


def test_shares_are_computed_where_part_and_whole_are_known():
    """A period of which one of them is missing has no row; the words of a period are those of its statements."""
    report = Collected().report
    wholes = report.history("operating_revenue")
    parts = tuple(part for part in report.history("net_profit_attributable") if part.subject.time_period != "2022")
    table = tables.shares(parts, wholes, zh="净利率", en="Net margin")
    assert len(wholes) - 1 == len(table.rows)
    assert ["14.1%"] == [report.text(row["share"]) for row in table.rows if row["whole"].subject.time_period == "2024"]
    assert () == tables.shares((), wholes, zh="净利率", en="Net margin").rows


def test_changes_stand_beside_the_figures_they_come_from():
    """Two years of several indicators give a row each; what is known of one year only is left out."""
    collected = Collected(language="en")
    report = collected.report
    keys = ("key_projects_target", "industry_projects_target")
    before, after = (report.figures(*keys, ref_area="430200", time_period=year) for year in ("2020", "2024"))
    unknown = report.figure("key_projects_target", ref_area="430200", time_period="2022")
    report.table(tables.changes((*before, unknown), (*after, unknown)), zh="计划", en="Plans")
    rows = [line.replace("\u00a0", " ").split("\t") for line in collected.plain()[0].splitlines()]
    assert [
        ["Key projects planned", "717 projects", "570 projects", "−20.5%"],
        ["Key projects in industry planned", "320 projects", "358 projects", "11.9%"],
    ] == [row[:4] for row in rows]


def test_two_years_are_averaged_as_the_city_averages_them():
    """The computed average of the city is the one its bureau prints; an area with one year unknown has no row."""
    collected = Collected()
    report = collected.report
    key = "gross_domestic_product_growth"
    first, second = (
        tuple(report.figure(key, ref_area=area, time_period=year) for area in ("430200", "100000", "430211"))
        for year in ("2020", "2021")
    )
    report.table(tables.two_years(first, second), zh="增速", en="Growth")
    rows = [line.replace("\u2060", "").split("\t") for line in collected.plain()[0].splitlines()]
    printed = report.text(report.figure(f"{key}_two_year_average", ref_area="430200"))
    assert [["株洲市", "4.1%", "8.3%", printed], ["中国", "2.3%", "8.1%", "5.2%"]] == [row[:4] for row in rows]
    assert () == tables.two_years((), ()).rows


def test_the_terms_of_a_printed_ratio_share_a_row():
    """A conflict of ratios shows each as its source printed it, with all its terms; single figures keep a row each."""
    collected = Collected()
    shares = ("primary_industry_share", "secondary_industry_share", "tertiary_industry_share")
    collected.report.conflict(*shares, time_period="2019", zh="说法不一。", en="They differ.")
    collected.report.conflict(shares[1], time_period="2019", zh="说法不一。", en="They differ.")
    ratio, single = ([line.split("\t") for line in text.splitlines()[1:-1]] for text in collected.plain())
    assert [("“三次产业结构调整为1.5:43:55.5”", "1.5%、43.0%、55.5%"), ("“1.6:45.8:52.6”", "1.6%、45.8%、52.6%")] == [
        (row[1], row[2]) for row in ratio
    ]
    assert ["43.0%", "45.8%"] == [row[3] for row in single]


def test_a_wish_list_says_what_was_found_last_or_that_nothing_was():
    """The last figure comes from the data, so that a newer one shows; what has no indicator has a row of dashes."""
    collected = Collected(language="en")
    wishes = [
        (("增速", "Growth"), ("可比价", "Comparable prices"), ("每月", "Monthly"), figure)
        for figure in (collected.report.figure("fixed_asset_investment_growth"), None)
    ]
    collected.report.table(tables.wanted(wishes), zh="可以公布的", en="To be published")
    found, nothing = [line.split("\t")[3:] for line in collected.plain()[0].splitlines()]
    assert ["Growth of investment in fixed assets", "The first half of 2020", "7.3%", "E1"] == found
    assert ["–", "–", "no figure", "–"] == nothing
