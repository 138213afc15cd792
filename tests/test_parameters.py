import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from lusong_analysis.facts.package import open_package
from lusong_analysis.problem import Refused
from lusong_analysis.report.parameters import Parameters, check_parameters, parameters_of, typed

PROJECT = Path(__file__).parents[1]
DEFAULTS = {"language": "zh", "as_of": "", "ref_area": "430203", "edition": "2026-11", "horizon": 2025}
CELL = """language: str = "zh"  # zh or en
as_of: str = ""
ref_area: str = "430203"
edition: str = "2026-11"
horizon: int = 2025
"""


def notebook(*sources, tag="parameters"):
    """A notebook of a title and cells with one tag."""
    cells = [{"cell_type": "markdown", "metadata": {}, "source": ["# 服饰"]}]
    cells += [
        {"cell_type": "code", "metadata": {"tags": [tag]}, "source": s.splitlines(keepends=True)} for s in sources
    ]
    return {"cells": cells}


def problems(source):
    """What is wrong with a parameters cell, which is cell 2 of 01_apparel."""
    return [str(problem) for problem in parameters_of(notebook(source), "01_apparel")[1]]


def wrong(**values):
    """What is wrong with a value given for 01_apparel, looked up in the project's data."""
    found = check_parameters(values, DEFAULTS, "01_apparel", open_package(PROJECT / "data"))
    return [str(problem) for problem in found]


def test_the_model_holds_what_a_notebook_is_run_with():
    """The values come back as given; the horizon may be left out; the edition begins on its first day."""
    values = {name: value for name, value in DEFAULTS.items() if name != "horizon"}
    parameters = Parameters.of(values)

    assert {**values, "horizon": None} == parameters.model_dump()
    assert "2026-11-01" == parameters.edition_date


def test_the_model_cannot_be_changed():
    """A report keeps the parameters it was made with."""
    with pytest.raises(ValidationError):
        Parameters.of(DEFAULTS).language = "en"


def test_every_wrong_value_is_refused_at_once():
    """The model turns pydantic's errors into problems for people, all of them."""
    with pytest.raises(Refused) as refused:
        Parameters.of({"language": "fr", "as_of": "2020-02-30", "ref_area": "430203", "horizn": 2025})

    assert [
        "parameters: found \"language = 'fr'\". The language is 'zh' or 'en'. Give another value.",
        "parameters: found \"as_of = '2020-02-30'\". It is empty, or a day that exists, as '2020-10-31'. "
        "Give another value.",
        "parameters: found 'edition is missing'. An edition is a month, as '2026-11'. "
        "Set it in the parameters cell: edition: str = … .",
        "parameters: found 'horizn = 2025'. There is no parameter horizn. Did you mean 'horizon'?",
    ] == [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize("path", sorted((PROJECT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_the_notebooks_of_the_project_set_their_parameters(path):
    """Every notebook of the project has a parameters cell without a fault, for an area that the data holds."""
    defaults, found = parameters_of(json.loads(path.read_text("utf-8")), path.stem)

    assert [] == found
    assert [] == check_parameters({}, defaults, path.stem, open_package(PROJECT / "data"))


def test_a_parameters_cell_is_read_without_running_it():
    """Names, types and values come from the cell's text; a sentence that explains may stand in it."""
    assert (DEFAULTS, []) == parameters_of(notebook(f'"""What may be changed."""\n{CELL}'), "01_apparel")


def test_a_notebook_may_leave_the_horizon_out():
    """The horizon is for notebooks that look ahead."""
    assert [] == problems(CELL.replace("horizon: int = 2025\n", ""))


def test_a_notebook_has_one_parameters_cell():
    """None and two are refused, with what to tag."""
    todo = "Tag the cell that sets language, as_of, ref_area, edition, horizon, and no other."

    assert [f"01_apparel: found \"no cell tagged 'parameters'\". A notebook has one parameters cell. {todo}"] == [
        str(problem) for problem in parameters_of(notebook(CELL, tag="x"), "01_apparel")[1]
    ]
    assert [f"01_apparel: found \"cells 2, 3 tagged 'parameters'\". A notebook has one parameters cell. {todo}"] == [
        str(problem) for problem in parameters_of(notebook(CELL, CELL), "01_apparel")[1]
    ]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            'edition: str = "2026-11"\n',
            "",
            "01_apparel, cell 2: found 'edition is missing'. An edition is a month, as '2026-11'. "
            "Set it in the parameters cell: edition: str = … .",
        ),
        (
            "horizon",
            "horizn",
            "01_apparel, cell 2: found 'horizn = 2025'. There is no parameter horizn. Did you mean 'horizon'?",
        ),
        (
            "horizon: int",
            "horizon: str",
            "01_apparel, cell 2, line 5: found 'horizon: str = 2025'. The type of horizon is int. "
            "Write horizon: int = … .",
        ),
        (
            "horizon: int = 2025",
            "horizon: int = 20255",
            "01_apparel, cell 2: found 'horizon = 20255'. "
            "The horizon is a year from 2000 to 2100, a whole number without quotation marks. Give another value.",
        ),
        (
            "language: str =",
            "language =",
            "01_apparel, cell 2, line 1: found \"language = 'zh'\". The parameters cell holds parameters only, each "
            "with its type and a value. Write language: str = 'zh'; move everything else to the next cell.",
        ),
        (
            "horizon: int = 2025",
            "horizon: int = 2020 + 5",
            "01_apparel, cell 2, line 5: found 'horizon: int = 2020 + 5'. A parameter is a plain value. "
            "Compute in a later cell.",
        ),
        (
            "horizon: int = 2025",
            "import pandas",
            "01_apparel, cell 2, line 5: found 'import pandas'. The parameters cell holds parameters only, each "
            "with its type and a value. Write language: str = 'zh'; move everything else to the next cell.",
        ),
        (
            "horizon: int = 2025",
            "horizon: int = 2025\nhorizon: int = 2026",
            "01_apparel, cell 2: found 'horizon'. It is set already. Set each parameter once.",
        ),
        (
            "horizon: int = 2025",
            "horizon: int = (",
            "01_apparel, cell 2, line 5: found 'horizon: int = ('. '(' was never closed. Mend it.",
        ),
    ],
)
def test_a_wrong_line_of_the_parameters_cell_is_named(before, after, message):
    """What is missing, unknown, of the wrong type, computed or no parameter is one problem with its cure."""
    assert [message] == problems(CELL.replace(before, after))


@pytest.mark.parametrize(
    ("values", "found", "rule"),
    [
        ({"language": "fr"}, "language = 'fr'", "The language is 'zh' or 'en'."),
        ({"language": 1}, "language = 1", "The language is 'zh' or 'en'."),
        ({"as_of": "2020-10"}, "as_of = '2020-10'", "It is empty, or a day that exists, as '2020-10-31'."),
        ({"as_of": "20201031"}, "as_of = '20201031'", "It is empty, or a day that exists, as '2020-10-31'."),
        ({"as_of": "2021-02-29"}, "as_of = '2021-02-29'", "It is empty, or a day that exists, as '2020-10-31'."),
        ({"ref_area": "43020"}, "ref_area = '43020'", "An area is its six digits in GB/T 2260, as '430203'."),
        ({"ref_area": 430203}, "ref_area = 430203", "An area is its six digits in GB/T 2260, as '430203'."),
        ({"edition": "2026-13"}, "edition = '2026-13'", "An edition is a month, as '2026-11'."),
        ({"horizon": "2030"}, "horizon = '2030'", "The horizon is a year from 2000 to 2100, "),
        ({"horizon": True}, "horizon = True", "The horizon is a year from 2000 to 2100, "),
        ({"horizon": 1999}, "horizon = 1999", "The horizon is a year from 2000 to 2100, "),
    ],
)
def test_a_value_from_outside_is_held_to_the_model(values, found, rule):
    """A value of the wrong type or range is refused before a kernel starts."""
    (problem,) = wrong(**values)

    assert problem.startswith(f"01_apparel: found {found!r}. {rule}")


def test_an_unknown_parameter_gets_the_nearest_name():
    """Papermill would pass it on silently."""
    assert ["01_apparel: found \"as_off = ''\". There is no parameter as_off. Did you mean 'as_of'?"] == wrong(
        as_off=""
    )


def test_a_parameter_that_a_notebook_does_not_have_is_refused():
    """A horizon for a notebook without one would change nothing."""
    defaults = {name: value for name, value in DEFAULTS.items() if name != "horizon"}

    assert [
        "01_apparel: found 'horizon = 2030'. 01_apparel has no parameter horizon. "
        "It has language, as_of, ref_area, edition."
    ] == [str(problem) for problem in check_parameters({"horizon": 2030}, defaults, "01_apparel")]


def test_an_area_must_be_held():
    """Six digits that the data does not know are refused with the nearest code."""
    (problem,) = wrong(ref_area="430204")

    assert problem.startswith(
        "01_apparel: found \"ref_area = '430204'\". The data holds no such area. Did you mean '4302"
    )


def test_good_values_pass():
    """A day, an area of the data, another language and year are what the parameters are for."""
    assert [] == wrong(language="en", as_of="2020-10-31", ref_area="430200", edition="2027-01", horizon=2030)


def test_the_command_line_gives_text_and_the_model_takes_types():
    """Digits become a number where the parameter is one; everything else stays as it was written."""
    assert {"horizon": 2030, "edition": "2026-11", "ref_area": "430203"} == typed(
        {"horizon": "2030", "edition": "2026-11", "ref_area": "430203"}
    )
    assert {"horizon": "soon"} == typed({"horizon": "soon"})
