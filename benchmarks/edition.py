"""One edition on one machine, against papermill and nbconvert one after another."""

from __future__ import annotations

import csv
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.project import BIN, LANGUAGES, copy_to, seconds

# nbconvert starts the browser that playwright downloads; this lets it start the system's own. The rest is as it comes.
CHROMIUM = """\
import functools
import shutil

from playwright.async_api import BrowserType

BrowserType.launch = functools.partialmethod(BrowserType.launch, executable_path=shutil.which("chromium"))
c.HTMLExporter.mathjax_url = ""
c.HTMLExporter.require_js_url = ""
c.WebPDFExporter.disable_sandbox = True
"""
# How often a command of less than a second is measured; the median counts.
SHORT = 9
ROW = "aviation-engine-share-2019"


def measure(rounds: int) -> dict[str, Any]:
    """Measure everything about one edition.

    Parameters
    ----------
    rounds : int
        How often the whole edition is built; the median counts. The ways that it is compared with run once.

    Returns
    -------
    dict
        Seconds of wall time, and how many reports they are for.
    """
    with tempfile.TemporaryDirectory(prefix="lusong-benchmark-") as place:
        project = copy_to(Path(place))
        found = _one_after_another(project)
        found |= _whole(project, rounds)
        found |= _little(project)
    return found | {"rounds": rounds}


def _one_after_another(project: Path) -> dict[str, Any]:
    """Papermill, then nbconvert, one notebook and one language after another; and the seconds their cells took."""
    (project / "config").mkdir()
    (project / "config" / "jupyter_nbconvert_config.py").write_text(CHROMIUM)
    found = {"papermill": 0.0, "html": 0.0, "webpdf": 0.0, "cells": 0.0, "reports": 0}
    for notebook in sorted((project / "notebooks").glob("*.ipynb")):
        for language in LANGUAGES:
            run = project / "out.ipynb"
            command = [BIN / "papermill", notebook, run, "-p", "language", language, "--cwd", project / "notebooks"]
            found["papermill"] += seconds([*command, "--no-progress-bar"], project)
            cells = json.loads(run.read_text("utf-8"))["cells"]
            found["cells"] += sum(cell["metadata"]["papermill"].get("duration") or 0 for cell in cells)
            for way in ("html", "webpdf"):
                export = [BIN / "jupyter", "nbconvert", "--to", way, "--output", "out", run]
                found[way] += seconds(export, project, JUPYTER_CONFIG_DIR=str(project / "config"))
            found["reports"] += 1
    return found


def _whole(project: Path, rounds: int) -> dict[str, float]:
    """Building the whole edition from nothing: with warm kernels, and with cold ones."""
    found = {}
    for way, options in (("build_cold", ["--cold"]), ("build", [])):
        found[way] = statistics.median(_from_nothing(project, *options) for _ in range(rounds))
    return found


def _from_nothing(project: Path, *options: str) -> float:
    for edition in (project / "reports").glob("*/library.xlsx"):  # the last edition has none
        shutil.rmtree(edition.parent)
    shutil.rmtree(project / ".lusong", ignore_errors=True)
    return seconds([BIN / "lusong", "build", "--quiet", *options], project)


def _little(project: Path) -> dict[str, Any]:
    """A build with nothing to do, one after a changed row, and the help."""
    build = [BIN / "lusong", "build", "--quiet"]
    found: dict[str, Any] = {
        "nothing": statistics.median(seconds(build, project) for _ in range(SHORT)),
        "help": statistics.median(seconds([BIN / "lusong", "--help"], project) for _ in range(SHORT)),
        "python": statistics.median(seconds([sys.executable, "-c", "pass"], project) for _ in range(SHORT)),
    }
    _change_a_row(project / "data" / "observations.csv")
    why = subprocess.run([BIN / "lusong", "build", "--why"], cwd=project, capture_output=True, text=True, check=True)
    found["row_reports"] = sum(not line.endswith("up to date") for line in why.stdout.splitlines())
    return found | {"row": seconds(build, project)}


def _change_a_row(file: Path) -> None:
    """Give a statement another comment, as somebody does who has read its source once more."""
    with file.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        if row["observation_id"] == ROW:
            row["comment"] += " (read again)"
    with file.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.DictWriter(lines, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
