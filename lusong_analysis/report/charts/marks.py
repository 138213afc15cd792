"""How one figure is drawn: what is known of it decides the sign, and who says so the fill."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.quantity.rounding import printed
from lusong_analysis.quantity.units import factor
from lusong_analysis.report.drawing import BLUE, BRICK, GREY, SKY, TINT, Box, Pen
from lusong_analysis.report.words import rows_of

OFFICIAL = "A"
DASHES = (0, (2.4, 1.5))
ARROW = 15.0  # how far an arrow leads away from a bound [pt]
RADIUS = 3.4  # of a point [pt]
Place = tuple[float, float]


@dataclass(frozen=True)
class Scale:
    """Takes numbers in base units to places [pt]."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, number: float) -> float:
        """The place of a number."""
        return self.start + (number - self.low) / ((self.high - self.low) or 1) * (self.end - self.start)


@dataclass(frozen=True)
class Look:
    """Colour and shape of a sign, whether it is filled, and whether its edge is dashed."""

    color: str
    shape: str = "o"
    filled: bool = True
    dashed: bool = False


def is_computed(quantity: Quantity) -> bool:
    """Whether this report computed a figure."""
    return "function" in quantity.formula


def is_target(quantity: Quantity) -> bool:
    """Whether a figure was set as a target."""
    return bool(quantity.subject.comparable_with)


def is_official(pen: Pen, quantity: Quantity) -> bool:
    """Whether an office measured a figure, and did not only have it printed in the press."""
    package = pen.speaker.package
    return all(package.sources[row.source_id].grade == OFFICIAL for row in rows_of(package, quantity))


def look_of(pen: Pen, quantity: Quantity, color: str = BLUE, shape: str = "o") -> Look:
    """Filled for an official figure, hollow for a press claim, dashed for a computed one, a diamond for a target."""
    if is_target(quantity):
        return Look(BRICK, "D", filled=False)
    if is_computed(quantity):
        return Look(color, shape, filled=False, dashed=True)
    return Look(color, shape, filled=is_official(pen, quantity) and not quantity.about)


def numbers(quantity: Quantity) -> list[float]:
    """The printed numbers of a figure in base units, so that 万元 and 亿元 share a scale."""
    return [float(number * factor(quantity.unit)) for number in printed(quantity).numbers]


def draw(axes: Any, look: Look, quantity: Quantity, place: Callable[[float], Place], *, upward: bool) -> Box:
    """Draw a figure at its place, and return what that covers.

    A value is a point, a range a bar between its ends, a floor a point with an arrow away from it, a ceiling a line
    across with an arrow back. An end that is reached has a cap.
    """
    sign = printed(quantity).sign
    places = [place(number) for number in numbers(quantity)]
    if sign == "range":
        return _range(axes, look, places[0], places[1], upward=upward)
    (x, y), reach = places[0], ARROW if sign in (">", ">=") else -ARROW
    if sign == "=":
        return point(axes, look, x, y)
    tip = (x, y - reach) if upward else (x + reach, y)
    arrow(axes, (x, y), tip, look.color)
    if sign in ("<", "<="):
        if not math.isinf(quantity.interval.low):
            low = place(float(quantity.interval.low * factor(quantity.unit)))
            area(axes, _between(low, (x, y), upward=upward))
        cap(axes, x, y, look.color, upward=upward, size=6, width=2.2)
    else:
        point(axes, look, x, y)
        if sign == ">=":
            cap(axes, x, y, look.color, upward=upward, size=6, width=1.4)
    return Box(min(x, tip[0]) - RADIUS, min(y, tip[1]) - RADIUS, max(x, tip[0]) + RADIUS, max(y, tip[1]) + RADIUS)


def point(axes: Any, look: Look, x: float, y: float, radius: float = RADIUS) -> Box:
    """Draw a point, and return its box."""
    size = (2 * radius * (0.85 if look.shape == "D" else 1)) ** 2
    axes.scatter(
        [x],
        [y],
        s=size,
        marker=look.shape,
        facecolors=look.color if look.filled else "white",
        edgecolors=look.color,
        linewidths=1.3,
        linestyles=[(0, (1.5, 1))] if look.dashed else "solid",
        zorder=5,
        clip_on=False,
    )
    return Box(x - radius, y - radius, x + radius, y + radius)


def _range(axes: Any, look: Look, one: Place, other: Place, *, upward: bool) -> Box:
    box = _between(one, other, upward=upward)
    bar(axes, box, look.color, fill=SKY, dashed=look.dashed)
    for x, y in (one, other):
        cap(axes, x, y, look.color, upward=upward, size=6.2, width=1.6)
    return Box(box.left - 1, box.top - 2, box.right + 1, box.bottom + 2)


def _between(one: Place, other: Place, *, upward: bool) -> Box:
    """The bar from a lower place to a higher one."""
    half = 4.2
    if upward:
        return Box(one[0] - half, other[1], one[0] + half, one[1])
    return Box(one[0], one[1] - half, other[0], one[1] + half)


def ground(look: Look) -> str:
    """What a bar is filled with: a press figure faintly, so that it is neither official nor computed."""
    return look.color if look.filled else "white" if look.dashed else TINT


def column(axes: Any, look: Look, quantity: Quantity, scale: Scale, middle: float, half: float, hatch: str = "") -> Box:
    """Draw a figure as an upright bar, and return what it covers.

    A value is a bar, a range the part in which it lies, a floor a bar with an open end and an arrow on, a ceiling a
    line with an arrow back and the area in which the figure lies.
    """
    sign, ends = printed(quantity).sign, [scale(number) for number in numbers(quantity)]
    box = Box(middle - half, min(*ends, scale(0)), middle + half, max(*ends, scale(0)))
    if sign == "=":
        bar(axes, box, look.color, fill=ground(look), dashed=look.dashed, hatch=hatch)
        return box
    if sign == "range":
        box = Box(box.left, min(ends), box.right, max(ends))
        bar(axes, box, look.color, fill=SKY, dashed=look.dashed)
        return box
    ceiling = sign in ("<", "<=")
    if ceiling and ends[0] < scale(0):
        area(axes, box)
    elif not ceiling and ends[0] < scale(0):
        bar(axes, box, look.color, fill=ground(look), dashed=look.dashed, hatch=hatch)
    cap(axes, middle, ends[0], look.color, upward=True, size=half, width=2.2)
    tip = ends[0] + (ARROW if ceiling else -ARROW)
    arrow(axes, (middle, ends[0]), (middle, tip), look.color)
    return Box(box.left, min(box.top, tip), box.right, max(box.bottom, tip))


def bar(axes: Any, box: Box, color: str, *, fill: str, dashed: bool = False, hatch: str = "") -> None:
    """Draw a rectangle: hatched, dashed, filled or hollow."""
    from matplotlib.patches import Rectangle

    axes.add_patch(
        Rectangle(
            (box.left, box.top),
            box.right - box.left,
            box.bottom - box.top,
            facecolor=fill,
            edgecolor=color,
            linewidth=1,
            linestyle=DASHES if dashed else "-",
            hatch=hatch or None,
            zorder=3,
            clip_on=False,
        )
    )


def area(axes: Any, box: Box) -> None:
    """Draw the area under a ceiling, in which the figure lies."""
    from matplotlib.patches import Rectangle

    axes.add_patch(
        Rectangle(
            (box.left, box.top), box.right - box.left, box.bottom - box.top, facecolor=SKY, edgecolor="none", zorder=2
        )
    )


def arrow(axes: Any, start: Place, end: Place, color: str) -> None:
    """Draw an arrow on to where a bound leaves the figure free."""
    from matplotlib.patches import FancyArrowPatch

    axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>,head_length=3.4,head_width=1.7",
            color=color,
            linewidth=1,
            shrinkA=0,
            shrinkB=0,
            mutation_scale=1,
            zorder=4,
            clip_on=False,
        )
    )


def cap(axes: Any, x: float, y: float, color: str, *, upward: bool, size: float, width: float) -> None:
    """Draw a line across the direction of the figure: an end that is known."""
    across, along = ([x - size, x + size], [y, y]) if upward else ([x, x], [y - size, y + size])
    line(axes, across, along, color, width)


def line(axes: Any, x: list[float], y: list[float], color: str = GREY, width: float = 0.6, **style: Any) -> None:
    """Draw a line."""
    axes.plot(x, y, color=color, linewidth=width, **{"zorder": 4, "clip_on": False, **style})
