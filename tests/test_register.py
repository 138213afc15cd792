"""The register of projects: its order, what is held of each, what is not known, and the page it is pinned up on."""

import pytest
from nbformat.v4 import new_notebook

from folders import DATA, add, change, copy
from lusong_analysis.facts.package import known, open_package
from lusong_analysis.pdf.exporter import PDFUAExporter
from lusong_analysis.pdf.read import figures as pictures
from lusong_analysis.pdf.read import read, tables
from lusong_analysis.report import charts
from lusong_analysis.report.register import projects, register
from lusong_analysis.report.words import STAGES
from pdf_page import shown, text
from reports import Collected

LUSONG = "430203"
PACKAGE = open_package(DATA)


def listed(as_of="", whole=PACKAGE):
    """The projects known by a day."""
    return projects(known(whole, as_of), whole, as_of=as_of, ref_area=LUSONG)


def own():
    """The projects in the district."""
    return tuple(project for project in listed() if project.own)


def rows(table, language="zh", **parameters):
    """The cells of a printed table, row by row."""
    collected = Collected(language=language, **parameters)
    collected.report.table(table, zh="台账", en="Register")
    return [line.replace("\u00a0", " ").split("\t") for line in collected.plain()[0].splitlines()]


def keys(found):
    """The keys of projects."""
    return [project.date.formula["event"] for project in found]


def test_projects_stand_in_the_order_of_the_stages():
    """The district's own come first, each group by stage as the source lists them, those of no stage last."""
    places = [(not project.own, [*STAGES, ""].index(project.stage)) for project in listed()]
    assert sorted(places) == places
    assert {True, False} == {project.own for project in listed()}


def test_within_a_stage_projects_stand_by_date():
    """What the source gives no time for comes last."""
    advancing = [project.date.code for project in own() if project.stage == "推进"]
    assert ["2020-S1", "2020-S1", "", ""] == advancing


def test_every_project_of_the_district_is_listed_and_others_only_of_a_chain(tmp_path):
    """A road of the district has no chain and is listed; one in another place is not."""
    assert {row.event for row in PACKAGE.events.values() if (row.kind, row.ref_area) == ("project", LUSONG)} == set(
        keys(own())
    )
    folder = copy(tmp_path)
    change(folder, "events", "apparel_aviation_city_roads", ref_area="430200")
    assert "apparel_aviation_city_roads" in keys(own())
    assert "apparel_aviation_city_roads" not in keys(listed(whole=open_package(folder)))


def test_only_what_was_published_by_the_day_is_listed():
    """A project signed in 2023 was not known in 2020, nor is one whose source has no date."""
    found = keys(listed("2020-10-31"))
    assert "weidiya_new_materials_base" in found
    assert not {"longquan_apparel_park", "liling_apparel_park"} & set(found)
    assert () == listed("2000-12-31")


def test_a_project_has_its_stage_its_figures_and_what_is_missing():
    """Investment first, then the land; a dash where nothing is held."""
    found = {row[0]: row for row in rows(register(own()))}
    zone, base = found["中国（中部）服饰总部经济示范区"], found["维地亚新材料生产基地"]
    assert ["服饰", "招引", "2017年3月16日", "约200亿元；用地4.9平方公里", "——"] == zone[1:6]
    assert ["新材料", "招引", "2020年第一季度", "——", "投资"] == base[1:6]
    assert "用地387亩" == found["芦淞服饰国际产业园标准厂房"][4]


def test_a_figure_without_a_short_name_has_that_of_its_indicator(tmp_path):
    """A new indicator of a project needs no change of the register."""
    folder = copy(tmp_path)
    new = {"observation_id": "weidiya-area", "counterpart": "weidiya_new_materials_base"}
    add(folder, "observations", "apparel-ls-city-area-2012", **new)
    table = register(listed(whole=open_package(folder)))
    row = next(row for row in table.rows if row["date"].formula["event"] == "weidiya_new_materials_base")
    assert "apparel_city_planned_area" == row["indicator_0"].subject.indicator == row["held_0"].subject.indicator
    assert any("{indicator_0.indicator}{label_0}{held_0}" in column.cell.en for column in table.columns)


def test_the_register_reads_in_english():
    """The same row, worded by the same data."""
    found = {row[0]: row for row in rows(register(own()), "en")}
    assert ["Apparel", "Attracted", "16 March 2017", "about 20 billion yuan; site 4.9 square kilometres", "–"] == found[
        "Central China apparel headquarters zone"
    ][1:6]
    assert "Stage, date" == found["Five roads of the apparel city and the aviation city"][5]


def test_what_is_known_of_none_is_said_once(tmp_path):
    """No completion is known of any project; as soon as one is completed, the others say so in their rows."""
    assert "均未见竣工" in register(own()).measure.zh
    folder = copy(tmp_path)
    change(folder, "events", "longquan_apparel_park", stage="竣工")
    found = listed(whole=open_package(folder))
    table = register(found)
    assert "竣工" not in table.measure.zh
    assert [0 if project.stage == "竣工" else 1 for project in found] == [
        row["unknown"].zh.count("竣工") for row in table.rows
    ]


def test_where_projects_lie_is_said_if_that_is_several_places():
    """The district alone needs no column for it; a project of which only the city is known says so."""
    alone, every = register(own()), register(listed())
    assert [0, 1] == [sum("{date.area}" in column.cell.zh for column in table.columns) for table in (alone, every)]
    found = {row[0]: row for row in rows(every)}
    assert "航空，株洲市" == found["中国航发南方航空动力产业园"][1]


def test_stage_and_place_are_computed_again_from_the_rows():
    """They stand in the record as parts of the project's date, not as words that anybody could alter."""
    collected = Collected()
    collected.report.table(register(own()), zh="台账", en="Register")
    cells = [column["cell"]["zh"] for column in collected.evidence()["blocks"][0]["parts"][1]["columns"]]
    assert {"{date.Name}", "{date.Stage}", "{date}"} <= set(cells)


def test_a_figure_of_a_project_of_a_later_day_is_not_shown(tmp_path):
    """What a source of 2023 says of it was not known in 2020."""
    folder = copy(tmp_path)
    add(
        folder,
        "observations",
        "projects-longquan-park-2023",
        observation_id="projects-weidiya-2023",
        counterpart="weidiya_new_materials_base",
    )
    whole = open_package(folder)
    held = [
        next(project.investment for project in listed(day, whole) if "weidiya" in project.date.formula["event"])
        for day in ("2020-10-31", "")
    ]
    assert [True, False] == [figure is None for figure in held]


def test_a_register_of_nothing_says_so():
    """Before any project was known there is a sentence in its place."""
    collected = Collected(as_of="2000-12-31")
    collected.report.table(register(listed("2000-12-31")), zh="台账", en="Register")
    assert "此处无可列举" in collected.plain()[0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_chart_and_register_fill_one_page(language):
    """Between two breaks of the notebook stand heading, chart and table with their sources: together on a page."""
    collected = Collected(language=language)
    report, found = collected.report, own()
    counts = [
        ("开工", report.series("projects_started_target")),
        ("开工", report.series("projects_started")),
        ("推进", report.figure("projects_in_progress", time_period="2020-S1")),
        ("竣工", report.series("projects_completed_target")),
        ("竣工", report.series("projects_completed")),
    ]
    line = "框内为来源点名的项目。" * 6 if language == "zh" else "The boxes hold the projects that sources name. " * 5
    report.chart(charts.pipeline(found, counts), zh="项目处在哪些环节", en="At which stages the projects stand")
    report.table(register(found), zh="项目台账", en="Register of projects")
    report.sources()
    sheet, closing = collected.outputs[:2], collected.outputs[2:]
    cells = [
        text("# A: b\n\n## First"),
        text(f"---\n\n## Sheet\n\n{line}"),
        *(shown(data, **how) for data, how in sheet),
    ]
    cells += [text("---\n\n## Last\n\nAfter it."), *(shown(data, **how) for data, how in closing)]
    document = read(PDFUAExporter().from_notebook_node(new_notebook(cells=cells))[0])
    last = next(place for place, piece in enumerate(document.pieces) if piece.text == "Last")
    first = next(place for place, piece in enumerate(document.pieces) if piece.text == "Sheet")
    assert {2} == {piece.page for piece in document.pieces[first:last]}
    assert [2] == [picture.page for picture in pictures(document)]
    assert len(found) + 1 == len(tables(document)[0])
    assert 3 == document.pieces[last].page
