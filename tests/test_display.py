"""What a notebook shows of a bare figure, period, judgement, table, chart and error."""

import subprocess
import sys

import nbformat
import pytest
from bs4 import BeautifulSoup
from IPython.lib.pretty import pretty
from nbclient import NotebookClient

from figures import firms, growth, observation, revenue
from lusong_analysis.box import LONGEST, WIDTH, box
from lusong_analysis.measures.growth import growth_between, years_until
from lusong_analysis.problem import Problem, Refused
from lusong_analysis.quantity import Period
from lusong_analysis.quantity.display import rows_html
from lusong_analysis.quantity.judgement import agreement
from lusong_analysis.quantity.quantity import Subject, missing
from lusong_analysis.report import charts, dispute, tables
from lusong_analysis.report.drawing import Chart
from lusong_analysis.report.text import Text
from reports import PARAMETERS, Collected

HOSTILE = "<script>\"&'"
UNKNOWN = missing(Subject("revenue", "430203", "1990", "firm"))
REPORT = f"from lusong_analysis.report import Report\nreport = Report(**{PARAMETERS!r})"


def cells(html):
    """The texts of a table's cells, row by row."""
    rows = BeautifulSoup(html, "html.parser").find_all("tr")
    return [[cell.get_text().replace("\u00a0", " ") for cell in row.find_all(["th", "td"])] for row in rows]


def run(*sources):
    """The outputs of cells that a kernel runs, those of the last one."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    NotebookClient(notebook, allow_errors=True).execute()
    return notebook.cells[-1].outputs


# --- figures ---------------------------------------------------------------------------------------------------


def test_a_figure_shows_its_words_its_range_its_keys_and_its_statement():
    """A statement stands in both languages above what it is taken to be and where it comes from."""
    assert [
        ["超过808亿元 · over 80.8 billion yuan"],
        ["读作 taken as", "(808, ∞)亿元"],
        ["指标 indicator", "revenue"],
        ["地域 ref_area", "430203"],
        ["时间 time_period", "2019"],
        ["来自 from", "revenue"],
    ] == cells(revenue()._repr_html_())


def test_a_computed_figure_shows_its_formula_in_one_line():
    """The measure stands with its arguments by name, down to statements and parameters."""
    line = "required_growth(revenue=revenue, target=revenue_target, years=years_until(start=2019, horizon=2025))"
    html, text = cells(growth()._repr_html_()), pretty(growth()).replace("\u00a0", " ")
    assert ["来自 from", line] == html[-1]
    assert f"低于3.7% / under 3.7% a year | (−∞, 3.61711)% | {line}" == text


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (
            lambda: missing(Subject("revenue", "430203", "1990", "firm")),
            "no statement is known of indicator=revenue, ref_area=430203, time_period=1990, counterpart=firm",
        ),
        (
            lambda: growth_between(
                observation("earlier", "700", ">", "亿元", indicator="revenue", time_period="2016"), revenue()
            ),
            "the figures below leave every number possible: over 70 billion yuan (earlier), "
            "over 80.8 billion yuan (revenue)",
        ),
        (
            lambda: years_until(observation("old", "1", "=", "个", time_period="").period, Period("2025", {})),
            "a period was asked of a statement whose source gives none",
        ),
    ],
    ids=["missing", "unbounded", "untimed"],
)
def test_an_absent_figure_says_why(make, why):
    """In the place of words stands that there is no figure, and the reason."""
    figure = make()
    rows = cells(figure._repr_html_())
    assert (["无数字 · no figure"], ["缘由 because", why]) == (rows[0], rows[-1])
    assert f"无数字 / no figure | {why}" == pretty(figure).replace("\u00a0", " ")


def test_figures_stand_in_rows():
    """Several figures share a table, also where one of them is absent."""
    heads, first, second, absent = cells(rows_html([revenue(), firms(), UNKNOWN]))
    assert ["时间 period", "中文", "English", "读作 taken as", "来自 from"] == heads
    assert ["2019", "超过808亿元", "over 80.8 billion yuan", "(808, ∞)亿元", "revenue"] == first
    assert ["2019", "105家", "105 firms", "105家", "firms"] == second
    assert ["1990", "无数字", "no figure", ""] == absent[:4]


def test_periods_and_judgements_show_both_languages():
    """A period has its code, a judgement the two figures it is about, or why there is none."""
    period, judgement = revenue().period, agreement(firms(), firms())
    assert [["2019年 · 2019"], ["代码 code", "2019"], ["来自 from", "2019"]] == cells(period._repr_html_())
    assert [["相符 · in line with"], ["来自 from", "agreement(firms, firms)"]] == cells(judgement._repr_html_())
    assert "2019年 / 2019 | 2019" == pretty(period)
    assert "时间未载明 / no date stated" == pretty(Period("", {"period": ""}))
    assert "相符 / in line with | agreement(firms, firms)" == pretty(judgement)
    assert pretty(agreement(firms(), UNKNOWN)).startswith("无从判断 / no judgement | no statement is known of")


def test_what_is_shown_is_text():
    """A name that looks like HTML stays a name."""
    figure = observation(HOSTILE, "5", "=", "亿元", ref_area=HOSTILE)
    for html in (figure._repr_html_(), rows_html([figure])):
        assert "<script" not in html
        assert HOSTILE in cells(html)[-1]


# --- tables and charts -----------------------------------------------------------------------------------------


def test_a_table_shows_before_it_is_printed():
    """Both languages stand in one output, with the statement where a report prints its number of the evidence."""
    report = Collected().report
    history = report.history("technology_industry_trade_revenue")
    table = tables.statements(history, history[-1])
    rows = cells(table._repr_html_())
    assert len(rows) == 2 * (1 + len(history))
    assert ("指标", "Indicator") == (rows[0][0], rows[1 + len(history)][0])
    assert ["超过808", "B", "即该数字", "apparel-revenue-2019"] == rows[len(history)][-4:]
    assert ["over 80.8", "B", "the figure itself", "apparel-revenue-2019"] == rows[-1][-4:]
    assert rows[: 1 + len(history)] == [line.split("\t") for line in pretty(table).splitlines()]


def test_a_table_with_a_gap_shows():
    """A figure that is not known is said to be none, where a report would print one sentence for the whole table."""
    row = cells(dispute.conflict_table(((UNKNOWN,),))._repr_html_())[1]
    assert ["——", "——", "——", "无数字", "——", "——"] == row


def test_a_chart_shows_before_it_is_printed():
    """A chart is drawn in both languages, each with its words; with a gap, its figures are listed."""
    history = Collected().report.history("technology_industry_trade_revenue")
    chart = charts.statements_by_definition(history)
    pictures = BeautifulSoup(chart._repr_html_(), "html.parser").find_all("img")
    chinese, english = (picture["alt"] for picture in pictures)
    assert "超过808亿元" in chinese
    assert "over 80.8" in english
    assert len({picture["src"] for picture in pictures}) == 2
    assert pretty(chart) == chinese
    gap = Chart(chart.draw, chart.height, {"x": UNKNOWN}, Text("", ""), Text("", ""))
    assert ["1990", "无数字", "no figure"] == cells(gap._repr_html_())[1][:3]


# --- errors ----------------------------------------------------------------------------------------------------


def test_errors_and_figures_in_a_kernel():
    """An unknown name gives a box of ten lines at most, with the line and did-you-mean; a bare figure its table."""
    asked = 'years = 1\nreport.figure("technolgy_industry_trade_revenue")'
    (error,) = run(REPORT, asked)
    lines = "\n".join(error.traceback).splitlines()
    assert [
        "╭─ Refused: a name, a parameter or the data is wrong",
        "│ Cell In[2], line 2",
        '│     report.figure("technolgy_industry_trade_revenue")',
        "│",
        "│ indicator: found 'technolgy_industry_trade_revenue'. The data holds no such name. Did you mean",
        "│   'technology_industry_trade_revenue'?",
        "╰─",
    ] == lines
    assert ("Refused", True) == (error.ename, "Did you mean" in error.evalue)


def test_a_box_names_the_line_of_the_running_cell():
    """Where a cell calls what an earlier one defined, the line is that of the call; figures have boxes as well."""
    defined = "from lusong_analysis.quantity.period import period\ndef year():\n    return period('2019-Q1').year"
    (error,) = run(defined, "\n\nyear()")
    assert [
        "╭─ QuantityError: the figures do not allow what is asked of them",
        "│ Cell In[2], line 1",
        "│     year()",
        "│",
        "│ '2019-Q1' is no whole year, and only years can be counted",
        "╰─",
    ] == "\n".join(error.traceback).splitlines()


def test_a_box_outside_a_cell_has_no_line():
    """Each problem stands in lines that a screen holds; a page of them is cut."""
    problems = [Problem("a.csv", "x" * 200, "Rule.", "Do.") for _ in range(LONGEST + 3)]
    lines = box(Refused(problems))
    assert (["╭─ Refused: a name, a parameter or the data is wrong", "│"], "│ … and 3 more") == (lines[:2], lines[-2])
    assert max(map(len, lines)) <= WIDTH + 2
    assert LONGEST == sum(line.startswith("│ a.csv: ") for line in lines)


def test_outside_a_notebook_nothing_changes():
    """In a terminal our errors are exceptions like any other, with their message whole."""
    program = "from lusong_analysis.report import Report\nReport(language='zh', colour='red')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "Traceback (most recent call last):" in done.stderr
    assert "╭" not in done.stderr
    assert "lusong_analysis.problem.Refused: " in done.stderr
