"""The exporter: everything a notebook may hold, in both languages, by every way in."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from lusong_analysis.pdf.exporter import PDFUAExporter
from lusong_analysis.pdf.read import figures, links, read, squeeze, tables

FEATURES = Path(__file__).parent / "notebooks" / "features.ipynb"
TITLE = "Everything a notebook may hold 笔记本的全部功能"


@pytest.fixture(scope="session", params=["zh", "en"])
def features(request):
    """The PDF of features.ipynb in one language."""
    return request.param, PDFUAExporter(language=request.param).from_filename(str(FEATURES))[0]


def test_both_standards_are_claimed_in_one_file(features):
    """The file says that it is PDF/A-3a and PDF/UA-1, that it is tagged, and shows its title."""
    with pikepdf.open(io.BytesIO(features[1])) as pdf, pdf.open_metadata() as about:
        assert ("3", "A", "1") == (about["pdfaid:part"], about["pdfaid:conformance"], about["pdfuaid:part"])
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_a_checker_finds_no_error(features, tmp_path):
    """Outloud, in a process of its own, has no error to report."""
    (tmp_path / "features.pdf").write_bytes(features[1])
    command = [Path(sys.executable).with_name("outloud"), "--json", "-", "features.pdf"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    (file,) = json.loads(run.stdout)["results"]
    assert [] == [finding for finding in file["findings"] if finding["severity"] == "error"]
    assert 0 == run.returncode


def test_language_title_and_bookmarks(features):
    """The language has its region, the title is the first heading of level 1, every heading has a bookmark."""
    language, data = features
    document = read(data)
    assert ({"zh": "zh-CN", "en": "en-GB"}[language], TITLE) == (document.language, document.title)
    assert (TITLE, "A notebook that begins at level three") == document.outline[:2]
    assert ("中文段落" in document.outline, "English paragraphs" in document.outline) == (
        language == "zh",
        language == "en",
    )
    assert {"E1", "E2", "E3", "inline-anchor"}.isdisjoint(document.outline)


def test_every_figure_has_an_alternative_text(features):
    """Pictures in Markdown, PNG, SVG and JPEG each say what they show, or which output they are."""
    language, data = features
    stopgap = {"zh": "第18个单元格的输出", "en": "output of cell 18"}[language]
    assert [
        "A blue and a brick square",
        "a small square",
        stopgap,
        "Two bars, the second one is higher.",
        "From dark to light.",
    ] == [figure.alternative for figure in figures(read(data))]


def test_figures_in_sentences_lead_to_their_anchors(features):
    """The links of a sentence print their words and lead to named destinations in a table's cells."""
    language, data = features
    found = {
        "zh": ["超过808亿元", "1000亿元", "低于3.7%"],
        "en": ["over80.8billionyuan", "100billionyuan", "under3.7%ayear"],
    }[language]
    assert (
        list(zip(found, ["E1", "E2", "E3"], strict=True))
        == [(squeeze(link.text), link.target) for link in links(read(data))][:3]
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        names = {str(name) for name in pdf.Root.Names.Dests.Names[::2]}
    assert {"E1", "E2", "E3", "inline-anchor", "tables"} <= names


def test_everything_is_printed(features):
    """Nothing of the notebook's visible text is lost, and nothing hidden is printed."""
    language, data = features
    printed = squeeze("".join(piece.text for piece in read(data).pieces))
    for words in (
        "x" * 300,
        "ZeroDivisionError:divisionbyzero",
        "awarning",
        "100%█",
        "H2O,m2,bold,emphasis,struck,onetwo,&<>#$*_@[].",
        'return"asitis:#$*_@\\\\\\"--"',
        "Tradeoftwotowns",
        "Source:madeup.",
        "market69市场169",
        "图中文字textkeptastext",
        "Typstfromcode:bold&more.",
        "HTMLwithoutatable.",
    ):
        assert words in printed
    assert "hidden" not in printed
    assert {"zh": True, "en": False}[language] == ("软换行之间没有空格" in printed)


def test_tables_of_pandas_and_others(features):
    """Nine tables: one in Markdown, one in HTML, three frames, great-tables' and one of 70 rows."""
    rows = [len(table) for table in tables(read(features[1]))]
    assert [3, 5, 4, 4, 9, 4, 71] == rows


def test_the_attachment_comes_back(features):
    """The marked part of the last output is the file's attachment."""
    attachments = read(features[1]).attachments
    assert {"a": "超过808亿元", "b": [1, 2]} == json.loads(attachments["evidence.json"])


def test_the_same_bytes_twice(features):
    """Exporting again gives the same file."""
    language, data = features
    assert data == PDFUAExporter(language=language).from_filename(str(FEATURES))[0]


def test_warnings_are_logged(caplog):
    """What stands in for something missing is said in the log, with its cell."""
    PDFUAExporter().from_filename(str(FEATURES))
    assert [
        "cell 18 ('figure, axes = plt.subplots(figsize=(4,…'): the output has no alternative text; "
        "'output of cell 18' stands in for it",
        "cell 6 ('##### A jump from level two to level fi…'): the link to '#nowhere' leads nowhere; "
        "write a heading or <a id='nowhere'></a> for it",
    ] == [record.getMessage() for record in caplog.records]


def test_without_preprocessors():
    """An exporter that is given no preprocessors prints the notebook as it is."""
    import nbformat

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# A title")])
    assert read(PDFUAExporter(default_preprocessors=[]).from_notebook_node(notebook)[0]).title == "A title"


def test_the_notebook_itself_is_not_changed():
    """Exporting leaves the notebook in memory as it was."""
    import nbformat

    notebook = nbformat.read(FEATURES, as_version=4)
    before = json.dumps(notebook, sort_keys=True)
    PDFUAExporter().from_notebook_node(notebook)
    assert before == json.dumps(notebook, sort_keys=True)
