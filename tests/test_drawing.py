"""Drawing: the pen remembers what it writes, lines break where they may, and nothing is drawn that no font has."""

import warnings

import pytest

from figures import observation
from lusong_analysis.facts.package import find_folder, open_package
from lusong_analysis.quantity import Period
from lusong_analysis.report.drawing import WIDTH, Box, Chart, Pen, render, texts_of, trim
from lusong_analysis.report.text import Speaker, Text

NOTHING = Text("", "")


def drawn(draw, language="zh", height=60):
    """A picture of what a function draws, and the pen that drew it."""
    pen = Pen(Speaker(language, open_package(find_folder()), lambda _: "E1"))
    return render(Chart(draw, height, {}, NOTHING, NOTHING), pen), pen


def lines_of(text, width, language):
    """The lines into which a text is broken."""
    picture, _ = drawn(lambda axes, pen: pen.write(axes, 0, 0, text, width=width), language)
    return [entry["text"] for entry in picture.texts]


def test_texts_know_their_label():
    """Each text of the SVG belongs to the label that wrote it, and what no label wrote belongs to none."""

    def draw(axes, pen):
        pen.figure(axes, 20, 20, observation("apparel-revenue-2019", "5", "=", "亿元"))
        axes.text(40, 40, "loose")

    picture, pen = drawn(draw)
    assert [{"text": "5", "label": 0}, {"text": "loose", "label": None}] == picture.texts
    assert picture.texts == texts_of(picture.svg)
    assert ["{x:cell}"] == [label.zh for label in pen.labels]


def test_a_picture_is_measured_in_points():
    """The picture is as wide as the page's grid and as high as the chart says, from the top left corner [pt]."""
    found = []

    def draw(axes, pen):
        found.append((axes.get_xlim(), axes.get_ylim(), axes.figure.get_size_inches()))

    drawn(draw, height=90)
    across, down, size = found[0]
    assert ((0, WIDTH), (90, 0)) == (across, down)
    assert pytest.approx((WIDTH / 72, 90 / 72)) == tuple(size)


def test_a_picture_can_be_trimmed_while_it_is_drawn():
    """A trimmed picture is lower, and a point stays a point."""
    picture, _ = drawn(lambda axes, pen: trim(axes, 30), height=90)
    assert 'height="30pt"' in picture.svg


@pytest.mark.parametrize(
    ("language", "text", "width", "lines"),
    [
        ("en", "gross output value of the apparel industry", 0, ["gross output value of the apparel industry"]),
        ("en", "gross output value of the apparel", 80, ["gross output value", "of the apparel"]),
        ("en", "telecommunications", 20, ["telecommunications"]),
        ("zh", "芦淞区服饰产业技工贸收入", 60, ["芦淞区服饰产", "业技工贸收入"]),
        ("zh", "甲乙丙丁，戊己", 34, ["甲乙丙", "丁，戊己"]),
        ("zh", "名称\n甲乙", 100, ["名称", "甲乙"]),
    ],
)
def test_lines_break_where_they_may(language, text, width, lines):
    """Between words in English, between signs in Chinese, never before a comma; lines come out of like length."""
    assert lines == lines_of(Text(text, text), width, language)


def test_a_month_stays_with_its_number():
    """A Chinese period breaks after its year, not within 1—9月."""
    code = "2025-01-01/P9M"
    text = Text("{x}", "{x}", {"x": Period(code, {"period": code})})
    assert ["2025年", "1—9月"] == lines_of(text, 30, "zh")


def test_room_is_what_a_text_takes():
    """The pen knows the size of a text before it is written, and leaves nothing behind from measuring."""
    found = []

    def draw(axes, pen):
        text = Text("芦淞区服饰产业", "apparel")
        found.append(pen.room(axes, text, width=30))
        assert [] == [*axes.texts, *pen.labels]
        artist = pen.write(axes, 0, 0, text, width=30)
        box = artist.get_window_extent()
        found.append((box.width * 72 / axes.figure.dpi, box.height * 72 / axes.figure.dpi))

    drawn(draw)
    assert pytest.approx(found[0]) == found[1]


def test_boxes_that_only_touch_do_not_overlap():
    """Two boxes overlap where they share an area, not an edge."""
    box = Box(0, 0, 10, 10)
    assert [True, False, False] == [box.overlaps(Box(x, y, x + 10, y + 10)) for x, y in ((9, 9), (10, 0), (0, 10))]


def test_a_character_that_no_font_has_is_an_error():
    """A missing glyph stops the drawing instead of leaving an empty box."""
    with warnings.catch_warnings(), pytest.raises(UserWarning, match="missing from font"):
        drawn(lambda axes, pen: pen.write(axes, 0, 0, Text("\U0001f600", "")))
