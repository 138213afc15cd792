"""Outputs of a code cell, turned into Typst: the best part of each bundle, with caption, note, aside and block."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lusong_analysis.pdf import picture
from lusong_analysis.pdf.elements import all_inside, first_inside
from lusong_analysis.pdf.formula import formula
from lusong_analysis.pdf.html import Writer
from lusong_analysis.pdf.inline import UNSEEN
from lusong_analysis.pdf.markdown import parse_html, parse_markdown
from lusong_analysis.pdf.picture import SUFFIXES, decode
from lusong_analysis.pdf.source import call, literal, raw, sequence, terminal

if TYPE_CHECKING:
    from lusong_analysis.pdf.draft import Draft

PRIORITY = (
    "text/x-typst",
    "image/svg+xml",
    "image/png",
    "image/jpeg",
    "text/html",
    "text/latex",
    "text/markdown",
    "text/plain",
)


def output(draft: Draft, found: Mapping[str, Any]) -> list[str]:
    """One output of the current cell."""
    kind = found["output_type"]
    if kind == "stream":
        text = terminal(joined(found["text"]))
        return [call("stream", raw(text), name=literal(found["name"]))] if text else []
    if kind == "error":
        trace = terminal("\n".join(found["traceback"]))
        return [call("failure", literal(found["ename"]), literal(found["evalue"]), raw(trace))]
    metadata = found.get("metadata", {})
    parts = {mime: part for mime, part in found.get("data", {}).items() if not attached(draft, mime, part, metadata)}
    statements = bundle(draft, parts, metadata)
    note = text_in(metadata, "note")
    if note and statements:
        statements = [call("noted", sequence(Writer(draft).write(parse_markdown(note))), sequence(statements))]
    aside = text_in(metadata, "aside")
    if aside and statements:
        statements = [call("aside", sequence(Writer(draft).write(parse_markdown(aside))), sequence(statements))]
    block = text_in(metadata, "block")
    if not block or not statements:
        return statements
    draft.blocks += 1
    return [call("styled", str(draft.blocks), literal(block), sequence(statements))]


def joined(text: object) -> str:
    """Text of a notebook file, which may be a list of lines."""
    return "".join(text) if isinstance(text, list) else str(text)


def text_in(metadata: Mapping[str, Any], key: str) -> str:
    """A text in the metadata, or an empty string."""
    value = metadata.get(key)
    return value if isinstance(value, str) else ""


def of_part(metadata: Mapping[str, Any], mime: str) -> Mapping[str, Any]:
    """The metadata of one part of the bundle."""
    value = metadata.get(mime)
    return value if isinstance(value, Mapping) else {}


def marked(draft: Draft, text: str) -> str:
    """A caption in Markdown, as inline content."""
    return sequence(Writer(draft).flow(parse_markdown(text)))


def attached(draft: Draft, mime: str, part: object, metadata: Mapping[str, Any]) -> bool:
    """Whether the part is to be attached; if so, keep it: JSON with sorted keys, text as it is, all else as bytes."""
    told = of_part(metadata, mime)
    name = text_in(told, "attachment")
    if not name:
        return False
    if mime.endswith("json") or not isinstance(part, str | list):
        data = json.dumps(part, ensure_ascii=False, sort_keys=True, indent=1).encode()
    else:
        data = decode(part, "svg" if mime.startswith("text/") or mime.endswith("xml") else "")
    if name in draft.attachments:
        draft.problem(f"{name!r} is attached a second time; give this attachment another name")
    path = f"read({literal(draft.file(data, 'bin'))}, encoding: none)"
    draft.attachments[name] = call(
        "pdf.attach",
        literal(name),
        path,
        relationship=literal("data"),
        mime_type=literal(mime),
        description=literal(text_in(told, "description") or name),
    )
    return True


def bundle(draft: Draft, parts: Mapping[str, Any], metadata: Mapping[str, Any]) -> list[str]:
    """The best part of a bundle that prints something."""
    for mime in PRIORITY:
        if mime in parts and (statements := part_of(draft, mime, parts, metadata)):
            return statements
    if parts and "text/plain" not in parts:
        draft.warn(f"an output has no form that can be printed, only {', '.join(sorted(parts))}; it is left out")
    return []


def part_of(draft: Draft, mime: str, parts: Mapping[str, Any], metadata: Mapping[str, Any]) -> list[str]:
    """One part of a bundle, or nothing where the next one serves better."""
    if mime in SUFFIXES:
        return [pictured(draft, mime, parts[mime], metadata)]
    text = joined(parts[mime])
    if not text.strip():
        return []
    if mime == "text/x-typst":
        return [call("eval", literal(text), mode=literal("markup"), scope="own")]
    if mime == "text/latex":
        return [formula(text, block=True)]
    if mime == "text/markdown":
        return Writer(draft).write(parse_markdown(text))
    if mime == "text/html":
        return hypertext(draft, text, parts, metadata)
    return [call("stream", raw(terminal(text)), name=literal("result"))]


def pictured(draft: Draft, mime: str, part: object, metadata: Mapping[str, Any]) -> str:
    """A picture with its alternative text and caption."""
    told = of_part(metadata, mime)
    alternative = draft.alternative(told.get("alt") or metadata.get("alt"), "输出", "output")
    width = told.get("width")
    wide = float(width) if isinstance(width, int | float) else None
    content = picture.block(picture.picture(draft, decode(part, SUFFIXES[mime]), SUFFIXES[mime], alternative), wide)
    caption = text_in(metadata, "caption")
    return call("figure", content, kind="image", caption=marked(draft, caption)) if caption else content


def hypertext(draft: Draft, text: str, parts: Mapping[str, Any], metadata: Mapping[str, Any]) -> list[str]:
    """HTML if it holds a table, or if the bundle's plain text is only a name in angle brackets."""
    body = parse_html(text)
    held = first_inside(body, "table")
    plain = joined(parts.get("text/plain", "")).strip()
    if held is None and not plain.startswith("<") and any(joined(parts.get(mime, "")).strip() for mime in PRIORITY[5:]):
        return []
    for unseen in all_inside(body, *UNSEEN):
        unseen.decompose()
    caption = text_in(metadata, "caption")
    if caption and held is not None and first_inside(held, "caption") is None:
        told = first_inside(parse_markdown(caption), "p")
        if told is not None:
            told.name = "caption"
            held.insert(0, told)
    return Writer(draft).write(body)
