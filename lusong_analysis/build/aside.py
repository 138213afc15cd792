"""Modules of this package that are loaded once and laid aside: a kernel finds each where it imports it, not before.

So a run still tells which modules it imported.
"""

from __future__ import annotations

import builtins
import importlib
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

OWN = "lusong_analysis"
# The folders of what a notebook may import.
ROOMS = ("quantity", "facts", "measures", "report")


class Aside:
    """Finds modules that were loaded before, and with each those that its own import would have loaded.

    Parameters
    ----------
    modules : dict of str to module
        By name.
    needs : dict of str to list of str
        By name, what the module imported while it was loaded, in order.
    """

    def __init__(self, modules: dict[str, ModuleType], needs: dict[str, list[str]]) -> None:
        self.modules, self.needs = modules, needs
        self.specs = {name: module.__spec__ for name, module in modules.items()}

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> Any:
        """Say that a module is here; to one that is loaded again its file counts."""
        return ModuleSpec(name, self) if name in self.modules and target is None else None  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Give the module."""
        return self.modules[spec.name]

    def exec_module(self, module: ModuleType) -> None:
        """Import what it needs; it was run before."""
        module.__spec__ = self.specs[module.__name__]
        own = dict(vars(module))
        for name in self.needs[module.__name__]:
            importlib.import_module(name)
        vars(module).update(own)  # a package may give its modules' names to what stands in them


def lay_aside() -> None:
    """Load the modules and lay them aside; where one cannot be loaded, all are left to whoever imports them."""
    needs = defaultdict[str, list[str]](list)
    plain = builtins.__import__

    def noting(name: str, *given: Any, **named: Any) -> Any:
        """Import as always, and note for which module that was: the one whose own lines are being run."""
        module = plain(name, *given, **named)
        if name.partition(".")[0] == OWN:
            items = [f"{name}.{item}" for item in named.get("fromlist", (given[2:3] or [None])[0]) or ()]
            needs[_running()] += [name, *(item for item in items if item in sys.modules)]
        return module

    builtins.__import__ = noting
    broken = False
    try:
        for name in names():
            importlib.import_module(name)
    except Exception:  # whoever imports it will say so
        broken = True
    finally:
        builtins.__import__ = plain
    modules = {name: sys.modules.pop(name) for name in [*sys.modules] if name.partition(".")[0] == OWN}
    if broken:
        return
    for name in modules:
        package, _, last = name.rpartition(".")
        if package and vars(modules[package]).get(last) is modules[name]:
            delattr(modules[package], last)
    sys.meta_path.insert(0, Aside(modules, needs))


def names() -> Iterator[str]:
    """The modules that a notebook may import, without what editors leave beside them."""
    here = Path(__file__).parents[1]
    for room in ROOMS:
        for path in sorted((here / room).rglob("*.py")):
            parts = path.relative_to(here).with_suffix("").parts
            if all(part.isidentifier() for part in parts):
                yield ".".join([OWN, *(part for part in parts if part != "__init__")])


def _running() -> str:
    frame = sys._getframe(2)
    while frame.f_code.co_name != "<module>" and frame.f_back:
        frame = frame.f_back
    return str(frame.f_globals.get("__name__"))
