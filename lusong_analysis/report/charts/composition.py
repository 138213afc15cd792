"""What a whole is made of."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lusong_analysis.measures.structure import share_of
from lusong_analysis.quantity.differences import label
from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.quantity.series import refuse_mixing
from lusong_analysis.quantity.units import factor
from lusong_analysis.report.charts import marks
from lusong_analysis.report.charts.labels import NOTHING_KNOWN, spread, write_nothing
from lusong_analysis.report.charts.marks import DASHES, Scale, ground, look_of
from lusong_analysis.report.charts.names import (
    Row,
    Rows,
    figures_of,
    joined,
    measure_of,
    points_of,
    quantities_in,
    rows_of,
    signs_of,
    subject_of,
    unit_of,
    value,
)
from lusong_analysis.report.drawing import BLUE, GREY, INK, WIDTH, Box, Chart, Pen
from lusong_analysis.report.text import Text

WHOLE, THICK, BELOW, UNDER = 19.0, 36.0, 12.0, 22.0  # the bracket, the bar, the way to names under it, these [pt]
GAP = 10.0  # between two names [pt]
NARROW = 0.15  # of the bar: a piece that has its name under it
SAME = ("kind", "ref_area", "counterpart", "time_period", "unit")
NOTHING = Text("", "")


@dataclass(frozen=True)
class Piece:
    """A part with its share of the whole, and where it begins and ends [base unit]."""

    row: Row
    share: Quantity | None
    start: float
    end: float


def composition(parts: Rows, whole: Quantity | None = None) -> Chart:
    """Parts as pieces of one bar under a bracket for the printed whole, each with its name, value and share.

    Parameters
    ----------
    parts : sequence of (name, Quantity)
        The parts in their order, of one unit; a name is a pair of words (zh, en), a Text, or a figure. A part that
        is not known is named as such.
    whole : Quantity, optional
        The printed whole, of the same area, object and period; without it the parts are shares themselves.

    Raises
    ------
    QuantityError
        The figures do not go together, or one is a bound or a range, which has no length.
    """
    rows = rows_of(parts)
    total = whole if whole and not whole.absent else None
    _refuse([row.quantity for row in rows if not row.quantity.absent], total)
    pieces = _pieces([row for row in rows if not row.quantity.absent], total)
    unknown = [row for row in rows if row.quantity.absent]
    figures = [*(piece.row.quantity for piece in pieces), *([total] if total else [])]
    missing = [row.quantity for row in unknown] + ([whole] if whole else [])
    named = [quantity for piece in pieces for quantity in quantities_in(piece.row.name)]
    shares = [piece.share for piece in pieces if piece.share]
    unit, reach = unit_of(figures), max((piece.end for piece in pieces), default=0.0)
    top = WHOLE if total else 1.0
    narrow = [piece for piece in pieces if piece.end - piece.start < NARROW * reach]

    def draw(axes: Any, pen: Pen) -> None:
        longest = max(reach, marks.numbers(total)[0]) if total else reach
        scale = Scale(0, longest, 1, WIDTH - 1)
        for piece in pieces:
            _piece(axes, pen, scale, piece, unit, top, named=piece not in narrow)
        _name_below(axes, pen, scale, narrow, unit, top + THICK)
        if total:
            _bracket(axes, pen, total, scale(marks.numbers(total)[0]))
        if unknown:
            marks.line(axes, [scale(reach), WIDTH], [top + THICK / 2] * 2, linestyle=DASHES)
            names = joined(*(row.name for row in unknown), between=("、", ", "))
            text = joined(names, NOTHING_KNOWN, between=("：", ": "))
            pen.write(axes, WIDTH, top + THICK + 3, text, ha="right", va="top", color=GREY)

    return Chart(
        draw=draw if pieces else write_nothing,
        height=top + THICK + 2 + (BELOW + UNDER if narrow or unknown else 0),
        figures=figures_of([*figures, *named, *shares] if pieces else [], missing),
        measure=measure_of(_what(figures, total), unit, signs_of(points_of(figures))),
        alternative=_alternative(pieces, total),
    )


def _refuse(parts: Sequence[Quantity], total: Quantity | None) -> None:
    """Refuse parts that cannot make up one whole."""
    least = sum(quantity.interval.low * factor(quantity.unit) for quantity in parts)
    more = total is not None and least > total.interval.high * factor(total.unit)
    others = [f"the parts are more than {label(total)}"] if total and more else []
    refuse_mixing("no parts of one whole", [*parts, *([total] if total else [])], SAME, others)


def _pieces(known: Sequence[Row], total: Quantity | None) -> list[Piece]:
    for quantity in [*(row.quantity for row in known), *([total] if total else [])]:
        if quantity.value is None:
            msg = "composition: a bound or a range has no length of its own; print it in a table"
            raise QuantityError(msg)
    ends = [*itertools.accumulate((marks.numbers(row.quantity)[0] for row in known), initial=0.0)]
    return [
        Piece(row, share_of(row.quantity, total) if total else None, start, end)
        for row, (start, end) in zip(known, itertools.pairwise(ends), strict=True)
    ]


def _what(figures: Sequence[Quantity], total: Quantity | None) -> Text:
    """What is parted, where, and of when."""
    if not figures:
        return NOTHING
    about = total or figures[0]
    when = ("，{x.period}", ", {x.period}") if about.period.code else ("", "")
    where = subject_of([total]) if total else Text("{x.area}", "{x.area}", {"x": about})
    return joined(where, Text(*when, {"x": about}))


def _piece(axes: Any, pen: Pen, scale: Scale, piece: Piece, unit: str, top: float, *, named: bool) -> None:
    start, end, look = scale(piece.start), scale(piece.end), look_of(pen, piece.row.quantity)
    box = Box(start + 0.8, top, max(end - 0.8, start + 1.6), top + THICK)
    marks.bar(axes, box, look.color, fill=ground(look), dashed=look.dashed)
    if named:
        style: dict[str, Any] = {"color": "white" if look.filled else INK, "width": end - start - 6, "zorder": 6}
        middle = (start + end) / 2
        pen.write(axes, middle, top + THICK / 2, _words(piece, unit), ha="center", va="center", **style)


def _name_below(axes: Any, pen: Pen, scale: Scale, narrow: Sequence[Piece], unit: str, y: float) -> None:
    """Name pieces that are too narrow for their names under them."""
    texts = [_words(piece, unit) for piece in narrow]
    middles = [scale((piece.start + piece.end) / 2) for piece in narrow]
    places = spread(middles, [pen.room(axes, text)[0] for text in texts], 1, WIDTH - 1, GAP)
    for text, middle, x in zip(texts, middles, places, strict=True):
        marks.line(axes, [middle, middle, x], [y + 1, y + 4, y + BELOW - 3], GREY, 0.6)
        pen.write(axes, x, y + BELOW, text, ha="center", va="top")


def _bracket(axes: Any, pen: Pen, total: Quantity, end: float) -> None:
    """The whole over the bar, as long as it is."""
    y = WHOLE - 5
    marks.line(axes, [1, 1, end, end], [y + 3, y, y, y + 3], BLUE, 0.8)
    text = Text("合计{x}", "total {x}", {"x": total})
    pen.write(axes, 0, y - 2, text, va="bottom", color=BLUE, weight="bold")


def _words(piece: Piece, unit: str) -> Text:
    """Name, value and share of a piece, on lines of their own."""
    figure = {"x": piece.row.quantity}
    text = Text(value(unit), value(unit), figure)
    if piece.share:
        text = Text(f"{value(unit)}，{{share}}", f"{value(unit)}, {{share}}", {**figure, "share": piece.share})
    return joined(piece.row.name, text, between=("\n", "\n"))


def _alternative(pieces: Sequence[Piece], total: Quantity | None) -> Text:
    kind = Text("条形图：一条分为几段，每段为一个部分", "Bar in pieces, one for each part")
    whole = [Text("合计{x}", "the total is {x}", {"x": total})] if total else []
    items = [
        joined(
            piece.row.name,
            Text("占{x}" if piece.share else "{x}", "{x}", {"x": piece.share or piece.row.quantity}),
            between=("", " "),
        )
        for piece in pieces[:4]
    ]
    return joined(joined(kind, *whole, *items, between=("，", ", ")), Text("。", "."))
