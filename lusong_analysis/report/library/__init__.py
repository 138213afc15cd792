"""The library of an edition: all that is known of the chains and the district, as one workbook."""

from lusong_analysis.report.library.library import library

__all__ = ["library"]
