"""Which cells a document keeps, in which language, under which title and date."""

import io

import pikepdf
import pytest
from nbformat.v4 import new_notebook, new_raw_cell

from lusong_analysis.pdf.document import Facts, stated
from lusong_analysis.pdf.draft import ExportError
from lusong_analysis.pdf.exporter import PDFUAExporter
from lusong_analysis.pdf.read import links, read, tables
from pdf_page import export, page, shown, text, words

FACTS = {"language": "zh", "title": "标题", "date": "2026-11-01"}


def test_what_a_document_is_about_is_its_description():
    """The PDF's own metadata say it, for catalogues and for templates."""
    told = shown({"text/plain": "1"}, language="en", subject="Lusong District")
    with pikepdf.open(io.BytesIO(export(text("# T"), told))) as pdf:
        assert "Lusong District" == str(pdf.docinfo["/Subject"])


def test_the_last_output_that_states_a_fact_is_believed():
    """Language, title and date are each taken from the last output metadata that holds them."""
    notebook = new_notebook(
        cells=[shown({"text/plain": "1"}, **FACTS), shown({"text/plain": "2"}, language="en"), text("x")],
        metadata={"title": "of the notebook"},
    )
    assert Facts("en", "标题", "2026-11-01") == stated(notebook)
    told = shown({"text/plain": "1"}, template="package:file.typ", **FACTS)
    assert Facts("zh", "标题", "2026-11-01", "package:file.typ") == stated(new_notebook(cells=[told]))
    told = shown({"text/plain": "1"}, subject="芦淞区", **FACTS)
    assert Facts("zh", "标题", "2026-11-01", subject="芦淞区") == stated(new_notebook(cells=[told]))
    assert Facts("", "of the notebook", "") == stated(new_notebook(metadata={"title": "of the notebook"}))


@pytest.mark.parametrize(
    ("cells", "traits", "title", "language"),
    [
        ([shown({"text/plain": "1"}, **FACTS), text("# H")], {"title": "T", "language": "en-US"}, "T", "en-US"),
        ([shown({"text/plain": "1"}, **FACTS), text("# H")], {}, "标题", "zh-CN"),
        ([text("## no\n\n# The *heading*")], {}, "The heading", "en-GB"),
        ([text("## no")], {"language": "de"}, "Notebook", "de"),
    ],
)
def test_title_and_language(cells, traits, title, language):
    """Traits go before what outputs state, before the first heading of level 1, before the file's name and English."""
    document = page(*cells, **traits)
    assert (title, language) == (document.title, document.language)


def test_the_title_stands_once_at_the_head():
    """A first heading of level 1 is printed at the head only; without one the title is."""
    assert ["T", "a", "b"] == words(page(text("## a"), text("# T"), text("## b")))
    assert ["Notebook", "a"] == words(page(text("## a")))
    assert ("T", "Notebook") == (page(text("# T\n\n## a")).outline[0], page(text("### a")).outline[0])


def test_the_date_is_printed_in_the_document_s_language():
    """An ISO day is written out under the title and in the foot; no date is printed where there is none."""
    assert "1 November 2026" in page(text("# T"), date="2026-11-01").artifacts[0]
    assert "2026年11月1日" in page(text("# T"), date="2026-11-01", language="zh").artifacts[0].replace(" ", "")
    assert "Page 1 of 1" == page(text("# T")).artifacts[0].strip()


def test_a_date_that_is_no_day_is_refused():
    """The message shows how a day is written."""
    with pytest.raises(ExportError, match="the date '2026-11' is no ISO day; write it as 2026-11-01"):
        page(text("# T"), date="2026-11")


def test_cells_of_another_language_are_left_out():
    """Cells tagged with a language are kept in that language only; other tags are no languages."""
    cells = text("# T"), text("中", "zh"), text("both", "intro", "xx"), text("english", "en")
    assert ["T", "中", "both"] == words(page(*cells, language="zh"))
    assert ["T", "both", "english"] == words(page(*cells))


def test_removed_cells_and_hidden_outputs():
    """Tags take out whole cells, outputs or code; raw cells are of other formats."""
    cells = [
        text("# T"),
        text("removed", "remove-cell"),
        shown({"text/plain": "hidden"}, "hide-output", source="one"),
        shown({"text/plain": "removed"}, "remove-output", source="two"),
        shown({"text/plain": "shown"}, "hide-input", source="three"),
        new_raw_cell("raw"),
    ]
    assert ["T", "shown"] == words(page(*cells))
    assert ["T", "one", "two", "shown"] == words(page(*cells, show_input=True))


def test_a_link_to_nowhere_is_plain_text_or_if_strict_an_error():
    """Its words stay; strict, the message names the cell and what to write."""
    cells = text("# T"), text("see [there](#nowhere) and [T](#T)")
    assert [("T", "T")] == [(link.text.strip(), link.target) for link in links(page(*cells))]
    assert "see there and" in " ".join(words(page(*cells)))
    with pytest.raises(ExportError, match=r"cell 2 \('see .*the link to '#nowhere' leads nowhere; write a heading or"):
        page(*cells, strict=True)


def test_a_link_may_go_forward_and_to_a_heading_s_text_or_slug():
    """Links lead to what comes later, and a heading is found by its text or with hyphens, in Chinese too."""
    cells = text("[a](#Two-words) [b](<#Two words>) [c](#中文-标题) [d](#E1)"), text("## Two words\n\n## 中文 标题")
    document = page(*cells, shown({"text/markdown": '<a id="E1"></a>'}), strict=True)
    assert ["Two-words", "Two-words", "中文-标题", "E1"] == [link.target for link in links(document)]


def test_file_name_and_relative_pictures(tmp_path):
    """From a file the title is its name, and pictures beside it are found."""
    import nbformat

    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    (tmp_path / "a b.svg").write_text(svg)
    nbformat.write(new_notebook(cells=[text("![A triangle](<a b.svg>)")]), tmp_path / "my report.ipynb")
    data, resources = PDFUAExporter(strict=True).from_filename(str(tmp_path / "my report.ipynb"))
    assert ("my report", ("A triangle",)) == (read(data).title, read(data).alternatives)
    assert ".pdf" == resources["output_extension"]


def test_an_index_names_the_pages_of_the_links():
    """An empty link prints each page with a link to the same place once, and leads back to the first one there."""
    filler = text("\n\n".join(["words"] * 60))
    index = '| Word | Pages |\n|---|---|\n| <a id="A">A, see [B](#B)</a> | [](#A) |\n| <a id="B">B</a> | [](#B) |'
    cells = text("# T\n\n[one](#A) [two](#A)"), filler, text("[three](#A)"), text(index), text("after [B](#B)")
    document = page(*cells, strict=True)
    rows = [[cell.strip() for cell in row] for row in tables(document)[0]]
    assert [["Word", "Pages"], ["A, see B", "1, 2"], ["B", "–"]] == rows
    assert ["1", "2"] == [link.text for link in links(document) if link.target is None]
    assert "1、2" == tables(page(*cells, language="zh"))[0][1][1].strip()


def test_a_link_that_begins_a_page_counts_there():
    """A link that is kept on one line may move to the next page with its line; the index names that page."""
    pages = []
    for filler in range(680, 692, 2):
        paragraph = "word " * filler + "[eleven enterprises](#A) " + "more " * 60
        first, index = links(page(text(f"# T\n\n{paragraph}\n\nSee [](#A)\n\n<a id='A'></a>A")))
        assert str(first.page) == index.text
        pages.append(first.page)
    assert [1, 2] == sorted(set(pages))


def test_an_entry_of_an_index_for_nothing_is_a_link_to_nowhere():
    """Strict it is an error, else a dash and a word to the log."""
    cells = text("# T"), text("see [](#nowhere)")
    assert "see –" in " ".join(words(page(*cells)))
    with pytest.raises(ExportError, match=r"the link to '#nowhere' leads nowhere"):
        page(*cells, strict=True)
