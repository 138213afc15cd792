"""Figures that the tests share: the rows of the table of words, made as the package makes them."""

from fractions import Fraction

from lusong_analysis.measures.concentration import herfindahl
from lusong_analysis.measures.growth import level_before, required_growth, years_until
from lusong_analysis.measures.structure import (
    difference_in_points,
    ratio,
    share,
    share_across_definitions,
    share_of,
    total,
)
from lusong_analysis.quantity import Period, Quantity
from lusong_analysis.quantity.statement import read


def observation(name, value, bound, unit, *, upper="", precision="", indicator="", noun="", target_of="", **subject):
    """A plain statement as the data package reads it."""
    row = {
        "observation_id": name,
        "indicator": indicator or name,
        "ref_area": subject.get("ref_area", "430203"),
        "time_period": subject.get("time_period", "2019"),
        "counterpart": subject.get("counterpart", ""),
        "obs_value": value,
        "obs_value_upper": upper,
        "bound": bound,
        "precision": precision,
        "unit": unit,
    }
    return read(row, noun, target_of)


def derived(value, interval, unit, **fields):
    """A computed figure with any interval."""
    return Quantity(None if value is None else Fraction(value), interval, unit, {"test": unit}, **fields)


def revenue():
    """Over 808: the figure everything started from."""
    return observation("revenue", "808", ">", "亿元")


def growth():
    """The growth that takes 808 or more to 1000 in six years."""
    target = observation("revenue_target", "1000", "=", "亿元", precision="0", target_of="revenue", time_period="2018")
    until = Period("2025", {"parameter": "horizon", "value": "2025"})
    return required_growth(revenue(), target, years_until(revenue().period, until))


def firms():
    """A count of firms."""
    return observation("firms", "105", "=", "家")


def percentages(later, earlier):
    """The difference of two growth rates."""
    return difference_in_points(observation("later", later, "=", "%"), observation("earlier", earlier, "=", "%"))


# figure -> how it is made, Chinese words, English words: the rows of the table
CASES = {
    "revenue": (revenue, "超过808亿元", "over 80.8 billion yuan"),
    "finance": (lambda: observation("a", "15.6", "=", "亿元"), "15.6亿元", "1.56 billion yuan"),
    "firms": (firms, "105家", "105 firms"),
    "approval time cut": (lambda: observation("a", "10", ">=", "%"), "不低于10%", "at least 10%"),
    "days to open a firm": (
        lambda: observation("a", "3", "between", "工作日", upper="8"),
        "3～8个工作日",
        "3 to 8 working days",
    ),
    "land": (lambda: observation("a", "140", "=", "亩", precision="1"), "140亩", "9.3 hectares"),
    "about": (lambda: observation("a", "200", "~", "亿元"), "约200亿元", "about 20 billion yuan"),
    "staff": (lambda: observation("a", "23.5", "=", "万人"), "23.5万人", "235,000 people"),
    "finance a firm": (
        lambda: ratio(observation("a", "15.6", "=", "亿元"), firms()),
        "每家1490万元",
        "14.9 million yuan per firm",
    ),
    "relief a firm": (
        lambda: ratio(observation("a", "14", "=", "亿元"), firms()),
        "每家1300万元",
        "13 million yuan per firm",
    ),
    "problems a firm": (
        lambda: ratio(observation("a", "623", "=", "个", noun="problem|problems"), firms()),
        "每家5.93个",
        "5.93 problems per firm",
    ),
    "starts": (lambda: share_of(observation("a", "23", "=", "个"), observation("b", "15", "=", "个")), "153%", "153%"),
    "completions": (
        lambda: share_of(observation("a", "7", "=", "个"), observation("b", "4", "=", "个")),
        "175%",
        "175%",
    ),
    "required growth": (growth, "低于3.7%", "under 3.7% a year"),
    "sum of parts": (
        lambda: total(*(observation(part, part, "=", "亿元") for part in ("346.4", "514.5", "154.4"))),
        "1015亿元",
        "101.5 billion yuan",
    ),
    "share of the city": (
        lambda: share_across_definitions(revenue(), observation("a", "1015.3", "=", "亿元", ref_area="430200")),
        "超过79.5%",
        "over 79.5%",
    ),
    "concentration": (
        lambda: herfindahl(
            observation("a", "90", "=", "%", precision="1"), observation("b", "0", "between", "1", upper="1")
        ),
        "8010～8290",
        "8,010 to 8,290",
    ),
    "level before": (lambda: level_before(observation("a", "132", "=", "%")), "43.1%", "43.1%"),
    "difference": (lambda: percentages("12.5", "7.3"), "5.2个百分点", "5.2 percentage points"),
    "small difference": (
        lambda: percentages("7.3", "7.2"),
        "0.0～0.2个百分点",
        "0.0 to 0.2 percentage points",
    ),
    "share of a sum": (
        lambda: share(observation("a", "5", "=", "亿元"), observation("b", "14", "=", "亿元")),
        "23%～29%",
        "23 to 29%",
    ),
}
