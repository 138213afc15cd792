"""Figures of one definition, area and object in the order of time; charts join nothing else."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lusong_analysis.quantity.differences import differences, few, label, named, refuse, value
from lusong_analysis.quantity.period import bounds
from lusong_analysis.quantity.quantity import Quantity, statements_below

ONE_SERIES = ("kind", "indicator", "ref_area", "counterpart", "unit")
APART = (
    "report.series(indicator, ref_area=…, counterpart=…) takes what makes one series; what does not "
    "stands side by side in charts.statements_by_definition or tables.statements."
)


@dataclass(frozen=True)
class Series:
    """Statements on one indicator of one area and object, each of a period of its own, in the order of time.

    Parameters
    ----------
    figures : tuple of Quantity
        What is known.
    absent : tuple of Quantity
        What was asked for and is not known, so that a chart of nothing can say what is missing.

    Raises
    ------
    QuantityError
        The figures make no series; with every reason.
    """

    figures: tuple[Quantity, ...]
    absent: tuple[Quantity, ...] = ()

    def __post_init__(self) -> None:
        refuse_mixing("no series", self.figures, ONE_SERIES, [*_untimely(self.figures), *_twice(self.figures)])

    def __iter__(self) -> Iterator[Quantity]:
        return iter(self.figures)

    def __len__(self) -> int:
        return len(self.figures)

    def __getitem__(self, position: int) -> Quantity:
        return self.figures[position]

    def _repr_html_(self) -> str:
        from lusong_analysis.quantity.display import rows_html

        return rows_html(self.figures or self.absent)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        from lusong_analysis.quantity.display import figure_line

        printer.text("\n".join(map(figure_line, self.figures or self.absent)))


def series(figures: Iterable[Quantity]) -> Series:
    """Figures of one definition, area, object and kind of unit as a series, each of a period of its own.

    Raises
    ------
    QuantityError
        The figures make no series; with every reason, and which figures it is about.
    """
    every = (*figures,)
    known = [quantity for quantity in every if not quantity.absent]
    known.sort(key=lambda quantity: bounds(quantity.period.code) if quantity.period.code else (datetime.date.max,) * 2)
    return Series(tuple(known), tuple(quantity for quantity in every if quantity.absent))


def refuse_mixing(what: str, figures: Iterable[Quantity], same: Sequence[str], others: Sequence[str] = ()) -> None:
    """Refuse to join figures that differ in one of the fields ``same``, or where there are ``others``: more reasons.

    Raises
    ------
    QuantityError
        With every reason.
    """
    refuse(what, [*differences(named(figures), same), *others], APART)


def refuse_several(lines: Sequence[Series], same: Sequence[str], apart: Sequence[str]) -> None:
    """Refuse series in one chart that differ in one of the fields ``same``, or share all of the fields ``apart``.

    Raises
    ------
    QuantityError
        With every reason.
    """
    firsts = [line[0] for line in lines if line]
    places: dict[tuple[str, ...], list[Quantity]] = {}
    for quantity in firsts:
        places.setdefault(tuple(value(quantity, field) for field in apart), []).append(quantity)
    twice = [few([label(quantity) for quantity in shared]) for shared in places.values() if len(shared) > 1]
    refuse_mixing("not in one chart", firsts, same, [f"two series of one thing: {two}" for two in twice])


def refuse_strangers(computed: Iterable[Quantity], figures: Sequence[Quantity], same: Sequence[str]) -> None:
    """Refuse computed figures beside others unless they rest on one of these and share the fields ``same`` with all.

    Raises
    ------
    QuantityError
        With every reason.
    """
    held = {statement for quantity in figures for statement in statements_below(quantity.formula)}
    names = few([label(quantity) for quantity in figures]) or "a statement of it"
    for quantity in computed:
        strange = not held.intersection(statements_below(quantity.formula))
        others = [f"{label(quantity)} is not computed from {names}"] if strange else []
        refuse_mixing("not in one series", [*figures, quantity], same, others)


def _untimely(figures: Sequence[Quantity]) -> list[str]:
    """Figures that have no period of their own."""
    undated = [quantity for quantity in figures if not quantity.period.code]
    computed = [label(quantity) for quantity in figures if not quantity.subject.indicator]
    silent = [label(quantity) for quantity in undated if quantity.subject.indicator]
    reasons = [("computed, so of no period of its own", computed), ("no period stated", silent)]
    return [f"{reason}: {few(names)}" for reason, names in reasons if names]


def _twice(figures: Sequence[Quantity]) -> list[str]:
    """Periods of which more than one figure is there."""
    held: dict[tuple[datetime.date, datetime.date], list[Quantity]] = {}
    for quantity in figures:
        if quantity.period.code and quantity.subject.indicator:
            held.setdefault(bounds(quantity.period.code), []).append(quantity)
    return [
        f"two statements of one period: {several[0].period.code} ({few([label(quantity) for quantity in several])})"
        for several in held.values()
        if len(several) > 1
    ]
