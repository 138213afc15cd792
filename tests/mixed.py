"""Statements of the data that look alike and are not comparable, and why."""

from lusong_analysis.facts.package import find_folder, open_package
from lusong_analysis.report.recompute import quantity_of

# case -> statements, and what differs between them
MIXED = {
    "trade revenue, scale and output of the apparel chain": (
        ("apparel-revenue-2019", "apparel-ls-scale-2024", "apparel-ls-gross-output-2026"),
        ("another definition", "no period stated"),
    ),
    "revenue, scale and output of aviation": (
        ("av-zz-revenue-2016", "av-zz-scale-2017", "av-ls-output-2014"),
        ("another definition", "another area", "another object", "no period stated"),
    ),
    "city and district": (
        ("ma-zz-iva-growth-2019", "lusong-iva-growth-2019"),
        ("another area", "two statements of one period"),
    ),
}


def statements_of(case):
    """The statements of a case, as the data package reads them."""
    package = open_package(find_folder())
    return tuple(quantity_of({"observation": name}, package) for name in MIXED[case][0])
