"""Statements by the time they are about or were printed, never joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.report.charts import marks
from lusong_analysis.report.charts.labels import PAPER, Places, write_beside, write_nothing
from lusong_analysis.report.charts.marks import Scale, is_computed, is_target, look_of
from lusong_analysis.report.charts.names import (
    Dated,
    Point,
    few,
    figures_of,
    item_of,
    joined,
    measure_of,
    noun_of,
    points_of,
    quantity_of,
    signs_of,
    subject_of,
    unit_of,
    value,
)
from lusong_analysis.report.charts.times import TICK, Years, date_of, name_years, years_of
from lusong_analysis.report.drawing import GREY, RULE, WIDTH, Box, Chart, Pen
from lusong_analysis.report.text import Text

TALL, LOW = 190.0, 140.0  # the picture, and where no figure is below half of another [pt]
TOP = 30.0  # kept free above the highest point, for arrows and labels [pt]
UNDATED = 80.0  # the width kept for statements that nobody dated [pt]
LABEL = 140.0  # where a label breaks [pt]
SHAPES = ("o", "s", "^", "v")  # one an indicator
UNSTATED = Text("时间未载明", "no date stated")
PRINTED = ("未载年份的按刊载日期", "without a year: by the day of printing")
Definition = tuple[str, str, str]  # indicator, area, object
NO_DEFINITION = ("", "", "")


def ladder(statements: Iterable[Quantity], computed: Iterable[Dated] = ()) -> Chart:
    """Statements as points by time, each on a stem of its own: press numbers make no curve.

    Parameters
    ----------
    statements : iterable of Quantity
        Statements in units of one dimension, as ``report.history`` gives them. A statement without a period stands
        at the day it was printed.
    computed : iterable of (Period, Quantity)
        Figures that the report computed, each with the period it is about.

    Raises
    ------
    QuantityError
        One axis cannot hold the figures.
    """
    items = (*statements, *computed)
    points = points_of(items)
    known = [point.quantity for point in points]
    unit, definitions = unit_of(known), _definitions(known)
    numbers = [number for quantity in known for number in marks.numbers(quantity)]
    height = LOW if numbers and min(numbers) > max(numbers) / 2 else TALL
    main = [quantity for quantity in known if _definition(quantity) == definitions[0]]

    def draw(axes: Any, pen: Pen) -> None:
        dates = [date_of(pen, point) for point in points]
        years = years_of(dates, 0.0 if all(dates) else UNDATED, WIDTH)
        scale, places = Scale(min(0, *numbers), max(0, *numbers), height - TICK, TOP), Places(height - TICK)
        name_years(axes, pen, years, height - TICK)
        if not all(dates):
            pen.write(axes, UNDATED / 2, height, UNSTATED, ha="center", va="bottom", color=GREY)
            marks.line(axes, [0, UNDATED - 10], [height - TICK] * 2, GREY, 0.8)
        boxes = [
            _stand(axes, pen, scale, quantity, x, _shape(quantity, definitions))
            for quantity, x in zip(known, _apart(points, dates, years, scale), strict=True)
        ]
        places.take(*boxes)
        for quantity, box in sorted(zip(known, boxes, strict=True), key=lambda pair: -pair[1].left):
            style: dict[str, Any] = {"color": look_of(pen, quantity).color, "bbox": PAPER, "width": LABEL, "zorder": 7}
            write_beside(axes, pen, places, _label(quantity, definitions, unit), box, **style)

    kind = Text(
        "点图：横轴为年份，高度为数值，每条陈述一个点，各点不相连。其中",
        "Dot chart with years along the axis and the value as height, one point for each statement, never joined. "
        "Among them",
    )
    named = joined(*map(item_of, few(points)), between=("；", "; "))
    meanings = [*signs_of(points), *([] if all(point.period.code for point in points) else [PRINTED])]
    return Chart(
        draw=draw if known else write_nothing,
        height=height,
        figures=figures_of(known, map(quantity_of, items)),
        measure=measure_of(subject_of(main or known), unit, meanings, noun_of(known)),
        alternative=joined(kind, named, between=("：", ": ")),
    )


def _definition(quantity: Quantity) -> Definition:
    subject = quantity.subject
    return subject.comparable_with or subject.indicator, subject.ref_area, subject.counterpart


def _definitions(known: Sequence[Quantity]) -> list[Definition]:
    """What is stated: first the definition that most statements share, or nothing where each has its own."""
    held = Counter(_definition(quantity) for quantity in known if quantity.subject.indicator).most_common()
    shared = [held[0][0] if len(held) == 1 or (held and held[0][1] > 1) else NO_DEFINITION]
    return list(dict.fromkeys([*shared, *(definition for definition, _ in held)]))


def _shape(quantity: Quantity, definitions: Sequence[Definition]) -> str:
    """One shape an indicator; a computed figure has the first."""
    indicators = list(dict.fromkeys(indicator for indicator, *_ in definitions if indicator))
    indicator = _definition(quantity)[0]
    return SHAPES[indicators.index(indicator) % len(SHAPES)] if indicator else SHAPES[0]


def _apart(points: Sequence[Point], dates: Sequence[str], years: Years, scale: Scale) -> list[float]:
    """Where the points stand along the axis; of several at one place, side by side."""
    taken: list[tuple[float, float]] = []
    near = 2.3 * marks.RADIUS
    for point, date in zip(points, dates, strict=True):
        x = sum(years.span(date)) / 2 if date else UNDATED / 2 - near
        y = scale(marks.numbers(point.quantity)[-1])
        beside = (x + near * step * side for step in range(len(points)) for side in (1, -1))
        free = (
            place
            for place in beside
            if marks.RADIUS <= place <= WIDTH - marks.RADIUS
            and not any(abs(place - other) < near and abs(y - height) < near for other, height in taken)
        )
        taken.append((next(free, x), y))
    return [x for x, _ in taken]


def _stand(axes: Any, pen: Pen, scale: Scale, quantity: Quantity, x: float, shape: str) -> Box:
    marks.line(axes, [x, x], [scale(0), scale(marks.numbers(quantity)[0])], RULE, 0.8, zorder=1)
    look = look_of(pen, quantity, shape=shape)
    return marks.draw(axes, look, quantity, lambda number: (x, scale(number)), upward=True)


def _label(quantity: Quantity, definitions: Sequence[Definition], unit: str) -> Text:
    """The figure, and what it is of where the measure line does not say so."""
    if is_computed(quantity):
        return Text(f"{value(unit)}（推算）", f"{value(unit)} (computed)", {"x": quantity})
    kind = ("目标", "target ") if is_target(quantity) else ("", "")
    details = _details(_definition(quantity), definitions)
    zh, en = (f"（{'，'.join(details)}）", f" ({', '.join(details)})") if details else ("", "")
    return Text(f"{kind[0]}{value(unit)}{zh}", f"{kind[1]}{value(unit)}{en}", {"x": quantity})


def _details(own: Definition, definitions: Sequence[Definition]) -> list[str]:
    """Placeholders for object and indicator, as far as they are not those of the shared definition."""
    main, *others = definitions
    alone = main == NO_DEFINITION
    owners, indicators = ({definition[part] for definition in others} for part in (slice(1, 3), 0))
    other_owner = len(owners) > 1 if alone else own[1:] != main[1:]
    other_indicator = len(indicators) > 1 if alone else own[0] != main[0]
    return [*(["{x.counterpart}"] if other_owner else []), *(["{x.indicator}"] if other_indicator else [])]
