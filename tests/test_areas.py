"""The report's area and those it lies in: asked for by notebooks, so that they can be built for any of them."""

import pytest

from folders import change, copy
from lusong_analysis.facts.reads import answers
from lusong_analysis.problem import Refused
from lusong_analysis.report import charts
from reports import Collected


def report(ref_area="430203", **parameters):
    """A report about an area."""
    return Collected(ref_area=ref_area, **parameters)


@pytest.mark.parametrize(
    ("ref_area", "around"),
    [
        ("430203", ("430200", "430000", "100000")),
        ("430202", ("430200", "430000", "100000")),
        ("430200", ("430000", "430000", "100000")),
    ],
)
def test_an_area_knows_those_it_lies_in(ref_area, around):
    """The next one, the province and the country come by their codes, for any area of the data."""
    asked = report(ref_area).report
    assert around == (asked.parent, asked.province, asked.country)


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "芦淞区属株洲市。"), ("en", "Lusong District lies in Zhuzhou.")]
)
def test_an_area_is_named_in_a_sentence(language, words):
    """Its name is printed in the report's language."""
    collected = report(language=language)
    asked = collected.report
    asked.say(zh="{area}属{city}。", en="{area} lies in {city}.", area=asked.area, city=asked.name_of(asked.parent))
    assert [words] == collected.plain()


def test_an_area_names_a_row_of_a_chart():
    """A chart takes a name of the data where it takes typed words, and its labels are recorded with it."""
    collected = report(language="en")
    asked = collected.report
    growth = asked.figure("industrial_value_added_growth", time_period="2019")
    city = asked.figure("industrial_value_added_growth", ref_area=asked.parent, time_period="2019")
    chart = charts.ranges(((asked.area, growth), (asked.name_of(asked.parent), city)))
    asked.chart(chart, zh="{growth}", en="{growth}", growth=growth)
    assert "Lusong District, 12.5%; Zhuzhou, 8.6%" in collected.plain()[0]


def test_what_is_asked_of_areas_is_written_down():
    """An area that is renamed concerns every report that prints its name."""
    asked = report().report
    assert "Hetang District" == asked.name_of("430202").en
    questions = asked.asked["whole"]
    assert ("areas", (("_key", "430202"),)) in questions
    assert "areas/430202" in answers(asked._all, questions)


def test_an_unknown_area_is_refused_with_the_nearest():
    """A name of a code that the data does not hold is a slip."""
    with pytest.raises(Refused, match="Did you mean '430203'"):
        report().report.name_of("430204")


def test_an_area_that_lies_in_none_is_refused(tmp_path, monkeypatch):
    """What the table of areas does not say cannot be asked, and the message says what to fill in."""
    folder = copy(tmp_path)
    change(folder, "areas", "430203", parent="")
    monkeypatch.setenv("LUSONG_DATA", str(folder))
    asked = report().report
    with pytest.raises(Refused, match=r"430203.*Fill its column parent"):
        _ = asked.parent
    with pytest.raises(Refused, match=r"no province that it lies in.*430203 芦淞区 \(district\)"):
        _ = asked.province


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", "此处无可写：未见“温暖企业行动”（荷塘区）的公开记载。"),
        (
            "en",
            "Nothing can be printed here: no record is known of the event “assistance campaign for enterprises” "
            "in Hetang District.",
        ),
    ],
)
def test_an_event_of_another_area_is_absent(language, words):
    """What happened in one district is not told of the next, and the sentence says of which nothing is known."""
    collected = report("430202", language=language)
    asked = collected.report
    asked.say(zh="{campaign}。", en="{campaign}.", campaign=asked.event("warm-enterprises-2020"))
    assert [words] == [text.replace("\u00a0", " ") for text in collected.plain()]


def test_an_event_of_the_province_is_known_in_its_districts():
    """What holds for the areas around the report's own holds for it too."""
    collected = report("430202")
    collected.report.say(zh="{reform}。", en="{reform}.", reform=collected.report.event("one-visit-reform-2019"))
    assert ["2019年4月。"] == collected.plain()


def test_an_organisation_is_named_with_evidence():
    """Its name links to the words of the source that names it; in another district it is absent."""
    collected = report(language="en")
    maker = collected.report.organisation("aecc_south_industry")
    collected.report.say(zh="{maker}。", en="{maker}", maker=maker)
    assert ["AECC South Industry Co., Ltd."] == collected.plain()
    assert ["aecc_south_industry"] == [row["organisation"] for row in collected.evidence()["rows"]["organisations"]]

    other = report("430202", language="en")
    other.report.say(zh="{maker}。", en="{maker}", maker=other.report.organisation("aecc_south_industry"))
    assert "organisation “AECC South Industry Co., Ltd.” in Hetang District" in other.plain()[0].replace("\u00a0", " ")


def test_an_unknown_organisation_is_refused_with_the_nearest():
    """A slip in a name is told as such."""
    with pytest.raises(Refused, match="Did you mean 'aecc_south_industry'"):
        report().report.organisation("aecc_south_industri")


def test_a_figure_of_an_organisation_elsewhere_is_not_known_of_this_area():
    """The sentence that names a gap does not say that nothing is known of a firm, where that is known elsewhere."""
    collected = report("430202", language="en")
    revenue = collected.report.figure("operating_revenue", counterpart="huarui_precision_tools", time_period="2024")
    collected.report.say(zh="{revenue}", en="{revenue}", revenue=revenue)
    (words,) = collected.plain()
    assert "of Zhuzhou Huarui Precision Tools Co., Ltd. in Hetang District for 2024" in words.replace("\u00a0", " ")
