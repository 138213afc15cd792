"""The map of a chain as a graph that other programs read: GraphML, and JSON of nodes and links."""

from __future__ import annotations

import json
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lusong_analysis.facts.package import Package
from lusong_analysis.facts.rows import Link, Organisation
from lusong_analysis.report.chainmap import Band, ChainMap, chain_map
from lusong_analysis.report.named import Named, row_of

if TYPE_CHECKING:
    from networkx import MultiDiGraph


def maps(package: Package, as_of: str, ref_area: str) -> dict[str, bytes]:
    """The files of all chains, by their names in the edition; the same package gives the same bytes.

    Parameters
    ----------
    package : Package
        The package as ``known`` gives it.
    as_of : str
        The day up to which sources count; empty for no limit.
    ref_area : str
        The area that the edition is about.
    """
    drawn = {chain: chain_map(package, chain, as_of, ref_area) for chain in package.chains}
    files = {f"maps/{chain}.graphml": graphml(package, one) for chain, one in drawn.items()}
    return files | {f"maps/{chain}.json": node_link(package, one) for chain, one in drawn.items()}


def graphml(package: Package, drawn: ChainMap) -> bytes:
    """A map as GraphML, which Gephi, yEd, Cytoscape and networkx read."""
    from networkx import write_graphml_xml

    written = BytesIO()
    write_graphml_xml(graph(package, drawn), written)
    return written.getvalue()


def node_link(package: Package, drawn: ChainMap) -> bytes:
    """A map as JSON of nodes and links, which networkx and D3 read."""
    from networkx import node_link_data

    data = node_link_data(graph(package, drawn), edges="links")
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def graph(package: Package, drawn: ChainMap) -> MultiDiGraph[str]:
    """A map as a graph: segments and organisations are its nodes.

    Notes
    -----
    An edge of kind ``order`` leads from a segment to the next one, as this report arranges them; one of kind ``part``
    from an organisation to its segment, in the words that name it. All others are links that a source states. Every
    node and edge has the same columns; what does not apply, or no source says, is empty.
    """
    from networkx import MultiDiGraph

    found = MultiDiGraph(chain=drawn.chain, ref_area=drawn.ref_area)
    segments = [band for band in drawn.bands if band.key]
    for place, band in enumerate(segments, 1):
        found.add_node(band.key, **_segment(package, band, place))
    for before, after in pairwise(segments):
        found.add_edge(before.key, after.key, f"{before.key}-{after.key}", **_stated("order"))
    rows = [row_of(package, thing) for thing in drawn.figures().values() if isinstance(thing, Named)]
    organisations = {row.organisation: row for row in rows if isinstance(row, Organisation)}
    links = [row for row in rows if isinstance(row, Link)]
    ends = [end for row in links for end in (row.source, row.target) if end in package.organisations]
    # A link may end at an organisation of no chain.
    for key, row in (organisations | {end: package.organisations[end] for end in ends}).items():
        found.add_node(key, **_organisation(package, row, drawn.ref_area))
    for row in organisations.values():
        if row.segment:
            stated = _stated("part", row.as_printed, row.locator, row.source_id)
            found.add_edge(row.organisation, row.segment, f"{row.organisation}-{row.segment}", **stated)
    for link in links:
        stated = _stated(link.kind, link.as_printed, link.locator, link.source_id)
        found.add_edge(link.source, link.target, link.link, **stated)
    return found


def _segment(package: Package, band: Band, place: int) -> dict[str, Any]:
    row = package.segments[band.key]
    return {
        "type": "segment",
        "name_zh": row.name_zh,
        "name_en": row.name_en,
        "kind": "",
        "segment": row.segment,
        "place": place,
        "ref_area": "",
        "local": not band.is_gap,
        "gap": band.is_gap,
        **_words(),
    }


def _organisation(package: Package, row: Organisation, ref_area: str) -> dict[str, Any]:
    return {
        "type": "organisation",
        "name_zh": row.name_zh,
        "name_en": row.name_en,
        "kind": row.kind,
        "segment": row.segment,
        "place": int(package.segments[row.segment].place) if row.segment else 0,
        "ref_area": row.ref_area,
        "local": row.ref_area == ref_area,
        "gap": False,
        **_words(row.as_printed, row.locator, row.source_id),
    }


def _stated(kind: str, as_printed: str = "", locator: str = "", source_id: str = "") -> dict[str, Any]:
    return {"kind": kind, **_words(as_printed, locator, source_id)}


def _words(as_printed: str = "", locator: str = "", source_id: str = "") -> dict[str, str]:
    """The source's own words and where they stand."""
    return {"as_printed": as_printed, "locator": locator, "source_id": source_id}
