"""A file of the data package becomes rows, and every cell that is none becomes a problem.

Files as Excel and WPS save them (byte order mark, CRLF, blank last lines) are read as they are meant.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from lusong_analysis.facts.patterns import RULES
from lusong_analysis.facts.rows import MODELS, Row
from lusong_analysis.problem import Problem, did_you_mean

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Table(Generic[R]):
    """The rows of one file by their number as a spreadsheet shows it (the head is row 1).

    ``rows`` holds those that are right cell by cell; ``keys`` the keys of all, so that one wrong cell is no missing
    row for those that refer to it. Where the file could not be read to its end, ``whole`` is False.
    """

    model: type[R]
    place: str
    rows: dict[int, R]
    keys: dict[int, str]
    whole: bool = True

    @cached_property
    def held(self) -> frozenset[str]:
        """The keys, for whoever asks again and again, once the file has been read."""
        return frozenset(self.keys.values())


def place(table: str, row: int = 0, column: str = "") -> str:
    """Where something stands: ``data/observations.csv, row 12, column unit``."""
    return table + (f", row {row}" if row else "") + (f", column {column}" if column else "")


def read_tables(folder: Path) -> tuple[dict[str, Table[Any]], list[Problem]]:
    """Every table of a data folder by its name, and what is wrong in the files."""
    tables: dict[str, Table[Any]] = {}
    problems: list[Problem] = []
    for model in MODELS:
        tables[model.table], found = read_table(folder, model)
        problems += found
    return tables, problems


def read_table(folder: Path, model: type[R]) -> tuple[Table[R], list[Problem]]:
    """One table, as far as it can be read, and what is wrong in its file."""
    file = f"{folder.name}/{model.table}.csv"
    records, problems = _records(folder / f"{model.table}.csv", file, model)
    if problems:
        return Table(model, file, {}, {}, whole=False), problems
    head = records[0]
    of_the_head = list(_head_problems(file, head, model.columns()))
    table = Table(model, file, {}, {}, whole=not of_the_head)
    for number, cells in enumerate(records[1:], start=2):
        record = dict(zip(head, cells, strict=False))
        table.keys[number] = record.get(model.key_column(), "")
        found = list(_length_problems(place(file, number), len(head), cells))
        if found:
            # A wrong head would be reported again with every row.
            problems += [] if of_the_head else found
            continue
        row, found = _row(file, number, record, model)
        problems += found
        if row is not None:
            table.rows[number] = row
    return table, of_the_head + problems


def _records(path: Path, file: str, model: type[Row]) -> tuple[list[list[str]], list[Problem]]:
    text, problems = _text(path, file)
    records: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), strict=True):
            records.append(cells)
    except csv.Error as error:
        rule = 'A cell that begins with " ends with ", and a " inside it is written "".'
        problems.append(Problem(place(file, len(records) + 1), str(error), rule, "Correct the quotation marks."))
    while records and not any(cell.strip() for cell in records[-1]):
        records.pop()
    if not records and not problems:
        problems.append(Problem(file, "", "The file is empty.", f"Its first row is: {','.join(model.columns())}"))
    return records, problems


def _text(path: Path, file: str) -> tuple[str, list[Problem]]:
    try:
        return path.read_bytes().decode("utf-8-sig"), []
    except FileNotFoundError:
        near = did_you_mean(path.name, [other.name for other in path.parent.glob("*.csv")])
        todo = f"Create the file, with a head and no rows where there is nothing to hold. {near}".rstrip()
        return "", [Problem(file, "no such file", "Every table has a file.", todo)]
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        shown = error.object[error.start : error.start + 4].hex(" ")
        rule = "The file must be UTF-8 text."
        todo = "Save it as 'CSV UTF-8 (comma delimited)'; plain 'CSV' is GBK on a Chinese Windows."
        return "", [Problem(place(file, row), f"bytes {shown}", rule, todo)]


def _head_problems(file: str, head: list[str], columns: tuple[str, ...]) -> Iterator[Problem]:
    where = place(file, 1)
    if len(head) == 1 and any(mark in head[0] for mark in ";\t"):
        yield Problem(where, head[0], "Cells are parted by commas.", "Save the file as 'CSV UTF-8 (comma delimited)'.")
        return
    missing = [name for name in columns if name not in head]
    for name in head:
        if name not in columns:
            todo = did_you_mean(name, missing)
            # A column under a wrong name is one fault, not a strange column and a missing one.
            missing = [other for other in missing if repr(other) not in todo]
            yield Problem(where, name, "The table has no such column.", todo or "Take it out.")
    for name in missing:
        yield Problem(where, "", f"The column {name} is missing.", f"The columns are: {', '.join(columns)}.")
    for name in columns:
        if head.count(name) > 1:
            yield Problem(where, name, "A column stands once.", "Take the second one out.")


def _length_problems(where: str, columns: int, cells: list[str]) -> Iterator[Problem]:
    rule = f"The row has {len(cells)} cells, the head {columns}."
    if not any(cell.strip() for cell in cells):
        yield Problem(where, "an empty row", "Rows follow each other.", "Delete the row.")
    elif len(cells) > columns:
        todo = 'Put a cell that holds a comma into quotation marks: "a,b".'
        yield Problem(where, ",".join(cells[columns:]), rule, todo)
    elif len(cells) < columns:
        yield Problem(where, ",".join(cells), rule, "Add the missing commas; an empty cell keeps its comma.")


def _row(file: str, number: int, record: dict[str, str], model: type[R]) -> tuple[R | None, list[Problem]]:
    problems = [
        Problem(place(file, number, column), cell, "A cell has no white space at its ends.", "Take it out.")
        for column, cell in record.items()
        if cell != cell.strip()
    ]
    spaced = {problem.place for problem in problems}
    try:
        row = model.model_validate(record)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            column = str(fault["loc"][0])
            where = place(file, number, column)
            # A column that the head lacks or has too much was reported there, once.
            if column in record and column in model.model_fields and where not in spaced:
                problems.append(cell_problem(where, record[column], fault))
        return None, problems
    return (None if problems else row), problems


def cell_problem(where: str, cell: str, fault: Any) -> Problem:
    """A fault that pydantic found in one cell, in words."""
    allowed = fault.get("ctx", {})
    if fault["type"] == "literal_error":
        names = [name for name in allowed["expected"].replace(" or ", ", ").replace("'", "").split(", ") if name]
        todo = did_you_mean(cell, names) or "Take one of these."
        return Problem(where, cell, f"It must be one of: {', '.join(names)}.", todo)
    if not cell:
        return Problem(where, cell, "The cell must be filled.", "Fill it.")
    if fault["type"] == "string_pattern_mismatch":
        return Problem(where, cell, RULES[allowed["pattern"]], "Rewrite it.")
    return Problem(where, cell, f"{fault['msg'].removeprefix('Value error, ')}.", "Correct the date.")
