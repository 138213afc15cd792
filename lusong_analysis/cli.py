"""The command line: lusong build, check, diff, explain, verify."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Annotated

import typer

from lusong_analysis.command.shared import GOOD

COMMANDS = ("build", "check", "diff", "explain", "verify")


def application(commands: Iterable[str] = COMMANDS) -> typer.Typer:
    """Put some commands together; those that nobody asks for need not even be loaded."""
    app = typer.Typer(
        help="Reports in which no number can be wrong silently. "
        "Exit codes: 0 good, 1 failed, 2 refused before it began.",
        invoke_without_command=True,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,  # frames around the help would take longer than all the rest of it
    )
    app.callback()(lusong)
    for name in commands:
        command = getattr(import_module(f"lusong_analysis.command.{name}"), name)
        app.command(short_help=command.__doc__.partition("\n")[0])(command)  # else it is cut off at the line's end
    return app


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
    named = [name for name in sys.argv[1:2] if name in COMMANDS]
    application(named or COMMANDS)()
