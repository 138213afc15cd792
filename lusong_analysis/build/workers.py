"""All cores at work: one process a report, none left behind."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import MappingProxyType

from lusong_analysis.build.execute import STEPS, Failure, Report, Task, make_report
from lusong_analysis.build.forkserver import fork_server
from lusong_analysis.build.kernel import EDITION, end_kernels, environment, prepare
from lusong_analysis.build.lock import alone, left
from lusong_analysis.build.steps import Step, Steps

# The folders of builds, and the file in each that its build holds locked.
PREFIX = "lusong-"
LOCK = "lock"

# How often to look how far the reports have come [s].
PAUSE = 0.2

KILLED = "Not finished: one of the processes was killed, perhaps because memory ran out."


def make_reports(
    tasks: Sequence[Task],
    data: Path,
    edition: str,
    done: Callable[[Report | Failure], None],
    *,
    kept: Mapping[str, bytes] = MappingProxyType({}),
    previous: Path | None = None,
    cold: bool = False,
    fail_fast: bool = False,
    step: Callable[[Step], None] = lambda step: None,
) -> list[Report | Failure]:
    """Make many reports, as many at once as there are cores; those that tell what changed after all others.

    Parameters
    ----------
    tasks : Sequence of Task
        The reports to make.
    data : Path
        The folder of the data package.
    edition : str
        The edition they belong to.
    done : Callable
        Is told of each report as it is finished.
    kept : Mapping of str to bytes, optional
        The PDFs of the edition that are up to date, by their place in it.
    previous : Path, optional
        The folder of the last edition.
    cold : bool
        Start each kernel as a Python of its own, even where one with its libraries loaded can be forked.

    fail_fast : bool
        Stop at the first that fails, and leave the others.
    step : Callable
        Is told of each cell that begins.

    Returns
    -------
    list of Report or Failure
        One a task that was finished, in the order of the tasks. A report whose process was killed is a Failure.
    """
    results: dict[int, Report | Failure] = {}
    before = set(multiprocessing.active_children())
    with contextlib.ExitStack() as ending:
        scratch = ending.enter_context(_scratch())
        variables = environment(data, edition, scratch, previous)
        server = ending.enter_context(fork_server(scratch, variables, cold=cold))
        _lay_out(scratch / EDITION, kept)
        pool = ProcessPoolExecutor(
            min(len(tasks), cores()),
            multiprocessing.get_context("spawn"),  # no state of this process, and no thread of it, is inherited
            initializer=prepare,
            initargs=(variables, scratch),
        )
        try:
            for closing in (False, True):
                numbers = [number for number, task in enumerate(tasks) if task.closing is closing]
                for number, result in _results(pool, tasks, numbers, scratch, server, step):
                    results[number] = result
                    if isinstance(result, Report):
                        _lay_out(scratch / EDITION, {result.name: result.pdf})
                    done(result)
                    if fail_fast and isinstance(result, Failure):
                        raise _Enough
        except _Enough:
            _kill(set(multiprocessing.active_children()) - before)
        except BaseException:
            _kill(set(multiprocessing.active_children()) - before)
            raise
        finally:
            pool.shutdown(cancel_futures=True)
            end_kernels(scratch)
    return [results[number] for number in sorted(results)]


class _Enough(Exception):
    """One has failed, and the others are not wanted."""


def _kill(processes: Iterable[multiprocessing.process.BaseProcess]) -> None:
    for process in processes:
        process.kill()


def _results(
    pool: ProcessPoolExecutor,
    tasks: Sequence[Task],
    numbers: Sequence[int],
    scratch: Path,
    server: Path | None,
    step: Callable[[Step], None],
) -> Iterator[tuple[int, Report | Failure]]:
    """Some of the reports, as they are finished; between them, how far the others have come."""
    try:
        with _interrupts_ignored():
            futures = {pool.submit(make_report, tasks[number], scratch, server): number for number in numbers}
    except BrokenProcessPool:  # by a report before
        yield from ((number, Failure(tasks[number].job, KILLED)) for number in numbers)
        return
    steps = Steps(scratch / STEPS)
    waiting = set(futures)
    while waiting:
        finished, waiting = wait(waiting, PAUSE, FIRST_COMPLETED)
        for one in steps.news():
            step(one)
        for number in sorted(futures[future] for future in finished):
            future = next(future for future in finished if futures[future] == number)
            try:
                yield number, future.result()
            except BrokenProcessPool:
                yield number, Failure(tasks[number].job, KILLED)


def _lay_out(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write PDFs where the reports that tell what changed find them."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextlib.contextmanager
def _scratch() -> Iterator[Path]:
    """Open a folder for sockets, whose path may be no longer than about 107 bytes."""
    folder = tempfile.gettempdir()
    parent = Path(folder if len(os.fsencode(folder)) < 60 else "/tmp")
    for old in parent.glob(f"{PREFIX}*"):
        if left(old / LOCK):  # by a build that was killed
            shutil.rmtree(old, ignore_errors=True)
    scratch = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    (scratch / "matplotlibrc").touch()
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
