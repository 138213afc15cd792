"""The command line: lusong build, check, diff, explain, verify."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from lusong_analysis.command.build import build
from lusong_analysis.command.check import check
from lusong_analysis.command.diff import diff
from lusong_analysis.command.explain import explain
from lusong_analysis.command.shared import GOOD
from lusong_analysis.command.verify import verify

app = typer.Typer(
    help="Reports in which no number can be wrong silently. Exit codes: 0 good, 1 failed, 2 refused before it began.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (build, check, diff, explain, verify):
    app.command()(command)


@app.callback(invoke_without_command=True)
def lusong(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Answer what belongs to no command."""
    if version:
        from importlib.metadata import version as installed

        print(f"lusong {installed('lusong-analysis')}")
        raise typer.Exit(GOOD)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot write Chinese
    app()
