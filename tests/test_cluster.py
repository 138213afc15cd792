"""Reports made by the workers of a Dask cluster: real processes on this machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lusong_analysis.build.edition import BuildError, build
from lusong_analysis.build.plan import Job
from lusong_analysis.problem import Refused
from toy_project import contents, make_project, order, write_notebook

pytestmark = pytest.mark.xdist_group("cluster")  # one cluster

LUSONG = Path(sys.executable).with_name("lusong")


@pytest.fixture(scope="module")
def cluster():
    """Two workers, each a process."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster:
        yield cluster


@pytest.fixture
def toy(tmp_path):
    """A project with two notebooks."""
    (tmp_path / "toy").mkdir()
    return make_project(tmp_path / "toy", {"01_red": "toy.chart()\ntoy.chart()", "02_blue": "toy.surroundings()"})


def test_the_same_bytes_as_on_one_machine(cluster, toy):
    """An edition made by a cluster is, to the byte, the one that this machine makes."""
    there = contents(build(order(toy), quiet=True, scheduler=cluster.scheduler_address).folder)
    edition = build(order(toy), quiet=True, force=True)
    assert (2, there) == (len(edition.built), contents(edition.folder))


def test_a_worker_killed_in_the_middle(cluster, toy, tmp_path):
    """A report whose worker is killed is made by another, and the edition is whole."""
    write_notebook(toy, "02_blue", "toy.sleep_once()")
    pids = tmp_path / "pids"
    (toy / "notebooks" / "where.txt").write_text(str(pids))
    with subprocess.Popen(
        [LUSONG, "build", "--language", "zh", "--scheduler", cluster.scheduler_address],
        cwd=toy, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        while not pids.exists() or not pids.read_text().endswith("\n"):
            assert process.poll() is None, process.communicate()
            time.sleep(0.05)
        kernel = int(pids.read_text())
        worker = worker_of(kernel)
        os.kill(worker, signal.SIGKILL)
        written, wrong = process.communicate(timeout=120)
    assert (0, "") == (process.returncode, wrong)
    assert "built 2 of 2 reports" in written
    assert not Path(f"/proc/{kernel}").exists()


def worker_of(kernel):
    """The worker above a kernel: its parent's parent, beyond the fork server."""
    pid = kernel
    for _ in range(2):
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return pid


def test_failing_cells(cluster, toy):
    """What fails there is told as here, with its cell and its line; the others are finished and kept."""
    write_notebook(toy, "01_red", "unknown")
    with pytest.raises(BuildError) as error:
        build(order(toy), quiet=True, scheduler=cluster.scheduler_address)
    assert ["01_red, zh, cell 5, line 1:"] == [line for line in str(error.value).splitlines() if "cell" in line]
    write_notebook(toy, "01_red", "toy.chart()")
    assert (Job("01_red", "zh"),) == build(order(toy), quiet=True, scheduler=cluster.scheduler_address).built


def test_nothing_is_left_on_a_worker(cluster, toy):
    """After a build no folder of it, and no parent of kernels, is left."""
    build(order(toy, ["02_blue"]), quiet=True, scheduler=cluster.scheduler_address)
    commands = [Path(f"/proc/{pid}/cmdline") for pid in os.listdir("/proc") if pid.isdigit()]
    mine = [path for path in commands if path.exists() and b"forkserver" in path.read_bytes()]
    assert [] == [path for path in mine if worker_of_any(path.parent, cluster)]


def worker_of_any(process, cluster):
    """Whether a process was started by a worker of a cluster."""
    parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
    return parent in {worker.process.pid for worker in cluster.workers.values()}


def test_where_nobody_answers(toy):
    """An address without a scheduler is refused before anything runs."""
    with pytest.raises(Refused, match="No Dask scheduler answers there"):
        build(order(toy), quiet=True, scheduler="tcp://127.0.0.1:9")


def test_dask_is_not_needed_here(toy):
    """A build on one machine imports nothing of Dask or of a remote store."""
    code = (
        "import sys\nfrom lusong_analysis.cli import main\n"
        "try:\n    main()\n"
        "finally:\n    print(sorted({'distributed', 'dask', 's3fs', 'fsspec'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, "build", "01_red", "--language", "zh"]
    done = subprocess.run(command, cwd=toy, capture_output=True, text=True, check=True)
    assert ["reports/2026-11: built 1 of 1 report", "[]"] == done.stdout.splitlines()[-2:]
