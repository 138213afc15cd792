"""Typesetting: every error and warning is one sentence that names its cell."""

import contextlib

import pytest

from lusong_analysis.pdf.draft import ExportError
from lusong_analysis.pdf.read import read, tables
from pdf_page import export, page, picture, shown, text, words

TEMPLATE = """\
#import "/page.typ": *
#let notebook(title: none, name: "", language: "en", date: none, body) = {
  set text(font: "Source Sans 3")
  title
  [Template of #name]
  body
}
#let chart(body) = block(stroke: 1pt, [Boxed] + body)
#let table = [no function]
"""

TABLES = """\
#import "/page.typ" as plain
#let chart(body) = {
  plain.data(columns: 2, align: (left, right), header: ((table.cell(colspan: 2)[Both],),), [one], [2])
  plain.data(columns: 1, align: (left,), header: (([#table.cell[Labelled]<head>],),), [three])
}
"""


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (text("a 😀 b"), "cell 2 ('a 😀 b'): no font here has the character '😀'; write it in another way"),
        (text("## 😀"), "cell 2 ('## 😀'): no font here has the character '😀'"),
        (shown({"text/plain": "x\n😀"}), "cell 2 ('show()'): no font here has the character '😀'"),
        (picture("😀", alt="a"), "cell 2 ('show()'): no font here has the character '😀'"),
        (text(r"$\undefinedcommand$"), "cell 2 ('$\\\\undefinedcommand$'): unknown variable: undefinedcommand"),
        (shown({"text/x-typst": '#text(font: "Nope")[x]'}), "cell 2 ('show()'): unknown font family: nope"),
        (shown({"text/x-typst": "= One\n=== Three"}), "cell 2 ('show()'): PDF/UA-1 error: skipped from heading level"),
        (shown({"image/png": "aGVsbG8="}, alt="a"), "cell 2 ('show()'): failed to decode image"),
    ],
)
def test_the_cell_is_named(cell, words):
    """A missing glyph, an unknown command, a warning of Typst and a broken picture all name their cell."""
    with pytest.raises(ExportError) as error:
        export(text("# T"), cell)
    assert str(error.value).startswith(words)
    assert "\n" not in str(error.value)


def test_a_glyph_missing_in_the_title_names_its_cell():
    """The title stands in the head of the source, but came from a cell."""
    with pytest.raises(ExportError, match=r"cell 1 \('# 😀'\)"):
        export(text("# 😀"))


def test_a_template_goes_before_the_page(tmp_path):
    """What the template defines is used, all else is the plain page's; a block is wrapped by its function."""
    (tmp_path / "own.typ").write_text(TEMPLATE)
    cells = text("# T"), picture(alt="a", block="chart"), shown({"text/plain": "x"}, block="other")
    found = words(page(*cells, template_file=str(tmp_path / "own.typ")))
    assert ["T", "Template of T", "Boxed", "图", "x"] == found
    assert ["T", "图", "x"] == words(page(*cells))


def test_a_template_writes_tables_of_its_own(tmp_path):
    """Cells of a header may span columns and carry a label; text in the page's tables is as large as the page says."""
    (tmp_path / "own.typ").write_text(TABLES)
    (tmp_path / "large.typ").write_text(TABLES.replace("{\n", "{\n  show std.table: set text(size: 30pt)\n", 1))
    own, large = (
        export(text("# T"), picture(alt="a", block="chart"), template_file=str(tmp_path / name))
        for name in ("own.typ", "large.typ")
    )
    found = [[[cell.strip() for cell in row] for row in table] for table in tables(read(own))]
    assert [[["Both"], ["one", "2"]], [["Labelled"], ["three"]]] == found
    assert own == large


def test_a_block_whose_name_is_no_function_is_printed_plainly(tmp_path):
    """A name that the template uses for something else wraps nothing."""
    (tmp_path / "own.typ").write_text(TEMPLATE)
    document = page(shown({"text/plain": "x"}, block="table"), template_file=str(tmp_path / "own.typ"))
    assert "x" in words(document)


def test_an_error_in_the_template_names_its_line(tmp_path):
    """A template that Typst cannot read is the template's fault, not a cell's."""
    (tmp_path / "own.typ").write_text("#let chart(body) = block(\n")
    with pytest.raises(ExportError, match=r"template\.typ, line 1: unclosed delimiter"):
        export(text("# T"), template_file=str(tmp_path / "own.typ"))


def test_a_template_that_is_not_there():
    """The message says which file was looked for."""
    with pytest.raises(ExportError, match=r"the template 'nowhere.typ' is not there"):
        export(text("# T"), template_file="nowhere.typ")


def test_a_template_of_an_installed_package(tmp_path, monkeypatch):
    """The last output that names one is believed, the trait goes before it, and no code of the package is run."""
    (tmp_path / "looks" / "blue").mkdir(parents=True)
    (tmp_path / "looks" / "blue" / "__init__.py").write_text("raise RuntimeError")
    (tmp_path / "looks" / "blue" / "own.typ").write_text(TEMPLATE)
    (tmp_path / "plain.typ").write_text('#import "/page.typ": *')
    monkeypatch.syspath_prepend(tmp_path)
    cells = text("# T"), shown({"text/plain": "x"}, template="looks.blue:own.typ")
    assert "Template of T" in words(page(*cells))
    assert "Template of T" not in words(page(*cells, template_file=str(tmp_path / "plain.typ")))


@pytest.mark.parametrize(
    "name",
    ["nowhere:own.typ", "json:own.typ", "lusong_analysis.pdf:no.typ", "lusong_analysis.pdf:../cli.py", "page.typ"],
)
def test_a_template_that_no_package_holds(name):
    """A package or file that is not there, or a path out of the package, is refused with what to do."""
    with pytest.raises(ExportError, match=f"the template {name!r} is not there; install the package"):
        page(text("# T"), shown({"text/plain": "x"}, template=name))


def test_a_page_is_set_again_until_it_knows_itself(tmp_path):
    """What a template says of its pages is in a file when they are set again; what never settles ends all the same."""
    for step, last in (("calc.min(seen + 1, 3)", 3), ("seen + 1", 11)):
        (tmp_path / "own.typ").write_text(
            '#import "/page.typ": *\n#let stream(name: "", body) = context {\n'
            '  let seen = json("/settled.json").at(0, default: 0)\n'
            f"  [Seen #seen #metadata({step})<settle>]\n}}\n"
        )
        found = words(page(shown({"text/plain": "x"}), template_file=str(tmp_path / "own.typ")))
        assert f"Seen {last}" in found


def test_pages_that_do_not_settle_are_told_of(tmp_path, caplog):
    """What may print wrong numbers of pages is no strict export, and else a warning; what settles is neither."""
    for step, settles in (("calc.min(seen + 1, 3)", True), ("seen + 1", False)):
        (tmp_path / "own.typ").write_text(
            '#import "/page.typ": *\n#let stream(name: "", body) = context {\n'
            '  let seen = json("/settled.json").at(0, default: 0)\n'
            f"  [#metadata({step})<settle>]\n}}\n"
        )
        caplog.clear()
        export(shown({"text/plain": "x"}), template_file=str(tmp_path / "own.typ"))
        assert settles is ("its pages came out otherwise each time" not in caplog.text)
        with contextlib.nullcontext() if settles else pytest.raises(ExportError, match="came out otherwise each time"):
            export(shown({"text/plain": "x"}), template_file=str(tmp_path / "own.typ"), strict=True)


def test_an_anchor_that_the_template_leaves_out(tmp_path):
    """A link to it names what is missing."""
    (tmp_path / "own.typ").write_text('#import "/page.typ": *\n#let table(body) = [gone]\n')
    cells = text("# T\n\nto [one](#E1)"), shown({"text/markdown": "<a id='E1'></a>one"}, block="table")
    with pytest.raises(ExportError, match="a link leads to 'E1', which the template leaves out"):
        export(*cells, template_file=str(tmp_path / "own.typ"))


def test_the_same_notebook_gives_the_same_bytes():
    """Two exports of one notebook are equal, and another date is another file."""
    cells = text("# T\n\n中文 [x](#T)"), picture(alt="a")
    assert export(*cells) == export(*cells)
    assert export(*cells) != export(*cells, date="2026-11-01")
