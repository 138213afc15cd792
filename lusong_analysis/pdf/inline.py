"""Running text of HTML, turned into Typst: words and spaces, emphasis, links and anchors, pictures within a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from lusong_analysis.pdf import picture
from lusong_analysis.pdf.elements import first_inside
from lusong_analysis.pdf.formula import formula
from lusong_analysis.pdf.source import call, labelled, literal, sequence

if TYPE_CHECKING:
    from bs4 import Tag
    from bs4.element import PageElement

    from lusong_analysis.pdf.draft import Draft

UNSEEN = ["head", "input", "link", "meta", "noscript", "script", "style", "template", "title"]
UNPRINTABLE = ["audio", "canvas", "embed", "iframe", "math", "object", "svg", "video"]
STYLES = {
    **dict.fromkeys(["em", "i", "cite", "dfn", "var"], "emph"),
    **dict.fromkeys(["strong", "b"], "strong"),
    **dict.fromkeys(["del", "s", "strike"], "strike"),
    **dict.fromkeys(["u", "ins"], "underline"),
    **{"sub": "sub", "sup": "super", "mark": "highlight"},
}
CHINESE = "\u3007\u3040-\u30ff\u3400-\u9fff"
BETWEEN_CHINESE = re.compile(rf"(?<=[{CHINESE}，。；：、！？”’）》」])[ \t]*\n\s*(?=[{CHINESE}，。；：、！？“‘（《「])")
SPACE = re.compile(r"[ \t\r\n\f]+")
GAP = call("h", "0.25em", weak="true")
WIDER_GAP = call("h", "0.4em", weak="true")


class Inline:
    """Writes running text, and knows the last character where two pieces meet.

    Parameters
    ----------
    draft : Draft
        The document being written.
    attachments : mapping
        The cell's attachments: name to MIME bundle.
    flow : callable
        Writes what may hold blocks: the notes at the foot of the page.
    """

    def __init__(
        self, draft: Draft, attachments: Mapping[str, Mapping[str, Any]], flow: Callable[[Tag], list[str]]
    ) -> None:
        self.draft, self.attachments, self.flow = draft, attachments, flow
        self.last = ""  # last character of this paragraph
        self.link_ended = False
        self.footnotes: dict[str, Tag] = {}
        self.cited: dict[str, str] = {}

    def paragraph(self, nodes: Iterable[PageElement]) -> list[str]:
        """The nodes of a paragraph, from its start."""
        self.last, self.link_ended = "", False
        statements = self.run(nodes)
        if statements and statements[-1].startswith('"') and statements[-1].endswith(' "'):
            statements[-1] = statements[-1][:-2] + '"'
        return [statement for statement in statements if statement != '""']

    def run(self, nodes: Iterable[PageElement]) -> list[str]:
        """Inline nodes that go on from what was written."""
        from bs4 import Tag
        from bs4.element import PreformattedString

        statements: list[str] = []
        for node in nodes:
            if isinstance(node, Tag):
                statements += self.element(node)
            elif not isinstance(node, PreformattedString):  # comments
                statements += self.text(str(node))
        return statements

    def text(self, text: str) -> list[str]:
        """Text with HTML's white space: runs of it are one space, none at the start, none between Chinese lines."""
        text = BETWEEN_CHINESE.sub("", self.last + text)[len(self.last) :]
        text = SPACE.sub(" ", text)
        if not self.last or self.last == " ":
            text = text.removeprefix(" ")
        if not text:
            return []
        gap = self.link_ended and re.match("[A-Za-z0-9%]", self.last) and re.match(f"[{CHINESE}]", text)
        if self.link_ended and text[0] in "；：":
            text = "\u2060" + text  # a line may end after a box, and begin with these
        self.last, self.link_ended = text[-1], False
        return [GAP, literal(text)] if gap else [literal(text)]

    def element(self, tag: Tag) -> list[str]:
        """One inline element."""
        name = tag.name
        if name in UNSEEN:
            return []
        if name in UNPRINTABLE:
            self.draft.warn(f"<{name}> cannot be printed and is left out")
            return []
        if name == "br":
            self.last = ""
            return ["linebreak()"]
        if name == "img":
            self.last = "x"
            return [call("box", self.picture(tag)[0])]
        if name in ("code", "kbd", "samp", "tt"):
            text = tag.get_text()
            self.last = text[-1:] or self.last
            return [call("raw", literal(text))] if text else []
        if "math" in (tag.get("class") or []):
            self.last = "x"
            return [formula(tag.get_text(), block=False)]
        if "footnote-ref" in (tag.get("class") or []):
            return self.footnote(tag)
        if name == "a":
            return self.link(tag)
        statements = self.run(tag.children)
        if name in STYLES and statements:
            statements = [call(STYLES[name], sequence(statements))]
        language = tag.get("lang")
        if isinstance(language, str) and language and statements:
            statements = [call("foreign", literal(language), sequence(statements))]
        return statements

    def footnote(self, tag: Tag) -> list[str]:
        """A note at the foot of the page; cited again, it is one note."""
        reference = first_inside(tag, "a")
        target = str(reference.get("href")) if reference is not None else ""
        if target in self.cited:
            return [call("footnote", f"label({literal(self.cited[target])})")]
        if target not in self.footnotes:
            return []
        self.draft.footnotes += 1
        self.cited[target] = f"footnote {self.draft.footnotes}"
        before = self.last
        content = self.flow(self.footnotes[target])
        self.last = before
        return [labelled(call("footnote", sequence(content)), self.cited[target])]

    def link(self, tag: Tag) -> list[str]:
        """A link, an anchor, or both; a link around nothing prints the pages of the links to the same place.

        A link's title belongs to the screen.
        """
        name = anchor_name(tag)
        target = str(tag.get("href") or "")
        before = self.last
        statements = self.run(tag.children)
        place = unquote(target[1:]) if target.startswith("#") else ""
        if place:
            self.draft.jumps.append((place, self.draft.cell))
        if place and statements:
            statements = [call("jump", literal(place), sequence(statements))]
            first = tag.get_text().strip()[:1]
            if re.match(f"[{CHINESE}]", before) and re.match("[A-Za-z0-9]", first):
                statements.insert(0, GAP)  # what stands unbroken in a box loses Typst's own space between the scripts
            self.link_ended = True
        elif place and not name:
            self.draft.entries.append(place)
            self.last = "9"
            return [call("pages", literal(place))]
        elif re.match(r"(?:https?|mailto|tel|ftp):", target) and statements:
            statements = [call("link", literal(target), sequence(statements))]
        if not name:
            return statements
        label = self.draft.anchor(name)
        if label is None:
            self.draft.warn(f"the anchor {name!r} stands here again; links go to the first")
            return statements
        level = str(self.draft.below())
        if statements:
            return [call("anchor", literal(label), level, sequence(statements))]
        self.last = name[-1]
        return [call("anchor", literal(label), level, literal(name)), WIDER_GAP]

    def picture(self, tag: Tag) -> tuple[str, float | None]:
        """A picture (attachment of the cell, data address, or file beside the notebook) and its width [pixels]."""
        alternative = self.draft.alternative(tag.get("alt"), "图片", "picture")
        found = picture.find(self.draft, str(tag.get("src") or ""), self.attachments)
        if found is None:
            return call("text", literal(f"[{alternative}]")), None
        pixels = str(tag.get("width") or "").removesuffix("px")
        width = float(pixels) if re.fullmatch(r"\d+(\.\d+)?", pixels) else None
        return picture.picture(self.draft, *found, alternative), width


def anchor_name(tag: Tag) -> str:
    """The name under which a link finds this anchor, or an empty string."""
    return str(tag.get("id") or tag.get("name") or "")
