"""Where a label may stand: not over another, not over a sign, not over the edge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from lusong_analysis.report.charts import marks
from lusong_analysis.report.drawing import GREY, WIDTH, Box, Pen
from lusong_analysis.report.text import Text

LINE = 14.0  # the height of a line, and of a chart of nothing [pt]
NOTHING_KNOWN = Text("无资料", "no figure")
# A white ground lets a label stand over a line.
PAPER = {"facecolor": "white", "edgecolor": "none", "pad": 1.2}
# The sides of a point on which its label may stand, by preference: step to the right, step down, alignments.
SIDES = {
    "right": (1.0, 0.0, "left", "center"),
    "left": (-1.0, 0.0, "right", "center"),
    "above": (0.0, -1.0, "center", "bottom"),
    "below": (0.0, 1.0, "center", "top"),
    "above right": (0.7, -0.7, "left", "bottom"),
    "below right": (0.7, 0.7, "left", "top"),
    "above left": (-0.7, -0.7, "right", "bottom"),
    "below left": (-0.7, 0.7, "right", "top"),
}
ANYWHERE = tuple(SIDES)


@dataclass
class Places:
    """What of a picture is taken [pt], so that no label covers anything."""

    height: float
    taken: list[Box] = field(default_factory=list)

    def free(self, box: Box) -> bool:
        """Whether a box lies in the picture and covers nothing."""
        inside = box.left >= 0 and box.top >= 0 and box.right <= WIDTH and box.bottom <= self.height
        return inside and not any(box.overlaps(other) for other in self.taken)

    def take(self, *boxes: Box) -> None:
        """Keep labels off some boxes."""
        self.taken += boxes


def box_at(x: float, y: float, size: tuple[float, float], across: str, down: str) -> Box:
    """The box of a text of a size [pt] at a place, by its alignments."""
    width, height = size
    left = {"left": x, "center": x - width / 2, "right": x - width}[across]
    top = {"top": y, "center": y - height / 2, "bottom": y - height}[down]
    return Box(left, top, left + width, top + height)


def write_beside(
    axes: Any,
    pen: Pen,
    places: Places,
    text: Text,
    around: Box,
    *,
    sides: Iterable[str] = ANYWHERE,
    always: bool = True,
    **style: Any,
) -> bool:
    """Write a label beside a sign, on the first side that is free.

    Where none is free the label moves up or down until it is, or, with ``always`` false, is not written.
    """
    size = pen.room(axes, text, **style)
    for shift in range(0, 12 if always else 1):
        for side in sides:
            for sign in (-1, 1) if shift else (1,):
                x, y, across, down = _corner(around, side)
                y += sign * shift * size[1] / 2
                box = box_at(x, y, size, across, down)
                if places.free(box):
                    places.take(box)
                    if shift:
                        _lead(axes, around, box)
                    pen.write(axes, x, y, text, ha=across, va=down, **style)
                    return True
    if always:
        x, y, across, down = _corner(around, "right")
        places.take(box_at(x, y, size, across, down))
        pen.write(axes, x, y, text, ha=across, va=down, **style)
    return always


def write_nothing(axes: Any, pen: Pen) -> None:
    """Draw a chart of which nothing is known."""
    pen.write(axes, 0, 0, NOTHING_KNOWN, va="top", color=GREY)


def _lead(axes: Any, sign: Box, label: Box) -> None:
    """Lead from a sign to its label, where they stand apart."""
    x, y = (sign.left + sign.right) / 2, (sign.top + sign.bottom) / 2
    near = min(max(x, label.left), label.right), min(max(y, label.top), label.bottom)
    marks.line(axes, [x, near[0]], [y, near[1]], GREY, 0.5, zorder=2)


def _corner(around: Box, side: str, gap: float = 3) -> tuple[float, float, str, str]:
    right, down, across, along = SIDES[side]
    x, y = (around.left + around.right) / 2, (around.top + around.bottom) / 2
    return (
        x + right * ((around.right - around.left) / 2 + gap),
        y + down * ((around.bottom - around.top) / 2 + gap),
        across,
        along,
    )


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float, gap: float = 0) -> list[float]:
    """Centres of things on a line [pt], near those wanted, in their order, and apart from each other."""
    order = sorted(range(len(wanted)), key=lambda number: (wanted[number], number))
    centres = list(wanted)
    edge = low
    for number in order:
        centres[number] = max(centres[number], edge + sizes[number] / 2)
        edge = centres[number] + sizes[number] / 2 + gap
    edge = high
    for number in reversed(order):
        centres[number] = min(centres[number], edge - sizes[number] / 2)
        edge = centres[number] - sizes[number] / 2 - gap
    return centres
