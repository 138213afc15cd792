"""A copy of this project to build in, and how long a command takes there."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
LANGUAGES = ("zh", "en")
LIBRARIES = (
    "papermill",
    "nbconvert",
    "nbclient",
    "jupyter_client",
    "ipykernel",
    "jupyterlab",
    "pandas",
    "matplotlib",
    "distributed",
)


def copy_to(folder: Path) -> Path:
    """Copy data, notebooks, the lock and the editions before this one; the edition itself is built there."""
    editions = sorted(path.name for path in (ROOT / "reports").glob("[0-9]*"))
    for name in ("data", "notebooks", *(f"reports/{edition}" for edition in editions[:-1])):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    shutil.copy(ROOT / "requirements.lock", folder)
    return folder


def seconds(command: Sequence[str | Path], folder: Path, **variables: str) -> float:
    """Run a command and give its wall time, from the start of its process to its end.

    Raises
    ------
    RuntimeError
        It failed; with what it wrote.
    """
    begun = time.perf_counter()
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    took = time.perf_counter() - begun
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}:\n{done.stdout}\n{done.stderr}")
    return took


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    model = "unknown processor"
    with Path("/proc/cpuinfo").open() as lines:
        for line in lines:
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "machine": f"{cores} cores of {model}, {memory:.0f} GiB of memory",
        "system": f"{platform.system()} {platform.release().partition('-')[0]}, Python {platform.python_version()}",
        "libraries": ", ".join(f"{name} {version(name)}" for name in LIBRARIES),
    }
