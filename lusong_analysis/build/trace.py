"""What a run read, told at its end: as a compiler lists the files that it opened."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Mapping
from typing import Any

MIME = "application/vnd.lusong.trace+json"

# What a kernel runs first, without a name that a notebook would see.
LISTEN = f"__import__({__name__!r}, fromlist=['listen']).listen()\n"
# The last cell of a run, taken out again before anybody sees it.
CELL = f"from {__name__} import tell\n\ntell(globals())"

Trace = dict[str, Any]


def listen() -> None:
    """Count from now on how often each file of the data is opened, by whatever library."""
    from IPython import get_ipython

    data, opened = os.path.abspath(os.environ["LUSONG_DATA"]), Counter[str]()

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str):
            path = os.path.abspath(arguments[0])
            if path.startswith(data):
                opened[path] += 1

    sys.addaudithook(hook)
    get_ipython().data_opened = opened


def tell(namespace: Mapping[str, Any]) -> None:
    """Display what the run read: see :func:`trace`."""
    from IPython import get_ipython
    from IPython.display import display

    opened = getattr(get_ipython(), "data_opened", None)
    display({MIME: trace(namespace, opened)}, raw=True)  # type: ignore[no-untyped-call]


def own_modules() -> list[str]:
    """The modules of this package that this process has imported, in order."""
    return sorted(name for name in sys.modules if name.partition(".")[0] == "lusong_analysis")


def exporting_modules() -> list[str]:
    """Of these what runs and exports a report: a process that made a workbook before holds more."""
    rooms = {"facts", "measures", "quantity", "report"}
    return [name for name in own_modules() if not rooms & set(name.split(".")[1:2])]


def trace(namespace: Mapping[str, Any], opened: Mapping[str, int] | None) -> Trace:
    """What was imported and asked.

    Parameters
    ----------
    namespace : mapping
        The names of a notebook.
    opened : mapping, optional
        How often each file of the data was opened, where somebody counted.

    Returns
    -------
    dict
        ``modules``: the modules of this package that were imported, in order. ``asked``: what the notebook's only
        report asked of the data, by package, as JSON; None where it cannot be known, so that all of it counts.
    """
    modules = own_modules()
    module = sys.modules.get("lusong_analysis.report.report")
    reports = [value for value in namespace.values() if module and isinstance(value, module.Report)]
    # A second report of the same name, a figure that displays itself or another reader opens the data once more.
    known = len({id(report) for report in reports}) == 1 and max((opened or {"": 2}).values()) == 1
    return {"modules": modules, "asked": reports[0].asked if known else None}
