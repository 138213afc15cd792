"""The look of the publication: every block in both languages, with short and long texts."""

import io
import json
import random
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pikepdf
import pytest
from nbformat.v4 import new_notebook

from lusong_analysis.pdf.exporter import PDFUAExporter, resource
from lusong_analysis.pdf.read import elements, links, read, squeeze, tables
from lusong_analysis.pdf.read import figures as pictures
from pages import POINTS, characters, lonely_headings, overlaps, short_pages
from pdf_page import shown, text
from publication_page import (
    AREA,
    EVIDENCE,
    TEMPLATE,
    WORDS,
    appendix,
    cells,
    chart,
    conflict,
    figures,
    long_table,
    not_known,
    opening,
    publish,
    say,
    table,
)

LANGUAGES = ("zh", "en")
AXIS = 58 * POINTS  # the left edge of the text column
EDITION = {"zh": "2026年11月版", "en": "EditionofNovember2026"}
SERIES = {"zh": "芦淞区产业链分析", "en": "Lusong District Industry Chains"}
FONTS = {"NotoSansSC", "NotoSerifSC", "SourceSans3", "SourceSerif4"}


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    """Each language in turn."""
    return request.param


@pytest.fixture(scope="module")
def data(language):
    """The PDF of a notebook that uses every block."""
    return publish(*cells(language))


@pytest.fixture(scope="module")
def document(data):
    """The same, read back."""
    return read(data)


def told(document, tag):
    """The texts of the elements with a tag, without white space."""
    return [squeeze("".join(piece.text for piece in pieces)) for pieces in elements(document, tag)]


def test_a_checker_finds_no_error(data, tmp_path):
    """Outloud has no error; it warns of headings that are numbers of evidence, and of links within paragraphs."""
    (tmp_path / "page.pdf").write_bytes(data)
    command = [str(sys.executable).replace("python", "outloud"), "--json", "-", "page.pdf"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    (file,) = json.loads(run.stdout)["results"]
    assert {"HDG-010", "ORD-001"} >= {finding["rule"] for finding in file["findings"]}
    assert [] == [finding for finding in file["findings"] if finding["severity"] == "error"]


def test_the_title_has_the_chain_in_the_margin(data, document, language):
    """One heading of level 1 holds the chain's name and the title; the file's title and the bookmark keep the colon."""
    title = WORDS[language]["title"]
    chain, rest = re.split("：|: ", title)
    assert [squeeze(chain + rest[0].upper() + rest[1:])] == told(document, "H1")
    assert (title, title) == (document.title, document.outline[0])
    first = [character for character in characters(data) if character.path == ("Document", "H1")]
    assert {True, False} == {character.left < AXIS - 1 for character in first}
    assert squeeze(chain) == "".join(character.text for character in first if character.left < AXIS - 1)


def test_masthead_running_head_and_foot(document, language):
    """Series and edition stand at the head, series and chain on the pages after, edition and page at each foot."""
    assert [squeeze(SERIES[language]), EDITION[language]] == told(document, "P")[:2]
    chain = re.split("：|: ", WORDS[language]["title"])[0]
    count = len(document.artifacts)
    for page, artifacts in enumerate(map(squeeze, document.artifacts), start=1):
        number = f"第{page}页，共{count}页" if language == "zh" else f"Page{page}of{count}"
        assert artifacts.endswith(EDITION[language] + number)
        assert (page > 1) == artifacts.startswith(squeeze(AREA[language] + chain))
    assert len(f"{AREA[language]} {chain}".split()) < 8


def test_a_long_name_of_a_chain_is_cut_in_the_running_head():
    """Eight words would read like hidden prose."""
    document = read(publish(text("# A chain of six or seven words: what\n\n## a"), *long_pages("en"), *appendix("en")))
    assert document.artifacts[1].startswith("Lusong District A chain of six…E")


def test_a_long_name_of_an_area_leaves_less_of_the_chain():
    """Area and chain together stay under eight words."""
    cells = (
        text("# The new materials chain: what\n\n## a"),
        *long_pages("en"),
        *appendix("en", area="A District (made up)"),
    )
    assert read(publish(*cells)).artifacts[1].startswith("A District (made up) The new…E")


def long_pages(language):
    """Cells that fill more than one page."""
    return [say(language, 0) for _ in range(12)]


def test_a_title_without_a_colon_is_all_title():
    """Then no name stands in the margin, and the running head has the title."""
    document = read(publish(text("# All title\n\n## a"), *long_pages("en"), *appendix("en")))
    assert ["Alltitle"] == told(document, "H1")
    assert document.artifacts[1].startswith("Lusong District All titleE")


def test_key_figures_are_a_list(document, language):
    """A screen reader hears five items, each the figure and what it is; the figure is one link to its evidence."""
    items = told(document, "LBody")[:5]
    words = [printed for printed, _ in EVIDENCE[language]][:5]
    assert [squeeze(figure + key) for figure, key in zip(words, WORDS[language]["keys"], strict=True)] == items
    held = [pieces[0].path[-3:] for pieces in elements(document, "LI")][:1]
    assert [("L", "LI", "Lbl")] == held
    found = [(squeeze(link.text), link.target) for link in links(document)]
    assert all((squeeze(printed), f"E{number}") in found for number, printed in enumerate(words, start=1))


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6, 8])
def test_any_number_of_key_figures_fits(count, language):
    """More than five stand in two rows; no cell lies over another or over the edge of the grid."""
    key = f"- {figures('{1}', language)}\\\n  {'很长的说明' if language == 'zh' else 'a rather long label'} 2019"
    cell = shown({"text/markdown": "\n".join([key] * count)}, block="key_figures")
    page = publish(text("# T"), cell, *appendix(language))
    assert [] == overlaps(page)
    assert count == told(read(page), "LBody").count(squeeze(re.sub(r"- \[(.*?)\].*?\\\n", r"\1", key)))
    assert max(character.right for character in characters(page)) < 191.5 * POINTS


def test_contents_are_tagged_and_lead_to_their_sections(document, language):
    """The list of contents has an entry for each section with its page, and the appendix."""
    words = WORDS[language]
    entries = told(document, "TOCI")
    names = [*words["sections"], words["appendix"][0]]
    places = [pieces[0].page for pieces in elements(document, "H2")]
    assert [squeeze(f"{name}{page}") for name, page in zip(names, places, strict=True)] == entries
    assert names == [name for name in document.outline if name in names]


def test_contents_stand_once_behind_all_key_figures(language):
    """A report that has key figures twice has its contents once, behind the last."""
    keys = opening(language)[-1]
    document = read(publish(*opening(language), keys, text("## a"), say(language, 1), *appendix(language)))
    assert 1 == len(told(document, "TOC"))
    tags = [piece.path for piece in document.pieces]
    first = next(place for place, path in enumerate(tags) if "TOC" in path)
    assert not any("LBody" in path for path in tags[first:] if "TOC" not in path)


def test_the_line_on_figures_holds_no_number(document, language):
    """What explains dots and bound words stands once and has no digit."""
    start = {"zh": "带点线的数字", "en": "Dottedfigures"}[language]
    (line,) = [words for words in told(document, "P") if words.startswith(start)]
    assert not re.search(r"\d", line)


def test_sections_are_numbered_outside_the_tags(data, document, language):
    """The number stands in the margin on its heading's line, in neither heading nor bookmark; the appendix has none."""
    heads = {}
    for character in characters(data):
        if character.path == ("Document", "H2"):
            heads.setdefault(character.element, character)
    numbers = [c for c in characters(data) if not c.path and 13 < c.size < 15.5]
    assert ["1", "2", "3", "4"] == [number.text for number in numbers]
    for number, head in zip(numbers, heads.values(), strict=False):
        assert (number.page, True) == (head.page, abs(number.bottom - head.bottom) < 3 and number.left < AXIS)
    assert not any(re.match(r"\d", name) for name in document.outline)


def test_a_finding_stands_in_the_margin_before_its_paragraph(data, document, language):
    """The note is a paragraph of its own, all of it left of the axis and level with the paragraph that follows."""
    finding, template, numbers = WORDS[language]["say"][0]
    words = WORDS[language]
    note = squeeze(f"{finding}{words['evidence']}{words['comma'].join(f'E{number}' for number in numbers)}")
    paragraphs = told(document, "P")
    place = paragraphs.index(note)
    assert squeeze(figures(template, language, "{0}").replace("**", "")) == paragraphs[place + 1]
    blocks = {}
    for character in characters(data):
        blocks.setdefault(character.element, []).append(character)
    beside, body = (
        next(b for b in blocks.values() if squeeze("".join(c.text for c in b)) == paragraphs[place + at])
        for at in (0, 1)
    )
    assert max(character.right for character in beside) < AXIS - 5 * POINTS
    assert abs(beside[0].bottom - body[0].bottom) < 8
    assert min(character.left for character in body) > AXIS - 1


def test_heads_of_charts_and_tables(data, document, language):
    """Label, title and measure line are one caption; the label stands in the margin, the rest on the axis."""
    words = WORDS[language]
    names = {"zh": ("图1", "图2", "表1"), "en": ("Figure1", "Figure2", "Table1")}[language]
    lines = [words["chart"], words["long_chart"], words["table"]]
    wanted = [
        squeeze(name + "".join(figures(line, language, "{0}") for line in pair))
        for name, pair in zip(names, lines, strict=True)
    ]
    assert wanted == told(document, "Caption")[:3]
    captions = [c for c in characters(data) if c.path[-1:] != ("Figure",) and "Caption" in c.path]
    first = [c.text for c in captions if c.left < AXIS - 1 and c.page == captions[0].page]
    assert "".join(first).startswith(names[0])


def test_pictures_fill_the_grid_at_their_own_size(data, document, language):
    """A chart drawn over the full grid is neither scaled nor cut, and its text is text."""
    drawn = [c for c in characters(data) if "Figure" in c.path]
    assert 20 * POINTS < min(c.left for c in drawn)
    assert [WORDS[language]["alternative"]] * 2 == [picture.alternative for picture in pictures(document)]
    assert {8.0} == {round(c.size, 1) for c in drawn}


def test_numbers_of_a_column_stand_with_their_points_under_each_other(data, document):
    """Over 808, 1015.3 and 346.45: what lacks decimals leaves room for them."""
    column = {}
    for character in characters(data):
        if character.path[:1] and character.path[-2:] == ("Link", "Span") and "TBody" in character.path:
            column.setdefault((character.page, character.element), []).append(character)
    found = [c for c in column.values() if re.search(r"\d\.\d", "".join(x.text for x in c))]
    points = [next(x.left for x in c if x.text == ".") for c in found]
    assert len(points) >= 2
    assert max(points) - min(points) < 0.5


def test_a_group_within_a_table_is_one_cell_over_all_columns(document, language):
    """A row of one header cell is a band, in the body of the table."""
    rows = next(rows for rows in tables(document) if len(rows[0]) == 7)
    assert [row[0] for row in WORDS[language]["rows"] if len(row) == 1] == [
        row[0].strip() for row in rows if len(row) == 1
    ]


def test_boxes_have_names(document, language):
    """Conflicts and gaps are named in words, in paragraphs of their own before what they hold."""
    names = {"zh": ("来源不一致", "尚不清楚", "尚不清楚"), "en": ("Sourcesconflict", "Notknown", "Notknown")}[language]
    paragraphs = told(document, "P")
    assert sorted(names) == sorted(words for words in paragraphs if words in names)
    claim = squeeze(WORDS[language]["conflict"][0].replace("**", ""))
    assert claim == paragraphs[paragraphs.index(names[0]) + 1]


def test_evidence_and_sources_are_named_destinations(data, document, language):
    """Links in sentences, notes, captions, tables, boxes and the appendix lead to E… and S… by name."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        names = {str(name) for name in pdf.Root.Names.Dests.Names[::2]}
    assert {*(f"E{n}" for n in range(1, 9)), *(f"S{n}" for n in range(1, 8))} <= names
    places = {
        tag
        for tag in ("P", "LBody", "Caption", "TD")
        for pieces in elements(document, tag)
        for p in pieces
        if p.target == "E1"
    }
    assert {"P", "LBody", "Caption", "TD"} == places


def test_the_appendix_says_on_which_pages_a_figure_stands(document, language):
    """An empty link prints the pages of the links to its figure before the table, each once, and leads back there."""
    evidence = next(rows for rows in tables(document) if rows[1:] and rows[1][0].strip() == "E1")
    start = next(piece.page for piece in document.pieces if piece.path[-1:] == ("H3",))
    for row in evidence[1:]:
        pages = {link.page for link in links(document) if link.target == row[0].strip() and link.page <= start}
        assert {int(page) for page in re.split("[、,]", row[-1])} <= pages
    assert len(re.split("[、,]", evidence[1][-1])) > 1


def test_the_appendix_is_in_small_type(data, language):
    """Its paragraphs and tables are smaller than the text and than its tables."""
    page = characters(data)
    start = next(place for place, character in enumerate(page) if character.path[-2:] == ("TD", "H3"))
    words = squeeze(WORDS[language]["appendix"][1])
    place = "".join(character.text for character in page).index(words)
    sizes = {round(c.size, 1) for c in [*page[place : place + len(words)], *page[start : start + 60]] if c.path}
    assert max(sizes) < 8.4


def test_the_imprint_closes_the_last_page(document, language):
    """How to cite, where the data is and how to check it stand at the foot of the last page."""
    name = WORDS[language]["title"]
    cited = (
        f"{SERIES[language]}：{name}. 2026年11月版."
        if language == "zh"
        else f"{SERIES[language]}: {name}. Edition of November 2026."
    )
    assert squeeze(cited) == told(document, "P")[-5]
    assert "evidence.json" in told(document, "P")[-3]


def test_only_our_own_fonts(data):
    """Nothing falls back to a font that is not in the package."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = {str(o.BaseFont) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o}
    assert FONTS >= {re.split("[-+]", re.sub(r"^/(\w{6}\+)?", "", font))[0] for font in fonts}


def test_nothing_is_too_small_or_over_the_edge(data):
    """No character is smaller than 7 points, and none leaves the grid."""
    found = characters(data)
    assert 6.99 < min(character.size for character in found)
    assert 20 * POINTS - 0.5 < min(character.left for character in found)
    assert max(character.right for character in found) < 191.5 * POINTS


def test_pages_have_no_holes_and_no_lonely_headings(data):
    """Texts do not lie over each other, pages are full, headings have text below them."""
    assert ([], [], []) == (overlaps(data), short_pages(data), lonely_headings(data))


def test_tables_break_between_rows(language):
    """No cell begins on one page and ends on the next."""
    places = {}
    for character in characters(
        publish(*opening(language), text("## a"), say(language, 0), *appendix(language, sources=40))
    ):
        if "TD" in character.path:
            places.setdefault(character.element, set()).add(character.page)
    assert {1} == {len(pages) for pages in places.values()}
    assert 2 < len({page for pages in places.values() for page in pages})


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_blocks_fills_its_pages(seed):
    """Charts that do not fit go to the head of the next page, tables break, and the text goes on."""
    chance = random.Random(seed)
    language = LANGUAGES[seed % 2]
    some = [*opening(language)]
    for number in range(5):
        some += [
            text(f"## {chr(97 + number)}"),
            *(say(language, chance.randint(0, 3)) for _ in range(chance.randint(2, 4))),
        ]
        height = chance.randint(100, 260)
        some += chance.choice(
            [[chart(language, height=height)], [table(language)], [long_table(language, 12)], [conflict(language)]]
        )
    page = publish(*some, *not_known(language), *appendix(language, sources=12))
    assert ([], [], []) == (overlaps(page), short_pages(page), lonely_headings(page))


def test_a_chart_is_moved_only_if_it_would_leave_a_hole(language):
    """Where it fits it stays under its text; where it does not, the text that follows stands before it on the page."""
    for before, follows in ((1, True), ({"zh": 6, "en": 4}[language], False)):
        some = [say(language, 0) for _ in range(before)] + [chart(language, height=220)]
        some += [say(language, 1) for _ in range(6)]
        page = characters(publish(text("# T: t\n\n## a"), *some, *appendix(language)))
        drawn = next(c for c in page if "Figure" in c.path)
        note = squeeze(WORDS[language]["say"][1][0])[:6]
        words = [c for c in page if c.path == ("Document", "P") and c.left < AXIS - 1]
        at = "".join(c.text for c in words).index(note)
        assert follows == ((words[at].page, words[at].top) > (drawn.page, drawn.top))


def test_the_imprint_does_not_stand_alone():
    """Where it would, the tables of the appendix are set closer, so that the last of them reaches its page."""
    page = characters(publish(*opening("en"), text("## a"), say("en", 0), *appendix("en", sources=16)))
    assert any("TD" in character.path for character in page if character.page == page[-1].page)


def test_the_same_bytes_twice(language):
    """Also where pages are set several times."""
    assert publish(*cells(language)) == publish(*cells(language))


def test_every_way_to_the_pdf_gives_this_look(data, language, tmp_path):
    """The notebook names the template, so plain nbconvert prints the same; a template of the trait goes before it."""
    notebook = new_notebook(cells=cells(language))
    assert data == PDFUAExporter(strict=True).from_notebook_node(notebook)[0]
    (tmp_path / "own.typ").write_text('#import "/page.typ": *')
    own = PDFUAExporter(strict=True, template_file=str(tmp_path / "own.typ")).from_notebook_node(notebook)[0]
    assert SERIES[language] not in read(own).artifacts[1]


def test_the_template_is_in_the_wheel(tmp_path):
    """It is found in the package as it is installed, and it is in the file that hatchling builds."""
    assert resource(TEMPLATE).startswith("// The publication")
    from hatchling.builders.wheel import WheelBuilder

    (wheel,) = WheelBuilder(str(Path(__file__).parents[1])).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {
        "lusong_analysis/report/publication.typ",
        "lusong_analysis/pdf/page.typ",
        "lusong_analysis/pdf/table.typ",
    } <= names
