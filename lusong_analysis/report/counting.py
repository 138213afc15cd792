"""Counts of the statements themselves: how many there are, and of how many sources, under plain conditions.

A count is a figure like any other: its formula names what is counted and the conditions, and it is computed again
from the rows that the evidence carries.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple, TypeVar

from lusong_analysis.facts.package import Package
from lusong_analysis.problem import did_you_mean
from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.interval import point
from lusong_analysis.quantity.period import Formula, Period, bounds, period
from lusong_analysis.quantity.period import words as period_words
from lusong_analysis.quantity.quantity import Quantity, Subject
from lusong_analysis.report import words
from lusong_analysis.report.properties import COUNTED, PROPERTIES, Held
from lusong_analysis.report.text import Text

T = TypeVar("T")

# Where the classes of age end: so many years up to that of the edition [年].
AGES = (2, 5, 10)
SINCE, UNTIL = "_since", "_until"
AND_ON = {SINCE: {"zh": "及以后", "en": " or later"}, UNTIL: {"zh": "及以前", "en": " or earlier"}}


class Class(NamedTuple):
    """One class of a property ``by``: its name, and how many there are in it."""

    by: str
    name: Text
    quantity: Quantity


def formula(table: str, where: Mapping[str, str | Period]) -> Formula:
    """The formula of a count.

    Parameters
    ----------
    table : str
        What is counted: a key of ``COUNTED``. Sources, indicators and data points are those of the statements that
        fulfil the conditions, each counted once.
    where : mapping
        The conditions, all of which a statement must fulfil: the value of a key of ``PROPERTIES``. Where that is a
        year, ``published_since`` asks for that year and those after it, ``published_until`` for those up to it.
    """
    values = {name: value.code if isinstance(value, Period) else value for name, value in where.items()}
    order = [*PROPERTIES, *values]
    names = sorted(values, key=lambda name: (order.index(base(name) if base(name) in PROPERTIES else name), name))
    return {"counted": {"table": table, "where": [{"property": name, "value": values[name]} for name in names]}}


def count(formula: Formula, package: Package) -> Quantity:
    """Count what a formula says.

    Raises
    ------
    QuantityError
        Nothing of this name is counted, or no statement can have such a property or value.
    """
    counted = _known("table", formula["counted"]["table"], COUNTED)
    where = conditions(formula)
    for name, value in where.items():
        _check(name, value)
    held = package.view(Held)
    left = set(range(len(held.rows)))
    for name, value in where.items():
        left &= {
            place for has, places in held.places(base(name)).items() if _holds(name, has, value) for place in places
        }
    found = {counted.key(held.rows[place]) for place in left}
    return Quantity(
        value=Fraction(len(found)),
        interval=point(len(found)),
        unit=counted.unit,
        formula={"counted": formula["counted"]},
        subject=Subject(ref_area=where.get("ref_area", "")),
        step=Fraction(0),
        noun=counted.noun,
    )


def classes(
    package: Package, table: str, by: str, where: Mapping[str, str | Period], edition: str
) -> tuple[Class, ...]:
    """How many there are in each class of one property; classes without any are counted too.

    Parameters
    ----------
    package : Package
        The package, as ``known`` gives it.
    table, where
        As for :func:`formula`.
    by : str
        A key of ``PROPERTIES`` that has classes: all but areas.
    edition : str
        The edition; years are put into classes of age, the newest first, those without a year last.

    Raises
    ------
    QuantityError
        As :func:`count`, or the property has no classes.
    """
    kept = _known("property", by, PROPERTIES)
    if kept.unknown:
        parts = list(_ages(by, int(edition[:4])))
    elif kept.values:
        parts = [(Text(*pair), {by: value}) for value, pair in kept.values.items()]
    else:
        msg = f"{by} has no classes; there are {', '.join(key for key in PROPERTIES if key != by)}"
        raise QuantityError(msg)
    return tuple(Class(by, name, count(formula(table, {**where, **part}), package)) for name, part in parts)


def recent(edition: Period) -> Period:
    """The first year of the newest class of age: what is of that year or later is recent in an edition."""
    return period(str(bounds(edition.code)[0].year - AGES[0] + 1))


def _ages(by: str, year: int) -> Iterator[tuple[Text, dict[str, str]]]:
    """The classes of age of a year, each by its name and its conditions."""
    newest, *middle = [year - age + 1 for age in AGES]
    zh, en = (f"{{x}}{AND_ON[SINCE][language]}" for language in ("zh", "en"))
    yield Text(zh, en, {"x": period(f"{newest}")}), {by + SINCE: f"{newest}"}
    before = newest
    for first in middle:
        span = period(_span(f"{first}", f"{before - 1}"))
        yield Text("{x}", "{x}", {"x": span}), {by + SINCE: f"{first}", by + UNTIL: f"{before - 1}"}
        before = first
    zh, en = (f"{{x}}{AND_ON[UNTIL][language]}" for language in ("zh", "en"))
    yield Text(zh, en, {"x": period(f"{before - 1}")}), {by + UNTIL: f"{before - 1}"}
    yield Text(*(PROPERTIES[by].unknown or ("", ""))), {by: ""}


def conditions(formula: Formula) -> dict[str, str]:
    """The conditions of a count, the value of each property."""
    return {condition["property"]: condition["value"] for condition in formula["counted"]["where"]}


def told(formula: Formula, package: Package, language: str) -> str:
    """A count in words: 计数：陈述（地区：芦淞区；来源等级：A 官方）."""
    counted, where = COUNTED[formula["counted"]["table"]], conditions(formula)
    bases = dict.fromkeys(base(name) for name in where)
    texts = [_told(name, where, package, language) for name in bases]
    if language == "zh":
        return f"计数：{counted.zh}（{'；'.join(texts) or '全部'}）"
    return f"Count of {counted.noun.partition('|')[2]} ({'; '.join(texts) or 'all'})"


def _told(name: str, where: Mapping[str, str], package: Package, language: str) -> str:
    """What is asked of one property; of years the first and the last together."""
    kept, chinese, value = PROPERTIES[name], language == "zh", where.get(name, "")
    first, last = where.get(name + SINCE, ""), where.get(name + UNTIL, "")
    if name == "ref_area":
        text = words.area(package, value, language)
    elif first and last:
        text = period_words(_span(first, last), language)
    elif first or last:
        text = period_words(first or last, language) + AND_ON[SINCE if first else UNTIL][language]
    elif pair := kept.values.get(value) or (kept.unknown if not value else None):
        text = pair[0 if chinese else 1]
    else:
        text = period_words(value, language)
    return f"{kept.zh}：{text}" if chinese else f"{kept.en}: {text}"


def _span(first: str, last: str) -> str:
    return f"{first}-01-01/P{int(last) - int(first) + 1}Y"


def base(name: str) -> str:
    """The property that a condition is about: that of ``published_since`` is ``published``."""
    return name.removesuffix(SINCE).removesuffix(UNTIL)


def _holds(name: str, found: str, value: str) -> bool:
    """Whether what is found in a statement fulfils a condition."""
    if name.endswith(SINCE):
        return found >= value
    return bool(found) and found <= value if name.endswith(UNTIL) else found == value


def _check(name: str, value: str) -> None:
    """Refuse a property or a value that no statement can have."""
    kept = _known("property", base(name), PROPERTIES)
    if not kept.unknown:
        _known("property", name, PROPERTIES)
        if kept.values:
            _known(name, value, kept.values)
    elif not (value.isdecimal() and len(value) == 4) and (value or name != base(name)):
        msg = f"{name} is a year, as 2019; found {value!r}"
        raise QuantityError(msg)


def _known(kind: str, name: str, held: Mapping[str, T]) -> T:
    if name not in held:
        hint = did_you_mean(name, held) or f"There are {', '.join(held)}."
        msg = f"no {kind} is called {name!r}. {hint}"
        raise QuantityError(msg)
    return held[name]
