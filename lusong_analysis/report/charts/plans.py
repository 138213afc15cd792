"""What was planned and what was done."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lusong_analysis.measures.structure import share_of
from lusong_analysis.quantity.differences import label
from lusong_analysis.quantity.judgement import comparison
from lusong_analysis.quantity.period import bounds
from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.quantity.series import Series, refuse_mixing
from lusong_analysis.report.charts import marks
from lusong_analysis.report.charts.labels import LINE, NOTHING_KNOWN, write_nothing
from lusong_analysis.report.charts.marks import Scale, is_target, look_of
from lusong_analysis.report.charts.names import (
    figures_of,
    joined,
    measure_of,
    noun_of,
    points_of,
    signs_of,
    unit_of,
    value,
)
from lusong_analysis.report.drawing import BLUE, BRICK, COLUMN, GREY, SKY, WIDTH, Chart, Pen
from lusong_analysis.report.text import Text, Value

ROW, LOW = 32.0, 17.0  # the height of a pair, and of one in a group [pt]
HEAD = 15.0  # the name of a group [pt]
GAP = 8.0
HALVES = Text("有的时期只有计划或只有实绩。", "Of some periods only the plan or only the result is known. ")
SAME = ("indicator", "ref_area", "counterpart", "time_period", "unit")


@dataclass(frozen=True)
class Pair:
    """A plan and its result; what is not known is None."""

    plan: Quantity | None
    actual: Quantity | None
    share: Quantity | None

    @property
    def known(self) -> list[Quantity]:
        """What is known of it."""
        return [quantity for quantity in (self.plan, self.actual) if quantity]

    @property
    def about(self) -> Quantity:
        """The figure that names it."""
        return self.known[-1]

    @property
    def ends(self) -> list[float]:
        """The numbers of what is known, the plan's first [base unit]."""
        return [marks.numbers(quantity)[-1] for quantity in self.known]


@dataclass(frozen=True)
class Line:
    """A pair in its place [pt] under its name."""

    y: float
    name: Text
    row: Pair


def plan_and_actual(pairs: Sequence[tuple[Quantity, Quantity]]) -> Chart:
    """Each plan as a diamond, what was done as a point, and beside them the share of the plan that was done.

    Parameters
    ----------
    pairs : sequence of (Quantity, Quantity)
        Target and result of one indicator, area, object, period and unit. Of a pair of which one is not known the
        other is drawn.

    Raises
    ------
    QuantityError
        One axis cannot hold the figures, or a target is not set for the result beside it.
    """
    rows = [row for row in map(_pair, pairs) if row.known]
    lines = [Line(ROW * (number + 0.5), _name(row.about, rows), row) for number, row in enumerate(rows)]
    return _chart(lines, {}, ROW * len(rows), [quantity for pair in pairs for quantity in pair])


def plans_by_period(*pairs: tuple[Series, Series]) -> Chart:
    """Plans and results of several indicators, a group each, with a row for each half-year or year.

    Parameters
    ----------
    *pairs : (Series, Series)
        The plans, and the results that they are for, all of one area, object and unit. Of a period of which only the
        plan or only the result is known, that is drawn, and the other is said to be unknown.

    Raises
    ------
    QuantityError
        As :func:`plan_and_actual`, or two groups are of different areas or objects.
    """
    groups = [group for plans, actuals in pairs if (group := _by_period(plans, actuals))]
    refuse_mixing("not in one chart", (one for group in groups for row in group for one in row.known), SAME[1:3])
    lines, heads, y = [], {}, 0.0
    for group in groups:
        about = next((row.actual for row in group if row.actual), group[0].about)
        heads[y + HEAD / 2] = Text("{x.indicator}", "{x.heading}", {"x": about})
        for row in group:
            lines.append(Line(y + HEAD + LOW / 2, Text("{x.period}", "{x.period}", {"x": row.about}), row))
            y += LOW
        y += HEAD
    return _chart(lines, heads, y, [gap for pair in pairs for one in pair for gap in one.absent])


def _by_period(plans: Series, actuals: Series) -> list[Pair]:
    """The plan and the result of each period, in the order of time."""
    planned, made = ({quantity.subject.time_period: quantity for quantity in one} for one in (plans, actuals))
    _refuse([*plans], [*actuals], ("indicator", "ref_area", "counterpart", "unit"))
    return [_pair((planned.get(code), made.get(code))) for code in sorted({*planned, *made}, key=bounds)]


def _chart(lines: Sequence[Line], heads: Mapping[float, Text], height: float, missing: Sequence[Quantity]) -> Chart:
    """Pairs in their lines, under the heads of their groups."""
    rows = [line.row for line in lines]
    figures = [quantity for row in rows for quantity in row.known]
    unit, couples = unit_of(figures), [(row.plan, row.actual) for row in rows if row.plan and row.actual]

    def draw(axes: Any, pen: Pen) -> None:
        scale = _scale(axes, pen, rows, unit)
        for y, head in heads.items():
            pen.write(axes, 0, y, head, va="center", weight="bold", color=BLUE)
        for line in lines:
            style: dict[str, Any] = {} if heads else {"weight": "bold"}
            pen.write(axes, COLUMN - GAP, line.y, line.name, ha="right", va="center", width=COLUMN - GAP, **style)
            _draw(axes, pen, scale, line.row, unit, line.y)
        marks.line(axes, [scale(0), WIDTH], [height + 1] * 2, GREY, 0.8)

    kind = Text(
        "点图：每行以菱形为计划，以圆点为实际。", "Dot chart, in each row a plan as a diamond and the result as a dot. "
    )
    parted = [HALVES] if len(couples) < len(rows) else []
    return Chart(
        draw=draw if rows else write_nothing,
        height=max(height + 4, LINE),
        figures=figures_of([*figures, *(row.share for row in rows if row.share)], missing),
        measure=measure_of(_where(rows), unit, signs_of(points_of(figures)), noun_of(figures)),
        alternative=joined(kind, *parted, *itertools.starmap(_course, couples[:2])),
    )


def _pair(pair: tuple[Quantity | None, Quantity | None]) -> Pair:
    plan, actual = (None if quantity is None or quantity.absent else quantity for quantity in pair)
    _refuse([plan] if plan else [], [actual] if actual else [], SAME)
    return Pair(plan, actual, share_of(actual, plan) if plan and actual else None)


def _refuse(plans: Sequence[Quantity], actuals: Sequence[Quantity], same: Sequence[str]) -> None:
    """Refuse what is no plan and its result."""
    roles = [*((plan, True, "is no target") for plan in plans)]
    roles += [(actual, False, "is a target, no result") for actual in actuals]
    wrong = [f"{label(one)} {words}" for one, target, words in roles if is_target(one) != target]
    refuse_mixing("no plan and its result", [*plans, *actuals], same, wrong)


def _where(rows: Sequence[Pair]) -> Text:
    """Whose figures they are, and of when, where that is one thing."""
    if not rows:
        return Text("", "")
    one_period = len({row.about.subject.time_period for row in rows}) == 1
    zh, en = ("，{x.period}", ", {x.period}") if one_period else ("", "")
    return Text(f"{{x.counterpart}}{zh}", f"{{x.counterpart}}{en}", {"x": rows[0].about})


def _name(about: Quantity, rows: Sequence[Pair]) -> Text:
    """What tells a row from the others: the indicator, the period or both."""
    subjects = [row.about.subject for row in rows]
    several = len({subject.comparable_with or subject.indicator for subject in subjects}) > 1
    timed = len({subject.time_period for subject in subjects}) > 1
    parts = [
        *([Text("{x.indicator}", "{x.heading}", {"x": about})] if several or not timed else []),
        *([Text("{x.period}", "{x.period}", {"x": about})] if timed else []),
    ]
    return joined(*parts, between=("，", ", "))


def _scale(axes: Any, pen: Pen, rows: Sequence[Pair], unit: str) -> Scale:
    """From nothing to the largest number, as far as the rows leave room for their words on both sides."""
    largest = max(number for row in rows for number in row.ends)
    before, reach = 0.0, WIDTH - COLUMN
    for row in rows:
        items = sorted(zip(row.ends, _labels(row, unit), strict=True), key=lambda item: item[0])
        number, text = items[-1]
        behind = sum(pen.room(axes, words, weight="bold")[0] + GAP for words in (text, _behind(row)))
        reach = min(reach, (WIDTH - COLUMN - behind - marks.ARROW) * largest / max(number, largest / 100))
        for number, text in items[:-1]:
            # A small number needs room for its words beside the name of the row.
            before = max(before, pen.room(axes, text, weight="bold")[0] + GAP - reach / 2 * number / largest)
    return Scale(0, largest, COLUMN + before, COLUMN + reach)


def _labels(row: Pair, unit: str) -> list[Text]:
    """The words for what is known, the plan's first."""
    plan = [Text(f"计划{value(unit)}", f"planned {value(unit)}", {"x": row.plan})] if row.plan else []
    actual = [Text(f"实际{value(unit)}", f"actual {value(unit)}", {"x": row.actual})] if row.actual else []
    return plan + actual


def _behind(row: Pair) -> Text:
    """What stands behind a pair: the share of the plan, or what is not known."""
    if row.share:
        return Text("为计划的{x}", "{x} of plan", {"x": row.share})
    return joined(Text("实际", "result") if row.plan else Text("计划", "plan"), NOTHING_KNOWN, between=("", ": "))


def _draw(axes: Any, pen: Pen, scale: Scale, row: Pair, unit: str, y: float) -> None:
    marks.line(axes, [scale(min(row.ends)), scale(max(row.ends))], [y, y], SKY, 5, zorder=1)
    boxes = [
        marks.draw(axes, look_of(pen, quantity), quantity, lambda number: (scale(number), y), upward=False)
        for quantity in row.known
    ]
    styles: list[dict[str, Any]] = [{"color": BRICK}] if row.plan else []
    styles += [{"color": BLUE, "weight": "bold"}] if row.actual else []
    items = sorted(zip(row.ends, _labels(row, unit), styles, strict=True), key=lambda item: item[0])
    for _, text, style in items[:-1]:
        pen.write(axes, min(box.left for box in boxes) - 4, y, text, ha="right", va="center", **style)
    _, text, style = items[-1]
    right = max(box.right for box in boxes) + 4
    pen.write(axes, right, y, text, ha="left", va="center", **style)
    right += pen.room(axes, text, **style)[0] + GAP
    pen.write(axes, right, y, _behind(row), ha="left", va="center", color=GREY)


def _course(plan: Quantity, actual: Quantity) -> Text:
    values: dict[str, Value] = {"plan": plan, "x": actual, "judged": comparison(actual, plan)}
    return Text(
        "{x.indicator}计划{plan}，实际{x}，{judged}计划。",
        "{x.heading}: planned {plan}, actual {x}, {judged} plan. ",
        values,
    )
