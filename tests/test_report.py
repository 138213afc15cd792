"""What a notebook can ask and print, in process."""

import datetime
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures import observation
from lusong_analysis.facts.statement import last_day
from lusong_analysis.measures.growth import growth_between, required_growth, required_growth_by_year, years_until
from lusong_analysis.measures.structure import share_across_definitions, total
from lusong_analysis.problem import Refused
from lusong_analysis.quantity import QuantityError
from lusong_analysis.report import charts, tables
from reports import Collected

REVENUE = "technology_industry_trade_revenue"


def growth_of(report):
    """The figures of the summary."""
    revenue = report.figure(REVENUE, time_period="2019")
    target = report.figure(f"{REVENUE}_target", time_period="2018")
    until = report.parameter("horizon")
    return revenue, target, until, required_growth(revenue, target, years_until(revenue.period, until))


def test_a_figure_is_a_link_with_source_and_words():
    """A sentence is Markdown; each figure links to its evidence, its hover has bound, source and words."""
    collected = Collected()
    revenue, *_ = growth_of(collected.report)
    collected.report.say(zh="{revenue.period}收入{revenue}。", en="In {revenue.period} {revenue}.", revenue=revenue)
    title = "读作 (808, ∞)亿元；株洲日报（2020年10月）：“服饰产业技工贸收入超过808亿元”"
    assert [f'2019年收入[超过808亿元](#E1 "{title}")。'] == collected.markdown()
    assert ["2019年收入超过808亿元。"] == collected.plain()


def test_both_languages_print_the_same_figures():
    """The same cells in English number the same figures alike and print them in English."""
    collected = Collected(language="en")
    revenue, target, until, growth = growth_of(collected.report)
    names = {"revenue": revenue, "target": target, "until": until, "growth": growth}
    collected.report.say(zh="{growth}{revenue}{target}{until}", en="{growth} {until} {target} {revenue}", **names)
    numbers = {figure["figure"]: figure["anchor"] for figure in collected.evidence()["figures"]}
    assert {"revenue": "E1", "target": "E2", "growth": "E3"} == numbers
    assert "under 3.7% a year 2025 100 billion yuan over 80.8 billion yuan" == collected.plain()[0].replace(
        "\u00a0", " "
    )


def test_a_figure_keeps_its_number():
    """Printed twice, and by another call that computes the same, a figure is one figure."""
    collected = Collected()
    for _ in range(2):
        revenue, *_, growth = growth_of(collected.report)
        collected.report.say(zh="{growth}，{revenue}", en="{growth}, {revenue}", growth=growth, revenue=revenue)
    assert 2 == len(collected.evidence()["figures"])


def test_one_name_is_one_formula():
    """A name that stands for another formula is refused, with both formulas."""
    collected = Collected()
    _, target, _, growth = growth_of(collected.report)
    collected.report.say(zh="{growth}", en="{growth}", growth=growth)
    with pytest.raises(QuantityError, match=r"\{growth\} is already required_growth\(apparel-revenue-2019, .*; choose"):
        collected.report.say(zh="{growth}", en="{growth}", growth=target)


def test_an_unknown_name_asks_did_you_mean():
    """A misspelt indicator, area or placeholder is named with the nearest known one or what was given."""
    report = Collected().report
    with pytest.raises(Refused, match="Did you mean 'technology_industry_trade_revenue'"):
        report.figure("technology_industry_trade_revenu")
    with pytest.raises(QuantityError, match=r"uses \{revenu\}, which was not given; given are \['revenue'\]"):
        report.say(zh="{revenu}", en="{revenu}", revenue=report.figure(REVENUE, time_period="2019"))
    with pytest.raises(QuantityError, match="no parameter 'until' is set"):
        report.parameter("until")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"language": "fr"}, "language = 'fr'"),
        ({"horizn": 2025}, "Did you mean 'horizon'"),
        ({"edition": "November"}, "edition = 'November'"),
        ({"as_of": "2020-02-30"}, "as_of = '2020-02-30'"),
        ({"horizon": "2025"}, "horizon = '2025'"),
    ],
)
def test_wrong_parameters_are_refused(values, words):
    """A report refuses what its one model of parameters does not allow."""
    with pytest.raises(Refused, match=re.escape(words)):
        Collected(**values)


def test_only_statements_about_organisations_ask_for_one():
    """Where every statement is about an organisation, the question must name it."""
    with pytest.raises(Refused, match="lusong_market_cluster"):
        Collected().report.figure("market_cluster_annual_turnover")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", "此处无数可写：截至2020年9月30日，未见芦淞区2019年服饰产业技工贸收入的公开数字。"),
        (
            "en",
            "As of 30 September 2020, no figure can be printed here: "
            "none is known of the technology, industry and trade revenue of the apparel chain "
            "in Lusong District for 2019.",
        ),
    ],
)
def test_what_is_not_known_is_said_in_one_sentence(language, words):
    """A sentence, chart or table with an absent operand prints what is missing, and the evidence records it."""
    collected = Collected(language=language, as_of="2020-09-30")
    report = collected.report
    revenue, target, until, growth = growth_of(report)
    report.say(zh="{revenue}，{growth}", en="{revenue}, {growth}", revenue=revenue, growth=growth)
    report.chart(charts.bounds_by_year(required_growth_by_year(revenue, target, until)), zh="图", en="Chart")
    assert [words, words] == collected.plain()
    assert ["absent", "absent"] == [block["kind"] for block in collected.evidence()["blocks"]]


def test_two_floors_say_why_nothing_can_be_computed():
    """A growth between two lower bounds prints both bounds, with their evidence, instead of a number."""
    collected = Collected()
    earlier = collected.report.figure(REVENUE, counterpart="lusong_apparel_city")
    revenue, *_ = growth_of(collected.report)
    hint = share_across_definitions(earlier, revenue)
    collected.report.say(zh="增长{hint}", en="Growth {hint}", hint=hint)
    assert ["此处无数可写：超过700亿元和超过808亿元都只是下限，由此推不出任何界限。"] == collected.plain()
    assert ["E1", "E2"] == [figure["anchor"] for figure in collected.evidence()["figures"]]


def test_judgements_are_words_of_the_intervals():
    """Agreement and comparison word what the two intervals decide, in the text's language."""
    collected = Collected()
    report = collected.report
    industry, trade, services, city = report.figures(
        "apparel_chain_scale_industry",
        "apparel_chain_scale_wholesale_retail",
        "apparel_chain_scale_services",
        "apparel_chain_total_scale",
        ref_area="430200",
        time_period="2020",
    )
    parts = total(industry, trade, services)
    report.say(
        zh="{parts}与{city}{agreement}，{trade}{comparison}{industry}",
        en="{parts}, {agreement} {city}; {trade} {comparison} {industry}",
        parts=parts,
        city=city,
        trade=trade,
        industry=industry,
        agreement=report.agreement(parts, city),
        comparison=report.comparison(trade, industry),
    )
    assert ["1015亿元与1015.3亿元相符，514.5亿元高于346.4亿元"] == collected.plain()


def test_a_period_left_out_takes_the_latest():
    """Without a period the latest one counts; a statement without one counts at its day of publication."""
    report = Collected().report
    assert "apparel-ls-scale-2024" == report.figure("apparel_industry_scale").formula["observation"]
    turnover = report.figure("market_cluster_annual_turnover", counterpart="lusong_market_cluster")
    assert "apparel-ls-turnover-2019" == turnover.formula["observation"]


def test_a_chart_records_every_text_it_draws():
    """The texts of the SVG are recorded in order, and each that prints a figure belongs to a label."""
    collected = Collected()
    revenue, target, until, growth = growth_of(collected.report)
    fan = required_growth_by_year(revenue, target, until)
    collected.report.chart(
        charts.bounds_by_year(fan), zh="到{until}：{growth}", en="{until}: {growth}", until=until, growth=growth
    )
    (data, metadata), *_ = collected.outputs
    (block,) = collected.evidence()["blocks"]
    drawn = [text["text"] for text in block["texts"]]
    assert drawn == re.findall(r"<text[^>]*>([^<]+)</text>", data["image/svg+xml"])
    assert "低于3.7" in drawn
    assert all(text["label"] is not None for text in block["texts"])
    assert metadata["image/svg+xml"]["alt"] == data["text/plain"]


def test_a_table_of_several_units_is_refused():
    """One column cannot hold yuan and firms: the units are named."""
    money, firms = observation("a", "5", "=", "亿元"), observation("b", "5", "=", "家")
    with pytest.raises(QuantityError, match="亿元, 家"):
        tables.statements((money, firms), money)


def test_a_series_takes_of_each_period_the_statement_that_prevails():
    """In the order of time, without statements of no period; an area's own if nothing else is asked."""
    report = Collected().report
    assert ["2019"] == [figure.period.code for figure in report.series(REVENUE)]
    company = {"counterpart": "huarui_precision_tools"}
    firm = report.series("operating_revenue", **company)
    periods = [figure.period.code for figure in firm]
    assert ["2017", "2020", "2021-S1", "2021", "2022", "2023", "2024", "2025-Q1", "2025-S1"] == periods[:-1]
    assert [report.figure("operating_revenue", time_period=code, **company) for code in periods] == list(firm)
    assert 0 == len(report.series("apparel_output_value")) == len(report.series("apparel_output_value").absent)
    with pytest.raises(Refused, match="Name it: huarui_precision_tools"):
        report.series("operating_revenue")


def test_a_series_of_nothing_says_what_is_missing():
    """Where nothing is known by a day, the chart prints one sentence that names the indicator."""
    collected = Collected(as_of="2015-10-31")
    figures = collected.report.series("projects_started")
    assert (0, 1) == (len(figures), len(figures.absent))
    collected.report.chart(charts.panels_by_year(figures), zh="图", en="Chart")
    assert ["此处无数可写：截至2015年10月31日，未见芦淞区开工项目数的公开数字。"] == collected.plain()


def test_growth_between_definitions_is_refused_with_the_reason():
    """Revenue and scale are two definitions: no growth joins them."""
    report = Collected().report
    revenue, scale = report.figure(REVENUE, time_period="2019"), report.figure("apparel_industry_scale")
    with pytest.raises(QuantityError, match=r"not comparable: another definition: .*apparel_industry_scale"):
        growth_between(revenue, scale)


@settings(max_examples=25, deadline=None)
@given(st.dates(datetime.date(2014, 1, 1), datetime.date(2026, 12, 31)))
def test_nothing_published_later_is_printed(day):
    """As of any day, every statement that the evidence holds was published by then."""
    collected = Collected(as_of=day.isoformat())
    report = collected.report
    history = report.history(REVENUE, f"{REVENUE}_target", "apparel_industry_scale", "apparel_output_value")
    report.table(tables.statements(history, report.figure(REVENUE, time_period="2019")), zh="表", en="Table")
    record = collected.evidence()
    published = [last_day(source["date_published"]) for source in record["rows"]["sources"]]
    assert all(date is not None and date <= day for date in published)
    assert len(record["rows"]["observations"]) == len([quantity for quantity in history if not quantity.absent]) * bool(
        record["figures"]
    )
