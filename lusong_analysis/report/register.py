"""The register of projects: where each stands, what is held of it, and what is not known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lusong_analysis.facts.package import Package
from lusong_analysis.facts.rows import Event
from lusong_analysis.facts.select import select
from lusong_analysis.quantity.period import Period, bounds
from lusong_analysis.quantity.quantity import Quantity, Subject
from lusong_analysis.report import questions
from lusong_analysis.report.named import begun
from lusong_analysis.report.tables import BLANK, DASH, MEANING, Column, Table, cell
from lusong_analysis.report.text import Text, Value, Words
from lusong_analysis.report.words import STAGES

INVESTMENT = "project_total_investment"
COMPLETED = "竣工"
# In a cell of several figures a long name takes too much room.
SHORT = {
    INVESTMENT: Words("", ""),
    "project_site_area": Words("用地", "site "),
    "project_annual_output_value_target": Words("预计年产值", "expected output a year "),
}
CELL = "{{mark_{place}}}{{indicator_{place}.indicator}}{{label_{place}}}{{held_{place}}}"
# What a reader asks of each project.
STAGE, DATE, MONEY, END = ("阶段", "stage"), ("日期", "date"), ("投资", "investment"), ("竣工", "completion")
ASKED = (STAGE, DATE, MONEY, END)
Name = tuple[str, str]


@dataclass(frozen=True)
class Project:
    """A project that a source names.

    ``date`` is that of its stage, empty where the source gives no time; ``own`` says whether it is said to lie in the
    area of the report; ``figures`` are those held of it, of each indicator the one that prevails.
    """

    date: Period
    stage: str
    chain: Words
    ref_area: str
    own: bool
    figures: tuple[Quantity, ...]

    @property
    def investment(self) -> Quantity | None:
        """Its total investment, where that is held."""
        return next((one for one in self.figures if one.subject.indicator == INVESTMENT), None)

    @property
    def unknown(self) -> tuple[Name, ...]:
        """What is not known of it: its stage, when that was, what it costs, when it was completed."""
        missing = [
            (STAGE, not self.stage),
            (DATE, not self.date.code),
            (MONEY, self.investment is None),
            (END, self.stage != COMPLETED),
        ]
        return tuple(name for name, lacks in missing if lacks)


def projects(package: Package, whole: Package, *, as_of: str, ref_area: str) -> tuple[Project, ...]:
    """The projects that sources name, in the order of the stages: those of an area, then others that are of a chain.

    Parameters
    ----------
    package, whole : Package
        As of the report's day, and as of today.
    as_of : str
        Empty, or the day by which a source was published.
    ref_area : str
        The area of the report.
    """
    found = []
    for area in sorted(package.areas, key=lambda code: code != ref_area):
        for date in questions.events(whole, "", "project", as_of, area):
            row = whole.events[date.formula["event"]]
            if area == ref_area or row.chain:
                found.append(Project(date, row.stage, _chain(whole, row), area, area == ref_area, _held(package, row)))
    return tuple(sorted(found, key=_place))


def _place(project: Project) -> tuple[bool, int, bool, int]:
    """Where a project stands in the register: its own area's first, by stage, by date; what is not stated last."""
    order, code = list(STAGES), project.date.code
    stage = order.index(project.stage) if project.stage else len(order)
    return not project.own, stage, not code, bounds(code)[0].toordinal() if code else 0


def _chain(package: Package, row: Event) -> Words:
    """The chain of a project in a word: 服饰, Apparel."""
    if not row.chain:
        return DASH
    chain = package.chains[row.chain]
    return _begun(Words(chain.name_zh.removesuffix("产业链"), chain.name_en.removesuffix(" chain")))


def _held(package: Package, row: Event) -> tuple[Quantity, ...]:
    """The figures held of a project, its investment first."""
    held = select(package.observations, counterpart=row.event)
    asked = dict.fromkeys(Subject(one.indicator, one.ref_area, "", row.event) for one in held)
    return tuple(
        questions.figure(package, about) for about in sorted(asked, key=lambda one: one.indicator != INVESTMENT)
    )


def register(projects: Sequence[Project]) -> Table:
    """Projects in their order: stage and date as the source says, what is held of each, and what is not known of it.

    Parameters
    ----------
    projects : sequence of Project
        As ``report.projects`` gives them. Where they lie stands with each if that is several places, and what is known
        of none stands in the line under the title.
    """
    most = max((len(project.figures) for project in projects), default=0)
    several = len({project.ref_area for project in projects}) > 1
    of_none = [name for name in ASKED if projects and all(name in project.unknown for project in projects)]
    chain = Column(Text("产业链", "Chain"), cell("{chain}"))
    placed = Column(Text("产业链，地点", "Chain, place"), Text("{chain}，{date.area}", "{chain}, {date.area}"))
    return Table(
        columns=(
            Column(Text("项目", "Project"), cell("{date.Name}")),
            placed if several else chain,
            Column(Text("阶段", "Stage"), cell("{date.Stage}")),
            Column(Text("时间", "Date"), cell("{date}")),
            Column(
                Text("总投资，其他", "Investment, other"),
                cell("".join(CELL.format(place=place) for place in range(most)) or "{none}"),
            ),
            Column(Text("尚缺", "Lacking"), cell("{unknown}")),
            Column(
                Text("等级、凭证", "Grade, evidence"),
                Text("{date.grade}、{date.number}", "{date.grade}, {date.number}"),
            ),
        ),
        rows=tuple(_row(project, most, of_none) for project in projects),
        measure=_measure(of_none),
    )


def _measure(of_none: Sequence[Name]) -> Text:
    """What is known of no project, and what the grades mean."""
    names = _names(of_none)
    zh, en = (f"各项目均未见{names.zh}；", f"Not known of any: {names.en}. ") if of_none else ("", "")
    return Text(f"{zh}{MEANING.zh}", f"{en}{MEANING.en}")


def _names(names: Sequence[Name]) -> Words:
    return Words("、".join(zh for zh, _ in names), ", ".join(en for _, en in names)) if names else DASH


def _row(project: Project, most: int, of_none: Sequence[Name]) -> Mapping[str, Value]:
    unknown = [name for name in project.unknown if name not in of_none]
    said = _begun(_names(unknown))
    values: dict[str, Value] = {"date": project.date, "chain": project.chain, "unknown": said, "none": DASH}
    for place in range(most):
        values |= _cell_of(project.figures, place)
    return values


def _cell_of(figures: Sequence[Quantity], place: int) -> Mapping[str, Value]:
    """A figure in a cell of several, what it is, and the sign that parts it from the one before."""
    names = [f"{name}_{place}" for name in ("mark", "label", "indicator", "held")]
    if place >= len(figures):
        return dict(zip(names, (BLANK, BLANK, BLANK, BLANK if place else DASH), strict=True))
    figure = figures[place]
    short = SHORT.get(figure.subject.indicator)
    label: tuple[Value, Value] = (short, BLANK) if short else (Words("", " "), figure)
    return dict(zip(names, (Words("；", "; ") if place else BLANK, *label, figure), strict=True))


def _begun(words: Words) -> Words:
    """Words as they begin a cell."""
    return Words(words.zh, begun(words.en))
