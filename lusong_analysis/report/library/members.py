"""The rows of a chain that are no statements: its segments and gaps, its organisations, links and events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lusong_analysis.facts.package import Package
from lusong_analysis.facts.rows import Event, Link, Organisation, Segment
from lusong_analysis.report.chainmap import Box, ChainMap
from lusong_analysis.report.library import cells
from lusong_analysis.report.library.cells import Targets
from lusong_analysis.report.library.heads import TYPES
from lusong_analysis.report.library.workbook import Cell, link
from lusong_analysis.report.named import VERBS, Named, begins_in, begun, name_of
from lusong_analysis.report.text import Speaker
from lusong_analysis.report.words import INSTRUMENTS, STAGES

SEGMENT = "环节 segment"
ORGANISATION = "机构 organisation"
LINK = "联系 link"
GAP = "缺口 gap"


def members(package: Package, key: str, drawn: ChainMap | None, targets: Targets) -> Iterator[Mapping[str, Cell]]:
    """Segments from upstream to downstream, gaps, organisations, links and events, a row each.

    Parameters
    ----------
    package : Package
        The package as ``known`` gives it.
    key : str
        The chain; empty for what is of none.
    drawn : ChainMap, optional
        Its map, which says what the gaps are.
    targets : Mapping of tuple to str
        Where the rows of the tables stand, by table and key.
    """
    segments = [row for row in package.segments.values() if row.chain == key]
    yield from (_segment(row, targets) for row in sorted(segments, key=lambda row: int(row.place)))
    if drawn:
        yield from _gaps(package, drawn)
    yield from (_organisation(package, row, targets) for row in package.organisations.values() if row.chain == key)
    yield from (_link(package, row, targets) for row in package.links.values() if row.chain == key)
    # Of a project that was not published by the day of the package the name is all that is known.
    events = [row for row in package.events.values() if row.chain == key and row.as_printed]
    yield from (_event(package, row, targets) for row in sorted(events, key=lambda row: (row.kind, row.date)))


def _segment(row: Segment, targets: Targets) -> dict[str, Cell]:
    """A segment; it is a frame of this project, so it has no source."""
    return {
        "kind": SEGMENT,
        "name_zh": row.name_zh,
        "name_en": row.name_en,
        "segment": cells.name(row),
        "key": link(row.segment, targets["segments", row.segment]),
    }


def _gaps(package: Package, drawn: ChainMap) -> Iterator[dict[str, Cell]]:
    """What no source names: an organisation of the area in a segment, or who supplies whom; it has no key."""
    for band in drawn.bands:
        for box in (box for box in band.boxes if box.look == "gap"):
            yield {**_gap(package, box, drawn.ref_area), **cells.segment(package, band.key)}
        yield from (_gap(package, box, drawn.ref_area) for box in band.links if box.look == "gap")


def _gap(package: Package, box: Box, ref_area: str) -> dict[str, Cell]:
    zh, en = (Speaker(language, package, lambda _: "").plain(box.name) for language in ("zh", "en"))
    return {"kind": GAP, "name_zh": zh, "name_en": en, "area": cells.name(package.areas[ref_area])}


def _organisation(package: Package, row: Organisation, targets: Targets) -> dict[str, Cell]:
    return {
        "kind": ORGANISATION,
        "name_zh": row.name_zh,
        "name_en": row.name_en,
        "area": cells.name(package.areas[row.ref_area]),
        "as_printed": row.as_printed,
        "type": f"{TYPES[row.kind]} {row.kind}",
        "key": link(row.organisation, targets["organisations", row.organisation]),
        **cells.segment(package, row.segment),
        **cells.source(package.sources[row.source_id], targets),
    }


def _link(package: Package, row: Link, targets: Targets) -> dict[str, Cell]:
    """What a source says of two ends, in the segment in which it begins."""
    zh, en = (name_of(package, Named({"link": row.link}), language) for language in ("zh", "en"))
    return {
        "kind": LINK,
        "name_zh": zh,
        "name_en": begun(en),
        "as_printed": row.as_printed,
        "type": f"{VERBS['zh'][row.kind]} {row.kind}",
        "key": link(row.link, targets["links", row.link]),
        **cells.segment(package, begins_in(package, row)),
        **cells.source(package.sources[row.source_id], targets),
    }


def _event(package: Package, row: Event, targets: Targets) -> dict[str, Cell]:
    return {
        "kind": f"{TYPES[row.kind]} {row.kind}",
        "name_zh": row.name_zh,
        "name_en": row.name_en,
        "area": cells.name(package.areas[row.ref_area]),
        "as_printed": row.as_printed,
        "actor": f"{row.actor_zh} {row.actor_en}".strip(),
        "instrument": " ".join(INSTRUMENTS[row.instrument].values()) if row.instrument else "",
        "status": " ".join(STAGES[row.stage].values()) if row.stage else "",
        "key": link(row.event, targets["events", row.event]),
        **cells.period(row.date),
        **cells.source(package.sources[row.source_id], targets),
    }
