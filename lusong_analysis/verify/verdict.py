"""What a verification found."""

from __future__ import annotations

from dataclasses import dataclass, field

from lusong_analysis.problem import Problem

FORGED = "The page and its evidence do not belong together; ask the publisher for the file as it was issued."


@dataclass
class Verdict:
    """What was found, and how much was computed again."""

    problems: list[Problem] = field(default_factory=list)
    figures: int = 0
    blocks: dict[str, int] = field(default_factory=dict)

    def wrong(self, place: str, found: str, rule: str) -> None:
        """Note something that does not hold."""
        self.problems.append(Problem(place, found, rule, FORGED))
