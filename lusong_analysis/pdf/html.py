"""HTML as notebooks hold it, turned into Typst: paragraphs, headings, lists, links and anchors, pictures, formulas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from lusong_analysis.pdf import picture, table
from lusong_analysis.pdf.elements import all_inside, children, first_inside, inside
from lusong_analysis.pdf.formula import formula
from lusong_analysis.pdf.inline import UNSEEN, Inline, anchor_name
from lusong_analysis.pdf.source import array, call, labelled, literal, raw, sequence

if TYPE_CHECKING:
    from bs4 import Tag
    from bs4.element import PageElement

    from lusong_analysis.pdf.draft import Draft

HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
BLOCKS = [
    *["address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt", "fieldset"],
    *["figcaption", "figure", "footer", "form", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"],
    *["summary", "table", "ul", *HEADINGS],
]


def text_of(node: Tag) -> str:
    """The visible text of a piece of HTML, white space collapsed."""
    return " ".join(node.get_text().split())


class Writer:
    """Writes the HTML of one cell into a draft.

    Parameters
    ----------
    draft : Draft
        The document being written.
    attachments : mapping
        The cell's attachments: name to MIME bundle.
    """

    def __init__(self, draft: Draft, attachments: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        self.draft = draft
        self.line = Inline(draft, attachments or {}, self.flow)
        self.waiting: list[str] = []  # anchors for the next heading

    def write(self, body: Tag) -> list[str]:
        """The Typst of a whole piece of HTML, a statement a block."""
        for section in all_inside(body, "section", classes=["footnotes"]):
            for item in all_inside(section, "li", classes=["footnote-item"]):
                for back in all_inside(item, "a", classes=["footnote-backref"]):
                    back.decompose()
                self.line.footnotes[f"#{item['id']}"] = item
            section.extract()
        for rule in all_inside(body, "hr", classes=["footnotes-sep"]):
            rule.decompose()
        return self.blocks(body)

    def blocks(self, node: Tag, loose: bool = True) -> list[str]:
        """The children of a node; text between blocks becomes paragraphs, or plain text if it need not be loose."""
        from bs4 import Tag

        statements: list[str] = []
        run: list[PageElement] = []
        for child in node.children:
            if isinstance(child, Tag) and (child.name in BLOCKS or first_inside(child, *BLOCKS)):
                statements += self.paragraph(run, loose, before=child)
                statements += self.block(child)
                run = []
            else:
                run.append(child)
        return statements + self.paragraph(run, loose, before=next_tag(node) if node.name == "p" else None)

    def paragraph(self, run: Iterable[PageElement], loose: bool, before: Tag | None = None) -> list[str]:
        """Inline nodes as a paragraph; pictures alone are blocks, empty anchors alone name the heading that follows."""
        from bs4 import Tag
        from bs4.element import PreformattedString

        seen = [
            node
            for node in run
            if not isinstance(node, PreformattedString) and (isinstance(node, Tag) or str(node).strip())
        ]
        if seen and all(isinstance(node, Tag) and node.name == "img" for node in seen):
            return [picture.block(*self.line.picture(node)) for node in seen if isinstance(node, Tag)]
        if before is not None and before.name in HEADINGS and seen and all(is_empty_anchor(node) for node in seen):
            self.waiting += [anchor_name(node) for node in seen if isinstance(node, Tag)]
            return []
        statements = self.line.paragraph(run)
        if not loose:
            return statements
        return [call("par", sequence(statements))] if statements else []

    def block(self, tag: Tag) -> list[str]:
        """One block element."""
        return self.in_its_language(tag, self.one_block(tag))

    def one_block(self, tag: Tag) -> list[str]:
        """One block element, its own language left aside."""
        name = tag.name
        if name in UNSEEN:
            return []
        if name in HEADINGS:
            return self.heading(tag)
        if name in ("ul", "ol"):
            return self.items(tag)
        if name == "dl":
            return self.terms(tag)
        if name == "blockquote":
            return [call("quote", sequence(self.blocks(tag)), block="true")]
        if name == "pre":
            return [call("listing", raw(tag.get_text().strip("\n")))]
        if name == "hr":
            return ["divider()"]
        if name == "table":
            return table.table(self, tag)
        if name == "figure":
            return self.figure(tag)
        if name == "summary":
            return [call("par", call("strong", sequence(self.line.paragraph(tag.children))))]
        if "math" in (tag.get("class") or []):
            return [formula(tag.get_text(), block=True)]
        return self.blocks(tag)

    def heading(self, tag: Tag) -> list[str]:
        """A heading; the first one of level 1 becomes the document's title and stands at its head."""
        own = []
        for anchor in [anchor for anchor in all_inside(tag, "a") if anchor_name(anchor)]:
            own.append(anchor_name(anchor))
            anchor.attrs = {"href": anchor["href"]} if anchor.get("href") else {}
        text = text_of(tag)
        statements = self.line.paragraph(tag.children)
        if not statements or not text:
            return []
        names = [*self.waiting, *own, str(tag.get("id") or ""), text.replace(" ", "-"), text]
        self.waiting = []
        label = self.draft.anchor(*names)
        is_title = tag.name == "h1" and not self.draft.title
        if is_title:
            self.draft.levels = [(1, 1)]
        level = 1 if is_title else self.draft.level(int(tag.name[1]))
        content = call("heading", sequence(statements), level=str(level))
        if label:
            content = labelled(content, label)
        if is_title:
            self.draft.title, self.draft.title_text, self.draft.title_cell = content, text, self.draft.cell
            return []
        return [content]

    def items(self, tag: Tag) -> list[str]:
        """A list, numbered or not; tasks carry their box as the item's mark."""
        items = children(tag, "li")
        loose = any(children(item, "p") for item in items)
        bodies = [sequence(self.blocks(item, loose=loose)) for item in items]
        tight = None if not loose else "false"
        if not bodies:
            return []
        boxes = [[box for box in all_inside(item, "input") if box.get("type") == "checkbox"] for item in items]
        if any(boxes):
            marks = array(literal("•" if not box else "☑" if box[0].has_attr("checked") else "☐") for box in boxes)
            return [call("enum", *bodies, tight=tight, numbering=f"number => task({marks}.at(number - 1))")]
        if tag.name == "ul":
            return [call("list", *bodies, tight=tight)]
        start = str(tag.get("start") or "")
        return [call("enum", *bodies, tight=tight, start=start if start.isdecimal() else None)]

    def terms(self, tag: Tag) -> list[str]:
        """A list of terms and what they mean."""
        items: list[str] = []
        term, meanings = "[]", []
        for child in [*all_inside(tag, "dt", "dd"), None]:
            if child is not None and child.name == "dd":
                meanings += self.blocks(child, loose=first_inside(child, *BLOCKS) is not None)
                continue
            if meanings:
                items.append(call("terms.item", term, sequence(meanings)))
            if child is not None:
                term, meanings = sequence(self.line.paragraph(child.children)), []
        return [call("terms", *items)] if items else []

    def figure(self, tag: Tag) -> list[str]:
        """A figure; its caption is the table's where it holds a table."""
        caption, held = first_inside(tag, "figcaption"), first_inside(tag, "table")
        if caption is None:
            return self.blocks(tag)
        caption.extract()
        if held is None:
            body = sequence(self.blocks(tag))
            return [call("figure", body, kind="image", caption=sequence(self.line.paragraph(caption.children)))]
        if first_inside(held, "caption") is None:
            caption.name = "caption"
            held.insert(0, caption)
        return self.blocks(tag)

    def flow(self, tag: Tag) -> list[str]:
        """What stands in a cell, an item or a note: plain text, or blocks where it holds some."""
        held = list(inside(tag))
        only = [node for node in held if node.parent is tag]
        if len(only) == 1 and only[0].name == "p" and text_of(tag) == text_of(only[0]):
            statements = self.line.paragraph(only[0].children)
        else:
            statements = (
                self.blocks(tag) if any(node.name in BLOCKS for node in held) else self.line.paragraph(tag.children)
            )
        return self.in_its_language(tag, statements)

    def in_its_language(self, tag: Tag, statements: list[str]) -> list[str]:
        """The statements in the language that the tag gives, if it gives one."""
        language = tag.get("lang")
        if isinstance(language, str) and language and statements:
            return [call("foreign", literal(language), sequence(statements))]
        return statements


def next_tag(node: Tag) -> Tag | None:
    """The element after this one."""
    from bs4 import Tag

    following = node.find_next_sibling()
    return following if isinstance(following, Tag) else None


def is_empty_anchor(node: PageElement) -> bool:
    """Whether this is an anchor around nothing."""
    from bs4 import Tag

    return isinstance(node, Tag) and node.name == "a" and bool(anchor_name(node)) and not node.get_text().strip()
