"""The command line: lusong build, check, verify."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

import typer

from lusong_analysis.build import plan
from lusong_analysis.problem import Problem, Refused

GOOD, FAILED, REFUSED, INTERRUPTED = 0, 1, 2, 130

# What the blocks of a report are called where their own name is no noun.
NOUNS = {"key_figures": "strip", "not_known": "gap list", "absent": "missing figure"}

app = typer.Typer(
    help="Reports in which no number can be wrong silently. Exit codes: 0 good, 1 failed, 2 refused before it began.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Project = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Folder of data/, notebooks/ and reports/; the nearest upwards if not given."),
]
Data = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Folder of the data package; else LUSONG_DATA, else the project's data/."),
]


@app.callback(invoke_without_command=True)
def lusong(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Answer what belongs to no command."""
    if version:
        from importlib.metadata import version as installed

        print(f"lusong {installed('lusong-analysis')}")
        raise typer.Exit(GOOD)


@app.command()
def build(
    notebook: Annotated[
        list[str] | None, typer.Argument(help="Notebooks, by name or path; all if none is named.")
    ] = None,
    language: Annotated[Literal["zh", "en"] | None, typer.Option(help="Only this language.")] = None,
    edition: Annotated[
        str | None, typer.Option(metavar="2026-11", help="Edition; the notebooks' own if not given.")
    ] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DAY", help="Only what was published by this day.")] = None,
    ref_area: Annotated[
        str | None, typer.Option(metavar="430203", help="Area; the notebooks' own if not given.")
    ] = None,
    parameter: Annotated[list[str] | None, typer.Option(metavar="NAME=VALUE", help="Any other parameter.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Build even what is up to date.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print errors only.")] = False,
    project: Project = None,
    data: Data = None,
) -> None:
    """Run the notebooks in both languages and publish their edition to reports/."""
    from lusong_analysis.build import edition as editions

    try:
        folder = _project(project)
        given = _parameters(parameter or [], {"edition": edition, "as_of": as_of, "ref_area": ref_area})
        order = plan.plan(folder, _data(folder, data), notebook or [], [language] if language else [], given)
        built = editions.build(order, force=force, quiet=quiet)
    except Refused as refused:
        _print_problems(refused.problems, "Nothing was built.")
        raise typer.Exit(REFUSED) from None
    except editions.BuildError as error:
        count = f"{len(error.failures)} of {error.total} reports failed"
        print(f"{error}\n\n{count}; nothing was published, reports/{order.edition} is as it was.", file=sys.stderr)
        raise typer.Exit(FAILED) from None
    except KeyboardInterrupt:
        print("Stopped; nothing was published.", file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from None
    if not quiet:
        state = f"built {len(built.built)} of" if built.built else "nothing changed in"
        print(f"reports/{order.edition}: {state} {_count(built.total, 'report')}")


@app.command()
def check(project: Project = None, data: Data = None) -> None:
    """Check the data, the parameters and every text of every notebook; list all that is wrong."""
    from lusong_analysis.build import checks

    try:
        folder = _project(project)
        notebooks = plan.find_notebooks(folder)
        counts, problems = checks.check(_data(folder, data), notebooks)
    except Refused as refused:
        problems = list(refused.problems)
    if problems:
        _print_problems(problems, "")
        raise typer.Exit(REFUSED)
    print("good: " + ", ".join(_count(number, noun) for noun, number in counts.items()))


@app.command()
def verify(files: Annotated[list[Path], typer.Argument(metavar="FILE.pdf…", help="Reports.")]) -> None:
    """Compute every figure and sentence of a PDF again, from the data inside it, and compare."""
    codes = [_verify(file) for file in files]
    raise typer.Exit(max(codes))


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot write Chinese
    app()


def _project(named: Path | None) -> Path:
    folder = named.absolute() if named else plan.find_project(Path.cwd())
    if folder is None:
        rule = "No folder from here upwards holds data/datapackage.json."
        raise Refused([Problem("project", str(Path.cwd()), rule, "Go into the project, or give --project DIR.")])
    return folder


def _data(project: Path, named: Path | None) -> Path:
    return named.absolute() if named else plan.find_data(project)


def _parameters(pairs: Iterable[str], options: dict[str, str | None]) -> dict[str, str]:
    given = {name: value for name, value in options.items() if value is not None}
    problems = []
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.isidentifier():
            problems.append(
                Problem("--parameter", pair, "It is a name, =, and a value.", "Write --parameter NAME=VALUE.")
            )
        elif name == "language":
            problems.append(Problem("--parameter", pair, "The language has an option.", f"Write --language {value}."))
        elif name in given:
            problems.append(Problem("--parameter", pair, f"{name} is already {given[name]}.", "Give it once."))
        else:
            given[name] = value
    if problems:
        raise Refused(problems)
    return given


def _print_problems(problems: Iterable[Problem], outcome: str) -> None:
    lines = [str(problem) for problem in problems]
    print("\n".join(lines), file=sys.stderr)
    print(f"{_count(len(lines), 'problem')}. {outcome}".rstrip(), file=sys.stderr)


def _count(number: int, noun: str) -> str:
    plural = noun if noun.endswith("s") else f"{noun.removesuffix('y')}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"


def _verify(file: Path) -> int:
    from lusong_analysis.verify import verify

    try:
        verdict = verify(file.read_bytes())
    except OSError as error:
        print(f"{file}: it cannot be read: {error.strerror}.", file=sys.stderr)
        return REFUSED
    except ValueError as error:
        print(f"{file}: it is no report that can be verified: {error}", file=sys.stderr)
        return REFUSED
    for problem in verdict.problems:
        print(f"{file}: {problem}", file=sys.stderr)
    if verdict.problems:
        print(f"{file}: {_count(len(verdict.problems), 'problem')}.", file=sys.stderr)
        return FAILED
    blocks = [_count(number, NOUNS.get(kind, kind)) for kind, number in verdict.blocks.items()]
    counts = [_count(verdict.figures, "figure"), *blocks]
    print(f"{file}: good: {', '.join(counts)} computed again")
    return GOOD
