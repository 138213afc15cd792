"""The strategy of a chain on one sheet: what was aimed at and how far it is, by which measures and by whom."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lusong_analysis.facts.areas import areas_around
from lusong_analysis.facts.package import Package
from lusong_analysis.measures.structure import share_of_target
from lusong_analysis.quantity.differences import few, label, refuse
from lusong_analysis.quantity.judgement import UNDECIDED, attainment
from lusong_analysis.quantity.period import Period, bounds
from lusong_analysis.quantity.quantity import Quantity, Subject, identity, missing
from lusong_analysis.quantity.wording import column_unit
from lusong_analysis.report import questions
from lusong_analysis.report.recompute import event_date, quantity_of
from lusong_analysis.report.tables import BLANK, DASH, NO_FIGURE, Column, Table, cell
from lusong_analysis.report.text import Text, Value, Words

NONE_FOUND = Words("未见", "none found")
LETTERS = Text("等级：A 官方，B 报刊，C 转载或二手", "Grades: A official, B press, C copy or secondary page")
COLON, OPENS, CLOSES = Words("：", ": "), Words("（", " ("), Words("）", ")")
NEEDED = Words("；需要", "; needed: ")
DISTANCE = Text(
    "与目标之比由本报告按区间计算；实绩与目标年份不同时，只表示距离，不能判定是否达到",
    "Share of the target, as an interval; where the years differ it is a distance and decides nothing",
)


@dataclass(frozen=True)
class Policy:
    """A measure that a source calls one, by its date.

    ``serves`` is the target that its source names, and ``progress`` the figure, project or event that last tells how
    far it came; None where there is no such thing. ``staged`` says whether that is a project at a stage.
    """

    date: Period
    serves: Quantity | None = None
    progress: Quantity | Period | None = None
    staged: bool = False


def policies(package: Package, whole: Package, *, chain: str, as_of: str, ref_area: str) -> tuple[Policy, ...]:
    """The measures for a chain, of an area and of those it lies in, by date; those without one last.

    Parameters
    ----------
    package, whole : Package
        As of the report's day, and as of today.
    chain : str
        The chain.
    as_of : str
        Empty, or the day by which a source was published.
    ref_area : str
        The area of the report.
    """
    areas = [area.ref_area for area in areas_around(whole, ref_area)]
    dates = [date for area in areas for date in questions.events(whole, chain, "policy", as_of, area)]
    return tuple(_policy(package, date) for date in sorted(dates, key=_first_day))


def _policy(package: Package, date: Period) -> Policy:
    row = package.events[date.formula["event"]]
    serves = quantity_of({"observation": row.serves}, package) if row.serves else None
    if row.progress in package.events:
        return Policy(date, serves, event_date(package, row.progress), bool(package.events[row.progress].stage))
    return Policy(date, serves, quantity_of({"observation": row.progress}, package) if row.progress else None)


def targets(aims: Iterable[Quantity], results: Iterable[Quantity]) -> Table:
    """Targets, the result that tells most of each, how far it is from it, whether it was reached, and what is lacking.

    Parameters
    ----------
    aims : iterable of Quantity
        Targets, as report.history and report.figure give them; those that are not known are left out.
    results : iterable of Quantity
        What is known of the indicators they are set for: of each period one figure, as report.series and report.figure
        choose it. To a target belong those of its definition, area and object; that of its own period counts, else
        the latest. One whose source states no period comes last.

    Raises
    ------
    QuantityError
        Among the targets is a result, or two results are of one thing and period.
    """
    held = {identity(figure.formula): figure for figure in results if not figure.absent}
    known = [aim for aim in aims if not aim.absent]
    _refuse_mixing(known, list(held.values()))
    return Table(
        columns=(
            Column(Text("目标", "Target"), cell("{target.heading}")),
            Column(Text("对象", "Of"), cell("{target.Counterpart}")),
            Column(
                Text("目标值（年份）", "Set (for)"),
                Text("{target:cell}{set_unit}（{target.period}）", "{target:cell}{set_unit} ({target.period})"),
            ),
            Column(Text("已知实绩（年份）", "Known (of)"), cell("{result:cell}{unit}{opens}{year}{closes}")),
            Column(Text("与目标之比", "Share"), cell("{share}"), numeric=True),
            Column(
                Text("是否达到", "Reached"),
                Text("{attained}{needed}{needed_year}{of_what}", "{attained}{needed}{of_what}{needed_year}"),
            ),
            Column(Text("凭证", "Evidence"), cell("{target.number}{also}{cited.number}")),
        ),
        rows=tuple(_row(aim, _result(aim, held.values())) for aim in known),
        measure=DISTANCE,
    )


def measures(policies: Sequence[Policy]) -> Table:
    """Measures in their order: by which means, who and when, in the sources' own words, for which target, how far.

    Parameters
    ----------
    policies : sequence of Policy
        As ``report.policies`` gives them.
    """
    served = "{aim_of.heading}{aim_colon}{aim}{aim_opens}{aim_of.period}{aim_closes}"
    told = "{named.Name}{told_of.heading}{colon}{staged.stage}{told}{opens}{named}{told_of.when}{closes}"
    return Table(
        columns=(
            Column(Text("措施", "Measure"), cell("{x.Name}")),
            Column(Text("手段", "Means"), cell("{x.Instrument}")),
            Column(Text("主体", "Who"), cell("{x.Actor}")),
            Column(Text("时间，地区", "When, where"), Text("{x}，{x.area}", "{x}, {x.area}")),
            # Words and evidence share a column: one more would not fit across the page.
            Column(
                Text("原文（等级、凭证）", "Source’s words (grade, no.)"),
                Text("{x.words}（{x.grade}、{x.number}）", "{x.words} ({x.grade}, {x.number})"),
            ),
            Column(Text("所对目标", "Target it serves"), cell(served)),
            Column(Text("最近所知的进展", "Progress, last known"), cell(told)),
        ),
        rows=tuple({"x": policy.date, **_served(policy), **_progress(policy)} for policy in policies),
        measure=LETTERS,
    )


def _served(policy: Policy) -> Mapping[str, Value]:
    """The target of a measure with its year, or a dash where the source names none."""
    if policy.serves is None:
        return {"aim": DASH, **dict.fromkeys(("aim_of", "aim_colon", "aim_opens", "aim_closes"), BLANK)}
    marks: Mapping[str, Value] = {"aim_colon": COLON, "aim_opens": OPENS, "aim_closes": CLOSES}
    return {"aim": policy.serves, "aim_of": policy.serves, **marks}


def _progress(policy: Policy) -> Mapping[str, Value]:
    """What last tells how far a measure came, and of when, or that nothing was found."""
    nothing: dict[str, Value] = dict.fromkeys(("named", "told_of", "colon", "staged", "told", "opens", "closes"), BLANK)
    told, marks = policy.progress, {"opens": OPENS, "closes": CLOSES}
    if told is None:
        return nothing | {"told": NONE_FOUND}
    if isinstance(told, Quantity):
        return nothing | marks | {"told": told, "told_of": told, "colon": COLON}
    return nothing | marks | {"named": told} | ({"colon": COLON, "staged": told} if policy.staged else {})


def _refuse_mixing(aims: Sequence[Quantity], results: Sequence[Quantity]) -> None:
    no_aims = [label(aim) for aim in aims if not aim.subject.comparable_with]
    subjects: dict[Subject, list[str]] = {}
    for result in results:
        subjects.setdefault(result.subject, []).append(label(result))
    reasons = [f"no target: {few(no_aims)}"] if no_aims else []
    reasons += [f"two results of one period: {few(names)}" for names in subjects.values() if len(names) > 1]
    refuse("targets", reasons, "Targets stand first; report.series and report.figure choose one result a period.")


def _result(target: Quantity, held: Iterable[Quantity]) -> Quantity:
    """The figure that tells most of a target, or that none is known."""
    wanted = target.subject._replace(indicator=target.subject.comparable_with, comparable_with="")
    comparable = [one for one in held if one.subject._replace(time_period=wanted.time_period) == wanted]
    return max(comparable, key=lambda one: (one.subject == wanted, _last_day(one.period)), default=missing(wanted))


def _row(target: Quantity, result: Quantity) -> Mapping[str, Value]:
    judged = {"attained": attainment(result, target), **_needed(target, result)}
    return {"target": target, "set_unit": _unit(target), **_known(target, result), **judged}


def _known(target: Quantity, result: Quantity) -> Mapping[str, Value]:
    """The result with its unit and year, and its share of the target; words where none is known."""
    if result.absent:
        nothing = dict.fromkeys(("unit", "opens", "year", "closes"), BLANK)
        return {"result": NO_FIGURE, **nothing, "share": DASH, "also": BLANK, "cited": BLANK}
    brackets: Mapping[str, Value] = {"opens": Words("（", " ("), "closes": Words("）", ")")}
    year, share = result.period, share_of_target(result, target)
    cited: Mapping[str, Value] = {"also": Words("、", ", "), "cited": result}
    return {"result": result, "unit": _unit(result), "year": year, **brackets, "share": share, **cited}


def _needed(target: Quantity, result: Quantity) -> Mapping[str, Value]:
    """The statistic that would decide whether a target was reached, and its year; nothing where that is decided."""
    attained = attainment(result, target)
    if (attained.zh, attained.en) != UNDECIDED:
        return {"needed": BLANK, "needed_year": BLANK, "of_what": BLANK}
    if not target.period.code:
        return {"needed": NEEDED, "needed_year": BLANK, "of_what": Words("目标的年份", "the year it is for")}
    exact = not result.absent and result.period == target.period
    lacking = (
        ("实绩的确切数值", "the exact result for ")
        if exact
        else ("同口径的实绩", "a result by the same definition for ")
    )
    return {"needed": NEEDED, "needed_year": target.period, "of_what": Words(*lacking)}


def _unit(figure: Quantity) -> Words:
    """The unit behind a figure of a cell, or in English the noun of what is counted."""
    words = figure.noun.rpartition("|")[2] or column_unit(figure.unit, "en")
    return Words(column_unit(figure.unit, "zh"), words if words.startswith("%") else f" {words}")


def _first_day(date: Period) -> datetime.date:
    return bounds(date.code)[0] if date.code else datetime.date.max


def _last_day(date: Period) -> datetime.date:
    return bounds(date.code)[1] if date.code else datetime.date.min
