"""The same bytes whatever surrounds a run: a test for each thing that could leave its mark."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from toy_project import make_project

pytestmark = pytest.mark.xdist_group("same bytes")  # what they are compared with is made once

LUSONG = Path(sys.executable).with_name("lusong")
CELLS = """\
toy.chart()
toy.surroundings()
from lusong_analysis.report import Report
report = Report(language=language, as_of=as_of, ref_area=ref_area, edition=edition)
report.say(zh="{expo}。", en="{expo}.", expo=report.event("apparel-expo-2020"))
report.sources()"""
# One run of a notebook and its export, as a process of a build does it.
RUN = """\
import base64, json, os, sys, tempfile
from pathlib import Path
import nbformat
from lusong_analysis.build.execute import Task, export, read, run, take_trace, with_trace
from lusong_analysis.build.forkserver import fork_server
from lusong_analysis.build.kernel import environment, prepare
from lusong_analysis.build.plan import Job
project, cold = Path(sys.argv[1]), "cold" in sys.argv
notebook = project / "notebooks" / "01_red.ipynb"
text = notebook.read_text("utf-8")
parameters = {"language": "zh", "as_of": "", "ref_area": "430203", "edition": "2026-11"}
task = Task(Job("01_red", "zh"), text, notebook.parent, parameters)
with tempfile.TemporaryDirectory(prefix="lt-", dir="/tmp") as name:
    scratch = Path(name)
    (scratch / "matplotlibrc").touch()
    variables = environment(project / "data", "2026-11", scratch)
    with fork_server(scratch, variables, cold=cold) as server:
        prepare(variables, scratch)
        executed = run(with_trace(read(text)), parameters, notebook.parent, scratch, lambda index: None, server)
        take_trace(executed)
        pdf = export(executed, task)
print(json.dumps([nbformat.writes(executed), base64.b64encode(pdf).decode()]))
"""


def made(project, *options, **variables):
    """The executed notebook and the PDF, made in some surroundings."""
    command = [sys.executable, "-c", RUN, str(project), *options]
    done = subprocess.run(command, env=os.environ | variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project with one report: a chart, a sentence with evidence, and what a set, a hash and the clock are there."""
    return make_project(tmp_path_factory.mktemp("here"), {"01_red": CELLS})


@pytest.fixture(scope="module")
def usual(project):
    """What it becomes in the surroundings of these tests."""
    notebook, pdf = made(project)
    assert "svg" in notebook
    return notebook, pdf


def test_again(project, usual):
    """A second run gives the same executed notebook and the same PDF."""
    assert usual == tuple(made(project))


def test_another_folder(project, usual, tmp_path):
    """The folder leaves no mark."""
    elsewhere = shutil.copytree(project, tmp_path / "另一个 folder" / "of another depth")
    assert usual == tuple(made(elsewhere))


@pytest.mark.parametrize(
    "variables",
    [{"TZ": "Asia/Shanghai"}, {"LANG": "de_DE.UTF-8", "LC_ALL": "POSIX"}, {"PYTHONHASHSEED": "7"}],
    ids=["time zone", "locale", "hash seed"],
)
def test_another_environment(project, usual, variables):
    """Time zone, locale and hash seed leave no mark."""
    assert usual == tuple(made(project, **variables))


def test_a_cold_kernel(project, usual):
    """A kernel that was forked with its libraries leaves the same as one that started from nothing."""
    assert usual == tuple(made(project, "cold"))


def test_another_number_of_workers(project, usual):
    """One process or several make the same edition, whose PDF is that of a single run."""
    editions = []
    for cores in ({min(os.sched_getaffinity(0))}, os.sched_getaffinity(0)):
        with tempfile.TemporaryDirectory() as folder:
            toy = shutil.copytree(project, Path(folder) / "toy")
            subprocess.run(
                [LUSONG, "build", "--quiet", "--language", "zh"],
                cwd=toy,
                check=True,
                preexec_fn=lambda cores=cores: os.sched_setaffinity(0, cores),
            )
            editions.append({path.name: path.read_bytes() for path in (toy / "reports" / "2026-11").rglob("*.*")})
    assert editions[0] == editions[1]
    assert usual[1] == base64.b64encode(editions[0]["01_red.pdf"]).decode()
