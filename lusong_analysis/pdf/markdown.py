"""Markdown as JupyterLab reads it, turned into a tree of HTML."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bs4 import Tag
    from markdown_it import MarkdownIt


def formula(latex: str, options: dict[str, Any]) -> str:
    """The formula's LaTeX, kept as it is written."""
    return escape(latex)


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables, footnotes, tasks, definitions and formulas, and emphasis that works in Chinese."""
    from markdown_it import MarkdownIt
    from mdit_py_cjk_friendly import cjk_friendly
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.tasklists import tasklists_plugin

    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    reader.use(footnote_plugin).use(tasklists_plugin).use(deflist_plugin).use(cjk_friendly)
    return reader.use(dollarmath_plugin, allow_space=False, double_inline=True, renderer=formula)


def parse_html(html: str) -> Tag:
    """The body of a piece of HTML, repaired where its tags do not match."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(f"<body>{html}</body>", "lxml")
    assert soup.body is not None
    return soup.body


def parse_markdown(text: str) -> Tag:
    """The body of the HTML that the Markdown means, raw HTML included."""
    return parse_html(parser().render(text))
