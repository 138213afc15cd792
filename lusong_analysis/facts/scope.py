"""What a package holds that concerns an area, where it holds many."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypeVar

from lusong_analysis.facts.areas import areas_around
from lusong_analysis.facts.package import Package
from lusong_analysis.facts.rows import Correction, Event, Link, Observation, Organisation, Row, Term

Kept = TypeVar("Kept", bound=Row)
Table = Mapping[str, Kept]


def concerning(package: Package, ref_area: str) -> Package:
    """The package as far as it concerns an area.

    Parameters
    ----------
    package : Package
        The package as ``known`` gives it.
    ref_area : str
        The area.

    Notes
    -----
    It holds what is said of the area, of those around it and in it, and of those that lie in none, as another country.
    From elsewhere stays what the maps of the chains draw: organisations, links, the projects of segments, and the
    statements about these. Sources and areas are those that anything of it names; indicators, chains, segments and
    terms are of no area.
    """
    around = {area.ref_area for area in areas_around(package, ref_area)}

    def near(code: str) -> bool:
        outside = (area.ref_area for area in areas_around(package, code))
        return code in around or not package.areas[code].parent or ref_area in outside

    codes = {code for code in package.areas if near(code)}
    ends = {end for row in package.links.values() for end in (row.source, row.target)}
    drawn = {key for row in package.segments.values() for key in row.held("projects")} | ends
    drawn |= {key for key, row in package.organisations.items() if row.chain}
    observations = {
        key: row for key, row in package.observations.items() if row.ref_area in codes or row.counterpart in drawn
    }
    about = drawn | {row.counterpart for row in observations.values()}
    organisations = {key: row for key, row in package.organisations.items() if row.ref_area in codes or key in about}
    events = {key: row for key, row in package.events.items() if row.ref_area in codes or key in about}
    corrections = {key: row for key, row in package.corrections.items() if row.observation_id in observations}
    placed: tuple[Table[Observation | Organisation | Event], ...] = (observations, organisations, events)
    sourced: tuple[Table[Observation | Organisation | Event | Correction | Link | Term], ...] = (
        *placed,
        corrections,
        package.links,
        package.glossary,
    )
    codes |= {row.ref_area for table in placed for row in table.values()}
    named = {row.source_id for table in sourced for row in table.values()}
    return replace(
        package,
        areas=_only(package.areas, {area.ref_area for code in codes for area in areas_around(package, code)}),
        sources=_only(package.sources, named),
        observations=observations,
        corrections=corrections,
        organisations=organisations,
        events=events,
        set_aside={
            key: row
            for key, row in package.set_aside.items()
            if not row.observation_id or row.observation_id in observations
        },
    )


def _only(rows: Mapping[str, Kept], keys: Collection[str]) -> dict[str, Kept]:
    return {key: row for key, row in rows.items() if key in keys}
