"""Parts, sums, shares and ratios."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.interval import point
from lusong_analysis.quantity.measure import measure
from lusong_analysis.quantity.quantity import Quantity


@measure(part="A", rest="A", gives="%", same=("kind", "ref_area", "time_period", "counterpart"))
def share(part: Any, rest: Any) -> Any:
    """The share of a part in the sum of itself and the rest [%].

    Each argument stands once: its rounding is counted once, and a floor has a limit.
    """
    return 1 / (1 + rest / part)


@measure(part="A", whole="A", gives="%", same=("ref_area", "time_period", "counterpart"))
def share_of(part: Any, whole: Any) -> Any:
    """The share of a part in a printed whole of the same area and period [%]; also fulfilment of a plan."""
    return part / whole


@measure(result="A", target="A", gives="%", same=("indicator", "ref_area", "counterpart"))
def share_of_target(result: Any, target: Any) -> Any:
    """A result as a share of the target set for its indicator, area and object [%]: how far it is from the target.

    Their years may differ; then it is a distance only and says nothing of whether the target was reached.
    """
    return result / target


@measure(part="A", whole="A", gives="%")
def share_across_definitions(part: Any, whole: Any) -> Any:
    """A share whose terms differ in definition, area or year [%]: a hint, never a measurement."""
    return part / whole


@measure(numerator="A", denominator="B", gives="A/B", same=("ref_area", "time_period", "counterpart"))
def ratio(numerator: Any, denominator: Any) -> Any:
    """One figure for each unit of another of the same area and period [unit of the one / unit of the other]."""
    return numerator / denominator


@measure(parts="A", gives="A", same=("kind", "ref_area", "time_period", "counterpart"), digits=None)
def total(*parts: Any) -> Any:
    """The sum of parts of one area and period [unit of the parts]."""
    return sum(parts)


@measure(later="%", earlier="%", gives="百分点", digits=None)
def difference_in_points(later: Any, earlier: Any) -> Any:
    """The difference of two percentages [百分点]; percentage points are no percentage."""
    return later - earlier


@measure(part="A", share="%", gives="A", same=("ref_area", "time_period", "counterpart"))
def whole_of(part: Any, share: Any) -> Any:
    """The whole of which a part and its share are printed [unit of the part]."""
    return part / share


@measure(share="%", gives="%")
def remainder(share: Any) -> Any:
    """What is left of a whole when a share of it is taken away [%]; of a time, after a cut."""
    return 1 - share


def at_face_value(figure: Quantity) -> Quantity:
    """A figure taken to the letter, without the slack of its rounding [unit of the figure]; by name, so that it shows.

    Raises
    ------
    QuantityError
        The figure is a bound or a range and has no value.
    """
    if figure.absent:
        return figure
    if figure.value is None:
        msg = "at_face_value: a bound or a range has no value to take to the letter"
        raise QuantityError(msg)
    formula = {"function": "structure.at_face_value", "arguments": [{"name": "figure", **figure.formula}]}
    return replace(figure, interval=point(figure.value), formula=formula, step=None, digits=None)


at_face_value.expression = "figure"  # type: ignore[attr-defined]
at_face_value.units = {"figure": "value"}  # type: ignore[attr-defined]
