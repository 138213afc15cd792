"""The descriptor ``datapackage.json``: held to the row models, and the folder read as Data Package readers do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lusong_analysis.facts.patterns import ADDRESS, NUMBER, POSITIVE, WHOLE, optional
from lusong_analysis.facts.rows import MODELS, Row
from lusong_analysis.facts.table import place
from lusong_analysis.problem import Problem

DESCRIPTOR = "datapackage.json"
_NUMBERS = {pattern for number in (NUMBER, POSITIVE) for pattern in (number, optional(number))}


def schema(model: type[Row]) -> dict[str, Any]:
    """The Frictionless Table Schema of a row model."""
    properties = model.model_json_schema()["properties"]
    references = [
        # A table that refers to itself is the empty resource.
        {"fields": column, "reference": {"resource": "" if target == model.table else target, "fields": _key(target)}}
        for column, target in model.references.items()
    ]
    described: dict[str, Any] = {
        "fields": [_field(name, properties[name]) for name in model.columns()],
        "primaryKey": model.key_column(),
    }
    return described | ({"foreignKeys": references} if references else {})


def licence(folder: Path) -> str:
    """The licence of the data, as ``CC-BY-4.0``; empty where the descriptor names none."""
    described = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    return next((one["name"] for one in described.get("licenses", ())), "")


def _key(table: str) -> str:
    return next(model.key_column() for model in MODELS if model.table == table)


def _field(name: str, described: dict[str, Any]) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "type": "string", "description": described["description"]}
    pattern, allowed = described.get("pattern", ""), described.get("enum", [])
    constraints: dict[str, Any] = {}
    if pattern in _NUMBERS:
        field["type"] = "number"
        if pattern == optional(POSITIVE):
            constraints["minimum"] = 0
    elif pattern == WHOLE:
        field["type"], constraints["minimum"] = "integer", 1
    elif pattern:
        constraints["pattern"] = pattern
    if pattern == optional(ADDRESS):
        field["format"] = "uri"
    if allowed:
        constraints["enum"] = [name for name in allowed if name]
    if described.get("minLength") or (allowed and "" not in allowed) or (pattern and not re.match(pattern, "")):
        constraints["required"] = True
    return field | ({"constraints": constraints} if constraints else {})


def descriptor_problems(folder: Path) -> Iterator[Problem]:
    """Where ``datapackage.json`` and the row models differ."""
    file = f"{folder.name}/{DESCRIPTOR}"
    try:
        resources = {entry["name"]: entry for entry in json.loads((folder / DESCRIPTOR).read_bytes())["resources"]}
    except FileNotFoundError:
        todo = "Copy the one of the project."
        yield Problem(file, "no such file", "A data folder describes itself.", todo)
        return
    except (ValueError, KeyError, TypeError) as error:
        rule = "It must be a Data Package: JSON with a list of resources."
        yield Problem(file, str(error), rule, "Copy the one of the project.")
        return
    for model in MODELS:
        where = f"{file}, resource {model.table}"
        if model.table not in resources:
            yield Problem(where, "", "Every table is a resource.", "Add it.")
        elif resources[model.table].get("path") != f"{model.table}.csv":
            found = str(resources[model.table].get("path"))
            yield Problem(where, found, "A table lies in the file of its name.", f"Write {model.table}.csv.")
        else:
            yield from _schema_problems(where, resources[model.table].get("schema"), schema(model))


def _schema_problems(where: str, found: Any, wanted: dict[str, Any]) -> Iterator[Problem]:
    fields = {field.get("name"): field for field in found.get("fields", [])} if isinstance(found, dict) else {}
    for field in wanted["fields"]:
        if fields.get(field["name"]) != field:
            shown = json.dumps(fields.get(field["name"]), ensure_ascii=False)
            todo = f"Write {json.dumps(field, ensure_ascii=False)}."
            yield Problem(f"{where}, field {field['name']}", shown, "The row model has it otherwise.", todo)
    if all(fields.get(field["name"]) == field for field in wanted["fields"]) and found != wanted:
        todo = f"Write {json.dumps({key: value for key, value in wanted.items() if key != 'fields'})}."
        shown = ", ".join(sorted(found))
        yield Problem(where, shown, "Order of fields, primary key and foreign keys are those of the row model.", todo)


def format_problems(folder: Path) -> list[Problem]:
    """What Frictionless finds in a data folder."""
    from frictionless import FrictionlessException, Package

    file = f"{folder.name}/{DESCRIPTOR}"
    if not (folder / DESCRIPTOR).is_file():
        return []
    try:
        report = Package(str(folder / DESCRIPTOR)).validate()
    except FrictionlessException as fault:
        return [Problem(file, "", error.message, "Correct it.") for error in fault.reasons or [fault.error]]
    problems = [Problem(file, "", error.message, "Correct it.") for error in report.errors]
    for task in report.tasks:
        # Spreadsheets leave empty rows at the end, and ``table`` finds those between the others.
        empty = {error.row_number for error in task.errors if error.type == "blank-row"}
        found = [error for error in task.errors if getattr(error, "row_number", 0) not in empty]
        problems += [_problem(f"{folder.name}/{task.place}", error) for error in found]
    return problems


def _problem(file: str, error: Any) -> Problem:
    row, column, found = getattr(error, "row_number", 0), getattr(error, "field_name", ""), getattr(error, "cell", "")
    if hasattr(error, "labels"):
        row, column = 1, ""
    elif hasattr(error, "field_names"):
        column, found = error.field_names[0], error.field_cells[0]
    return Problem(place(file, row, column), str(found), error.message, "Correct it.")
