"""Counts of classes as bars, a row each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.quantity import count_line
from lusong_analysis.report.charts import marks
from lusong_analysis.report.charts.marks import Scale
from lusong_analysis.report.charts.names import joined
from lusong_analysis.report.counting import Class
from lusong_analysis.report.drawing import BLUE, COLUMN, GREY, WIDTH, Box, Chart, Pen
from lusong_analysis.report.properties import COUNTED, PROPERTIES
from lusong_analysis.report.text import Text

ROW, HALF, GAP = 19.0, 5.5, 8.0  # the height of a row, half that of a bar, the way to a text [pt]
ROOM = 34.0  # for the number behind the longest bar [pt]


def counts(classes: Sequence[Class]) -> Chart:
    """A bar from nothing to each count, in the order of the classes, with its number behind it.

    Parameters
    ----------
    classes : sequence of Class
        The classes of one property, as ``report.counts`` gives them.

    Raises
    ------
    QuantityError
        The classes are of several properties, or something else is counted in each.
    """
    tables = {each.quantity.formula["counted"]["table"] for each in classes}
    if len({each.by for each in classes}) != 1 or len(tables) != 1:
        msg = "counts: the bars are not the classes of one property; take them from one report.counts"
        raise QuantityError(msg)
    most = max(marks.numbers(each.quantity)[0] for each in classes)
    measure = _measure(tables.pop(), classes[0].by)

    def draw(axes: Any, pen: Pen) -> None:
        scale = Scale(0, most, COLUMN, WIDTH - ROOM)
        for place, each in enumerate(classes):
            y, end = (place + 0.5) * ROW, scale(marks.numbers(each.quantity)[0])
            pen.write(axes, COLUMN - GAP, y, each.name, ha="right", va="center")
            if end > COLUMN:
                marks.bar(axes, Box(COLUMN, y - HALF, end, y + HALF), BLUE, fill=BLUE)
            pen.figure(axes, end + GAP / 2, y, each.quantity, va="center", color=BLUE, weight="bold")
        marks.line(axes, [COLUMN, COLUMN], [0, len(classes) * ROW], GREY, 0.8)

    return Chart(
        draw=draw,
        height=len(classes) * ROW + 2,
        figures={count_line(each.quantity.formula): each.quantity for each in classes},
        measure=measure,
        alternative=_alternative(measure, classes),
    )


def _measure(table: str, by: str) -> Text:
    counted, kept = COUNTED[table], PROPERTIES[by]
    nouns = counted.noun.partition("|")[2]
    return Text(f"{counted.zh}数（{counted.unit}），按{kept.zh}", f"Number of {nouns}, by {kept.en}")


def _alternative(measure: Text, classes: Sequence[Class]) -> Text:
    """The kind of chart, what it holds, and its first classes with their numbers."""
    named = [joined(each.name, Text("{x}", "{x}", {"x": each.quantity}), between=("", ": ")) for each in classes[:5]]
    head = joined(Text("条形图，每类一条，自上而下：", "Bar chart with a bar for each class, from the top: "), measure)
    return joined(joined(head, *named, between=("，", "; ")), Text("。", "."))
