"""One function a chart: what it draws, what it says, and the text for those who do not see it."""

from lusong_analysis.report.charts.areas import by_area
from lusong_analysis.report.charts.bounds import bounds_by_year
from lusong_analysis.report.charts.composition import composition
from lusong_analysis.report.charts.counts import counts
from lusong_analysis.report.charts.intervals import intervals, ranges
from lusong_analysis.report.charts.ladder import ladder
from lusong_analysis.report.charts.names import year_before
from lusong_analysis.report.charts.panels import panels_by_year
from lusong_analysis.report.charts.pipeline import pipeline
from lusong_analysis.report.charts.plans import plan_and_actual, plans_by_period
from lusong_analysis.report.charts.statements import statements_by_definition

__all__ = [
    "bounds_by_year",
    "by_area",
    "composition",
    "counts",
    "intervals",
    "ladder",
    "panels_by_year",
    "pipeline",
    "plan_and_actual",
    "plans_by_period",
    "ranges",
    "statements_by_definition",
    "year_before",
]
