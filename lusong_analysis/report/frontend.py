"""Where a notebook runs: its running cell, and what shows its outputs."""

from __future__ import annotations

from typing import Any


def running_cell() -> tuple[str, int]:
    """The running cell and its count, where the frontend names the cell, as JupyterLab does."""
    from IPython import get_ipython

    shell = get_ipython()
    kernel = getattr(shell, "kernel", None)
    parent = kernel.get_parent("shell") if kernel else {}
    return str(parent.get("metadata", {}).get("cellId", "")), getattr(shell, "execution_count", 0)


def show(data: dict[str, Any], metadata: dict[str, Any]) -> None:
    """Show an output under the running cell."""
    from IPython.display import display

    display(data, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]
