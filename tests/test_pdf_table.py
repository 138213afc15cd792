"""HTML tables in the PDF."""

from itertools import pairwise

import pandas as pd
import pytest

from lusong_analysis.pdf.read import links, tables
from pages import characters
from pdf_page import export, page, shown, typst


def table(html, **metadata):
    """A table read back from the PDF it became."""
    return tables(page(shown({"text/html": html, "text/plain": "table"}, **metadata)))


def stripped(rows):
    """The texts of cells without the spaces at their ends."""
    return [[cell.strip() for cell in row] for row in rows]


def test_a_frame_of_pandas():
    """Numbers, texts and header cells stand as pandas shows them; the bare count does not."""
    frame = pd.DataFrame({"town": ["Hetang", "Lusong"], "revenue": [12.5, 1000]})
    assert [[["town", "revenue"], ["Hetang", "12.5"], ["Lusong", "1000.0"]]] == [
        stripped(rows) for rows in table(frame._repr_html_())
    ]


def test_numbers_stand_to_the_right_unless_the_table_says_otherwise():
    """A column of numbers is aligned right, one of text left, and a style or class goes before both."""
    html = (
        "<table><tr><th>a<th>b<th>c<th>d</tr>"
        '<tr><td>x<td>1,000<td style="text-align: center">2<td class="gt_left">3</tr></table>'
    )
    statements, _ = typst(html)
    assert "align: (left, right, center, left, )" in statements[0]


def test_captions_and_notes_of_great_tables():
    """Title and subtitle are the caption, the source note stands under the table, and the header is one of columns."""
    html = (
        "<table><thead><tr><td class=gt_title colspan=2>Title</td></tr><tr><td class=gt_subtitle>sub</td></tr>"
        "<tr><th></th><th>v</th></tr></thead><tbody><tr><th>r</th><td>1</td></tr></tbody>"
        "<tfoot><tr><td class=gt_sourcenote colspan=2>Source: x</td></tr></tfoot></table>"
    )
    statements, _ = typst(html)
    assert 1 == len(statements)
    assert statements[0].startswith(
        'noted(par("Source: x"), figure(kind: table, caption: {"Title"; ": "; "sub"}, data('
    )
    assert 'header: (("Item", "v", ), )' in statements[0]


def test_anchors_and_links_in_cells():
    """An anchor in a cell is a named destination, and a link in a cell or caption leads there."""
    html = (
        '<table><caption>see <a href="#E1">one</a></caption><thead><tr><th>No.</th><th>Words</th></tr></thead>'
        '<tr><td><a id="E1"></a></td><td><a href="#E1">E1</a></td></tr></table>'
    )
    document = page(shown({"text/html": html, "text/plain": ""}))
    assert [("one", "E1"), ("E1", "E1")] == [(link.text.strip(), link.target) for link in links(document)]
    assert [("E1", "H2")] == [
        (piece.text.strip(), piece.path[-1]) for piece in document.pieces if piece.path[-2:-1] == ("TD",)
    ][:1]


def test_a_header_that_reads_like_prose_is_not_repeated():
    """On the next page a repeated header is outside the tags: eight words there would be a hidden sentence."""
    head = "".join(f"<th>word number {n}</th>" for n in range(3))
    statements, _ = typst(f"<table><thead><tr>{head}</tr></thead><tr><td>1<td>2<td>3</tr></table>")
    assert "repeat: false" in statements[0]


def test_a_long_table_goes_on_with_its_header_on_the_next_page():
    """A table of 90 rows breaks, stays one table and repeats its header outside the tags."""
    rows = "".join(f"<tr><td>row {n}</td><td>{n}</td></tr>" for n in range(90))
    document = page(
        shown({"text/html": f"<table><thead><tr><th>Name<th>N</tr></thead>{rows}</table>", "text/plain": ""})
    )
    assert [91] == [len(rows) for rows in tables(document)]
    assert [False, True, True] == ["Name" in text for text in document.artifacts]


def test_cells_side_by_side_are_no_table():
    """A single row without a header is printed as paragraphs."""
    assert ['par("a")', 'par("b")'] == typst("<table><tr><td>a<td>b</tr></table>")[0]


def test_a_table_of_nothing_is_nothing():
    """An empty frame prints no table."""
    assert [] == typst(pd.DataFrame()._repr_html_())[0]


@pytest.mark.parametrize(
    ("short", "long"), [("超过808亿元", "很长的文字，" * 40), ("over 80.8 billion yuan", "a text of many words " * 20)]
)
def test_width_goes_where_texts_are_long(short, long):
    """What is short stays on one line, and what is long gets the rest of the page."""
    html = f"<table><tr><th>a<th>b<th>c</tr><tr><td>{short}<td>{long}<td>{short}</tr></table>"
    cells = {}
    for character in characters(export(shown({"text/html": html, "text/plain": ""}), language="zh")):
        if "TD" in character.path:
            cells.setdefault(character.element, []).append(character)
    ends = [sorted(character.bottom for character in cell) for cell in cells.values()]
    lines = [1 + sum(later - earlier > 5 for earlier, later in pairwise(cell)) for cell in ends]
    assert [1, 1] == [lines[0], lines[2]]
    assert lines[1] > 3
    assert max(character.right for cell in cells.values() for character in cell) > 450
