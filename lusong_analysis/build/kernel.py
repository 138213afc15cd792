"""A kernel: its environment, its sockets, and its end."""

from __future__ import annotations

import calendar
import contextlib
import multiprocessing
import os
import re
import shutil
import signal
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jupyter_client.manager import AsyncKernelManager

# Variables of the reader's own that would change what a kernel prints.
FOREIGN = re.compile(r"PYTHON(?!PATH$|HOME$)|IPYTHON|IPYKERNEL|MPL|MATPLOTLIB|LC_|LANG|COLUMNS$|LINES$|NO_COLOR$")

# The variables that name the folders with the reports of this edition and of the last, for those that need them.
EDITION, PREVIOUS = "LUSONG_EDITION", "LUSONG_PREVIOUS"


def environment(data: Path, edition: str, scratch: Path) -> dict[str, str]:
    """Give the environment of every kernel: the reader's, less what would change the pages.

    Parameters
    ----------
    data : Path
        The folder of the data package.
    edition : str
        The edition; `2026-11` is dated its first day.
    scratch : Path
        A folder for the time of the build.
    """
    own = {name: value for name, value in os.environ.items() if not FOREIGN.match(name)}
    return own | {
        "IPYKERNEL_CELL_NAME": "<cell>",  # else warnings print a path with the process's number
        "IPYTHONDIR": str(scratch),  # no start-up files or profile of the reader's
        "LC_ALL": "C.UTF-8",
        "LUSONG_DATA": str(data),
        EDITION: "",
        PREVIOUS: "",
        "MATPLOTLIBRC": str(scratch / "matplotlibrc"),
        "OMP_NUM_THREADS": "1",  # the last digit of a sum may depend on the number of threads
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONWARNINGS": "error:Glyph",  # a character that no font has is no report
        "SOURCE_DATE_EPOCH": str(_epoch(edition)),
        "TZ": "UTC",
    }


def prepare(variables: Mapping[str, str], scratch: Path) -> None:
    """Make this process ready to make reports: its environment is its kernels', it ends when the build is gone."""
    os.environ.clear()
    os.environ.update(variables)
    for module in (
        "black",  # papermill would lay out the injected parameters with it where it is installed
        "boto3",  # papermill would load it, to read notebooks from S3, where it is installed
        "rfc3987_syntax",  # builds grammars for a second at import, for a check that no notebook needs
    ):
        sys.modules[module] = None  # type: ignore[assignment]
    threading.Thread(target=_end_with_build, args=(scratch,), daemon=True).start()


def kernel_manager(
    sockets: Path, server: Path | None = None, variables: Mapping[str, str] = MappingProxyType({})
) -> type[AsyncKernelManager]:
    """Make a kernel manager whose kernel is this Python and talks by sockets in a folder of its own.

    Parameters
    ----------
    sockets : Path
        The folder; its path may be no longer than about 90 bytes.
    server : Path, optional
        The socket of the fork server that starts the kernel; this process if not given.
    variables : Mapping of str to str, optional
        What this kernel has in its environment beside what all have.
    """
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager

    from lusong_analysis.build.provisioner import PromptClient, ServedProvisioner

    class SocketKernelManager(AsyncKernelManager):
        """Talks to its kernel by sockets in a folder of its own: ports can be taken in between."""

        def __init__(self, **options: Any) -> None:
            super().__init__(**options, transport="ipc", connection_file=str(sockets / "k.json"), ip=str(sockets / "k"))
            self.client_factory = PromptClient

        @property
        def kernel_spec(self) -> KernelSpec:
            """Start this very Python, whatever kernel the reader has installed under the same name."""
            command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
            return KernelSpec(argv=command, env=dict(variables), language="python", display_name="Python 3")

        async def _async_pre_start_kernel(self, **options: Any) -> tuple[list[str], dict[str, Any]]:
            """Hand the start over to the server, if there is one."""
            if server and self.provisioner is None:
                self.provisioner = ServedProvisioner(kernel_spec=self.kernel_spec, parent=self)
                self.provisioner.server = server
            return await super()._async_pre_start_kernel(**options)

        async def _async_launch_kernel(self, kernel_cmd: list[str], **options: Any) -> None:
            """Start the kernel, and write down its number for whoever has to end it."""
            await super()._async_launch_kernel(kernel_cmd, **options)
            (sockets / "pid").write_text(str(getattr(self.provisioner, "pid", "")))

    return SocketKernelManager


def end_kernels(scratch: Path) -> None:
    """Kill the kernels that outlived the process that started them, with all that they have started."""
    for sockets in scratch.glob("k*/"):
        end_kernel(sockets)


def end_kernel(sockets: Path) -> None:
    """Kill a kernel with all that it has started."""
    with contextlib.suppress(OSError, ValueError):  # it may never have started, or be gone
        os.killpg(int((sockets / "pid").read_text()), signal.SIGKILL)


def _end_with_build(scratch: Path) -> None:
    build = multiprocessing.parent_process()
    if build is not None:
        build.join()
        end_kernels(scratch)
        shutil.rmtree(scratch, ignore_errors=True)
        os._exit(1)


def _epoch(edition: str) -> int:
    year_month = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", edition)
    year, month = map(int, year_month.groups()) if year_month else (1980, 1)
    return calendar.timegm((year, month, 1, 0, 0, 0))
