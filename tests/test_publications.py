"""The edition as its readers get it: each report proves itself, can be read by all, and no founding fact is missing."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from lusong_analysis.pdf.read import read
from lusong_analysis.verify import verify
from pages import lonely_headings, overlaps, short_pages

ROOT = Path(__file__).parents[1]
NAMES = [
    (language, notebook.stem) for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")) for language in ("zh", "en")
]
FOUNDING = "zhuzhou-daily-2020-10"


@pytest.fixture(scope="module")
def reports(edition):
    """Every report of the edition, as bytes."""
    return {name: (edition / name[0] / f"{name[1]}.pdf").read_bytes() for name in NAMES}


@pytest.mark.parametrize("name", NAMES, ids="/".join)
def test_a_report_proves_itself(name, reports):
    """Every figure and text of every report is computed again from its own attachment."""
    verdict = verify(reports[name])
    assert [] == verdict.problems
    assert verdict.figures


@pytest.mark.parametrize("name", NAMES, ids="/".join)
def test_a_report_is_accessible(name, reports, tmp_path):
    """The accessibility checker finds no error in any report."""
    file = tmp_path / "report.pdf"
    file.write_bytes(reports[name])
    checker = Path(sys.executable).with_name("outloud")
    done = subprocess.run([checker, "--fail-on", "error", str(file)], capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stdout


@pytest.mark.parametrize("name", NAMES, ids="/".join)
def test_a_report_leaves_no_holes(name, reports):
    """No page but the last ends more than a quarter short, no heading stands alone at a foot, no texts overlap."""
    data = reports[name]
    assert ([], [], []) == (short_pages(data), lonely_headings(data), overlaps(data))


@pytest.mark.parametrize("notebook", sorted({stem for _, stem in NAMES}))
def test_both_languages_print_the_same_figures(notebook, reports):
    """A report's figures have the same numbers, formulas and intervals in both languages."""
    figures = []
    for language in ("zh", "en"):
        record = json.loads(read(reports[language, notebook]).attachments["evidence.json"])
        figures.append([{**figure, "text": ""} for figure in record["figures"]])
    assert figures[0] == figures[1]


def test_every_fact_of_the_founding_page_is_printed(reports):
    """All statements and events of the newspaper page that everything started from reach a report."""
    with (ROOT / "data" / "observations.csv").open(encoding="utf-8-sig", newline="") as file:
        facts = {row["observation_id"] for row in csv.DictReader(file) if row["source_id"] == FOUNDING}
    with (ROOT / "data" / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        facts |= {
            row["event"]
            for row in csv.DictReader(file)
            if row["source_id"] == FOUNDING
            and (row["kind"] == "event" or (row["kind"] == "policy" and row["chain"]))  # policies stand with chains
        }
    printed = set()
    for data in reports.values():
        record = json.loads(read(data).attachments["evidence.json"])
        printed |= {row["observation_id"] for row in record["rows"]["observations"]}
        printed |= {figure["formula"].get("event") for figure in record["figures"]}
    assert len(facts) >= 34
    assert set() == facts - printed
