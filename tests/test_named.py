"""Organisations and links are printed with evidence, like figures."""

import pytest

from lusong_analysis.facts.package import find_folder, open_package
from lusong_analysis.quantity import QuantityError
from lusong_analysis.report.named import Named, named
from lusong_analysis.report.recompute import package_of, traced_of
from lusong_analysis.report.text import Text
from reports import Collected


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", "株洲华锐精密工具股份有限公司"), ("en", "Zhuzhou Huarui Precision Tools Co., Ltd.")],
)
def test_an_organisation_is_a_link_to_the_words_that_name_it(language, words):
    """Its name has a number, its hover quotes the source, and the appendix says where it stands in its chain."""
    collected = Collected(language=language)
    firms = collected.report.organisations(chain="new_materials")
    huarui = next(firm for firm in firms if firm.formula["organisation"] == "huarui_precision_tools")
    collected.report.say(zh="{firm}（{firm.source}）", en="{firm} ({firm.source})", firm=huarui)
    (markdown,) = collected.markdown()
    assert markdown.startswith(f"[{words}](#E1 ")
    assert "“株洲华锐精密工具股份有限公司”" in markdown
    record = collected.evidence()
    package = package_of(record)
    assert huarui == traced_of(record["figures"][0]["formula"], package)
    assert "new_materials_tools" in package.segments
    assert {"zh": "刀具", "en": "cutting tools"}[language] in "".join(collected.plain())


def test_a_link_says_who_feeds_whom():
    """A link reads as a sentence of its two ends, in both languages."""
    for language, words in (
        ("zh", "宗申向山河星航（原山河科技）供货"),
        ("en", "Zongshen supplying Sunward Aircraft (Shanhe Xinghang)"),
    ):
        collected = Collected(language=language)
        (link,) = (one for one in collected.report.links(chain="aviation") if "zongshen" in one.formula["link"])
        collected.report.say(zh="{link}", en="{link}", link=link)
        assert [words] == collected.plain()
        assert 1 == len(collected.evidence()["rows"]["links"])


def test_what_was_not_named_by_a_day_is_not_known():
    """As of a day, only organisations and links that a source had named are given."""
    assert () == Collected(as_of="2010-01-01").report.organisations(chain="aviation")
    today = Collected().report.organisations(chain="aviation")
    then = Collected(as_of="2020-10-31").report.organisations(chain="aviation")
    assert set(map(str, then)) < set(map(str, today))


def test_what_is_not_among_the_rows_is_refused():
    """A forged name is no name."""
    with pytest.raises(QuantityError, match="the organisation 'nobody' is not among the rows"):
        named(open_package(find_folder()), {"organisation": "nobody"})


def test_an_event_says_who_acts_by_what_and_how_far():
    """Actor, instrument, stage and area of an event are words of the data, or a dash."""
    collected = Collected(language="en")
    event = collected.report.event("lusong_apparel_innovation_centre")
    text = Text("{x.stage}", "{x.stage}|{x.area}|{x.actor}", {"x": event})
    collected.report.say(zh=text.zh, en=text.en, x=event)
    assert ["advancing|Lusong District|–"] == collected.plain()


def test_a_name_stands_for_itself():
    """Two names of one organisation are one figure."""
    assert Named({"organisation": "x"}) == Named({"organisation": "x"})
