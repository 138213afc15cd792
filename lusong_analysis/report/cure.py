"""What to write instead of a typed number: the figure of the call that holds it, or the statement that says it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from lusong_analysis.facts.package import Package
from lusong_analysis.facts.rows import Observation
from lusong_analysis.problem import Problem

SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
SCALES |= {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}


def typed_number(
    place: str, word: str, cure: str, package: Package, figures: Mapping[str, ast.expr] | None = None
) -> Problem:
    """A typed number as a problem, with the cure that is nearest at hand.

    Parameters
    ----------
    place, word : str
        Where it stands, and what.
    cure : str
        What to do in such a place, without a full stop.
    package : Package
        The data package.
    figures : mapping, optional
        The figures given beside it: name and expression, with every variable written out.
    """
    kind = "a digit" if any(letter.isdigit() for letter in word) else "a number word"
    for name, expression in (figures or {}).items():
        for row in _asked(expression, package):
            todo = f"Put it in a placeholder: {{{name}}} holds {row.as_printed}." if _says(row, word) else ""
            if word.rstrip("年") == row.time_period:
                todo = f"Put it in a placeholder: {{{name}.period}}."
            if todo:
                return Problem(place, word, f"It is a typed number ({kind}).", todo)
    said = next((row for row in package.observations.values() if _says(row, word)), None)
    known = f": observation {said.observation_id} says {said.as_printed}." if said else "."
    return Problem(place, word, f"It is a typed number ({kind}).", f"{cure}{known}")


def _asked(expression: ast.expr, package: Package) -> Iterator[Observation]:
    """The statements that answer ``report.figure(…)``, as far as its arguments are written out."""
    position = 0
    if isinstance(expression, ast.Subscript) and isinstance(expression.slice, ast.Constant):
        position = int(str(expression.slice.value))
        expression = expression.value
    if not isinstance(expression, ast.Call) or len(expression.args) <= position:
        return
    asked = {part.arg: part.value for part in expression.keywords} | {"indicator": expression.args[position]}
    values = {name: value.value for name, value in asked.items() if isinstance(value, ast.Constant)}
    for row in package.observations.values():
        if "indicator" in values and all(getattr(row, str(name), None) == value for name, value in values.items()):
            yield row


def _says(row: Observation, word: str) -> bool:
    """Whether a statement prints this number, in its own scale or in another."""
    value = _value(word)
    numbers = [Fraction(number) for number in (row.obs_value, row.obs_value_upper) if number]
    scale = _scale(re.split("[^万亿千百]", row.unit, maxsplit=1)[0])
    return value is not None and value in {*numbers, *(number * scale for number in numbers)}


def _value(word: str) -> Fraction | None:
    match = re.match(r"([-−]?)(\d[\d,]*(?:\.\d+)?)", word)
    if match is None:
        return None
    return Fraction(f"{'-' if match[1] else ''}{match[2].replace(',', '')}") * _scale(word[match.end() :].lower())


def _scale(words: str) -> int:
    scale = 1
    for part in re.findall("|".join(SCALES), words):
        scale *= SCALES[part]
    return scale
