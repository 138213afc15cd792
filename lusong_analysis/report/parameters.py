"""The parameters of a notebook: one model for all of them, and every way to get them wrong as a problem."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from lusong_analysis.problem import Problem, Refused, did_you_mean

if TYPE_CHECKING:
    from lusong_analysis.facts.package import Package

TAG = "parameters"
RULES = {
    "language": "The language is 'zh' or 'en'.",
    "as_of": "It is empty, or a day that exists, as '2020-10-31'.",
    "ref_area": "An area is its six digits in GB/T 2260, as '430203'.",
    "edition": "An edition is a month, as '2026-11'.",
    "horizon": "The horizon is a year from 2000 to 2100, a whole number without quotation marks.",
}


def _on_the_calendar(day: str) -> str:
    if day and date.fromisoformat(day).isoformat() != day:
        raise ValueError(day)
    return day


class Parameters(BaseModel):
    """What a notebook can be run with.

    Parameters
    ----------
    language : str
        ``zh`` or ``en``.
    as_of : str
        Empty, or the day up to which statements count, as ``2020-10-31``.
    ref_area : str
        The area the report is about, by its code in GB/T 2260.
    edition : str
        The edition, as ``2026-11``.
    horizon : int, optional
        The last year of outlooks, 2000 to 2100 [year].
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    language: Literal["zh", "en"]
    as_of: Annotated[str, AfterValidator(_on_the_calendar)]
    ref_area: Annotated[str, Field(pattern=r"^[0-9]{6}$")]
    edition: Annotated[str, Field(pattern=r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$")]
    horizon: Annotated[int, Field(ge=2000, le=2100)] | None = None

    @property
    def edition_date(self) -> str:
        """The first day of the edition, as ``2026-11-01``."""
        return f"{self.edition}-01"

    @classmethod
    def of(cls, values: Mapping[str, object], place: str = TAG) -> Parameters:
        """The parameters with these values.

        Raises
        ------
        Refused
            With every value that is unknown, missing or wrong.
        """
        if problems := _problems(values, place):
            raise Refused(problems)
        return cls.model_validate(dict(values))


REQUIRED = tuple(name for name, field in Parameters.model_fields.items() if field.is_required())


def parameters_of(notebook: Mapping[str, Any], name: str) -> tuple[dict[str, object], list[Problem]]:
    """What the parameters cell of a notebook sets, and what is wrong with it.

    Parameters
    ----------
    notebook : mapping
        The notebook, as JSON gives it.
    name : str
        Its name, for the problems' place.
    """
    numbers = [number for number, cell in enumerate(notebook["cells"], 1) if is_parameters(cell)]
    if len(numbers) != 1:
        found = f"cells {', '.join(map(str, numbers))} tagged '{TAG}'" if numbers else f"no cell tagged '{TAG}'"
        todo = f"Tag the cell that sets {', '.join(Parameters.model_fields)}, and no other."
        return {}, [Problem(name, found, "A notebook has one parameters cell.", todo)]
    place = f"{name}, cell {numbers[0]}"
    source = "".join(notebook["cells"][numbers[0] - 1]["source"])
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        return {}, [Problem(f"{place}, line {error.lineno}", (error.text or "").strip(), f"{error.msg}.", "Mend it.")]
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for statement in statements:
        wrong = _assignment_problem(statement, place)
        if wrong:
            problems.append(wrong)
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and statement.value:
            if statement.target.id in values:
                problems.append(Problem(place, statement.target.id, "It is set already.", "Set each parameter once."))
            values[statement.target.id] = ast.literal_eval(statement.value)
    stated = {problem.found.partition(" ")[0].rstrip(":") for problem in problems}
    return values, problems + [p for p in _problems(values, place) if p.found.partition(" ")[0] not in stated]


def check_parameters(
    given: Mapping[str, object], defaults: Mapping[str, object], place: str, package: Package | None = None
) -> list[Problem]:
    """What is wrong with the values that a notebook would be run with.

    Parameters
    ----------
    given : mapping
        Values from the command line, typed (see :func:`typed`).
    defaults : mapping
        Values of the notebook's own parameters cell.
    place : str
        The notebook's name, for the problems' place.
    package : Package, optional
        The data package, to look the area up in.
    """
    absent = [name for name in given if name in Parameters.model_fields and name not in defaults]
    problems = [
        Problem(
            place, f"{name} = {given[name]!r}", f"{place} has no parameter {name}.", f"It has {', '.join(defaults)}."
        )
        for name in absent
    ]
    values = {**defaults, **{name: value for name, value in given.items() if name not in absent}}
    problems += _problems(values, place)
    area = values.get("ref_area")
    if package is not None and isinstance(area, str) and len(area) == 6 and area not in package.areas:
        held = ", ".join(f"{row.ref_area} {row.name_zh}" for row in package.areas.values())
        todo = did_you_mean(area, package.areas) or f"The data holds {held}."
        problems.append(Problem(place, f"ref_area = {area!r}", "The data holds no such area.", todo))
    return problems


def typed(given: Mapping[str, str]) -> dict[str, object]:
    """Values of the command line in the types of the parameters; what does not fit stays text, to be refused."""
    return {name: int(text) if _type(name) == "int" and text.isdecimal() else text for name, text in given.items()}


def is_parameters(cell: Mapping[str, Any]) -> bool:
    """Whether a cell of a notebook is tagged as the one that sets the parameters."""
    return TAG in cell.get("metadata", {}).get("tags", ())


def _problems(values: Mapping[str, object], place: str) -> list[Problem]:
    try:
        Parameters.model_validate(dict(values))
    except ValidationError as error:
        return [_problem(str(part["loc"][0]), part["type"], values, place) for part in error.errors()]
    return []


def _problem(name: str, kind: str, values: Mapping[str, object], place: str) -> Problem:
    if kind == "missing":
        todo = f"Set it in the parameters cell: {name}: {_type(name)} = … ."
        return Problem(place, f"{name} is missing", RULES[name], todo)
    if kind == "extra_forbidden":
        todo = did_you_mean(name, Parameters.model_fields) or f"Parameters are {', '.join(Parameters.model_fields)}."
        return Problem(place, f"{name} = {values[name]!r}", f"There is no parameter {name}.", todo)
    return Problem(place, f"{name} = {values[name]!r}", RULES[name], "Give another value.")


def _assignment_problem(statement: ast.stmt, place: str) -> Problem | None:
    """What is wrong with one line of the parameters cell."""
    line = ast.unparse(statement).splitlines()[0]
    where = f"{place}, line {statement.lineno}"
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return None  # a sentence that explains
    if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name) or not statement.value:
        rule = "The parameters cell holds parameters only, each with its type and a value."
        return Problem(where, line, rule, "Write language: str = 'zh'; move everything else to the next cell.")
    name = statement.target.id
    try:
        ast.literal_eval(statement.value)
    except (ValueError, TypeError):
        return Problem(where, line, "A parameter is a plain value.", "Compute in a later cell.")
    wanted = _type(name)
    if wanted and ast.unparse(statement.annotation) != wanted:
        return Problem(where, line, f"The type of {name} is {wanted}.", f"Write {name}: {wanted} = … .")
    return None


def _type(name: str) -> str:
    """The type of a parameter as a notebook writes it; empty for an unknown one."""
    field = Parameters.model_fields.get(name)
    return "" if field is None else "int" if "int" in str(field.annotation) else "str"
