"""The blocks of a tagged text, and how texts differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from lusong_analysis.pdf.read import Document, Piece, squeeze

# Tags within a line; everything else is a block of its own.
INLINE = frozenset({"Span", "Link", "Strong", "Em", "Code", "Reference", "Lbl"})


@dataclass(frozen=True)
class Element:
    """A block of tagged text: paragraph, heading, caption, cell."""

    tag: str
    text: str
    page: int


def elements(document: Document) -> Iterator[Element]:
    """The blocks of tagged text in reading order, without the texts inside pictures."""

    def block(piece: Piece) -> tuple[int, str]:
        for number, tag in zip(reversed(piece.elements), reversed(piece.path), strict=True):
            if tag not in INLINE:
                return number, tag
        return 0, ""

    outside = (piece for piece in document.pieces if "Figure" not in piece.path)
    for (_, tag), pieces in groupby(outside, key=block):
        held = list(pieces)
        yield Element(tag, "".join(piece.text for piece in held), held[0].page)


def difference(printed: str, wanted: str) -> str:
    """The printed text from the first character that is not the wanted one."""
    one, other = squeeze(printed), squeeze(wanted)
    start = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return one[max(0, start - 10) :]


def shortened(text: str) -> str:
    """A text for a message."""
    plain = " ".join(text.split())
    return plain if len(plain) <= 80 else plain[:79] + "…"
