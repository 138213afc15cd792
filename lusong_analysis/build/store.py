"""Finished reports by what they were made from, whole or not at all, so that no build makes one twice.

A report's files lie under the hash of their content; its record names them and is written last. A record that can be
read is therefore a report that is finished, whatever became of the build that made it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = ".lusong"
VERSION = 1


@dataclass(frozen=True)
class Store:
    """A folder of finished reports.

    Parameters
    ----------
    folder : Path
        Where it lies; made when the first report is put in.
    """

    folder: Path

    def record(self, name: str) -> dict[str, Any]:
        """Read what is known of a report; nothing where it was never finished, or by another version of this store.

        Parameters
        ----------
        name : str
            The edition, notebook and language of the report.
        """
        return _read(self._record(name))

    def content(self, sha256: str) -> bytes | None:
        """The content of a file; None where it is not there or is damaged."""
        try:
            content = self._object(sha256).read_bytes()
        except OSError:
            return None
        return content if hashlib.sha256(content).hexdigest() == sha256 else None

    def put(self, name: str, contents: Iterable[bytes], record: Mapping[str, Any]) -> None:
        """Keep a finished report: its files first, its record last."""
        for content in contents:
            place = self._object(hashlib.sha256(content).hexdigest())
            if not place.is_file():
                write(place, content)
        text = json.dumps({**record, "version": VERSION}, ensure_ascii=False, sort_keys=True)
        write(self._record(name), text.encode())

    def sweep(self) -> None:
        """Remove what no record names, and what a build that was cut off left half-written."""
        records = map(_read, (self.folder / "records").glob("**/*.json"))
        named = {file["sha256"] for record in records for file in record.get("outputs", {}).values()}
        for file in (self.folder / "objects").glob("*"):
            if file.name not in named:
                file.unlink()
        for half in self.folder.glob("records/**/*.new"):
            half.unlink()

    def _record(self, name: str) -> Path:
        return self.folder / "records" / f"{name}.json"

    def _object(self, sha256: str) -> Path:
        return self.folder / "objects" / sha256


def _read(file: Path) -> dict[str, Any]:
    """A record; nothing where it cannot be read."""
    try:
        record = json.loads(file.read_bytes())
        whole = record["version"] == VERSION and all("sha256" in output for output in record["outputs"].values())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return dict(record) if whole else {}


def write(place: Path, content: bytes) -> None:
    """Write a file whole or not at all, and so that it outlasts a power cut."""
    place.parent.mkdir(parents=True, exist_ok=True)
    half = place.with_name(f"{place.name}.{uuid.uuid4().hex}.new")
    try:
        with half.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(place)
    finally:
        with contextlib.suppress(FileNotFoundError):
            half.unlink()
