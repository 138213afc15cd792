"""Warm kernels: they show what cold ones show, know nothing of each other, and leave nothing behind."""

from __future__ import annotations

import contextlib
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import pytest

from kernel_run import kernels
from lusong_analysis.build.forkserver import PRELOAD, warm_supported

pytestmark = pytest.mark.skipif(not warm_supported(), reason="kernels are forked on Linux only")

# Everything a kernel does beside running code.
FEATURES = """\
# %% a figure shown without being asked
import matplotlib.pyplot as plt
plt.rcParams["svg.hashsalt"] = "x"
plt.plot([1, 3, 2]);
# %% settings of matplotlib
plt.rcParams["figure.figsize"] = (2, 1)
plt.plot([1, 2])
plt.show()
plt.get_backend()
# %% a figure as SVG
%config InlineBackend.figure_formats = ["svg"]
plt.bar([1, 2], [3, 4]);
# %% seaborn
import numpy, seaborn
seaborn.lineplot(x=numpy.arange(3), y=numpy.arange(3) ** 2);
# %% a table
import pandas
pandas.DataFrame({"a": [1, 2]}).describe()
# %% what the process and its children write
import os, subprocess
os.write(1, b"one\\n")
subprocess.run(["echo", "two"])
os.system("echo three");
# %% errors of the process
os.write(2, b"wrong\\n");
# %% the shell
!echo shell
lines = !printf 'a\\nb'
lines
# %% a cell of the shell
%%bash
echo bash
echo wrong >&2
# %% displays
from IPython.display import HTML, Markdown, clear_output, display, update_display
display(HTML("<b>1</b>"), Markdown("*2*"))
display({"text/plain": "3", "application/json": {"a": 1}}, raw=True)
display("before", display_id="x")
# %% a changed display
update_display("after", display_id="x")
print("changed")
# %% output taken back
print("gone")
clear_output()
print("stays")
# %% await
import asyncio
await asyncio.sleep(0, "awaited")
# %% tasks
async def later():
    print("later")
await asyncio.gather(later(), later())
# %% threads
import threading
thread = threading.Thread(target=print, args=("in a thread",))
thread.start()
thread.join()
print(len(threading.enumerate()), threading.current_thread().name, thread.name)
# %% warnings
import warnings
warnings.warn("first")
warnings.warn("old", DeprecationWarning)
# %% a warning that is an error
warnings.warn("Glyph 1 missing")
# %% a traceback
def f(x):
    return 1 / x
f(0)
# %% a traceback through a library
pandas.DataFrame({"a": [1]})["b"]
# %% what Python cannot read
1 +
# %% magics
%who_ls str
%pwd
%env TZ
%xmode
# %% a magic with a body
%%capture captured
print("captured")
# %% what was captured
captured.stdout
# %% variables
print(sorted(os.environ))
{name: value for name, value in sorted(os.environ.items()) if name != "JPY_PARENT_PID" and "/lt-" not in value}
# %% the start of Python
import sys
print(sys.path, sys.argv[0], len(sys.argv), sys.executable, sys.prefix, __name__)
print(sys.flags, sys.warnoptions, sys.getrecursionlimit(), hash("a"))
# %% the process
import signal
print(os.getcwd(), os.getpgid(0) == os.getsid(0) == os.getpid(), os.read(0, 1), os.umask(0o22))
print({number.name: signal.getsignal(number) for number in signal.valid_signals() if number < 32})
# %% what is open
[os.readlink(f"/proc/self/fd/{number}") for number in range(1)]
# %% filters of warnings
sorted(map(str, warnings.filters))
# %% languages
import locale, time
print(locale.getlocale(), sys.stdout.encoding, sys.getfilesystemencoding(), time.tzname, time.localtime(0)[:5])
# %% a question
input()
# %% main
import __main__
x = 1
__main__.x
# %% history
print(In[1][:6], _i[:6], len(Out))
# %% a module beside the notebook
import beside
beside.__file__
# %% options
pandas.get_option("display.max_rows"), sorted(plt.rcParams.items())
# %% the garbage collector
import gc
gc.isenabled(), gc.get_threshold()
# %% a child
child = os.fork()
if not child:
    os._exit(3)
os.waitpid(child, 0)[1]
# %% processes of Python
import multiprocessing
with multiprocessing.get_context("spawn").Pool(1) as pool:
    print(pool.map(abs, [-1]))
# %% the end
import atexit
atexit.register(print, "end");
"""
CELLS = dict(cell.split("\n", 1) for cell in re.split(r"^# %% ", FEATURES, flags=re.MULTILINE)[1:])

# What one notebook could leave to the next, and how the next would see it.
TRACES = {
    "rcParams": ("import matplotlib; matplotlib.rcParams['font.size'] = 99", "matplotlib.rcParams['font.size']"),
    "options": ("import pandas; pandas.options.display.max_rows = 99", "pandas.options.display.max_rows"),
    "modules": ("import sys; sys.modules['trace'] = 99", "sys.modules.get('trace')"),
    "attributes": ("pandas.trace = 99", "getattr(pandas, 'trace', None)"),
    "figures": (
        "%config InlineBackend.close_figures = False\nimport matplotlib.pyplot as plt; plt.figure(99)",
        "plt.get_fignums()",
    ),
    "variables": ("import os; os.environ['TRACE'] = '99'", "os.environ.get('TRACE')"),
    "folder": ("os.chdir('/')", "os.getcwd()"),
    "names": ("trace = 99", "globals().get('trace')"),
    "precision": ("import decimal; decimal.getcontext().prec = 99", "decimal.getcontext().prec"),
    "builtins": ("import builtins; builtins.trace = 99", "hasattr(builtins, 'trace')"),
}


def printed(cell):
    """What a cell printed."""
    return "".join(output.get("text", "") for output in cell.outputs)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder for notebooks, with a module beside them."""
    folder = tmp_path_factory.mktemp("notebooks")
    (folder / "beside.py").touch()
    return folder


@pytest.fixture(scope="module")
def notebooks(folder):
    """The notebook with every feature, run by a warm and by a cold kernel."""
    executed = []
    for cold in (False, True):
        with kernels(folder, cold=cold) as execute:
            executed.append(execute(*CELLS.values()))
    return executed


@pytest.mark.xdist_group("features")  # the notebook runs once
@pytest.mark.parametrize("feature", CELLS)
def test_feature_warm_and_cold(notebooks, feature):
    """A warm kernel shows what a cold one shows."""
    number = list(CELLS).index(feature)
    warm, cold = (notebook.cells[number].outputs for notebook in notebooks)
    assert cold == warm
    assert cold or feature in ("a magic with a body", "the end")


@pytest.mark.xdist_group("features")
def test_warm_and_cold_notebooks_are_the_same_bytes(notebooks):
    """Not a byte of the executed notebook tells by which kernel it was run."""
    warm, cold = map(nbformat.writes, notebooks)
    assert cold == warm


@pytest.mark.parametrize("cold", [False, True], ids=["warm", "cold"])
def test_one_notebook_leaves_nothing_to_the_next(folder, cold):
    """Whatever a notebook changes in its process, the next one does not see."""
    leave = [source for source, _ in TRACES.values()]
    imports = "import builtins, decimal, matplotlib, os, pandas, sys\nimport matplotlib.pyplot as plt"
    look = [f"print({source})" for _, source in TRACES.values()]
    with kernels(folder, cold=cold) as execute:
        before = execute(imports, *look)
        left = execute(*leave, imports, *look)
        after = execute(imports, *look)
    seen = [[printed(cell) for cell in notebook.cells[-len(look) :]] for notebook in (before, left, after)]
    assert seen[0] == seen[2]
    assert all(one != other for one, other in zip(seen[0], seen[1], strict=True))


def test_random_numbers_differ(folder):
    """Warm kernels do not all draw the same random numbers."""
    draw = "import random, numpy, uuid\nprint(random.random())\nprint(numpy.random.random())\nprint(uuid.uuid4())"
    with kernels(folder) as execute:
        first, second = (printed(execute(draw).cells[0]).split() for _ in range(2))
    assert not set(first) & set(second)


def test_nothing_but_libraries_is_loaded_beforehand(folder):
    """A warm kernel has loaded what a cold one has and the libraries of the list: nothing of this project."""
    modules = "import sys\nprint(*sys.modules)"
    with kernels(folder, bare=True) as execute:
        warm = set(printed(execute(modules).cells[0]).split())
    with kernels(folder, cold=True, bare=True) as execute:
        cold = set(printed(execute(modules).cells[0]).split())
    load = f"import importlib, sys\nfor name in {PRELOAD}: importlib.import_module(name)\nprint(*sys.modules)"
    variables = os.environ | {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    done = subprocess.run([sys.executable, "-c", load], env=variables, capture_output=True, text=True, check=True)
    listed = set(done.stdout.split())
    # Of the server itself; the tests' own Python may have started with hooks that kernels do not have.
    assert set() == warm - cold - listed - {"select", "runpy"}
    assert set() == cold - warm
    assert set(PRELOAD) <= warm
    assert not [name for name in warm if name.startswith("lusong")]
    assert "matplotlib_inline.backend_inline" not in warm


# --- death -------------------------------------------------------------------------------------------------------

CELLS_OF_DEATH = """\
import os, re, subprocess, time

def begin():
    open(os.environ["TOY_BEGUN"], "a").write("begun")

def sleep():
    begin()
    time.sleep(600)

def hold():
    "Python's lock, in a call that no other thread can end."
    begin()
    re.match("(a+)+$", "a" * 99 + "b")

def start():
    "Processes, one of them with a session of its own."
    subprocess.Popen(["sleep", "600"])
    subprocess.Popen(["sleep", "600"], start_new_session=True)
    begin()
    time.sleep(600)
"""


# One report, without the checks before and the edition after it.
BUILD = """\
import sys
from pathlib import Path
from lusong_analysis.build.execute import Task
from lusong_analysis.build.plan import Job
from lusong_analysis.build.workers import Batch, local_crew, make_reports
notebook = Path(sys.argv[1])
task = Task(Job(notebook.stem, "zh"), notebook.read_text("utf-8"), notebook.parent, {})
with local_crew(notebook.parent, "2026-11", 1, cold="--cold" in sys.argv) as crew:
    print(*make_reports([Batch([task], "2026-11")], crew))
"""


@pytest.fixture(scope="module")
def endless(tmp_path_factory):
    """A folder with a notebook for each way not to come to an end."""
    folder = tmp_path_factory.mktemp("endless")
    (folder / "cells.py").write_text(CELLS_OF_DEATH, "utf-8")
    for name in ("sleep", "hold", "start"):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(f"import cells\ncells.{name}()")])
        (folder / f"{name}.ipynb").write_text(nbformat.writes(notebook), "utf-8")
    return folder


class Build:
    """A build of one notebook, and all processes that it has started."""

    def __init__(self, notebook, cold, scratch):
        self.begun, self.mark = scratch / "begun", f"TOY_BEGUN={scratch / 'begun'}".encode()
        (scratch / "tmp").mkdir()
        command = [sys.executable, "-c", BUILD, str(notebook)] + ["--cold"] * cold
        variables = os.environ | {"TOY_BEGUN": str(self.begun), "TMPDIR": str(scratch / "tmp")}
        self.process = subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, text=True)

    def wait_until_it_runs(self):
        """Wait until the cell has begun."""
        while not self.begun.exists():
            assert self.process.poll() is None, self.process.stdout.read()
            time.sleep(0.02)

    def alive(self):
        """Every process of the build that is alive, with its parent and its command."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):  # it ended in between
                if self.mark in (folder / "environ").read_bytes().split(b"\0"):
                    state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
                    if state != "Z":
                        found[int(folder.name)] = int(parent), (folder / "cmdline").read_text().replace("\0", " ")
        return found

    def victim(self, name):
        """The number of the builder, or of the child of it that has a name in its command."""
        if name == "builder":
            return self.process.pid
        alive = self.alive()
        of_builder = [pid for pid, (parent, command) in alive.items() if parent == self.process.pid]
        (pid,) = (pid for pid in of_builder if name in alive[pid][1])
        return pid

    def left(self):
        """What is still alive when it should long be gone."""
        end = time.monotonic() + 10
        while self.alive() and time.monotonic() < end:
            time.sleep(0.02)
        return self.alive()


@pytest.fixture
def start_build(endless):
    """Start a build; in the end, leave nothing of it to the other tests."""
    with tempfile.TemporaryDirectory(prefix="lt-", dir="/tmp") as scratch:
        builds = []

        def start(notebook, cold):
            builds.append(Build(endless / f"{notebook}.ipynb", cold, Path(scratch)))
            return builds[0]

        yield start
        for build in builds:
            for pid in build.alive():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            build.process.wait()
            build.process.stdout.close()


@pytest.mark.parametrize("cold", [False, True], ids=["warm", "cold"])
@pytest.mark.parametrize("notebook", ["sleep", "hold", "start"])
@pytest.mark.parametrize(
    ("victim", "number"),
    [("builder", signal.SIGKILL), ("builder", signal.SIGTERM), ("spawn_main", signal.SIGKILL)],
    ids=["builder killed", "builder terminated", "worker killed"],
)
def test_nothing_outlives_a_build_that_is_killed(start_build, victim, number, notebook, cold):
    """Killed while a cell sleeps, holds Python's lock or has started processes, a build leaves nothing."""
    build = start_build(notebook, cold)
    build.wait_until_it_runs()
    assert len(build.alive()) > 3
    moment = random.uniform(0, 0.3)
    time.sleep(moment)
    os.kill(build.victim(victim), number)
    if victim == "spawn_main":  # what it made is made once more
        build.begun.unlink()
        build.wait_until_it_runs()
        os.kill(build.victim(victim), number)
    assert {} == build.left(), moment
    assert [] == list((build.begun.parent / "tmp").iterdir()), moment


@pytest.mark.parametrize("cold", [False, True], ids=["warm", "cold"])
def test_nothing_outlives_a_server_that_is_killed(start_build, cold):
    """Without the parent of the kernels the report fails, and the kernels are gone."""
    build = start_build("hold", cold)
    build.wait_until_it_runs()
    os.kill(build.victim("forkserver"), signal.SIGKILL)
    assert {} == build.left()
    assert "The kernel was killed" in build.process.stdout.read()


@pytest.mark.parametrize("cold", [False, True], ids=["warm", "cold"])
@pytest.mark.parametrize("part", range(4))
def test_nothing_outlives_a_build_that_is_killed_at_any_moment(start_build, part, cold):
    """Killed while it starts its processes, a build leaves none of them."""
    build = start_build("start", cold)
    moment = random.uniform(part / 2, part / 2 + 0.5)
    time.sleep(moment)
    build.process.kill()
    assert {} == build.left(), moment
