"""Typesetting: a manuscript becomes a PDF, or one sentence that says which cell stands in the way."""

from __future__ import annotations

import contextlib
import datetime
import io
import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from lusong_analysis.pdf.draft import ExportError
from lusong_analysis.pdf.links import lead

if TYPE_CHECKING:
    from lusong_analysis.pdf.document import Manuscript

HERE = Path(__file__).parent
ROUNDS = 12  # of setting pages again; a report of many pages needs three to six
LINE = re.compile(r"main\.typ:(\d+):\d+")
OTHER_LINE = re.compile(r"\b((?!main\b)\w+\.typ):(\d+):\d+")
UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
CODE_POINT = re.compile(r"\\u\{([0-9a-f]+)\}")


@cache
def fonts() -> Any:
    """Our fonts, and those inside Typst for formulas and code; no font of the machine."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(HERE / "fonts")])


def families() -> frozenset[str]:
    """Names of the fonts that text may be set in."""
    return frozenset(fonts().families())


def typeset(manuscript: Manuscript, template: str = "") -> tuple[bytes, bool]:
    """The PDF, tagged, PDF/UA-1 and PDF/A-3a; the same bytes for the same manuscript.

    A template that must know how its pages came out says so in metadata labelled <settle>. The values are in
    /settled.json when the pages are set again, until they are the same.

    Parameters
    ----------
    manuscript : Manuscript
        The source and the files it reads.
    template : str
        Source of a template that goes before the plain page, or an empty string.

    Returns
    -------
    tuple
        The PDF's bytes, and whether its pages came out as they were when they were last set.

    Raises
    ------
    ExportError
        For an error or a warning of Typst, with the cell it comes from, and for a link without its place.
    """
    import typst

    midnight = datetime.datetime.combine(manuscript.date, datetime.time(), datetime.UTC)
    with TemporaryDirectory() as name:
        folder = Path(name)
        for path, data in manuscript.files.items():
            (folder / path.removeprefix("/")).write_bytes(data)
        for file in HERE.glob("*.typ"):
            (folder / file.name).write_text(file.read_text("utf-8"), "utf-8")
        (folder / "main.typ").write_text(manuscript.text, "utf-8")
        if template:
            (folder / "template.typ").write_text(template, "utf-8")
        settled, found = "", "[]"
        with contextlib.suppress(RuntimeError):  # what is wrong is said better when it is compiled
            for _ in range(ROUNDS):
                if found == settled:
                    break
                settled = found
                (folder / "settled.json").write_text(settled, "utf-8")
                found = typst.query(str(folder / "main.typ"), "<settle>", field="value", root=name, font_paths=fonts())
        try:
            data, warnings = typst.compile_with_warnings(
                str(folder / "main.typ"),
                root=name,
                font_paths=fonts(),
                pdf_standards=["a-3a", "ua-1"],
                timestamp=int(midnight.timestamp()),
            )
        except typst.TypstError as error:
            raise ExportError([explain(manuscript, error)]) from None
    if warnings:
        raise ExportError(dict.fromkeys(explain(manuscript, warning) for warning in warnings))
    return packed(bytes(data)), found == settled


def packed(data: bytes) -> bytes:
    """The same document, its links led to their places, its objects in compressed streams, as PDF/A-3 allows.

    The streams take half the size of a tagged file.
    """
    import pikepdf

    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        lead(pdf)
        pdf.save(saved, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return saved.getvalue()


def explain(manuscript: Manuscript, error: Any) -> str:
    """One sentence: the cell, what Typst found, what to do."""
    message = " ".join(str(error.message).split())
    unshown = UNSHOWN.search(error.message)
    if unshown:
        text = CODE_POINT.sub(lambda code: chr(int(code[1], 16)), unshown[1])
        message = f"no font here has the character {text!r}; write it in another way"
        where = holding(manuscript, text)
    else:
        where = place(manuscript, "\n".join([error.diagnostic, *error.trace]))
        message = "; ".join([message, *error.hints])
    return f"{where or 'the document'}: {message}"


def place(manuscript: Manuscript, diagnostic: str) -> str:
    """The cell, or the line of the template, that a diagnostic points at."""
    for line in LINE.findall(diagnostic):
        cell = manuscript.cells[int(line) - 1]
        if cell is not None:
            return str(cell)
    other = OTHER_LINE.search(diagnostic)
    return f"{other[1]}, line {other[2]}" if other else ""


def holding(manuscript: Manuscript, text: str) -> str:
    """The first cell with this text, in its own words or inside a picture: Typst does not say where a string stood."""
    pictures = [path for path, data in manuscript.files.items() if path.endswith("svg") and text.encode() in data]
    for cell, line in zip(manuscript.cells, manuscript.text.split("\n"), strict=False):
        if cell is not None and any(sought in line for sought in (text, *pictures)):
            return str(cell)
    return ""
