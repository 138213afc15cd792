"""Pictures: where a source lies, which of its fonts are known, and the call that places it."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, unquote_to_bytes

from lusong_analysis.pdf.source import call, literal

if TYPE_CHECKING:
    from lusong_analysis.pdf.draft import Draft

SUFFIXES = {
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
}
FONT = re.compile(r"""font-family\s*[:=]\s*(?P<family>"[^"]*"|'[^']*'|[^;"'}<>]+(?:'[^']*'[^;"'}<>]*)*)""")
SHORT_FONT = re.compile(r"""[\s";{]font\s*:\s*[^;"}]*?\d(?:px|pt|em|rem|%)(?:/\S+)?\s+(?P<family>[^;"}<>]+)""")
POINTS_A_PIXEL = 0.75


def families(svg: str) -> set[str]:
    """The first font of each list of fonts in an SVG: the one its measures were made with."""
    found = [*FONT.finditer(svg), *SHORT_FONT.finditer(svg)]
    first = (match["family"].strip().strip("\"'").split(",")[0].strip().strip("\"'") for match in found)
    return {family for family in first if family and family != "inherit"}


def decode(value: object, suffix: str) -> bytes:
    """The bytes of a part of a MIME bundle: SVG is text, all else is base64; what is no base64 is empty."""
    text = "".join(value) if isinstance(value, list) else str(value)
    try:
        return text.encode() if suffix == "svg" else base64.b64decode(text)
    except binascii.Error:
        return b""


def find(draft: Draft, source: str, attachments: Mapping[str, Mapping[str, Any]]) -> tuple[bytes, str] | None:
    """Bytes and kind of a picture that HTML or Markdown names; None, with a word to the log, if there is none."""
    try:
        if source.startswith("attachment:"):
            bundle = attachments.get(unquote(source.removeprefix("attachment:")), {})
            for mime, suffix in SUFFIXES.items():
                if mime in bundle:
                    return decode(bundle[mime], suffix), suffix
        elif source.startswith("data:"):
            head, _, body = source.removeprefix("data:").partition(",")
            mime, *options = head.split(";")
            if mime in SUFFIXES:
                data = base64.b64decode(unquote(body)) if "base64" in options else unquote_to_bytes(body)
                return data, SUFFIXES[mime]
        elif draft.folder and "://" not in source:
            file = Path(draft.folder, unquote(source))
            suffix = file.suffix.lower().removeprefix(".").replace("jpeg", "jpg")
            if suffix in SUFFIXES.values() and file.is_file():
                return file.read_bytes(), suffix
    except binascii.Error:
        pass
    message = (
        f"the picture {source[:60]!r} is not in the notebook; attach it to the cell or put the file beside the notebook"
    )
    (draft.problem if draft.strict else draft.warn)(message)
    return None


def picture(draft: Draft, data: bytes, suffix: str, alternative: str) -> str:
    """The image of a picture, which the draft keeps; an SVG that asks for a font that is not here is a problem."""
    if suffix == "svg":
        unknown = sorted(families(data.decode("utf-8", "replace")) - draft.families)
        if unknown:
            known = ", ".join(sorted(draft.families))
            draft.problem(f"the SVG asks for the font {unknown[0]!r}, which is not here; draw it with one of {known}")
    return call("image", literal(draft.file(data, suffix)), alt=literal(alternative))


def block(image: str, width: float | None) -> str:
    """A picture of its own.

    Parameters
    ----------
    image : str
        The Typst of the image.
    width : float or None
        Width at which it is meant to stand [CSS pixels, 96 an inch]; the page may make it narrower.
    """
    return call("picture", image, width=None if width is None else f"{width * POINTS_A_PIXEL:g}pt")
