"""Links within a document: where they lead, and what they say."""

import io

import pikepdf
import pytest

from pdf_page import export, text

BODY = "\n\n".join(
    [
        "# T",
        "to [one](#E1) and [two](#区域)",
        "again [one](#E1)",
        "## the end",
        "| at | pages |\n|---|---|\n| <a id='E1'></a>E1 | [](#E1) |\n| <a id='区域'></a>E2 | [](#区域) |",
        "and [out](https://a.b/)",
    ]
)


@pytest.fixture(scope="module")
def pdf():
    """A document that is opened by pikepdf."""
    with pikepdf.open(io.BytesIO(export(text(BODY), language="en"))) as opened:
        yield opened


def annotations(pdf):
    """The annotations of all pages, each with its page."""
    return [(number, one) for number, page in enumerate(pdf.pages, 1) for one in page.get("/Annots", [])]


def test_a_link_leads_to_a_named_place_and_says_its_page(pdf):
    """Each is a named destination that the document holds, worded by name and page, also a name that is not Latin."""
    held = {bytes(name) for name in pdf.Root.Names.Dests.Names[::2]}
    named = [one for _, one in annotations(pdf) if isinstance(one.get("/Dest"), pikepdf.String)]
    assert [b"E1", "区域".encode(), b"E1"] == [bytes(one.Dest) for one in named]
    assert {bytes(one.Dest) for one in named} <= held
    assert ["E1, page 1", "区域, page 1", "E1, page 1"] == [str(one.Contents) for one in named]
    assert not any("/A" in one for one in named)


def test_a_page_in_an_index_leads_to_the_first_link_on_it(pdf):
    """Its place is the upper left corner of that link, on its page."""
    forward = [one for _, one in annotations(pdf) if isinstance(one.get("/Dest"), pikepdf.String)]
    back = [one for _, one in annotations(pdf) if isinstance(one.get("/Dest"), pikepdf.Array)]
    assert ["E1, page 1", "区域, page 1"] == [str(one.Contents) for one in back]
    for one, other in zip(back, forward, strict=False):
        page, kind, left, top, _ = one.Dest
        assert page.objgen == pdf.pages[0].obj.objgen
        assert (pikepdf.Name.XYZ, other.Rect[0], other.Rect[3]) == (kind, left, top)


def test_an_address_is_left_as_it_is(pdf):
    """Links out of the document keep their address."""
    assert ["https://a.b/"] == [str(one.A.URI) for _, one in annotations(pdf) if "/A" in one]


def test_a_chinese_document_says_it_in_chinese():
    """The words follow the language of the document."""
    with pikepdf.open(io.BytesIO(export(text(BODY), language="zh"))) as pdf:
        assert "E1，第1页" == str(annotations(pdf)[0][1].Contents)
