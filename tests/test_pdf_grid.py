"""The cells of HTML tables, and what pandas leaves empty."""

import numpy as np
import pandas as pd
import pytest

from lusong_analysis.pdf import grid
from lusong_analysis.pdf.markdown import parse_html


def cells(rows):
    """Text, column and reach of each cell."""
    return [[(cell.text, cell.column, cell.rows, cell.columns) for cell in row] for row in rows]


def read(html):
    """Header and body of the first table."""
    header, body = grid.sections(parse_html(html).select_one("table"))
    return grid.grid(header), grid.grid(body)


def test_spans_move_what_follows_and_gaps_are_filled():
    """A cell that reaches down pushes the next row's cells aside; a short row gets empty cells."""
    _, rows = read("<table><tr><td rowspan=2>a<td colspan=2>b</tr><tr><td>c</tr></table>")
    assert [[("a", 0, 2, 1), ("b", 1, 1, 2)], [("c", 1, 1, 1), ("", 2, 1, 1)]] == cells(rows)


def test_no_cell_reaches_beyond_its_section():
    """A span that is too long, or zero, ends with the rows."""
    _, rows = read("<table><tr><td rowspan=9>a<td>b</tr><tr><td rowspan=0>c</tr></table>")
    assert [[2, 1], [1]] == [[cell.rows for cell in row] for row in rows]


def test_leading_rows_of_header_cells_are_the_header():
    """Without thead the rows that hold nothing but th are the header."""
    head, rows = read("<table><tr><th>a</tr><tr><td>1</tr></table>")
    assert (1, 1) == (len(head), len(rows))


def test_a_table_without_header_gets_one():
    """A list of names and values is headed by words, any other table by its first row."""
    names = grid.with_header(*read("<table><tr><th>a<td>1</tr><tr><th>b<td>2</tr></table>"), "Item", "Value")
    plain = grid.with_header(*read("<table><tr><td>a<td>b</tr><tr><td>1<td>2</tr></table>"), "Item", "Value")
    assert ["Item", "Value"] == [cell.text for cell in names[0][0]]
    assert (["a", "b"], 1) == ([cell.text for cell in plain[0][0]], len(plain[1]))


@pytest.mark.parametrize(
    ("frame", "plain"),
    [
        (pd.DataFrame({"x": [1, 2]}), True),
        (pd.DataFrame({"x": range(100)}), True),
        (pd.DataFrame({"x": [1, 2]}, index=[1, 2]), False),
        (pd.DataFrame({"x": [1, 2]}, index=["a", "b"]), False),
        (pd.DataFrame({"x": [1, 2]}).rename_axis("n"), False),
    ],
)
def test_only_the_count_of_pandas_is_a_plain_index(frame, plain):
    """An index of 0, 1, 2 … without a name says nothing; any other index does."""
    head, rows = read(frame._repr_html_())
    assert plain is grid.is_plain_index(grid.merge_names(head), rows)


def test_names_of_the_index_share_a_cell_with_those_of_the_columns():
    """Pandas' last header row, which names only the index, is no row of its own."""
    columns = pd.MultiIndex.from_product([["2023", "2024"], ["plan", "actual"]], names=["year", "kind"])
    frame = pd.DataFrame(np.zeros((1, 4)), index=pd.Index(["cloth"], name="material"), columns=columns)
    head, _ = read(frame.to_html())
    merged = grid.merge_names(head)
    assert 2 == len(merged)
    assert ("year kind material", 0, 2, 1) == cells(merged)[0][0]


def test_silent_header_cells_get_a_word():
    """A column whose header is empty is headed by a word; one of two rows with one word reaches over both."""
    head, _ = read("<table><thead><tr><th><th colspan=2>A</tr><tr><th><th>x<th>y</tr></thead></table>")
    assert [[("Item", 0, 2, 1), ("A", 1, 1, 2)], [("x", 1, 1, 1), ("y", 2, 1, 1)]] == cells(grid.fill(head, "Item"))


def test_the_last_header_cell_does_not_reach_down():
    """Checkers lose count of a last cell over two rows, so the word stands next to the data."""
    head, _ = read("<table><thead><tr><th colspan=2>A<th>B</tr><tr><th>x<th>y<th></tr></thead></table>")
    filled = cells(grid.fill(head, "Item"))
    assert [("", 2, 1, 1), ("B", 2, 1, 1)] == [row[-1] for row in filled]


def test_a_wide_table_is_parted_and_every_part_has_its_row_headers():
    """Columns that do not fit beside each other follow below, each part with the names of the rows."""
    frame = pd.DataFrame(np.ones((2, 12)) * 1e9, index=["a", "b"], columns=[f"column {n}" for n in range(12)])
    head, rows = read(frame.to_html())
    parts = grid.parts(head, rows, 47)
    assert len(parts) > 1
    assert [0] * len(parts) == [part[0] for part in parts]
    assert list(range(1, 13)) == [column for part in parts for column in part[1:]]
    assert ["", "column 0"] == [cell.text for cell in grid.columns_of(head, parts[0])[0]][:2]


def test_the_longest_word_of_a_column():
    """A word of Latin letters cannot be broken, Chinese can; one without end counts as twenty."""
    _, rows = read(f"<table><tr><td>of technologies<td>超过808亿元<td>{'x' * 99}</tr></table>")
    word, chinese, endless = grid.longest_words(rows)
    assert chinese < 3 < 6 < word < endless == 20
