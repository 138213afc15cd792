"""Many areas on many workers: what the second worker gains, and the constants of a projection to very many."""

from __future__ import annotations

import csv
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.project import BIN, copy_to, seconds

NOTEBOOK = "05_business_environment"
OWN = "430203"

Row = dict[str, str]


def measure(areas: int) -> dict[str, Any]:
    """Build one report of many areas of a made-up package on one worker and on two.

    Parameters
    ----------
    areas : int
        How many areas the package holds beside its own; two at least.

    Returns
    -------
    dict
        Seconds of wall time by the number of workers, and the constants that a projection rests on.
    """
    found: dict[str, Any] = {"areas": areas}
    with tempfile.TemporaryDirectory(prefix="lusong-benchmark-") as place:
        project = copy_to(Path(place))
        for notebook in (project / "notebooks").glob("*.ipynb"):
            if notebook.stem != NOTEBOOK:
                notebook.unlink()
        found["read_one"] = _reading(project)
        codes = multiply(project / "data", areas)
        found["read_all"] = _reading(project)
        found["statements"] = _rows(project / "data" / "observations.csv")
        for workers in (1, 2):
            found[f"workers_{workers}"], builder = _on_cluster(project, codes, workers)
        reports = sorted((project / "reports").glob("*-*-*/zh/*.pdf"))
        found["bytes"] = sum(path.stat().st_size for path in reports) / len(reports)
        found["nothing"] = seconds([*_command(codes), "--quiet"], project)
        _, one = _on_cluster(project, codes[:1], 2)
        found["builder"] = (builder - one) / (areas - 1)
    return found


def multiply(data: Path, areas: int) -> list[str]:
    """Give a package made-up areas, each with what the notebook's own area has, and return their codes."""
    codes = [f"99{number:04}" for number in range(1, areas + 1)]

    def area(row: Row) -> Iterator[Row]:
        for code in codes if row["ref_area"] == OWN else ():
            names = {"name_zh": f"示例{code}（虚构）", "name_en": f"Example {code} (made up)"}
            yield {**row, "ref_area": code, **names}

    def statement(row: Row) -> Iterator[Row]:
        key = next(iter(row))  # what names the row is its first column
        own = row["ref_area"] == OWN and not row.get("counterpart") and row.get("kind") != "project"
        for code in codes if own else ():
            yield {**row, "ref_area": code, key: f"{row[key]}-{code}"}

    for table, more in (("areas", area), ("observations", statement), ("events", statement)):
        _rewrite(data / f"{table}.csv", more)
    return codes


def _rewrite(file: Path, more: Callable[[Row], Iterator[Row]]) -> None:
    """Add rows to a table, for each of its rows those that a function gives."""
    with file.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    with file.open("a", newline="", encoding="utf-8") as lines:
        writer = csv.DictWriter(lines, rows[0], lineterminator="\n")
        writer.writerows(new for row in rows for new in more(row))


def _command(codes: list[str]) -> list[str]:
    return [str(BIN / "lusong"), "build", "--language", "zh", "--ref-area", ",".join(codes)]


def _on_cluster(project: Path, codes: list[str], workers: int) -> tuple[float, float]:
    """Seconds to build all editions on a cluster of processes that is there already, and those that the builder works.

    While workers are busy the builder waits, so of its own time that of the processor is what counts.
    """
    from distributed import LocalCluster

    for old in ("reports", ".lusong"):
        shutil.rmtree(project / old, ignore_errors=True)
    with LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster:
        before = _worked()
        took = seconds([*_command(codes), "--quiet", "--scheduler", cluster.scheduler_address], project)
        return took, _worked() - before


def _worked() -> float:
    """Seconds that the processes worked which this one has started and which are done; the cluster is not."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _reading(project: Path) -> float:
    """Seconds to open the package, as each kernel does."""
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom lusong_analysis.facts.package import open_package\n"
        "begun = time.perf_counter()\nopen_package(Path(sys.argv[1]))\nprint(time.perf_counter() - begun)"
    )
    command = [sys.executable, "-c", code, project / "data"]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(3)]
    return statistics.median(map(float, runs))


def _rows(file: Path) -> int:
    with file.open(newline="", encoding="utf-8") as lines:
        return sum(1 for _ in csv.DictReader(lines))
