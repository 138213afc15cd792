"""The sections of a tagged text: each heading with the figures that are linked under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lusong_analysis.pdf.read import Document, Piece, squeeze
from lusong_analysis.report import appendix

HEADING = re.compile(r"H[1-6]")
FIGURE = re.compile(r"E[1-9]\d*")
ENTRY = re.compile(r"E[1-9]\d*|\[[1-9]\d*\]")


@dataclass(frozen=True)
class Section:
    """A heading, its level, and the numbers of the figures that are linked in it and under it."""

    level: int
    heading: str
    figures: frozenset[str]

    def __str__(self) -> str:
        return f"“{self.heading}”" if self.level else "above the title"


def sections(document: Document, language: str) -> tuple[list[Section], list[str]]:
    """The sections before the appendix, first what stands above every heading, and the appendix' entries in order."""
    parts: list[list[Piece]] = [[]]
    begun = 0
    for piece in document.pieces:
        heading = _heading(piece)
        if heading not in (0, begun):
            begun = heading
            parts.append([])
        parts[-1].append(piece)
    found = [_section(pieces) for pieces in parts]
    title = squeeze(appendix.HEADING[language])
    end = next((place for place, one in enumerate(found) if one.level == 2 and squeeze(one.heading) == title), None)
    entries = [squeeze(one.heading) for one in found[end:]] if end is not None else []
    return found[:end], [name for name in entries if ENTRY.fullmatch(name)]


def _heading(piece: Piece) -> int:
    """The number of the heading that a piece belongs to, or 0."""
    named = zip(piece.path, piece.elements, strict=True)
    return next((number for tag, number in named if HEADING.fullmatch(tag)), 0)


def _section(pieces: Sequence[Piece]) -> Section:
    title = [piece for piece in pieces if _heading(piece)]
    tags = [tag for piece in title[:1] for tag in piece.path if HEADING.fullmatch(tag)]
    linked = {piece.target for piece in pieces if "Link" in piece.path and FIGURE.fullmatch(piece.target or "")}
    return Section(
        level=int(tags[0][1:]) if tags else 0,
        heading=" ".join(" ".join(piece.text for piece in title).split()),
        figures=frozenset(filter(None, linked)),
    )
