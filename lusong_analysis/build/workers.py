"""Many reports at once, and what goes with them: on all cores of this machine, and no process left behind."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lusong_analysis.build.execute import STEPS, Failure, Folder, Report, Task, load, make_report
from lusong_analysis.build.forkserver import fork_server
from lusong_analysis.build.kernel import EDITION, PREVIOUS, end_kernels, environment, prepare
from lusong_analysis.build.lock import alone, left
from lusong_analysis.build.steps import Step, Steps
from lusong_analysis.build.streams import IN_PLACE
from lusong_analysis.build.trace import LISTEN
from lusong_analysis.problem import Refused

if TYPE_CHECKING:
    from lusong_analysis.report.companions import Companions

# The files that go with the reports, by their names in the edition.
Files = dict[str, bytes]
Result = Report | Files | Failure

# The folders of builds, and the file in each that its build holds locked.
PREFIX = "lusong-build-"
LOCK = "lock"

# How often to look how far the reports have come [s].
PAUSE = 0.2

# How many reports a process makes, about: Typst keeps what it has set, some 200 MB a report (typst-py, issue 104).
MOST = 12

# How many reports wait for each that can be made at once, so that none waits for this process.
AHEAD = 3

KILLED = "Not finished: one of the processes was killed, perhaps because memory ran out."


@dataclass(frozen=True)
class Crew:
    """Who makes reports.

    Parameters
    ----------
    submit : Callable
        Takes a task and promises its report, or the files that it asks for.
    size : int
        How many can be made at once.
    news : Callable
        Gives the cells that were begun since it was last asked, where that is known.
    """

    submit: Callable[[Task | Companions], Future[Result]]
    size: int
    news: Callable[[], Iterable[Step]] = tuple


@dataclass(frozen=True)
class Batch:
    """The reports of one edition.

    Parameters
    ----------
    tasks : Sequence of Task
        The reports to make.
    edition : str
        Its name.
    pdfs : dict of str to bytes
        The PDFs of it that are up to date, by their place in it; those that are made come to them.
    previous : Folder, optional
        The last edition and its PDFs.
    more : list of Companions
        What is to be made beside the reports: whoever gets these may add it.
    """

    tasks: Sequence[Task]
    edition: str
    pdfs: dict[str, bytes] = field(default_factory=dict)
    previous: Folder | None = None
    failed: list[Failure] = field(default_factory=list)
    more: list[Companions] = field(default_factory=list)

    def of(self, *, closing: bool) -> list[Task]:
        """Those that tell what changed, with all that they need, or the others; the longest first."""
        around = {EDITION: Folder(self.edition, self.pdfs)} | ({PREVIOUS: self.previous} if self.previous else {})
        tasks = [replace(task, around=around if closing else {}) for task in self.tasks if task.closing is closing]
        return sorted(tasks, key=lambda task: -task.cells)


def make_reports(
    batches: Sequence[Batch], crew: Crew, step: Callable[[Step], None] = lambda step: None
) -> Iterator[tuple[int, Result]]:
    """Make the reports of many editions; in each, those that tell what changed after all others.

    Parameters
    ----------
    batches : Sequence of Batch
        What is to be made.
    crew : Crew
        Who makes it.
    step : Callable
        Is told of each cell that begins.

    Yields
    ------
    tuple of int and Report, Files or Failure
        Each as it is finished, with the number of its batch. Where one of a batch fails, those that tell what changed
        are not made. A process that is killed takes down all that were being made: each of them is made once more, by
        itself, and the one that is killed again is a Failure.
    """
    waiting: dict[Future[Result], tuple[int, Task | Companions]] = {}
    suspects: deque[tuple[int, Task | Companions]] = deque()
    lone: Future[Result] | None = None

    def begin(number: int, tasks: Iterable[Task | Companions]) -> None:
        for task in tasks:
            waiting[crew.submit(task)] = number, task

    def begin_more(number: int) -> None:
        begin(number, batches[number].more)
        batches[number].more.clear()

    todo = deque(range(len(batches)))
    while todo or waiting or suspects:
        while todo and not suspects and lone not in waiting and len(waiting) < AHEAD * crew.size:
            number = todo.popleft()
            begin(number, batches[number].of(closing=False) or batches[number].of(closing=True))
            begin_more(number)
        if suspects and not waiting:
            number, task = suspects.popleft()
            lone = crew.submit(task)
            waiting[lone] = number, task
        finished = wait(waiting, PAUSE, FIRST_COMPLETED).done
        for one in crew.news():
            step(one)
        for future in [future for future in waiting if future in finished]:
            number, task = waiting.pop(future)
            if isinstance(_error(future), BrokenExecutor) and future is not lone:
                suspects.append((number, task))
                continue
            batch = batches[number]
            result = outcome(future, task)
            if isinstance(result, Report):
                batch.pdfs[result.name] = result.pdf
            elif isinstance(result, Failure) and result.job:
                batch.failed.append(result)
            yield number, result
            begin_more(number)
            others = [other for of, other in (*waiting.values(), *suspects) if of == number]
            if not isinstance(task, Task) or any(isinstance(other, Task) for other in others):
                continue
            if task.closing or batch.failed or not batch.of(closing=True):
                batch.pdfs.clear()  # nobody needs them any more
            else:
                begin(number, batch.of(closing=True))


def outcome(future: Future[Result], task: Task | Companions) -> Result:
    """What became of a task; whatever went wrong is a Failure."""
    error = _error(future)
    if error is None:
        return future.result()
    return Failure(task.job if isinstance(task, Task) else None, unfinished(error))


def unfinished(error: BaseException) -> str:
    """Why something was not made."""
    if isinstance(error, Refused):
        return str(error)
    return KILLED if isinstance(error, BrokenExecutor) else f"Not finished: {type(error).__name__}: {error}"


def _error(future: Future[Result]) -> BaseException | None:
    """Why a task has no result; a cluster that goes away gives its tasks up."""
    return CancelledError("It was given up.") if future.cancelled() else future.exception()


@contextlib.contextmanager
def local_crew(data: Path, edition: str, most: int, *, cold: bool = False) -> Iterator[Crew]:
    """Open a crew of as many processes as there are cores; at the end, or when anything is raised, none is left.

    Parameters
    ----------
    data : Path
        The folder of the data package.
    edition : str
        The edition by which the reports are dated.
    most : int
        How many reports there are to make.
    cold : bool
        Start each kernel as a Python of its own, even where one with its libraries loaded can be forked.
    """
    before = set(multiprocessing.active_children())
    with contextlib.ExitStack() as ending:
        scratch = ending.enter_context(scratch_folder())
        variables = environment(data, edition, scratch)
        server = ending.enter_context(fork_server(scratch, variables, cold=cold))
        size = min(most, cores())
        pools: list[ProcessPoolExecutor] = []
        submitted = 0

        def open_pool() -> None:
            for old in pools:
                old.shutdown(wait=False)  # it makes what it was given
            pools.append(
                ProcessPoolExecutor(
                    size,
                    multiprocessing.get_context("spawn"),  # no state and no thread of this process is inherited
                    initializer=prepare,
                    initargs=(variables, scratch),
                )
            )
            for _ in range(size):  # each of them starts a process, which loads its libraries now
                pools[-1].submit(load)

        def submit(task: Task | Companions) -> Future[Result]:
            nonlocal submitted
            call = _call(task, scratch, server)
            with _interrupts_ignored():
                submitted += 1
                if submitted % (MOST * size) == 0:
                    open_pool()
                try:
                    return pools[-1].submit(*call)
                except BrokenExecutor:  # by a report before
                    open_pool()
                    return pools[-1].submit(*call)

        try:
            with _interrupts_ignored():
                open_pool()
            yield Crew(submit, size, Steps(scratch / STEPS).news)
        except BaseException:
            for process in set(multiprocessing.active_children()) - before:
                process.kill()
            raise
        finally:
            for pool in pools:
                pool.shutdown(cancel_futures=True)
            end_kernels(scratch)


def _call(task: Task | Companions, scratch: Path, server: Path | None) -> tuple[Any, ...]:
    """What a process is to call: not a function of this module, so that it need not load it."""
    if isinstance(task, Task):
        return make_report, task, scratch, server
    from lusong_analysis.report.companions import make_companions

    return make_companions, task


def cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def furnish(scratch: Path) -> None:
    """Lay out what every kernel finds: settings of matplotlib, none, and what IPython runs first."""
    (scratch / "matplotlibrc").touch()
    startup = scratch / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "listen.py").write_text(LISTEN)
    (startup / "streams.py").write_text(IN_PLACE)


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """Open a folder for sockets, whose path may be no longer than about 107 bytes, and sweep those of the dead."""
    folder = tempfile.gettempdir()
    parent = Path(folder if len(os.fsencode(folder)) < 60 else "/tmp")
    for old in parent.glob(f"{PREFIX}*"):
        if left(old / LOCK):  # by a build that was killed
            shutil.rmtree(old, ignore_errors=True)
    scratch = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    furnish(scratch)
    with alone(scratch / LOCK, lambda holder: None):
        try:
            yield scratch
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


@contextlib.contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Let processes start that ignore Ctrl-C, which a terminal sends to all: this one ends the others."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
