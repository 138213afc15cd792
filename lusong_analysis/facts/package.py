"""The data package: open it, ask it, and ask it as of a day."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from lusong_analysis.facts.checks import check_tables
from lusong_analysis.facts.corrections import corrected, known_corrections
from lusong_analysis.facts.descriptor import DESCRIPTOR
from lusong_analysis.facts.rows import (
    Area,
    Chain,
    Correction,
    Event,
    Indicator,
    Link,
    Observation,
    Organisation,
    Segment,
    SetAside,
    Source,
    Term,
)
from lusong_analysis.facts.select import select
from lusong_analysis.facts.statement import LEAD, Statement, last_day
from lusong_analysis.facts.table import read_tables
from lusong_analysis.problem import Problem, Refused, did_you_mean

_NOT_YET_NAMED = {"segment": "", "as_printed": "", "locator": ""}
_TOLD = ("serves", "progress")
View = TypeVar("View")
_NOT_YET_PUBLISHED = dict.fromkeys(
    ("stage", "date", "actor_zh", "actor_en", "instrument", *_TOLD, "as_printed", "locator"), ""
)


@dataclass(frozen=True)
class Package:
    """The tables of a data folder, each row by its key. Treat it as read-only.

    ``folder`` is None for the rows that the evidence of a report carries. There ``observations`` are those in force,
    and ``corrections`` the ones that were applied to them.
    """

    folder: Path | None
    areas: Mapping[str, Area]
    indicators: Mapping[str, Indicator]
    sources: Mapping[str, Source]
    observations: Mapping[str, Observation]
    corrections: Mapping[str, Correction]
    chains: Mapping[str, Chain]
    segments: Mapping[str, Segment]
    organisations: Mapping[str, Organisation]
    links: Mapping[str, Link]
    events: Mapping[str, Event]
    glossary: Mapping[str, Term]
    set_aside: Mapping[str, SetAside] = field(default_factory=dict)

    def statement(self, row: Observation) -> Statement:
        """A row with its source, its indicator and its area, made once."""
        found = self._statements.get(row.observation_id)
        if found is None or found.observation is not row:
            found = Statement(
                row, self.sources[row.source_id], self.indicators[row.indicator], self.areas[row.ref_area]
            )
            self._statements[row.observation_id] = found
        return found

    # A package that is made of this one with other rows begins anew.
    @cached_property
    def _statements(self) -> dict[str, Statement]:
        return {}

    @cached_property
    def _views(self) -> dict[Any, Any]:
        return {}

    def view(self, kind: Callable[[Package], View]) -> View:
        """What ``kind`` makes of the package, made once."""
        if kind not in self._views:
            self._views[kind] = kind(self)
        found: View = self._views[kind]
        return found


def find_folder(start: Path | None = None) -> Path:
    """The data folder: ``LUSONG_DATA``, else the nearest ``data/`` upwards of ``start``, else the checkout's own.

    Parameters
    ----------
    start : Path, optional
        Where to look from; the working folder if left out.

    Raises
    ------
    Refused
        There is none.
    """
    if named := os.environ.get("LUSONG_DATA"):
        if (Path(named) / DESCRIPTOR).is_file():
            return Path(named).resolve()
        todo = f"Set it to a folder that holds {DESCRIPTOR}, or unset it."
        raise Refused([Problem("LUSONG_DATA", named, "It is no data folder.", todo)])
    here = (start or Path.cwd()).resolve()
    checkout = Path(__file__).resolve().parents[2]
    for folder in (here, *here.parents, checkout):
        if (folder / "data" / DESCRIPTOR).is_file():
            return folder / "data"
    todo = "Work in a folder of the project, or set LUSONG_DATA to the data folder."
    raise Refused([Problem(here.name, "no data folder", f"data/{DESCRIPTOR} is nowhere upwards of it.", todo)])


def open_package(folder: Path) -> Package:
    """Open a data folder.

    Raises
    ------
    Refused
        With every problem of its rows at once.
    """
    package, problems = check_rows(folder)
    if package is None:
        raise Refused(problems)
    return package


def check_rows(folder: Path) -> tuple[Package | None, list[Problem]]:
    """The package, or None and everything that is wrong in it: the check a notebook can afford."""
    tables, problems = read_tables(folder)
    problems += check_tables(tables)
    if problems:
        return None, problems
    rows = {name: {row.key: row for row in table.rows.values()} for name, table in tables.items()}
    return Package(folder, **rows), []


def known(package: Package, as_of: str = "") -> Package:
    """The package as readers may see it: no leads, and with ``as_of`` only what was published by then.

    Parameters
    ----------
    package : Package
        The package.
    as_of : str
        A day, or a partial date (2020, 2020-10), which counts as its last day; empty for no limit. Sources without a
        date are seen only without a limit; ``left_out`` counts their statements.

    Raises
    ------
    QuantityError
        The date does not exist.

    Notes
    -----
    Corrections made by then are applied, and ``corrections`` holds those.

    Names stay whatever the day, so that a question about them is answered with nothing instead of refused: areas,
    indicators, segments, organisations, glossary, projects. Of an organisation or a project that was not published by
    then the name is all that stays. A link is seen where its source is and those of the organisations that it joins.
    """
    package = in_force(package, as_of)
    sources = {key for key in package.sources if _seen(package, key, as_of)}

    def seen(source_id: str) -> bool:
        return source_id in sources

    observations = {key: row for key, row in package.observations.items() if seen(row.source_id)}
    named = observations.keys() | {key for key, row in package.events.items() if seen(row.source_id)}

    def as_seen(row: Event) -> Event:
        """What a policy serves and how far it came may have been published later than the policy."""
        if not seen(row.source_id):
            return row.model_copy(update=_NOT_YET_PUBLISHED)
        hidden = [column for column in _TOLD if getattr(row, column) and getattr(row, column) not in named]
        return row.model_copy(update=dict.fromkeys(hidden, "")) if hidden else row

    return replace(
        package,
        # What was set aside carries no day, so it is of today.
        set_aside={} if as_of else package.set_aside,
        observations=observations,
        organisations={
            key: row if seen(row.source_id) else row.model_copy(update=_NOT_YET_NAMED)
            for key, row in package.organisations.items()
        },
        links={key: row for key, row in package.links.items() if all(map(seen, _sources_below(package, row)))},
        events={
            key: as_seen(row) for key, row in package.events.items() if row.kind == "project" or seen(row.source_id)
        },
    )


def named_event(package: Package, name: str, as_of: str = "") -> Event:
    """An event, so that it can be named; of one that readers may not see as of a day the name is all there is.

    Raises
    ------
    QuantityError
        The date does not exist.
    """
    row = package.events[name]
    return row if _seen(package, row.source_id, as_of) else row.model_copy(update=_NOT_YET_PUBLISHED)


def _seen(package: Package, source_id: str, as_of: str) -> bool:
    """Whether a source is no lead and was published by a day; one without a date is seen only without a limit."""
    source, limit = package.sources[source_id], last_day(as_of)
    published = last_day(source.date_published)
    return source.grade != LEAD and (limit is None or (published is not None and published <= limit))


def _sources_below(package: Package, row: Link) -> set[str]:
    """The sources of a link and of the organisations that it joins; segments have none."""
    ends = {row.source, row.target} & package.organisations.keys()
    return {row.source_id} | {package.organisations[key].source_id for key in ends}


def in_force(package: Package, as_of: str = "") -> Package:
    """The package with the corrections applied that were made by a day; all where no day is given.

    Raises
    ------
    QuantityError
        The date does not exist.
    """
    corrections = known_corrections(package.corrections, as_of)
    rows = corrected(package.observations, corrections.values())
    return replace(package, observations=rows, corrections=corrections)


def left_out(package: Package, as_of: str) -> int:
    """How many statements ``as_of`` leaves out because their source prints no date; 0 without a limit."""
    if not as_of:
        return 0
    sources = [package.sources[row.source_id] for row in package.observations.values()]
    return sum(1 for source in sources if source.grade != LEAD and not source.date_published)


def statements(
    package: Package,
    indicator: str,
    *,
    ref_area: str,
    time_period: str = "",
    counterpart: str = "",
    whole: Package | None = None,
) -> list[Statement]:
    """The statements that answer a question, in the order of the file; none where nothing is held.

    Parameters
    ----------
    package : Package
        The package, as ``known`` gives it.
    indicator, ref_area : str
        What is asked, and of which area. Nothing of one area stands for another.
    time_period : str
        The period; empty for every period, and for statements without one.
    counterpart : str
        The organisation or project; empty for statements about the area as a whole.
    whole : Package, optional
        The package with what was published later too: it says whether a question must name an organisation, so that
        the same question may be asked as of any day. The package itself if left out.

    Raises
    ------
    Refused
        A name is unknown, or every statement is about one organisation or project and the question names none.
    """
    _refuse_unknown(package, indicator=indicator, ref_area=ref_area, counterpart=counterpart)
    asked = _asked(indicator, ref_area, time_period)
    answers = [
        package.statement(row)
        for row in select(package.observations, **asked, counterpart=counterpart)
        if package.sources[row.source_id].grade != LEAD
    ]
    if not answers and not counterpart:
        _refuse_unnamed(whole or package, indicator, ref_area, time_period)
    return answers


def _asked(indicator: str, ref_area: str, time_period: str) -> dict[str, str]:
    period = {"time_period": time_period} if time_period else {}
    return {"indicator": indicator, "ref_area": ref_area, **period}


def _refuse_unnamed(package: Package, indicator: str, ref_area: str, time_period: str) -> None:
    names = {
        row.counterpart
        for row in select(package.observations, **_asked(indicator, ref_area, time_period))
        if package.sources[row.source_id].grade != LEAD
    }
    if names and "" not in names:
        rule = f"Every statement on {indicator} in {ref_area} is about one organisation or project."
        raise Refused([Problem("counterpart", "", rule, f"Name it: {', '.join(sorted(names))}.")])


def _refuse_unknown(package: Package, *, indicator: str, ref_area: str, counterpart: str) -> None:
    questions: tuple[tuple[str, str, Collection[str], str], ...] = (
        ("indicator", indicator, package.indicators, "indicators.csv"),
        ("ref_area", ref_area, package.areas, "areas.csv"),
    )
    unknown = [question for question in questions if question[1] not in question[2]]
    if counterpart and not _is_counterpart(package, counterpart):
        held = [key for key, row in package.events.items() if row.kind == "project"] + list(package.organisations)
        unknown.append(("counterpart", counterpart, held, "organisations.csv and events.csv"))
    if unknown:
        rule = "The data holds no such name."
        raise Refused(
            Problem(column, name, rule, did_you_mean(name, held) or f"The names stand in {file}.")
            for column, name, held, file in unknown
        )


def _is_counterpart(package: Package, name: str) -> bool:
    return name in package.organisations or (name in package.events and package.events[name].kind == "project")
