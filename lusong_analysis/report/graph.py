"""The map of a chain as a graph that other programs read: GraphML, and JSON of nodes and links."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lusong_analysis.facts.package import Package
from lusong_analysis.facts.rows import Link, Organisation
from lusong_analysis.quantity.period import Period
from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.report.chainmap import Band, Box, ChainMap
from lusong_analysis.report.imprint import Imprint
from lusong_analysis.report.named import row_of
from lusong_analysis.report.text import Text

if TYPE_CHECKING:
    from networkx import MultiDiGraph


UNNAMED = Imprint()


def maps(package: Package, drawn: Mapping[str, ChainMap], imprint: Imprint) -> dict[str, bytes]:
    """The files of all chains, by their names in the edition; the same package gives the same bytes.

    Parameters
    ----------
    package : Package
        The package as ``known`` gives it.
    drawn : Mapping of str to ChainMap
        The maps, by chain.
    imprint : Imprint
        What the files say of themselves.
    """
    files = {f"maps/{chain}.graphml": graphml(package, one, imprint) for chain, one in drawn.items()}
    return files | {f"maps/{chain}.json": node_link(package, one, imprint) for chain, one in drawn.items()}


def graphml(package: Package, drawn: ChainMap, imprint: Imprint = UNNAMED) -> bytes:
    """A map as GraphML, which Gephi, yEd, Cytoscape and networkx read."""
    from networkx import write_graphml_xml

    written = BytesIO()
    write_graphml_xml(graph(package, drawn, imprint), written)
    return written.getvalue()


def node_link(package: Package, drawn: ChainMap, imprint: Imprint = UNNAMED) -> bytes:
    """A map as JSON of nodes and links, which networkx and D3 read."""
    from networkx import node_link_data

    data = node_link_data(graph(package, drawn, imprint), edges="links")
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def graph(package: Package, drawn: ChainMap, imprint: Imprint = UNNAMED) -> MultiDiGraph[str]:
    """A map as a graph: segments and organisations are its nodes.

    Notes
    -----
    An edge of kind ``order`` leads from a segment to the next one of its branch, as this report arranges them; one of
    kind ``part`` from an organisation to its segment, in the words that name it. All others are links that a source
    states. ``evidence`` is the key of the row that proves a node or an edge, ``figures`` and ``projects`` are those of
    the statements and events that its boxes print. ``gap`` says what is lacking: ``nobody`` is named nor anything
    counted, only ``elsewhere``, ``counted`` but not named; that of the graph is ``feeds`` where no source says who
    supplies whom. Every node and edge has the same columns; what does not apply, or no source says, is empty.
    """
    from networkx import MultiDiGraph

    chain = package.chains[drawn.chain]
    found = MultiDiGraph(
        title=f"{chain.name_zh} / {chain.name_en}",
        chain=drawn.chain,
        ref_area=drawn.ref_area,
        edition=imprint.edition,
        date=imprint.date,
        licence=imprint.licence,
        gap=next((box.gap for box in drawn.boxes() if box.gap == "feeds"), ""),
    )
    segments = [band for band in drawn.bands if band.key]
    for place, band in enumerate(segments, 1):
        found.add_node(band.key, **_segment(package, band, place))
    for before, after in pairwise(segments):
        if after.follows:
            found.add_edge(before.key, after.key, f"{before.key}-{after.key}", **_edge("order"))
    boxes = {row_of(package, box.thing).key: box for box in drawn.boxes() if box.thing}
    rows = [row_of(package, box.thing) for box in drawn.boxes() if box.thing]
    organisations = {row.organisation: row for row in rows if isinstance(row, Organisation)}
    links = [row for row in rows if isinstance(row, Link)]
    ends = [end for row in links for end in (row.source, row.target) if end in package.organisations]
    # A link may end at an organisation of no chain.
    for key, row in (organisations | {end: package.organisations[end] for end in ends}).items():
        found.add_node(key, **_organisation(package, row, drawn.ref_area, boxes.get(key)))
    for row in organisations.values():
        if row.segment:
            edge = _edge("part", _stated(package, row))
            found.add_edge(row.organisation, row.segment, f"{row.organisation}-{row.segment}", **edge)
    for link in links:
        found.add_edge(link.source, link.target, link.link, **_edge(link.kind, _stated(package, link)))
    return found


def _segment(package: Package, band: Band, place: int) -> dict[str, Any]:
    row = package.segments[band.key]
    texts = [box.text for box in band.boxes if not box.thing]
    return {
        "type": "segment",
        "name_zh": row.name_zh,
        "name_en": row.name_en,
        "kind": "",
        "segment": row.segment,
        "branch": row.branch,
        "place": place,
        "ref_area": "",
        "local": not band.is_gap,
        "gap": band.gap,
        **_held(texts),
        **SOURCELESS,
    }


def _organisation(package: Package, row: Organisation, ref_area: str, box: Box | None) -> dict[str, Any]:
    segment = package.segments.get(row.segment)
    return {
        "type": "organisation",
        "name_zh": row.name_zh,
        "name_en": row.name_en,
        "kind": row.kind,
        "segment": row.segment,
        "branch": segment.branch if segment else "",
        "place": int(segment.place) if segment else 0,
        "ref_area": row.ref_area,
        "local": row.ref_area == ref_area,
        "gap": "",
        **_held([box.text] if box else []),
        **_stated(package, row),
    }


def _edge(kind: str, stated: dict[str, str] | None = None) -> dict[str, Any]:
    """An edge; it is no gap, which a chain has as a whole where no source says who feeds whom."""
    return {"kind": kind, "gap": "", **(stated or SOURCELESS)}


def _held(texts: Sequence[Text]) -> dict[str, str]:
    """The keys of the statements and of the projects that boxes print."""
    values = [value for text in texts for value in text.figures().values()]
    figures = [value.formula["observation"] for value in values if isinstance(value, Quantity)]
    projects = [value.formula["event"] for value in values if isinstance(value, Period)]
    return {"figures": "; ".join(dict.fromkeys(figures)), "projects": "; ".join(dict.fromkeys(projects))}


# What no source states, as the order of segments.
SOURCELESS = dict.fromkeys(
    ("evidence", "as_printed", "locator", "source_id", "publisher", "publisher_en", "url", "grade"), ""
)


def _stated(package: Package, row: Organisation | Link) -> dict[str, str]:
    """What is stated by a source: the key of its row, the source's own words, where they stand, and whose they are."""
    source = package.sources[row.source_id]
    return {
        "evidence": row.key,
        "as_printed": row.as_printed,
        "locator": row.locator,
        "source_id": row.source_id,
        "publisher": source.publisher,
        "publisher_en": source.publisher_en,
        "url": source.url,
        "grade": source.grade,
    }
