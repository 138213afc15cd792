"""The key of a report: everything it was made from, part by part, so that a difference can be told.

Before a report was ever made, nobody knows what it will read: all of the data and all of the program count. Its record
says what it did read, as a compiler's list of dependencies does; only that counts from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lusong_analysis.build.inputs import Inputs
from lusong_analysis.build.trace import Trace

if TYPE_CHECKING:
    from lusong_analysis.facts.conflicts import Conflict
    from lusong_analysis.facts.package import Package
    from lusong_analysis.facts.reads import Grouped

Parts = dict[str, dict[str, str]]
Answers = Callable[[Mapping[str, Sequence[Any]]], dict[str, str]]

FONTS = "lusong_analysis/pdf/fonts/"
CODE = "lusong_analysis/"
PRELOADING = ["lusong_analysis/build/forkserver.py", "lusong_analysis/build/aside.py"]

# How a part is called where a difference is told.
NAMES = {
    "notebook": "notebook",
    "parameters": "parameter",
    "rows": "row",
    "modules": "module",
    "templates": "template",
    "fonts": "font",
    "lock": "lock file",
    "versions": "version",
    "beside": "file beside the notebooks",
    "reports": "report",
    "previous": "last edition",
}


def parts(
    inputs: Inputs,
    notebook: str,
    parameters: Mapping[str, str],
    trace: Trace,
    answers: Answers,
    closing: Mapping[str, str],
) -> Parts:
    """Everything a report is made from, now.

    Parameters
    ----------
    inputs : Inputs
        The content of all that can be read.
    notebook : str
        The name of the notebook.
    parameters : Mapping of str to str
        The language, and what else makes the notebook differ from what it is by itself.
    trace : dict
        What its last run read; nothing where it was never made.
    answers : Callable
        Gives the fingerprints of rows that answer questions.
    closing : Mapping of str to str
        Of a report that tells what changed: the other reports of the edition, by name.
    """
    files = inputs.files
    modules = [_file(name, files) for name in trace["modules"]] if trace else [f for f in files if f.endswith(".py")]
    modules += PRELOADING  # what they load before a kernel is forked, no run can tell
    asked = trace.get("asked")
    data = {name: value for name, value in files.items() if name.startswith("data/")}
    rest = [name for name in files if name.startswith(CODE) and not name.endswith(".py")]
    found: Parts = {
        "notebook": {notebook: inputs.notebooks[notebook]},
        "parameters": dict(parameters),
        "rows": data if asked is None else answers(asked),
        "modules": {name: files.get(name, "") for name in modules if name.startswith(CODE)},
        "templates": {name: files[name] for name in rest if not name.startswith(FONTS)},
        "fonts": {name: files[name] for name in rest if name.startswith(FONTS)},
        "lock": {name: value for name, value in files.items() if name == "requirements.lock"},
        "versions": dict(inputs.versions),
        "beside": {name: value for name, value in files.items() if name.startswith("notebooks/")},
    }
    return found | ({"reports": dict(closing), "previous": dict(inputs.previous)} if closing else {})


def differences(before: Mapping[str, Mapping[str, str]], now: Parts) -> list[str]:
    """What differs between two keys, in words, the most telling first: ``row observations/apparel-revenue-2019``."""
    told = []
    for part in dict.fromkeys([*NAMES, *before]):
        old, new = before.get(part, {}), now.get(part, {})
        changed = [name for name in dict.fromkeys([*old, *new]) if old.get(name) != new.get(name)]
        # A row that changed tells more than the conditions under which it was found.
        plain = [name for name in changed if "?" not in name] or changed
        told += [_told(part, name, old, new) for name in plain]
    return list(dict.fromkeys(told))


def _told(part: str, name: str, old: Mapping[str, str], new: Mapping[str, str]) -> str:
    state = "new" if not old.get(name) else "gone" if not new.get(name) else "changed"
    if part in ("parameters", "versions"):
        state = f"{old.get(name, 'none')} → {new.get(name, 'none')}"
    return f"{NAMES.get(part, part)} {name.rpartition(':')[2]} {state}"


def _file(module: str, files: Mapping[str, str]) -> str:
    """The file of a module of this package."""
    path = module.replace(".", "/")
    return f"{path}.py" if f"{path}.py" in files else f"{path}/__init__.py"


@dataclass(frozen=True)
class Opened:
    """A data package as of a day; it is read when something is first asked of it.

    Parameters
    ----------
    data : Path
        Its folder.
    as_of : str
        The day; empty for no limit.
    """

    data: Path
    as_of: str

    @cached_property
    def whole(self) -> Package:
        """What was published later too."""
        from lusong_analysis.facts.package import in_force, open_package

        return in_force(open_package(self.data), self.as_of)

    @cached_property
    def known(self) -> Package:
        """What the reports may print."""
        from lusong_analysis.facts.package import known

        return known(self.whole, self.as_of)

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Statements of these that cannot all be true."""
        from lusong_analysis.facts.conflicts import conflicts

        return conflicts(self.known)

    @cached_property
    def _groups(self) -> dict[str, Grouped]:
        """Of both, rows by what some columns hold, for whoever asks of the same columns again."""
        return {"whole": {}, "known": {}}

    def answers(self, asked: Mapping[str, Sequence[Any]]) -> dict[str, str]:
        """The fingerprints of the rows that answer questions."""
        from lusong_analysis.facts.reads import answers

        packages = {"whole": self.whole, "known": self.known}
        found: dict[str, str] = {}
        for name, questions in asked.items():
            plain = [(table, tuple((column, value) for column, value in where)) for table, where in questions]
            found |= {
                f"{name}:{row}": value for row, value in answers(packages[name], plain, self._groups[name]).items()
            }
        return found
