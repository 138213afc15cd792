"""One indicator of several areas over the years."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lusong_analysis.quantity.period import bounds
from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.quantity.series import Series, refuse_several
from lusong_analysis.quantity.series import series as series_of
from lusong_analysis.report.charts import marks
from lusong_analysis.report.charts.labels import PAPER, Places, spread, write_beside, write_nothing
from lusong_analysis.report.charts.marks import Scale, is_official, is_target, look_of
from lusong_analysis.report.charts.names import (
    Pair,
    Point,
    few,
    figures_of,
    joined,
    measure_of,
    points_of,
    shape,
    shorter_than_a_year,
    signs_of,
    subject_of,
    unit_of,
    value,
)
from lusong_analysis.report.charts.times import TICK, Years, name_years, years_of
from lusong_analysis.report.drawing import BLUE, BRICK, GREY, INK, RULE, WIDTH, Box, Chart, Pen
from lusong_analysis.report.text import Text, Value

HEIGHT = 205.0
NAME, LEAD = 86.0, 14.0  # where the name of an area breaks, and the way to it [pt]
# Colour, shape and width of the first, second … area.
STYLES: tuple[tuple[str, str, float], ...] = (
    (BLUE, "o", 1.6),
    (BRICK, "s", 1.2),
    (GREY, "^", 0.9),
    (INK, "v", 0.9),
)
STEPS = 10  # places of a line that labels keep off
NO_CHANGE = Text("无变化", "no change")
JOINED = ("只有官方数字逐年相连", "lines only between official figures")
DASH = ("短横线为不足一年的时段", "dash: part of a year")


@dataclass(frozen=True)
class Line:
    """The points of a series, and how they look."""

    points: tuple[Point, ...]
    color: str
    marker: str
    width: float


@dataclass(frozen=True)
class Drawn:
    """A figure that was drawn: of which line, and where."""

    point: Point
    line: Line
    box: Box

    @property
    def place(self) -> tuple[float, float]:
        """The middle of its sign [pt]."""
        return (self.box.left + self.box.right) / 2, (self.box.top + self.box.bottom) / 2


def by_area(*series: Iterable[Quantity], parts: bool = False) -> Chart:
    """One indicator of several areas by year; a line joins only official figures of consecutive years.

    Parameters
    ----------
    *series : Series
        A series an area, as ``report.series`` gives them; the report's own area first.
    parts : bool
        Draw quarters, half-years and other parts of a year too; they are left out otherwise.

    Raises
    ------
    QuantityError
        The figures of an area make no series, or two series differ in indicator or unit or are of one area.
    """
    stated = [one if isinstance(one, Series) else series_of(one) for one in series]
    refuse_several(stated, ("kind", "indicator", "unit"), ("ref_area", "counterpart"))
    lines = [
        Line(drawn, *style)
        for one, style in zip(stated, itertools.cycle(STYLES), strict=False)
        if (drawn := _points(one, parts=parts))
    ]
    points = [point for line in lines for point in line.points]
    unit = unit_of([point.quantity for point in points])

    def draw(axes: Any, pen: Pen) -> None:
        last = max(bounds(point.period.code)[1].year for point in points)
        late = [line for line in lines if bounds(line.points[-1].period.code)[1].year == last]
        margin = max((pen.room(axes, _area(line), width=NAME, weight="bold")[0] + LEAD for line in late), default=0)
        years = years_of([point.period.code for point in points], 0, WIDTH - margin)
        numbers = [number for point in points for number in marks.numbers(point.quantity)]
        scale = Scale(min(0, *numbers), max(0, *numbers), HEIGHT - TICK - (14 if min(numbers) < 0 else 0), 18)
        name_years(axes, pen, years, HEIGHT - TICK)
        for number in range(1, years.last - years.first + 1):
            marks.line(axes, [years.start + number * years.slot] * 2, [8, HEIGHT - TICK], RULE, 0.4, zorder=0)
        if min(numbers) < 0:
            marks.line(axes, [0, years.end], [scale(0), scale(0)], RULE, 0.6, zorder=1)
            pen.write(axes, 0, scale(0) - 2, NO_CHANGE, va="bottom", color=GREY, fontsize=pen.small)
        drawn = [
            _draw(axes, pen, scale, years, line, point, _beside(number, len(lines), years.slot))
            for number, line in enumerate(lines)
            for point in line.points
        ]
        covered = [*(item.box for item in drawn), *_join(axes, pen, drawn)]
        _label(axes, pen, years, drawn, late, unit, Places(HEIGHT - TICK, covered))

    kind = Text(
        "折线与点图：横轴为年份，高度为数值，每个地区一组。",
        "Lines and dots with years along the axis and the value as height, one group for each area. ",
    )
    meaning = [*signs_of(points), *(words for holds, words in _meanings(points) if holds)]
    known = [point.quantity for point in points]
    return Chart(
        draw=draw if known else write_nothing,
        height=HEIGHT,
        figures=figures_of(known, (quantity for one in stated for quantity in one.absent)),
        measure=measure_of(subject_of(known), unit, meaning),
        alternative=joined(kind, *map(_course, lines[:5])),
    )


def _points(series: Series, *, parts: bool) -> tuple[Point, ...]:
    """The figures of an area that are drawn, in the order of time."""
    return tuple(point for point in points_of(series) if parts or not shorter_than_a_year(point.period.code))


def _area(line: Line) -> Text:
    return Text("{x.counterpart}", "{x.counterpart}", {"x": line.points[-1].quantity})


def _meanings(points: Sequence[Point]) -> list[tuple[bool, Pair]]:
    return [
        (len(points) > 1, JOINED),
        (any(shorter_than_a_year(point.period.code) for point in points), DASH),
    ]


def _course(line: Line) -> Text:
    """How the whole years of an area run, and where they end."""
    last = line.points[-1]
    whole = [point.quantity for point in line.points if not shorter_than_a_year(point.period.code)]
    zh, en = shape(whole or [last.quantity])
    return Text(
        f"{{x.counterpart}}{zh}，{{when}}为{{x}}。",
        f"In {{x.counterpart}} it {en}, {{x}} in {{when}}. ",
        {"x": last.quantity, "when": last.period},
    )


def _beside(number: int, count: int, slot: float) -> float:
    """How far a line stands from the middle of its year, so that areas do not cover each other [pt]."""
    return (number - (count - 1) / 2) * min(slot * 0.8 / count, 3 * marks.RADIUS)


def _draw(axes: Any, pen: Pen, scale: Scale, years: Years, line: Line, point: Point, beside: float) -> Drawn:
    start, end = years.span(point.period.code)
    if shorter_than_a_year(point.period.code):
        y = scale(marks.numbers(point.quantity)[-1])
        marks.line(axes, [start, end], [y, y], line.color, 1.2)
        beside = 0
    look, x = look_of(pen, point.quantity, line.color, line.marker), (start + end) / 2 + beside
    box = marks.draw(axes, look, point.quantity, lambda number: (x, scale(number)), upward=True)
    return Drawn(point, line, box)


def _join(axes: Any, pen: Pen, drawn: Sequence[Drawn]) -> list[Box]:
    """Lead a line from one official figure to that of the next year, and return what the lines cover."""
    covered: list[Box] = []
    for one, other in itertools.pairwise(drawn):
        yearly = all(item.point.period.code.isdecimal() for item in (one, other))
        if one.line is not other.line or not yearly or other.point.period.year - one.point.period.year != 1:
            continue
        if all(is_official(pen, item.point.quantity) and not is_target(item.point.quantity) for item in (one, other)):
            (x, y), (to_x, to_y) = one.place, other.place
            marks.line(axes, [x, to_x], [y, to_y], one.line.color, one.line.width, zorder=3)
            steps = [(x + (to_x - x) * part / STEPS, y + (to_y - y) * part / STEPS) for part in range(1, STEPS)]
            covered += [Box(left - 1, top - 1, left + 1, top + 1) for left, top in steps]
    return covered


def _label(
    axes: Any, pen: Pen, years: Years, drawn: Sequence[Drawn], late: Sequence[Line], unit: str, places: Places
) -> None:
    """Name each area at its end, and print as many figures as there is room for, the telling ones first."""
    ends = {id(item.line): item for item in drawn}
    style: dict[str, Any] = {"width": NAME, "weight": "bold"}
    heights = [pen.room(axes, _area(line), **style)[1] for line in late]
    wanted = [ends[id(line)].place[1] for line in late]
    for line, y in zip(late, spread(wanted, heights, 0, HEIGHT - TICK), strict=True):
        (x, start), left = ends[id(line)].place, years.end + LEAD
        marks.line(axes, [x + marks.RADIUS + 1, left - 2], [start, y], line.color, 0.5)
        pen.write(axes, left, y, _area(line), va="center", color=line.color, **style)
    telling = {id(point) for item in ends.values() for point in few(item.line.points)}
    for item in sorted(drawn, key=lambda item: id(item.point) not in telling):
        alone = item is ends[id(item.line)] and item.line not in late
        text = _words(item.point, unit, named=alone)
        style = {"color": item.line.color, "weight": "bold" if alone else "normal", "width": 110, "bbox": PAPER}
        sides = ("right", "above", "below", "left") if alone else ("above", "below", "right", "left")
        write_beside(axes, pen, places, text, item.box, sides=sides, always=id(item.point) in telling, **style)


def _words(point: Point, unit: str, *, named: bool) -> Text:
    """A figure, with its area where no line leads to the area's name, and its period where that is no year."""
    short = shorter_than_a_year(point.period.code)
    name = "{x.counterpart} " if named else ""
    zh, en = ("（{when}）", " ({when})") if short else ("", "")
    values: dict[str, Value] = {"x": point.quantity}
    if short:
        values["when"] = point.period
    return Text(f"{name}{value(unit)}{zh}", f"{name}{value(unit)}{en}", values)
