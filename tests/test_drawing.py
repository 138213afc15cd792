"""Charts: deterministic pictures whose texts are known and whose labels fit."""

import itertools
import warnings

import pytest

from figures import observation
from lusong_analysis.facts.package import find_folder, open_package
from lusong_analysis.measures.growth import required_growth_by_year
from lusong_analysis.report import charts
from lusong_analysis.report.drawing import Chart, Pen, render, texts_of
from lusong_analysis.report.text import Speaker, Text
from reports import Collected


def speaker(language):
    """A speaker over the checkout's own data."""
    return Speaker(language, open_package(find_folder()), lambda _: "E1")


def chart_of(name, language="zh"):
    """The charts of the apparel report."""
    report = Collected(language=language).report
    revenue = report.figure("technology_industry_trade_revenue", time_period="2019")
    target = report.figure("technology_industry_trade_revenue_target", time_period="2018")
    if name == "bounds_by_year":
        return charts.bounds_by_year(required_growth_by_year(revenue, target, report.parameter("horizon")))
    keys = ("technology_industry_trade_revenue", "technology_industry_trade_revenue_target", "apparel_industry_scale")
    return charts.statements_by_definition(report.history(*keys))


CHARTS = ("bounds_by_year", "statements_by_definition")
BOTH = list(itertools.product(CHARTS, ("zh", "en")))


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_a_chart_gives_the_same_bytes(name, language):
    """Drawn twice, a chart is the same SVG and the same PNG."""
    one, other = (render(chart_of(name, language), Pen(speaker(language))) for _ in range(2))
    assert (one.svg, one.png) == (other.svg, other.png)


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_no_label_is_cut_or_covers_another(name, language):
    """Every text lies inside the picture, and no two overlap."""
    chart = chart_of(name, language)
    boxes = {}

    def draw(axes, pen):
        chart.draw(axes, pen)
        axes.figure.canvas.draw()
        area = axes.figure.bbox
        for text in axes.texts:
            if text.get_text():
                boxes[text.get_text(), text.get_position()] = (text.get_window_extent(), area)

    render(Chart(draw, chart.height, chart.figures, chart.measure, chart.alternative), Pen(speaker(language)))
    assert boxes
    for (words, _), (box, area) in boxes.items():
        assert area.x0 - 1 <= box.x0, words
        assert box.x1 <= area.x1 + 1, words
        assert area.y0 - 1 <= box.y0, words
        assert box.y1 <= area.y1 + 1, words
    for (one, (a, _)), (other, (b, _)) in itertools.combinations(boxes.items(), 2):
        covered = min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
        assert not covered, (one, other)


@pytest.mark.parametrize("name", CHARTS)
def test_the_alternative_text_is_words_more_than_numbers(name):
    """An alternative text says kind and shape, and lists few values: more than half of it is letters."""
    words = speaker("zh").plain(chart_of(name).alternative)
    assert sum(character.isalpha() for character in words) > len(words) / 2


def test_texts_know_their_label():
    """Each text of the SVG belongs to the label that wrote it, and what no label wrote belongs to none."""

    def draw(axes, pen):
        pen.figure(axes, 0.5, 0.5, observation("apparel-revenue-2019", "5", "=", "亿元"))
        axes.text(0.2, 0.2, "loose")
        axes.set_axis_off()

    picture = render(Chart(draw, 1, {}, Text("", ""), Text("", "")), Pen(speaker("zh")))
    assert [{"text": "5", "label": 0}, {"text": "loose", "label": None}] == picture.texts
    assert picture.texts == texts_of(picture.svg)


def test_a_character_that_no_font_has_is_an_error():
    """A missing glyph stops the drawing instead of leaving an empty box."""

    def draw(axes, pen):
        pen.write(axes, 0, 0, Text("\U0001f600", ""))

    with warnings.catch_warnings(), pytest.raises(UserWarning, match="missing from font"):
        render(Chart(draw, 1, {}, Text("", ""), Text("", "")), Pen(speaker("zh")))
