"""One report: a notebook run in a kernel of its own, and what comes back."""

from __future__ import annotations

import os
import sys

import nbformat
import pytest

from lusong_analysis.build.execute import Failure, Report, Task, charts, make_report, normalise
from lusong_analysis.build.kernel import environment
from lusong_analysis.build.plan import Job
from toy_project import make_project, write_notebook


@pytest.fixture(scope="module")
def toy(tmp_path_factory):
    """A project without notebooks."""
    return make_project(tmp_path_factory.mktemp("toy"), {})


@pytest.fixture
def make(toy, tmp_path, monkeypatch):
    """Run a cell after the toy's five first ones, as a process of the build does."""
    (tmp_path / "matplotlibrc").touch()
    for name, value in environment(toy / "data", "2026-11", tmp_path).items():
        monkeypatch.setenv(name, value)

    def run(source):
        write_notebook(toy, "01_red", source)
        text = (toy / "notebooks" / "01_red.ipynb").read_text("utf-8")
        values = {"language": "en", "as_of": "", "ref_area": "430203", "edition": "2026-12"}
        return make_report(Task(Job("01_red", "en"), text, toy / "notebooks", values), tmp_path)

    return run


def test_report_with_its_chart(make, tmp_path):
    """A notebook becomes a PDF and its charts; nothing of the kernel is left behind."""
    report = make("assert edition == '2026-12' and language == 'en'\ntoy.chart()")
    assert isinstance(report, Report), report
    assert b"%PDF-1.7" == report.pdf[:8]
    ((svg, png),) = report.charts
    assert (b"<?xml", b"\x89PNG") == (svg[:5], png[:4])
    assert b"<dc:date>2026-11-01T00:00:00+00:00</dc:date>" in svg
    assert [] == list(tmp_path.glob("k*"))


def test_failing_cell(make):
    """A failure names the cell and the line as the reader counts them, quotes the line, and gives the message."""
    failure = make("\n\nfirst = {}\nfirst['growth']\n")
    wanted = "01_red, en, cell 5, line 4:\n    first['growth']\n  KeyError: 'growth'"
    assert wanted == str(failure)


def test_error_of_the_package(make):
    """An error that lists several problems keeps its lines and brings no traceback."""
    failure = make(
        "from lusong_analysis.problem import Problem, Refused\n"
        "raise Refused([Problem('a.csv', 'x', 'Rule.', 'Do.'), Problem('b.csv', 'y', 'Rule.', 'Do.')])"
    )
    assert [
        "01_red, en, cell 5, line 2:",
        "    raise Refused([Problem('a.csv', 'x', 'Rule.', 'Do.'), Problem('b.csv', 'y', 'Rule.', 'Do.')])",
        "  Refused: a.csv: found 'x'. Rule. Do.",
        "  b.csv: found 'y'. Rule. Do.",
    ] == str(failure).splitlines()


def test_error_that_shows_as_a_box(make):
    """The line of an error of ours is found where others have theirs, also below lines left blank."""
    failure = make("\nfrom lusong_analysis.quantity.period import period\n\nperiod('2019-Q1').year")
    message = "QuantityError: '2019-Q1' is no whole year, and only years can be counted"
    assert ("cell 5, line 4", "period('2019-Q1').year", message) == (failure.place, failure.code, failure.message)


def test_cell_that_python_cannot_read(make):
    """A syntax error is found like any other error."""
    failure = make("figure = (\n")
    assert ("cell 5, line 1", "figure = (") == (failure.place, failure.code)
    assert failure.message.startswith("SyntaxError")


def test_killed_kernel(make):
    """A kernel that dies is reported with the cell in which it did."""
    failure = make("toy.end_the_kernel()")
    assert ("cell 5", True) == (failure.place, "killed" in failure.message)


def test_character_without_a_glyph(make):
    """A chart with a character that its font does not have is a failure, not an empty box."""
    failure = make("import matplotlib.pyplot as plt\nplt.title('芦')\nplt.show()")
    assert isinstance(failure, Failure)
    assert "missing from font" in failure.message


def test_page_that_cannot_be_exported(make):
    """What the exporter refuses is a failure of the report; its cell is counted as the reader counts."""
    failure = make("from IPython.display import Image\nImage(toy.dot(), format='png')")
    assert "export" == failure.place
    assert "cell 5" in failure.message


def test_file_that_is_no_notebook(toy, tmp_path):
    """A file that cannot be read is a failure of its report only."""
    failure = make_report(Task(Job("01_red", "en"), "{}", toy, {}), tmp_path)
    assert isinstance(failure, Failure)


def test_environment_of_a_kernel(tmp_path, monkeypatch):
    """A kernel keeps what it needs to start, and nothing that would change its pages."""
    for name in ("LANG", "LC_TIME", "COLUMNS", "PYTHONDONTWRITEBYTECODE", "MPLBACKEND", "PYTHONSTARTUP", "NO_COLOR"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    variables = environment(tmp_path, "2026-11", tmp_path)
    assert {"LC_ALL": "C.UTF-8"} == {name: variables[name] for name in variables if name.startswith(("LC_", "LANG"))}
    kept = {name for name in variables if name.startswith(("PYTHON", "MPL", "COLUMNS", "NO_COLOR"))}
    assert {"PYTHONPATH", "PYTHONHASHSEED", "PYTHONUTF8", "PYTHONWARNINGS"} == kept
    assert os.environ["PATH"] == variables["PATH"]


@pytest.mark.parametrize(("edition", "seconds"), [("2026-11", 1793491200), ("1970-01", 0), ("other", 315532800)])
def test_date_of_an_edition(tmp_path, edition, seconds):
    """An edition is dated its first day, never today."""
    assert str(seconds) == environment(tmp_path, edition, tmp_path)["SOURCE_DATE_EPOCH"]


def test_normalised_notebook():
    """Times, versions and random names go; outputs and tags stay."""
    v4 = nbformat.v4
    output = v4.new_output("stream", text="x")
    times = {"papermill": {"duration": 1}, "execution": {"iopub.status.busy": "now"}}
    injected = v4.new_code_cell("a = 1", metadata={"tags": ["injected-parameters"], **times}, outputs=[output])
    about = {"papermill": {"version": "2"}, "language_info": {"name": "python", "version": sys.version}}
    notebook = normalise(v4.new_notebook(cells=[injected], metadata=about))
    assert {"language_info": {"name": "python"}} == notebook.metadata
    (cell,) = notebook.cells
    assert ("injected-parameters", {"tags": ["injected-parameters"]}, [output]) == (
        cell.id,
        cell.metadata,
        cell.outputs,
    )


def test_charts_are_what_has_both_forms():
    """A chart is an output with SVG and PNG; a picture of one form is none."""
    v4 = nbformat.v4
    both = v4.new_output("display_data", {"image/svg+xml": "<svg/>", "image/png": "eA=="})
    one = v4.new_output("display_data", {"image/png": "eA=="})
    cells = [v4.new_markdown_cell("x"), v4.new_code_cell(outputs=[one, both]), v4.new_code_cell(outputs=[both])]
    assert [(b"<svg/>", b"x")] * 2 == charts(v4.new_notebook(cells=cells))
