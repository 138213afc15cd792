"""What a printed statement means: its words become a value and all that may be true."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from lusong_analysis.quantity.interval import INFINITY, Interval, Number
from lusong_analysis.quantity.quantity import Quantity, Subject
from lusong_analysis.quantity.units import COUNTED


def read(row: Mapping[str, str], noun: str = "", comparable_with: str = "") -> Quantity:
    """Read one row of ``observations`` as a quantity.

    Parameters
    ----------
    row : mapping
        The columns of the row as text; ``obs_value`` and ``obs_value_upper`` [``unit``].
    noun : str
        English for what is counted, from ``indicators``.
    comparable_with : str
        The indicator that a target is set for, from ``indicators``.

    Notes
    -----
    超过 excludes its number, 以上 includes it: Civil Code of the PRC, art. 1259. A printed figure is right to half a
    unit of its last digit, closed at both ends: nobody knows how the source rounded (GB/T 8170 rounds half to even).
    约 has twice that slack at the last digit that is not zero, but never more than half the value.
    """
    value = Fraction(row["obs_value"])
    step, bound = printed_step(row), row["bound"]
    shown: Fraction | None = None
    interval: Interval
    if bound == "~":
        slack = _about(row)
        shown, interval = value, Interval(value - slack, value + slack)
        step = slack
    elif bound == "=":
        shown, interval = value, Interval(value - step / 2, value + step / 2)
    elif bound == "between":
        interval = Interval(value, Fraction(row["obs_value_upper"]))
    elif bound in (">", ">="):
        interval = Interval(value, INFINITY, bound == ">=", False)
    else:
        # What is counted, paid or shared cannot be negative; with an infinite end formulas would divide through zero.
        low: Number = Fraction(0) if value >= 0 else -INFINITY
        interval = Interval(low, value, value >= 0, bound == "<=")
    return Quantity(
        value=shown,
        interval=interval,
        unit=row["unit"],
        formula={"observation": row["observation_id"]},
        subject=Subject(
            row["indicator"], row["ref_area"], row["time_period"], row.get("counterpart", ""), comparable_with
        ),
        about=bound == "~",
        step=step,
        noun=noun,
    )


def printed_step(row: Mapping[str, str]) -> Fraction:
    """The unit of the last digit that means something [the row's unit]; 0 where the figure is exact."""
    if row.get("precision"):
        return Fraction(row["precision"])
    if row["unit"] in COUNTED and "." not in row["obs_value"]:
        return Fraction(0)
    return _last_place(row["obs_value"])


def last_digit(row: Mapping[str, str], column: str = "obs_value") -> Fraction:
    """The unit of the last digit that can be another one [the row's unit], never 0: 808 moves by 1, 15.6 by 0.1.

    ``precision`` where it is more than 0; of 约 the last digit that is not zero; else the last digit printed, also of
    a count and of an exact target. ``column`` is ``obs_value``, or ``obs_value_upper`` for the upper end of a range.
    """
    text = row[column]
    if row.get("precision") and Fraction(row["precision"]):
        return Fraction(row["precision"])
    if row["bound"] == "~" and "." not in text and Fraction(text):
        return Fraction(10 ** (len(text) - len(text.rstrip("0"))))
    return _last_place(text)


def _last_place(text: str) -> Fraction:
    return Fraction(1, 10 ** len(text.partition(".")[2]))


def _about(row: Mapping[str, str]) -> Fraction:
    slack = Fraction(row["precision"]) if row.get("precision") else last_digit(row)
    return min(slack, abs(Fraction(row["obs_value"])) / 2)


def precision_problem(row: Mapping[str, str]) -> str:
    """Why the column ``precision`` must be filled, or an empty string.

    A last printed digit that is a zero may be counted or rounded, and a term of a ratio shows too few digits: the
    words alone do not say which. Counts of things are exact, and bounds name their edge exactly.
    """
    if row.get("precision") or row["bound"] != "=" or row["unit"] in COUNTED:
        return ""
    if row["obs_value"].endswith("0") and "." not in row["obs_value"]:
        return "its last digit is a zero, which may be measured or rounded"
    if row.get("as_printed", "").count(":") + row.get("as_printed", "").count("：") >= 2:
        return "it is a term of a ratio, whose digits may be rounded otherwise than they look"
    return ""
