"""What is held of an organisation or a segment of a chain, beside its name: its figures and its projects."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from lusong_analysis.facts.areas import areas_around
from lusong_analysis.facts.package import Package
from lusong_analysis.facts.rows import Event, Observation, Organisation, Segment
from lusong_analysis.facts.select import select
from lusong_analysis.facts.statement import Statement
from lusong_analysis.quantity.period import Period
from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.report.questions import latest, time
from lusong_analysis.report.recompute import event_date

# A box has room for so many.
MOST = 1
# A target is no fact, and what a project costs or covers stands in the register.
LAID_OUT = ("project_total_investment", "project_site_area")
CITY = "city"


def of_organisation(package: Package, row: Organisation, elsewhere: Collection[str]) -> tuple[Quantity, ...]:
    """The newest figures that are held of an organisation, levels before rates.

    Parameters
    ----------
    package : Package
        The package as of the report's day.
    row : Organisation
        The organisation.
    elsewhere : collection of str
        The indicators that the map prints of whole segments.

    Notes
    -----
    A figure is its own where it is about it. Where there is none, it is one that names it among others, or one of a
    project that is named after it.
    """

    def facts(**where: str) -> list[Observation]:
        rows = select(package.observations, **where)
        return [held for held in rows if _fact(package, held) and held.indicator not in elsewhere]

    own = facts(counterpart=row.organisation)
    if any(held.indicator not in LAID_OUT for held in own):
        own = [held for held in own if held.indicator not in LAID_OUT]
    others = facts(counterpart="", as_printed__contains=row.name_zh)
    others += [held for project in named_after(package, row) for held in facts(counterpart=project.event)]
    found = _latest(package, own or others)
    found.sort(key=lambda one: (-time(one)[0], one.indicator.measure_type == "growth"))
    return tuple(one.quantity for one in found[:MOST])


def of_segment(package: Package, segment: Segment, ref_area: str) -> tuple[Quantity, ...]:
    """The figures that count or measure what is in a segment: of an area, or where none is held, of its city.

    A figure of the area as a whole comes before one of an organisation in it.
    """
    found = []
    for indicator in segment.held("indicators"):
        for area in dict.fromkeys((ref_area, _city(package, ref_area))):
            there = select(package.observations, indicator=indicator, ref_area=area)
            rows = [row for row in there if not row.counterpart] or there
            if rows:
                found.append(latest([package.statement(row) for row in rows]).quantity)
                break
    return tuple(found)


def projects_of(package: Package, segment: Segment) -> tuple[Period, ...]:
    """The projects of a segment that were published by the report's day."""
    rows = [package.events[key] for key in segment.held("projects") if key in package.events]
    return _dates(package, rows)


def projects_named_after(package: Package, row: Organisation) -> tuple[Period, ...]:
    """The projects that are named after an organisation, by the report's day."""
    return _dates(package, named_after(package, row))


def named_after(package: Package, row: Organisation) -> list[Event]:
    """The projects whose names hold that of an organisation."""
    return select(package.events, kind="project", name_zh__contains=row.name_zh)


def _dates(package: Package, rows: Iterable[Event]) -> tuple[Period, ...]:
    # Of what was not published by then there are no words.
    return tuple(event_date(package, row.event) for row in rows if row.as_printed)


def _fact(package: Package, row: Observation) -> bool:
    return package.indicators[row.indicator].measure_type != "target"


def _latest(package: Package, rows: Iterable[Observation]) -> list[Statement]:
    """Of each indicator and subject the latest statement, in the order of the file."""
    groups: dict[tuple[str, str], list[Observation]] = {}
    for row in rows:
        groups.setdefault((row.indicator, row.counterpart), []).append(row)
    return [latest([package.statement(row) for row in group]) for group in groups.values()]


def _city(package: Package, ref_area: str) -> str:
    """The city that an area lies in, or the area itself."""
    around = areas_around(package, ref_area)
    return next((area.ref_area for area in around if area.level == CITY), ref_area)
