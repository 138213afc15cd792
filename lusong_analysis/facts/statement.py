"""A statement: an observation with its source, its indicator and its area; and which of several counts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from lusong_analysis.facts.rows import Area, Indicator, Observation, Source
from lusong_analysis.quantity.interval import Number
from lusong_analysis.quantity.period import bounds
from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.quantity.statement import read
from lusong_analysis.quantity.units import factor

# A lead stands in the file so that somebody may follow it; no reader ever sees it.
LEAD = "D"


@dataclass(frozen=True)
class Statement:
    """What one source printed about one indicator of one area."""

    observation: Observation
    source: Source
    indicator: Indicator
    area: Area

    @cached_property
    def quantity(self) -> Quantity:
        """The statement as a figure [``observation.unit``]."""
        return self.read(self.observation.model_dump())

    def read(self, fields: Mapping[str, str]) -> Quantity:
        """Cells of the statement's row, some of them other than they are, as a figure [``observation.unit``]."""
        return read(fields, self.indicator.noun_en, self.indicator.comparable_with)

    @cached_property
    def published(self) -> datetime.date | None:
        """The day by which it was known; None where the source prints no date."""
        return last_day(self.source.date_published)


def last_day(date: str) -> datetime.date | None:
    """The last day that a full or partial date may mean: 2020-10 is known by 31 October; None for an empty one.

    Raises
    ------
    QuantityError
        The date does not exist.
    """
    return bounds(date)[1] if date else None


def prevailing(statements: Iterable[Statement]) -> Statement:
    """The statement that counts: best grade, then newest, then narrowest interval, then by id.

    The order is total, so that every machine chooses alike.

    Raises
    ------
    ValueError
        There is no statement.
    """
    return min(statements, key=rank)


def rank(statement: Statement) -> tuple[str, int, Number, str]:
    """The place of a statement in the order: grade, day of publication (newest first), width of its interval, key."""
    newest = -statement.published.toordinal() if statement.published else 0
    width = statement.quantity.interval.width * factor(statement.observation.unit)
    return statement.source.grade, newest, width, statement.observation.observation_id
