"""lusong check: the data, the parameters and every text of every notebook."""

from __future__ import annotations

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


def check(project: Project = None, data: Data = None) -> None:
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
