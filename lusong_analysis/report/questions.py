"""What a report may ask the data package; what nobody published comes back as an absent figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lusong_analysis.facts.areas import areas_around
from lusong_analysis.facts.package import Package, statements
from lusong_analysis.facts.rows import Chain, Event, Organisation
from lusong_analysis.facts.select import Row, select
from lusong_analysis.facts.statement import Statement, last_day, prevailing
from lusong_analysis.problem import Problem, Refused, did_you_mean
from lusong_analysis.quantity.period import Period, bounds
from lusong_analysis.quantity.quantity import Quantity, Subject, missing
from lusong_analysis.quantity.series import Series
from lusong_analysis.quantity.series import series as series_of
from lusong_analysis.report.named import Named
from lusong_analysis.report.recompute import event_date
from lusong_analysis.report.text import Words


def figure(package: Package, about: Subject, whole: Package | None = None) -> Quantity:
    """The figure that prevails on a subject; without a period, of the latest one that is held.

    Parameters
    ----------
    package : Package
        The package as of the report's day.
    about : Subject
        What is asked.
    whole : Package, optional
        The package as of today, by which a question is right or wrong.

    Raises
    ------
    Refused
        A name is unknown; with did-you-mean.
    """
    found = statements(
        package,
        about.indicator,
        ref_area=about.ref_area,
        time_period=about.time_period,
        counterpart=about.counterpart,
        whole=whole,
    )
    return latest(found).quantity if found else missing(about)


def latest(found: Sequence[Statement]) -> Statement:
    """Of the statements of the latest time the one that prevails; without a period, that of publication counts."""
    last = max(time(statement) for statement in found)
    return prevailing([statement for statement in found if time(statement) == last])


def series(package: Package, about: Subject, whole: Package | None = None) -> Series:
    """The statements on a subject as a series: of each period the one that prevails, without those of no period.

    The parameters are those of :func:`figure`.

    Raises
    ------
    Refused
        A name is unknown; with did-you-mean.
    """
    where = {"ref_area": about.ref_area, "counterpart": about.counterpart}
    found = statements(package, about.indicator, **where, whole=whole)
    periods: dict[tuple[int, int], list[Statement]] = {}
    for statement in found:
        if statement.observation.time_period:
            periods.setdefault(time(statement), []).append(statement)
    known = [prevailing(held).quantity for held in periods.values()]
    # Statements of no period are no gap in what is known: such a series is empty, and nothing is missing.
    return series_of(known if found else [missing(about)])


def history(package: Package, indicators: tuple[str, ...], ref_area: str) -> tuple[Quantity, ...]:
    """Every statement on some indicators of an area and of its organisations, definition by definition, by time."""
    found: list[Statement] = []
    for indicator in indicators:
        rows = select(package.observations, indicator=indicator, ref_area=ref_area)
        names = {row.counterpart for row in rows} or {""}
        held = [row for name in names for row in statements(package, indicator, ref_area=ref_area, counterpart=name)]
        found += sorted(held, key=lambda statement: (time(statement), statement.observation.observation_id))
    return tuple(statement.quantity for statement in found)


def by_chain(package: Package, measure_type: str, ref_area: str) -> tuple[tuple[Chain, tuple[Quantity, ...]], ...]:
    """Each chain with its latest figures of one type; a figure of one of its firms does not stand for the chain."""

    def indicators(chain: str) -> list[str]:
        rows = select(package.observations, chain=chain, counterpart="", ref_area=ref_area)
        held = dict.fromkeys(row.indicator for row in rows)
        return [indicator for indicator in held if package.indicators[indicator].measure_type == measure_type]

    return tuple(
        (chain, tuple(figure(package, Subject(indicator, ref_area)) for indicator in indicators(key)))
        for key, chain in package.chains.items()
    )


def by_source(groups: Sequence[Sequence[Statement]]) -> tuple[tuple[Quantity, ...], ...]:
    """Statements on several indicators: the terms of one printed ratio side by side, all others alone."""
    printed = [
        {(statement.observation.source_id, statement.observation.as_printed): statement.quantity for statement in group}
        for group in groups
    ]
    lengths = {len(group) for group in groups}
    if all(one.keys() == printed[0].keys() for one in printed) and lengths == {len(printed[0])}:
        return tuple(tuple(one[key] for one in printed) for key in printed[0])
    return tuple((statement.quantity,) for group in groups for statement in group)


def event(package: Package, name: str, as_of: str, ref_area: str) -> Period | Quantity:
    """The date of an event of an area or of those it lies in.

    Absent where it is of another area, or where its source was published later than ``as_of``.

    Raises
    ------
    Refused
        The event is unknown; with did-you-mean.
    """
    gap = _gap(package, _row(package.events, "event", name, "events.csv"), as_of, ref_area)
    return event_date(package, name) if gap is None else gap


def organisation(package: Package, name: str, as_of: str, ref_area: str) -> Named | Quantity:
    """An organisation that a source names, of an area or of those it lies in; absent as :func:`event`.

    Raises
    ------
    Refused
        The organisation is unknown; with did-you-mean.
    """
    gap = _gap(package, _row(package.organisations, "organisation", name, "organisations.csv"), as_of, ref_area)
    return Named({"organisation": name}) if gap is None else gap


def name_of(package: Package, ref_area: str) -> Words:
    """The name of an area.

    Raises
    ------
    Refused
        The area is unknown; with did-you-mean.
    """
    row = _row(package.areas, "area", ref_area, "areas.csv")
    return Words(row.name_zh, row.name_en)


def _row(rows: Mapping[str, Row], noun: str, name: str, file: str) -> Row:
    """The row of a name that a notebook asks for; refused, with did-you-mean, where there is none."""
    if name not in rows:
        todo = did_you_mean(name, rows) or f"The names stand in {file}."
        raise Refused([Problem(noun, name, f"The data holds no such {noun}.", todo)])
    return rows[name]


def _gap(package: Package, row: Event | Organisation, as_of: str, ref_area: str) -> Quantity | None:
    """What stands in the place of a row of another area, or of one that was not published by a day."""
    if not any(area.ref_area == row.ref_area for area in areas_around(package, ref_area)):
        return missing(Subject("", ref_area, "", row.key))
    return None if _known(package, row.source_id, as_of) else missing(Subject("", row.ref_area, "", row.key))


def events(package: Package, chain: str, kind: str, as_of: str, ref_area: str) -> tuple[Period, ...]:
    """The dates of the events of a chain, of one kind, in order; those without a date last."""
    rows = [
        row
        for row in select(package.events, ref_area=ref_area, kind=kind, **({"chain": chain} if chain else {}))
        if _known(package, row.source_id, as_of)
    ]
    rows.sort(key=lambda row: (not row.date, bounds(row.date)[0].toordinal() if row.date else 0, row.event))
    return tuple(event_date(package, row.event) for row in rows)


def organisations(package: Package, chain: str, as_of: str) -> tuple[Named, ...]:
    """The organisations of a chain that a source known by then names, by segment, those without one last."""
    rows = [
        row
        for row in select(package.organisations, chain=chain)
        if row.as_printed and _known(package, row.source_id, as_of)
    ]
    places = {row.segment: int(row.place) for row in select(package.segments, chain=chain)}
    rows.sort(key=lambda row: (places.get(row.segment, len(places)), row.ref_area, row.organisation))
    return tuple(Named({"organisation": row.organisation}) for row in rows)


def links(package: Package, chain: str) -> tuple[Named, ...]:
    """Who feeds whom in a chain, in the order of the file."""
    return tuple(Named({"link": row.link}) for row in select(package.links, chain=chain))


def _known(package: Package, source_id: str, as_of: str) -> bool:
    """Whether a source had been published by a day; one without a date is known only where no day is set."""
    limit, published = last_day(as_of), last_day(package.sources[source_id].date_published)
    return limit is None or (published is not None and published <= limit)


def time(statement: Statement) -> tuple[int, int]:
    """When a statement was true, for sorting; without a period, when it was published."""
    code = statement.observation.time_period or statement.source.date_published
    return (bounds(code)[1].toordinal(), bounds(code)[0].toordinal()) if code else (0, 0)
