"""Figures as ranges, values and bounds on one number axis, beside thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.report.charts import marks
from lusong_analysis.report.charts.labels import LINE, NOTHING_KNOWN, PAPER, spread, write_nothing
from lusong_analysis.report.charts.marks import Scale, look_of
from lusong_analysis.report.charts.names import (
    Name,
    Point,
    Row,
    Rows,
    absent,
    figures_of,
    joined,
    measure_of,
    noun_of,
    quantities_in,
    rows_of,
    signs_of,
    text_of,
    unit_of,
    value,
)
from lusong_analysis.report.drawing import BLUE, COLUMN, GREY, INK, RULE, WIDTH, Chart, Pen
from lusong_analysis.report.text import Text

ROW, HEAD, TOP = 22.0, 17.0, 30.0  # the height of a row, of a group's head, and of the names of thresholds [pt]
GAP = 8.0
MOST_VALUES = 5  # in an alternative text
DASHES = (0, (3, 2))
NOTHING = Text("", "")


@dataclass(frozen=True)
class Group:
    """Rows under a name of their own."""

    name: Text
    rows: tuple[Row, ...]

    @property
    def height(self) -> float:
        """What it takes of the picture [pt]."""
        return len(self.rows) * ROW + (HEAD if self.name.zh else 0)


def intervals(groups: Sequence[tuple[Name, Rows]], thresholds: Rows = (), what: Name = NOTHING) -> Chart:
    """Ranges, values and bounds on one axis, in groups, with thresholds as dashed lines across.

    Parameters
    ----------
    groups : sequence of (name, rows)
        ``rows`` are pairs of a name and a figure. A name is a pair of words (zh, en), ``report.area``, a Text, or a
        figure. What is not known has a row that says so.
    thresholds : sequence of (name, Quantity)
        Named thresholds in the unit of the figures.
    what : name
        What the figures measure, for the line under the title.

    Raises
    ------
    QuantityError
        One axis cannot hold the figures.
    """
    kept = [Group(text_of(name), rows_of(rows)) for name, rows in groups if not absent(text_of(name))]
    every = [quantity for name, _ in groups for quantity in quantities_in(text_of(name))]
    every += [quantity for _, rows in groups for _, quantity in rows]
    return _chart(kept, [row for row in rows_of(thresholds) if not row.quantity.absent], text_of(what), every)


def ranges(rows: Rows, thresholds: Rows = (), what: Name = NOTHING) -> Chart:
    """Ranges, values and bounds on one axis, a row each; see :func:`intervals`."""
    return intervals([(NOTHING, rows)], thresholds, what)


def _chart(groups: Sequence[Group], thresholds: Sequence[Row], what: Text, every: Sequence[Quantity]) -> Chart:
    rows = [row for group in groups for row in group.rows]
    known = [row for row in rows if not row.quantity.absent]
    quantities = [row.quantity for row in (*known, *thresholds)]
    unit, top = unit_of(quantities), TOP if thresholds else 0
    height = max(top + sum(group.height for group in groups) + 6, LINE)
    names = [*(row.name for row in (*rows, *thresholds)), *(group.name for group in groups)]
    named = [quantity for name in names for quantity in quantities_in(name)]

    def draw(axes: Any, pen: Pen) -> None:
        scale, y = _scale(axes, pen, known, thresholds, unit), float(top)
        _thresholds(axes, pen, scale, thresholds, unit, height)
        marks.line(axes, [COLUMN, WIDTH], [height - 2, height - 2], GREY, 0.8)
        if scale.low < 0:
            marks.line(axes, [scale(0), scale(0)], [top, height - 2], GREY, 0.8)
        for group in groups:
            if group.name.zh:
                pen.write(axes, 0, y + HEAD / 2, group.name, va="center", weight="bold", color=BLUE, bbox=PAPER)
                y += HEAD
            for row in group.rows:
                _row(axes, pen, scale, row, unit, y + ROW / 2)
                y += ROW

    return Chart(
        draw=draw if known else write_nothing,
        height=height,
        figures=figures_of([*quantities, *named] if known else [], every),
        measure=measure_of(what, unit, _meaning([row.quantity for row in known], thresholds), noun_of(quantities)),
        alternative=_alternative(groups, thresholds),
    )


def _scale(axes: Any, pen: Pen, known: Sequence[Row], thresholds: Sequence[Row], unit: str) -> Scale:
    """From nothing to the largest number, as far as the rows leave room for their figures."""
    ends = [number for row in (*known, *thresholds) for number in marks.numbers(row.quantity)]
    low, high = min(0, *ends), max(0, *ends)
    widths = {id(row): pen.room(axes, _figure(row, unit), weight="bold")[0] + GAP for row in known}
    # Below nothing a figure stands before its sign.
    start = COLUMN + max((widths[id(row)] for row in known if _below(row)), default=0)
    room = WIDTH - start - marks.ARROW
    above = [(max(marks.numbers(row.quantity)), row) for row in known if not _below(row)]
    reach = [(room - widths[id(row)]) * (high - low) / (number - low) for number, row in above if number > low]
    return Scale(low, high, start, start + min(reach, default=room))


def _below(row: Row) -> bool:
    return max(marks.numbers(row.quantity)) < 0


def _figure(row: Row, unit: str) -> Text:
    return Text(value(unit), value(unit), {"x": row.quantity})


def _row(axes: Any, pen: Pen, scale: Scale, row: Row, unit: str, y: float) -> None:
    pen.write(axes, COLUMN - GAP, y, row.name, ha="right", va="center", width=COLUMN - GAP)
    if row.quantity.absent:
        pen.write(axes, COLUMN + 2, y, NOTHING_KNOWN, va="center", color=GREY, fontsize=pen.small)
        return
    look = look_of(pen, row.quantity)
    box = marks.draw(axes, look, row.quantity, lambda number: (scale(number), y), upward=False)
    marks.line(axes, [scale(0), box.right if _below(row) else box.left], [y, y], RULE, 0.6, zorder=1)
    x, side = (box.left - 4, "right") if _below(row) else (box.right + 4, "left")
    style: dict[str, Any] = {"color": look.color, "weight": "bold", "bbox": PAPER, "zorder": 6}
    pen.write(axes, x, y, _figure(row, unit), ha=side, va="center", **style)


def _thresholds(axes: Any, pen: Pen, scale: Scale, thresholds: Sequence[Row], unit: str, height: float) -> None:
    """Dashed lines across, with their names on top: the last one's to its right, the others' to the left."""
    ordered = sorted(thresholds, key=lambda row: marks.numbers(row.quantity)[0])
    lines = [scale(marks.numbers(row.quantity)[0]) for row in ordered]
    texts = [joined(row.name, _figure(row, unit), between=("\n", "\n")) for row in ordered]
    widths = [pen.room(axes, text, fontsize=pen.small)[0] for text in texts]
    last = len(texts) - 1
    wanted = [
        x + (width / 2 + 3) * (1 if number == last else -1)
        for number, (x, width) in enumerate(zip(lines, widths, strict=True))
    ]
    for x, text, middle in zip(lines, texts, spread(wanted, widths, 0, WIDTH, 6), strict=True):
        pen.write(axes, middle, TOP - 4, text, ha="center", va="bottom", fontsize=pen.small)
        marks.line(axes, [x, x], [TOP - 26, height - 2], INK, 0.8, linestyle=DASHES, zorder=2)


def _meaning(known: Sequence[Quantity], thresholds: Sequence[Row]) -> list[tuple[str, str]]:
    signs = signs_of(Point(quantity.period, quantity) for quantity in known)
    return [*signs, ("竖虚线为门槛", "vertical dashes: thresholds")] if thresholds else signs


def _alternative(groups: Sequence[Group], thresholds: Sequence[Row]) -> Text:
    """Kind and axes, then of each group the first figures, as many as an ear can hold."""
    kind = Text(
        "区间图：每行一个数字，横向位置为其大小，条为可能的范围",
        "Interval chart with one figure in each row; the position is its size, a bar the range in which it lies",
    )
    rows = [
        (number, joined(*(part for part in (group.name, row.name, _plain(row)) if part.zh), between=("", ", ")))
        for group in groups
        for number, row in enumerate(row for row in group.rows if not row.quantity.absent)
    ]
    lines = [joined(Text("门槛", "threshold"), row.name, _plain(row), between=("", " ")) for row in thresholds]
    items: list[Text] = []
    for text in [*(text for _, text in sorted(rows, key=lambda row: row[0])), *lines]:
        if sum(len(quantities_in(item)) for item in (*items, text)) <= MOST_VALUES:
            items.append(text)
    listed = joined(*items, between=("；", "; "))
    return joined(joined(kind, listed, between=("。", ". ")), Text("。", "."))


def _plain(row: Row) -> Text:
    return Text("{x}", "{x}", {"x": row.quantity})
