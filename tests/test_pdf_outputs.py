"""Outputs of code cells: which part is printed, with what caption, note, block and attachment."""

import json

import pytest
from nbformat.v4 import new_code_cell, new_output

from lusong_analysis.pdf.draft import Draft, ExportError
from lusong_analysis.pdf.outputs import output
from lusong_analysis.pdf.read import figures, links, squeeze
from pdf_page import SVG, page, picture, shown, text, words

TABLE = "<table><tr><th>a</th></tr><tr><td>1</td></tr></table>"
MIME = "application/vnd.example+json"


def written(data, **metadata):
    """The Typst of one displayed bundle."""
    return output(Draft(families=frozenset(["Noto Sans SC"])), new_output("display_data", data=data, metadata=metadata))


@pytest.mark.parametrize(
    ("mimes", "start"),
    [
        (("text/plain", "text/x-typst", "image/svg+xml"), 'eval(mode: "markup"'),
        (("text/plain", "image/png", "image/svg+xml"), 'picture(image(alt: "output of cell 0", "/file-1.svg"))'),
        (("text/plain", "image/png", "text/html"), 'picture(image(alt: "output of cell 0", "/file-1.png"))'),
        (("text/plain", "text/html", "text/latex", "text/markdown"), "data("),
        (("text/plain", "text/latex", "text/markdown"), "math.equation("),
        (("text/plain", "text/markdown"), "par("),
        (("text/plain",), "stream("),
    ],
)
def test_the_best_part_is_printed(mimes, start):
    """Typst goes before SVG, PNG, a table in HTML, LaTeX, Markdown and plain text."""
    parts = dict.fromkeys(mimes, "x") | {"image/svg+xml": SVG.format(font="Noto Sans SC", text="x"), "text/html": TABLE}
    assert [True] == [statement.startswith(start) for statement in written({mime: parts[mime] for mime in mimes})]


def test_html_without_a_table_gives_way_to_plain_text():
    """Plain text is better than loose HTML, unless it is only the name of an object."""
    html = {"text/html": "<p>hello</p><script>x</script>"}
    assert ['stream(name: "result", raw(block: true, "Model(x=1)"))'] == written({**html, "text/plain": "Model(x=1)"})
    assert ['par("hello")'] == written({**html, "text/plain": "<IPython.core.display.HTML object>"})


def test_what_has_no_printed_form_is_said():
    """A bundle of unknown types prints nothing, and the log names them; empty plain text prints nothing in silence."""
    draft = Draft()
    assert [] == output(draft, new_output("display_data", data={"application/x": "1"}))
    assert [] == output(draft, new_output("display_data", data={"application/x": "1", "text/plain": ""}))
    assert ["cell 0: an output has no form that can be printed, only application/x; it is left out"] == draft.warnings


def test_streams_are_clean_and_errors_stand_in_a_box():
    """Colours vanish from streams, standard error and tracebacks; long lines and long words wrap within the page."""
    cell = new_code_cell(
        "x",
        outputs=[
            new_output("stream", name="stdout", text="\x1b[31mred\x1b[0m " + "y" * 500 + "\n"),
            new_output("stream", name="stderr", text="careful\n"),
            new_output("error", ename="ValueError", evalue="no", traceback=["\x1b[0;31mline 1\x1b[0m", "line 2"]),
        ],
    )
    document = page(text("# T"), cell)
    read = squeeze("".join(words(document)))
    assert "red" + "y" * 500 + "careful" + "ValueError:no" + "line1line2" in read
    assert "\x1b" not in "".join(words(document))


def test_a_figure_has_number_caption_and_note_with_links():
    """The caption comes from the metadata as Markdown, numbered in the document's language, the note follows."""
    target = text('<a id="E1">one</a>')
    told = {"alt": "A chart.", "caption": "Growth [low](#E1)", "note": "Source: **x**, [E1](#E1)."}
    for language, number in (("zh", "图1"), ("en", "Figure1")):
        document = page(target, picture(**told), language=language)
        assert f"{number}Growthlow" in squeeze("".join(words(document)))
        assert [("low", "E1"), ("E1", "E1")] == [(squeeze(link.text), link.target) for link in links(document)]
        assert "Source:" in "".join(words(document, "P"))


def test_a_note_beside_an_output_stands_before_it():
    """The plain page prints an aside as a paragraph of its own, with its links, before the output."""
    cell = shown({"text/markdown": "The body."}, aside="A finding\\\nsee [E1](#E1)")
    document = page(text('# T\n\n<a id="E1">one</a>'), cell)
    assert ["A finding", "see", "E1", "The body."] == words(document)[-4:]
    assert {"P"} == {piece.path[1] for piece in document.pieces[-3:]}
    assert [] == written({"text/plain": ""}, aside="A note beside nothing")


def test_a_caption_may_have_a_line_of_its_own_below_the_title():
    """A title in bold and what is measured are one caption."""
    document = page(picture(alt="a", caption="**Title**\\\nwhat is measured"), language="en")
    (caption,) = {piece.elements[piece.path.index("Caption")] for piece in document.pieces if "Caption" in piece.path}
    assert "Figure1Titlewhatismeasured" == squeeze(
        "".join(piece.text for piece in document.pieces if caption in piece.elements)
    )


def test_only_what_has_a_caption_is_numbered():
    """A picture and a table without a caption have no number; the first with one is number 1."""
    document = page(picture(alt="a"), shown({"text/html": TABLE}), picture(alt="b", caption="C"), language="en")
    assert 1 == squeeze("".join(words(document))).count("Figure")
    assert "Figure1C" in squeeze("".join(words(document)))


def test_tables_are_numbered_by_themselves():
    """A table with a caption in its metadata is Table 1 although a Figure 1 stands before it."""
    document = page(picture(alt="a", caption="C"), shown({"text/html": TABLE}, caption="D"), language="en")
    assert "Table1D" in squeeze("".join(words(document)))


def test_alternative_text_of_the_part_goes_before_that_of_the_bundle():
    """The alternative text is the part's, else the bundle's."""
    cells = picture(**{"image/svg+xml": {"alt": "of the part"}, "alt": "of the bundle"}), picture(alt="of the bundle")
    assert ["of the part", "of the bundle"] == [figure.alternative for figure in figures(page(*cells, strict=True))]


def test_missing_alternative_texts_are_all_named_if_strict():
    """Strict, every picture without one is in the message, with its cell; else the number of the cell stands in."""
    with pytest.raises(ExportError) as error:
        page(text("# T"), picture(), picture(), strict=True)
    assert ["cell 2", "cell 3"] == [problem.split(" (")[0] for problem in error.value.problems]
    assert ["第2个单元格的输出"] == [
        figure.alternative for figure in figures(page(text("# T"), picture(), language="zh"))
    ]


def test_an_attachment_comes_back_byte_for_byte():
    """JSON travels as sorted text; a bundle of nothing else prints nothing."""
    evidence = {"b": [1, 2], "a": "超过808亿元"}
    cell = shown({MIME: evidence, "text/plain": ""}, **{MIME: {"attachment": "evidence.json", "description": "What"}})
    document = page(text("# T\n\nbody"), cell)
    attached = json.dumps(evidence, ensure_ascii=False, sort_keys=True, indent=1).encode()
    assert {"evidence.json": attached} == document.attachments
    assert ["T", "body"] == words(document)


def test_pictures_and_texts_can_be_attached_as_they_are():
    """Text is attached as UTF-8, base64 as the bytes it stands for."""
    told = {"text/csv": {"attachment": "a.csv"}, "application/pdf": {"attachment": "b.bin"}}
    document = page(text("# T"), shown({"text/csv": "年,值\n", "application/pdf": "AAH/"}, **told))
    assert {"a.csv": "年,值\n".encode(), "b.bin": b"\x00\x01\xff"} == document.attachments


def test_two_attachments_of_one_name_are_refused():
    """The second one would hide the first."""
    cells = [shown({MIME: {}}, **{MIME: {"attachment": "e.json"}}) for _ in range(2)]
    with pytest.raises(ExportError, match=r"cell 2 .*'e.json' is attached a second time"):
        page(*cells)


def test_typst_of_a_notebook_cannot_break_the_document():
    """Typst that does not close its brackets is an error of its cell."""
    with pytest.raises(ExportError, match=r"cell 2 \('show\(\)'\): "):
        page(text("# T"), shown({"text/x-typst": "#strong[open"}))
