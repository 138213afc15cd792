"""Rows of a table by what their columns hold; a table may write down what is asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeVar

Row = TypeVar("Row")

# A question: a table and what its rows must hold. One of a single row names its key; one of no condition, all rows.
Question = tuple[str, tuple[tuple[str, str], ...]]

Groups = dict[tuple[str, ...], list[Row]]

KEY = "_key"
CONTAINS = "__contains"


class Watched(Mapping[str, Row]):
    """A table that writes down what is asked of it.

    Parameters
    ----------
    name : str
        The table.
    rows : Mapping of str to row
        Its rows.
    asked : dict
        Where the questions are written down, as keys in their order.
    """

    def __init__(self, name: str, rows: Mapping[str, Row], asked: dict[Question, None]) -> None:
        self._name, self._rows, self._asked = name, rows, asked
        self._groups: dict[tuple[str, ...], Groups[Row]] = {}

    def __getitem__(self, key: str) -> Row:
        self._ask({KEY: key})
        return self._rows[key]

    def __contains__(self, key: object) -> bool:
        self._ask({KEY: str(key)})
        return key in self._rows

    def __iter__(self) -> Iterator[str]:
        self._ask({})
        return iter(self._rows)

    def __len__(self) -> int:
        self._ask({})
        return len(self._rows)

    def select(self, where: Mapping[str, str]) -> list[Row]:
        """The rows that hold each of some values, in the order of the file."""
        self._ask(where)
        return list(matching(self._rows, where, self._groups))

    def _ask(self, where: Mapping[str, str]) -> None:
        self._asked[self._name, tuple(sorted(where.items()))] = None


def select(rows: Mapping[str, Row], **where: str) -> list[Row]:
    """The rows of a table that hold each of some values, in the order of the file.

    Parameters
    ----------
    rows : Mapping of str to row
        A table of a package.
    **where : str
        The value of each column, or with ``__contains`` behind the column's name a part of it; no column for all rows.
    """
    return rows.select(where) if isinstance(rows, Watched) else matching(rows, where)


def matching(
    rows: Mapping[str, Any], where: Mapping[str, str], groups: dict[tuple[str, ...], Groups[Any]] | None = None
) -> list[Any]:
    """The same, of a table that nobody watches.

    ``groups`` keeps the rows by what some columns hold, for whoever asks of the same columns again.
    """
    columns = tuple(column for column in where if not column.endswith(CONTAINS))
    values = tuple(where[column] for column in columns)
    if groups is None:
        found = list(rows.values())
        for column, value in zip(columns, values, strict=True):
            get = attrgetter(column)
            found = [row for row in found if get(row) == value]
    else:
        if columns not in groups:
            groups[columns] = grouped(rows.values(), columns)
        found = groups[columns].get(values, [])
    parts = [(column.removesuffix(CONTAINS), value) for column, value in where.items() if column.endswith(CONTAINS)]
    return [row for row in found if all(value in getattr(row, column) for column, value in parts)] if parts else found


def grouped(rows: Iterable[Any], columns: Sequence[str]) -> Groups[Any]:
    """Rows by what some columns hold, in the order of the file."""
    groups: Groups[Any] = {}
    for row in rows:
        groups.setdefault(tuple(getattr(row, column) for column in columns), []).append(row)
    return groups
