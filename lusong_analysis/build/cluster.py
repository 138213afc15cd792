"""Many machines at work: the workers of a Dask cluster make the reports, each with a fork server of its own."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from distributed import Client, Worker, WorkerPlugin, get_worker

from lusong_analysis.build.execute import Folder, Task, lay_out, make_report
from lusong_analysis.build.forkserver import fork_server
from lusong_analysis.build.inputs import code_and_versions, files_of
from lusong_analysis.build.kernel import end_kernels, environment
from lusong_analysis.build.workers import Crew, Result, scratch_folder
from lusong_analysis.problem import Problem, Refused

if TYPE_CHECKING:
    from lusong_analysis.report.companions import Companions


class Workplace(WorkerPlugin):
    """What each worker needs for one build: the data, the files beside the notebooks, and the parent of its kernels.

    A worker that comes later, or again after it was killed, is set up in the same way.

    Parameters
    ----------
    folders : Mapping of str to Folder
        ``data`` and ``notebooks``, with their files.
    made_with : str
        The program and the libraries of whoever asks, as one hash.
    edition : str
        The edition by which the reports are dated.
    cold : bool
        Start each kernel as a Python of its own.
    """

    def __init__(self, folders: Mapping[str, Folder], made_with: str, edition: str, *, cold: bool) -> None:
        self.folders, self.made_with, self.edition, self.cold = folders, made_with, edition, cold
        self.name = f"lusong-{uuid.uuid4().hex}"
        self.ready = False

    def setup(self, worker: Worker) -> None:
        """Lay everything out and start the parent of the kernels.

        Raises
        ------
        RuntimeError
            The worker has another program or other libraries, and so would make other pages.
        """
        if code_and_versions() != self.made_with:
            raise RuntimeError(f"{worker.address} {OTHER}")
        self._ending = contextlib.ExitStack()
        self.ready = True
        self.scratch = self._ending.enter_context(scratch_folder())
        for name, folder in self.folders.items():
            lay_out(folder, self.scratch / name)
        variables = environment(self.place("data"), self.edition, self.scratch)
        self.server = self._ending.enter_context(fork_server(self.scratch, variables, cold=self.cold))

    def teardown(self, worker: Worker) -> None:
        """Leave nothing."""
        if self.ready:
            end_kernels(self.scratch)
            self._ending.close()

    def place(self, name: str) -> Path:
        """Where a folder lies on this worker."""
        return self.scratch / name / self.folders[name].name


OTHER = "has another version of this program, of Python or of a library. Give all machines the same commit and lock."


def make_there(task: Task | Companions, name: str) -> Result:
    """Make on a worker what a task asks for."""
    workplace = cast(Workplace, get_worker().plugins[name])
    if not workplace.ready:  # it came when the build had begun
        raise RuntimeError(f"{get_worker().address} {OTHER}")
    if isinstance(task, Task):
        return make_report(replace(task, folder=workplace.place("notebooks")), workplace.scratch, workplace.server)
    from lusong_analysis.report.companions import make_companions

    return make_companions(replace(task, data=workplace.place("data")))


@contextlib.contextmanager
def cluster_crew(
    address: str, data: Path, notebooks: Path, edition: str, *, cold: bool = False, retries: int = 3
) -> Iterator[Crew]:
    """Let the workers of a cluster make reports; a report whose worker is lost is made by another.

    Parameters
    ----------
    address : str
        The address of the scheduler, as ``tcp://10.0.0.1:8786``.
    data, notebooks : Path
        The folder of the data package and that of the notebooks.
    edition : str
        The edition by which the reports are dated.
    cold : bool
        Start each kernel as a Python of its own.

    Raises
    ------
    Refused
        Nobody answers there, no worker is there, or one cannot make the same pages.
    """
    try:
        client = Client(address, set_as_default=False, timeout=5)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        rule = f"No Dask scheduler answers there: {error}."
        raise Refused([Problem("--scheduler", address, rule, "Start one, or correct the address.")]) from None
    with client:
        size = sum(client.nthreads().values())  # type: ignore[no-untyped-call]
        if not size:
            todo = f"Start one on each machine: dask worker {address}."
            raise Refused([Problem("--scheduler", address, "The scheduler has no worker.", todo)])
        folders = {"data": _packed(data), "notebooks": _packed(notebooks)}
        workplace = Workplace(folders, code_and_versions(), edition, cold=cold)
        try:
            client.register_plugin(workplace, name=workplace.name)
        except RuntimeError as error:
            raise Refused([Problem("--scheduler", address, str(error), "Set it up anew.")]) from None
        executor = client.get_executor(pure=False, retries=retries)  # type: ignore[no-untyped-call]
        try:
            yield Crew(lambda task: executor.submit(make_there, task, workplace.name), size)
        finally:
            executor.shutdown(wait=False)
            client.unregister_worker_plugin(workplace.name)  # type: ignore[no-untyped-call]


def _packed(folder: Path) -> Folder:
    """A folder with the content of its files."""
    return Folder(folder.name, {name: path.read_bytes() for name, path in files_of(folder)})
