"""A lock that ends with its holder, however that ends: one build a folder at a time, and no folder of the dead."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path


@contextlib.contextmanager
def alone(file: Path, waiting: Callable[[str], None]) -> Iterator[None]:
    """Hold a lock; wait for whoever has it.

    Parameters
    ----------
    file : Path
        The file that is locked; made if it is not there, and left there.
    waiting : Callable
        Is told once, with the number of the process that holds it, if there is one.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+") as held:
        if not _taken(held.fileno()):
            file_holder = file.read_text().strip()
            waiting(file_holder or "another process")
            _taken(held.fileno(), wait=True)
        held.truncate(0)
        held.write(f"process {os.getpid()}")
        held.flush()
        yield


def left(file: Path) -> bool:
    """Whether nobody holds a lock any more; not where it was never made."""
    try:
        with file.open("r+") as held:
            return _taken(held.fileno())
    except OSError:
        return False


def _taken(number: int, *, wait: bool = False) -> bool:
    """Take the lock of an open file: it is given back when the file is closed, by the system if need be."""
    if sys.platform == "win32":  # pragma: no cover
        import msvcrt

        try:
            msvcrt.locking(number, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(number, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True
