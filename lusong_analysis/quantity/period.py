"""When something was true: SDMX and ISO 8601 periods, and how they read."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from lusong_analysis.quantity.error import QuantityError

Formula = dict[str, Any]

_PATTERN = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-(?:Q(?P<quarter>[1-4])|S(?P<half>[12])|(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d{2}))?))?"
    r"(?:/P(?P<length>[1-9]\d*)(?P<unit>[DMY]))?"
)
_MONTHS = tuple(calendar.month_name)
_QUARTERS = ("一", "二", "三", "四")
_ORDINALS = ("first", "second", "third", "fourth")
UNSTATED = {"zh": "时间未载明", "en": "no date stated"}
FIRST_UNSTATED = {"zh": "时间未载明", "en": "an unstated year"}


@dataclass(frozen=True)
class Period:
    """A period by its code, with the formula it comes from (a statement's own time, or a parameter).

    The code is empty where the source gives no time.
    """

    code: str
    formula: Formula

    @property
    def year(self) -> int:
        """The calendar year.

        Raises
        ------
        QuantityError
            The period is no whole calendar year.
        """
        if not re.fullmatch(r"\d{4}", self.code):
            msg = f"{self.code or 'an empty period'!r} is no whole year, and only years can be counted"
            raise QuantityError(msg)
        return int(self.code)

    @property
    def years(self) -> Fraction:
        """The length of the period [年]: 1/2 for a half-year.

        Raises
        ------
        QuantityError
            The period is no whole number of months.
        """
        first, last = bounds(self.code)
        end = last + datetime.timedelta(days=1)
        if first.day != 1 or end.day != 1:
            msg = f"{self.code!r} is no whole number of months"
            raise QuantityError(msg)
        return Fraction((end.year - first.year) * 12 + end.month - first.month, 12)

    def _repr_html_(self) -> str:
        from lusong_analysis.quantity.display import period_html

        return period_html(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        from lusong_analysis.quantity.display import period_line

        printer.text(period_line(self))


def period(code: str) -> Period:
    """The period of a statement."""
    return Period(code, {"period": code})


@lru_cache(maxsize=1024)
def bounds(code: str) -> tuple[datetime.date, datetime.date]:
    """First and last day of a period; a partial date (2020, 2020-10) spans all it may mean.

    Raises
    ------
    QuantityError
        The code is no period, or no such day exists.
    """
    match = _PATTERN.fullmatch(code)
    if match is None:
        msg = f"{code!r} is no period; write 2019, 2020-Q1, 2020-S1, 2020-09, 2020-09-24 or 2025-01-01/P9M"
        raise QuantityError(msg)
    part = match.groupdict()
    year = int(part["year"])
    quarter, half, month = (int(part[name] or 0) for name in ("quarter", "half", "month"))
    try:
        first_month, last_month = (
            (quarter * 3 - 2, quarter * 3)
            if quarter
            else (half * 6 - 5, half * 6)
            if half
            else (month or 1, month or 12)
        )
        if part["day"]:
            first = last = datetime.date(year, month, int(part["day"]))
        else:
            first = datetime.date(year, first_month, 1)
            last = datetime.date(year, last_month, calendar.monthrange(year, last_month)[1])
        if part["length"]:
            last = _after(first, int(part["length"]), part["unit"]) - datetime.timedelta(days=1)
    except ValueError as error:
        msg = f"{code!r} is no period: {error}"
        raise QuantityError(msg) from None
    return first, last


def _after(first: datetime.date, length: int, unit: str) -> datetime.date:
    if unit == "D":
        return first + datetime.timedelta(days=length)
    months = first.month - 1 + length * (12 if unit == "Y" else 1)
    return first.replace(year=first.year + months // 12, month=months % 12 + 1)


def words(code: str, language: str, *, first: bool = False) -> str:
    """How a period reads in a sentence: 2020年上半年, the first half of 2020; an empty one says that none is stated.

    ``first`` is of the first editions, which said so in other words.
    """
    if not code:
        return (FIRST_UNSTATED if first else UNSTATED)[language]
    days = bounds(code)
    return _chinese(code, *days) if language == "zh" else _english(code, *days)


def _chinese(code: str, first: datetime.date, last: datetime.date) -> str:
    year = f"{first.year}年"
    if "Q" in code:
        return f"{year}第{_QUARTERS[(first.month - 1) // 3]}季度"
    if "S" in code:
        return year + ("上半年" if first.month == 1 else "下半年")
    if code.endswith("D"):
        start = f"{year}{first.month}月{first.day}"
        same = (first.year, first.month) == (last.year, last.month)
        return f"{start}—{last.day}日" if same else f"{start}日—{_day(last, first.year)}"
    if code.endswith("M"):
        if first.year == last.year:
            return f"{year}{first.month}—{last.month}月"
        return f"{year}{first.month}月—{last.year}年{last.month}月"
    if code.endswith("Y"):
        return f"{first.year}—{last.year}年"
    return {0: year, 1: f"{year}{first.month}月", 2: f"{year}{first.month}月{first.day}日"}[code.count("-")]


def _day(day: datetime.date, year: int) -> str:
    return ("" if day.year == year else f"{day.year}年") + f"{day.month}月{day.day}日"


def _english(code: str, first: datetime.date, last: datetime.date) -> str:
    if "Q" in code:
        return f"the {_ORDINALS[(first.month - 1) // 3]} quarter of {first.year}"
    if "S" in code:
        return f"the {'first' if first.month == 1 else 'second'} half of {first.year}"
    if code.endswith("D"):
        end = f"{last.day} {_MONTHS[last.month]} {last.year}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{end}"
        return f"{first.day} {_MONTHS[first.month]} {'' if first.year == last.year else f'{first.year} '}to {end}"
    if code.endswith("M"):
        start = _MONTHS[first.month] + ("" if first.year == last.year else f" {first.year}")
        return f"{start} to {_MONTHS[last.month]} {last.year}"
    if code.endswith("Y"):
        return f"{first.year}–{last.year}"
    month = f"{_MONTHS[first.month]} {first.year}"
    return {0: str(first.year), 1: month, 2: f"{first.day} {month}"}[code.count("-")]
