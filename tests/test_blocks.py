"""What a notebook prints beside plain sentences: strip, findings, conflicts, gaps, events."""

import pytest

from lusong_analysis.quantity import QuantityError
from lusong_analysis.report import tables
from lusong_analysis.report.text import Text
from reports import Collected

REVENUE = "technology_industry_trade_revenue"
SHARES = ("primary_industry_share", "secondary_industry_share", "tertiary_industry_share")


def revenue_of(collected):
    """The revenue of 2019."""
    return collected.report.figure(REVENUE, time_period="2019")


def test_key_figures_are_a_list_of_figures_with_their_labels():
    """Each line of the strip is an item: the figure as a link, a line break, what it is."""
    collected = Collected()
    collected.report.key_figures(
        zh="{revenue} 技工贸收入，{revenue.period}",
        en="{revenue} revenue, {revenue.period}",
        revenue=revenue_of(collected),
    )
    (data, metadata), *_ = collected.outputs
    assert data["text/markdown"].startswith("- [超过808亿元](#E1")
    assert data["text/markdown"].endswith(")\\\n  技工贸收入，2019年")
    assert "key_figures" == metadata["block"]


def test_a_key_figure_begins_with_the_figure():
    """A line that begins with words is refused, since the strip enlarges what stands first."""
    collected = Collected()
    with pytest.raises(QuantityError, match="a key figure is a figure and what it is"):
        collected.report.key_figures(zh="收入{revenue}", en="{revenue} revenue", revenue=revenue_of(collected))


def test_an_unknown_key_figure_is_left_out():
    """As of a day on which one figure was not known, the strip holds the others."""
    collected = Collected(as_of="2021-01-01")
    scale = collected.report.figure("apparel_industry_scale", time_period="2024")
    collected.report.key_figures(
        zh="{revenue} 收入\n{scale} 规模",
        en="{revenue} revenue\n{scale} scale",
        revenue=revenue_of(collected),
        scale=scale,
    )
    assert ["超过808亿元\n收入"] == collected.plain()


def test_a_finding_stands_beside_its_paragraph():
    """The note is kept apart from the sentence, with the numbers of the figures that the sentence prints."""
    collected = Collected(language="en")
    collected.report.say(
        zh="{revenue}", en="{revenue}", note_zh="下限", note_en="A lower bound", revenue=revenue_of(collected)
    )
    (data, metadata), *_ = collected.outputs
    assert "A lower bound\\\nEvidence [E1](#E1)" == metadata["aside"]
    assert "A lower bound" not in data["text/markdown"]
    parts = collected.evidence()["blocks"][0]["parts"]
    assert ["A lower bound\\\nEvidence {revenue.number}", "{revenue}"] == [part["text"]["en"] for part in parts]


def test_a_conflict_shows_both_sides_and_the_rule():
    """Statements that cannot all be true stand side by side with words and grade, and the one that counts is named."""
    collected = Collected()
    collected.report.conflict(
        *SHARES, time_period="2019", zh="两种三次产业结构并存。", en="Two structures stand side by side."
    )
    (data, metadata), *_ = collected.outputs
    assert "conflict" == metadata["block"]
    assert data["text/plain"].startswith("两种三次产业结构并存。")
    for words in ("1.5:43:55.5", "1.6:45.8:52.6"):
        assert words in data["text/plain"]
    assert "本报告采用1.5%、43.0%、55.5%，据株洲日报（2020年10月）" in data["text/plain"]


def test_where_sources_agree_no_conflict_is_claimed():
    """As of a day that knew one structure only, the claim of a conflict is not printed."""
    collected = Collected(as_of="2020-12-31")
    collected.report.conflict(*SHARES, time_period="2019", zh="两种结构并存。", en="Two structures.")
    assert collected.plain()[0].startswith("目前只见到一个来源，即株洲日报（2020年10月）：")


def test_the_date_of_an_event_has_evidence():
    """An event prints its date as a link and its name in the reader's language, and its row travels along."""
    collected = Collected(language="en")
    route = collected.report.event("aviation-first-route-2020")
    collected.report.say(zh="{route}：{route.name}", en="On {route}: {route.name}", route=route)
    assert [
        "On 24 September 2020: first flight of the low-altitude short-haul passenger route from Zhuzhou to Changde"
    ] == (collected.plain())
    record = collected.evidence()
    assert [{"event": "aviation-first-route-2020"}] == [figure["formula"] for figure in record["figures"]]
    assert ["aviation-first-route-2020"] == [row["event"] for row in record["rows"]["events"]]


def test_an_event_that_was_not_known_is_missing():
    """As of a day before it was reported, the sentence says what is missing."""
    collected = Collected(as_of="2020-09-30")
    route = collected.report.event("aviation-first-route-2020")
    collected.report.say(zh="{route}", en="{route}", route=route)
    assert ["此处无可写：截至2020年9月30日，未见“株洲—常德低空短途客运航线首航”的公开记载。"] == collected.plain()


def test_figures_and_events_are_missing_in_one_sentence():
    """Figures and events that were not known are named apart, and a name that ends with a full stop gets no second."""
    collected = Collected(language="en", as_of="2018-01-31")
    revenue = collected.report.figure("operating_revenue", counterpart="huarui_precision_tools")
    route = collected.report.event("aviation-first-route-2020")
    collected.report.say(zh="{revenue}", en="{revenue}", revenue=revenue)
    collected.report.say(zh="{revenue}{route}", en="{revenue}{route}", revenue=revenue, route=route)
    start = "As of 31 January 2018, no figure can be printed here: none is known of the operating revenue of Zhuzhou "
    event = "first flight of the low-altitude short-haul passenger route from Zhuzhou to Changde"
    assert [
        f"{start}Huarui Precision Tools Co., Ltd.",
        f"{start}Huarui Precision Tools Co., Ltd., and no record of the event “{event}”.",
    ] == collected.plain()


def test_an_appendix_without_figures_has_no_tables():
    """Where nothing could be printed, the appendix says so in place of empty tables."""
    collected = Collected(as_of="1990-01-01")
    collected.report.say(zh="{x}", en="{x}", x=collected.report.figure("key_enterprises_assisted"))
    collected.evidence()
    assert [] == [data for data, _ in collected.outputs if "text/html" in data]
    assert collected.plain()[2].startswith("本报告没有印出数字，没有凭证可列。本版只采用截至1990年1月1日已公开的陈述")


def test_events_stand_in_the_order_of_their_dates():
    """A table of events lists dates in order, and an empty one says that nothing is known."""
    collected = Collected()
    dates = collected.report.events(chain="aviation")
    collected.report.table(tables.events(dates), zh="大事", en="Events")
    codes = [date.code for date in dates]
    assert sorted(codes) == codes
    assert len(codes) > 3
    early = Collected(as_of="1990-01-01")
    early.report.table(tables.events(early.report.events(chain="aviation")), zh="大事", en="Events")
    assert ["此处无可列举：截至1990年1月1日，未见有关的公开记载。"] == early.plain()


def test_gaps_are_a_list_of_questions():
    """What is not known is a list, a line each."""
    collected = Collected()
    collected.report.not_known(
        zh="**谁统计？** 没有写明。\n**是否达到？** 未公布。", en="**Who?** Not stated.\n**Met?** No result."
    )
    (data, metadata), *_ = collected.outputs
    assert "- **谁统计？** 没有写明。\n- **是否达到？** 未公布。" == data["text/markdown"]
    assert "not_known" == metadata["block"]


def test_both_languages_have_the_same_lines():
    """A list with more lines in one language than in the other is refused."""
    with pytest.raises(QuantityError, match="zh has 2 lines, en has 1"):
        Collected().report.not_known(zh="一\n二", en="one")


def test_a_table_can_hold_any_values():
    """A table's cells are texts over the names of its rows."""
    collected = Collected()
    table = tables.Table((tables.Column(Text("收入", "Revenue"), Text("{x}", "{x}")),), ({"x": revenue_of(collected)},))
    collected.report.table(table, zh="表", en="Table")
    assert ["超过808亿元"] == collected.plain()
