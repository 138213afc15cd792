"""Sheets become a workbook: filters, frozen heads, links, a printed page, and text that never runs as a formula."""

from __future__ import annotations

import datetime
import io
import math
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from operator import itemgetter
from typing import Any

from lusong_analysis.problem import Problem, Refused

# A cell that begins so would be read as a formula where it is typed, or opened from a CSV.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
LONGEST = 32767  # UTF-16 units of one cell: Excel cuts off the rest without a word
LONGEST_TEXT = 255  # letters of a cell that is formatted as text
TEXT = 49  # the number of the built-in format "@"
LONGEST_ADDRESS = 2079  # of a link; a longer address stays plain text
WIDEST = 40  # letters of a column; longer text is wrapped
HIGHEST = 409  # points of a row: Excel allows no more
LINE = 14.5  # the height of a line of text [points]
PAGE = 185  # letters that stand side by side on A4 landscape and can still be read

BLUE, INK, RULE, TINT = "#17456b", "#1b1f24", "#c3cad1", "#eef2f5"
FONT = {"font_name": "Microsoft YaHei", "font_size": 10}
BODY = {"valign": "top", "font_color": INK, "bottom": 1, "bottom_color": RULE}
HEAD = {"bold": True, "font_color": BLUE, "bg_color": TINT, "text_wrap": True, "valign": "vcenter"}


@dataclass(frozen=True)
class Number:
    """A number that a spreadsheet computes with, shown with so many decimals; None shows what there are."""

    value: Fraction
    decimals: int | None = None


@dataclass(frozen=True)
class Link:
    """A text that leads to an address, or to a cell of the workbook as ``cell_address`` gives it."""

    text: str
    target: str


Cell = str | Number | Link


@dataclass(frozen=True)
class Sheet:
    """A table of one sheet.

    Parameters
    ----------
    name : str
        Its name, as ``sheet_name`` makes it.
    head : tuple of str
        The words of the head; a line break parts the languages.
    rows : tuple of tuple of Cell
        As many cells a row as the head has; an empty text leaves the cell empty.
    kept : int
        How many columns at the left stay in sight, and stand on each printed page.
    widest : int
        The width of a column at which text is wrapped [letters].
    filters : bool
        Whether the head has filters.
    """

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    kept: int = 1
    widest: int = WIDEST
    filters: bool = True


def sheet_name(*words: str) -> str:
    """A name that a sheet may have: no more words than fit into 31 letters, and none of the letters Excel forbids."""
    clean = ["".join(" " if letter in "[]:*?/\\" else letter for letter in word).strip("' ") for word in words]
    whole = " ".join(filter(None, clean))
    return whole if len(whole) <= 31 else clean[0][:31]


def cell_address(sheet: str, row: int, column: str = "A") -> str:
    """The target of a link to a cell; the head is row 1."""
    return f"internal:'{sheet.replace(chr(39), chr(39) * 2)}'!{column}{row}"


def link(text: str, target: str) -> Cell:
    """A text with a link where the target is one that a workbook can hold, else the text alone."""
    if text and target.startswith(("internal:", "http://", "https://")) and _length(target) <= LONGEST_ADDRESS:
        return Link(text, target)
    return text


def workbook(sheets: Iterable[Sheet], properties: dict[str, str], date: str) -> bytes:
    """Write a workbook; the same sheets give the same bytes on any day.

    Parameters
    ----------
    sheets : Iterable of Sheet
        In their order.
    properties : dict of str to str
        ``title``, ``subject``, ``author`` and ``comments`` of the document; the title stands under each printed page.
    date : str
        The day on which it counts as made, as ``2026-11-01``.

    Raises
    ------
    Refused
        A text is longer than a cell can hold.
    """
    from xlsxwriter import Workbook

    target = io.BytesIO()
    inert = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    # The library writes into the dictionary that it is given.
    book = Workbook(target, {"in_memory": True, "default_format_properties": dict(FONT), **inert})
    book.set_properties({**properties, "created": datetime.datetime.fromisoformat(date)})
    formats = _formats(book)
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), sheet, formats, properties["title"])
    book.close()
    return target.getvalue()


def _formats(book: Any) -> Callable[..., Any]:
    @cache
    def made(**properties: Any) -> Any:
        return book.add_format({**BODY, **{name: value for name, value in properties.items() if value}})

    return made


def _write(paper: Any, sheet: Sheet, formats: Callable[..., Any], title: str) -> None:
    width = len(sheet.head)
    for column, words in enumerate(sheet.head):
        paper.write_string(0, column, words, formats(**HEAD, bottom=2, bottom_color=BLUE))
    breadths = [[_breadths(cell) for cell in cells] for cells in sheet.rows]
    widths = [_width(words, map(itemgetter(column), breadths), sheet) for column, words in enumerate(sheet.head)]
    for column, letters in enumerate(widths):
        paper.set_column(column, column, letters)
    paper.set_row(0, LINE * max(words.count("\n") + 1 for words in sheet.head) + 4)
    for number, cells in enumerate(sheet.rows, 1):
        for column, cell in zip(range(width), cells, strict=True):
            _write_cell(paper, sheet, number, column, cell, formats)
        # LibreOffice takes heights as they are stored, so wrapped text would be cut off.
        lines = max(map(_lines, cells, breadths[number - 1], widths))
        paper.set_row(number, min(LINE * lines + 3, HIGHEST))
    paper.freeze_panes(1, sheet.kept)
    if sheet.filters:
        paper.autofilter(0, 0, len(sheet.rows), width - 1)
    if sheet.rows:
        # Codes and numbers as printed are text on purpose; without this Excel marks each of them.
        paper.ignore_errors({"number_stored_as_text": f"A1:XFD{len(sheet.rows) + 1}"})
    _set_up_page(paper, sheet, sum(widths), title)


def _write_cell(paper: Any, sheet: Sheet, row: int, column: int, cell: Cell, formats: Callable[..., Any]) -> None:
    if isinstance(cell, Number):
        # "_ " leaves a space before the unit that follows in the next column.
        shown = ("General" if cell.decimals is None else f"0.{'0' * cell.decimals}".removesuffix(".")) + "_ "
        paper.write_number(row, column, float(cell.value), formats(num_format=shown, align="right"))
        return
    text = cell.text if isinstance(cell, Link) else cell
    if not holds(LONGEST, text):
        found = f"{text[:40]}… ({_length(text)} letters)"
        where = f"sheet {sheet.name}, row {row + 1}, column {sheet.head[column]}"
        raise Refused([Problem(where, found, f"A cell of a workbook holds {LONGEST} letters.", "Shorten the text.")])
    if isinstance(cell, Link):
        paper.write_url(row, column, cell.target, formats(font_color=BLUE, underline=1), text)
    elif text:
        # Edited, a cell that is no text becomes a formula or a date; a longer one shows as ### in older versions.
        kind, quoted = holds(LONGEST_TEXT, text), text.startswith(FORMULA_SIGNS)
        paper.write_string(row, column, text, formats(text_wrap=True, num_format=kind and TEXT, quote_prefix=quoted))
    else:
        paper.write_blank(row, column, None, formats())


def _width(head: str, column: Iterable[Sequence[int]], sheet: Sheet) -> int:
    """The width of a column [letters], by the breadths of its lines; the filter's button takes three."""
    widest = max(map(max, filter(None, column)), default=0)
    return max(min(widest + 2, sheet.widest), max(_breadths(head)) + 4)


def _lines(cell: Cell, breadths: Sequence[int], letters: int) -> int:
    """How many lines a cell takes in a column of so many letters; links and numbers are not wrapped."""
    if not isinstance(cell, str):
        return 1
    # Lines break at words, so not every line is full; but most letters are narrower than the digit that counts as one.
    return sum(max(1, math.ceil(0.93 * breadth / (letters - 2))) for breadth in breadths)


def _breadths(cell: Cell) -> list[int]:
    """The breadth of each line of a cell [letters]; Chinese ones count two."""
    if isinstance(cell, Number):
        text = f"{float(cell.value):.{cell.decimals or 0}f}"
    else:
        text = cell.text if isinstance(cell, Link) else cell
    return [len(line) if line.isascii() else sum(map(_breadth, line)) for line in text.splitlines()]


@cache
def _breadth(letter: str) -> int:
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def holds(longest: int, text: str) -> bool:
    """Whether so many letters, as Excel counts them, hold a text."""
    return 2 * len(text) <= longest or _length(text) <= longest


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _set_up_page(paper: Any, sheet: Sheet, letters: int, title: str) -> None:
    """A4 landscape with the head on each page; as many pages side by side as keep the letters readable."""
    beside = max(1, math.ceil(letters / PAGE))
    paper.set_landscape()
    paper.set_paper(9)
    paper.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    paper.repeat_rows(0)
    if beside > 1:
        paper.repeat_columns(0, sheet.kept - 1)
    paper.fit_to_pages(beside, 0)
    paper.set_footer(f"&L&8{title.replace('&', '&&')}&C&8&A&R&8&P / &N")
