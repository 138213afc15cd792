"""The statements and sources of a report as CSV, for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from lusong_analysis.facts.rows import Observation, Row, Source

MIME = "text/csv"
MODELS: tuple[type[Row], ...] = (Observation, Source)
# Excel reads a file as UTF-8 only where it begins with this.
BYTE_ORDER_MARK = "\ufeff"


def sheets(record: Mapping[str, Any]) -> dict[str, str]:
    """The tables of a record that people open, by the name of their file."""
    return {f"{model.table}.csv": sheet(model, record["rows"][model.table]) for model in MODELS}


def sheet(model: type[Row], rows: Sequence[Mapping[str, str]]) -> str:
    """Rows as CSV, the columns in the order of the data package."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, model.columns(), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return BYTE_ORDER_MARK + text.getvalue()
