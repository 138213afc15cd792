"""One function a chart: what it draws, what it says, and the text for those who do not see it."""

from __future__ import annotations

from typing import Any

from lusong_analysis.measures.growth import Fan
from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.quantity.rounding import printed
from lusong_analysis.quantity.wording import column_unit
from lusong_analysis.report.drawing import BLUE, BRICK, RULE, SKY, Chart, Pen
from lusong_analysis.report.text import Text


def bounds_by_year(fan: Fan) -> Chart:
    """Bars of the growth needed by each target year: where only a ceiling is known, a cap with the area below it."""
    figures = {f"growth_{year.code}": quantity for year, quantity in fan.points}
    first, last = fan.points[0][1], fan.points[-1][1]
    values = {"start": fan.start, "target": fan.target}

    def draw(axes: Any, pen: Pen) -> None:
        numbers = [float(number) for _, quantity in fan.points for number in printed(quantity).numbers]
        low, high = min(*numbers, 0), max(*numbers, 0)
        room = (high - low) * 0.04
        for place, (year, quantity) in enumerate(fan.points):
            top = _bar(axes, place, quantity, room)
            weight = "bold" if place == len(fan.points) - 1 else "normal"
            pen.figure(axes, place, top + room * 0.6, quantity, ha="center", va="bottom", color=BLUE, weight=weight)
            pen.write(axes, place, low - room, Text("{year}", "{year}", {"year": year}), ha="center", va="top")
        axes.set_ylim(low - room * 5, high + room * 6)
        axes.set_xlim(-0.6, len(fan.points) - 0.4)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.spines["bottom"].set_position("zero")

    return Chart(
        draw=draw,
        height=2.1,
        figures={**values, **figures},
        measure=Text(
            "由{start.period}的{start}增至{target}所需的年均增速，%，按目标年份；横线为上限，增速落在其下的阴影之内",
            "Average yearly growth needed from {start} in {start.period} to {target}, %, by target year; "
            "the line is an upper bound, the growth lies in the area below it",
            values,
        ),
        alternative=Text(
            "柱形图：横轴为目标年份，纵轴为所需年均增速。目标年份越晚，柱形越低：从最早一年的{first}降至最晚一年的{last}。",
            "Bar chart with target years along the axis and the yearly growth needed as height. "
            "The later the year, the lower the bar: from {first} in the earliest year to {last} in the last.",
            {"first": first, "last": last},
        ),
    )


def _bar(axes: Any, place: float, quantity: Quantity, room: float) -> float:
    """One bar by what is known: solid for a value, area under a cap for a ceiling, arrow up from a floor."""
    what = printed(quantity)
    top = float(max(what.numbers))
    if what.sign == "=":
        axes.bar(place, top, width=0.6, color=BLUE)
        return top
    if what.sign == "range":
        low = float(min(what.numbers))
        axes.bar(place, top - low, bottom=low, width=0.6, color=SKY, edgecolor=BLUE, linewidth=1)
        return top
    ceiling = what.sign in ("<", "<=")
    if ceiling:
        axes.bar(place, top, width=0.6, color=SKY)
    axes.plot([place - 0.3, place + 0.3], [top, top], color=BLUE, linewidth=2.2)
    tip = top - 2 * room if ceiling else top + 3 * room
    arrow = {"arrowstyle": "-|>", "color": BLUE, "lw": 0.8, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 6}
    axes.annotate("", (place, tip), (place, top), arrowprops=arrow)
    return max(top, tip)


def statements_by_definition(statements: tuple[Quantity, ...]) -> Chart:
    """Points in one band a definition, never joined: solid as printed, a diamond for a target, an arrow for a bound."""
    bands: dict[tuple[str, str], list[Quantity]] = {}
    for quantity in statements:
        bands.setdefault(
            (quantity.subject.comparable_with or quantity.subject.indicator, quantity.subject.ref_area), []
        ).append(quantity)
    unit = statements[0].unit if statements else "亿元"
    rows = sum(len(band) for band in bands.values()) + len(bands)

    def draw(axes: Any, pen: Pen) -> None:
        largest = max(float(max(printed(quantity).numbers)) for quantity in statements)
        row = 0
        for band in bands.values():
            head = next((quantity for quantity in band if not quantity.subject.comparable_with), band[0])
            pen.write(
                axes,
                0,
                row,
                Text("{x.area}：{x.indicator}", "{x.heading}, {x.area}", {"x": head}),
                weight="bold",
                va="center",
                color=BLUE,
            )
            axes.axhline(row - 0.55, color=RULE, linewidth=0.5)
            for quantity in band:
                row += 1
                _point(axes, pen, row, quantity, largest)
            row += 1
        axes.set_xlim(-largest * 0.02, largest * 1.3)
        axes.set_ylim(row - 0.4, -0.7)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.spines["bottom"].set_visible(False)

    names = {
        quantity.formula.get("observation", f"figure_{place}"): quantity for place, quantity in enumerate(statements)
    }
    shown = dict(list({f"x{place}": quantity for place, quantity in enumerate(statements)}.items())[:5])
    return Chart(
        draw=draw,
        height=0.19 * rows + 0.1,
        figures=names,
        measure=Text(
            f"{column_unit(unit, 'zh')}；圆点为刊载值，菱形为目标，箭头表示只知下限；口径不同的数字互不相连",
            f"{column_unit(unit, 'en')}; dots are printed figures, diamonds targets, an arrow marks a lower bound; "
            "figures of different definitions are not joined",
        ),
        alternative=Text(
            "点图：每种口径一组，组内每条陈述一行，横向位置为数值，各点不相连。其中："
            + "；".join(f"{{{name}.when}}{{{name}.indicator}}{{{name}}}" for name in shown)
            + "。",
            "Dot chart with one group for each definition and one row for each statement; the position is the value, "
            "and no points are joined. Among them: "
            + "; ".join(f"{{{name}.indicator}}, {{{name}.when}}, {{{name}}}" for name in shown)
            + ".",
            shown,
        ),
    )


def _point(axes: Any, pen: Pen, row: int, quantity: Quantity, largest: float) -> None:
    what = printed(quantity)
    x = float(what.numbers[0])
    target = bool(quantity.subject.comparable_with)
    color = BRICK if target else BLUE
    axes.plot([0, x], [row, row], color=RULE, linewidth=0.6, zorder=1)
    axes.plot(
        x, row, marker="D" if target else "o", markersize=5, color=color, markerfacecolor="white" if target else color
    )
    gap = largest * 0.015
    if what.sign in (">", ">="):
        axes.annotate(
            "", (x + largest * 0.07, row), (x, row), arrowprops={"arrowstyle": "-|>", "color": color, "lw": 1.2}
        )
        gap += largest * 0.07
    who = ("{x.counterpart}，", "{x.counterpart}, ") if quantity.subject.counterpart else ("", "")
    kind = ("目标", "target, ") if target else ("", "")
    label = Text(
        f"{{x:cell}}（{who[0]}{{x.when}}{kind[0]}）", f"{{x:cell}} ({who[1]}{kind[1]}{{x.when}})", {"x": quantity}
    )
    pen.write(axes, x + gap, row, label, va="center", color=color)
