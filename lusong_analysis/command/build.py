"""lusong build: run the notebooks and publish their edition."""

from __future__ import annotations

import contextlib
import signal
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from lusong_analysis.build import plan
from lusong_analysis.command.shared import (
    FAILED,
    INTERRUPTED,
    REFUSED,
    Data,
    Project,
    counted,
    data_folder,
    print_problems,
    project_folder,
)
from lusong_analysis.problem import Problem, Refused

if TYPE_CHECKING:
    from lusong_analysis.build.edition import Edition
    from lusong_analysis.build.state import State

KEPT = "Reports that were finished are kept for the next build."

# How many reasons of a report are told by name.
FEW = 5


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
        str | None,
        typer.Option(metavar="430203,…", help="Areas, an edition each; the notebooks' own if not given."),
    ] = None,
    parameter: Annotated[list[str] | None, typer.Option(metavar="NAME=VALUE", help="Any other parameter.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Build even what is up to date.")] = False,
    cold: Annotated[
        bool, typer.Option("--cold", help="Start each kernel from nothing; the pages are the same.")
    ] = False,
    why: Annotated[bool, typer.Option("--why", help="Say why each report would be built or not; build none.")] = False,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop at the first failure.")] = False,
    cell_timeout: Annotated[
        int, typer.Option(metavar="SECONDS", min=1, help="How long a cell may run.")
    ] = plan.Limits().cell,
    timeout: Annotated[
        int, typer.Option(metavar="SECONDS", min=1, help="How long a notebook may run.")
    ] = plan.Limits().notebook,
    scheduler: Annotated[
        str, typer.Option(metavar="tcp://…", help="Dask scheduler whose workers make the reports; else this machine.")
    ] = "",
    store: Annotated[
        str, typer.Option(metavar="s3://…", help="Where finished reports are kept, any URL of fsspec; else .lusong/.")
    ] = "",
    quiet: Annotated[bool, typer.Option("--quiet", help="Print errors only.")] = False,
    project: Project = None,
    data: Data = None,
) -> None:
    """Run the notebooks in both languages and publish their edition to reports/."""
    from lusong_analysis.build import edition as editions
    from lusong_analysis.build.audit import BuildError
    from lusong_analysis.build.state import examine
    from lusong_analysis.build.store import open_store

    limits = plan.Limits(cell_timeout, timeout)
    manner = editions.Manner(force, quiet, cold, fail_fast, limits, store, scheduler)
    orders: list[plan.Order] = []
    try:
        folder = project_folder(project)
        given = _parameters(parameter or [], {"edition": edition, "as_of": as_of, "ref_area": ref_area})
        where, languages = data_folder(folder, data), [language] if language else []
        orders += [plan.plan(folder, where, notebook or [], languages, one) for one in plan.by_area(given)]
        if why:
            from lusong_analysis.build.checks import check_given

            if problems := check_given(orders):
                raise Refused(problems)
            print("\n".join(_told(examine(orders, open_store(folder, store)))))
            return
        with _ended_by_term():
            built = editions.build_all(orders, manner)
    except Refused as refused:
        print_problems(refused.problems, "Nothing was built.")
        raise typer.Exit(REFUSED) from None
    except BuildError as error:
        count = f"{error.failed} of {error.total} reports failed; " if error.failed else ""
        published = (
            "nothing was published" if len(error.editions) == len(orders) else "the other editions are published"
        )
        kept = ", ".join(f"reports/{name}" for name in error.editions)
        are = "is as it was" if len(error.editions) == 1 else "are as they were"
        print(f"{error}\n\n{count}{published}, {kept} {are}. {KEPT}", file=sys.stderr)
        raise typer.Exit(FAILED) from None
    except KeyboardInterrupt as stopped:
        names = ", ".join(f"reports/{name}" for name in getattr(stopped, "published", ()))
        published = f"{names} was published before" if names else "nothing was published"
        print(f"Stopped; {published}. {KEPT}", file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from None
    if not quiet:
        for one in built:
            _print_built(one)


def _told(states: Sequence[State]) -> Iterator[str]:
    """Why each report would be built, or that it would not."""
    for state in states:
        edition = f"{state.order.edition} " if len(states) > 1 else ""
        for job in state.order.jobs:
            reasons = state.reasons(job)
            more = f", and {len(reasons) - FEW} more" if len(reasons) > FEW else ""
            yield f"{edition}{job}: {', '.join(reasons[:FEW]) + more if reasons else 'up to date'}"
        due = any(state.reasons(job) for job in state.order.jobs)
        if not due and not state.published({job: record for job, record in state.records.items() if state.fit(job)}):
            yield f"{edition}workbook and maps: other data, code or files than when they were published"


@contextlib.contextmanager
def _ended_by_term() -> Iterator[None]:
    """Let SIGTERM end a build as Ctrl-C does."""

    def end(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _print_built(built: Edition) -> None:
    """Say what was built: what it leaves unused first, since it is long, then how much, then what is out of date."""
    if built.unused:
        names = textwrap.fill(
            " ".join(built.unused), 120, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
        )
        print(f"{counted(len(built.unused), 'statement')} that no printed figure rests on:\n{names}")
    state = f"built {len(built.built)} of" if built.built else "nothing changed in"
    print(f"reports/{built.folder.name}: {state} {counted(built.total, 'report')}")
    if built.stale:
        print(
            f"{counted(built.stale, 'report')} in it came from other data, code or parameters; lusong build renews all"
        )


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
