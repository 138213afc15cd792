"""In what figures differ that are to be joined, in words for a refusal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.quantity.units import dimension

Named = tuple[str, Quantity]
# The words that judgement.comparability prints.
WORDS = {
    "kind": "a target beside a result",
    "indicator": "another definition",
    "ref_area": "another area",
    "counterpart": "another object",
    "time_period": "another period",
    "unit": "another kind of unit",
}
EMPTY = {"counterpart": "the area itself", "time_period": "no period stated"}
MOST_NAMES = 4  # of the figures that share a value, in a message


def refuse(what: str, reasons: Sequence[str], todo: str) -> None:
    """Raise a QuantityError with a line for each reason and one for what to do; nothing where there is no reason."""
    if reasons:
        msg = "\n".join([*(f"{what}: {reason}" for reason in reasons), todo])
        raise QuantityError(msg)


def differences(figures: Sequence[Named], fields: Iterable[str]) -> list[str]:
    """A reason for each field in which figures differ: each value, and the figures that have it.

    ``indicator`` takes a target for what it is set for, ``kind`` tells targets from results. What is not known of a
    computed figure differs from nothing.
    """
    reasons = []
    for field in fields:
        held: dict[str, list[Named]] = {}
        for name, quantity in figures:
            key = value(quantity, field)
            # An empty indicator or area belongs to a computed figure; an empty period or object says something.
            if key or quantity.step is not None:
                held.setdefault(key, []).append((name, quantity))
        if len(held) > 1:
            values = (f"{_words(same[0][1], field)} ({few([name for name, _ in same])})" for same in held.values())
            reasons.append(f"{WORDS[field]}: {', '.join(values)}")
    return reasons


def value(quantity: Quantity, field: str) -> str:
    """What a figure has in a field, to compare; empty where that is not known."""
    subject = quantity.subject
    if field == "unit":
        return dimension(quantity.unit)
    if field == "kind":
        return "" if quantity.step is None else "target" if subject.comparable_with else "result"
    if field == "indicator":
        return subject.comparable_with or subject.indicator
    return str(getattr(subject, field))


def label(quantity: Quantity) -> str:
    """A figure in a message: its statement, or the function that computed it."""
    formula = quantity.formula
    return str(formula.get("observation") or str(formula.get("function", "a figure")).rpartition(".")[2])


def named(figures: Iterable[Quantity]) -> list[Named]:
    """Figures under the names of their statements."""
    return [(label(quantity), quantity) for quantity in figures]


def few(names: Sequence[str]) -> str:
    """The first of some names, and how many more there are."""
    rest = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {rest} more" if rest > 0 else "")


def _words(quantity: Quantity, field: str) -> str:
    if field == "unit":
        return quantity.unit
    if field == "indicator":
        return quantity.subject.indicator
    return value(quantity, field) or EMPTY[field]
