"""Bars of several indicators, one panel each, on one axis of years."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

from lusong_analysis.quantity.period import Period, bounds
from lusong_analysis.quantity.period import period as period_of
from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.quantity.series import Series, refuse_several, refuse_strangers
from lusong_analysis.quantity.series import series as series_of
from lusong_analysis.report.charts import marks
from lusong_analysis.report.charts.labels import LINE, NOTHING_KNOWN, write_nothing
from lusong_analysis.report.charts.marks import Scale, look_of
from lusong_analysis.report.charts.names import (
    Dated,
    Point,
    figures_of,
    joined,
    measure_of,
    noun_of,
    points_of,
    quantity_of,
    shape,
    shorter_than_a_year,
    signs_of,
    subject_of,
    unit_of,
    value,
)
from lusong_analysis.report.drawing import BLUE, BRICK, GREY, WIDTH, Chart, Pen, trim
from lusong_analysis.report.text import Text

HEAD = 15.0  # the name of a panel [pt]
ROOM = 13.0  # above the highest bar, for a line of its figure [pt]
BARS = (92.0, 60.0)  # the height of the bars in the first panel, and in the others [pt]
BELOW = 8.0  # under a panel [pt]
TICKS = 40.0  # the names of the periods, on three lines at most [pt]
HALF = 17.0  # of a bar's width, where there is room [pt]
COLORS = (BLUE, BRICK)
HATCH = "/////"
PART = ("斜线为不足一年", "hatched: part of a year")
Panel = tuple[Point, ...]


def panels_by_year(*series: Iterable[Dated]) -> Chart:
    """Bars by year, one panel an indicator: hollow for press figures, dashed for computed ones, hatched for part years.

    Parameters
    ----------
    *series : iterable of Quantity or (Period, Quantity)
        A series each, the main one first, as ``report.series`` gives them; after its statements computed figures,
        each with the period it is about. Of each year the longest period is drawn; a year without a figure is marked
        as a gap.

    Raises
    ------
    QuantityError
        Statements make no series, a computed figure has no place in it, or two series differ in area or object or
        have one definition.
    """
    items = [_items(one) for one in series]
    refuse_several([stated for stated, _ in items], ("ref_area", "counterpart"), ("kind", "indicator"))
    panels = [panel for stated, computed in items if (panel := _of_each_year(points_of((*stated, *computed))))]
    units = [unit_of([point.quantity for point in panel]) for panel in panels]
    points = [point for panel in panels for point in panel]
    periods = _periods(points)
    tops = [sum(_height(number) for number in range(count)) for count in range(len(panels) + 1)]

    def draw(axes: Any, pen: Pen) -> None:
        for number, (panel, unit) in enumerate(zip(panels, units, strict=True)):
            _panel(axes, pen, panel, periods, unit, COLORS[number % 2], tops[number], tops[number + 1] - BELOW)
        slot = WIDTH / len(periods)
        style: dict[str, Any] = {"ha": "center", "va": "top", "width": slot - 3}
        names = [Text("{when}", "{when}", {"when": period}) for period in periods]
        for number, name in enumerate(names):
            pen.write(axes, slot * (number + 0.5), tops[-1] - 4, name, **style)
        trim(axes, tops[-1] - 3 + max(pen.room(axes, name, **style)[1] for name in names))

    known = [point.quantity for point in points]
    kind = Text(
        "柱形图：横轴为年份，每项指标一栏。", "Bar charts with years along the axis, one panel for each indicator. "
    )
    signs = signs_of(points)
    if any(shorter_than_a_year(point.period.code) for point in points):
        signs.append(PART)
    return Chart(
        draw=draw if known else write_nothing,
        height=max(tops[-1] - BELOW + TICKS, LINE),
        figures=figures_of(known, itertools.chain.from_iterable(map(_missing, items))),
        measure=measure_of(subject_of(known), units[0] if len(set(units)) == 1 else "", signs, noun_of(known)),
        alternative=joined(kind, *(_course(panel) for panel in panels[:2])),
    )


def _height(number: int) -> float:
    return BARS[min(number, 1)] + HEAD + ROOM + BELOW


def _items(items: Iterable[Dated]) -> tuple[Series, tuple[Dated, ...]]:
    """The statements of a panel as a series, and the figures computed from them.

    Raises
    ------
    QuantityError
        The statements make no series, or a computed figure has no place in it.
    """
    every = (*items.figures, *items.absent) if isinstance(items, Series) else (*items,)
    stated = series_of(item for item in every if isinstance(item, Quantity))
    computed = tuple(item for item in every if isinstance(item, tuple))
    known = (point.quantity for point in points_of(computed))
    refuse_strangers(known, stated.figures, ("ref_area", "counterpart", "unit"))
    return stated, computed


def _missing(items: tuple[Series, tuple[Dated, ...]]) -> list[Quantity]:
    """What is not known of a panel."""
    stated, computed = items
    return [*stated.absent, *(quantity for item in computed if (quantity := quantity_of(item)).absent)]


def _of_each_year(points: Sequence[Point]) -> Panel:
    """The longest period of each year, in their order; of several figures for one, the narrowest."""
    years: dict[int, list[Point]] = {}
    for point in points:
        years.setdefault(bounds(point.period.code)[0].year, []).append(point)
    return tuple(min(years[year], key=_rank) for year in sorted(years))


def _rank(point: Point) -> tuple[int, float]:
    first, last = bounds(point.period.code)
    return (first - last).days, float(point.quantity.interval.width)


def _periods(points: Sequence[Point]) -> list[Period]:
    """The periods along the axis, and the years between them of which nothing is known."""
    held = {point.period.code: point.period for point in points}
    years = {bounds(code)[0].year for code in held}
    gaps = [period_of(str(year)) for year in range(min(years, default=0), max(years, default=0)) if year not in years]
    return sorted([*held.values(), *gaps], key=lambda period: bounds(period.code))


def _panel(
    axes: Any,
    pen: Pen,
    panel: Panel,
    periods: Sequence[Period],
    unit: str,
    color: str,
    top: float,
    bottom: float,
) -> None:
    slot, drawn = WIDTH / len(periods), {point.period.code: point for point in panel}
    numbers = [number for point in panel for number in marks.numbers(point.quantity)]
    texts = {point.period.code: Text(value(unit), value(unit), {"x": point.quantity}) for point in panel}
    room = max(pen.room(axes, text, width=slot - 3)[1] for text in texts.values()) + 2
    low = room if min(numbers) < 0 else 0
    scale = Scale(min(0, *numbers), max(0, *numbers), bottom - low, top + HEAD + room)
    pen.write(axes, 0, top, _name(panel), va="top", color=color, weight="bold")
    marks.line(axes, [0, WIDTH], [scale(0), scale(0)], GREY, 0.8, zorder=6)
    for number, period in enumerate(periods):
        middle, point = slot * (number + 0.5), drawn.get(period.code)
        if point is None:
            pen.write(
                axes, middle, scale(0) - 3, NOTHING_KNOWN, ha="center", va="bottom", color=GREY, fontsize=pen.small
            )
            continue
        hatch = HATCH if shorter_than_a_year(period.code) else ""
        look = look_of(pen, point.quantity, color)
        box = marks.column(axes, look, point.quantity, scale, middle, min(HALF, slot * 0.32), hatch)
        below = max(marks.numbers(point.quantity)) < 0
        y, side = (box.bottom + 2, "top") if below else (box.top - 1.5, "bottom")
        pen.write(axes, middle, y, texts[period.code], ha="center", va=side, width=slot - 3)


def _name(panel: Panel) -> Text:
    named = [point.quantity for point in panel if point.quantity.subject.indicator]
    return Text("{x.indicator}", "{x.heading}", {"x": named[0]}) if named else Text("推算值", "Computed")


def _course(panel: Panel) -> Text:
    """How the figures of whole years run, from the first to the last; parts of years where nothing else is known."""
    whole = [point for point in panel if not shorter_than_a_year(point.period.code)] or list(panel)
    zh, en = shape([point.quantity for point in whole])
    ends = [whole[0], whole[-1]] if len(whole) > 1 else [whole[0]]
    items = [Text("{when}{x}", "{x} in {when}", {"x": point.quantity, "when": point.period}) for point in ends]
    head = joined(_name(panel), Text(f"按整年{zh}", f"by whole years it {en}"), between=("", ": "))
    return joined(joined(head, *items, between=("，", ", ")), Text("。", ". "))
