"""A store that is no folder of this machine: whatever fsspec opens, one put a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from lusong_analysis.build.store import Disk, Place
from lusong_analysis.problem import Problem, Refused

INSTALL = "Install the extra that opens it: pip install 'lusong-analysis[cluster]'."


@dataclass(frozen=True)
class Bucket:
    """Files by name in a file system of fsspec, where a put is whole or not at all and a rename is not.

    Others may put files here at the same time, so nothing is ever removed.

    Parameters
    ----------
    files : fsspec.AbstractFileSystem
        The file system.
    root : str
        The part of every name before that of the file.
    """

    files: Any
    root: str

    def read(self, name: str) -> bytes | None:
        """The content of a file; None where there is none."""
        try:
            return bytes(self.files.cat_file(self._path(name)))
        except FileNotFoundError:
            return None

    def holds(self, name: str) -> bool:
        """Whether there is such a file."""
        return bool(self.files.exists(self._path(name)))

    def write(self, name: str, content: bytes) -> None:
        """Put a file in one request: a stream that is cut off would publish its first half."""
        self.files.pipe_file(self._path(name), content)

    def _path(self, name: str) -> str:
        return f"{self.root}/{name}"


def open_remote(url: str) -> Place:
    """Open what a URL names.

    Raises
    ------
    Refused
        It holds credentials, or fsspec cannot open it here.
    """
    parts = urlsplit(url)
    if "@" in parts.netloc:
        rule = "A name and a password in a URL end up in logs."
        shown = url.replace(parts.netloc, f"…@{parts.hostname}")
        raise Refused([Problem("--store", shown, rule, "Put them into the environment, as AWS_ACCESS_KEY_ID.")])
    try:
        files, root = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise Refused([Problem("--store", url, f"It cannot be opened: {error}.", INSTALL)]) from None
    if isinstance(files, LocalFileSystem):
        return Disk(Path(root))
    files.use_listings_cache = False
    return Bucket(files, root.rstrip("/"))
