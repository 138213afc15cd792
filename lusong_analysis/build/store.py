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
from typing import Any, Protocol

FOLDER = ".lusong"
VERSION = 1


class Place(Protocol):
    """Where files are kept, each whole or not there."""

    def read(self, name: str) -> bytes | None:
        """The content of a file; None where there is none."""

    def write(self, name: str, content: bytes) -> None:
        """Put a file in the place of one of the same name, if there is one."""


@dataclass(frozen=True)
class Disk:
    """A folder of this machine; made when the first file is put in."""

    folder: Path

    def read(self, name: str) -> bytes | None:
        """The content of a file; None where it cannot be read."""
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            return None

    def write(self, name: str, content: bytes) -> None:
        """Write a file whole or not at all, and so that it outlasts a power cut."""
        place = self.folder / name
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


@dataclass(frozen=True)
class Store:
    """Finished reports in a place.

    Parameters
    ----------
    place : Place
        Where they lie.
    """

    place: Place

    def record(self, name: str) -> dict[str, Any]:
        """Read what is known of a report; nothing where it was never finished, or by another version of this store.

        Parameters
        ----------
        name : str
            The edition, notebook and language of the report.
        """
        return _record(self.place.read(f"records/{name}.json"))

    def content(self, sha256: str) -> bytes | None:
        """The content of a file; None where it is not there or is damaged."""
        content = self.place.read(f"objects/{sha256}")
        return content if content is not None and hashlib.sha256(content).hexdigest() == sha256 else None

    def put(self, name: str, contents: Iterable[bytes], record: Mapping[str, Any]) -> None:
        """Keep a finished report: its files first, its record last."""
        for content in contents:
            sha256 = hashlib.sha256(content).hexdigest()
            if self.content(sha256) is None:
                self.place.write(f"objects/{sha256}", content)
        text = json.dumps({**record, "version": VERSION}, ensure_ascii=False, sort_keys=True)
        self.place.write(f"records/{name}.json", text.encode())


def open_store(project: Path, url: str = "") -> Store:
    """Open the store of a project: a folder of its own, or what a URL of fsspec names.

    Parameters
    ----------
    project : Path
        The project.
    url : str
        As ``s3://bucket/reports``; empty for the folder. Its credentials come from the environment.

    Raises
    ------
    Refused
        The URL holds credentials, or names a kind of place that is not installed here.
    """
    if not url:
        return Store(Disk(project / FOLDER))
    if "://" not in url:
        return Store(Disk(Path(url)))
    from lusong_analysis.build.remote import open_remote

    return Store(open_remote(url))


def sweep(folder: Path) -> None:
    """Remove from a project's own store what no record names, and what a build that was cut off left half-written.

    Only for whoever has the lock of the project: a file without a record may be one whose record is about to be
    written.
    """
    records = [_record(file.read_bytes()) for file in folder.glob("records/**/*.json")]
    named = {file["sha256"] for record in records for file in record.get("outputs", {}).values()}
    for file in (folder / "objects").glob("*"):
        if file.name not in named:
            file.unlink()
    for half in folder.rglob("*.new"):
        half.unlink()


def _record(text: bytes | None) -> dict[str, Any]:
    """A record; nothing where it cannot be read."""
    try:
        record = json.loads(text or b"")
        whole = record["version"] == VERSION and all("sha256" in output for output in record["outputs"].values())
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}
    return dict(record) if whole else {}
