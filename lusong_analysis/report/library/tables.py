"""The tables of the data package as sheets, cell by cell as they are, and the sheets that explain them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import groupby
from typing import Any

from lusong_analysis.facts.descriptor import schema
from lusong_analysis.facts.package import Package
from lusong_analysis.facts.rows import MODELS, Row, Source
from lusong_analysis.facts.statement import LEAD
from lusong_analysis.quantity.units import units
from lusong_analysis.report.library.heads import COLUMNS, TABLES, TYPES
from lusong_analysis.report.library.workbook import Cell, Link, Number, Sheet, cell_address, link, sheet_name

DEFINITIONS = sheet_name("定义", "Definitions")
UNITS = sheet_name("单位", "Units")
COLUMN_NAMES = sheet_name("列", "Columns")
# Where a reader goes from a row: to who printed it, what it measures, what it corrects.
LINKED = ("sources", "indicators", "observations")


def rows_of(package: Package, model: type[Row]) -> Mapping[str, Row]:
    """The rows of a table by their key, in the order of its sheet; of the sources without leads, which none may cite.

    What leads print stands among the statements that were set aside, with the grade and the reason.
    """
    rows: Mapping[str, Row] = getattr(package, model.table)
    return {key: row for key, row in rows.items() if not isinstance(row, Source) or row.grade != LEAD}


def places(package: Package) -> dict[tuple[str, str], str]:
    """The target of a link to each row of each table, by the table and the row's key."""
    return {
        (model.table, key): cell_address(model.table, number)
        for model in MODELS
        for number, key in enumerate(rows_of(package, model), 2)
    }


def table(package: Package, model: type[Row], targets: Mapping[tuple[str, str], str]) -> Sheet:
    """A table as it is: every cell is text, so that 15.60 keeps its zero and a date stays what was written."""
    columns = model.columns()
    rows = tuple(
        tuple(_cell(model, column, getattr(row, column), targets) for column in columns)
        for row in rows_of(package, model).values()
    )
    return Sheet(model.table, columns, rows)


def _cell(model: type[Row], column: str, text: str, targets: Mapping[tuple[str, str], str]) -> Cell:
    other = model.references.get(column, "")
    target = targets.get((other, text), "") if other in LINKED else ""
    return link(text, text if column == "url" else target)


def definitions(package: Package, targets: Mapping[tuple[str, str], str]) -> Sheet:
    """What each indicator means, in both languages, in which units it is held, and by how many statements."""
    by_indicator = sorted(package.observations.values(), key=lambda row: row.indicator)
    held = {name: list(rows) for name, rows in groupby(by_indicator, key=lambda row: row.indicator)}
    order = list(units())
    rows: list[tuple[Cell, ...]] = []
    for name, row in package.indicators.items():
        statements = held.get(name, [])
        named = {statement.unit for statement in statements}
        rows.append(
            (
                row.name_zh,
                row.name_en,
                row.definition_zh,
                row.definition_en,
                f"{TYPES[row.measure_type]} {row.measure_type}",
                row.dimension,
                "、".join(sorted(named, key=lambda unit: (order.index(unit.partition("/")[0]), unit))),
                link(row.comparable_with, targets.get(("indicators", row.comparable_with), "")),
                Number(Fraction(len(statements))),
                Link(name, targets["indicators", name]),
            )
        )
    head = (
        "指标\nIndicator in Chinese",
        "指标（英文）\nIndicator in English",
        "定义\nDefinition in Chinese",
        "定义（英文）\nDefinition in English",
        "类型\nType",
        "量纲\nDimension",
        "单位\nUnits",
        "目标所对的指标\nTarget of",
        "陈述数\nStatements",
        "编号\nKey",
    )
    return Sheet(DEFINITIONS, head, tuple(rows))


def unit_table() -> Sheet:
    """The units: what they measure, their factor to the base unit of that dimension, and their words."""
    head = (
        "单位\nUnit",
        "量纲\nDimension",
        "换算系数\nFactor",
        "换算系数（精确）\nFactor, exact",
        "中文写法\nIn Chinese",
        "英文单数\nEnglish, one",
        "英文复数\nEnglish, many",
    )
    rows = tuple(
        (
            unit.unit,
            unit.dimension,
            Number(unit.factor),
            str(unit.factor),
            unit.zh.format("…"),
            unit.en_one.format("…"),
            unit.en_many.format("…"),
        )
        for unit in units().values()
    )
    return Sheet(UNITS, head, rows)


def column_table() -> Sheet:
    """What the columns of the tables hold, as the row models describe it."""
    head = (
        "表\nTable",
        "列\nColumn",
        "列（中文）\nColumn in Chinese",
        "内容\nHolds",
        "参照\nKey of",
        "取值\nOne of",
        "必填\nFilled",
    )
    rows = tuple(
        (
            Link(f"{TABLES[model.table].partition('：')[0]} {model.table}", cell_address(model.table, 1)),
            field["name"],
            COLUMNS[field["name"]],
            field["description"],
            model.references.get(field["name"], ""),
            ", ".join(_constraints(field).get("enum", ())),
            "是 yes" if _constraints(field).get("required") or field["name"] == model.key_column() else "否 no",
        )
        for model in MODELS
        for field in schema(model)["fields"]
    )
    return Sheet(COLUMN_NAMES, head, rows, kept=2)


def _constraints(field: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = field.get("constraints", {})
    return found
