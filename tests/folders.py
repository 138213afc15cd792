"""Data folders that are wrong in one way: the project's own, with a cell changed or a row added."""

import csv
import shutil
from pathlib import Path

from lusong_analysis.facts.package import check_rows

DATA = Path(__file__).parents[1] / "data"


def copy(target: Path) -> Path:
    """The project's data folder, to be changed."""
    return shutil.copytree(DATA, target / "data")


def records(folder, table):
    """The rows of a table as they stand."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def row_number(folder, table, key):
    """The number of a row as a spreadsheet shows it."""
    return 2 + [next(iter(row.values())) for row in records(folder, table)].index(key)


def change(folder, table, key, **cells):
    """Write other cells into the row of a key."""
    rows = records(folder, table)
    rows[row_number(folder, table, key) - 2].update(cells)
    write(folder, table, rows)


def problem_of(folder, table, key, cells, column):
    """The only problem of a folder after a change: it stands at a column of the changed row, whose cell comes too."""
    number = row_number(folder, table, key)
    change(folder, table, key, **cells)
    package, (problem,) = check_rows(folder)
    assert package is None
    assert f"data/{table}.csv, row {number}, column {column}" == problem.place
    return problem, records(folder, table)[number - 2][column]


def add(folder, table, like, **cells):
    """Add a row that is like another but for some cells; give its number."""
    rows = records(folder, table)
    rows.append(rows[row_number(folder, table, like) - 2] | cells)
    write(folder, table, rows)
    return len(rows) + 1


def edit(folder, name, before, after):
    """Write other text into a file."""
    path = folder / name
    text = path.read_bytes().decode()
    assert before in text
    path.write_bytes(text.replace(before, after, 1).encode())


def write(folder, table, rows):
    """Write a table anew."""
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
