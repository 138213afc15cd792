"""How our own errors show in a notebook: a short box instead of a page of traceback."""

from __future__ import annotations

import linecache
import textwrap
import traceback

WIDTH = 96  # letters of a line, so that it stands unbroken beside a sidebar
LONGEST = 12  # problems; a data folder may hold hundreds


class Boxed(ValueError):
    """An error for people: its message says what is wrong and what to do, so nobody needs the lines of our code.

    Each line of the message says one thing. ``kind`` says in plain words what sort of error it is.
    """

    kind = ""

    def _render_traceback_(self) -> list[str]:
        """The lines that IPython shows in the place of a traceback."""
        return box(self)


def box(error: Boxed) -> list[str]:
    """An error as a box: its kind, the line of the cell that was running, and each problem."""
    problems = str(error).splitlines()
    lines = [*_place(error), ""]
    for problem in problems[:LONGEST]:
        lines += textwrap.wrap(problem, WIDTH, subsequent_indent="  ")
    if problems[LONGEST:]:
        lines.append(f"… and {len(problems) - LONGEST} more")
    return [f"╭─ {type(error).__name__}: {error.kind}", *(f"│ {line}".rstrip() for line in lines), "╰─"]


def _place(error: Boxed) -> list[str]:
    """The line of the running cell, worded as in a traceback: the build looks for it; none outside a cell."""
    from IPython import get_ipython

    shell = get_ipython()
    for frame, number in traceback.walk_tb(error.__traceback__):
        file = frame.f_code.co_filename
        name = shell and shell.compile.format_code_name(file)
        if name:
            code = linecache.getline(file, number).strip()
            return [f"{' '.join(name)}, line {number}", *textwrap.wrap(code, WIDTH - 4, initial_indent="    ")[:1]]
    return []
