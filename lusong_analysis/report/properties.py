"""What can be counted of the statements, and by which of their properties: closed lists, each with its words."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from lusong_analysis.facts.package import Package
from lusong_analysis.facts.rows import Observation
from lusong_analysis.facts.statement import LEAD
from lusong_analysis.quantity.interval import Interval
from lusong_analysis.quantity.period import bounds
from lusong_analysis.quantity.statement import read
from lusong_analysis.quantity.units import factor

Pair = tuple[str, str]
Key = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Held:
    """The statements of a package that readers may see, and what each is among the others."""

    package: Package
    _places: dict[str, dict[str, list[int]]] = field(init=False, default_factory=dict)

    def places(self, name: str) -> Mapping[str, Sequence[int]]:
        """Where among the statements each value of a property stands; found once, however many counts ask for it."""
        if name not in self._places:
            found: dict[str, list[int]] = {}
            for place, row in enumerate(self.rows):
                found.setdefault(PROPERTIES[name].of(row, self), []).append(place)
            self._places[name] = found
        return self._places[name]

    @cached_property
    def rows(self) -> list[Observation]:
        """The statements, leads left out."""
        rows = self.package.observations.values()
        return [row for row in rows if self.package.sources[row.source_id].grade != LEAD]

    @cached_property
    def standings(self) -> dict[Key, str]:
        """Of each data point, whether one source gives it or several, and whether these contradict each other."""
        groups: dict[Key, list[Observation]] = {}
        for row in self.rows:
            groups.setdefault(point_of(row), []).append(row)
        return {key: self._standing(group) for key, group in groups.items()}

    @cached_property
    def intervals(self) -> dict[str, Interval]:
        """All that may be true of each statement [base units], by its key."""
        return {row.observation_id: read(row.model_dump()).interval.scaled(factor(row.unit)) for row in self.rows}

    def _standing(self, group: Sequence[Observation]) -> str:
        if not group[0].time_period:
            return "untimed"
        intervals = [self.intervals[row.observation_id] for row in group]
        if any(not one.overlaps(other) for one, other in combinations(intervals, 2)):
            return "at_odds"
        return "several" if len({row.source_id for row in group}) > 1 else "single"

    @cached_property
    def latest(self) -> dict[Key, str]:
        """The last year of which each indicator is held, by area and object; a longer period counts at its end."""
        found: dict[Key, str] = {}
        for row in self.rows:
            if row.time_period:
                year = f"{bounds(row.time_period)[1].year}"
                found[series_of(row)] = max(found.get(series_of(row), ""), year)
        return found


@dataclass(frozen=True)
class Counted:
    """What is counted: its unit, its words, and what statements share that count as one."""

    unit: str
    zh: str
    noun: str
    key: Callable[[Observation], Hashable]


@dataclass(frozen=True)
class Property:
    """What a condition asks of a statement: its words, and the words of its values in their order.

    One without values asks for a year or an area; ``unknown`` are the words where the year is not stated.
    """

    zh: str
    en: str
    of: Callable[[Observation, Held], str]
    values: Mapping[str, Pair] = field(default_factory=dict)
    unknown: Pair | None = None


def point_of(row: Observation) -> Key:
    """The data point that a statement gives: what, where, when, of whom."""
    return row.indicator, row.ref_area, row.time_period, row.counterpart


def series_of(row: Observation) -> Key:
    """What a statement is about, whatever the time."""
    return row.indicator, row.ref_area, row.counterpart


def _exactness(row: Observation, held: Held) -> str:
    if row.bound == "=":
        return "rounded" if held.intervals[row.observation_id].width else "exact"
    return {"~": "about", ">": "floor", ">=": "floor", "<": "ceiling", "<=": "ceiling", "between": "range"}[row.bound]


COUNTED = {
    "observations": Counted("条", "陈述", "statement|statements", lambda row: row.observation_id),
    "sources": Counted("个", "来源", "source|sources", lambda row: row.source_id),
    "indicators": Counted("个", "指标", "indicator|indicators", lambda row: row.indicator),
    "points": Counted("项", "数据项", "data point|data points", point_of),
}
PROPERTIES = {
    "ref_area": Property("地区", "area", lambda row, _: row.ref_area),
    "about": Property(
        "对象",
        "about",
        lambda row, _: "counterpart" if row.counterpart else "area",
        {
            "area": ("地区整体", "the area as a whole"),
            "counterpart": ("企业、机构或项目", "an organisation or project"),
        },
    ),
    "grade": Property(
        "来源等级",
        "grade of the source",
        lambda row, held: held.package.sources[row.source_id].grade,
        {"A": ("A 官方", "A official"), "B": ("B 报刊", "B press"), "C": ("C 转载或二手", "C copy or secondary page")},
    ),
    "access": Property(
        "所见",
        "seen",
        lambda row, held: held.package.sources[row.source_id].access,
        {
            "page": ("原版", "the page itself"),
            "excerpt": ("网页存本的节录", "a stored excerpt of the page"),
            "copy": ("他处的转录", "a copy elsewhere"),
        },
    ),
    "exactness": Property(
        "精度",
        "exactness",
        _exactness,
        {
            "exact": ("精确的计数、目标或标准", "an exact count, target or standard"),
            "rounded": ("四舍五入到末位", "rounded to the last digit printed"),
            "about": ("约数", "about"),
            "floor": ("只有下限", "a lower bound only"),
            "ceiling": ("只有上限", "an upper bound only"),
            "range": ("只有范围", "a range only"),
        },
    ),
    "standing": Property(
        "能否相互印证",
        "corroboration",
        lambda row, held: held.standings[point_of(row)],
        {
            "single": ("只有一个来源", "one source only"),
            "several": ("不止一个来源，不相矛盾", "several sources, not at odds"),
            "at_odds": ("来源相互矛盾", "sources at odds"),
            "untimed": ("时间未载明，无从比较", "no time stated, not comparable"),
        },
    ),
    "published": Property(
        "来源发表年份",
        "year of publication",
        lambda row, held: held.package.sources[row.source_id].date_published[:4],
        unknown=("来源无日期", "source without a date"),
    ),
    "latest": Property(
        "指标最近一次数字的年份",
        "latest year for which a figure is held",
        lambda row, held: held.latest.get(series_of(row), ""),
        unknown=("时间未载明", "no year stated"),
    ),
}
