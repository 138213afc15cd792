"""The map of a chain: segments in their order, who stands in them, who feeds whom, and the gaps."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_notebook

from lusong_analysis.facts.package import find_folder, open_package
from lusong_analysis.pdf.exporter import PDFUAExporter
from lusong_analysis.pdf.read import read, squeeze, tables
from lusong_analysis.problem import Refused
from lusong_analysis.report.chainmap import chain_map
from lusong_analysis.verify import verify
from lusong_analysis.verify.elements import elements
from pages import POINTS, characters, overlaps
from pdf_page import shown
from reports import Collected

CHAINS = ("apparel", "aviation", "new_materials")
RIGHT = (210 - 18.65) * POINTS  # the right edge of the grid


def drawn(chain, **parameters):
    """A map as a report asks for it."""
    return Collected(**parameters).report.map_of(chain=chain)


def printed(chain, **parameters):
    """A report that printed the map of a chain."""
    collected = Collected(**parameters)
    chart = collected.report.map_of(chain=chain)
    collected.report.chain_map(chart, zh="缺口：{gaps}", en="Gaps: {gaps}", gaps=chart.gaps)
    return collected


@pytest.mark.parametrize("chain", CHAINS)
def test_a_map_has_every_segment_in_its_order(chain):
    """Segments stand from upstream to downstream; what no source gives a segment comes last."""
    rows = open_package(find_folder()).segments.values()
    wanted = [row.segment for row in sorted(rows, key=lambda row: int(row.place)) if row.chain == chain]
    keys = [band.key for band in drawn(chain).bands]
    assert wanted == [key for key in keys if key]
    assert "" not in keys[:-1]


@pytest.mark.parametrize("chain", CHAINS)
def test_a_map_shows_each_organisation_and_link_once(chain):
    """All that the report knows of a chain is on its map."""
    report = Collected().report
    known = [*report.organisations(chain=chain), *report.links(chain=chain)]
    shown = [box.thing for box in drawn(chain).boxes() if box.thing]
    assert sorted(map(str, known)) == sorted(map(str, shown))


@pytest.mark.parametrize("chain", CHAINS)
def test_a_segment_without_an_organisation_of_the_area_is_a_gap(chain):
    """A gap has a box that says so, and a segment that is filled has none."""
    one = drawn(chain)
    for band in one.bands:
        looks = [box.look for box in band.boxes if box.thing or box.gap]
        assert ("gap" in looks) == band.is_gap == (bool(band.key) and "local" not in looks)
    assert {band.name.zh for band in one.bands if band.is_gap} == set(one.gaps.zh.split("、"))
    assert not set(one.gaps.en.split(", ")) & set(one.filled.en.split(", "))


def test_where_only_the_city_has_one_the_gap_says_so():
    """What lies elsewhere fills no gap of the district, and the box names the area."""
    texts = printed("apparel").plain()[0].splitlines()
    at = texts.index("印染洗水")
    assert ["株洲洗水工业园", "园区，株洲市 E1"] == texts[at + 1 : at + 3]
    assert "缺口：点名的主体只写到株洲市" in texts[at + 3 : at + 8]
    english = printed("apparel", language="en").plain()[0]
    assert "Zhuzhou Washing Park\nPark or zone, Zhuzhou E1\n" in english
    assert "\nGap: those named are placed in Zhuzhou only\n" in english


def test_what_is_elsewhere_for_the_district_is_at_home_for_the_city():
    """Of another area the same organisations fill other segments."""
    assert "印染洗水" in drawn("apparel").gaps.zh
    assert "印染洗水" in drawn("apparel", ref_area="430200").filled.zh


def test_a_chain_of_which_no_source_says_who_supplies_whom_has_a_gap_there():
    """That something lies in something else is no supply."""
    looks = {chain: [box.look for band in drawn(chain).bands for box in band.links] for chain in CHAINS}
    assert ["gap"] == looks["new_materials"]
    assert {"link"} == set(looks["aviation"]) == set(looks["apparel"])


def lines_after(text, name):
    """What stands in the box under a name."""
    lines = text.splitlines()
    return lines[lines.index(name) + 1 :]


def test_a_box_says_whether_a_figure_is_known():
    """An organisation without any statement about it is marked, and its project named; others have their newest."""
    text = printed("new_materials").plain()[0]
    assert lines_after(text, "株洲华锐精密工具股份有限公司")[0].startswith("企业 E")
    assert lines_after(text, "株洲华锐精密工具股份有限公司")[1].startswith("营业收入：7.71亿元，2025年1—9月 E")
    assert lines_after(text, "开元润滑材料")[0].startswith("企业，未见单独的数字 E")
    assert lines_after(text, "开元润滑材料")[1].startswith("项目：开元润滑材料生产基地 E")


def test_a_figure_that_names_an_organisation_among_others_stands_with_it():
    """Nothing says that no figure is held where one is: of several together, or of a project of that name."""
    text = printed("apparel").plain()[0]
    for name in ("HX狐轩", "新素白"):
        kind, figure = lines_after(text, name)[:2]
        assert "未见单独的数字" in kind
        assert figure.startswith("点名企业线上日交易额：不低于100万元，2020年 E")
    kind, figure = lines_after(text, "芦淞服饰国际产业园")[:2]
    assert "未见单独的数字" in kind
    assert "标准厂房，" in figure
    assert "：387亩，" in figure


@pytest.mark.parametrize("chain", CHAINS)
def test_no_box_denies_a_figure_that_is_held(chain):
    """Where no figure of its own is said to be known, no statement is about the organisation."""
    package = open_package(find_folder())
    about = {row.counterpart for row in package.observations.values()}
    for box in drawn(chain).boxes():
        if box.thing and "organisation" in box.thing.formula:
            denied = box.about.values["figures"].zh != ""
            assert denied == (box.thing.formula["organisation"] not in about)


def test_a_segment_has_figures_of_the_district_or_else_of_the_city():
    """Each box says of which area, and grey is what is not of the district."""
    boxes = {
        box.name.figures()["x"].subject.indicator: box
        for band in drawn("aviation").bands
        for box in band.boxes
        if "x" in box.name.figures() and not box.thing
    }
    assert ("local", "beyond") == (boxes["based_aircraft"].look, boxes["aviation_component_enterprises"].look)
    text = printed("aviation").plain()[0]
    assert lines_after(text, "航空航天配套类企业数：29家")[0].startswith("株洲市，2016年 E")
    assert lines_after(text, "驻场通用航空器数：超过40架")[0].startswith("株洲芦淞通用机场，2020年9月25日刊载 E")


def test_a_gap_does_not_contradict_its_row():
    """Where firms of the district are counted the gap says how many, and where only the city has figures it says so."""
    gaps = {band.key: band.gap for band in drawn("aviation").bands if band.is_gap}
    assert {"aviation_parts": "elsewhere", "aviation_operators": "counted", "aviation_training": "nobody"} == gaps
    english = printed("aviation", language="en").plain()[0]
    assert "\nGap: 11\u00a0enterprises, none of them named\n" in english
    assert "\nGap: figures of Zhuzhou only, none named\n" in english


def test_projects_of_a_segment_stand_in_its_gap():
    """A workshop under way is told where no organisation is named."""
    gap = lines_after(printed("new_materials").plain()[0], "光纤光缆")
    assert "缺口：未见点名的主体" == gap[0]
    assert gap[1].startswith("项目：通信光缆绿色制造车间 E")


def test_order_is_said_within_a_branch_only():
    """Optical fibre does not follow coatings: what begins a branch is emphasised, and has no arrow on paper."""
    follows = {band.key: band.follows for band in drawn("new_materials").bands}
    assert ["new_materials_carbide", "new_materials_tools", "new_materials_coating"] == [
        key for key, follow in follows.items() if follow
    ]
    html = printed("new_materials").outputs[0][0]["text/html"]
    assert "<strong>涂层</strong>" in html
    assert "<strong><em>光纤光缆</em></strong>" in html


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_record_holds_every_text_in_the_order_of_reading(language):
    """Cells of the table on screen say the same, in the same order, as the texts that verify computes again."""
    collected = printed("apparel", language=language)
    data, metadata = collected.outputs[0]
    cells = [cell.get_text() for cell in BeautifulSoup(data["text/html"], "lxml").select("th, td") if cell.get_text()]
    assert "".join(cells) == data["text/plain"].replace("\n", "")
    record = collected.evidence()["blocks"][0]
    assert ("map", "map", len(cells) + 2) == (record["kind"], metadata["block"], len(record["parts"]))


def test_a_map_before_anything_was_published_says_so():
    """Without a name there is nothing to draw."""
    collected = printed("aviation", as_of="2010-01-01")
    assert "此处无可列举" in collected.plain()[0]
    assert ["absent"] == [block["kind"] for block in collected.evidence()["blocks"]]


def test_an_unknown_chain_is_refused():
    """With the name that was meant."""
    with pytest.raises(Refused, match="aviation"):
        chain_map(open_package(find_folder()), "aviaton", "", "430203")


def test_a_chain_without_a_gap_says_none():
    """A title that lists the gaps reads on where there is none."""
    package = open_package(find_folder())
    firm = package.organisations["aecc_south_industry"]
    organisations = {
        key: firm.model_copy(update={"organisation": key, "segment": key})
        for key in package.segments
        if "aviation" in key
    }
    whole = chain_map(replace(package, organisations=organisations, links={}), "aviation", "", "430203")
    assert ("无", "none") == (whole.gaps.zh, whole.gaps.en)


@pytest.fixture(scope="module", params=["zh", "en"])
def page(request):
    """A publication of the maps of all chains, and the texts of their boxes."""
    collected = Collected(language=request.param)
    for chain in CHAINS:
        one = collected.report.map_of(chain=chain)
        collected.report.chain_map(one, zh=f"缺口：{{{chain}}}", en=f"Gaps: {{{chain}}}", **{chain: one.gaps})
    boxes = "\n".join(collected.plain()).splitlines()
    collected.report.sources()
    notebook = new_notebook(cells=[shown(data, **metadata) for data, metadata in collected.outputs])
    return PDFUAExporter().from_notebook_node(notebook)[0], boxes


def test_the_boxes_on_paper_are_cells_read_one_by_one(page):
    """Each box of the map is one cell of a table, in the order of the record, and verify finds nothing wrong."""
    data, texts = page
    assert [] == verify(data).problems
    cells = [cell for table in tables(read(data))[: len(CHAINS)] for row in table for cell in row if squeeze(cell)]
    assert squeeze("".join(texts)) == squeeze("".join(cells))
    maps = [drawn(chain) for chain in CHAINS]
    assert sum(len([*one.texts()]) for one in maps) == len(cells)


def test_no_text_leaves_its_box(page):
    """Long names wrap: nothing lies over anything else, and nothing passes the edge of the grid."""
    data, _ = page
    assert [] == overlaps(data)
    assert max(character.right for character in characters(data)) < RIGHT


def test_a_map_is_counted_with_the_charts(page):
    """It is a figure to the reader; tables keep their own count."""
    data, _ = page
    captions = [squeeze(one.text) for one in elements(read(data)) if one.tag == "Caption"]
    label = "图" if captions[0].startswith("图") else "Figure"
    assert [True] * 3 == [caption.startswith(f"{label}{number}") for number, caption in enumerate(captions[:3], 1)]
