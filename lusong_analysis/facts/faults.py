"""What is wrong in one observation: unit, bound, precision, target, time, and the source's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from lusong_analysis.facts.printed import prints, ratio
from lusong_analysis.facts.rows import Indicator, Observation, Source
from lusong_analysis.problem import did_you_mean
from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.period import bounds
from lusong_analysis.quantity.statement import precision_problem
from lusong_analysis.quantity.units import COUNTED, dimension, unit_names, units

# What the words of a bound say; 超过 excludes its number, 以上 includes it (Civil Code of the PRC, art. 1259).
BOUND_WORDS = {
    ">": r"(?<!不)超过|(?<!不)超(?!过)|逾|突破|\d\S{0,4}[余多]|\b(over|more than|exceed\w*|greater than|passed)\b",
    ">=": r"以上|不低于|不少于|至少|\bat least\b",
    "~": r"约|近(?=[\d一二三四五六七八九十百千万])|左右|\b(about|nearly|almost|around)\b",
    "<": r"(?<!不)低于|不足|不到|不满|\b(under|less than|below)\b",
    "<=": r"不超过|不高于|以内|以下|\bat most\b|\bup to\b",
}
# Words that look like one of them and are none.
NO_BOUND = re.compile("规模以上|签约|节约|预约|条约|合约")


class Fault(NamedTuple):
    """A cell that is wrong: its column, the rule it breaks, and what to do."""

    column: str
    rule: str
    todo: str


def faults(row: Observation, indicator: Indicator | None, source: Source | None) -> Iterator[Fault]:
    """What is wrong in an observation whose cells are right one by one.

    Indicator and source are None where their row is wrong or missing, which is said elsewhere.
    """
    of_the_unit = list(_unit(row, indicator))
    yield from of_the_unit
    yield from _range(row)
    yield from _precision(row)
    if indicator and indicator.measure_type == "target":
        yield from _target(row)
    elif source:
        yield from _time(row, source)
    if indicator and indicator.measure_type not in ("target", "constant") and not row.obs_status:
        yield from _bound(row)
    # In a wrong unit the number cannot be found in the words.
    if not of_the_unit:
        yield from _words(row)
        yield from _ratio(row)


def _unit(row: Observation, indicator: Indicator | None) -> Iterator[Fault]:
    try:
        measured = dimension(row.unit)
    except QuantityError:
        yield Fault("unit", "No such unit.", did_you_mean(row.unit, unit_names()) or f"Take one of: {_units()}.")
        return
    if indicator and measured != indicator.dimension and measurable(indicator.dimension):
        rule = f"It measures {measured}, and {row.indicator} is {indicator.dimension}."
        yield Fault("unit", rule, f"Take one of: {_units(indicator.dimension) or indicator.dimension}.")


def _bound(row: Observation) -> Iterator[Fault]:
    """The bound against the words: a bound that is dropped or made up would be wrong silently."""
    words = NO_BOUND.sub("", row.as_printed)
    said = [bound for bound, pattern in BOUND_WORDS.items() if re.search(pattern, words, re.IGNORECASE)]
    # An upper number without a range is a fault of its own.
    if row.obs_value_upper or row.bound in ("between", *said) or (row.bound == "=" and not said):
        return
    if said:
        yield Fault("bound", f"The words say {' or '.join(said)}: {row.as_printed}", f"Write {said[0]}.")
    else:
        yield Fault("bound", f"No word of the source says {row.bound}: {row.as_printed}", "Write =, or quote the word.")


def _range(row: Observation) -> Iterator[Fault]:
    if row.bound != "between":
        if row.obs_value_upper:
            yield Fault("obs_value_upper", f"Only a range has one, and the bound is {row.bound}.", "Leave it empty.")
    elif not row.obs_value_upper:
        yield Fault("obs_value_upper", "A range has an upper number.", "Fill it.")
    elif Fraction(row.obs_value_upper) <= Fraction(row.obs_value):
        yield Fault("obs_value_upper", f"It lies above obs_value, {row.obs_value}.", "Correct one of the two.")


def _precision(row: Observation) -> Iterator[Fault]:
    if reason := precision_problem(row.model_dump()):
        todo = "Write the unit of the last digit that means something: 0.1, 1, 10; 0 where the number is exact."
        yield Fault("precision", f"{row.obs_value} needs it: {reason}.", todo)


def _target(row: Observation) -> Iterator[Fault]:
    if row.bound != "=":
        yield Fault("bound", "A target is a threshold, whatever its words.", "Write =.")
    if row.precision != "0":
        yield Fault("precision", "A target is exact.", "Write 0.")


def _time(row: Observation, source: Source) -> Iterator[Fault]:
    if not row.time_period or not source.date_published:
        return
    begun, published = bounds(row.time_period)[0], bounds(source.date_published)[1]
    if begun > published:
        rule = f"It begins after {row.source_id} was published, {source.date_published}."
        yield Fault("time_period", rule, "Correct one of the two; a plan is an indicator of its own (_target).")


def _words(row: Observation) -> Iterator[Fault]:
    if row.obs_status == "counted":
        if row.unit not in COUNTED:
            yield Fault("obs_status", f"Only things are counted, and the unit is {row.unit}.", "Leave it empty.")
        return
    for column in ("obs_value", "obs_value_upper"):
        value = getattr(row, column)
        if value and not prints(row.as_printed, value, row.unit):
            others = [unit for unit in sorted(unit_names()) if prints(row.as_printed, value, unit)]
            alike = [unit for unit in others if dimension(unit) == dimension(row.unit)]
            if alike:
                rule = f"as_printed does not say {value}{row.unit}: {row.as_printed}."
                yield Fault("unit", rule, f"Did you mean {' or '.join(map(repr, alike))}?")
                return  # of a range both numbers have that unit
            rule = f"as_printed does not print it: {row.as_printed}."
            yield Fault(column, rule, "Copy it again, or write obs_status counted where it was counted from a list.")


def _ratio(row: Observation) -> Iterator[Fault]:
    terms = ratio(row.as_printed)
    # Each term may be off by half a unit of its last digit.
    slack, total = Fraction(row.precision or 1) * len(terms) / 2, sum(terms, Fraction())
    if terms and row.unit == "%" and abs(total - 100) > slack:
        yield Fault("as_printed", f"Its terms make {float(total):g}, not 100.", "Compare it with the source.")


def dimensions() -> set[str]:
    """What the table of units can measure."""
    return {unit.dimension for unit in units().values()}


def measurable(wanted: str) -> bool:
    """Whether units have a dimension; a ratio of two units has theirs, money/firm."""
    return set(wanted.split("/")) <= dimensions()


def _units(wanted: str = "") -> str:
    return " ".join(name for name in units() if wanted in ("", dimension(name)))
