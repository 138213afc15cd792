"""Statements in one band a definition, by size."""

from __future__ import annotations

from typing import Any

from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.report.charts import marks
from lusong_analysis.report.charts.labels import LINE, write_nothing
from lusong_analysis.report.charts.marks import Scale, is_target, look_of
from lusong_analysis.report.charts.names import (
    figures_of,
    item_of,
    joined,
    measure_of,
    noun_of,
    points_of,
    signs_of,
    unit_of,
    value,
)
from lusong_analysis.report.drawing import BLUE, COLUMN, GREY, RULE, WIDTH, Chart, Pen
from lusong_analysis.report.text import Text

ROW, HEAD = 14.5, 21.0  # the height of a row and of a band's head [pt]
GAP = 8.0


def statements_by_definition(statements: tuple[Quantity, ...]) -> Chart:
    """Points in one band a definition, never joined: by their size, with whose they are and of when.

    Parameters
    ----------
    statements : tuple of Quantity
        Statements in units of one dimension, as ``report.history`` gives them.

    Raises
    ------
    QuantityError
        One axis cannot hold the statements.
    """
    bands: dict[tuple[str, str], list[Quantity]] = {}
    points = points_of(statements)
    known = [point.quantity for point in points]
    for quantity in known:
        subject = quantity.subject
        bands.setdefault((subject.comparable_with or subject.indicator, subject.ref_area), []).append(quantity)
    unit = unit_of(known)

    def draw(axes: Any, pen: Pen) -> None:
        scale, y = _scale(axes, pen, known), 0.0
        for band in bands.values():
            head = next((quantity for quantity in band if not is_target(quantity)), band[0])
            heading = Text("{x.area}：{x.indicator}", "{x.heading}, {x.area}", {"x": head})
            marks.line(axes, [0, WIDTH], [y + 0.5, y + 0.5], RULE, 0.5)
            pen.write(
                axes, COLUMN, y + HEAD / 2 + 0.5, heading, width=WIDTH - COLUMN, weight="bold", va="center", color=BLUE
            )
            y += HEAD
            for quantity in band:
                _row(axes, pen, scale, quantity, unit, y + ROW / 2 - 1)
                y += ROW

    kind = Text(
        "点图：每种口径一组，组内每条陈述一行，横向位置为数值，各点不相连。其中",
        "Dot chart with one group for each definition and one row for each statement; the position is the value, "
        "and no points are joined. Among them",
    )
    items = joined(*map(item_of, points[:4]), between=("；", "; "))
    return Chart(
        draw=draw if known else write_nothing,
        height=max(len(bands) * HEAD + len(known) * ROW, LINE),
        figures=figures_of(known, statements),
        measure=measure_of(_where(known), unit, signs_of(points), noun_of(known)),
        alternative=joined(kind, items, between=("：", ": ")),
    )


def _where(known: list[Quantity]) -> Text:
    """The area, where it is one; the definitions stand over the bands."""
    one = len({quantity.subject.ref_area for quantity in known}) == 1
    return Text("{x.area}", "{x.area}", {"x": known[0]}) if one else Text("", "")


def _scale(axes: Any, pen: Pen, known: list[Quantity]) -> Scale:
    """From nothing to the largest number, as far as the rows leave room for their notes."""
    rows = [(max(marks.numbers(quantity)), pen.room(axes, _note(quantity))[0]) for quantity in known]
    largest = max(number for number, _ in rows)
    room = WIDTH - COLUMN - marks.ARROW - GAP * 2
    return Scale(0, largest, COLUMN, COLUMN + min((room - width) * largest / number for number, width in rows))


def _row(axes: Any, pen: Pen, scale: Scale, quantity: Quantity, unit: str, y: float) -> None:
    look = look_of(pen, quantity)
    text = Text(value(unit), value(unit), {"x": quantity})
    pen.write(axes, COLUMN - GAP, y, text, ha="right", va="center", color=look.color, weight="bold")
    marks.line(axes, [scale(0), scale(max(marks.numbers(quantity)))], [y, y], RULE, 0.6, zorder=1)
    box = marks.draw(axes, look, quantity, lambda number: (scale(number), y), upward=False)
    pen.write(axes, box.right + GAP / 2, y, _note(quantity), va="center", color=GREY)


def _note(quantity: Quantity) -> Text:
    """Whose a figure is, what kind, and of when."""
    whose = ("{x.counterpart}，", "{x.counterpart}, ") if quantity.subject.counterpart else ("", "")
    kind = ("目标，", "target, ") if is_target(quantity) else ("", "")
    return Text(f"{kind[0]}{whose[0]}{{x.when}}", f"{kind[1]}{whose[1]}{{x.when}}", {"x": quantity})
