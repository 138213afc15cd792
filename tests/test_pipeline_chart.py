"""Projects by stage, and plans against results by half-year and year: what they draw, say and refuse."""

import itertools

import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from folders import DATA
from lusong_analysis.facts.package import open_package
from lusong_analysis.pdf.read import squeeze
from lusong_analysis.quantity import QuantityError
from lusong_analysis.quantity.series import series
from lusong_analysis.report import charts
from lusong_analysis.report.drawing import BLUE, BRICK, GREY
from lusong_analysis.report.numerals import printed as without_placeholders
from lusong_analysis.report.numerals import typed_numbers
from lusong_analysis.report.register import projects
from lusong_analysis.report.text import Speaker
from lusong_analysis.report.words import STAGES
from reports import Collected
from test_charts import CITY, LANGUAGES, Made, absent, painted, refused

PACKAGE = open_package(DATA)
EVERY = projects(PACKAGE, PACKAGE, as_of="", ref_area="430203")
OWN = tuple(project for project in EVERY if project.own)


def counts():
    """The numbers of one half-year."""
    report = Collected().report
    keys = ("projects_started", "projects_in_progress", "projects_completed")
    return list(zip(("开工", "推进", "竣工"), report.figures(*keys, time_period="2020-S1"), strict=True))


def drawn(chart, language):
    """The picture, its pen, what it covers, and the place of each text and box [pixel]."""
    seen = {}

    def look(axes):
        seen["area"] = axes.figure.bbox
        seen["texts"] = [(text.get_text(), text.get_window_extent()) for text in axes.texts]
        seen["boxes"] = [(patch, patch.get_window_extent()) for patch in axes.patches if isinstance(patch, Rectangle)]

    picture, pen = painted(chart, Speaker(language, PACKAGE, lambda _: "E1"), look)
    return picture, pen, seen


def by_period(made):
    """Plans and results of two indicators: of some periods only one is known."""
    plans = series([made("goal", "15", "2020-S1", precision="0"), made("goal", "32", "2023", precision="0")])
    results = series([made("revenue", "23", "2020-S1"), made("revenue", "41", "2021")])
    return charts.plans_by_period((plans, results))


CHARTS = {
    "own": lambda: charts.pipeline(OWN, counts()),
    "every": lambda: charts.pipeline(EVERY),
    "none": lambda: charts.pipeline(()),
}
BOTH = list(itertools.product(CHARTS, LANGUAGES))


# --- projects by stage ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_every_text_stays_in_its_place(name, language):
    """Nothing is cut, no two texts overlap, and each name lies in its box."""
    _, _, seen = drawn(CHARTS[name](), language)
    area = seen["area"]
    for words, box in seen["texts"]:
        assert area.x0 - 1 <= box.x0 <= box.x1 <= area.x1 + 1, words
        assert area.y0 - 1 <= box.y0 <= box.y1 <= area.y1 + 1, words
    for one, other in itertools.combinations([box for _, box in seen["texts"]], 2):
        assert min(one.x1, other.x1) - max(one.x0, other.x0) <= 1 or min(one.y1, other.y1) - max(one.y0, other.y0) <= 1
    for _, frame in seen["boxes"]:
        held = [box for _, box in seen["texts"] if frame.x0 <= box.x0 <= box.x1 <= frame.x1]
        assert any(frame.y0 - 1 <= box.y0 <= box.y1 <= frame.y1 + 1 for box in held)


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_every_text_is_computed_again(name, language):
    """Each text of the picture is a label; names come from the data, and no template types a number."""
    chart = CHARTS[name]()
    picture, pen, _ = drawn(chart, language)
    written = dict.fromkeys(range(len(pen.labels)), "")
    for text in picture.texts:
        written[text["label"]] += text["text"]
    assert [squeeze(pen.speaker.plain(label)) for label in pen.labels] == [squeeze(text) for text in written.values()]
    for text in (*pen.labels, chart.measure, chart.alternative):
        assert [] == typed_numbers(without_placeholders(text.template(language)), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_stages_stand_in_the_order_of_the_source(language):
    """All six, whether or not a project is found; those of no stated stage last."""
    _, pen, seen = drawn(charts.pipeline(OWN), language)
    names = [STAGES[stage][language].capitalize() for stage in STAGES]
    heads = [words for words, box in sorted(seen["texts"], key=lambda item: -item[1].y1) if words in names]
    assert names == heads
    last = {"zh": "阶段未载明", "en": "Stage not stated"}[language]
    assert last in [pen.speaker.plain(label) for label in pen.labels]
    assert last not in [
        pen.speaker.plain(label) for label in drawn(charts.pipeline([p for p in OWN if p.stage]), language)[1].labels
    ]


def test_a_stage_without_projects_is_drawn_as_such():
    """A dashed box says that none was found: as many as there are stages without a project."""
    _, pen, seen = drawn(charts.pipeline(OWN), "zh")
    empty = set(STAGES) - {project.stage for project in OWN}
    assert len(empty) == [pen.speaker.plain(label) for label in pen.labels].count("未见")
    edges = [to_hex(patch.get_edgecolor()) for patch, _ in seen["boxes"]]
    assert (len(empty), len(OWN)) == (edges.count(BRICK), edges.count(BLUE))


def test_projects_elsewhere_are_marked():
    """What lies in another place, or of which only the city is known, has a grey edge, and the measure line says so."""
    _, pen, seen = drawn(charts.pipeline(EVERY), "zh")
    edges = [to_hex(patch.get_edgecolor()) for patch, _ in seen["boxes"]]
    assert len(EVERY) - len(OWN) == edges.count(GREY)
    said = [pen.speaker.plain(charts.pipeline(found).measure) for found in (EVERY, OWN)]
    assert [True, False] == ["蓝框在芦淞区" in words for words in said]


def test_a_count_is_printed_only_where_a_statement_gives_it():
    """The numbers of a half-year stand with their period; how many boxes there are is not counted."""
    _, pen, _ = drawn(charts.pipeline(OWN, counts()), "en")
    words = [pen.speaker.plain(label).replace("\u00a0", " ") for label in pen.labels]
    assert "the first half of 2020: 43" in words
    alone, *_ = drawn(charts.pipeline(OWN), "en")
    assert not any(character.isdigit() for text in alone.texts for character in text["text"])


def test_plans_stand_in_brackets_behind_the_facts_of_their_period():
    """A period of which only the plan is known says so; periods stand in order."""
    report = Collected().report
    both = [("竣工", report.series("projects_completed")), ("竣工", report.series("projects_completed_target"))]
    _, pen, _ = drawn(charts.pipeline(OWN, both), "zh")
    told = "2020年上半年7个（计划4个）；2021年43个；2022年28个；2023年计划17个"
    assert told in [pen.speaker.plain(label) for label in pen.labels]


def test_a_count_that_is_not_known_is_left_out():
    """Beside projects that are known it stops nothing; where nothing is known it says what is missing."""
    gap = [("开工", absent())]
    assert {*(project.date.formula["event"] for project in OWN)} == set(charts.pipeline(OWN, gap).figures)
    assert ["missing"] == [figure.absence.reason for figure in charts.pipeline((), gap).figures.values()]


def test_a_count_belongs_to_a_stage():
    """A misspelt stage is refused, with the stages that there are."""
    message = refused(lambda: charts.pipeline(OWN, [("开公", absent())]))
    assert "'开公' is no stage of a project." in message
    assert "招引, 开工, 推进, 竣工, 征拆, 储备" in message


def test_the_alternative_text_names_the_stages():
    """Those with projects, and those without."""
    _, pen, _ = drawn(charts.pipeline(OWN), "en")
    words = pen.speaker.plain(charts.pipeline(OWN).alternative)
    assert "Stages with projects: attracted, advancing." in words
    assert "Stages without: started, completed, land cleared, in reserve." in words


def test_a_report_gives_each_project_its_evidence():
    """Printed in a report, the boxes have numbers of the appendix and the sources stand under the chart."""
    collected = Collected()
    collected.report.chart(charts.pipeline(OWN), zh="项目", en="Projects")
    note = collected.outputs[0][1]["note"]
    assert f"E{len(OWN)}" in note
    assert "株洲日报（2017年3月17日）" in note
    assert {row["event"] for row in collected.evidence()["rows"]["events"]} >= {p.date.formula["event"] for p in OWN}


def test_a_notebook_shows_the_chart_before_it_is_printed():
    """In both languages, with its dates among the figures."""
    assert charts.pipeline(OWN)._repr_html_().count("<img") == 2


# --- plans by period -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_period_has_a_row_with_what_is_known(language):
    """In the order of time; where only the plan or only the result is known the other is said to be unknown."""
    made = Made()
    chart = by_period(made)
    _, pen = painted(chart, made.speaker(language))
    words = [pen.speaker.plain(label) for label in pen.labels]
    assert [{"zh": "2020年上半年", "en": "the first half of 2020"}[language]] == [
        word for word in words if "2020" in word
    ]
    behind = {"zh": ["计划无资料", "实际无资料"], "en": ["plan: no figure", "result: no figure"]}[language]
    assert behind == [word for word in words if word in behind]


def test_the_share_of_plan_is_computed_for_whole_pairs_only():
    """One of three periods has both."""
    figures = by_period(Made()).figures.values()
    assert ["share_of"] == [
        figure.formula["function"].rpartition(".")[2] for figure in figures if "function" in figure.formula
    ]


def test_incomplete_pairs_are_said_in_the_alternative_text():
    """A reader who does not see the chart learns that plans or results are missing."""
    made = Made()
    words = made.speaker("en").plain(by_period(made).alternative)
    assert "only the plan or only the result is known" in words


def test_plans_and_results_of_other_things_are_refused():
    """Another indicator, another area, a target among the results, or two areas in one chart."""
    made = Made()
    plans, results = series([made("goal", "15", "2020")]), series([made("scale", "23", "2021")])
    assert "another definition" in refused(lambda: charts.plans_by_period((plans, results)))
    elsewhere = series([made("revenue", "23", "2021", area=CITY)])
    assert "another area" in refused(lambda: charts.plans_by_period((plans, elsewhere)))
    assert "is a target, no result" in refused(lambda: charts.plans_by_period((plans, plans)))
    here = series([made("revenue", "23", "2021")])
    both = ((plans, here), (series([]), elsewhere))
    assert "not in one chart: another area" in refused(lambda: charts.plans_by_period(*both))


def test_money_and_counts_do_not_share_an_axis():
    """Investment has a chart of its own."""
    made = Made()
    pairs = [(series([]), series([made("revenue", "5", "2021", unit=unit)])) for unit in ("亿元", "家")]
    with pytest.raises(QuantityError, match="one axis cannot hold"):
        charts.plans_by_period(*pairs)


def test_of_nothing_the_chart_says_what_is_missing():
    """Where neither is known the report prints the sentence that says so."""
    chart = charts.plans_by_period((series([absent("goal")]), series([absent()])))
    assert ["missing", "missing"] == [figure.absence.reason for figure in chart.figures.values()]
