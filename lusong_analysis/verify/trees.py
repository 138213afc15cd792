"""Where two lists, or two trees of JSON, do not go together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from lusong_analysis.quantity.quantity import identity


def unequal(
    one: Sequence[Any], other: Sequence[Any], key: Callable[[Any], str] = identity
) -> Iterator[tuple[Any, Any]]:
    """The members of two lists that do not go together, in pairs; None where one list has none."""
    matcher = SequenceMatcher(None, [key(member) for member in one], [key(member) for member in other], autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind != "equal":
            yield from zip_longest(one[start:end], other[first:last])


def differences(one: Any, other: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    """The leaves in which two JSON trees differ, each with its path; None where a tree has none."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in sorted({*one, *other}):
            yield from differences(one.get(key), other.get(key), f"{path}, {key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (first, second) in enumerate(zip(one, other, strict=True), start=1):
            yield from differences(first, second, f"{path} {number}")
    elif one != other:
        yield path, one, other
