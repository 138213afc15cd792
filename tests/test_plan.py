"""What is to be built, and when it is up to date: tests without a kernel."""

from __future__ import annotations

import shutil
import sys
from importlib.metadata import version

import pytest

from lusong_analysis.build.inputs import LIBRARIES, read_inputs, versions
from lusong_analysis.build.plan import Job, find_data, find_project, parameter_defaults, plan
from lusong_analysis.problem import Refused
from toy_project import make_project, write_notebook


@pytest.fixture
def toy(tmp_path):
    """A project of two notebooks."""
    return make_project(tmp_path, {"01_red": "toy.chart()", "02_blue": "toy.surroundings()"})


def order(toy, names=(), languages=(), **given):
    """An order for a project."""
    return plan(toy, toy / "data", names, languages, given)


def test_nearest_project_upwards(toy):
    """A project is found from any folder in it, and nowhere outside."""
    assert toy == find_project(toy / "notebooks")
    assert find_project(toy.parent) is None


def test_data_named_by_the_environment(toy, monkeypatch):
    """LUSONG_DATA names the data folder; without it, it is the project's own."""
    monkeypatch.delenv("LUSONG_DATA", raising=False)
    assert toy / "data" == find_data(toy)
    monkeypatch.setenv("LUSONG_DATA", str(toy / "other"))
    assert toy / "other" == find_data(toy)


def test_all_notebooks_in_all_languages(toy):
    """An order that names nothing is for every notebook in every language."""
    jobs = (Job("01_red", "zh"), Job("01_red", "en"), Job("02_blue", "zh"), Job("02_blue", "en"))
    assert jobs == order(toy).jobs


@pytest.mark.parametrize("name", ["02_blue", "02_blue.ipynb", "notebooks/02_blue.ipynb"])
def test_notebook_by_name_or_path(toy, name):
    """A notebook may be named as it is, or by its path."""
    assert (Job("02_blue", "en"),) == order(toy, [name], ["en"]).jobs


def test_unknown_notebooks_are_listed(toy):
    """Every notebook that does not exist is listed at once, with the name that is near."""
    with pytest.raises(Refused) as refused:
        order(toy, ["02_bleu", "nothing"])
    assert ["02_bleu", "nothing"] == [problem.found for problem in refused.value.problems]
    assert "Did you mean '02_blue'?" == refused.value.problems[0].todo


def test_project_without_notebooks(toy):
    """A project without notebooks is refused."""
    shutil.rmtree(toy / "notebooks")
    with pytest.raises(Refused, match="A project has notebooks"):
        order(toy)


@pytest.mark.parametrize(
    ("given", "folder"),
    [
        ({}, "2026-11"),
        ({"edition": "2026-12"}, "2026-12"),
        ({"as_of": "2020-10-31"}, "as-of-2020-10-31"),
        ({"as_of": "2020-10-31", "edition": "2026-12"}, "as-of-2020-10-31"),
        ({"ref_area": "430203"}, "2026-11"),
        ({"ref_area": "430200"}, "2026-11-430200"),
        ({"as_of": "2020-10-31", "ref_area": "430200"}, "as-of-2020-10-31-430200"),
    ],
)
def test_folder_of_an_edition(toy, given, folder):
    """An edition lies in a folder named for its month, or its day, and for its area where it is another."""
    assert folder == order(toy, **given).edition


@pytest.mark.parametrize("name", ["edition", "as_of", "ref_area"])
def test_names_that_leave_the_folder(toy, name):
    """What becomes part of a folder's name cannot lead out of reports/."""
    with pytest.raises(Refused, match=f"parameter {name}"):
        order(toy, **{name: "../2026-11"})


def test_notebooks_of_two_editions(toy):
    """Notebooks that name different editions are refused, until one is given."""
    blue = toy / "notebooks" / "02_blue.ipynb"
    blue.write_text(blue.read_text("utf-8").replace("2026-11", "2026-12"), "utf-8")
    with pytest.raises(Refused, match="01_red 2026-11, 02_blue 2026-12"):
        order(toy)
    assert "2026-12" == order(toy, edition="2026-12").edition
    assert "as-of-2020" == order(toy, as_of="2020").edition


def test_parameter_defaults(toy):
    """The parameters cell is read without running it; a notebook that cannot be read sets nothing."""
    wanted = {"language": "zh", "as_of": "", "ref_area": "430203", "edition": "2026-11"}
    assert wanted == parameter_defaults(toy / "notebooks" / "01_red.ipynb")
    (toy / "notebooks" / "01_red.ipynb").write_text('{"cells": [1]}', "utf-8")
    assert {} == parameter_defaults(toy / "notebooks" / "01_red.ipynb")


def test_given_as_it_is_anyway(toy):
    """A parameter that is given as the notebook sets it makes no other report."""
    assert {"ref_area": "430200"} == order(toy, edition="2026-11", ref_area="430200").differing("01_red")


def test_parameters_that_no_notebook_has(toy):
    """A parameter that no notebook of the order has is known before anything is read."""
    assert {"horizn"} == order(toy, edition="2026-11", horizn="2025").unasked()


def keys(toy, **given):
    """The key of each report."""
    asked = order(toy, **given)
    inputs = read_inputs(toy, toy / "data", asked.notebooks.values())
    return {str(job): inputs.key(job.notebook, job.language, asked.differing(job.notebook)) for job in asked.jobs}


def test_key_of_every_report(toy):
    """No two reports have one key, and a parameter changes it."""
    assert 4 == len(set(keys(toy).values()))
    assert set() == set(keys(toy).values()) & set(keys(toy, ref_area="430200").values())


def test_changed_notebook_changes_its_own_keys(toy):
    """A changed notebook is built again, and no other."""
    before = keys(toy)
    write_notebook(toy, "02_blue", "toy.chart()")
    assert ["02_blue/zh", "02_blue/en"] == [job for job, key in keys(toy).items() if key != before[job]]


@pytest.mark.parametrize(
    "name", ["data/observations.csv", "data/new/file.csv", "requirements.lock", "notebooks/toy.py", "notebooks/a.csv"]
)
def test_changed_file_changes_every_key(toy, name):
    """Data, lock file and what lies beside the notebooks belong to every report."""
    before = keys(toy)
    (toy / name).parent.mkdir(exist_ok=True)
    with (toy / name).open("a") as file:
        file.write("\n")
    assert [] == [job for job, key in keys(toy).items() if key == before[job]]


@pytest.mark.parametrize("name", ["notebooks/.ipynb_checkpoints/x.py", "notebooks/__pycache__/x.pyc", "data/.DS_Store"])
def test_litter_changes_no_key(toy, name):
    """Hidden files and bytecode belong to no report."""
    before = keys(toy)
    (toy / name).parent.mkdir(exist_ok=True)
    (toy / name).write_text("x")
    assert before == keys(toy)


def test_versions_are_those_of_the_installed_libraries():
    """The versions that are read from the names of folders are those that Python's own library gives."""
    expected = {library: version(library) for library in LIBRARIES}
    assert {"python": "{}.{}".format(*sys.version_info), **expected} == versions()


def test_package_and_fonts_are_inputs(toy):
    """Modules, templates and fonts of the package are hashed by name, and no path of the machine is."""
    files = read_inputs(toy, toy / "data", []).files
    assert {"lusong_analysis/cli.py", "lusong_analysis/pdf/page.typ", "lusong_analysis/quantity/units.csv"} < set(files)
    assert any(name.endswith("SC-Regular.ttf") for name in files)
    assert {"data", "lusong_analysis", "notebooks", "requirements.lock"} == {name.split("/")[0] for name in files}
