"""One edition: build what is not up to date, keep the rest, publish it in one move."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lusong_analysis.build.audit import BuildError, Whole, audit
from lusong_analysis.build.inputs import Inputs, read_inputs
from lusong_analysis.build.plan import Job, Order
from lusong_analysis.build.publication import intact, publish, read_manifest, repair

if TYPE_CHECKING:
    from lusong_analysis.build.execute import Report, Task


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


def build(order: Order, *, force: bool = False, quiet: bool = False) -> Edition:
    """Build the reports of an order that are not up to date, and publish their edition.

    Parameters
    ----------
    order : Order
        What was asked for.
    force : bool
        Build every report of the order, whether it is up to date or not.
    quiet : bool
        Show no progress.

    Raises
    ------
    Refused
        Before the first kernel starts, with everything that is wrong.
    BuildError
        With every report that could not be made, and every conflict that touches a printed figure and stands in no
        report. The last good edition is untouched.
    """
    repair(order.reports)
    inputs = read_inputs(order.project, order.data, order.notebooks.values(), order.previous)
    folder = order.reports / order.edition
    manifest = read_manifest(folder)
    published = manifest.get("jobs", {})
    force = force or bool(order.unasked())  # they are refused, even where everything is up to date
    due = [job for job in order.jobs if force or not _current(job, order, inputs, folder, published)]
    kept = {
        name: record
        for name, record in published.items()
        if name not in map(str, due) and name.partition("/")[0] in order.notebooks
    }
    unused: tuple[str, ...] = ()
    if due or len(kept) < len(published) or not intact(folder, manifest.get("files", {})):
        files = {name: folder / name for record in kept.values() for name in record["outputs"]}
        contents = {name: file.read_bytes() for name, file in files.items() if file.is_file()}
        jobs = dict(kept)
        for task, report in _make(order, due, contents, quiet) if due else []:
            new = outputs(report)
            contents |= new
            jobs[str(task.job)] = _record(task, new, order, inputs)
        whole = audit(order, contents)
        unused = whole.unused
        publish(order.reports, order.edition, {**contents, **whole.files}, _manifest(order, inputs, jobs, whole))
    jobs_kept = [(Job(*name.split("/")), record) for name, record in kept.items()]
    stale = sum(record["key"] != _key(job, order, inputs) for job, record in jobs_kept)
    return Edition(folder, tuple(due), len(kept) + len(due), unused, stale)


def outputs(report: Report) -> dict[str, bytes]:
    """Name the files of a report as they lie in the edition."""
    name, language = report.job.notebook, report.job.language
    files = {f"{language}/{name}.pdf": report.pdf}
    for number, (svg, png) in enumerate(report.charts, 1):
        files |= {f"{language}/charts/{name}-{number}.svg": svg, f"{language}/charts/{name}-{number}.png": png}
    return files


def _current(job: Job, order: Order, inputs: Inputs, folder: Path, published: Mapping[str, Any]) -> bool:
    record = published.get(str(job), {})
    return record.get("key") == _key(job, order, inputs) and intact(folder, record["outputs"])


def _key(job: Job, order: Order, inputs: Inputs) -> str:
    closing = job.notebook in order.closing
    rested_on = order.notebooks if closing else (job.notebook,)
    differing = {name: value for notebook in rested_on for name, value in order.differing(notebook).items()}
    return inputs.key(job.notebook, job.language, differing, closing=closing)


def _make(order: Order, due: Sequence[Job], kept: Mapping[str, bytes], quiet: bool) -> list[tuple[Task, Report]]:
    from lusong_analysis.build.checks import ready
    from lusong_analysis.build.execute import Failure
    from lusong_analysis.build.progress import progress
    from lusong_analysis.build.workers import make_reports

    tasks = ready(order, due)
    with progress(len(tasks), quiet) as tell:
        month = str(tasks[0].parameters["edition"])
        pdfs = {name: content for name, content in kept.items() if name.endswith(".pdf")}
        results = make_reports(
            tasks, order.data, month, lambda result: tell(result.headline), kept=pdfs, previous=order.previous
        )
    failures = tuple(result for result in results if isinstance(result, Failure))
    if failures:
        raise BuildError(failures, len(tasks))
    return [(task, result) for task, result in zip(tasks, results, strict=True) if not isinstance(result, Failure)]


def _record(task: Task, files: Mapping[str, bytes], order: Order, inputs: Inputs) -> dict[str, Any]:
    return {
        "key": _key(task.job, order, inputs),
        "notebook": inputs.notebooks[task.job.notebook],
        "shared": inputs.shared,
        "parameters": task.parameters,
        "outputs": _hashes(files),
    }


def _hashes(files: Mapping[str, bytes]) -> dict[str, Any]:
    return {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()} for name, content in files.items()
    }


def _manifest(order: Order, inputs: Inputs, jobs: Mapping[str, Any], whole: Whole) -> dict[str, Any]:
    notebooks = {f"notebooks/{name}.ipynb": content for name, content in inputs.notebooks.items()}
    return {
        "edition": order.edition,
        "parameters": order.parameters,
        "inputs": {**inputs.files, **notebooks},
        "shared": inputs.shared,
        "versions": inputs.versions,
        "jobs": jobs,
        "files": _hashes(whole.files),
        "previous": inputs.previous,
        "unused": list(whole.unused),
    }
