"""Bars of a growth needed, by target year."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from lusong_analysis.measures.growth import Fan
from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.quantity.rounding import printed
from lusong_analysis.quantity.series import refuse_strangers
from lusong_analysis.report.charts import marks
from lusong_analysis.report.charts.labels import Places, box_at
from lusong_analysis.report.charts.marks import Scale
from lusong_analysis.report.charts.names import Pair, measure_of
from lusong_analysis.report.drawing import BLUE, GREY, WIDTH, Box, Chart, Pen
from lusong_analysis.report.text import Text

HEIGHT = 140.0
ROOM = 18.0  # for a line of text above or below the bars [pt]
HALF = 30.0  # of a bar's width, where there is room [pt]
FLOORS, CEILINGS = (">", ">="), ("<", "<=")


def bounds_by_year(fan: Fan) -> Chart:
    """Bars of the growth needed by each target year: where only a ceiling is known, a cap with the area below it.

    Parameters
    ----------
    fan : Fan
        Growth needed by target year, as ``required_growth_by_year`` gives it [%/年].

    Raises
    ------
    QuantityError
        A growth is not that from the start to the target.
    """
    for end in (fan.start, fan.target):
        refuse_strangers((growth for _, growth in fan.points if not growth.absent), [end], ("ref_area", "counterpart"))
    values = {"start": fan.start, "target": fan.target}
    figures = {**values, **{f"growth_{year.code}": quantity for year, quantity in fan.points}}
    growth = [quantity for _, quantity in fan.points]
    absent = any(quantity.absent for quantity in figures.values())
    run = ("", "") if absent else _run(growth)
    half = min(HALF, WIDTH / len(growth) * 0.3)

    def draw(axes: Any, pen: Pen) -> None:
        heights = [number for quantity in growth for number in marks.numbers(quantity)]
        low, high = min(0, *heights), max(0, *heights)
        scale = Scale(low, high, HEIGHT - ROOM * (2 if low < 0 else 1), ROOM)
        slot, places = WIDTH / len(growth), Places(HEIGHT)
        for number, (year, quantity) in enumerate(fan.points):
            middle, weight = slot * (number + 0.5), "bold" if quantity is growth[-1] else "normal"
            box = marks.column(axes, marks.Look(BLUE), quantity, scale, middle, half)
            down = max(marks.numbers(quantity)) < 0
            y, side = (box.bottom + 2, "top") if down else (box.top - 2, "bottom")
            pen.figure(axes, middle, y, quantity, ha="center", va=side, color=BLUE, weight=weight)
            places.take(box, Box(middle - slot / 2, y - ROOM, middle + slot / 2, y + ROOM))
            pen.write(axes, middle, HEIGHT, Text("{year}", "{year}", {"year": year}), ha="center", va="bottom")
        marks.line(axes, [0, WIDTH], [scale(0), scale(0)], GREY, 0.8, zorder=6)
        if printed(fan.start).sign in FLOORS and len(growth) > 1:
            _reason(axes, pen, places, slot * 0.5 + half)

    def _reason(axes: Any, pen: Pen, places: Places, edge: float) -> None:
        """Say beside the first bar why its line is a ceiling, where the other bars leave room."""
        text = Text(
            "起点{start}只是下限：真实值越高，所需增速越低，所以横线是上限",
            "The start, {start}, is a lower bound: the higher the true value, the less growth is needed, "
            "so the line is an upper bound",
            {"start": fan.start},
        )
        style: dict[str, Any] = {"width": 210, "fontsize": pen.small, "color": GREY}
        x, y = edge + 44, ROOM
        if places.free(box_at(x, y, pen.room(axes, text, **style), "left", "top")):
            pen.write(axes, x, y, text, ha="left", va="top", **style)
            marks.line(axes, [edge + 3, x - 4], [y + 6, y + 6])

    return Chart(
        draw=draw,
        height=HEIGHT,
        figures=figures,
        measure=measure_of(
            Text(
                "由{start.period}的{start}增至{target}所需的年均增速，按目标年份",
                "Average yearly growth needed from {start} in {start.period} to {target}, by target year",
                values,
            ),
            "%/年",
            [] if absent else _meaning(growth),
        ),
        alternative=Text(
            f"柱形图：横轴为目标年份，纵轴为所需年均增速。{run[0]}最早一年为{{first}}，最晚一年为{{last}}。",
            f"Bar chart with target years along the axis and the yearly growth needed as height. {run[1]}"
            "The first year has {first}, the last year {last}.",
            {"first": growth[0], "last": growth[-1]},
        ),
    )


def _run(growth: Sequence[Quantity]) -> Pair:
    """How the drawn bars run."""
    heights = [max(marks.numbers(quantity)) for quantity in growth]
    steps = [other - one for one, other in itertools.pairwise(heights)]
    if steps and max(steps) < 0:
        return "目标年份越晚，柱形越低。", "The later the year, the lower the bar. "
    if steps and min(steps) > 0:
        return "目标年份越晚，柱形越高。", "The later the year, the higher the bar. "
    return "", ""


def _meaning(growth: Sequence[Quantity]) -> list[Pair]:
    signs = {printed(quantity).sign for quantity in growth}
    meanings: list[tuple[set[str], Pair]] = [
        (set(CEILINGS), ("横线为上限，增速在其下", "the line is an upper bound, the growth lies below it")),
        (set(FLOORS), ("横线为下限，增速在其上", "the line is a lower bound, the growth lies above it")),
        ({"range"}, ("浅色段为可能的范围", "the light bar is the range in which the growth lies")),
    ]
    return [words for found, words in meanings if found & signs]
