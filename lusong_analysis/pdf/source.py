"""Typst source: how text, calls and sequences are written so that no text is ever taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
LONG_WORD = re.compile(r"[!-~]{60,}")


def literal(text: str) -> str:
    """The text as a Typst string; control characters, which print nothing, are left out."""
    return '"' + "".join(ESCAPES.get(character, character) for character in CONTROL.sub("", text)) + '"'


def sequence(statements: Iterable[str]) -> str:
    """Several pieces of content as one."""
    pieces = [statement for statement in statements if statement]
    if not pieces:
        return "[]"
    return pieces[0] if len(pieces) == 1 else "{" + "; ".join(pieces) + "}"


def call(function: str, *arguments: str, **named: str | None) -> str:
    """A call; named arguments that are None are left out, underscores become Typst's hyphens."""
    options = [f"{name.replace('_', '-')}: {value}" for name, value in named.items() if value is not None]
    return f"{function}({', '.join([*options, *arguments])})"


def array(items: Iterable[str]) -> str:
    """A Typst array, also of one item or none."""
    return "(" + "".join(f"{item}, " for item in items) + ")"


def dictionary(entries: Iterable[tuple[str, str]]) -> str:
    """A Typst dictionary, also of no entry; the keys are texts, the values Typst."""
    return "(" + (", ".join(f"{literal(key)}: {value}" for key, value in entries) or ":") + ")"


def labelled(content: str, name: str) -> str:
    """Content with a label; only on a heading does it become a named destination of the PDF."""
    return f"[#{content}#label({literal(name)})]"


def raw(text: str) -> str:
    """Preformatted text. Words too long for a line may break every eight characters (U+200B, which prints nothing)."""
    text = LONG_WORD.sub(lambda word: re.sub(r"(.{8})", "\\1\u200b", word[0]), text)
    lines = [
        line or " " for line in text.split("\n")
    ]  # a line of nothing would be an empty paragraph to a screen reader
    return call("raw", literal("\n".join(lines)), block="true")


def terminal(text: str) -> str:
    """Text as a terminal leaves it: no colour codes, and of a line rewritten in place only its last state."""
    lines = ANSI.sub("", text).split("\n")
    return "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in lines).strip("\n")
