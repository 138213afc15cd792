"""What is wrong, where, what was found and what to do: errors as data, for people."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from lusong_analysis.box import Boxed


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong.

    Parameters
    ----------
    place : str
        Where: file, row and column of a table, or notebook, cell and language.
    found : str
        What stands there.
    rule : str
        The rule it breaks, as a statement.
    todo : str
        What to do about it, with did-you-mean where a name is near.
    """

    place: str
    found: str
    rule: str
    todo: str

    def __str__(self) -> str:
        return f"{self.place}: found {self.found!r}. {self.rule} {self.todo}".rstrip()


class Refused(Boxed):
    """Work that was refused before it began, with every reason at once."""

    kind = "a name, a parameter or the data is wrong"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint for a name that is near a known one, or an empty string."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"Did you mean {near[0]!r}?" if near else ""
