"""What charts say of their figures: names, units, the meaning of signs, and the shape of a series."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.period import Period, bounds
from lusong_analysis.quantity.period import period as period_of
from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.quantity.rounding import printed
from lusong_analysis.quantity.units import dimension, factor
from lusong_analysis.quantity.wording import column_unit
from lusong_analysis.report.charts.marks import is_computed, is_target
from lusong_analysis.report.text import Text, Value, Words

# A name in a chart: words in both languages, an area, a text with figures in it, or a figure that is a name itself.
Name = tuple[str, str] | Words | Text | Quantity
# A figure, or, where it was computed and so has no period of its own, the period it is about and the figure.
Dated = Quantity | tuple[Period, Quantity]
Rows = Sequence[tuple[Name, Quantity]]
Pair = tuple[str, str]
MOST_NAMES = 2  # of indicators in a measure line
MOST_NAMES = 2  # indicators in a measure line
ONE_FIGURE = ("只有一个数字", "has one figure only")
MOVES = {
    "up": ("上升", "rises"),
    "down": ("下降", "falls"),
    "same": ("持平", "stays the same"),
    "open": ("升降无法判定", "is undecided"),
}


@dataclass(frozen=True)
class Point:
    """A figure and the period it is about."""

    period: Period
    quantity: Quantity


@dataclass(frozen=True)
class Row:
    """A figure under its name."""

    name: Text
    quantity: Quantity


def rows_of(rows: Rows) -> tuple[Row, ...]:
    """Figures with their names, without those whose name is not known."""
    named = (Row(text_of(name), quantity) for name, quantity in rows)
    return tuple(row for row in named if not absent(row.name))


def quantity_of(item: Dated) -> Quantity:
    """The figure of an item."""
    return item[1] if isinstance(item, tuple) else item


def points_of(items: Iterable[Dated]) -> tuple[Point, ...]:
    """Figures with their periods, without those that are not known."""
    points = (Point(*item) if isinstance(item, tuple) else Point(item.period, item) for item in items)
    return tuple(point for point in points if not point.quantity.absent)


def year_before(period: Period) -> Period:
    """The calendar year before another, of which a figure was computed.

    Raises
    ------
    QuantityError
        The period is no whole calendar year.
    """
    return period_of(str(period.year - 1))


def figures_of(known: Iterable[Quantity], otherwise: Iterable[Quantity] = ()) -> dict[str, Quantity]:
    """Figures by name; where none is known, those that are missing, so that the report says so."""
    shown = [quantity for quantity in known if not quantity.absent] or list(otherwise)
    return {_formula_name(quantity, number): quantity for number, quantity in enumerate(shown, start=1)}


def _formula_name(quantity: Quantity, number: int) -> str:
    formula = quantity.formula
    name = formula.get("observation") or str(formula.get("function", "figure")).rpartition(".")[2]
    return str(name) if "observation" in formula else f"{name}_{number}"


def unit_of(quantities: Sequence[Quantity]) -> str:
    """The unit that all figures share, or an empty one where they share only a scale.

    Raises
    ------
    QuantityError
        One axis cannot hold the figures.
    """
    units = sorted({quantity.unit for quantity in quantities})
    if len({dimension(unit) for unit in units}) > 1:
        msg = f"one axis cannot hold {', '.join(units)}; make a chart for each"
        raise QuantityError(msg)
    return units[0] if len(units) == 1 else ""


def value(unit: str) -> str:
    """The template of a figure ``x``: without its unit where the measure line has it."""
    return "{x:cell}" if unit else "{x:3}"


def text_of(name: Name) -> Text:
    """A name as a text."""
    if isinstance(name, Quantity):
        return Text("{x}", "{x}", {"x": name})
    if isinstance(name, Words):
        return Text("{area}", "{area}", {"area": name})
    return name if isinstance(name, Text) else Text(*name)


def quantities_in(text: Text) -> list[Quantity]:
    """The figures that a text prints."""
    return [given for given in text.values.values() if isinstance(given, Quantity)]


def absent(text: Text) -> bool:
    """Whether a text names a figure that is not known."""
    return any(quantity.absent for quantity in quantities_in(text))


def joined(*texts: Text, between: Pair = ("", "")) -> Text:
    """Several texts as one; each keeps its own values, whatever their names."""
    values: dict[str, Value] = {}
    parts: list[Text] = []
    for number, text in enumerate(texts):
        names = {name: f"t{number}_{name}" for name in text.values}
        values |= {names[name]: given for name, given in text.values.items()}
        zh, en = (_renamed(text.template(language), names) for language in ("zh", "en"))
        parts.append(Text(zh, en))
    return Text(between[0].join(part.zh for part in parts), between[1].join(part.en for part in parts), values)


def _renamed(template: str, names: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)", lambda match: f"{{{names.get(match[1], match[1])}", template)


def subject_of(quantities: Sequence[Quantity]) -> Text:
    """What figures are about: indicators, and whose they are where that is one thing."""
    stated = [quantity for quantity in quantities if quantity.subject.indicator]
    stated = [quantity for quantity in stated if not is_target(quantity)] or stated
    firsts = list({quantity.subject.indicator: quantity for quantity in reversed(stated)}.values())[::-1]
    values = {f"x{number}": quantity for number, quantity in enumerate(firsts)}
    zh = "与".join(f"{{{name}.indicator}}" for name in values)
    en = " and ".join(f"{{{name}.{'indicator' if number else 'heading'}}}" for number, name in enumerate(values))
    whose = {(quantity.subject.ref_area, quantity.subject.counterpart) for quantity in stated}
    if len(firsts) > MOST_NAMES:
        zh, en, values = "", "", {"x0": stated[0]}
    if len(whose) > 1:
        return Text(zh, en, values if zh else {})
    return Text(f"{{x0.counterpart}}{zh}", f"{en}, {{x0.counterpart}}" if en else "{x0.counterpart}", values)


def measure_of(what: Text, unit: str, signs: Sequence[Pair], noun: str = "") -> Text:
    """The line under a chart's title: what, in which unit, and what the signs mean."""
    en = noun or column_unit(unit, "en") if unit else ""
    units = Text(column_unit(unit, "zh") if unit else "", f"{'in' if what.en else 'In'} {en}" if en else "")
    head = joined(*(part for part in (what, units) if part.zh), between=("，", ", "))
    meaning = Text("，".join(zh for zh, _ in signs), ", ".join(en for _, en in signs))
    return joined(*(part for part in (head, meaning) if part.zh), between=("；", "; "))


def noun_of(quantities: Iterable[Quantity]) -> str:
    """What is counted, in English, where all figures count the same: projects."""
    nouns = {quantity.noun for quantity in quantities}
    return nouns.pop().rpartition("|")[2] if len(nouns) == 1 else ""


def item_of(point: Point) -> Text:
    """A figure in an alternative text: when, whose, how much."""
    values: dict[str, Value] = {"x": point.quantity, "when": point.period}
    when = "{when}" if point.period.code else "{x.when}"
    kind = ("目标", "a target of ") if is_target(point.quantity) else ("", "")
    if not point.quantity.subject.indicator:
        return Text(f"{when}推算为{{x}}", f"{when}: {{x}}, computed", values)
    return Text(f"{when}{{x.counterpart}}{kind[0]}{{x}}", f"{when}: {kind[1]}{{x}} ({{x.counterpart}})", values)


def signs_of(points: Iterable[Point]) -> list[Pair]:
    """What the signs of some figures mean, in a few words; those that do not occur are left out."""
    quantities = [point.quantity for point in points]
    signs = {printed(quantity).sign for quantity in quantities}
    meanings = [
        (
            any(not is_computed(one) and not is_target(one) for one in quantities),
            "实心为官方，空心为报刊或转载",
            "filled: official, hollow: press or copy",
        ),
        (any(map(is_target, quantities)), "菱形为目标", "diamond: target"),
        (any(map(is_computed, quantities)), "虚线为推算", "dashed: computed"),
        (bool(signs & {">", ">="}), "箭头为下限", "arrow: lower bound"),
        (bool(signs & {"<", "<="}), "横线加箭头为上限", "line with arrow: upper bound"),
        ("range" in signs, "浅色条为可能的范围", "light bar: possible range"),
    ]
    return [(zh, en) for holds, zh, en in meanings if holds]


def shorter_than_a_year(code: str) -> bool:
    """Whether a period is only a part of a year."""
    first, last = bounds(code)
    return (last - first).days < 364


def shape(quantities: Sequence[Quantity]) -> Pair:
    """How figures run from the first to the last, as far as their intervals decide it."""
    steps = {_step(one, other) for one, other in itertools.pairwise(quantities)}
    moves = [word for step, word in MOVES.items() if step in steps]
    if not moves:
        return ONE_FIGURE
    if steps in ({"up"}, {"down"}):
        return f"逐期{moves[0][0]}", f"{moves[0][1]} throughout"
    return "，".join(f"有的时段{zh}" for zh, _ in moves), " and ".join(f"{en} in part" for _, en in moves)


def _step(one: Quantity, other: Quantity) -> str:
    before, after = (quantity.interval.scaled(factor(quantity.unit)) for quantity in (one, other))
    if not before.overlaps(after):
        return "up" if after.low >= before.high else "down"
    return "open" if before.width or after.width else "same"


def highest(quantities: Sequence[Quantity]) -> Quantity | None:
    """The figure that is above all others, if their intervals decide it."""
    for quantity in quantities:
        if all(_step(other, quantity) == "up" for other in quantities if other is not quantity):
            return quantity
    return None


def few(points: Sequence[Point]) -> list[Point]:
    """The figures that an alternative text names: first, last, highest and a target."""
    top = highest([point.quantity for point in points])
    targets = [point for point in points if is_target(point.quantity)]
    return [
        point
        for number, point in enumerate(points)
        if number in (0, len(points) - 1) or point.quantity is top or point in targets[:1]
    ]
