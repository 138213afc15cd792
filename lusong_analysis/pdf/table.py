"""HTML tables turned into Typst: pandas', great-tables' and hand-written ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lusong_analysis.pdf.elements import all_inside, children, first_inside
from lusong_analysis.pdf.grid import (
    NOTHING,
    Cell,
    Grid,
    columns_of,
    fill,
    grid,
    is_plain_index,
    merge_names,
    parts,
    sections,
    width,
    with_header,
)
from lusong_analysis.pdf.source import array, call, literal, sequence

if TYPE_CHECKING:
    from bs4 import Tag

    from lusong_analysis.pdf.html import Writer

NUMBER = re.compile(r"[<>≤≥≈~]?\s*[$€¥£]?\s*[+−–-]?\s*\d[\d\s,.]*(?:[eE][+-]?\d+)?\s*[%‰†‡*]*")
ALIGNED = re.compile(r"text-align:\s*(left|right|center)")
HEADINGS_OF_OTHERS = ("gt_title", "gt_subtitle")
NOTES_OF_OTHERS = ("gt_sourcenote", "gt_footnote")
ROOM = 47  # em of the table's text across the plain page


def table(writer: Writer, tag: Tag) -> list[str]:
    """A table with its caption and notes; nothing if no cell says anything."""
    draft = writer.draft
    caption, notes = split_off(writer, tag)
    header, body = sections(tag)
    head, rows = merge_names(grid(header)), grid(body)
    if not any(
        cell.text or (cell.tags and first_inside(cell.tags[0], "a", "img")) for row in [*head, *rows] for cell in row
    ):
        return []
    if is_plain_index(head, rows):
        counted = list(range(1, width([*head, *rows])))
        without = columns_of(head, counted), columns_of(rows, counted)
        if len(parts(*without, ROOM)) == 1:  # else the count tells which rows belong together
            head, rows = without
    if len(head) + len(rows) == 1:  # cells side by side are no table
        return [call("par", content) for row in [*head, *rows] for cell in row for content in shown(writer, cell)]
    head, rows = with_header(head, rows, draft.word("项目", "Item"), draft.word("内容", "Value"))
    head = fill(head, draft.word("项目", "Item"))
    pieces = [data(writer, columns_of(head, kept), columns_of(rows, kept)) for kept in parts(head, rows, ROOM)]
    content = sequence(pieces)
    if caption:
        content = call("figure", content, kind="table", caption=sequence(caption))
    return [call("noted", sequence(notes), content) if notes else content]


def split_off(writer: Writer, tag: Tag) -> tuple[list[str], list[str]]:
    """Caption and notes, taken out of the table; great-tables keeps both in cells."""
    caption: list[str] = []
    for found in [*children(tag, "caption"), *all_inside(tag, classes=HEADINGS_OF_OTHERS)]:
        if caption:
            caption.append(literal(writer.draft.word("：", ": ")))
        caption += writer.line.paragraph(found.children)
        found.extract()
    notes = []
    for found in all_inside(tag, classes=NOTES_OF_OTHERS):
        notes.append(call("par", sequence(writer.line.paragraph(found.children))))
        found.extract()
    return caption, notes


def data(writer: Writer, head: Grid, rows: Grid) -> str:
    """The call that sets a table."""
    sides = [side(rows, column) for column in range(width([*head, *rows]))]
    return call(
        "data",
        *(written(writer, cell, sides) for row in rows for cell in row),
        columns=str(len(sides)),
        align=array(sides),
        header=array(array(written(writer, cell, sides, head=True) for cell in row) for row in head),
        whole="true" if len(rows) <= 10 and sum(len(cell.text) for row in rows for cell in row) < 1000 else None,
        repeat="false" if any(is_prose(row) for row in head) else None,
    )


def is_prose(row: list[Cell]) -> bool:
    """Whether a header repeated on the next page, outside the tags, would read like a hidden sentence."""
    words = [word for cell in row for word in cell.text.split()]
    return len(words) >= 8 and sum(word[0].islower() for word in words) >= 4


def stated(cell: Cell) -> str:
    """The alignment that the HTML gives the cell, or an empty string."""
    if not cell.tags:
        return ""
    tag = cell.tags[0]
    found = ALIGNED.search(str(tag.get("style") or ""))
    classes = [str(name).removeprefix("gt_") for name in tag.get("class") or []]
    names = [found[1] if found else "", str(tag.get("align") or ""), *classes]
    return next((name for name in names if name in ("left", "right", "center")), "")


def side(rows: Grid, column: int) -> str:
    """Alignment of a column: as its cells say, else numbers to the right."""
    cells = [cell for row in rows for cell in row if cell.column == column and cell.columns == 1]
    said = {stated(cell) for cell in cells if cell.text}
    if len(said) == 1 and (only := next(iter(said))):
        return only
    texts = [cell.text for cell in cells if cell.text not in NOTHING]
    return "right" if texts and all(NUMBER.fullmatch(text) for text in texts) else "left"


def shown(writer: Writer, cell: Cell) -> list[str]:
    """What a cell shows, a piece a tag."""
    return [sequence(writer.flow(tag)) for tag in cell.tags] or [literal(cell.text)]


def written(writer: Writer, cell: Cell, sides: list[str], head: bool = False) -> str:
    """The Typst of one cell, with what it does differently from its column."""
    first, *others = shown(writer, cell)
    content = sequence([first, *(piece for other in others for piece in ("linebreak()", other))])
    wanted = ("center" if head else "left") if cell.columns > 1 else "" if head else stated(cell)
    align = wanted + (" + bottom" if head else "") if wanted and wanted != sides[cell.column] else None
    colspan = str(cell.columns) if cell.columns > 1 else None
    rowspan = str(cell.rows) if cell.rows > 1 else None
    if not (align or colspan or rowspan):
        return content
    return call("table.cell", content, colspan=colspan, rowspan=rowspan, align=align)
