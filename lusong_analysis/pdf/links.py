"""Links within a document: Typst sets them as addresses, which become places once all pages are set.

Typst words each of its own links by the page it leads to. So whatever holds one is set anew as long as pages change: half
of the time that a report took.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    import pikepdf

# An address that stands for the named place after it, and one for the first link to that place on a page.
PLACE, MENTION = "place:", "mention:"


def lead(pdf: pikepdf.Pdf) -> None:
    """Let all such addresses of a document lead to their places, and say in words where that is.

    Parameters
    ----------
    pdf : pikepdf.Pdf
        The document, as Typst wrote it; it is changed.
    """
    import pikepdf

    # Typst writes names in UTF-8, which the standard did not foresee: they are compared as bytes.
    names = pdf.Root.get("/Names", {}).get("/Dests", {}).get("/Names", [])
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    places = {bytes(name): numbers[place[0].objgen] for name, place in zip(names[::2], names[1::2], strict=True)}
    chinese = str(pdf.Root.get("/Lang", "")).startswith("zh")

    def worded(name: bytes, page: int) -> str:
        said = name.decode()
        return f"{said}，第{page}页" if chinese else f"{said}, page {page}"

    mentions: dict[tuple[int, bytes], pikepdf.Array] = {}
    backward: list[tuple[Any, int, bytes]] = []
    for number, page in enumerate(pdf.pages, 1):
        for annotation in page.get("/Annots", []):
            address = str(annotation.get("/A", {}).get("/URI", ""))
            if address.startswith(PLACE):
                name = unquote(address.removeprefix(PLACE)).encode()
                left, _, _, top = annotation.Rect
                mentions.setdefault((number, name), pikepdf.Array([page.obj, pikepdf.Name.XYZ, left, top, 0]))
                _aim(annotation, pikepdf.String(name), worded(name, places[name]))
            elif address.startswith(MENTION):
                count, _, name = address.removeprefix(MENTION).partition(":")
                backward.append((annotation, int(count), unquote(name).encode()))
    for annotation, number, name in backward:
        _aim(annotation, mentions[number, name], worded(name, number))


def _aim(annotation: Any, place: Any, words: str) -> None:
    del annotation["/A"]
    annotation["/Dest"] = place
    annotation["/Contents"] = words
