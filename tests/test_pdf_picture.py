"""Pictures: where they come from and which fonts their text asks for."""

import base64

import pytest

from lusong_analysis.pdf.draft import Draft, ExportError
from lusong_analysis.pdf.picture import families, find
from lusong_analysis.pdf.read import figures
from pdf_page import SVG, page, picture, text

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGMQd80GAAE+AMjzF+82AAAAAElFTkSuQmCC"


@pytest.mark.parametrize(
    ("svg", "found"),
    [
        ("<text font-family='Arial'>", {"Arial"}),
        ('<text font-family="&quot;x" style="font-family: \'Noto Sans SC\', sans-serif">', {"Noto Sans SC", "&quot;x"}),
        ("<text style=\"font: 700 10px 'Noto Sans SC', 'DejaVu Sans'; text-anchor: middle\">", {"Noto Sans SC"}),
        ("<style>.a { font-family: Times, serif; }</style>", {"Times"}),
        ("<path d='M0 0'/>", set()),
    ],
)
def test_the_first_font_of_each_list_counts(svg, found):
    """The font that the picture was drawn with is found in attributes, styles and shorthands."""
    assert found == families(svg)


def test_an_unknown_font_names_the_cell_and_the_known_ones():
    """A font that is not here would be replaced in silence, so it stops the export."""
    with pytest.raises(ExportError) as error:
        page(text("# T"), picture(font="Comic Sans", alt="a"))
    assert "cell 2 ('show()'): the SVG asks for the font 'Comic Sans', which is not here" in str(error.value)
    assert "Noto Sans SC" in str(error.value)


def test_text_of_an_svg_stays_text():
    """What stands in a picture is read back from it, in Chinese too."""
    found = figures(page(picture("低于3.7%", alt="A label.")))
    assert [("低于3.7%", "A label.")] == [(figure.text.replace(" ", ""), figure.alternative) for figure in found]


def test_pictures_from_attachments_addresses_and_files(tmp_path):
    """A cell's attachment, a data address and a file beside the notebook are all found."""
    (tmp_path / "dot.png").write_bytes(base64.b64decode(DOT))
    draft = Draft(folder=str(tmp_path))
    attachments = {"a b.png": {"image/png": DOT}}
    sources = ["attachment:a%20b.png", f"data:image/png;base64,{DOT}", "dot.png"]
    assert [(base64.b64decode(DOT), "png")] * 3 == [find(draft, source, attachments) for source in sources]
    assert (SVG.encode(), "svg") == find(draft, f"data:image/svg+xml,{SVG}", {})


def test_a_picture_that_is_not_there_is_its_alternative_text():
    """A picture elsewhere is not fetched: its words stand for it, with a warning; if strict, that is an error."""
    cell = text("# T\n\n![A far square](https://example.org/a.png)")
    assert "[A far square]" in [piece.text for piece in page(cell).pieces]
    with pytest.raises(ExportError, match="is not in the notebook; attach it to the cell"):
        page(cell, strict=True)


def test_attached_pictures_have_the_alternative_text_of_markdown():
    """An attachment becomes a figure with the words between its brackets."""
    cell = text("![A dot](attachment:dot.png)\n\ntext ![a dot](attachment:dot.png) text")
    cell["attachments"] = {"dot.png": {"image/png": DOT}}
    assert ["A dot", "a dot"] == [figure.alternative for figure in figures(page(cell, strict=True))]
