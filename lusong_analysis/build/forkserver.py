"""The parent of all kernels of a build: forks them with their libraries loaded, and ends them with whoever asked."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import runpy
import select
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

# What kernels find loaded: libraries only; modules of the project are laid aside. Not among them is
# matplotlib_inline.backend_inline: it looks for a shell at import, finds none, and never shows a figure.
PRELOAD = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "numpy",
    "pandas",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_svg",
    "seaborn",
    "pydantic.main",
    "pydantic.fields",
    "pydantic.plugin._loader",  # is loaded with the first model that is made
    "pydantic.types",
    "xml.etree.ElementTree",
    "PIL.BmpImagePlugin",  # these four are loaded with the first picture that is written
    "PIL.GifImagePlugin",
    "PIL.JpegImagePlugin",
    "PIL.PpmImagePlugin",
)
# Read while they are loaded: ipykernel names its backend only at start, the debugger would warn on the terminal.
LOADING = {"MPLBACKEND": "module://matplotlib_inline.backend_inline", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}

# Of <sys/prctl.h>.
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36


def warm_supported() -> bool:
    """Whether kernels can be forked and watched safely here."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open")


@contextlib.contextmanager
def fork_server(scratch: Path, variables: Mapping[str, str], *, cold: bool = False) -> Iterator[Path | None]:
    """Start the parent of all kernels of a build; at the end nothing that it or they have started is left.

    Whoever wants a kernel connects to its socket and sends one line of JSON: `argv`, `cwd` and `variables`. The answer
    is the number of the process; the kernel and its process group live as long as the connection. All lives as long as
    this process.

    Parameters
    ----------
    scratch : Path
        The folder of the build; it is removed with all the rest.
    variables : Mapping of str to str
        The environment of the kernels.
    cold : bool
        Let each kernel be a Python of its own, as elsewhere.

    Yields
    ------
    Path or None
        The socket; none where kernels cannot be forked safely.
    """
    if not warm_supported():
        yield None
        return
    path = scratch / "server"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()  # whoever connects before the libraries are loaded waits
        process = subprocess.Popen(
            [sys.executable, __file__, str(listener.fileno()), *(() if cold else PRELOAD)],
            env=dict(variables),
            stdin=subprocess.PIPE,  # it ends when this end is closed: by the kernel of the system, if need be
            pass_fds=[listener.fileno()],
            start_new_session=True,  # Ctrl-C in a terminal is for this process alone
        )
    with process:
        yield path


def main() -> None:
    """Serve; in a child, become a kernel."""
    del sys.path[0]  # the folder of this file
    listener = socket.socket(fileno=int(sys.argv[1]))
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)  # what a kernel leaves behind becomes a child of this process
    os.environ |= {"JPY_PARENT_PID": str(os.getpid()), **LOADING}
    for name in sys.argv[2:]:
        importlib.import_module(name)
    if len(sys.argv) > 2:
        importlib.import_module("lusong_analysis.build.aside").lay_aside()
    for name in LOADING:
        del os.environ[name]
    # A lock that another thread holds at the fork would never be released in the child.
    warm = len(sys.argv) > 2 and len(os.listdir("/proc/self/task")) == 1
    gc.collect()
    gc.freeze()  # a collection in a child would copy every page of the libraries
    server = os.getpid()
    request = serve(listener)
    if request is None:
        shutil.rmtree(Path(listener.getsockname()).parent, ignore_errors=True)
        os._exit(0)  # nothing is left to clean up
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != server:
        os._exit(1)
    become(request, warm)


def serve(listener: socket.socket) -> dict[str, Any] | None:
    """Fork a kernel for every connection, and end it with the connection.

    Returns
    -------
    dict or None
        In a child, what was asked for; in the server None, when the build is gone and every process ended.
    """
    kernels: dict[socket.socket, int] = {}
    while True:
        watched: list[Any] = [0, listener, *kernels]
        ready = select.select(watched, [], [])[0]
        if 0 in ready:
            break
        for connection in kernels.keys() & set(ready):
            end(kernels.pop(connection))
            connection.close()
        if listener in ready:
            connection, _ = listener.accept()
            with connection.makefile() as lines:
                line = lines.readline()
            if not line.endswith("\n"):  # whoever asked was killed over it
                connection.close()
                continue
            pid = os.fork()
            if pid == 0:
                os.setsid()
                os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
                connection.sendall(str(os.getpid()).encode())
                for inherited in (listener, connection, *kernels):
                    inherited.close()
                return dict(json.loads(line))
            kernels[connection] = pid
    for pid in kernels.values():
        end(pid)
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    while children.exists() and (adopted := children.read_text().split()):
        for pid in map(int, adopted):
            end(pid)
    return None


def end(pid: int) -> None:
    """Kill a child and its process group; until it is collected here, its number is not given to another process."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    os.kill(pid, signal.SIGKILL)  # it may have had no time to found its group
    os.waitpid(pid, 0)


def become(request: Mapping[str, Any], warm: bool) -> None:
    """Run `python -m module argument …`, by another Python or as if by another."""
    argv = request["argv"]
    os.environ |= request["variables"]
    os.chdir(request["cwd"])
    if not warm:
        os.execv(argv[0], argv)
    sys.modules["numpy"].random.seed()  # all children have inherited one state; Python's own reseeds itself
    sys.argv = argv[2:]
    sys.path.insert(0, os.getcwd())
    runpy.run_module(argv[2], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
