"""What a report is made from: the content of every file, and the versions of the libraries."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import lusong_analysis

LIBRARIES = (
    "papermill",
    "nbclient",
    "nbconvert",
    "nbformat",
    "ipykernel",
    "pandas",
    "numpy",
    "matplotlib",
    "seaborn",
    "pydantic",
    "typst",
    "pikepdf",
    "xlsxwriter",
)


@dataclass(frozen=True)
class Inputs:
    """The content of everything a report can read.

    Parameters
    ----------
    notebooks : Mapping of str to str
        SHA-256 of each notebook, by the notebook's name.
    files : Mapping of str to str
        SHA-256 of each file that all reports share, by its name in the project.
    versions : Mapping of str to str
        Python's minor version and the versions of the main libraries.
    previous : Mapping of str to str
        SHA-256 of each report of the last edition, for those that tell what changed.
    """

    notebooks: Mapping[str, str]
    files: Mapping[str, str]
    versions: Mapping[str, str]
    previous: Mapping[str, str] = field(default_factory=dict)

    @property
    def shared(self) -> str:
        """One hash over all that every report shares."""
        return digest({"files": self.files, "versions": self.versions})

    def key(
        self,
        notebook: str,
        language: str,
        parameters: Mapping[str, str],
        *,
        closing: bool = False,
        reports: Mapping[str, str] = MappingProxyType({}),
    ) -> str:
        """One hash over all that one report could be made from.

        One that tells what changed rests on all notebooks, on the other ``reports`` and on the last edition.
        """
        parts: dict[str, object] = {"language": language, "parameters": parameters, "shared": self.shared}
        if closing:
            parts |= {"notebooks": self.notebooks, "reports": dict(reports), "previous": self.previous}
            return digest(parts | {"notebook": notebook})
        return digest(parts | {"notebook": self.notebooks[notebook]})


def read_inputs(project: Path, data: Path, notebooks: Iterable[Path]) -> Inputs:
    """Hash the notebooks, the data, the package with its fonts and templates, and the lock file."""
    package = Path(lusong_analysis.__file__).parent
    files = {f"data/{name}": content for name, content in _folder(data)}
    files |= {f"lusong_analysis/{name}": content for name, content in _folder(package)}
    # A notebook may read or import what lies beside it.
    beside = ((name, content) for name, content in _folder(project / "notebooks") if not name.endswith(".ipynb"))
    files |= {f"notebooks/{name}": content for name, content in beside}
    lock = project / "requirements.lock"
    if lock.is_file():
        files[lock.name] = file_hash(lock)
    return Inputs({path.stem: file_hash(path) for path in notebooks}, files, versions())


def code_and_versions() -> str:
    """One hash over this program with its fonts and templates, Python's minor version and the main libraries."""
    return digest({"files": dict(_folder(Path(lusong_analysis.__file__).parent)), "versions": versions()})


def pdf_hashes(edition: Path | None) -> dict[str, str]:
    """SHA-256 of each report of an edition, by its place among all editions; nothing without one."""
    if edition is None:
        return {}
    return {f"{edition.name}/{name}": file_hash(path) for name, path in pdfs_of(edition)}


def pdfs_of(edition: Path) -> list[tuple[str, Path]]:
    """The reports of an edition, by their place in it."""
    return [(path.relative_to(edition).as_posix(), path) for path in sorted(edition.glob("*/*.pdf"))]


def files_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files of a folder by their place in it, but not what programs left there."""
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = filter(_kept, folders)
        found += [Path(place, name) for name in filter(_kept, names)]
    return ((path.relative_to(folder).as_posix(), path) for path in sorted(found) if path.is_file())


def _kept(name: str) -> bool:
    return not name.startswith((".", "__pycache__"))


def versions() -> dict[str, str]:
    """Python's minor version and the versions of the main libraries."""
    found = _installed()
    missing = [library for library in LIBRARIES if library not in found]
    if missing:  # they may be installed in another way
        from importlib.metadata import version

        found |= {library: version(library) for library in missing}
    return {"python": "{}.{}".format(*sys.version_info)} | {library: found[library] for library in LIBRARIES}


def _installed() -> dict[str, str]:
    """The versions of libraries by the names of their folders: importlib.metadata takes as long as all files do."""
    found: dict[str, str] = {}
    for place in filter(os.path.isdir, sys.path):
        for name in os.listdir(place):
            if name.endswith(".dist-info"):  # nbconvert-7.17.2.dist-info
                library, _, version = name.removesuffix(".dist-info").partition("-")
                found.setdefault(library.lower(), version)
    return found


def file_hash(path: Path) -> str:
    """SHA-256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hashes(files: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """Size and SHA-256 of each of some files."""
    return {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()} for name, content in files.items()
    }


def digest(parts: object) -> str:
    """SHA-256 of anything JSON can write, whatever the order of its keys."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _folder(folder: Path) -> Iterator[tuple[str, str]]:
    return ((name, file_hash(path)) for name, path in files_of(folder))
