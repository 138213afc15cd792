"""The strategy of a chain on one sheet: what was aimed at and how far it is, by which measures and by whom."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from lusong_analysis.measures.structure import share_of_target
from lusong_analysis.quantity.differences import differences, label, refuse
from lusong_analysis.quantity.judgement import UNDECIDED, attainment
from lusong_analysis.quantity.period import Period, bounds
from lusong_analysis.quantity.quantity import Quantity, missing
from lusong_analysis.report.tables import GRADES, NO_FIGURE, Column, Table
from lusong_analysis.report.text import Text, Value, Words

NOTHING = Words("——", "–")
EMPTY = Words("", "")
# What a target and its result must share.
ONE_AIM = ("indicator", "ref_area", "counterpart")
DISTANCE = Text(
    "对象为株洲市的是全市目标；与目标之比由本报告按区间计算，年份不同时只表示距离，不表示是否达到",
    "Where Zhuzhou is named, the target is the city's; the share of the target is computed here as an interval, and "
    "where the years differ it is a distance only",
)


def targets(targets: Iterable[Quantity], results: Iterable[Quantity]) -> Table:
    """Targets, the result that tells most of each, how far it is from it, whether it was reached, and what is lacking.

    Parameters
    ----------
    targets : iterable of Quantity
        Targets, as report.history or report.figure gives them; those that are not known are left out.
    results : iterable of Quantity
        What is known of the indicators they are set for: of each period one figure, as report.series and report.figure
        choose it. To a target belong those of its definition, area and object: that of its own period counts, else
        the latest; one whose source states no period comes last.

    Raises
    ------
    QuantityError
        Among the targets is a result, or two results are of one thing and period.
    """
    known = {figure.subject: figure for figure in results if not figure.absent}
    return Table(
        columns=(
            Column(Text("目标", "Target"), _cell("{target.heading}")),
            Column(Text("对象", "Of"), _cell("{target.counterpart}")),
            Column(Text("年份", "Year"), _cell("{target.period}")),
            Column(Text("目标值", "Set"), _cell("{target}"), numeric=True),
            Column(Text("最近实绩", "Latest"), _cell("{result}"), numeric=True),
            Column(Text("实绩时间", "Time"), _cell("{result.when}")),
            Column(Text("与目标之比", "Share"), _cell("{share}"), numeric=True),
            Column(Text("是否达到", "Reached"), _cell("{attained}")),
            Column(Text("尚需", "Needed"), Text("{year}{needed}", "{needed}{year}")),
            Column(Text("凭证", "Evidence"), Text("{target.number}、{result.number}", "{target.number}, {result.number}")),
        ),
        rows=tuple(_row(target, held) for target in targets if not target.absent),
        measure=DISTANCE,
    )


def measures(events: tuple[Period | Quantity, ...]) -> Table:
    """Measures in the order of their dates: by which instrument, who, when, how far, in the sources' own words.

    Those whose source is not known yet are left out; those without a date stand last.
    """
    return Table(
        columns=(
            Column(Text("措施", "Measure"), _cell("{x.name}")),
            Column(Text("地区", "Area"), _cell("{x.area}")),
            Column(Text("手段", "By"), _cell("{x.instrument}")),
            Column(Text("主体", "Who"), _cell("{x.actor}")),
            Column(Text("时间", "When"), _cell("{x}")),
            Column(Text("进展", "Stage"), _cell("{x.stage}")),
            Column(Text("原文", "Words of the source"), _cell("{x.words}")),
            Column(Text("等级", "Grade"), _cell("{x.grade}")),
            Column(Text("凭证", "Evidence"), _cell("{x.number}")),
        ),
        rows=tuple({"x": date} for date in sorted((one for one in events if isinstance(one, Period)), key=_day)),
        measure=GRADES,
    )


def _against(target: Quantity, figures: list[Quantity]) -> Mapping[str, Value]:
    """The row of a target: the first figure that is known, and what it decides."""
    every = [target, *figures]
    reasons = differences([(label(figure), figure) for figure in every], ONE_AIM)
    reasons += [] if target.subject.comparable_with else [f"no target: {label(target)}"]
    refuse("targets: not comparable", reasons, "A target stands first, then figures of the indicator it is set for.")
    result = next((figure for figure in figures if not figure.absent), None)
    subject = target.subject
    unknown = missing(subject._replace(indicator=subject.comparable_with, comparable_with=""))
    attained = attainment(result or unknown, target)
    undecided = (attained.zh, attained.en) == UNDECIDED
    year, needed = _needed(target, result) if undecided else (EMPTY, NOTHING)
    return {
        "target": target,
        "result": result or NO_FIGURE,
        "share": share_of_target(result, target) if result else NOTHING,
        "attained": attained,
        "year": year,
        "needed": needed,
    }


def _needed(target: Quantity, result: Quantity | None) -> tuple[Value, Value]:
    """The year and the statistic that would decide whether a target was reached."""
    if not target.period.code:
        return EMPTY, Words("目标的年份", "the year it is for")
    if result is None or result.period != target.period:
        return target.period, Words("同口径的实绩", "a result by its definition for ")
    return target.period, Words("实绩的确切数值", "the exact result for ")


def _day(date: Period) -> tuple[bool, datetime.date]:
    return (not date.code, bounds(date.code)[0] if date.code else datetime.date.min)


def _cell(template: str) -> Text:
    return Text(template, template)
