"""One edition, or one an area: build what is not up to date, keep the rest, publish each in one move."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lusong_analysis.build.audit import BuildError, Stopped, audit, evidence
from lusong_analysis.build.inputs import hashes, pdfs_of
from lusong_analysis.build.lock import alone
from lusong_analysis.build.plan import Job, Limits, Order
from lusong_analysis.build.publication import publish, repair
from lusong_analysis.build.state import State, examine
from lusong_analysis.build.store import FOLDER, open_store, sweep
from lusong_analysis.problem import Refused

if TYPE_CHECKING:
    from lusong_analysis.build.execute import Failure, Report, Task
    from lusong_analysis.build.workers import Batch, Crew
    from lusong_analysis.report.companions import Companions


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


@dataclass(frozen=True)
class Manner:
    """How a build goes about it; the pages are the same.

    Parameters
    ----------
    force : bool
        Build every report of the order, whether it is up to date or not.
    quiet : bool
        Show no progress.
    cold : bool
        Start each kernel as a Python of its own, even where one with its libraries loaded can be forked.
    fail_fast : bool
        Stop at the first failure, instead of finishing the other reports.
    limits : Limits
        How long a cell and a notebook may take.
    store : str
        Where finished reports are kept, as a URL of fsspec; in the project if not given.
    scheduler : str
        The address of a Dask scheduler whose workers make the reports; this machine if not given.
    """

    force: bool = False
    quiet: bool = False
    cold: bool = False
    fail_fast: bool = False
    limits: Limits = field(default_factory=Limits)
    store: str = ""
    scheduler: str = ""


@dataclass
class Work:
    """An edition on the way: which of its reports are to be made, which are kept, and what is there so far.

    ``published`` says that it lies there already as it should, ``left`` how much is still to be made of it,
    ``records`` is the evidence of its reports, ``companions`` what goes with these.
    """

    state: State
    due: list[Job]
    kept: Mapping[Job, Mapping[str, Any]]
    contents: dict[str, bytes]
    published: bool
    left: int
    edition: Edition | None = None
    records: dict[Job, Any] = field(default_factory=dict)
    companions: Mapping[str, bytes] | None = None
    failures: list[Failure] = field(default_factory=list)

    @property
    def order(self) -> Order:
        """What was asked for."""
        return self.state.order

    def told(self) -> list[Failure]:
        """All that failed, in the order of the reports, whatever was finished first."""
        jobs = [*self.order.all_jobs, None]
        return sorted(self.failures, key=lambda failure: jobs.index(failure.job))

    def read(self, jobs: Iterable[Job]) -> list[Companions]:
        """Read the evidence of reports that are there; what goes with them is to be made once some carry evidence."""
        before = len(self.records)
        for job in jobs:
            pdf = self.contents.get(f"{job.language}/{job.notebook}.pdf")
            record = None if pdf is None else evidence(pdf)
            if record is not None:
                self.records[job] = record
        return [self.asked_companions()] if self.records and not before else []

    def asked_companions(self) -> Companions:
        """What goes with the reports; of an area that is not the notebooks' own it holds what concerns that area."""
        from lusong_analysis.report.companions import Companions

        order = self.order
        return Companions(
            data=order.data,
            content=self.state.inputs.shared,
            as_of=order.as_of,
            ref_area=order.ref_area,
            whole=order.ref_area == order.own("ref_area"),
            edition=order.edition,
            month=order.month,
        )

    def unused(self) -> tuple[str, ...]:
        """The statements that no figure rests on, of those that concern the edition."""
        from lusong_analysis.facts.scope import concerning
        from lusong_analysis.report.coverage import unused

        package = self.state.opened(self.order.as_of).known
        if self.order.ref_area != self.order.own("ref_area"):
            package = concerning(package, self.order.ref_area)
        return tuple(unused(package, self.records.values()))


def build(order: Order, **manner: Any) -> Edition:
    """Build one edition: see :func:`build_all`; the options are those of :class:`Manner`."""
    return build_all([order], Manner(**manner))[0]


def build_all(orders: Sequence[Order], manner: Manner) -> list[Edition]:
    """Build the reports of some orders that are not up to date, and publish each edition when it is whole.

    Parameters
    ----------
    orders : Sequence of Order
        What was asked for: one an edition, all of one project and one data package.
    manner : Manner
        How.

    Raises
    ------
    Refused
        Before the first kernel starts, with everything that is wrong.
    BuildError
        With every report that could not be made, and every conflict that touches a printed figure and stands in no
        report. The last good edition is untouched, and the next build takes up what was finished.
    Stopped
        Somebody ended it.
    """
    project = orders[0].project
    with alone(project / FOLDER / "lock", _waiting):
        repair(orders[0].reports)
        works = [_work(state, force=manner.force) for state in examine(orders, open_store(project, manner.store))]
        _refuse_long_texts(works)
        try:
            _make([work for work in works if work.due], manner)
            for work in works:
                if not work.due:
                    _finish(work)
        except KeyboardInterrupt:
            raise Stopped(tuple(work.order.edition for work in works if work.edition)) from None
        if not manner.store and any(work.due for work in works):
            sweep(project / FOLDER)
    if any(work.failures for work in works):
        # Where every report was made, an edition as a whole is at fault.
        tried = sum(len(work.due) for work in works) if any(work.left for work in works) else 0
        raise _error(works, tried)
    return [work.edition for work in works if work.edition]


def _refuse_long_texts(works: Sequence[Work]) -> None:
    """Where no report is due nothing else is checked: what is published anew was, but for the workbook."""
    anew = [work for work in works if not work.published]
    if anew and not any(work.due for work in works):
        from lusong_analysis.build.checks import check_lengths

        problems = check_lengths(anew[0].state.opened(anew[0].order.as_of).whole)
        if problems:
            raise Refused(problems)


def _error(works: Sequence[Work], tried: int) -> BuildError:
    unpublished = tuple(work.order.edition for work in works if work.edition is None)
    failures = tuple(failure for work in works for failure in work.told())
    # An edition is held to anything as a whole only when nothing of it is left to be made.
    failed = sum(failure.job is not None for work in works if work.left for failure in work.failures)
    return BuildError(failures, failed, tried, unpublished)


def _waiting(holder: str) -> None:
    print(f"Another build runs in this project ({holder}); waiting until it is done.", file=sys.stderr, flush=True)


def _work(state: State, *, force: bool) -> Work:
    order = state.order
    for job in state.records:
        state.reasons(job)  # what is up to date may be found in the store
    due = [job for job in order.jobs if force or order.unasked() or state.reasons(job)]
    kept = {job: record for job, record in state.records.items() if job not in due and state.fit(job)}
    contents = {}
    published = not due and state.published(kept)
    if not published:
        files = {name: file for record in kept.values() for name, file in record["outputs"].items()}
        found = {name: state.content(name, file) for name, file in files.items()}
        # Charts do not lie in git: a report that is not asked for goes without until it is.
        contents = {name: content for name, content in found.items() if content is not None}
    return Work(state, due, kept, contents, published, len(due))


def outputs(report: Report) -> dict[str, bytes]:
    """Name the files of a report as they lie in the edition."""
    name, language = report.job.notebook, report.job.language
    files = {f"{language}/{name}.pdf": report.pdf}
    for number, (svg, png) in enumerate(report.charts, 1):
        files |= {f"{language}/charts/{name}-{number}.svg": svg, f"{language}/charts/{name}-{number}.png": png}
    return files


def _make(works: Sequence[Work], manner: Manner) -> None:
    """Make reports and what goes with them, keep each as it is finished, and publish each edition that is whole."""
    if not works:
        return
    from lusong_analysis.build.checks import ready
    from lusong_analysis.build.execute import Failure, Report
    from lusong_analysis.build.progress import progress
    from lusong_analysis.build.workers import make_reports

    several = len(works) > 1
    with contextlib.ExitStack() as ending:
        # It loads its libraries while everything is checked.
        crew = ending.enter_context(_crew(works[0].order, sum(len(work.due) for work in works), manner))
        checked = ready([(work.order, work.due) for work in works], works[0].state.inputs.shared)
        for work in works:
            work.state.look(work.due)
        tasks = [
            [replace(task, limits=manner.limits, edition=work.order.edition if several else "") for task in own]
            for work, own in zip(works, checked, strict=True)
        ]
        batches = [_batch(work, own) for work, own in zip(works, tasks, strict=True)]
        named = {(number, task.job): task for number, own in enumerate(tasks) for task in own}
        teller = ending.enter_context(progress({task.name: task.cells for task in named.values()}, manner.quiet))
        for work, batch in zip(works, batches, strict=True):
            for job in work.kept:
                if not work.records:  # the others are read when all is there
                    _add(work, batch, [job])
        for number, result in make_reports(batches, crew, teller.step):
            work = works[number]
            if isinstance(result, Failure):
                work.failures.append(replace(result, edition=work.order.edition if several else ""))
                if result.job:
                    task = named[number, result.job]
                    teller.finished(task.name, f"failed  {task.name}")
                if manner.fail_fast:
                    raise _error(works, len(named))
                continue
            work.left -= 1
            if isinstance(result, Report):
                task, files = named[number, result.job], outputs(result)
                work.state.finish(result.job, files, result.trace, task.parameters)
                work.contents |= files
                teller.finished(task.name, f"built   {task.name}")
                _add(work, batches[number], [result.job])
            else:
                work.companions = result
            if not work.left:
                _finish(work)


def _add(work: Work, batch: Batch, jobs: Iterable[Job]) -> None:
    """Have made what goes with the reports that are there now."""
    more = work.read(jobs)
    batch.more.extend(more)
    work.left += len(more)


def _batch(work: Work, tasks: Sequence[Task]) -> Batch:
    from lusong_analysis.build.execute import Folder
    from lusong_analysis.build.workers import Batch

    pdfs = {name: content for name, content in work.contents.items() if name.endswith(".pdf")}
    last = work.order.previous
    previous = None
    if last and any(task.closing for task in tasks):
        previous = Folder(last.name, {name: path.read_bytes() for name, path in pdfs_of(last)})
    return Batch(tasks, work.order.edition, pdfs, previous)


def _crew(order: Order, most: int, manner: Manner) -> AbstractContextManager[Crew]:
    if manner.scheduler:
        from lusong_analysis.build.cluster import cluster_crew

        notebooks = order.project / "notebooks"
        return cluster_crew(manner.scheduler, order.data, notebooks, order.month, cold=manner.cold)
    from lusong_analysis.build.workers import local_crew

    return local_crew(order.data, order.month, most, cold=manner.cold)


def _finish(work: Work) -> None:
    """Publish an edition whose reports are all there, unless something is wrong with it as a whole."""
    state, order = work.state, work.order
    unused: tuple[str, ...] = ()
    if not work.published:
        files = dict(work.companions or {})
        asked = work.read(job for job in work.kept if job not in work.records)
        if not work.due and asked:
            from lusong_analysis.build.execute import Failure
            from lusong_analysis.build.workers import unfinished
            from lusong_analysis.report.companions import make_companions

            try:
                files = make_companions(*asked)
            except Exception as error:
                work.failures.append(Failure(None, unfinished(error)))
                return
        if work.records:
            try:
                audit(order, state.opened(order.as_of).conflicts, work.records)
            except BuildError as error:
                work.failures += error.failures
                return
            unused = work.unused()
        publish(order.reports, order.edition, {**work.contents, **files}, _manifest(work, files, unused))
    stale = sum(bool(state.reasons(job)) for job in work.kept)
    total = len(work.kept) + len(work.due)
    work.edition = Edition(state.folder, tuple(work.due), total, unused, stale)
    work.contents, work.records, work.companions = {}, {}, None


def _manifest(work: Work, companions: Mapping[str, bytes], unused: Sequence[str]) -> dict[str, Any]:
    state, order, inputs = work.state, work.order, work.state.inputs
    jobs: Iterable[Job] = (*work.kept, *work.due)
    notebooks = {f"notebooks/{name}.ipynb": content for name, content in inputs.notebooks.items()}
    return {
        "edition": order.edition,
        "parameters": order.parameters,
        "inputs": {**inputs.files, **notebooks},
        "shared": inputs.shared,
        "versions": inputs.versions,
        "jobs": {str(job): state.published_record(job) for job in jobs},
        "files": hashes(companions),
        "previous": inputs.previous,
        "unused": list(unused),
    }
