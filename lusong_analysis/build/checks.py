"""Everything that can be wrong before a kernel starts: the data, the parameters, every text of every notebook."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lusong_analysis.build.execute import Task
from lusong_analysis.build.plan import Job, Order
from lusong_analysis.build.store import FOLDER, Disk
from lusong_analysis.problem import Problem, Refused

if TYPE_CHECKING:
    from lusong_analysis.facts.package import Package


@dataclass(frozen=True)
class Checked:
    """A notebook that was looked at.

    Parameters
    ----------
    text : str
        The file.
    parameters : Mapping of str to object
        What it sets itself.
    problems : tuple of Problem
        Everything that is wrong with it.
    """

    text: str
    parameters: Mapping[str, object]
    problems: tuple[Problem, ...]


def check(data: Path, notebooks: Mapping[str, Path]) -> tuple[dict[str, int], list[Problem]]:
    """List everything that is wrong with a data package and with notebooks.

    Returns
    -------
    tuple of dict and list of Problem
        How much was looked at, by noun, and what is wrong.
    """
    package, problems = _check_data(data)
    checked = [_check_notebook(path, package) for path in notebooks.values()]
    problems += [problem for notebook in checked for problem in notebook.problems]
    problems += _check_days(package, checked)
    counts = {"statement": len(package.observations), "source": len(package.sources)} if package else {}
    return counts | {"notebook": len(notebooks)}, problems


def ready(work: Sequence[tuple[Order, Sequence[Job]]], shared: str) -> list[list[Task]]:
    """Turn jobs into tasks, once nothing is wrong with any of them.

    Parameters
    ----------
    work : Sequence of tuple of Order and Sequence of Job
        Orders of one project and one data package, and which of their jobs are to be made.
    shared : str
        One hash over the data and the program. Where nothing was wrong with these before, the data are not checked
        once more.

    Returns
    -------
    list of list of Task
        The tasks of each order.

    Raises
    ------
    Refused
        With everything that is wrong with the data, with the notebooks of the orders and with what was given.
    """
    first = work[0][0]
    good = first.project / FOLDER / "checked"
    known_good = good.is_file() and good.read_text() == shared
    package, problems = _check_data(first.data, rows_only=known_good)
    if not problems and not known_good:
        Disk(good.parent).write(good.name, shared.encode())
    checked = _check_notebooks([order for order, _ in work], package)
    problems += [problem for notebook in checked.values() for problem in notebook.problems]
    problems += _check_days(package, checked.values())
    tasks = []
    for order, due in work:
        own, wrong = _tasks(order, due, {job.notebook: checked[job.notebook] for job in order.jobs}, package)
        tasks.append(own)
        problems += wrong
    if problems:
        raise Refused(dict.fromkeys(problems))
    return tasks


def check_given(orders: Sequence[Order]) -> list[Problem]:
    """What is wrong with the parameters that some orders of one project and data package were given."""
    from lusong_analysis.facts.package import check_rows

    if not any(order.parameters for order in orders):
        return []
    package, problems = check_rows(orders[0].data)
    checked = _check_notebooks(orders, None)
    problems += [problem for notebook in checked.values() for problem in notebook.problems]
    for order in orders:
        problems += _given(order, {job.notebook: checked[job.notebook].parameters for job in order.jobs}, package)[1]
    return list(dict.fromkeys(problems))


def _given(
    order: Order, defaults: Mapping[str, Mapping[str, object]], package: Package | None
) -> tuple[dict[str, dict[str, object]], list[Problem]]:
    """The parameters of each notebook of an order, and what is wrong with those that were given."""
    from lusong_analysis.report.parameters import check_parameters, typed

    given = typed(order.parameters)
    values: dict[str, dict[str, object]] = {}
    wrong: list[Problem] = []
    for name, parameters in defaults.items():
        # What only some notebooks ask for is theirs alone; what none asks for is refused by each.
        others = {key for other in defaults.values() for key in other if key not in parameters}
        own = {key: value for key, value in given.items() if key not in others}
        values[name] = {**parameters, **own}
        if parameters:
            wrong += check_parameters(own, parameters, name, package)
    return values, _together(wrong, len(defaults))


def _tasks(
    order: Order, due: Sequence[Job], checked: Mapping[str, Checked], package: Package | None
) -> tuple[list[Task], list[Problem]]:
    """The tasks of one order, and what is wrong with what was given to it."""
    values, wrong = _given(order, {name: notebook.parameters for name, notebook in checked.items()}, package)
    folder = order.project / "notebooks"
    tasks = [
        Task(
            job,
            checked[job.notebook].text,
            folder,
            {**values[job.notebook], "language": job.language},
            job.notebook in order.closing,
        )
        for job in due
    ]
    return tasks, wrong


def _together(problems: Sequence[Problem], notebooks: int) -> list[Problem]:
    """What is wrong in several notebooks alike, as a value given to all, said once and of all."""
    places: dict[Problem, list[str]] = {}
    for problem in problems:
        places.setdefault(replace(problem, place=""), []).append(problem.place)
    return [
        replace(problem, place="every notebook" if 1 < len(names) == notebooks else ", ".join(names))
        for problem, names in places.items()
    ]


def _check_data(data: Path, *, rows_only: bool = False) -> tuple[Package | None, list[Problem]]:
    from lusong_analysis.facts.checks import check as check_data
    from lusong_analysis.facts.package import check_rows

    problems = [] if rows_only else check_data(data)
    package, _ = check_rows(data)
    if package is not None:
        problems += [*_check_reasons(package), *check_lengths(package)]
    else:
        rule = "The words and names of notebooks are checked against the data."
        problems.append(Problem("notebooks/", "not checked", rule, "Mend the data first."))
    return package, problems


def check_lengths(package: Package) -> list[Problem]:
    """The workbook holds every text of the data, and of a longer one Excel would cut off the rest without a word."""
    from lusong_analysis.facts.rows import MODELS
    from lusong_analysis.report.library.workbook import LONGEST, holds

    rule = f"A cell of a workbook holds {LONGEST} letters."
    return [
        Problem(f"data/{model.table}.csv, {key}, column {column}", f"{text[:40]}…", rule, "Shorten the text.")
        for model in MODELS
        for key, row in getattr(package, model.table).items()
        for column, text in row
        if not holds(LONGEST, text)
    ]


def _check_reasons(package: Package) -> list[Problem]:
    """The reasons of corrections are printed: a number typed there would have no evidence."""
    from lusong_analysis.report.gate import glossary_names, typed_numbers

    names = glossary_names(package)
    rule = "A reason is printed, and a number typed in it would have no evidence."
    return [
        Problem(f"data/corrections.csv, {row.correction_id}, column reason_{language}", number, rule, "Say it without.")
        for row in package.corrections.values()
        for language, text in (("zh", row.reason_zh), ("en", row.reason_en))
        for number in typed_numbers(text, language, names)
    ]


def _check_days(package: Package | None, notebooks: Iterable[Checked]) -> list[Problem]:
    """No correction counts from a day after the edition: a mistyped year would count at once."""
    from lusong_analysis.quantity.period import bounds

    editions = [str(notebook.parameters.get("edition", "")) for notebook in notebooks]
    months = [month for month in editions if re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", month)]
    if package is None or not months:
        return []
    last = max(months)
    return [
        Problem(
            f"data/corrections.csv, {row.correction_id}, column date",
            row.date,
            f"It is later than the edition, {last}.",
            "Correct the date.",
        )
        for row in package.corrections.values()
        if bounds(row.date)[1] > bounds(last)[1]
    ]


def _check_notebooks(orders: Iterable[Order], package: Package | None) -> dict[str, Checked]:
    """The notebooks of some orders of one project, each looked at once; their texts only where there are data."""
    paths = {job.notebook: order.notebooks[job.notebook] for order in orders for job in order.jobs}
    return {name: _check_notebook(path, package) for name, path in paths.items()}


def _check_notebook(path: Path, package: Package | None) -> Checked:
    from lusong_analysis.report.gate import check_notebook
    from lusong_analysis.report.parameters import parameters_of

    problems = check_notebook(path, package) if package else []
    text = path.read_text("utf-8", errors="replace")
    try:
        parameters, wrong = parameters_of(json.loads(text), path.stem)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Checked(text, {}, tuple(problems))  # the gate says that it is no notebook
    return Checked(text, parameters, (*problems, *wrong))
