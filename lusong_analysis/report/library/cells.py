"""Cells that rows of several kinds share, in both languages: an area, a period, a source, the name of a segment."""

from __future__ import annotations

from collections.abc import Mapping

from lusong_analysis.facts.package import Package
from lusong_analysis.facts.rows import Area, Segment, Source
from lusong_analysis.quantity import wording
from lusong_analysis.quantity.period import words as period_words
from lusong_analysis.report.library.workbook import Cell, link

# Where the rows of the tables stand, by table and key.
Targets = Mapping[tuple[str, str], str]


def name(row: Area | Segment) -> str:
    """The name of an area or a segment."""
    return f"{row.name_zh} {row.name_en}"


def segment(package: Package, key: str) -> dict[str, Cell]:
    """The segment of a row; empty where no source gives it one."""
    return {"segment": name(package.segments[key]) if key else ""}


def period(code: str) -> dict[str, Cell]:
    """A period as code and in words."""
    words = " / ".join(dict.fromkeys(period_words(code, language) for language in wording.LANGUAGES)) if code else ""
    return {"period": code, "period_words": words}


def source(row: Source, targets: Targets) -> dict[str, Cell]:
    """Who printed a row, when, and where it can be read."""
    names = dict.fromkeys((row.publisher, row.publisher_en))
    return {
        "grade": row.grade,
        "publisher": " ".join(names),
        "published": row.date_published,
        "source": row.title,
        "address": link(row.url, row.url),
        "source_key": link(row.source_id, targets.get(("sources", row.source_id), "")),
    }
