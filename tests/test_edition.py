"""An edition: built side by side, published whole or not at all, and not built again for nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from lusong_analysis.build import workers
from lusong_analysis.build.edition import BuildError, build
from lusong_analysis.build.plan import Job, Limits
from lusong_analysis.build.publication import intact, publish, read_manifest, repair
from lusong_analysis.build.store import FOLDER
from lusong_analysis.problem import Refused
from toy_project import contents, make_project, order, write_notebook

pytestmark = pytest.mark.xdist_group("toy")  # the toy edition is built once

LUSONG = Path(sys.executable).with_name("lusong")
STOPPED = "Stopped; nothing was published. Reports that were finished are kept for the next build.\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A project with a published edition."""
    project = make_project(
        tmp_path_factory.mktemp("toy"), {"01_red": "toy.chart()\ntoy.chart()", "02_blue": "toy.surroundings()"}
    )
    build(order(project, languages=()), quiet=True)
    return project


@pytest.fixture
def toy(built, tmp_path):
    """A copy of it in another folder."""
    return shutil.copytree(built, tmp_path / "elsewhere" / "toy")


@pytest.fixture
def published(toy):
    """The edition of the copy, as it was before."""
    return contents(toy / "reports" / "2026-11")


def test_files_of_an_edition(toy, published):
    """An edition holds a PDF for each report, each chart in two forms beside it, the manifest, and nothing else."""
    reports = {f"{language}/{name}.pdf" for language in ("zh", "en") for name in ("01_red", "02_blue")}
    numbered = [f"charts/01_red-{number}.{form}" for number in (1, 2) for form in ("svg", "png")]
    pictures = {f"{language}/{name}" for language in ("zh", "en") for name in numbered}
    assert {"manifest.json"} | reports | pictures == set(published)
    assert ["2026-11"] == os.listdir(toy / "reports")


def test_manifest(toy, published):
    """The manifest holds size and hash of each output and the hash of each input, and nothing of the machine."""
    manifest = json.loads(published["manifest.json"])
    records = manifest["jobs"]["01_red/zh"]["outputs"]
    for name, record in records.items():
        assert {"bytes": len(published[name]), "sha256": hashlib.sha256(published[name]).hexdigest()} == record
    inputs = {"data/observations.csv", "lusong_analysis/cli.py", "notebooks/01_red.ipynb", "requirements.lock"}
    assert inputs < set(manifest["inputs"])
    assert "{}.{}".format(*sys.version_info) == manifest["versions"]["python"]
    assert {"language": "zh", "as_of": "", "ref_area": "430203", "edition": "2026-11"} == manifest["jobs"]["01_red/zh"][
        "parameters"
    ]
    text = published["manifest.json"].decode()
    assert [] == [
        word for word in (str(toy), str(Path.home()), os.uname().nodename, time.strftime("%Y-%m-%d")) if word in text
    ]


def test_nothing_changed(toy, published):
    """Nothing runs where nothing changed, in another folder too, and no heavy library is imported to find out."""
    code = (
        "import sys\nsys.argv = ['lusong', 'build']\nfrom lusong_analysis.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    print(end.code)\nprint(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=toy, capture_output=True, text=True, check=True)
    line, code, modules = done.stdout.splitlines()
    assert ("reports/2026-11: nothing changed in 4 reports", "0") == (line, code)
    heavy = {"frictionless", "matplotlib", "nbclient", "nbconvert", "nbformat", "numpy", "pandas", "papermill"}
    heavy |= {"asyncio", "jupyter_client", "lusong_analysis.facts", "lusong_analysis.report", "multiprocessing"}
    heavy |= {"ctypes", "importlib.metadata", "lusong_analysis.command.verify", "pikepdf", "pydantic", "rich", "typst"}
    assert set() == heavy & set(modules.split())
    assert published == contents(toy / "reports" / "2026-11")


def test_changed_notebook(toy, published):
    """A changed notebook's reports are built, the others stay as they are, and the edition is whole."""
    write_notebook(toy, "02_blue", "toy.surroundings()", "display = None")
    edition = build(order(toy), quiet=True)
    assert ((Job("02_blue", "zh"),), 4) == (edition.built, edition.total)
    after = contents(toy / "reports" / "2026-11")
    assert set(published) == set(after)
    assert {"manifest.json"} == {name for name in after if after[name] != published[name]}
    keys = {name: record["key"] for name, record in json.loads(after["manifest.json"])["jobs"].items()}
    before = {name: record["key"] for name, record in json.loads(published["manifest.json"])["jobs"].items()}
    assert ["02_blue/zh"] == [name for name in keys if keys[name] != before[name]]


def test_same_bytes_anywhere(toy, published, monkeypatch):
    """What is lost for good is built again: the same bytes in another folder, time zone, locale, hash seed."""
    shutil.rmtree(toy / FOLDER)
    surroundings = {"TZ": "Asia/Shanghai", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "7", "COLUMNS": "20"}
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    folder = toy / "reports" / "2026-11"
    (folder / "zh" / "charts" / "01_red-2.svg").unlink()
    (folder / "zh" / "02_blue.pdf").write_bytes(published["zh/02_blue.pdf"].replace(b"PDF", b"pdf", 1))
    assert (Job("01_red", "zh"), Job("02_blue", "zh")) == build(order(toy), quiet=True).built
    assert published == contents(folder)


def test_damaged_files_come_from_the_store(toy, published):
    """Altered and deleted files of the edition are put back without a kernel; a damaged copy of them counts as none."""
    folder = toy / "reports" / "2026-11"
    for _ in range(2):
        (folder / "zh" / "charts" / "01_red-2.svg").unlink()
        (folder / "zh" / "02_blue.pdf").write_bytes(b"%PDF")
        edition = build(order(toy), quiet=True)
        assert published == contents(folder)
        assert edition.built in ((), (Job("02_blue", "zh"),))
        digest = hashlib.sha256(published["zh/02_blue.pdf"]).hexdigest()
        (toy / FOLDER / "objects" / digest).write_bytes(b"%PDF")
    assert (Job("02_blue", "zh"),) == edition.built


def test_a_part_where_others_lack_files(toy, published):
    """One report is built where the charts of the others are gone for good, and where nothing is published any more."""
    shutil.rmtree(toy / FOLDER)
    charts = [name for name in published if "/charts/" in name]
    for name in charts:
        (toy / "reports" / "2026-11" / name).unlink()
    edition = build(order(toy, ["02_blue"]), force=True, quiet=True)
    assert ((Job("02_blue", "zh"),), 4) == (edition.built, edition.total)
    assert set(published) - set(charts) == set(contents(edition.folder))
    write_notebook(toy, "01_red", "toy.chart()")
    shutil.rmtree(toy / "reports")
    edition = build(order(toy, ["02_blue"]), quiet=True)
    assert ((), 1) == (edition.built, edition.total)
    assert {"manifest.json", "zh/02_blue.pdf"} == set(contents(edition.folder))


def test_force(toy, published):
    """What is up to date is built when told so."""
    assert (Job("02_blue", "en"),) == build(order(toy, ["02_blue"], ["en"]), force=True, quiet=True).built
    assert published == contents(toy / "reports" / "2026-11")


def test_deleted_notebook(toy, published):
    """The reports of a notebook that is gone leave the edition; no kernel is needed for it."""
    (toy / "notebooks" / "02_blue.ipynb").unlink()
    edition = build(order(toy), quiet=True)
    assert ((), 2) == (edition.built, edition.total)
    left = {name for name in published if "02_blue" not in name}
    assert left == set(contents(toy / "reports" / "2026-11"))


def test_broken_manifest_is_none(toy):
    """A manifest that cannot be read counts as none."""
    for text in ("", "[]", '{"jobs": []}', '{"jobs": {"01_red/zh": {"outputs": {}}}}', '{"jobs": {"a": {"key": 1}}}'):
        (toy / "reports" / "2026-11" / "manifest.json").write_text(text)
        assert {} == read_manifest(toy / "reports" / "2026-11")


def test_everything_wrong_before_a_kernel(toy, published):
    """Data, notebooks and parameters are checked first, all together; nothing is touched."""
    rows = toy / "data" / "observations.csv"
    rows.write_text(rows.read_text("utf-8").replace("亿元", "亿圆", 1), "utf-8")
    (toy / "notebooks" / "01_red.ipynb").write_text("{}", "utf-8")
    with pytest.raises(Refused) as refused:
        build(order(toy, horizn="2025"), quiet=True)
    text = str(refused.value)
    assert [] == [part for part in ("亿圆", "02_blue: found \"horizn = '2025'\"", "not checked") if part not in text]
    assert published == contents(toy / "reports" / "2026-11")


def test_gate_before_a_kernel(toy):
    """A typed number in one notebook, no notebook in another: both are listed."""
    write_notebook(toy, "01_red", "figure = 808")
    (toy / "notebooks" / "02_blue.ipynb").write_text("{}", "utf-8")
    with pytest.raises(Refused) as refused:
        build(order(toy), quiet=True)
    assert ["01_red, cell 5, line 1", "02_blue"] == [problem.place for problem in refused.value.problems]


def test_parameter_of_one_notebook(toy):
    """A parameter that one notebook sets is given to it alone; one that none sets is refused by each."""
    red = toy / "notebooks" / "01_red.ipynb"
    red.write_text(red.read_text("utf-8").replace('2026-11\\"', '2026-11\\"\\nhorizon: int = 2025'), "utf-8")
    write_notebook(toy, "02_blue", "assert 'horizon' not in globals()")
    build(order(toy, horizon="2030"), quiet=True)
    jobs = read_manifest(toy / "reports" / "2026-11")["jobs"]
    assert (2030, None) == tuple(jobs[job]["parameters"].get("horizon") for job in ("01_red/zh", "02_blue/zh"))
    with pytest.raises(Refused, match="02_blue has no parameter horizon"):
        build(order(toy, ["02_blue"], horizon="2030"), quiet=True)


def test_a_wrong_value_for_all_is_said_once(toy):
    """A day that does not exist is one problem, however many notebooks it was given to."""
    with pytest.raises(Refused) as refused:
        build(order(toy, as_of="2020-02-30"), quiet=True)
    assert [("every notebook", "as_of = '2020-02-30'")] == [(one.place, one.found) for one in refused.value.problems]


def test_failing_cells(toy, published):
    """Every failure is listed, and the last good edition stays byte for byte."""
    write_notebook(toy, "01_red", "first = {}", "first['red']")
    write_notebook(toy, "02_blue", "unknown")
    with pytest.raises(BuildError) as error:
        build(order(toy), quiet=True)
    assert ["01_red, zh, cell 6, line 1", "02_blue, zh, cell 5, line 1"] == [
        line.removesuffix(":") for line in str(error.value).splitlines() if "cell" in line
    ]
    assert published == contents(toy / "reports" / "2026-11")
    assert ["2026-11"] == os.listdir(toy / "reports")


def test_failures_are_told_in_order(toy):
    """The failures are listed in the order of the reports, also where a later one fails first."""
    write_notebook(toy, "01_red", "toy.sleep_a_little()", "unknown")
    write_notebook(toy, "02_blue", "unknown")
    with pytest.raises(BuildError) as error:
        build(order(toy, languages=()), quiet=True)
    expected = [Job(name, language) for name in ("01_red", "02_blue") for language in ("zh", "en")]
    assert expected == [failure.job for failure in error.value.failures]


def test_what_was_finished_is_taken_up(toy, published):
    """A failing report stops no other; once it is mended, only it is built, and the edition is that of one build."""
    write_notebook(toy, "01_red", "toy.chart()", "toy.chart()", "display = None")
    write_notebook(toy, "02_blue", "unknown")
    with pytest.raises(BuildError):
        build(order(toy), quiet=True)
    write_notebook(toy, "02_blue", "toy.surroundings()")
    edition = build(order(toy), quiet=True)
    assert () == edition.built  # one was finished, the other is as it was before
    (toy / FOLDER).rename(toy / "away")
    once = build(order(toy), force=True, quiet=True)
    assert 2 == len(once.built)
    assert contents(toy / "reports" / "2026-11") == contents(edition.folder)


def test_the_first_failure_ends_a_build_that_is_told_so(toy, published):
    """With fail_fast the other reports are left, and the one failure is told."""
    write_notebook(toy, "01_red", "unknown")
    write_notebook(toy, "02_blue", "toy.sleep_alone()")
    begun = time.monotonic()
    with pytest.raises(BuildError) as error:
        build(order(toy), quiet=True, fail_fast=True)
    assert [Job("01_red", "zh")] == [failure.job for failure in error.value.failures]
    assert time.monotonic() - begun < 60
    assert published == contents(toy / "reports" / "2026-11")


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(cell=1), "cell 5:\n  It took more than 1 s. Mend it, or give it more with --cell-timeout."),
        (Limits(notebook=4), "cell 5:\n  The notebook took more than 4 s. Mend it, or give it more with --timeout."),
    ],
)
@pytest.mark.parametrize("cell", ["toy.sleep_alone()", "toy.hold_the_lock()"])
def test_what_takes_too_long_is_ended(toy, published, cell, limits, words):
    """A cell or a notebook over its time is a failure with a place, even in a C call that lets nothing else run."""
    write_notebook(toy, "02_blue", cell)
    with pytest.raises(BuildError) as error:
        build(order(toy, ["02_blue"]), quiet=True, limits=limits)
    assert f"02_blue, zh, {words}" == str(error.value)
    assert published == contents(toy / "reports" / "2026-11")


def test_killed_process(toy, published):
    """A process that is killed is reported for each unfinished report; the edition stays."""
    write_notebook(toy, "02_blue", "toy.end_the_process()")
    with pytest.raises(BuildError) as error:
        build(order(toy), quiet=True)
    (failure,) = error.value.failures
    assert (Job("02_blue", "zh"), True) == (failure.job, "was killed" in failure.message)
    assert published == contents(toy / "reports" / "2026-11")


def test_a_killed_process_takes_down_no_other(toy, published):
    """What was being made beside a report that is killed is made once more, and kept."""
    write_notebook(toy, "01_red", "toy.sleep_a_little()", "display = None")
    write_notebook(toy, "02_blue", "toy.end_the_workers()")
    with pytest.raises(BuildError) as error:
        build(order(toy), quiet=True)
    assert [Job("02_blue", "zh")] == [failure.job for failure in error.value.failures]
    write_notebook(toy, "02_blue", "toy.surroundings()")
    assert () == build(order(toy), quiet=True).built


def test_processes_are_replaced(toy, published, monkeypatch):
    """After some reports a process is replaced by another, and nothing waits for ever, with one core too."""
    monkeypatch.setattr(workers, "MOST", 1)
    monkeypatch.setattr(workers, "cores", lambda: 1)
    edition = build(order(toy, languages=()), quiet=True, force=True)
    assert (4, published) == (len(edition.built), contents(edition.folder))


def test_what_reads_the_data_by_itself_reads_all_of_it(toy):
    """A notebook that opens a table beside its report, or two reports, is made anew after any change of the data."""
    report = "from lusong_analysis.report import Report\nreport = Report(language=language, edition=edition, {})"
    given = report.format("as_of=as_of, ref_area=ref_area")
    write_notebook(toy, "01_red", f"{given}\ndisplay = report.event('apparel-expo-2020')")
    write_notebook(toy, "02_blue", f"{given}\n{given}\ndisplay = report.event('apparel-expo-2020')")
    write_notebook(toy, "03_green", f"{given}\ntoy.read_a_table()")
    build(order(toy), quiet=True)
    records = {path.stem: json.loads(path.read_text("utf-8")) for path in (toy / FOLDER).rglob("*-zh.json")}
    known = {name: record["trace"]["asked"] is not None for name, record in records.items()}
    assert {"01_red-zh": True, "02_blue-zh": False, "03_green-zh": False} == known


@pytest.fixture
def scratch():
    """Where a build puts its sockets, whose paths have to be short."""
    with tempfile.TemporaryDirectory(prefix="lt-", dir="/tmp") as folder:
        yield Path(folder)


@pytest.fixture
def sleeping(toy, tmp_path, scratch):
    """A build whose cell sleeps: its process, and those of its kernel and of what the kernel started."""
    write_notebook(toy, "02_blue", "toy.sleep()")
    pids = tmp_path / "pids"
    pids.touch()
    command = [LUSONG, "build", "02_blue", "--language", "zh"]
    variables = os.environ | {"TOY_PIDS": str(pids), "TMPDIR": str(scratch)}
    with subprocess.Popen(command, cwd=toy, env=variables, stderr=subprocess.PIPE, text=True) as process:
        while not pids.read_text().endswith("\n") and process.poll() is None:
            time.sleep(0.05)
        yield process, [int(pid) for pid in pids.read_text().split()]
        process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_build(toy, published, sleeping, number):
    """Ctrl-C and SIGTERM end a build at once, with its kernels and what they started; the edition stays; code 130."""
    process, pids = sleeping
    process.send_signal(number)
    assert STOPPED == process.communicate()[1]
    assert 130 == process.returncode
    assert [] == still_alive(pids)
    assert published == contents(toy / "reports" / "2026-11")


def test_what_a_killed_build_leaves_is_swept(toy, sleeping, scratch):
    """The folder of a build that was killed with all its processes is gone after the next build."""
    process, pids = sleeping
    (folder,) = scratch.iterdir()
    lone = scratch / "lusong-build-of-the-dead"
    shutil.copytree(folder, lone, ignore=shutil.ignore_patterns("k*", "server"))
    process.kill()
    process.wait()
    assert [] == still_alive(pids)
    write_notebook(toy, "02_blue", "toy.surroundings()", "display = None")
    done = subprocess.run([LUSONG, "build"], cwd=toy, env=os.environ | {"TMPDIR": str(scratch)}, check=True)
    assert (0, []) == (done.returncode, list(scratch.glob("lusong-*")))


def test_two_builds_at_once(toy, sleeping):
    """The second build in a folder waits for the first, says so with its process, and then finds what it left."""
    process, _ = sleeping
    with subprocess.Popen(
        [LUSONG, "build", "01_red"], cwd=toy, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as second:
        line = second.stderr.readline()
        assert f"Another build runs in this project (process {process.pid}); waiting until it is done.\n" == line
        assert second.poll() is None
        process.kill()
        assert "nothing changed in 4 reports" in second.communicate()[0]
    assert 0 == second.returncode


@pytest.mark.parametrize("after", [0.0, 0.7, 1.4, 2.1])
def test_killed_at_any_moment(toy, published, after):
    """Killed whenever it may be, a build leaves the last edition or the next one, whole, and the next build is good."""
    write_notebook(toy, "01_red", "toy.chart()", "toy.chart()", "display = None")
    write_notebook(toy, "02_blue", "toy.surroundings()", "display = None")
    with subprocess.Popen([LUSONG, "build", "--quiet"], cwd=toy) as process:
        lock = toy / FOLDER / "lock"
        before = lock.stat().st_mtime_ns
        while lock.stat().st_mtime_ns == before:
            time.sleep(0.01)
        time.sleep(after)
        process.kill()
    manifest = read_manifest(toy / "reports" / "2026-11")
    outputs = [file for record in manifest["jobs"].values() for file in record["outputs"].items()]
    assert all(intact(toy / "reports" / "2026-11", dict([output])) for output in outputs)
    edition = build(order(toy, languages=()), quiet=True)
    assert 4 == edition.total
    assert set(published) == set(contents(edition.folder))
    assert [] == list((toy / FOLDER).rglob("*.new"))


def test_killed_build(toy, published, sleeping):
    """A build that is killed takes along its kernels and what they started; the edition stays."""
    process, pids = sleeping
    process.kill()
    assert [] == still_alive(pids)
    assert published == contents(toy / "reports" / "2026-11")


def still_alive(pids):
    """The processes that are still there when they should long be gone."""
    for _ in range(200):
        if not any(map(is_alive, pids)):
            return []
        time.sleep(0.05)
    return pids


def is_alive(pid):
    """Whether a process runs; one that ended and was not yet collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


# --- publication -------------------------------------------------------------------------------------------------


def test_published_in_one_move(tmp_path):
    """An edition takes the place of the last one: no file of it is left."""
    publish(tmp_path, "2026-11", {"zh/a.pdf": b"1", "zh/charts/a.svg": b"2"}, {})
    publish(tmp_path, "2026-11", {"zh/b.pdf": b"3"}, {"edition": "2026-11"})
    assert {"zh/b.pdf": b"3", "manifest.json": b'{\n "edition": "2026-11"\n}\n'} == contents(tmp_path / "2026-11")
    assert ["2026-11"] == os.listdir(tmp_path)


def test_swap_cut_in_between(tmp_path):
    """Cut off between the two moves, the last edition comes back; what was new is swept."""
    publish(tmp_path, "2026-11", {"a": b"old"}, {})
    (tmp_path / "2026-11").rename(tmp_path / ".old-2026-11")
    (tmp_path / ".new-2026-11").mkdir()
    repair(tmp_path)
    assert b"old" == (tmp_path / "2026-11" / "a").read_bytes()
    assert ["2026-11"] == os.listdir(tmp_path)


def test_swap_cut_before_the_end(tmp_path):
    """Cut off after the two moves, the new edition stays and the last one is swept."""
    publish(tmp_path, "2026-11", {"a": b"new"}, {})
    shutil.copytree(tmp_path / "2026-11", tmp_path / ".old-2026-11")
    (tmp_path / ".old-2026-11" / "a").write_bytes(b"old")
    repair(tmp_path)
    assert b"new" == (tmp_path / "2026-11" / "a").read_bytes()
    assert ["2026-11"] == os.listdir(tmp_path)


def test_edition_that_cannot_be_written(tmp_path):
    """Where a file cannot be written, the last edition stays and nothing is left behind."""
    publish(tmp_path, "2026-11", {"a": b"old"}, {})
    with pytest.raises(OSError, match="exists"):
        publish(tmp_path, "2026-11", {"b": b"new", "b/c": b"new"}, {})
    assert b"old" == (tmp_path / "2026-11" / "a").read_bytes()
    assert ["2026-11"] == os.listdir(tmp_path)
