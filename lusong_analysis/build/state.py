"""What is finished: of each report, whether it is up to date, and if not, why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from lusong_analysis.build import key
from lusong_analysis.build.inputs import Inputs, hashes, pdf_hashes, read_inputs
from lusong_analysis.build.plan import LANGUAGES, Job, Order
from lusong_analysis.build.publication import intact, read_manifest
from lusong_analysis.build.store import Store
from lusong_analysis.build.trace import Trace
from lusong_analysis.problem import Refused

NEVER = "never built"
FILES = "its files are not there as they were written"
CHANGED = "other parameters"
WRONG = "the data are not right; lusong check says where"


@dataclass(frozen=True)
class State:
    """The reports of an edition as they are, beside what they would be made from now.

    Parameters
    ----------
    order : Order
        What was asked for.
    inputs : Inputs
        The content of everything a report can read.
    manifest : Mapping of str to object
        What is published.
    store : Store
        What was finished, published or not.
    """

    order: Order
    inputs: Inputs
    manifest: Mapping[str, Any]
    store: Store
    _packages: dict[str, key.Opened] = field(default_factory=dict)
    _reasons: dict[Job, list[str]] = field(default_factory=dict)
    _intact: dict[tuple[str, str], bool] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Where the edition lies."""
        return self.order.reports / self.order.edition

    @cached_property
    def records(self) -> dict[Job, Mapping[str, Any]]:
        """The record of each report that was finished: as published, else as the store has it."""
        published = self.manifest.get("jobs", {})
        held = {job: published.get(str(job), {}) or self.store.record(self._name(job)) for job in self.order.all_jobs}
        return {job: record for job, record in held.items() if record}

    def reasons(self, job: Job) -> list[str]:
        """Why a report has to be made; none where it is up to date."""
        if job not in self._reasons:
            others = self._others(job) if self._closing(job) else ()
            coming = [
                f"report {other} is to be built" for other in others if other in self.order.jobs and self.reasons(other)
            ]
            self._reasons[job] = coming or self._own_reasons(job)
        return self._reasons[job]

    def look(self, due: Iterable[Job]) -> None:
        """Open the data for reports that are to be made: what is changed while they are made is not what they read."""
        for job in due:
            self._package(job.notebook).answers({})

    def finish(self, job: Job, files: Mapping[str, bytes], trace: Trace, parameters: Mapping[str, object]) -> None:
        """Keep a report that was made just now, and what it was made from."""
        record = {
            "key": self._whole(job),
            "parts": self.parts(job, trace),
            "trace": trace,
            "parameters": parameters,
            "outputs": hashes(files),
        }
        self.store.put(self._name(job), files.values(), record)
        self.records[job] = record
        self._reasons[job] = []

    def published_record(self, job: Job) -> dict[str, Any]:
        """What the manifest says of a report; of one that is out of date and not asked for, what it said before."""
        if self.reasons(job):
            return dict(self.manifest["jobs"][str(job)])
        record = self.records[job]
        return {
            "key": self._whole(job),
            "notebook": self.inputs.notebooks[job.notebook],
            "shared": self.inputs.shared,
            "parameters": record["parameters"],
            "outputs": record["outputs"],
        }

    def parts(self, job: Job, trace: Trace) -> key.Parts:
        """Everything a report is made from, now."""
        closing: dict[str, str] = {}
        if self._closing(job):
            # Another edition without this report has none that it could rest on either.
            closing = {str(other): self._pdf(other) for other in self._others(job)}
        differing = {"language": job.language, **self.order.differing(job.notebook)}
        return key.parts(self.inputs, job.notebook, differing, trace, self._package(job.notebook).answers, closing)

    def content(self, name: str, file: Mapping[str, Any]) -> bytes | None:
        """The content of a file of a finished report; None where it is neither published nor in the store."""
        if self._lies_there(name, file):
            return (self.folder / name).read_bytes()
        return self.store.content(file["sha256"])

    def fit(self, job: Job) -> bool:
        """Whether a report that is not made now belongs to the edition: one that is published, or up to date."""
        return str(job) in self.manifest.get("jobs", {}) or not self.reasons(job)

    def published(self, kept: Mapping[Job, Mapping[str, Any]]) -> bool:
        """Whether the edition lies there as it should, with these reports and no others, and all that goes with them.

        The workbook, the maps and the manifest are made of all data and the whole program.
        """
        jobs = self.manifest.get("jobs", {})
        named = dict(self.manifest.get("files", {}))
        for record in kept.values():
            named |= record["outputs"]
        of_today = self.manifest.get("shared") == self.inputs.shared
        of_these = set(jobs) == {str(job) for job in kept}
        return of_today and of_these and all(self._lies_there(*output) for output in named.items())

    def _own_reasons(self, job: Job) -> list[str]:
        record = self.records.get(job)
        if record is None:
            return [NEVER]
        if record.get("key") != self._whole(job):
            kept = self.store.record(self._name(job))
            if not kept:
                return self._changed_files(job)
            try:
                changed = key.differences(kept["parts"], self.parts(job, kept["trace"]))
            except Refused:  # the checks before the first kernel say what is wrong, with all else that is
                changed = [WRONG]
            if changed:
                return changed
            record = self.records[job] = kept
        return [] if self._there(record) else [FILES]

    def _changed_files(self, job: Job) -> list[str]:
        """What differs from what is published, where nothing tells which of it the report had read."""
        before = {name: value for name, value in self.manifest.get("inputs", {}).items() if not name.endswith(".ipynb")}
        changed = [
            name for name in sorted({*before, *self.inputs.files}) if before.get(name) != self.inputs.files.get(name)
        ]
        published = self.manifest.get("versions", {})
        versions = [f"version {name}" for name, value in self.inputs.versions.items() if published.get(name) != value]
        return [f"{name} changed" for name in (*changed, *versions)] or [CHANGED]

    def _there(self, record: Mapping[str, Any]) -> bool:
        """Whether every file of a report is published or in the store."""
        missing = [file for name, file in record["outputs"].items() if not self._lies_there(name, file)]
        return all(self.store.content(file["sha256"]) is not None for file in missing)

    def _lies_there(self, name: str, file: Mapping[str, Any]) -> bool:
        """Whether a file of the edition is there as it was written; each is read once."""
        output = name, file["sha256"]
        if output not in self._intact:
            self._intact[output] = intact(self.folder, {name: file})
        return self._intact[output]

    def _pdf(self, job: Job) -> str:
        """The hash of a finished report."""
        outputs = self.records.get(job, {}).get("outputs", {})
        return str(outputs.get(f"{job.language}/{job.notebook}.pdf", {}).get("sha256", ""))

    def _others(self, job: Job) -> Iterable[Job]:
        """The reports on which one rests that tells what changed."""
        names = [name for name in self.order.notebooks if name not in self.order.closing]
        return [Job(name, language) for name in names for language in LANGUAGES]

    def _closing(self, job: Job) -> bool:
        return job.notebook in self.order.closing

    def _whole(self, job: Job) -> str:
        """One hash over all that a report could have read; where it is the same, no more need be asked."""
        closing = self._closing(job)
        rested_on = self.order.notebooks if closing else (job.notebook,)
        differing = {name: value for notebook in rested_on for name, value in self.order.differing(notebook).items()}
        reports: dict[str, str] = {}
        if closing:
            for other in self._others(job):
                self.reasons(other)  # what is up to date may be found in the store
                reports[str(other)] = self._pdf(other)
        return self.inputs.key(job.notebook, job.language, differing, closing=closing, reports=reports)

    def opened(self, as_of: str) -> key.Opened:
        """The data as of a day, which all that is asked of them shares."""
        return self._packages.setdefault(as_of, key.Opened(self.order.data, as_of))

    def _package(self, notebook: str) -> key.Opened:
        return self.opened({**self.order.defaults[notebook], **self.order.differing(notebook)}.get("as_of", ""))

    def _name(self, job: Job) -> str:
        return f"{self.order.edition}/{job.notebook}-{job.language}"


def examine(orders: Sequence[Order], store: Store) -> list[State]:
    """Look at what is finished of some editions, all of one project and one data package."""
    first = orders[0]
    inputs = read_inputs(first.project, first.data, first.notebooks.values())
    packages: dict[str, key.Opened] = {}
    return [
        State(
            order,
            replace(inputs, previous=pdf_hashes(order.previous)),
            read_manifest(order.reports / order.edition),
            store,
            packages,
        )
        for order in orders
    ]
