"""The maps of the chains as graphs that other programs read."""

import json
import subprocess
import sys
from io import BytesIO

import networkx
import pytest

from lusong_analysis.facts.package import find_folder, in_force, known, open_package
from lusong_analysis.report.chainmap import chain_map, chain_maps
from lusong_analysis.report.graph import graph, graphml, maps, node_link
from lusong_analysis.report.imprint import Imprint

CHAINS = ("apparel", "aviation", "new_materials")
AREA = "430203"
IMPRINT = Imprint("2026-12", "2026-12-01", "CC-BY-4.0")


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
    things = [box.thing.formula for box in drawn.boxes() if box.thing]
    assert {thing["link"] for thing in things if "link" in thing} == stated
    assert {thing["organisation"] for thing in things if "organisation" in thing} == organisations
    assert {band.key: band.gap for band in drawn.bands if band.is_gap} == {
        key: data["gap"] for key, data in made.nodes(data=True) if data["gap"]
    }
    sourced = [data for _, _, data in made.edges(data=True) if data["kind"] != "order"]
    sourced += [made.nodes[key] for key in organisations]
    assert all(data["source_id"] in package.sources and data["as_printed"] for data in sourced)
    for data in sourced:
        source = package.sources[data["source_id"]]
        assert (source.url, source.grade, source.publisher) == (data["url"], data["grade"], data["publisher"])
        assert data["evidence"] in {**package.organisations, **package.links}
    figures = {key for _, data in made.nodes(data=True) for key in data["figures"].split("; ") if key}
    assert {figure.formula["observation"] for figure in drawn.quantities()} == figures


def test_a_chain_is_one_line_of_segments(package):
    """Segments follow each other from upstream to downstream, and only they are joined by order."""
    made = graph(package, chain_map(package, "aviation", "", AREA))
    order = [(before, after) for before, after, data in made.edges(data=True) if data["kind"] == "order"]
    assert [("aviation_institute", "aviation_parts"), ("aviation_parts", "aviation_engine")] == order[:2]
    assert len([key for key, data in made.nodes(data=True) if data["type"] == "segment"]) == len(order) + 1


def test_no_order_leads_from_one_branch_to_another(package):
    """Lubricants are not made of optical fibre."""
    made = graph(package, chain_map(package, "new_materials", "", AREA))
    order = [(before, after) for before, after, data in made.edges(data=True) if data["kind"] == "order"]
    assert (
        len(order)
        == len(
            [
                key
                for key, data in made.nodes(data=True)
                if data["branch"] == "hard_materials" and data["type"] == "segment"
            ]
        )
        - 1
    )
    assert all(made.nodes[one]["branch"] == made.nodes[other]["branch"] for one, other in order)


def test_a_file_says_what_it_is(package):
    """Title, edition, day and licence as the data package has them, and whether no source says who feeds whom."""
    files = maps(package, chain_maps(package, "", AREA), IMPRINT)
    told = json.loads(files["maps/new_materials.json"])["graph"]
    described = json.loads((find_folder() / "datapackage.json").read_text(encoding="utf-8"))
    assert told == {
        "title": "新材料产业链 / new materials chain",
        "chain": "new_materials",
        "ref_area": AREA,
        "edition": "2026-12",
        "date": "2026-12-01",
        "licence": described["licenses"][0]["name"],
        "gap": "feeds",
    }
    read = networkx.read_graphml(BytesIO(files["maps/new_materials.graphml"])).graph
    assert told == {key: read[key] for key in told}
    assert json.loads(files["maps/aviation.json"])["graph"]["gap"] == ""


def test_the_files_of_an_edition_are_the_same_bytes_in_every_process(package):
    """No order of a set and no clock reaches a file."""
    program = (
        "import hashlib; from lusong_analysis.facts.package import *; from lusong_analysis.report.graph import *; "
        "from lusong_analysis.report.chainmap import chain_maps; "
        "package = known(in_force(open_package(find_folder()))); "
        "files = maps(package, chain_maps(package, '', '430203'), UNNAMED); "
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
    assert wanted == set(maps(package, chain_maps(package, "", AREA), IMPRINT))
    assert all(name in runs[0] for name in wanted)


def test_the_graph_knows_only_what_was_published_by_then():
    """Before the sources there are segments, and nobody is named in any of them."""
    package = known(in_force(open_package(find_folder()), "2010-01-01"), "2010-01-01")
    made = graph(package, chain_map(package, "apparel", "2010-01-01", AREA))
    assert {("segment", "nobody")} == {(data["type"], data["gap"]) for _, data in made.nodes(data=True)}
