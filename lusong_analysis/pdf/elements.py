"""Elements of a piece of HTML by name and class. bs4's own searches build filters, which takes longer than they do."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import Tag


def inside(tag: Tag) -> Iterator[Tag]:
    """All elements inside of one, as they stand."""
    from bs4 import Tag

    return (node for node in tag.descendants if isinstance(node, Tag))


def all_inside(tag: Tag, *names: str, classes: Collection[str] = ()) -> list[Tag]:
    """The elements inside of one, of these names and with one of these classes; of any where none is given."""
    return [
        node
        for node in inside(tag)
        if (not names or node.name in names)
        and (not classes or any(name in classes for name in node.get("class") or ()))
    ]


def first_inside(tag: Tag, *names: str) -> Tag | None:
    """The first element of one of these names inside of one."""
    return next((node for node in inside(tag) if node.name in names), None)


def children(tag: Tag, *names: str) -> list[Tag]:
    """The elements that stand directly in one, of these names, or all."""
    from bs4 import Tag

    return [node for node in tag.children if isinstance(node, Tag) and (not names or node.name in names)]
