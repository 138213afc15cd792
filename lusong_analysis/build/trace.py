"""What a run read, told at its end: as a compiler lists the files that it opened."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

MIME = "application/vnd.lusong.trace+json"

# The last cell of a run, taken out again before anybody sees it.
CELL = f"from {__name__} import tell\n\ntell(globals())"

Trace = dict[str, Any]


def tell(namespace: Mapping[str, Any]) -> None:
    """Display what the run read: see :func:`trace`."""
    from IPython.display import display

    display({MIME: trace(namespace)}, raw=True)  # type: ignore[no-untyped-call]


def own_modules() -> list[str]:
    """The modules of this package that this process has imported, in order."""
    return sorted(name for name in sys.modules if name.partition(".")[0] == "lusong_analysis")


def trace(namespace: Mapping[str, Any]) -> Trace:
    """What was imported and asked.

    Parameters
    ----------
    namespace : mapping
        The names of a notebook.

    Returns
    -------
    dict
        ``modules``: the modules of this package that were imported, in order. ``asked``: what the notebook's only
        report asked of the data, by package, as JSON; None where it cannot be known, so that all of it counts.
    """
    modules = own_modules()
    module = sys.modules.get("lusong_analysis.report.report")
    reports = [value for value in namespace.values() if module and isinstance(value, module.Report)]
    # A figure that displays itself, as the last line of a cell, opens the data once more.
    known = len({id(report) for report in reports}) == 1 and "lusong_analysis.report.display" not in modules
    return {"modules": modules, "asked": reports[0].asked if known else None}
