"""A PDF read back."""

import io

import pikepdf
import pytest

from lusong_analysis.pdf.read import elements, figures, links, read, squeeze, tables
from pdf_page import export, page, picture, shown, text

LONG = "a link that goes on and on and on " * 12


def test_a_link_over_two_lines_is_one():
    """However often its line breaks, a link is one, with its whole text and its named destination."""
    document = page(text(f'before [{LONG}](#E1) after <a id="E1"></a>'))
    assert [(squeeze(LONG), "E1", 1)] == [(squeeze(link.text), link.target, link.page) for link in links(document)]


def test_a_link_over_two_pages_is_one():
    """A link that begins on one page and ends on the next is one, on the page where it begins."""
    filler = "\n\n".join(["words"] * 30)
    long = LONG * 8
    document = page(text(f'{filler}\n\n[{long}](#E1) after\n\n<a id="E1"></a>'))
    pages = {piece.page for piece in document.pieces if "Link" in piece.path and piece.text}
    assert {1, 2} == pages
    assert [(squeeze(long), "E1", 1)] == [(squeeze(link.text), link.target, link.page) for link in links(document)]


def test_short_links_in_chinese_are_never_parted():
    """In running Chinese text bound, number and unit stay on one line: one stretch of text in each link."""
    document = page(text('<a id="E1"></a>\n\n' + "所需年均增速[超过808亿元](#E1)，" * 40), language="zh")
    pieces = [[piece for piece in held if piece.text] for held in elements(document, "Link")]
    assert (40, {1}) == (len(pieces), {len(held) for held in pieces})
    assert {"超过808亿元"} == {squeeze(link.text) for link in links(document)}


def test_addresses_are_targets_and_footnotes_are_bare_places():
    """A link to the web has its address; the links of a footnote lead to a place without a name."""
    document = page(text("[web](https://example.org/a?b=c) and a note[^1]\n\n[^1]: the note"))
    assert [("web", "https://example.org/a?b=c"), ("1", None), ("1", None)] == [
        (link.text.strip(), link.target) for link in links(document)
    ]


def test_pieces_of_one_element_have_its_number():
    """A paragraph with bold words is three pieces and one P."""
    document = page(text("# T\n\none **two** three"))
    pieces = [piece for piece in document.pieces if "P" in piece.path]
    assert ["one", "two", "three"] == [piece.text.strip() for piece in pieces]
    assert ("Document", "P", "Strong") == pieces[1].path
    assert 1 == len({piece.elements[1] for piece in pieces})


def test_running_head_and_foot_are_no_content():
    """What stands outside the tags is one text a page: the head from the second page on, the foot on each."""
    document = page(text("# The title\n\n" + "\n\n".join(["words"] * 60)))
    assert ["Page1of2", "ThetitlePage2of2"] == [squeeze(text) for text in document.artifacts]
    assert 1 == [piece.text for piece in document.pieces].count("The title")


def test_a_long_title_makes_a_short_running_head():
    """Eight words outside the tags would be taken for hidden text."""
    document = page(text("# One two three four five six seven eight nine\n\n" + "\n\n".join(["words"] * 60)))
    assert "One two three four five six …" in document.artifacts[1]


def test_figures_and_tables():
    """Each figure with the text in it, each table as rows of cells."""
    html = "<table><tr><th>a</th><th>b</th></tr><tr><td colspan=2>c</td></tr></table>"
    document = page(picture("图", alt="A"), shown({"text/html": html}), picture("two", alt="B"))
    assert [("图", "A", 1), ("two", "B", 1)] == [
        (figure.text.strip(), figure.alternative, figure.page) for figure in figures(document)
    ]
    assert [[["a", "b"], ["c"]]] == [[[cell.strip() for cell in row] for row in rows] for rows in tables(document)]
    assert ("A", "B") == document.alternatives


def test_squeeze_leaves_what_is_printed():
    """White space of all kinds, soft hyphens, signs of no width and bullets go; dashes and digits stay."""
    assert "超过808亿元2019–2025" == squeeze("• 超过 808\u00a0亿\u200b元\n\u00ad2019–2025\ufeff")


def test_a_file_saved_again_reads_the_same():
    """Another program may have rewritten the file: what it holds is what counts."""
    cells = text("# T\n\n[x](#T) **y**"), picture(alt="a")
    from pdf_page import export

    data = export(*cells)
    again = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(again, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert read(data) == read(again.getvalue())


def test_elements_of_no_page_hold_no_text():
    """In a file whose tags name no page, all text stands outside them, and nothing fails."""
    forged = io.BytesIO()
    with pikepdf.open(io.BytesIO(export(text("# T\n\nwords")))) as pdf:
        for node in pdf.objects:
            if isinstance(node, pikepdf.Dictionary) and "/Pg" in node:
                del node["/Pg"]
        pdf.save(forged)
    document = read(forged.getvalue())
    assert not "".join(piece.text for piece in document.pieces)
    assert "words" in document.artifacts[0]


def test_what_cannot_be_read_back():
    """A file that is no PDF, and a PDF without tags, each say so."""
    bare = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(bare)
    with pytest.raises(ValueError, match="this PDF has no tags"):
        read(bare.getvalue())
    with pytest.raises(ValueError, match="this is no PDF"):
        read(b"hello")
