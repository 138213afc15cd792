"""Which projects stand at which stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lusong_analysis.problem import did_you_mean
from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.period import bounds
from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.quantity.series import Series
from lusong_analysis.report.charts import marks
from lusong_analysis.report.charts.names import figures_of, joined
from lusong_analysis.report.drawing import BLUE, BRICK, COLUMN, GREY, INK, RULE, TINT, WIDTH, Box, Chart, Pen, trim
from lusong_analysis.report.named import begun
from lusong_analysis.report.register import Project
from lusong_analysis.report.text import Text, Traced, Value
from lusong_analysis.report.words import STAGES

GAP, EDGE = 2.6, 3.6  # between two boxes, and from the edge of a box to its name [pt]
ABOVE = {"zh": 5.0, "en": 2.6}  # over the first line of a stage, and under its last, so that it fits a page [pt]
MOST = (WIDTH - COLUMN) * 0.9  # the width of a name [pt]
# Text is measured on whole dots, a hundred an inch: a small Chinese letter is 10.4 dots wide and is measured as 10.
HINTED = {"zh": 1.05, "en": 1.0}
HEIGHT = 60.0  # of a stage, for a first guess [pt]
NONE_FOUND = Text("未见", "none found")
UNSTATED = Text("阶段未载明", "Stage not stated")
Counts = Sequence[tuple[str, Quantity | Series]]


def pipeline(projects: Sequence[Project], counts: Counts = ()) -> Chart:
    """The stages in the order of the source, one row each, with the projects that are named for it as boxes.

    Parameters
    ----------
    projects : sequence of Project
        As ``report.projects`` gives them: framed in blue where they lie in the area of the report, else on a ground.
    counts : sequence of (stage, Quantity or Series)
        How many projects a source counts at a stage, or plans for it, at the end of its row, plan against fact by
        period; one that is not known is left out.

    Raises
    ------
    QuantityError
        A count is of no stage.
    """
    _refuse(counts)
    asked = [(stage, one) for stage, held in counts for one in ([held] if isinstance(held, Quantity) else held)]
    known = [(stage, quantity) for stage, quantity in asked if not quantity.absent]
    told = {stage: [quantity for other, quantity in known if other == stage] for stage in STAGES}
    stages = [*STAGES, *([""] if any(not project.stage for project in projects) else [])]
    at = {stage: [project for project in projects if project.stage == stage] for stage in stages}

    def draw(axes: Any, pen: Pen) -> None:
        y, above = 0.0, ABOVE[pen.speaker.language]
        for stage in stages:
            if y:
                marks.line(axes, [0, WIDTH], [y, y], RULE, 0.5)
            top = y + above
            style: dict[str, Any] = {"va": "top", "color": BLUE if stage else GREY, "weight": "bold"}
            pen.write(axes, 0, top + EDGE / 2, _called(stage), **style)
            y = _boxes(axes, pen, at[stage], told.get(stage, ()), top) + above
        trim(axes, y)

    figures: dict[str, Traced] = {project.date.formula["event"]: project.date for project in projects}
    return Chart(
        draw=draw,
        height=HEIGHT * len(stages),
        figures={
            **figures,
            **figures_of([quantity for _, quantity in known], () if figures else (quantity for _, quantity in asked)),
        },
        measure=_measure(projects, counted=bool(known)),
        alternative=_alternative(at),
    )


def _refuse(counts: Counts) -> None:
    for stage, _ in counts:
        if stage not in STAGES:
            msg = f"{stage!r} is no stage of a project. {did_you_mean(stage, STAGES)} Stages are {', '.join(STAGES)}."
            raise QuantityError(msg)


def _called(stage: str) -> Text:
    """The name of a stage, as it begins a line."""
    if not stage:
        return UNSTATED
    zh, en = (STAGES[stage][language] for language in ("zh", "en"))
    return Text(zh, begun(en))


def _boxes(axes: Any, pen: Pen, projects: Sequence[Project], counts: Sequence[Quantity], y: float) -> float:
    """Draw the projects of a stage side by side, in as many lines as they need, and the count at the end."""
    x, bottom = COLUMN, y
    for project in projects:
        name = Text("{x.Name}", "{x.Name}", {"x": project.date})
        if x > COLUMN and x + _room(axes, pen, name)[0] > WIDTH:
            x, y = COLUMN, bottom + GAP
        edge, fill = (BLUE, "white") if project.own else (GREY, TINT)
        box = _box(axes, pen, name, x, y, edge=edge, fill=fill)
        x, bottom = box.right + GAP, box.bottom
    if not projects:
        box = _box(axes, pen, NONE_FOUND, x, y, edge=BRICK, fill="white", dashed=True)
        x, bottom = box.right + GAP, box.bottom
    if not counts:
        return bottom
    text = _counted(counts)
    width, height = _room(axes, pen, text)
    if x + width > WIDTH:
        y, bottom = bottom + GAP, bottom + GAP + height
    style: dict[str, Any] = {"ha": "right", "va": "center", "fontsize": pen.small, "color": GREY}
    pen.write(axes, WIDTH, y + height / 2, text, **style)
    return bottom


def _counted(counts: Sequence[Quantity]) -> Text:
    """How many projects there were in each period, with the plan in brackets, or how many were planned."""
    periods: dict[str, dict[str, Value]] = {}
    for count in sorted(counts, key=lambda one: bounds(one.period.code)[1]):
        periods.setdefault(count.period.code, {})["plan" if count.subject.comparable_with else "fact"] = count
    return joined(*(_of_period(held) for held in periods.values()), between=("；", "; "))


def _of_period(held: Mapping[str, Value]) -> Text:
    if "fact" not in held:
        return Text("{plan.period}计划{plan}", "{plan.period}: {plan:cell} planned", held)
    plan = ("（计划{plan}）", " ({plan:cell} planned)") if "plan" in held else ("", "")
    return Text(f"{{fact.period}}{{fact}}{plan[0]}", f"{{fact.period}}: {{fact:cell}}{plan[1]}", held)


def _room(axes: Any, pen: Pen, name: Text) -> tuple[float, float]:
    """The width and height of a box [pt]."""
    width, height = pen.room(axes, name, fontsize=pen.small, width=MOST)
    return width * HINTED[pen.speaker.language] + 2 * EDGE, height + EDGE


def _box(axes: Any, pen: Pen, name: Text, x: float, y: float, *, edge: str, fill: str, dashed: bool = False) -> Box:
    """A box with a name in it."""
    width, height = _room(axes, pen, name)
    box = Box(x + 0.5, y, x + width - 0.5, y + height)
    marks.bar(axes, box, edge, fill=fill, dashed=dashed)
    style: dict[str, Any] = {"fontsize": pen.small, "width": MOST, "zorder": 6}
    color = BRICK if dashed else INK
    pen.write(axes, x + width / 2, y + height / 2, name, ha="center", va="center", color=color, **style)
    return box


def _measure(projects: Sequence[Project], *, counted: bool) -> Text:
    """What is drawn, and what the frames mean; those that do not occur are left out."""
    own = next((project.date for project in projects if project.own), None)
    classed = Text(
        "来源点名的项目，阶段由本报告归类",
        "Projects that sources name, stages as classed by this report",
    )
    parts = [classed]
    if own and not all(project.own for project in projects):
        frame = Text(
            "蓝框在{x.area}，灰底在别处或只写到全市",
            "blue frame: in {x.area}, grey ground: elsewhere or no nearer than the city",
        )
        parts.append(Text(frame.zh, frame.en, {"x": own}))
    parts.append(Text("虚线框为未见有项目", "dashed: none found"))
    if counted:
        parts.append(Text("右侧为来源所计的个数", "right: counts of a source"))
    return joined(parts[0], joined(*parts[1:], between=("，", ", ")), between=("；", "; "))


def _alternative(at: dict[str, list[Project]]) -> Text:
    """The stages with projects, and those without."""
    kind = Text(
        "分行的框图：每行为一个阶段，自上而下依来源的次序，框中为项目名称。",
        "Boxes in rows: each row is a stage, from the top in the order of the source, and each box holds a project. ",
    )
    held = [_called(stage) for stage, found in at.items() if stage and found]
    empty = [_called(stage) for stage, found in at.items() if stage and not found]
    parts = [kind]
    for head, stages in (
        (("有项目的阶段：", "Stages with projects: "), held),
        (("未见项目的阶段：", "Stages without: "), empty),
    ):
        if stages:
            names = joined(*stages, between=("、", ", "))
            parts.append(Text(f"{head[0]}{names.zh}。", f"{head[1]}{names.en.lower()}. "))
    return joined(*parts)
