"""One edition: build what is not up to date, keep the rest, publish it in one move."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lusong_analysis.build.audit import BuildError, Whole, audit
from lusong_analysis.build.inputs import hashes
from lusong_analysis.build.lock import alone
from lusong_analysis.build.plan import Job, Limits, Order
from lusong_analysis.build.publication import publish, repair
from lusong_analysis.build.state import State, examine
from lusong_analysis.build.store import FOLDER

if TYPE_CHECKING:
    from lusong_analysis.build.execute import Failure, Report


@dataclass(frozen=True)
class Edition:
    """A published edition.

    Parameters
    ----------
    folder : Path
        Where it lies.
    built : tuple of Job
        The reports that were built now.
    total : int
        The number of all its reports.
    unused : tuple of str
        The statements that no figure of the edition rests on, where reports were built.
    stale : int
        The number of reports in it that were built from other data, code or parameters and not asked for now.
    """

    folder: Path
    built: tuple[Job, ...]
    total: int
    unused: tuple[str, ...] = ()
    stale: int = 0


def build(
    order: Order,
    *,
    force: bool = False,
    quiet: bool = False,
    cold: bool = False,
    fail_fast: bool = False,
    limits: Limits | None = None,
) -> Edition:
    """Build the reports of an order that are not up to date, and publish their edition.

    Parameters
    ----------
    order : Order
        What was asked for.
    force : bool
        Build every report of the order, whether it is up to date or not.
    quiet : bool
        Show no progress.
    cold : bool
        Start each kernel as a Python of its own, even where one with its libraries loaded can be forked.
    fail_fast : bool
        Stop at the first report that fails, instead of finishing the others.
    limits : Limits, optional
        How long a cell and a notebook may take.

    Raises
    ------
    Refused
        Before the first kernel starts, with everything that is wrong.
    BuildError
        With every report that could not be made, and every conflict that touches a printed figure and stands in no
        report. The last good edition is untouched, and the next build takes up what was finished.
    """
    with alone(order.project / FOLDER / "lock", _waiting):
        return _build(order, force=force, quiet=quiet, cold=cold, fail_fast=fail_fast, limits=limits or Limits())


def _waiting(holder: str) -> None:
    print(f"Another build runs in this project ({holder}); waiting until it is done.", file=sys.stderr, flush=True)


def _build(order: Order, *, force: bool, quiet: bool, cold: bool, fail_fast: bool, limits: Limits) -> Edition:
    repair(order.reports)
    state = examine(order)
    due = [job for job in order.jobs if force or order.unasked() or state.reasons(job)]
    kept = {job: record for job, record in state.records.items() if job not in due and job.notebook in order.notebooks}
    unused: tuple[str, ...] = ()
    if due or not state.published(kept):
        files = {name: file for record in kept.values() for name, file in record["outputs"].items()}
        contents = {name: state.content(name, file) for name, file in files.items()}
        if due:
            contents |= _make(state, due, contents, quiet=quiet, cold=cold, fail_fast=fail_fast, limits=limits)
        whole = audit(order, contents)
        publish(order.reports, order.edition, {**contents, **whole.files}, _manifest(state, [*kept, *due], whole))
        unused = whole.unused
        state.store.sweep()
    stale = sum(bool(state.reasons(job)) for job in kept)
    return Edition(order.reports / order.edition, tuple(due), len(kept) + len(due), unused, stale)


def outputs(report: Report) -> dict[str, bytes]:
    """Name the files of a report as they lie in the edition."""
    name, language = report.job.notebook, report.job.language
    files = {f"{language}/{name}.pdf": report.pdf}
    for number, (svg, png) in enumerate(report.charts, 1):
        files |= {f"{language}/charts/{name}-{number}.svg": svg, f"{language}/charts/{name}-{number}.png": png}
    return files


def _make(
    state: State,
    due: Sequence[Job],
    kept: Mapping[str, bytes],
    *,
    quiet: bool,
    cold: bool,
    fail_fast: bool,
    limits: Limits,
) -> dict[str, bytes]:
    """Make reports, keep each as it is finished, and give their files; all that failed are told together."""
    from lusong_analysis.build.checks import ready
    from lusong_analysis.build.execute import Failure
    from lusong_analysis.build.progress import progress
    from lusong_analysis.build.workers import make_reports

    order = state.order
    tasks = [replace(task, limits=limits) for task in ready(order, due)]
    made: dict[str, bytes] = {}
    parameters = {task.job: task.parameters for task in tasks}
    with progress({str(task.job): task.cells for task in tasks}, quiet) as teller:

        def done(result: Report | Failure) -> None:
            if not isinstance(result, Failure):
                files = outputs(result)
                state.finish(result.job, files, result.trace, parameters[result.job])
                made.update(files)
            teller.finished(str(result.job), result.headline)

        results = make_reports(
            tasks,
            order.data,
            str(tasks[0].parameters["edition"]),
            done,
            kept={name: content for name, content in kept.items() if name.endswith(".pdf")},
            previous=order.previous,
            cold=cold,
            fail_fast=fail_fast,
            step=teller.step,
        )
    failures = tuple(result for result in results if isinstance(result, Failure))
    if failures:
        raise BuildError(failures, len(tasks))
    return made


def _manifest(state: State, jobs: Iterable[Job], whole: Whole) -> dict[str, Any]:
    order, inputs = state.order, state.inputs
    notebooks = {f"notebooks/{name}.ipynb": content for name, content in inputs.notebooks.items()}
    return {
        "edition": order.edition,
        "parameters": order.parameters,
        "inputs": {**inputs.files, **notebooks},
        "shared": inputs.shared,
        "versions": inputs.versions,
        "jobs": {str(job): state.published_record(job) for job in jobs},
        "files": hashes(whole.files),
        "previous": inputs.previous,
        "unused": list(whole.unused),
    }
