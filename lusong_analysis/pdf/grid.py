"""The cells of an HTML table at their rows and columns, and what must change for a reader who only hears them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from lusong_analysis.pdf.elements import all_inside, children, first_inside

if TYPE_CHECKING:
    from bs4 import Tag

NOTHING = frozenset(["", "-", "–", "—", "——", "…", "...", "nan", "NaN", "NaT", "None", "<NA>"])
LATIN_WORD = re.compile(r"[!-~\u00a0-\u024f]+")


@dataclass(frozen=True)
class Cell:
    """One cell: what it shows (tags one below the other, or a text of ours), its place, how far it reaches."""

    tags: tuple[Tag, ...]
    text: str
    column: int
    rows: int = 1
    columns: int = 1


Grid = list[list[Cell]]


def sections(tag: Tag) -> tuple[list[Tag], list[Tag]]:
    """Rows of the header and of the body; without thead, leading rows of nothing but th are the header."""
    rows = [row for row in all_inside(tag, "tr") if row.find_parent("table") is tag and first_inside(row, "td", "th")]
    header = [row for row in rows if row.parent is not None and row.parent.name == "thead"]
    body = [row for row in rows if row not in header]
    leading = bool(header)
    while not leading and len(body) > 1 and not children(body[0], "td"):
        header.append(body.pop(0))
    return header, body


def span(tag: Tag, name: str, most: int) -> int:
    """How many rows or columns a cell covers, never beyond its section."""
    value = str(tag.get(name) or "1")
    return max(1, min(int(value) or most, most)) if value.isdecimal() else 1


def grid(tags: list[Tag]) -> Grid:
    """The cells of some rows at their columns; gaps are filled with empty cells."""
    taken: set[tuple[int, int]] = set()
    rows: Grid = []
    for index, tag in enumerate(tags):
        cells: list[Cell] = []
        column = 0
        for found in children(tag, "td", "th"):
            while (index, column) in taken:
                column += 1
            text = " ".join(found.get_text().split())
            down, right = span(found, "rowspan", len(tags) - index), span(found, "colspan", 1000)
            taken |= {(index + row, column + place) for row in range(down) for place in range(right)}
            cells.append(Cell((found,), text, column, down, right))
        rows.append(cells)
    width = max((column + 1 for _, column in taken), default=0)
    for index, cells in enumerate(rows):
        cells += [Cell((), "", column) for column in range(width) if (index, column) not in taken]
        cells.sort(key=lambda cell: cell.column)
    return rows


def width(rows: Grid) -> int:
    """Number of columns."""
    return max((cell.column + cell.columns for row in rows for cell in row), default=0)


def merge_names(head: Grid) -> Grid:
    """Let pandas' row of index names, which names nothing but the index, share one cell with what stands above it."""
    names = {cell.column: cell for cell in head[-1] if cell.text} if len(head) > 1 else {}
    columns = {column: [cell for row in head for cell in row if cell.column == column] for column in names}
    single = all(cell.columns == cell.rows == 1 for cells in columns.values() for cell in cells)
    whole = all(len(cells) == len(head) for cells in columns.values())
    if not names or len(names) == len(head[-1]) or not single or not whole:
        return head
    merged = [[cell for cell in row if cell.column not in names] for row in head[:-1]]
    for column, cells in columns.items():
        said = [cell for cell in cells if cell.text]
        tags = tuple(tag for cell in said for tag in cell.tags)
        merged[0].append(Cell(tags, " ".join(cell.text for cell in said), column, rows=len(head) - 1))
    merged[0].sort(key=lambda cell: cell.column)
    return merged


def is_plain_index(head: Grid, rows: Grid) -> bool:
    """Whether the first column is pandas' own count 0, 1, 2, … under an empty header."""
    first = [row[0] for row in rows if row]
    if not head or not first or any(row[0].column or row[0].columns > 1 or row[0].text for row in head if row):
        return False
    if any(not cell.tags or cell.tags[0].name != "th" or cell.columns > 1 or cell.rows > 1 for cell in first):
        return False
    counts = [int(cell.text) if cell.text.isdecimal() else -1 for cell in first if cell.text not in NOTHING]
    return bool(counts) and counts[0] == 0 and all(later > earlier for earlier, later in pairwise(counts))


def with_header(head: Grid, rows: Grid, item: str, value: str) -> tuple[Grid, Grid]:
    """A table that has no header gets one: words over a list of names and values, else its first row."""
    if head or len(rows) < 2:
        return head, rows
    if width(rows) == 2 and all(cell.tags and cell.tags[0].name == "th" for row in rows for cell in row[:1]):
        return [[Cell((), item, 0), Cell((), value, 1)]], rows
    deep = max(cell.rows for cell in rows[0])
    return rows[:deep], rows[deep:]


def fill(head: Grid, word: str) -> Grid:
    """One header cell for a column whose header says one thing or nothing; nothing becomes the word."""
    last = width(head) - 1
    for column in range(last + 1):
        cells = [cell for row in head for cell in row if cell.column == column and cell.columns == 1]
        said = [cell for cell in cells if cell.text]
        if sum(cell.rows for cell in cells) < len(head) or len(said) > 1:
            continue
        one = replace(said[0] if said else Cell((), word, column), rows=len(head))
        rest = [[cell for cell in row if cell not in cells] for row in head]
        if column == last and len(head) > 1:
            # checkers lose count of a last cell that reaches down: empty cells, and the word next to the data
            for row in rest[:-1]:
                row.append(Cell((), "", column))
            rest[-1].append(replace(one, rows=1))
        else:
            rest[0] = sorted([*rest[0], one], key=lambda cell: cell.column)
        head = rest
    return head


def columns_of(rows: Grid, kept: list[int]) -> Grid:
    """The grid with only some of its columns."""
    found: Grid = []
    for row in rows:
        reach = [
            (cell, [kept.index(c) for c in range(cell.column, cell.column + cell.columns) if c in kept]) for cell in row
        ]
        found.append([replace(cell, column=places[0], columns=len(places)) for cell, places in reach if places])
    return found


def longest_words(rows: Grid) -> list[float]:
    """For each column the width of its longest word, as far as counting signs can tell [em]."""
    found = [1.0] * width(rows)
    for cell in (cell for row in rows for cell in row if cell.columns == 1):
        words = [0.56 * len(word) for word in LATIN_WORD.findall(cell.text)]
        found[cell.column] = max(found[cell.column], min(max(words, default=1), 20))
    return found


def parts(head: Grid, rows: Grid, room: float) -> list[list[int]]:
    """The columns of each part of a table too wide for the page; every part begins with the row headers.

    Parameters
    ----------
    head, rows : list
        The table.
    room : float
        Width of the page [em of the table's text].
    """
    widths = [word + 1 for word in longest_words([*head, *rows])]
    names = [column for column in range(len(widths)) if is_row_header(rows, column)]
    prefix = [column for place, column in enumerate(names) if column == place]
    found = [list(prefix)]
    for column in range(len(prefix), len(widths)):
        if len(found[-1]) > len(prefix) and sum(widths[c] for c in [*found[-1], column]) > room:
            found.append(list(prefix))
        found[-1].append(column)
    return found


def is_row_header(rows: Grid, column: int) -> bool:
    """Whether all cells of the column are marked as headers of their rows."""
    cells = [cell for row in rows for cell in row if cell.column == column]
    return bool(cells) and all(cell.tags and cell.tags[0].name == "th" for cell in cells)
