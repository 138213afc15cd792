"""What is to be built: the project's folder, its notebooks, and the jobs of one edition."""

from __future__ import annotations

import ast
import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from lusong_analysis.naming import previous_edition
from lusong_analysis.problem import Problem, Refused, did_you_mean

LANGUAGES = ("zh", "en")

# A notebook that calls this needs the figures of all others.
CLOSING = "report.changes("

_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")


class Limits(NamedTuple):
    """How long things may take [s]: a cell, and the run of a whole notebook."""

    cell: int = 300
    notebook: int = 1800


@dataclass(frozen=True)
class Job:
    """One notebook in one language: one PDF."""

    notebook: str
    language: str

    def __str__(self) -> str:
        return f"{self.notebook}/{self.language}"


@dataclass(frozen=True)
class Order:
    """What was asked for.

    Parameters
    ----------
    project : Path
        The folder that holds data/, notebooks/ and reports/.
    data : Path
        The folder of the data package.
    notebooks : Mapping of str to Path
        Every notebook of the project, by name.
    jobs : tuple of Job
        The reports to build.
    parameters : Mapping of str to str
        The notebooks' parameters as given on the command line; the language is the job's.
    defaults : Mapping of str to Mapping of str to str
        What each notebook sets itself.
    edition : str
        The folder in reports/ to publish to.
    closing : frozenset of str
        The notebooks that tell what changed in the edition, so that they are built after the others.
    """

    project: Path
    data: Path
    notebooks: Mapping[str, Path]
    jobs: tuple[Job, ...]
    parameters: Mapping[str, str]
    defaults: Mapping[str, Mapping[str, str]]
    edition: str
    closing: frozenset[str]

    @property
    def all_jobs(self) -> list[Job]:
        """Every report of the project, whether it was asked for or not."""
        return [Job(name, language) for name in self.notebooks for language in LANGUAGES]

    @property
    def reports(self) -> Path:
        """The folder of all editions."""
        return self.project / "reports"

    @property
    def previous(self) -> Path | None:
        """The folder of the last edition before this one, of the same area."""
        name = previous_edition(self.edition, (path.parent.name for path in self.reports.glob("*/manifest.json")))
        return self.reports / name if name else None

    @property
    def month(self) -> str:
        """The edition as the notebooks are told it, by which their reports are dated."""
        return self.parameters.get("edition") or self.own("edition")

    @property
    def as_of(self) -> str:
        """The day by which all was known; empty for no limit."""
        return self.parameters.get("as_of", "")

    @property
    def ref_area(self) -> str:
        """The area that the edition is about."""
        return self.parameters.get("ref_area") or self.own("ref_area")

    def own(self, parameter: str) -> str:
        """What the notebooks set themselves."""
        return next(iter(self.defaults.values())).get(parameter, "")

    def differing(self, notebook: str) -> dict[str, str]:
        """Give the parameters that make a notebook differ from what it is by itself."""
        own = self.defaults[notebook]
        return {name: value for name, value in self.parameters.items() if own.get(name, value) != value}

    def unasked(self) -> set[str]:
        """Give the parameters that no notebook of the order has."""
        return set(self.parameters).difference(*(self.defaults[job.notebook] for job in self.jobs))


def find_project(start: Path) -> Path | None:
    """Find the nearest folder, upwards from start, that holds data/datapackage.json."""
    folders = (start.absolute(), *start.absolute().parents)
    return next((folder for folder in folders if (folder / "data" / "datapackage.json").is_file()), None)


def find_data(project: Path) -> Path:
    """Find the data package: LUSONG_DATA where it is set, else the project's own."""
    named = os.environ.get("LUSONG_DATA")
    return Path(named).absolute() if named else project / "data"


def find_notebooks(project: Path) -> dict[str, Path]:
    """Find every notebook of a project, by name, in order."""
    return {path.stem: path for path in sorted((project / "notebooks").glob("*.ipynb")) if path.name[0] != "."}


def plan(project: Path, data: Path, names: Iterable[str], languages: Iterable[str], given: Mapping[str, str]) -> Order:
    """Turn what was asked for into an order.

    Parameters
    ----------
    project, data : Path
        Where the notebooks and the data package lie.
    names : Iterable of str
        Notebooks by name or path; none for all.
    languages : Iterable of str
        Languages; none for all.
    given : Mapping of str to str
        The notebooks' parameters as given.

    Raises
    ------
    Refused
        With every notebook that does not exist and every name that cannot be one of a folder.
    """
    notebooks = find_notebooks(project)
    chosen = [Path(name).name.removesuffix(".ipynb") for name in names]
    problems = [_unknown(name, notebooks) for name in chosen if name not in notebooks]
    problems += _bad_names(given)
    if not notebooks:
        problems = [Problem("notebooks/", "no notebook", "A project has notebooks.", "Add one, or give --project.")]
    defaults = {name: parameter_defaults(path) for name, path in notebooks.items()}
    edition, disagreements = edition_name(defaults, given)
    problems += disagreements
    if problems:
        raise Refused(problems)
    ordered = [name for name in notebooks if name in chosen or not chosen]
    jobs = tuple(Job(name, language) for name in ordered for language in tuple(languages) or LANGUAGES)
    closing = frozenset(name for name, path in notebooks.items() if any(CLOSING in code for code in code_of(path)))
    return Order(project, data, notebooks, jobs, given, defaults, edition, closing)


def by_area(given: Mapping[str, str]) -> list[dict[str, str]]:
    """The same parameters for each of the areas that are named, separated by commas; once where none is named."""
    areas = dict.fromkeys(area.strip() for area in given.get("ref_area", "").split(","))
    return [{**given, "ref_area": area} if area else dict(given) for area in areas]


def edition_name(defaults: Mapping[str, Mapping[str, str]], given: Mapping[str, str]) -> tuple[str, list[Problem]]:
    """Name the folder that an edition is published to.

    Returns
    -------
    tuple of str and list of Problem
        `2026-11`, `as-of-2020-10-31` or `2026-11-430202`: an area is named where it is not the notebooks' own.
        Problems where the notebooks do not agree on what is not given.
    """
    first = next(iter(defaults.values()), {})
    as_of, area = given.get("as_of", ""), given.get("ref_area", "")
    name = f"as-of-{as_of}" if as_of else given.get("edition") or first.get("edition", "edition")
    editions = {notebook: texts["edition"] for notebook, texts in defaults.items() if "edition" in texts}
    problems = []
    if not as_of and not given.get("edition") and len(set(editions.values())) > 1:
        found = ", ".join(f"{notebook} {edition}" for notebook, edition in editions.items())
        problems = [Problem("notebooks/", found, "The notebooks name different editions.", "Give --edition.")]
    return (name if area in ("", first.get("ref_area", "")) else f"{name}-{area}"), problems


def parameter_defaults(notebook: Path) -> dict[str, str]:
    """Read what a notebook's parameters cell sets, as text and without any library; what is unreadable is left out."""
    try:
        cells = json.loads(notebook.read_text("utf-8"))["cells"]
        tagged = (cell for cell in cells if "parameters" in cell["metadata"].get("tags", ()))
        statements = ast.parse("".join(next(tagged)["source"])).body
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration, SyntaxError):
        return {}  # the checks before the first kernel say what is wrong with it
    assigned = (statement for statement in statements if isinstance(statement, ast.AnnAssign))
    pairs = ((statement.target, statement.value) for statement in assigned)
    return {
        target.id: str(value.value)
        for target, value in pairs
        if isinstance(target, ast.Name) and isinstance(value, ast.Constant)
    }


def code_of(notebook: Path) -> list[str]:
    """The sources of a notebook's code cells, without any library; none where it cannot be read."""
    try:
        cells = json.loads(notebook.read_text("utf-8"))["cells"]
        return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError):
        return []  # the checks before the first kernel say what is wrong with it


def _unknown(name: str, notebooks: Iterable[str]) -> Problem:
    hint = did_you_mean(name, notebooks) or f"There are: {', '.join(notebooks)}."
    return Problem("notebooks/", name, "There is no notebook of this name.", hint)


def _bad_names(given: Mapping[str, str]) -> list[Problem]:
    rule = "It names a folder in reports/: letters, digits, dots and hyphens."
    named = {name: given[name] for name in ("edition", "as_of", "ref_area") if given.get(name)}
    return [
        Problem(f"parameter {name}", value, rule, "Give another.")
        for name, value in named.items()
        if not _NAME.fullmatch(value)
    ]
