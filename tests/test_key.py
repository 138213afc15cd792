"""What a report is made from, part by part, and how a difference is told."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from folders import records, write
from lusong_analysis.build import key
from lusong_analysis.build.inputs import Inputs, digest, file_hash
from lusong_analysis.pdf.read import attachments
from lusong_analysis.report.evidence import ATTACHMENT

LUSONG = Path(sys.executable).with_name("lusong")
FILES = {
    "data/observations.csv": "d1",
    "lusong_analysis/report/report.py": "m1",
    "lusong_analysis/report/charts.py": "m2",
    "lusong_analysis/report/__init__.py": "m0",
    "lusong_analysis/build/forkserver.py": "m3",
    "lusong_analysis/report/publication.typ": "t1",
    "lusong_analysis/pdf/fonts/one.ttf": "f1",
    "requirements.lock": "l1",
    "notebooks/helper.py": "n1",
}
INPUTS = Inputs({"red": "r1", "blue": "b1"}, FILES, {"python": "3.13"}, {"2026-11/zh/red.pdf": "p1"})
TRACE = {"modules": ["lusong_analysis.report", "lusong_analysis.report.report"], "asked": {"known": []}}


def parts(inputs=INPUTS, trace=TRACE, closing=None, rows=None, language="zh"):
    """The parts of the report red, whose questions have some answers."""
    return key.parts(inputs, "red", {"language": language}, trace, lambda asked: dict(rows or {}), closing or {})


def changed(**changes):
    """Inputs with some files changed."""
    return Inputs(INPUTS.notebooks, {**FILES, **changes}, INPUTS.versions, INPUTS.previous)


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("lusong_analysis/report/report.py", ["module lusong_analysis/report/report.py changed"]),
        ("lusong_analysis/build/forkserver.py", ["module lusong_analysis/build/forkserver.py changed"]),
        ("lusong_analysis/report/publication.typ", ["template lusong_analysis/report/publication.typ changed"]),
        ("lusong_analysis/pdf/fonts/one.ttf", ["font lusong_analysis/pdf/fonts/one.ttf changed"]),
        ("requirements.lock", ["lock file requirements.lock changed"]),
        ("notebooks/helper.py", ["file beside the notebooks notebooks/helper.py changed"]),
        ("lusong_analysis/report/charts.py", []),
        ("data/observations.csv", []),
    ],
)
def test_a_changed_file(file, told):
    """A changed file counts where the report read it: a module it imported, not one that it did not."""
    now = parts(changed(**{file: "new"}))
    assert told == key.differences(parts(), now)
    assert bool(told) == (digest(parts()) != digest(now))


def test_before_it_was_ever_made():
    """Of a report that was never made, all data and the whole program count."""
    for file in ("lusong_analysis/report/charts.py", "data/observations.csv"):
        before, now = (parts(inputs, trace={}) for inputs in (INPUTS, changed(**{file: "new"})))
        assert 1 == len(key.differences(before, now))


def test_a_changed_row_is_told_before_its_conditions():
    """Of a row that changed its name is told, not the question that found it; of a new question its conditions are."""
    before = parts(rows={"known:observations/red": "1", "known:observations?chain=a": "1"})
    both = parts(rows={"known:observations/red": "2", "known:observations?chain=a": "2"})
    assert ["row observations/red changed"] == key.differences(before, both)
    only = parts(rows={"known:observations/red": "1", "known:observations?chain=a": "2"})
    assert ["row observations?chain=a changed"] == key.differences(before, only)
    gone = parts(rows={"known:observations/red": "", "known:observations?chain=a": "1"})
    assert ["row observations/red gone"] == key.differences(before, gone)


def test_parameters_and_versions():
    """A parameter or a version is told with what it was and what it is."""
    assert ["parameter language zh → en"] == key.differences(parts(), parts(language="en"))
    other = Inputs(INPUTS.notebooks, FILES, {"python": "3.12"}, {})
    assert ["version python 3.13 → 3.12"] == key.differences(parts(), parts(other))


def test_an_empty_parameter_is_one():
    """A parameter that is given as empty is another than one that is not given."""
    without = parts()
    given = {**without, "parameters": {**without["parameters"], "horizon": ""}}
    assert ["parameter horizon none → "] == key.differences(without, given)


def test_a_report_that_tells_what_changed():
    """The reports of the edition and the last edition count for one that tells what changed, and for no other."""
    closing = {"blue/zh": "1"}
    other = Inputs(INPUTS.notebooks, FILES, INPUTS.versions, {"2026-11/zh/red.pdf": "p2"})
    assert [] == key.differences(parts(), parts(other))
    before = parts(closing=closing)
    assert ["report blue/zh changed"] == key.differences(before, parts(closing={"blue/zh": "2"}))
    assert ["last edition 2026-11/zh/red.pdf changed"] == key.differences(before, parts(other, closing=closing))


def why(project):
    """What would be built, and why, by the name of the report."""
    done = subprocess.run([LUSONG, "build", "--why"], cwd=project, capture_output=True, text=True, check=True)
    return dict(line.split(": ", 1) for line in done.stdout.splitlines())


def test_a_changed_row_concerns_those_who_print_it(project, edition, tmp_path):
    """A statement that gets another comment concerns the reports whose evidence holds it, and the overview."""
    toy = shutil.copytree(project, tmp_path / "project")
    assert {"up to date"} == set(why(toy).values())
    held = {
        f"{path.stem}/{path.parent.name}": {row["observation_id"] for row in record["rows"]["observations"]}
        for path in sorted(edition.glob("*/*.pdf"))
        for record in [json.loads(attachments(path.read_bytes())[ATTACHMENT])]
    }
    closing = {name for name in held if name.startswith("00_")}
    counting = {name for name in held if name.startswith("06_")}  # what it counts, it reads
    rows = records(toy / "data", "observations")
    printers = {row["observation_id"]: {name for name in held if row["observation_id"] in held[name]} for row in rows}
    row = next(row for row in rows if 2 == len(printers[row["observation_id"]] - counting - closing))
    row["comment"] += " (read again)"
    write(toy / "data", "observations", rows)
    told = why(toy)
    assert printers[row["observation_id"]] | closing == {
        name for name, reason in told.items() if reason != "up to date"
    }
    (name, *_) = sorted(printers[row["observation_id"]] - closing)
    assert f"row observations/{row['observation_id']} changed" == told[name]


def test_what_only_the_workbook_tells(project, edition, tmp_path):
    """A row that no report reads makes no report; workbook and manifest are written anew from what is there."""
    toy = shutil.copytree(project, tmp_path / "project")
    published = toy / "reports" / edition.name
    before = (published / "library.xlsx").read_bytes()
    rows = records(toy / "data", "set_aside")
    rows[0]["reason"] += " (read again)"
    write(toy / "data", "set_aside", rows)
    told = why(toy)
    assert "other data, code or files than when they were published" == told.pop("workbook and maps")
    assert {"up to date"} == set(told.values())
    done = subprocess.run([LUSONG, "build"], cwd=toy, capture_output=True, text=True, check=True)
    assert f"reports/{edition.name}: nothing changed in {len(told)} reports" == done.stdout.splitlines()[-1]
    assert before != (published / "library.xlsx").read_bytes()
    manifest = json.loads((published / "manifest.json").read_text("utf-8"))
    assert file_hash(toy / "data" / "set_aside.csv") == manifest["inputs"]["data/set_aside.csv"]
    assert told == why(toy)
