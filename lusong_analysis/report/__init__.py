"""What a notebook imports: the report, and one function a chart or table."""

from lusong_analysis.report import charts, strategy, tables
from lusong_analysis.report.report import Report

__all__ = ["Report", "charts", "strategy", "tables"]
