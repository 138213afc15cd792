"""The notebooks build any area of any package: a made-up district proves it, and one of which nothing is held."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from folders import records
from lusong_analysis.build.plan import parameter_defaults
from lusong_analysis.pdf.read import read, squeeze
from lusong_analysis.report.parameters import is_parameters
from lusong_analysis.verify import verify
from second_district import CITY, DISTRICT, OTHER_DISTRICT, make_second_district

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
EDITION = parameter_defaults(NOTEBOOKS[0])["edition"]
REPORTS = ("01_apparel", "05_business_environment")
pytestmark = pytest.mark.xdist_group("second_district")
REAL = re.compile("芦淞|株洲|湖南|Lusong|Zhuzhou|Hunan")
# What the pages of the made-up district print, and what the real ones print in its place.
PRINTED = {"01_apparel": ("over71.7billionyuan", "over80.8"), "05_business_environment": ("117enterprises", "105")}


def lusong(*arguments):
    """Run the command; it must succeed."""
    command = [str(Path(sys.executable).with_name("lusong")), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """The package of the made-up district."""
    return make_second_district(tmp_path_factory.mktemp("second"))


@pytest.fixture(scope="module")
def built(data, tmp_path_factory):
    """The folder of the editions of both districts, built by one command with the notebooks as they are."""
    project = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "notebooks", project / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copy(ROOT / "requirements.lock", project)
    areas = f"{DISTRICT},{OTHER_DISTRICT}"
    told = lusong(
        "build", *REPORTS, "--language", "en", "--project", project, "--data", data, "--ref-area", areas, "--quiet"
    )
    assert "" == told
    return project / "reports"


def pages(pdf):
    """All that the pages of a PDF print, without white space: running heads and the text in charts too."""
    document = read(pdf.read_bytes())
    return squeeze("".join([*(piece.text for piece in document.pieces), *document.artifacts, document.title]))


def test_the_made_up_package_passes_the_check(data):
    """Names, codes, values and words go together, and each of its areas and sources says that it is made up."""
    assert lusong("check", "--data", data).startswith("good: ")
    areas = (data / "areas.csv").read_text("utf-8").splitlines()[2:]
    assert [] == [line for line in areas if line[:2] == "99" and not ("（虚构）" in line and "(made up)" in line)]
    assert [] == [line for line in areas if REAL.search(line)]


def test_the_edition_of_an_area_holds_what_concerns_it(data, built):
    """The workbook of the one area holds what is said of it, that of the other does not, and says so."""
    rows = {row["observation_id"]: row for row in records(data, "observations")}
    for area in (DISTRICT, OTHER_DISTRICT):
        book = load_workbook(built / f"{EDITION}-{area}" / "library.xlsx", read_only=True)
        held = {cell for (cell,) in book["observations"].iter_rows(min_row=2, max_col=1, values_only=True)}
        assert (area == DISTRICT) == ("apparel-revenue-2019" in held)
        assert {key for key, row in rows.items() if row["ref_area"] == CITY} <= held
        assert "范围 Scope" in {cell for (cell,) in book.worksheets[0].iter_rows(max_col=1, values_only=True)}
        unused = json.loads((built / f"{EDITION}-{area}" / "manifest.json").read_text("utf-8"))["unused"]
        assert unused
        assert set(unused) <= held


def test_one_command_makes_an_edition_of_each_area(built):
    """Two areas, two folders that are named after them, each with its manifest."""
    names = [f"{EDITION}-{area}" for area in sorted((DISTRICT, OTHER_DISTRICT))]
    assert names == sorted(path.name for path in built.iterdir() if not path.name.startswith("."))
    for name in names:
        assert [f"en/{report}.pdf" for report in REPORTS] == sorted(
            path.relative_to(built / name).as_posix() for path in (built / name).glob("*/*.pdf")
        )
        manifest = json.loads((built / name / "manifest.json").read_text("utf-8"))
        assert name.removeprefix(f"{EDITION}-") == manifest["parameters"]["ref_area"]


@pytest.mark.parametrize("area", [DISTRICT, OTHER_DISTRICT])
@pytest.mark.parametrize("report", REPORTS)
def test_a_report_of_another_area_is_proven_and_names_no_area_of_the_real_data(built, report, area):
    """Every figure is computed again, and no page names the district of this project, its city or its province."""
    pdf = built / f"{EDITION}-{area}" / "en" / f"{report}.pdf"
    assert [] == verify(pdf.read_bytes()).problems
    assert [] == REAL.findall(pages(pdf))


@pytest.mark.parametrize("report", REPORTS)
def test_the_report_prints_the_figures_and_names_of_its_own_area(built, report):
    """What was changed in the data is what stands on the page, under the name of the area."""
    printed = pages(built / f"{EDITION}-{DISTRICT}" / "en" / f"{report}.pdf")
    changed, real = PRINTED[report]
    assert changed in printed
    assert real not in printed
    assert "ExampleDistrict(madeup)IndustryChains" in printed


@pytest.mark.parametrize("report", REPORTS)
def test_nothing_is_told_of_an_area_of_which_nothing_is_held(built, report):
    """Where the data hold no figure of a district the report says so, and prints none of another district for it."""
    printed = pages(built / f"{EDITION}-{OTHER_DISTRICT}" / "en" / f"{report}.pdf")
    assert "noneisknownof" in printed
    assert PRINTED[report][0] not in printed
    assert "BlankDistrict(madeup)IndustryChains" in printed


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_types_no_code_of_an_area(notebook):
    """Codes stand in the parameters cell; elsewhere the report is asked for the areas around its own."""
    cells = [cell for cell in json.loads(notebook.read_text("utf-8"))["cells"] if not is_parameters(cell)]
    assert [] == re.findall(r'"[0-9]{6}"', "\n".join("".join(cell["source"]) for cell in cells))
