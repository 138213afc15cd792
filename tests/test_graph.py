"""The maps of the chains as graphs that other programs read."""

import json
import subprocess
import sys
from io import BytesIO

import networkx
import pytest

from lusong_analysis.facts.package import find_folder, in_force, known, open_package
from lusong_analysis.report.chainmap import chain_map
from lusong_analysis.report.graph import graph, graphml, maps, node_link

CHAINS = ("apparel", "aviation", "new_materials")
AREA = "430203"


@pytest.fixture(scope="module")
def package():
    """The package as a reader sees it."""
    return known(in_force(open_package(find_folder())))


@pytest.mark.parametrize("chain", CHAINS)
def test_networkx_reads_the_same_graph_back(chain, package):
    """Nodes, edges and all their columns come back from GraphML and from JSON as they were written."""
    drawn = chain_map(package, chain, "", AREA)
    made = graph(package, drawn)
    read = networkx.read_graphml(BytesIO(graphml(package, drawn)), force_multigraph=True)
    loaded = networkx.node_link_graph(json.loads(node_link(package, drawn)), edges="links")
    for back in (read, loaded):
        assert dict(made.nodes(data=True)) == dict(back.nodes(data=True))
        assert sorted(made.edges(keys=True, data=True), key=str) == sorted(back.edges(keys=True, data=True), key=str)


@pytest.mark.parametrize("chain", CHAINS)
def test_the_graph_holds_what_the_map_shows(chain, package):
    """Every box of the map is a node or an edge with its source, and every gap is one of a segment."""
    drawn = chain_map(package, chain, "", AREA)
    made = graph(package, drawn)
    stated = {key for _, _, key, data in made.edges(keys=True, data=True) if data["kind"] not in ("order", "part")}
    organisations = {key for key, data in made.nodes(data=True) if data["type"] == "organisation"}
    things = [thing.formula for thing in drawn.figures().values()]
    assert {thing["link"] for thing in things if "link" in thing} == stated
    assert {thing["organisation"] for thing in things if "organisation" in thing} == organisations
    assert {band.key for band in drawn.bands if band.is_gap} == {
        key for key, data in made.nodes(data=True) if data["gap"]
    }
    sourced = [data for _, _, data in made.edges(data=True) if data["kind"] != "order"]
    sourced += [made.nodes[key] for key in organisations]
    assert all(data["source_id"] in package.sources and data["as_printed"] for data in sourced)


def test_a_chain_is_one_line_of_segments(package):
    """Segments follow each other from upstream to downstream, and only they are joined by order."""
    made = graph(package, chain_map(package, "aviation", "", AREA))
    order = [(before, after) for before, after, data in made.edges(data=True) if data["kind"] == "order"]
    assert [("aviation_institute", "aviation_parts"), ("aviation_parts", "aviation_engine")] == order[:2]
    assert len([key for key, data in made.nodes(data=True) if data["type"] == "segment"]) == len(order) + 1


def test_the_files_of_an_edition_are_the_same_bytes_in_every_process(package):
    """No order of a set and no clock reaches a file."""
    program = (
        "import hashlib; from lusong_analysis.facts.package import *; from lusong_analysis.report.graph import maps; "
        "files = maps(known(in_force(open_package(find_folder()))), '', '430203'); "
        "print([(name, hashlib.sha256(data).hexdigest()) for name, data in files.items()])"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    wanted = {f"maps/{chain}.{kind}" for chain in CHAINS for kind in ("graphml", "json")}
    assert wanted == set(maps(package, "", AREA))
    assert all(name in runs[0] for name in wanted)


def test_the_graph_knows_only_what_was_published_by_then():
    """Before the sources there are segments, and every one of them is a gap."""
    package = known(in_force(open_package(find_folder()), "2010-01-01"), "2010-01-01")
    made = graph(package, chain_map(package, "apparel", "2010-01-01", AREA))
    assert {("segment", True)} == {(data["type"], data["gap"]) for _, data in made.nodes(data=True)}
