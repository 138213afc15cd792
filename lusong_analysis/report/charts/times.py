"""The year axis: where a period lies, and which years are named."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lusong_analysis.quantity.period import bounds
from lusong_analysis.quantity.period import period as period_of
from lusong_analysis.report.charts import marks
from lusong_analysis.report.charts.names import Point
from lusong_analysis.report.drawing import GREY, Pen
from lusong_analysis.report.text import Text
from lusong_analysis.report.words import rows_of

NAME = 30.0  # the width of a named year [pt]
TICK = 16.0  # the height of the named years under the axis [pt]


@dataclass(frozen=True)
class Years:
    """Calendar years along a picture: each has a slot of one width [pt]."""

    first: int
    last: int
    start: float
    end: float

    @property
    def slot(self) -> float:
        """The width of a year [pt]."""
        return (self.end - self.start) / (self.last - self.first + 1)

    def at(self, day: datetime.date) -> float:
        """Where a day lies [pt]."""
        of_year = (day - datetime.date(day.year, 1, 1)).days / 365.25
        return self.start + (day.year - self.first + of_year) * self.slot

    def span(self, code: str) -> tuple[float, float]:
        """Where a period begins and ends [pt]."""
        first, last = bounds(code)
        return self.at(first), self.at(last + datetime.timedelta(days=1))


def date_of(pen: Pen, point: Point) -> str:
    """The period of a figure, or the day it was printed; empty where neither is stated."""
    if point.period.code:
        return point.period.code
    package = pen.speaker.package
    dates = [package.sources[row.source_id].date_published for row in rows_of(package, point.quantity)]
    return max(dates, default="")


def years_of(codes: Iterable[str], start: float, end: float) -> Years:
    """The axis that holds some periods."""
    days = [day for code in codes if code for day in bounds(code)]
    first, last = min(days).year, max(days).year
    # The name of a year may be wider than its slot.
    inset = max(0.0, NAME / 2 - (end - start) / (last - first + 1) / 2)
    return Years(first, last, start + inset, end - inset)


def name_years(axes: Any, pen: Pen, years: Years, y: float) -> None:
    """Name the years under an axis, as many as there is room for, counted back from the last one."""
    marks.line(axes, [years.start, years.end], [y, y], GREY, 0.8)
    texts = {
        year: Text("{year}", "{year}", {"year": period_of(str(year))}) for year in range(years.first, years.last + 1)
    }
    width = max(pen.room(axes, text)[0] for text in texts.values()) + 6
    every = math.ceil(width / years.slot)
    for year, text in texts.items():
        if (years.last - year) % every == 0:
            pen.write(axes, years.start + (year - years.first + 0.5) * years.slot, y + 4, text, ha="center", va="top")
