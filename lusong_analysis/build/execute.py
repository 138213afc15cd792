"""One report: a notebook is run in a kernel of its own and exported to PDF. Runs in a process of its own."""

from __future__ import annotations

import base64
import contextlib
import gc
import json
import re
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from lusong_analysis.build.kernel import end_kernel, kernel_manager
from lusong_analysis.build.plan import Job, Limits
from lusong_analysis.build.steps import Step, Steps
from lusong_analysis.build.trace import CELL, MIME, Trace, exporting_modules

if TYPE_CHECKING:
    from nbformat import NotebookNode

INJECTED = "injected-parameters"
# The file in the folder of the build through which processes tell how far they are.
STEPS = "steps"

KILLED = "The kernel was killed, by the cell itself or because memory ran out."

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_FRAME = re.compile(r"Cell In\[\d+\], line (\d+)")


class Folder(NamedTuple):
    """A folder of files, wherever it is needed: its name, and each file by its place in it."""

    name: str
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class Task:
    """What a process needs to make one report.

    Parameters
    ----------
    job : Job
        The report.
    text : str
        The notebook file, as it was when it was checked.
    folder : Path
        The folder of the notebook, in which its cells run.
    parameters : Mapping of str to object
        The parameters to inject, checked and typed.
    closing : bool
        Whether it tells what changed in the edition, and so needs all other reports.
    limits : Limits
        How long it may take.
    edition : str
        The edition it belongs to, where several are built at once.
    around : Mapping of str to Folder
        Of one that tells what changed: this edition and the last, by the variables through which it finds them.
    """

    job: Job
    text: str
    folder: Path
    parameters: Mapping[str, object]
    closing: bool = False
    limits: Limits = field(default_factory=Limits)
    edition: str = ""
    around: Mapping[str, Folder] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What it is called where its progress is told."""
        return f"{self.edition} {self.job}".strip()

    @property
    def cells(self) -> int:
        """The number of its cells."""
        return len(json.loads(self.text)["cells"])


@dataclass(frozen=True)
class Report:
    """A finished report: the PDF, each chart as SVG and PNG, and what was read for it."""

    job: Job
    pdf: bytes
    charts: tuple[tuple[bytes, bytes], ...]
    trace: Trace = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The place of the PDF in the edition."""
        return f"{self.job.language}/{self.job.notebook}.pdf"


@dataclass(frozen=True)
class Failure:
    """Why a report, or what goes with the reports, could not be made.

    Parameters
    ----------
    job : Job, optional
        The report; none where it is the workbook and the maps.
    message : str
        What went wrong.
    place : str
        Where: the cell, counted from 1, and its line.
    code : str
        That line.
    edition : str
        The edition, where several are built at once.
    """

    job: Job | None
    message: str
    place: str = ""
    code: str = ""
    edition: str = ""

    def __str__(self) -> str:
        what = (self.job.notebook, self.job.language) if self.job else ("workbook and maps",)
        place = ", ".join(filter(None, (self.edition, *what, self.place)))
        code = [f"    {self.code.strip()}"] if self.code else []
        return "\n".join([f"{place}:", *code, *(f"  {line}" for line in self.message.splitlines())])


def load() -> None:
    """Load what every report needs, before the first one comes."""
    import nbformat  # noqa: F401
    import papermill  # noqa: F401

    import lusong_analysis.pdf.exporter
    import lusong_analysis.pdf.press

    lusong_analysis.pdf.press.fonts()
    gc.collect()
    gc.freeze()  # libraries stay: no collection need go through them again


def make_report(task: Task, scratch: Path, server: Path | None = None) -> Report | Failure:
    """Run a notebook and export it.

    Parameters
    ----------
    task : Task
        What to make.
    scratch : Path
        A folder for the time of the build.
    server : Path, optional
        The socket of the fork server that starts the kernel.

    Returns
    -------
    Report or Failure
        Whatever goes wrong comes back as a Failure.
    """
    started: list[int] = []
    try:
        notebook = read(task.text)
        told, cells = Steps(scratch / STEPS), task.cells  # counted once: that reads the whole notebook

        def begin(index: int) -> None:
            started.append(index)
            told.tell(Step(task.name, min(len(started), cells), cells))

        executed = run(
            with_trace(notebook), task.parameters, task.folder, scratch, begin, server, task.limits, task.around
        )
    except Exception as error:
        return failure(task, error, started)
    try:
        trace = take_trace(executed)
        pdf, drawn = export(executed, task), tuple(charts(executed))
        # What this process imported to run and export it counts as well.
        trace["modules"] = sorted({*trace["modules"], *exporting_modules()})
        return Report(task.job, pdf, drawn, trace)
    except Exception as error:
        return Failure(task.job, f"{type(error).__name__}: {error}", "export")


def run(
    notebook: NotebookNode,
    parameters: Mapping[str, object],
    folder: Path,
    scratch: Path,
    started: Callable[[int], None],
    server: Path | None = None,
    limits: Limits | None = None,
    around: Mapping[str, Folder] = MappingProxyType({}),
) -> NotebookNode:
    """Run a notebook through papermill, and leave out what differs from run to run.

    Parameters
    ----------
    notebook : NotebookNode
        The notebook; it is not changed.
    parameters : Mapping of str to object
        The parameters to inject.
    folder : Path
        The working folder of its cells.
    scratch : Path
        Where the kernel's sockets may lie.
    started : Callable
        Is told of each cell that begins: its index among the cells, the injected one included.
    server : Path, optional
        The socket of the fork server that starts the kernel.
    limits : Limits, optional
        How long it may take.
    around : Mapping of str to Folder, optional
        Folders that the notebook finds through variables.

    Raises
    ------
    PapermillExecutionError
        A cell failed.
    DeadKernelError
        The kernel was killed.
    TimeoutError
        A cell or the notebook took longer than it may.
    """
    import logging

    import papermill

    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # what it logs is raised as well
    with (
        tempfile.TemporaryDirectory(prefix="k", dir=scratch, ignore_cleanup_errors=True) as sockets,
        at_most((limits or Limits()).notebook, lambda: end_kernel(Path(sockets))),
    ):
        variables = {variable: lay_out(folder, Path(sockets) / variable) for variable, folder in around.items()}
        executed = papermill.execute_notebook(
            notebook,
            None,
            dict(parameters),
            kernel_name="python3",
            language="python",
            kernel_manager_class=kernel_manager(Path(sockets), server, variables),
            shutdown_kernel="immediate",
            execution_timeout=(limits or Limits()).cell,
            coalesce_streams=True,  # the system cuts what a cell prints where it likes
            progress_bar=False,
            cwd=str(folder),
            on_cell_start=lambda cell, cell_index: started(cell_index),
        )
    return normalise(executed)


def lay_out(folder: Folder, place: Path) -> str:
    """Write a folder to a place, and say where it lies then."""
    root = place / folder.name
    root.mkdir(parents=True)
    for name, content in folder.files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return str(root)


@contextlib.contextmanager
def at_most(seconds: float, end: Callable[[], None]) -> Iterator[None]:
    """End something when it takes longer than it may.

    Raises
    ------
    TimeoutError
        It was ended.
    """
    late = threading.Event()

    def strike() -> None:
        late.set()
        end()

    timer = threading.Timer(seconds, strike)
    timer.daemon = True
    timer.start()
    try:
        yield
    except Exception:
        if late.is_set():
            msg = f"The notebook took more than {seconds:g} s. Mend it, or give it more with --timeout."
            raise TimeoutError(msg) from None
        raise
    finally:
        timer.cancel()


def read(text: str) -> NotebookNode:
    """Read a notebook; cells of one of an older format, which have no id, are counted instead of given random ones."""
    import nbformat

    notebook: NotebookNode = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    if notebook.nbformat_minor < 5:
        notebook["nbformat_minor"] = 5
        for number, cell in enumerate(notebook.cells, 1):
            cell["id"] = f"cell-{number}"
    return notebook


def with_trace(notebook: NotebookNode) -> NotebookNode:
    """The notebook with a last cell that tells what was read."""
    from nbformat import NotebookNode
    from nbformat.v4 import new_code_cell

    cell = new_code_cell(CELL, id="trace")  # type: ignore[no-untyped-call]
    return NotebookNode({**notebook, "cells": [*notebook.cells, cell]})  # type: ignore[no-untyped-call]


def take_trace(executed: NotebookNode) -> Trace:
    """Take that cell out of the executed notebook again, and read what it told."""
    *cells, last = executed.cells
    executed["cells"] = cells
    told = [output["data"][MIME] for output in last.outputs if MIME in output.get("data", {})]
    return dict(told[0])


def normalise(notebook: NotebookNode) -> NotebookNode:
    """Take out of an executed notebook what differs from run to run."""
    notebook.metadata.pop("papermill", None)
    notebook.metadata.get("language_info", {}).pop("version", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if INJECTED in cell.metadata.get("tags", ()):
            cell["id"] = INJECTED
    return notebook


def export(executed: NotebookNode, task: Task) -> bytes:
    """Export an executed notebook to PDF.

    Raises
    ------
    ExportError
        With every cell that cannot be printed.
    """
    from nbformat import NotebookNode

    from lusong_analysis.pdf.exporter import PDFUAExporter

    exporter = PDFUAExporter(strict=True, language=task.job.language)  # type: ignore[no-untyped-call]
    about = {"name": task.job.notebook, "path": str(task.folder)}
    # Errors count the cells as the reader does.
    own = [cell for cell in executed.cells if INJECTED not in cell.metadata.get("tags", ())]
    kept = NotebookNode({**executed, "cells": own})  # type: ignore[no-untyped-call]
    return exporter.from_notebook_node(kept, {"metadata": about})[0]


def charts(notebook: NotebookNode) -> list[tuple[bytes, bytes]]:
    """Find the charts of an executed notebook, in order, each as SVG and PNG."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    bundles = [output.get("data", {}) for output in outputs]
    return [
        ("".join(bundle["image/svg+xml"]).encode(), base64.b64decode(bundle["image/png"]))
        for bundle in bundles
        if "image/svg+xml" in bundle and "image/png" in bundle
    ]


def failure(task: Task, error: Exception, started: Sequence[int]) -> Failure:
    """Say which cell failed and at which line, counted as the reader counts: without the cell that papermill adds."""
    name = getattr(error, "ename", type(error).__name__)
    messages = {
        "DeadKernelError": KILLED,
        "TimeoutError": str(error),
        "CellTimeoutError": f"It took more than {task.limits.cell:g} s. Mend it, or give it more with --cell-timeout.",
    }
    message = messages.get(name) or f"{name}: {getattr(error, 'evalue', error)}"
    if not started:
        return Failure(task.job, message)
    cells = json.loads(task.text)["cells"]
    tagged = [index for index, cell in enumerate(cells) if "parameters" in cell["metadata"].get("tags", ())]
    injected = tagged[0] + 1 if tagged else 0
    index: int = getattr(error, "cell_index", started[-1])
    number = min(index + 1 if index < injected else index, len(cells))
    frame = _FRAME.search(_COLOUR.sub("", "\n".join(getattr(error, "traceback", ()))))
    if frame is None:
        return Failure(task.job, message, f"cell {number}")
    source = "".join(cells[number - 1]["source"])
    blank = source[: len(source) - len(source.lstrip())].count("\n")  # IPython counts from the first line that is not
    line = int(frame[1]) + blank
    return Failure(task.job, message, f"cell {number}, line {line}", "".join(source.splitlines()[line - 1 : line]))
