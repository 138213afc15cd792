"""A store that is no folder of this machine: whatever fsspec opens, one put a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
        """The content of a file; None where there is none.

        Raises
        ------
        Refused
            The place cannot be reached, or not be read.
        """
        try:
            return bytes(self.files.cat_file(f"{self.root}/{name}"))
        except FileNotFoundError:
            return None
        except Exception as error:  # each kind of place has its own
            raise self._refused("read", error) from None

    def write(self, name: str, content: bytes) -> None:
        """Put a file in one request: a stream that is cut off would publish its first half.

        Raises
        ------
        Refused
            The place cannot be reached, or nothing be put there.
        """
        try:
            self.files.pipe_file(f"{self.root}/{name}", content)
        except Exception as error:
            raise self._refused("written to", error) from None

    def _refused(self, what: str, error: Exception) -> Refused:
        rule = f"It cannot be {what}: {type(error).__name__}: {error}."
        return Refused([Problem("--store", self.root, rule, "Look at the address, the network and the credentials.")])


def open_remote(url: str) -> Place:
    """Open what a URL names.

    Raises
    ------
    Refused
        It holds credentials, or fsspec cannot open it here.
    """
    if "@" in url or "?" in url or "::" in url:
        rule = "It is one address, without a name, a password or a query: what stands in a URL ends up in logs."
        kind = f"{url.partition('://')[0]}://…"
        raise Refused([Problem("--store", kind, rule, "Put them into the environment, as AWS_ACCESS_KEY_ID.")])
    try:
        files, root = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise Refused([Problem("--store", url, f"It cannot be opened: {error}.", INSTALL)]) from None
    if isinstance(files, LocalFileSystem):
        return Disk(Path(root))
    files.use_listings_cache = False
    return Bucket(files, root.rstrip("/"))
