"""What the tests of the exporter share: small notebooks, and what they become."""

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from lusong_analysis.pdf.draft import Draft
from lusong_analysis.pdf.exporter import PDFUAExporter
from lusong_analysis.pdf.html import Writer
from lusong_analysis.pdf.markdown import parse_html, parse_markdown
from lusong_analysis.pdf.read import read

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="40">'
    '<text x="5" y="20" font-family="{font}" font-size="10">{text}</text></svg>'
)


def text(source, *tags, **more):
    """A Markdown cell."""
    return new_markdown_cell(source, metadata={"tags": list(tags)}, **more)


def shown(data, *tags, source="show()", **metadata):
    """A code cell that displayed a bundle; underscores in the metadata's names stay as they are."""
    output = new_output("display_data", data=data, metadata=metadata)
    return new_code_cell(source, outputs=[output], metadata={"tags": list(tags)})


def picture(words="图", font="Noto Sans SC", **metadata):
    """A code cell that displayed an SVG."""
    return shown({"image/svg+xml": SVG.format(font=font, text=words)}, **metadata)


def export(*cells, **traits):
    """The PDF of a notebook with these cells."""
    return PDFUAExporter(**traits).from_notebook_node(new_notebook(cells=list(cells)))[0]


def page(*cells, **traits):
    """The same, read back."""
    return read(export(*cells, **traits))


def words(document, *tags):
    """The texts of the elements that end in one of these tags, or all text."""
    return [piece.text.strip() for piece in document.pieces if piece.text and (not tags or piece.path[-1] in tags)]


def typst(html, **options):
    """The Typst of a piece of HTML, and the draft it was written into."""
    draft = Draft(**options)
    return Writer(draft).write(parse_html(html)), draft


def typst_of(markdown, **options):
    """The Typst of a piece of Markdown."""
    draft = Draft(**options)
    return Writer(draft).write(parse_markdown(markdown))
