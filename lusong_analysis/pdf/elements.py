"""Elements of a piece of HTML by name and class. bs4's own searches build filters, which takes longer than they do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import Tag


def inside(tag: Tag) -> Iterator[Tag]:
    """All elements inside of one, as they stand."""
    from bs4 import Tag

    return (node for node in tag.descendants if isinstance(node, Tag))


def children(tag: Tag, *names: str) -> list[Tag]:
    """The elements that stand directly in one, of these names, or all."""
    from bs4 import Tag

    return [node for node in tag.children if isinstance(node, Tag) and (not names or node.name in names)]


def named(tag: Tag, names: Iterable[str]) -> list[Tag]:
    """All elements of some names inside of one."""
    return [node for node in inside(tag) if node.name in names]


def first(tag: Tag, *names: str) -> Tag | None:
    """The first element of one of some names inside of one."""
    return next((node for node in inside(tag) if node.name in names), None)


def classed(tag: Tag, *classes: str) -> list[Tag]:
    """All elements of one of some classes inside of one."""
    return [node for node in inside(tag) if not set(classes).isdisjoint(node.get("class") or ())]
