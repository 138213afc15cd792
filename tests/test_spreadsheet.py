"""The statements and sources of a report as tables for spreadsheets."""

import csv
import io

from lusong_analysis.facts.rows import Observation, Source
from lusong_analysis.report.spreadsheet import sheets
from reports import Collected


def test_the_tables_hold_the_rows_of_the_evidence():
    """Read back, each file gives the rows of the record, in the columns of the data package."""
    collected = Collected()
    revenue = collected.report.figure("technology_industry_trade_revenue", time_period="2019")
    collected.report.say(zh="{revenue}", en="{revenue}", revenue=revenue)
    record = collected.evidence()
    files = sheets(record)
    for model in (Observation, Source):
        text = files[f"{model.table}.csv"]
        assert text.startswith("\ufeff")
        reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
        assert list(model.columns()) == reader.fieldnames
        assert record["rows"][model.table] == list(reader)
