"""A made-up project of small notebooks, with the real data, for tests of the build."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from lusong_analysis.build.plan import Order, plan

ROOT = Path(__file__).parent.parent
PARAMETERS = """\
language: str = "zh"
as_of: str = ""
ref_area: str = "430203"
edition: str = "2026-11"
"""
# What a notebook may not type stands in a module beside it.
MODULE = '''\
import base64
import io
import os
import pathlib
import re
import signal
import subprocess
import time

from IPython.display import Markdown, display


def chart():
    """A chart as this project's charts are: SVG and PNG in one output."""
    from matplotlib import rcParams
    from matplotlib.figure import Figure

    rcParams["svg.hashsalt"] = "toy"
    figure = Figure(figsize=(2, 1))
    axes = figure.subplots()
    axes.plot([1, 3, 2])
    axes.set_axis_off()
    svg, png = io.StringIO(), io.BytesIO()
    figure.savefig(svg, format="svg")
    figure.savefig(png, format="png")
    bundle = {"image/svg+xml": svg.getvalue(), "image/png": base64.b64encode(png.getvalue()).decode()}
    alt = {"alt": "A line."}
    display(bundle | {"text/plain": "A line."}, metadata={"image/svg+xml": alt, "image/png": alt}, raw=True)


def surroundings():
    """What a page may not depend on."""
    names = ", ".join(sorted({"zh", "en", "area", "edition"}, key=hash))
    display(Markdown(f"{names} {time.tzname[0]} {time.strftime('%A', time.gmtime(0))} {hash('a')}"))


def sleep():
    """Take longer than anybody waits, and say so."""
    child = subprocess.Popen(["sleep", "600"])
    open(os.environ["TOY_PIDS"], "a").write(f"{os.getpid()} {child.pid}\\n")
    time.sleep(600)


def sleep_alone():
    """Take longer than anybody waits."""
    time.sleep(600)


def sleep_a_little():
    """Take as long as another report needs to begin."""
    time.sleep(3)


def read_a_table():
    """Open a table of the data with another library."""
    import pandas

    pandas.read_csv(pathlib.Path(os.environ["LUSONG_DATA"]) / "areas.csv")


def sleep_once():
    """Take longer than anybody waits, the first time, and say so in the file that another file names."""
    place = pathlib.Path(pathlib.Path("where.txt").read_text())
    if not place.exists():
        place.write_text(f"{os.getpid()}\\n")
        time.sleep(600)


def hold_the_lock():
    """Take longer than anybody waits, in a call that lets no other thread of Python run."""
    re.match(r"(a+)+$", "a" * 60 + "b")


def dot():
    """A picture that nobody described."""
    from matplotlib.figure import Figure

    png = io.BytesIO()
    Figure(figsize=(1, 1)).savefig(png, format="png")
    return png.getvalue()


def end_the_process():
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(60)


def end_the_workers():
    """Kill every process that makes reports, as a machine without memory may."""
    def parent(pid):
        return int(pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])

    builder = parent(os.getppid())
    for path in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if parent(path.name) == builder and b"spawn_main" in (path / "cmdline").read_bytes():
                os.kill(int(path.name), signal.SIGKILL)
        except OSError:
            pass  # it ended in between
    time.sleep(60)


def end_the_kernel():
    os._exit(1)
'''


def cell(source: str, *tags: str, kind: str = "code") -> dict[str, object]:
    """A cell of a notebook file, of format 4.4: without an id."""
    code = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {"tags": list(tags)}, "source": source} | code


def write_notebook(project: Path, name: str, *cells: str) -> None:
    """Write a notebook: a heading in two languages, the parameters cell, an import, and code."""
    headings = [cell("# 玩具", "zh", kind="markdown"), cell("# Toy", "en", kind="markdown")]
    parts = [*headings, cell(PARAMETERS, "parameters"), cell("import toy"), *map(cell, cells)]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    text = json.dumps({"cells": parts, "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}, ensure_ascii=False)
    (project / "notebooks" / f"{name}.ipynb").write_text(text, "utf-8")


def order(project: Path, names: Sequence[str] = (), languages: Sequence[str] = ("zh",), **given: str) -> Order:
    """An order for a project, in Chinese unless told otherwise."""
    return plan(project, project / "data", names, languages, given)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by name."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def make_project(folder: Path, notebooks: Mapping[str, str]) -> Path:
    """Make a project: the real data, and notebooks of one line of code each."""
    shutil.copytree(ROOT / "data", folder / "data")
    (folder / "notebooks").mkdir()
    (folder / "notebooks" / "toy.py").write_text(MODULE, "utf-8")
    (folder / "requirements.lock").write_text("toy==1.0\n", "utf-8")
    for name, source in notebooks.items():
        write_notebook(folder, name, source)
    return folder
