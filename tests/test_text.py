"""Texts with figures: plain words, Markdown and HTML, and what hostile words do to them."""

import dataclasses

import pytest
from markdown_it import MarkdownIt

from lusong_analysis.facts.package import find_folder, open_package
from lusong_analysis.measures.growth import required_growth, years_until
from lusong_analysis.quantity import QuantityError
from lusong_analysis.report.evidence import Evidence
from lusong_analysis.report.text import ATTRIBUTES, Citation, Speaker, Text, Words
from reports import Collected

HOSTILE = '"](x) **b** <script>`|~_ \\'
STATEMENT = "apparel-revenue-2019"


@pytest.fixture
def package():
    """The checkout's own data."""
    return open_package(find_folder())


def speaker_of(package, language="zh"):
    """A speaker who numbers figures as a report does, and the revenue."""
    report = Collected(language=language).report
    revenue = report.figure("technology_industry_trade_revenue", time_period="2019")
    evidence = Evidence()
    evidence.name({"revenue": revenue})
    return Speaker(language, package, evidence.number), revenue


@pytest.mark.parametrize(
    ("attribute", "zh", "en"),
    [
        ("period", "2019年", "2019"),
        ("when", "2019年", "2019"),
        ("source", "株洲日报（2020年10月）", "Zhuzhou Daily (October 2020)"),
        ("area", "芦淞区", "Lusong District"),
        ("counterpart", "芦淞区", "Lusong District"),
        ("grade", "B", "B"),
        ("number", "E1", "E1"),
        ("words", "“服饰产业技工贸收入超过808亿元”", "“服饰产业技工贸收入超过808亿元”"),
        ("indicator", "服饰产业技工贸收入", "technology, industry and trade revenue of the apparel chain"),
        ("heading", "服饰产业技工贸收入", "Technology, industry and trade revenue of the apparel chain"),
    ],
)
def test_a_placeholder_may_ask_for_a_part(attribute, zh, en, package):
    """Each attribute of a figure has words in both languages."""
    text = {}
    for language in ("zh", "en"):
        speaker, revenue = speaker_of(package, language)
        text[language] = speaker.plain(Text(f"{{x.{attribute}}}", f"{{x.{attribute}}}", {"x": revenue}))
    assert {"zh": zh, "en": en} == text
    assert attribute in ATTRIBUTES


def test_a_capital_attribute_begins_a_cell(package):
    """What stands first in a cell of a table begins with a capital where the language has one."""
    speaker, revenue = speaker_of(package, "en")
    text = Text("", "{x.Indicator}", {"x": revenue})
    assert "Technology, industry and trade revenue of the apparel chain" == speaker.plain(text)


def test_no_words_have_no_attributes(package):
    """Where no words stand, none of their attributes does; of words that stand, attributes are a dash."""
    speaker, _ = speaker_of(package)
    texts = Text("{x.number}", "", {"x": Words("", "")}), Text("{x.number}", "", {"x": Words("无资料", "")})
    assert ["", "——"] == [speaker.plain(text) for text in texts]


def test_marks_within_a_quotation_are_inner_ones(package):
    """A quotation within one has the inner marks; the first editions printed it as the source does."""
    row = package.observations[STATEMENT].model_copy(update={"as_printed": "“小巨人”企业4家"})
    for first, words in ((False, "“‘小巨人’企业4家”"), (True, "““小巨人”企业4家”")):
        speaker = Speaker("zh", package, lambda _: "", first)
        assert words == "".join(run.text for run in speaker.quoted(row))


def test_apostrophes_of_authors_and_data_are_those_of_a_book(package):
    """A typewriter's apostrophe is printed as a book's, but not in the words of a source, nor in the first editions."""
    speaker, revenue = speaker_of(package, "en")
    text = Text("", "the brokers' {name}, the city's, {x.period}'s", {"x": revenue, "name": Words("", "People's")})
    assert "the brokers’ People’s, the city’s, 2019’s" == speaker.plain(text)
    assert "the brokers' People's, the city's, 2019's" == dataclasses.replace(speaker, first=True).plain(text)
    row = package.observations[STATEMENT].model_copy(update={"as_printed": "Hunan's 808"})
    quoting = dataclasses.replace(speaker, package=dataclasses.replace(package, observations={STATEMENT: row}))
    assert "“Hunan's 808”" == quoting.plain(Text("", "{x.words}", {"x": revenue}))


def test_nothing_else_can_be_reached(package):
    """An attribute outside the list is refused: a forged template reaches nothing."""
    speaker, revenue = speaker_of(package)
    with pytest.raises(QuantityError, match="a figure has period"):
        speaker.plain(Text("{x.__class__}", "", {"x": revenue}))


def test_words_in_another_language_are_marked(package):
    """A Chinese quotation in an English text carries its language, its quotation marks do not."""
    speaker, revenue = speaker_of(package, "en")
    text = Text("", "{x.words}", {"x": revenue})
    assert '“<span lang="zh">服饰产业技工贸收入超过808亿元</span>”' == speaker.html(text) == speaker.markdown(text)


@pytest.mark.parametrize("place", ["title", "text"])
def test_hostile_words_come_through_whole(place, package):
    """Quotation marks, brackets, tags and emphasis in a source's words change neither link nor title."""
    row = package.observations[STATEMENT].model_copy(update={"as_printed": HOSTILE})
    source = package.sources[row.source_id].model_copy(update={"publisher": HOSTILE})
    package = dataclasses.replace(
        package,
        observations={**package.observations, STATEMENT: row},
        sources={**package.sources, row.source_id: source},
    )
    speaker, revenue = speaker_of(package)
    markdown = speaker.markdown(Text("{x}" if place == "title" else "{x.source}", "", {"x": revenue}))
    (paragraph,) = [token for token in MarkdownIt("commonmark").parse(markdown) if token.type == "inline"]
    if place == "title":
        (link,) = [token for token in paragraph.children if token.type == "link_open"]
        assert f"读作 (808, ∞)亿元；{HOSTILE}（2020年10月）：“{HOSTILE}”" == link.attrs["title"]
        assert "#E1" == link.attrs["href"]
    else:
        assert [f"{HOSTILE}（2020年10月）"] == ["".join(token.content for token in paragraph.children)]


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        (
            "zh",
            [
                "读作 (808, ∞)亿元；株洲日报（2020年10月）：“服饰产业技工贸收入超过808亿元”",
                "读作 (−∞, 3.61711)%；株洲日报（2020年10月）；红网（2016年9月21日）；本报告计算",
                "株洲日报（2020年10月）：“2018年初，芦淞区布局建设新材料产业园”",
            ],
        ),
        (
            "en",
            [
                "taken as (80.8, ∞) billion yuan; Zhuzhou Daily (October 2020): “服饰产业技工贸收入超过808亿元”",
                "taken as (−∞, 3.61711)% a year; Zhuzhou Daily (October 2020); Rednet (21 September 2016); "
                "own computation",
                "Zhuzhou Daily (October 2020): “2018年初，芦淞区布局建设新材料产业园”",
            ],
        ),
    ],
)
def test_the_hover_gives_bound_source_and_words(language, titles):
    """A title says what a figure is taken to be and whose words it is, or what was computed from; a date, its words."""
    collected = Collected(language=language)
    report = collected.report
    revenue = report.figure("technology_industry_trade_revenue", time_period="2019")
    target = report.figure("technology_industry_trade_revenue_target", time_period="2018")
    growth = required_growth(revenue, target, years_until(revenue.period, report.parameter("horizon")))
    date = report.event("newmat-park-layout-2018")
    report.say(
        zh="{revenue}、{growth}、{date}", en="{revenue}, {growth}, {date}", revenue=revenue, growth=growth, date=date
    )
    (paragraph,) = [token for token in MarkdownIt("commonmark").parse(collected.markdown()[0]) if token.children]
    assert titles == [token.attrs["title"] for token in paragraph.children if token.type == "link_open"]


def test_emphasis_belongs_to_the_author(package):
    """Bold in a template is bold in Markdown and no sign in plain text."""
    speaker, revenue = speaker_of(package)
    text = Text("**不是**{x}", "", {"x": revenue})
    assert speaker.markdown(text).startswith("**不是**[超过808亿元](#E1")
    assert "不是超过808亿元" == speaker.plain(text)


def test_a_citation_names_each_source_once(package):
    """The sources of several figures stand once each, and a computation says whose it is."""
    collected = Collected()
    report = collected.report
    revenue = report.figure("technology_industry_trade_revenue", time_period="2019")
    speaker = Speaker("en", package, lambda _: "E1")
    assert "Zhuzhou Daily (October 2020)" == speaker.plain(Text("", "{s}", {"s": Citation((revenue, revenue))}))
