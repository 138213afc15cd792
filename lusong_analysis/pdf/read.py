"""A PDF read back: its tagged text in reading order, links, figures, tables, attachments."""

from __future__ import annotations

import ctypes
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Any

UNPRINTED = re.compile("[\\s\u00ad\u180e\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\ufeff\ufffe\x00-\x1f•◦▪]+")

DAMAGED = "this is no PDF that can be read; it is damaged, or another kind of file"


@dataclass(frozen=True)
class Piece:
    """A stretch of tagged text, or the place of a link's annotation, whose text is empty.

    Parameters
    ----------
    path : tuple of str
        Tags from the root, as ("Document", "P", "Link").
    elements : tuple of int
        A number for each tag of the path, the same for all pieces of one element.
    text : str
        The text as the PDF holds it.
    page : int
        Page, counted from 1.
    target : str or None
        Where a link leads: the name of a destination, or an address.
    """

    path: tuple[str, ...]
    elements: tuple[int, ...]
    text: str
    page: int
    target: str | None = None


@dataclass(frozen=True)
class Document:
    """What a tagged PDF holds.

    Parameters
    ----------
    language : str
        Language of the document, as zh-CN.
    title : str
        Title of the document.
    attachments : dict
        Name to bytes.
    pieces : tuple of Piece
        The tagged text, in reading order.
    artifacts : tuple of str
        For each page the text outside the tags: running head and foot, and what is marked but stands in no element.
    alternatives : tuple of str
        The alternative text of each Figure, in reading order.
    outline : tuple of str
        Titles of the bookmarks, in order.
    mute : tuple of (int, str)
        What shows on a page and could not be read: its page, and "image", "form" (one too deep in others) or the kind
        of the annotation; a link only if it has a frame or a look of its own. Each once a page.
    """

    language: str
    title: str
    attachments: dict[str, bytes] = field(hash=False)
    pieces: tuple[Piece, ...]
    artifacts: tuple[str, ...]
    alternatives: tuple[str, ...]
    outline: tuple[str, ...]
    mute: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Link:
    """One link, however many lines and pages it breaks over; a target of None is a place without a name."""

    text: str
    target: str | None
    page: int


@dataclass(frozen=True)
class Figure:
    """A picture: the text inside it, as SVG keeps it, and its alternative text."""

    text: str
    alternative: str
    page: int


@lru_cache(maxsize=4096)
def squeeze(text: str) -> str:
    """The text without white space, soft hyphens, signs that print nothing and the bullets of lists."""
    return UNPRINTED.sub("", text)


def read(data: bytes) -> Document:
    """A PDF read back.

    Parameters
    ----------
    data : bytes
        The file.

    Raises
    ------
    ValueError
        If this is no PDF, or one without tags.
    """
    with opened(data) as pdf:
        texts, unread = marked_text(data)
        if "/StructTreeRoot" not in pdf.Root:
            msg = "this PDF has no tags; only a tagged PDF can be read back"
            raise ValueError(msg)
        walk = Walk({page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}, texts)
        walk.through(pdf.Root.StructTreeRoot.get("/K"), 0, (), ())
        with pdf.open_outline() as outline:
            bookmarks = tuple(titles(outline.root))
        return Document(
            language=str(pdf.Root.get("/Lang", "")),
            title=_title(pdf),
            attachments=_attachments(pdf),
            pieces=tuple(walk.pieces),
            artifacts=walk.left(),
            alternatives=tuple(walk.alternatives.values()),
            outline=bookmarks,
            mute=tuple(dict.fromkeys([*unread, *notes(pdf)])),
        )


def attachments(data: bytes) -> dict[str, bytes]:
    """The files attached to a PDF, by name, without a look at its pages.

    Parameters
    ----------
    data : bytes
        The PDF.

    Raises
    ------
    ValueError
        If this is no PDF.
    """
    with opened(data) as pdf:
        return _attachments(pdf)


def title(data: bytes) -> str:
    """The title of a PDF; empty where it has none.

    Raises
    ------
    ValueError
        If this is no PDF.
    """
    with opened(data) as pdf:
        return _title(pdf)


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """A PDF by pikepdf, for the time of the block; what is taken out of it must be copied before it closes.

    Raises
    ------
    ValueError
        If this is no PDF, or a damaged one.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            yield pdf
    except pikepdf.PdfError:
        raise ValueError(DAMAGED) from None


def _attachments(pdf: Any) -> dict[str, bytes]:
    # an attachment read after the file was closed ends the process
    return {name: bytes(file.get_file().read_bytes()) for name, file in pdf.attachments.items()}


def _title(pdf: Any) -> str:
    return str(pdf.docinfo.get("/Title", ""))


def notes(pdf: Any) -> Iterator[tuple[int, str]]:
    """Page and kind of the annotations that show something of their own: notes, stamps, fields, frames."""
    import pikepdf

    for number, page in enumerate(pdf.pages, start=1):
        held = page.obj.get("/Annots")
        for annotation in held if isinstance(held, pikepdf.Array) else ():
            if not isinstance(annotation, pikepdf.Dictionary):
                continue  # an editor of PDFs left a reference to nothing
            border = annotation.get("/Border")
            framed = not isinstance(border, pikepdf.Array) or len(border) < 3 or border[2] != 0  # a line, if not told
            if annotation.get("/Subtype") != "/Link" or framed or "/AP" in annotation or "/BS" in annotation:
                yield number, str(annotation.get("/Subtype")).removeprefix("/")


def titles(items: Iterable[Any]) -> Iterator[str]:
    """Titles of bookmarks, those below each one after it."""
    for item in items:
        yield str(item.title)
        yield from titles(item.children)


def marked_text(data: bytes) -> tuple[dict[tuple[int, int], str], list[tuple[int, str]]]:
    """Text by page, counted from 1, and id of its marked content, -1 for what has no tag; and what is no text."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    room = ctypes.POINTER(pdfium.FPDF_WCHAR)
    texts: dict[tuple[int, int], str] = defaultdict(str)
    unread: list[tuple[int, str]] = []
    size = 1 << 12
    buffer = ctypes.cast(ctypes.create_string_buffer(size), room)
    with pypdfium2.PdfDocument(data) as pdf:
        for number in range(len(pdf)):
            page = pdf[number]
            text_page = page.get_textpage()
            held = text_page.raw
            for found in objects(page.raw):
                kind = pdfium.FPDFPageObj_GetType(found)
                if kind != pdfium.FPDF_PAGEOBJ_TEXT:
                    unread.append((number + 1, "image" if kind == pdfium.FPDF_PAGEOBJ_IMAGE else "form"))
                    continue
                length = pdfium.FPDFTextObj_GetText(found, held, buffer, size)
                if length > size:
                    size = length
                    buffer = ctypes.cast(ctypes.create_string_buffer(size), room)
                    pdfium.FPDFTextObj_GetText(found, held, buffer, size)
                printed = ctypes.string_at(buffer, max(0, length - 2)).decode("utf-16-le", "replace")
                texts[number + 1, pdfium.FPDFPageObj_GetMarkedContentID(found)] += printed
            text_page.close()
            page.close()
    # PDFium takes a hyphen at a line's end for a word broken there, and writes a sign of its own
    for key, printed in texts.items():
        texts[key] = printed.replace("\ufffe", "-").replace("\x02", "-")
    return texts, unread


def objects(page: Any, depth: int = 9) -> Iterator[Any]:
    """The texts and images of a page, in its forms too, and forms that lie too deep in others to look into.

    They are as PDFium knows them, without an object of Python for each.
    """
    import pypdfium2.raw as pdfium

    def within(held: Any, count: Any, get: Any, left: int) -> Iterator[Any]:
        for place in range(count(held)):
            found = get(held, place)
            kind = pdfium.FPDFPageObj_GetType(found)
            if kind == pdfium.FPDF_PAGEOBJ_FORM and left > 1:
                yield from within(found, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, left - 1)
            elif kind in (pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
                yield found

    return within(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, depth)


class Walk:
    """A walk through the structure tree, which numbers its elements.

    Parameters
    ----------
    pages : dict
        Page of each page object.
    texts : dict
        Text by page and id of marked content.
    """

    def __init__(self, pages: dict[Any, int], texts: dict[tuple[int, int], str]) -> None:
        import pikepdf

        self._array, self._dictionary = pikepdf.Array, pikepdf.Dictionary
        self.pages_of, self.texts = pages, texts
        self.count = 0
        self.taken: set[tuple[int, int]] = set()
        self.pieces: list[Piece] = []
        self.alternatives: dict[int, str] = {}

    def through(self, node: Any, page: int, path: tuple[str, ...], elements: tuple[int, ...]) -> None:
        """Gather the pieces below a node of the tree."""
        if isinstance(node, self._array):
            for child in node:
                self.through(child, page, path, elements)
        elif isinstance(node, self._dictionary):
            # each question to pikepdf costs as much as ten to Python, one for a key that is not there as much as fifty
            page = self.pages_of[node["/Pg"].objgen] if "/Pg" in node else page
            kind = str(node.get("/Type"))
            if kind == "/OBJR":
                self.pieces.append(Piece(path, elements, "", page, target(node.get("/Obj"))))
            elif kind == "/MCR":
                self._text(path, elements, page, int(node.MCID))
            else:
                self._element(node, page, path, elements)
        elif node is not None:
            self._text(path, elements, page, int(node))

    def _text(self, path: tuple[str, ...], elements: tuple[int, ...], page: int, mark: int) -> None:
        self.taken.add((page, mark))
        self.pieces.append(Piece(path, elements, self.texts[page, mark], page))

    def left(self) -> tuple[str, ...]:
        """The text of each page that no element took, in the order of the pages."""
        left = dict.fromkeys(self.pages_of.values(), "")
        for (page, mark), text in self.texts.items():
            if (page, mark) not in self.taken:
                left[page] += text
        return tuple(left.values())

    def _element(self, node: Any, page: int, path: tuple[str, ...], elements: tuple[int, ...]) -> None:
        self.count += 1
        tag = str(node.get("/S")).removeprefix("/")
        path, elements = (*path, tag), (*elements, self.count)
        if tag == "Figure":
            self.alternatives[self.count] = str(node.get("/Alt", ""))
            self.pieces.append(Piece(path, elements, "", page))  # so that an empty one is seen too
        self.through(node.get("/K"), page, path, elements)


def target(annotation: Any) -> str | None:
    """Where an annotation leads: the name of a destination, an address, or None for a bare place on a page."""
    import pikepdf

    if "/A" in annotation:
        action = annotation.get("/A")
        place = action.get("/URI") if "/URI" in action else action.get("/D")
    else:
        place = annotation.get("/Dest")
    if isinstance(place, pikepdf.Name):
        return str(place).removeprefix("/")
    if not isinstance(place, pikepdf.String):
        return None
    held = bytes(place)  # Typst writes UTF-8, which the standard did not foresee
    return str(place) if held.startswith((b"\xfe\xff", b"\xff\xfe")) else held.decode("utf-8", "replace")


def elements(document: Document, tag: str) -> Iterator[list[Piece]]:
    """The pieces of each outermost element with this tag, in reading order."""
    held = [piece for piece in document.pieces if tag in piece.path]
    for _, pieces in groupby(held, key=lambda piece: piece.elements[piece.path.index(tag)]):
        yield list(pieces)


def links(document: Document) -> list[Link]:
    """All links, in reading order."""
    found = []
    for pieces in elements(document, "Link"):
        target = next((piece.target for piece in pieces if piece.target is not None), None)
        found.append(Link("".join(piece.text for piece in pieces), target, pieces[0].page))
    return found


def figures(document: Document) -> list[Figure]:
    """All figures, in reading order."""
    texts: dict[int, str] = {}
    pages: dict[int, int] = {}
    for piece in document.pieces:
        if "Figure" in piece.path:
            within = dict(zip(piece.path, piece.elements, strict=True))
            number = within["Figure"]  # of one in another the inner one
            texts[number] = texts.get(number, "") + piece.text
            pages.setdefault(number, piece.page)
    return [Figure(*one) for one in zip(texts.values(), document.alternatives, pages.values(), strict=True)]


def tables(document: Document) -> list[list[list[str]]]:
    """All tables as rows of cells; a cell that covers several columns stands once."""
    found = []
    for pieces in elements(document, "Table"):
        rows: dict[int, dict[int, str]] = {}
        for piece in pieces:
            within = dict(zip(piece.path, piece.elements, strict=True))
            cell = within.get("TD", within.get("TH"))
            if cell is not None:
                row = rows.setdefault(within["TR"], {})
                row[cell] = row.get(cell, "") + piece.text
        found.append([list(row.values()) for row in rows.values()])
    return found
