"""The codebook: what is held of what and when, what each indicator means, and what the columns of the tables hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from lusong_analysis.facts.coverage import coverage
from lusong_analysis.facts.package import Package, known
from lusong_analysis.facts.patterns import RULES
from lusong_analysis.facts.rows import MODELS, Indicator, Observation, Row
from lusong_analysis.quantity.units import parts, units

HEAD = """\
# Codebook

Made from the data package by `python tests/test_codebook.py`; do not edit it by hand.
A statement is what one source printed. Statements of one indicator, area, period and counterpart answer one question;
those of different indicators are never joined into one series.
Grades of the sources: A official, B press, C copy or secondary page. Where a source gives no time, the period is —.
"""
COVERAGE = """\
## Coverage

The years and other periods of which statements are held, with the best grade among their sources; — where the source
gives no time. With an asterisk (*) all are about one organisation or project that lies in the area; without one, those
are passed over. An empty cell is a gap: nothing is held.
"""
SET_ASIDE = """\
## Statements set aside

Statements that were found and are not held as observations; each stands in `set_aside.csv` with its reason.
"""


def codebook(package: Package) -> str:
    """The codebook of a package as Markdown; leads are left out, as no reader sees them."""
    seen = known(package)
    held: dict[str, list[Observation]] = {name: [] for name in seen.indicators}
    for row in seen.observations.values():
        held[row.indicator].append(row)
    lines = [
        HEAD,
        f"{len(seen.indicators)} indicators, {len(seen.observations)} statements, {len(seen.sources)} sources.\n",
        COVERAGE,
        *(line for title, rows in coverage(seen) for line in (f"### {title}\n", *_table(rows[0], rows[1:]))),
        SET_ASIDE,
        *_table(("kind", "statements"), sorted(Counter(row.kind for row in seen.set_aside.values()).items())),
        "## Indicators\n",
        *(line for row in seen.indicators.values() for line in _indicator(seen, row, held[row.indicator])),
        "## Columns of the tables\n",
        *(line for model in MODELS for line in _columns(model)),
        "## Units\n",
        *_table(
            ("unit", "measures", "in base units"),
            ((f"`{unit.unit}`", unit.dimension, unit.factor) for unit in units().values()),
        ),
    ]
    return "\n".join(lines)


def _indicator(package: Package, row: Indicator, held: list[Observation]) -> Iterator[str]:
    yield f"### {row.indicator}\n"
    yield f"**{row.name_zh}** · {row.name_en}\n"
    yield f"{row.definition_zh}\n"
    yield f"{row.definition_en}\n"
    named = sorted({statement.unit for statement in held}, key=lambda unit: list(units()).index(parts(unit)[0].unit))
    facts = [f"type: {row.measure_type}", f"dimension: {row.dimension}"]
    facts += [f"unit: {', '.join(named)}"] if named else []
    facts += [f"counted in English: {', '.join(row.noun_en.split('|'))}"] if row.noun_en else []
    facts += [f"target of: `{row.comparable_with}`"] if row.comparable_with else []
    yield f"{'; '.join(facts)}\n"
    if held:
        yield from _table(("area", "about", "periods", "statements", "grades"), _holdings(package, held))
    else:
        yield "No statement is held; it stands here for its target.\n"


def _holdings(package: Package, held: list[Observation]) -> Iterator[tuple[Any, ...]]:
    order = list(package.areas)
    by_place = sorted(held, key=lambda row: (order.index(row.ref_area), row.counterpart))
    for (ref_area, counterpart), group in groupby(by_place, key=lambda row: (row.ref_area, row.counterpart)):
        rows = list(group)
        area = package.areas[ref_area]
        grades = Counter(package.sources[row.source_id].grade for row in rows)
        yield (
            f"{ref_area} {area.name_zh} {area.name_en}",
            _counterpart(package, counterpart),
            ", ".join(sorted({row.time_period or "—" for row in rows})),
            len(rows),
            ", ".join(f"{grade} {number}" for grade, number in sorted(grades.items())),
        )


def _counterpart(package: Package, key: str) -> str:
    if not key:
        return ""
    row = package.organisations.get(key) or package.events[key]
    return f"`{key}` {row.name_zh}"


def _columns(model: type[Row]) -> Iterator[str]:
    described = model.model_json_schema()["properties"]
    yield f"### {model.table}.csv\n"
    yield f"{(model.__doc__ or '').partition(chr(10))[0]}\n"
    yield from _table(
        ("column", "holds", "values"),
        ((f"`{name}`", described[name]["description"], _values(model, name, described[name])) for name in described),
    )


def _values(model: type[Row], name: str, described: dict[str, Any]) -> str:
    pattern, allowed = described.get("pattern", ""), described.get("enum", [])
    parts = ["The key of the table."] if name == model.key_column() else []
    if target := model.references.get(name):
        parts.append(f"A key of {target}.")
    elif target := model.lists.get(name):
        parts.append(f"Keys of {target}, parted by a semicolon and a space.")
    elif allowed:
        parts.append(f"One of: {', '.join(value for value in allowed if value)}.")
    elif pattern:
        parts.append(RULES[pattern])
    if "" in allowed if allowed else re.match(pattern, "") if pattern else not described.get("minLength"):
        parts.append("May be empty.")
    return " ".join(parts)


def _table(head: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in row)} |"
    yield ""
