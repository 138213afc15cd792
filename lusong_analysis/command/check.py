"""lusong check: the data, the parameters and every text of every notebook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from lusong_analysis.build import plan
from lusong_analysis.command.shared import (
    REFUSED,
    Data,
    Project,
    counted,
    data_folder,
    print_problems,
    project_folder,
)
from lusong_analysis.problem import Refused


def check(
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="List the statements that cannot all be true.")
    ] = False,
    project: Project = None,
    data: Data = None,
) -> None:
    """Check the data, the parameters and every text of every notebook; list all that is wrong."""
    from lusong_analysis.build import checks

    try:
        folder = project_folder(project)
        notebooks = plan.find_notebooks(folder)
        counts, problems = checks.check(data_folder(folder, data), notebooks)
    except Refused as refused:
        problems = list(refused.problems)
    if problems:
        print_problems(problems, "")
        raise typer.Exit(REFUSED)
    print("good: " + ", ".join(counted(number, noun) for noun, number in counts.items()))
    if conflicts:
        print("\n".join(_conflicts(data_folder(folder, data))))


def _conflicts(data: Path) -> Iterator[str]:
    """Every conflict of the data: what is asked, who printed what, and which statement counts by which rule."""
    from lusong_analysis.facts.conflicts import conflicts
    from lusong_analysis.facts.package import known, open_package
    from lusong_analysis.quantity import wording
    from lusong_analysis.report.annex import CHOSEN, NOT_CHOSEN

    found = conflicts(known(open_package(data)))
    yield f"{counted(len(found), 'conflict')}{':' if found else ''}"
    for conflict in found:
        about = conflict.groups[0][0]
        asked = ", ".join(group[0].observation.indicator for group in conflict.groups)
        whom = f", {about.observation.counterpart}" if about.observation.counterpart else ""
        yield f"{asked}: {about.area.name_en}{whom}, {about.observation.time_period}"
        for group in conflict.groups:
            for place, one in enumerate(group):
                row, source = one.observation, one.source
                printed = (
                    f"“{row.as_printed}” ({source.publisher_en}, {source.date_published or 'no date'}, {source.grade})"
                )
                choice = NOT_CHOSEN["en"] if place else CHOSEN["en"][conflict.rule]
                yield f"  {row.observation_id}: {printed}, taken as {wording.reading(one.quantity, 'en')}; {choice}"
