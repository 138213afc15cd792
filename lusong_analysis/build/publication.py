"""An edition on disk: its manifest, and how it takes the place of the last one, whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lusong_analysis.build.inputs import file_hash

MANIFEST = "manifest.json"


def read_manifest(edition: Path) -> dict[str, Any]:
    """Read what is published; nothing where there is no manifest or it cannot be read."""
    try:
        manifest = json.loads((edition / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if _whole(manifest) else {}


def intact(edition: Path, outputs: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether each file of a published report is there, as it was written."""
    return all(_intact(edition / name, record) for name, record in outputs.items())


def publish(reports: Path, edition: str, files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> None:
    """Put an edition in the place of the last one.

    Parameters
    ----------
    reports : Path
        The folder of all editions.
    edition : str
        Its name.
    files : Mapping of str to bytes
        Every file of it, by its name in the edition.
    manifest : Mapping of str to object
        What it is made of.
    """
    new, old, place = reports / f".new-{edition}", reports / f".old-{edition}", reports / edition
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    try:
        for name, content in {**files, MANIFEST: text.encode()}.items():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            (new / name).write_bytes(content)
        if not (place.exists() and _exchanged(new, place)):
            if place.exists():
                place.rename(old)
            new.rename(place)
    finally:
        repair(reports)


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, where the system can: of <linux/fs.h>, renameat2 with exchange."""
    if sys.platform != "linux":
        return False
    import ctypes

    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    return rename is not None and rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0


def repair(reports: Path) -> None:
    """Finish or undo what was cut off: bring back the old edition where the new one is not in place, sweep the rest."""
    for old in reports.glob(".old-*"):
        place = reports / old.name.removeprefix(".old-")
        if place.exists():
            shutil.rmtree(old)
        else:
            old.rename(place)
    for new in reports.glob(".new-*"):
        shutil.rmtree(new)


def _whole(manifest: Any) -> bool:
    try:
        records = manifest["jobs"].values()
        files = [file for record in records for file in record["outputs"].values()]
        return all("key" in record for record in records) and all({"bytes", "sha256"} <= set(file) for file in files)
    except (AttributeError, KeyError, TypeError):
        return False


def _intact(file: Path, record: Mapping[str, Any]) -> bool:
    try:
        return file_hash(file) == str(record["sha256"])
    except OSError:
        return False
