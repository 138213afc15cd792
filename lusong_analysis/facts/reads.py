"""What was read of a data package, question by question, so that a changed row concerns only those who read it.

As a compiler's list of the files it opened: a question whose rows are the same as they were has the same answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from lusong_analysis.facts.package import Package
from lusong_analysis.facts.rows import Row
from lusong_analysis.facts.select import KEY, Groups, Question, Watched, matching

Grouped = dict[str, dict[tuple[str, ...], Groups[Any]]]


def watched(package: Package, asked: dict[Question, None]) -> Package:
    """The package, each table of which writes down what is asked of it."""
    tables = {field.name: getattr(package, field.name) for field in fields(package) if field.name != "folder"}
    return Package(package.folder, **{name: Watched(name, rows, asked) for name, rows in tables.items()})


def answers(package: Package, asked: Iterable[Question], groups: Grouped | None = None) -> dict[str, str]:
    """Fingerprints of the rows that answer some questions.

    Parameters
    ----------
    package : Package
        The package.
    asked : Iterable of Question
        The questions.
    groups : dict, optional
        Keeps the rows of its tables by what some columns hold, for whoever asks of this package again.

    Returns
    -------
    dict of str to str
        By ``table/key`` each row, "" where there is none of that key; by ``table?conditions`` which rows fulfil them,
        in the order of the file. Two packages that give the same cannot be told apart by these questions.
    """
    found: dict[str, str] = {}
    groups = {} if groups is None else groups
    prints = package.view(_fingerprints)

    def take(table: str, row: Row) -> None:
        name = f"{table}/{row.key}"
        if not found.get(name):
            found[name] = prints[name] = prints.get(name) or _digest(row.model_dump_json())

    for table, where in asked:
        rows = getattr(package, table)
        columns, values = tuple(column for column, _ in where), tuple(value for _, value in where)
        if columns == (KEY,):
            held = [rows[values[0]]] if values[0] in rows else []
            found.setdefault(f"{table}/{values[0]}", "")
        else:
            held = matching(rows, dict(where), groups.setdefault(table, {}))
            conditions = ", ".join(f"{column}={value}" for column, value in where)
            found[f"{table}?{conditions}"] = _digest(" ".join(row.key for row in held))
        for row in held:
            take(table, row)
    return found


def _fingerprints(package: Package) -> dict[str, str]:
    """Those of rows, which are made when somebody asks for the first time."""
    return {}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
