"""The sheet of a chain: its statements with value and bounds, then all else that is known of it, a row each."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction

from lusong_analysis.facts.package import Package
from lusong_analysis.facts.rows import Observation
from lusong_analysis.facts.statement import Statement, rank
from lusong_analysis.quantity import wording
from lusong_analysis.quantity.interval import Number as Real
from lusong_analysis.quantity.rounding import Sign, places
from lusong_analysis.report.chainmap import ChainMap
from lusong_analysis.report.library import cells
from lusong_analysis.report.library.cells import Targets
from lusong_analysis.report.library.heads import TYPES
from lusong_analysis.report.library.members import members
from lusong_analysis.report.library.standing import Standing
from lusong_analysis.report.library.workbook import Cell, Number, Sheet, link

HEADS = {
    "kind": "类别\nKind",
    "name_zh": "名称\nName",
    "name_en": "名称（英文）\nName in English",
    "area": "地区\nArea",
    "about": "对象\nAbout",
    "segment": "环节\nSegment",
    "period": "时期\nPeriod",
    "value": "数值\nValue",
    "low": "下限\nLower bound",
    "high": "上限\nUpper bound",
    "unit": "单位\nUnit",
    "reads_zh": "读作\nReads",
    "reads_en": "读作（英文）\nReads in English",
    "as_printed": "原文\nAs printed",
    "actor": "主体\nWho acts",
    "instrument": "手段\nMeans",
    "grade": "等级\nGrade",
    "publisher": "发布者\nPublisher",
    "published": "发布日期\nPublished",
    "source": "来源\nSource",
    "address": "网址\nAddress",
    "source_key": "来源编号\nSource key",
    "bound": "界限\nBound",
    "bound_words": "界限用语\nBound in words",
    "precision": "精度\nPrecision",
    "period_words": "时期（文字）\nPeriod in words",
    "type": "类型\nType",
    "status": "状态\nStatus",
    "prevails": "采用\nPrevails",
    "disputed": "冲突\nIn conflict",
    "at_odds": "与之不合\nAt odds with",
    "corrections": "更正\nCorrection",
    "key": "编号\nKey",
}
YES, NO, UNTIMED = "是 yes", "否 no", "无时期 no period"
STATEMENT = "陈述 statement"
COUNTED = "据名单计数 counted from a list of names"
WIDEST = 34  # letters of a column


def chain(package: Package, name: str, key: str, drawn: ChainMap | None, how: Standing, targets: Targets) -> Sheet:
    """All that is known of a chain; of no chain where ``key`` is empty.

    Parameters
    ----------
    package : Package
        The package as ``known`` gives it.
    name : str
        The name of the sheet.
    key : str
        The chain.
    drawn : ChainMap, optional
        Its map.
    how : Standing
        How the statements stand to each other.
    targets : Mapping of tuple to str
        Where the rows of the tables stand, by table and key.
    """
    statements = _in_order(package, (row for row in package.observations.values() if row.chain == key))
    found: list[Mapping[str, Cell]] = [
        *(_statement(package, statement, how, targets) for statement in statements),
        *members(package, key, drawn, targets),
    ]
    rows = tuple(tuple(row.get(column, "") for column in HEADS) for row in found)
    return Sheet(name, tuple(HEADS.values()), rows, kept=2, widest=WIDEST)


def _in_order(package: Package, rows: Iterable[Observation]) -> list[Statement]:
    """By indicator, area and object, then in time; of one question the statement that prevails comes first."""
    indicators, areas = list(package.indicators), list(package.areas)
    ordered = sorted((package.statement(row) for row in rows), key=rank)
    return sorted(
        ordered,
        key=lambda one: (
            indicators.index(one.indicator.indicator),
            areas.index(one.area.ref_area),
            one.observation.counterpart,
            one.observation.time_period,
        ),
    )


def _statement(package: Package, statement: Statement, how: Standing, targets: Targets) -> dict[str, Cell]:
    row, indicator, key = statement.observation, statement.indicator, statement.observation.observation_id
    about = package.organisations.get(row.counterpart) or package.events.get(row.counterpart)
    corrections = how.corrections.get(key, ())
    return {
        "kind": STATEMENT,
        "name_zh": indicator.name_zh,
        "name_en": indicator.name_en,
        "area": cells.name(statement.area),
        "about": f"{about.name_zh} {about.name_en}" if about else "",
        "as_printed": row.as_printed,
        "type": f"{TYPES[indicator.measure_type]} {indicator.measure_type}",
        "status": COUNTED if row.obs_status == "counted" else "",
        "prevails": (YES if key in how.prevails else NO) if row.time_period else UNTIMED,
        "disputed": YES if key in how.disputed else NO,
        "at_odds": "; ".join(how.at_odds.get(key, ())),
        "corrections": link("; ".join(corrections), targets["corrections", corrections[0]]) if corrections else "",
        "key": link(key, targets["observations", key]),
        **_figure(statement),
        **cells.period(row.time_period),
        **cells.source(statement.source, targets),
    }


def _figure(statement: Statement) -> dict[str, Cell]:
    """Value, bounds, precision, unit, and how they read; a bound or a range has no value of its own."""
    row, quantity = statement.observation, statement.quantity
    found: dict[str, Cell] = {
        "low": _end(quantity.interval.low),
        "high": _end(quantity.interval.high),
        "unit": row.unit,
        "bound": row.bound,
        "bound_words": " ".join(_bound_words(row, language) for language in wording.LANGUAGES).strip(),
        "reads_zh": wording.text(quantity, "zh"),
        "reads_en": wording.text(quantity, "en"),
    }
    if quantity.value is not None and quantity.step is not None:
        found["value"] = Number(quantity.value, len(row.obs_value.partition(".")[2]))
        found["precision"] = Number(quantity.step, places(quantity.step))
    return found


def _bound_words(row: Observation, language: str) -> str:
    if row.bound == "~":
        return wording.ABOUT[language].format("")
    sign: Sign = "range" if row.bound == "between" else row.bound
    return wording.WORDS[language][sign].format("", "").strip()


def _end(number: Real) -> Cell:
    """An end of the interval; empty where nothing limits it."""
    return "" if math.isinf(number) else Number(Fraction(number), places(Fraction(number)))
