"""The gate: no typed number or area in a notebook, in either language, before a kernel starts.

A notebook is read as JSON and its code as a syntax tree; nothing of it runs. Here are the notebook as a whole, its
Markdown cells and their pairs; :mod:`lusong_analysis.report.cell` looks at code, :mod:`lusong_analysis.report.cure`
says what to write instead of a number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lusong_analysis.facts.package import Package
from lusong_analysis.problem import Problem
from lusong_analysis.quantity.wording import LANGUAGES
from lusong_analysis.report.cell import Code
from lusong_analysis.report.cure import typed_number
from lusong_analysis.report.numerals import FENCE, PRINTED, printed, typed_numbers
from lusong_analysis.report.parameters import is_parameters
from lusong_analysis.report.places import typed_areas

__all__ = ["check_notebook", "glossary_names", "typed_numbers"]

LIST_NUMBER = re.compile(r"^([ >]*)(\d+[.)])(?=\s)", re.MULTILINE)
HEADING = re.compile(r"^ {0,3}(#{1,6})(?=\s)", re.MULTILINE)


def check_notebook(path: Path, package: Package) -> list[Problem]:
    """Everything that a notebook types although the data should say it, and every name that the data does not hold.

    Parameters
    ----------
    path : Path
        The notebook. Its cells are counted from 1, in the order of the file.
    package : Package
        The data package, for names and for the figures to use instead.
    """
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        texts = ["".join(cell["source"]) for cell in cells]
    except (OSError, ValueError, KeyError, TypeError) as error:
        return [Problem(path.stem, type(error).__name__, "It is no notebook of format 4.", "Save it in JupyterLab.")]
    names = glossary_names(package)
    code = Code(path.stem, package, names)
    problems: list[Problem] = []
    for number, (cell, text) in enumerate(zip(cells, texts, strict=True), 1):
        if cell["cell_type"] != "code":
            problems += _words(f"{path.stem}, cell {number}", text, _languages(cell), package, names)
        elif not is_parameters(cell):
            problems += code.check(number, text)
    return problems + list(_pairs(path.stem, cells, texts))


def glossary_names(package: Package) -> list[str]:
    """The names that may hold digits or number words, in both languages."""
    return [form for term in package.glossary.values() for form in (term.zh, term.en)]


def _words(
    place: str, text: str, languages: Sequence[str], package: Package, names: Sequence[str]
) -> Iterator[Problem]:
    """What is wrong with the words of a Markdown cell. One without a tag is read in both languages, so held to both."""
    place += f", {languages[0]}" if len(languages) == 1 else ""
    for match in PRINTED.finditer(text):
        if match["placeholder"]:
            rule = "A Markdown cell fills no placeholder."
            yield Problem(place, match[0], rule, "Say it in a code cell: report.say(zh=…, en=…).")
    for match in LIST_NUMBER.finditer(text):
        yield Problem(place, match[2], "The numbers of a list are typed numbers.", "Begin its lines with '-'.")
    rest = printed(LIST_NUMBER.sub(r"\1", text))
    words = [word for language in languages or LANGUAGES for word in typed_numbers(rest, language, names)]
    for word in dict.fromkeys(words):
        yield typed_number(place, word, "Say it with report.say and a placeholder", package)
    yield from typed_areas(place, text, package)


def _pairs(notebook: str, cells: Sequence[Mapping[str, Any]], texts: Sequence[str]) -> Iterator[Problem]:
    """What is wrong between the Markdown cells of the two languages, which stand side by side."""
    tags = [
        _languages(cell) if cell["cell_type"] == "markdown" and text.strip() else ()
        for cell, text in zip(cells, texts, strict=True)
    ]
    number = 0
    while number < len(cells):
        own, following = tags[number], tags[number + 1] if number + 1 < len(cells) else ()
        if len(own) == 1 and len(following) == 1 and own != following:
            levels = [HEADING.findall(FENCE.sub("", text)) for text in texts[number : number + 2]]
            if levels[0] != levels[1]:
                found = "; ".join(
                    f"{tag[0]} {' '.join(level) or 'none'}" for tag, level in zip((own, following), levels, strict=True)
                )
                rule = "The headings of a pair have the same number and levels."
                place = f"{notebook}, cells {number + 1} and {number + 2}"
                yield Problem(place, found, rule, "Give both the same headings.")
            number += 1
        elif own:
            rule = "A cell in one language stands beside its pair in the other."
            other = "zh" if own == ("en",) else "en"
            todo = f"Write the cell in {other} next to it and tag it {other}." if len(own) == 1 else "Keep one tag."
            yield Problem(f"{notebook}, cell {number + 1}", f"a cell tagged {' and '.join(own)} alone", rule, todo)
        number += 1


def _languages(cell: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(tag for tag in LANGUAGES if tag in cell.get("metadata", {}).get("tags", ()))
