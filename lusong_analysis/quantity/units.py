"""The table of units: dimension, factor to the base unit, and words in both languages."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path

from lusong_analysis.problem import did_you_mean
from lusong_analysis.quantity.error import QuantityError

# Whole numbers of these are counted, not measured: the printed number is exact. 万人 is no count, it is rounded.
COUNTED = frozenset({"家", "户", "个", "项", "条", "件", "届", "批", "级", "人", "人次", "架", "位", "工作日", "年"})


@dataclass(frozen=True)
class Unit:
    """One row of ``units.csv``.

    ``factor`` takes a number in this unit to the base unit of its dimension. In the patterns ``{}`` stands for the
    number; ``per_zh`` and ``per_en`` are the words where the unit is a denominator.
    """

    unit: str
    dimension: str
    factor: Fraction
    zh: str
    en_one: str
    en_many: str
    per_zh: str
    per_en: str


@cache
def units() -> dict[str, Unit]:
    """Every unit by its name."""
    with (Path(__file__).parent / "units.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["unit"]: Unit(factor=Fraction(row.pop("factor")), **row) for row in rows}


def unit_names() -> set[str]:
    """The names of all units."""
    return set(units())


@lru_cache(maxsize=256)
def parts(unit: str) -> tuple[Unit, Unit | None]:
    """A unit's numerator and denominator: ``亿元/家`` is two units, ``%/年`` is one.

    Raises
    ------
    QuantityError
        The unit is not in the table.
    """
    known = units()
    if unit in known:
        return known[unit], None
    numerator, slash, denominator = unit.partition("/")
    for name in (numerator, denominator) if slash else (unit,):
        if name not in known:
            msg = f"unknown unit {name!r}. {did_you_mean(name, known)}".rstrip()
            raise QuantityError(msg)
    return known[numerator], known[denominator]


@lru_cache(maxsize=256)
def dimension(unit: str) -> str:
    """What a unit measures: ``money``, ``money/firm``, ``ratio`` …; % and 百分点 differ on purpose."""
    numerator, denominator = parts(unit)
    return numerator.dimension if denominator is None else f"{numerator.dimension}/{denominator.dimension}"


@lru_cache(maxsize=256)
def factor(unit: str) -> Fraction:
    """The number of base units in one unit."""
    numerator, denominator = parts(unit)
    return numerator.factor if denominator is None else numerator.factor / denominator.factor
