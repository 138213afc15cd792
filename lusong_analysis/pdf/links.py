"""Links within a document: Typst sets them as addresses, which become places once all pages are set.

Typst words each of its own links by the page that it leads to. So whatever holds one is set anew as long as pages
change, which took most of an export.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from lusong_analysis.pdf.draft import ExportError

if TYPE_CHECKING:
    import pikepdf

# An address that stands for the named place after it, and one for the first link to that place on a page.
PLACE, MENTION = "place:", "mention:"
LOST = "the document: a link leads to {!r}, which the template leaves out; let it show the whole body of every block"


def lead(pdf: pikepdf.Pdf) -> None:
    """Let all such addresses of a document lead to their places, and say in words where that is.

    Parameters
    ----------
    pdf : pikepdf.Pdf
        The document, as Typst wrote it; it is changed.

    Raises
    ------
    ExportError
        The place of a link is not in the document: a template has left its anchor out.
    """
    import pikepdf

    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    places = {name: numbers[place[0].objgen] for name, place in _named(pdf)}
    chinese = str(pdf.Root.get("/Lang", "")).startswith("zh")

    def aim(annotation: Any, place: Any, name: bytes, number: int) -> None:
        del annotation["/A"]
        annotation["/Dest"] = place
        annotation["/Contents"] = f"{name.decode()}，第{number}页" if chinese else f"{name.decode()}, page {number}"

    mentions: dict[tuple[int, bytes], pikepdf.Array] = {}
    back: list[tuple[Any, int, bytes]] = []
    for number, page in enumerate(pdf.pages, 1):
        annotations: Any = page.get("/Annots") or []
        for annotation in annotations:
            address = str(annotation.A.get("/URI", "")) if "/A" in annotation else ""
            if address.startswith(PLACE):
                name = unquote_to_bytes(address.removeprefix(PLACE))
                if name not in places:
                    raise ExportError([LOST.format(name.decode())])
                left, _, _, top = annotation.Rect
                mentions.setdefault((number, name), pikepdf.Array([page.obj, pikepdf.Name.XYZ, left, top, 0]))
                aim(annotation, pikepdf.String(name), name, places[name])
            elif address.startswith(MENTION):
                count, _, rest = address.removeprefix(MENTION).partition(":")
                back.append((annotation, int(count), unquote_to_bytes(rest)))
    for annotation, number, name in back:
        # of a link that is broken over two pages the mark stays on the first, the rest goes to the second
        page = pdf.pages[min(number, len(pdf.pages)) - 1]  # where pages do not settle it may be none of these
        whole = pikepdf.Array([page.obj, pikepdf.Name.Fit])
        aim(annotation, mentions.get((number, name), whole), name, number)


def _named(pdf: pikepdf.Pdf) -> list[tuple[bytes, Any]]:
    """The named places; Typst writes names in UTF-8, which the standard did not foresee, so they are bytes here."""
    root: Any = pdf.Root
    if "/Names" not in root or "/Dests" not in root.Names:
        return []
    names = list(root.Names.Dests.Names)
    return [(bytes(name), place) for name, place in zip(names[::2], names[1::2], strict=True)]
