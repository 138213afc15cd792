"""What an edition is held to as a whole before it is published: no conflict of its figures is left untold."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from folders import records, write
from toy_project import contents

pytestmark = pytest.mark.xdist_group("audit")  # its edition is built once

LUSONG = Path(sys.executable).with_name("lusong")
ROOT = Path(__file__).parents[1]
# What an author may write who did not look for other sources.
UNTOLD = (
    'disputed = report.figure("secondary_industry_share", time_period="2019")\n'
    'report.say(zh="第二产业占{disputed}。", en="The secondary industry is {disputed}.", disputed=disputed)'
)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project of two notebooks, one of which prints a disputed share and not its dispute."""
    folder = tmp_path_factory.mktemp("untold")
    shutil.copytree(ROOT / "data", folder / "data")
    (folder / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / "05_business_environment.ipynb", folder / "notebooks")
    notebook = json.loads((ROOT / "notebooks" / "00_overview.ipynb").read_text("utf-8"))
    (cell,) = (cell for cell in notebook["cells"] if "".join(cell["source"]).startswith("report.conflict("))
    cell["source"] = UNTOLD
    (folder / "notebooks" / "00_overview.ipynb").write_text(json.dumps(notebook), "utf-8")
    return folder


def build(project, *names):
    """Build as a reader does, in one language."""
    command = [str(LUSONG), "build", "--project", str(project), "--language", "zh", "--quiet", *names]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def part(project):
    """The build of the one notebook alone, and the files that it published."""
    done = build(project, "00_overview")
    return done, contents(project / "reports")


def test_a_part_of_an_edition_is_not_asked(part):
    """While another notebook of the project is not built, it may still tell the conflict."""
    done, files = part
    assert (0, "") == (done.returncode, done.stderr)
    assert {"00_overview"} == {Path(name).stem for name in files if name.endswith(".pdf")}


def test_an_untold_conflict_fails_the_build(project, part):
    """The whole edition is refused with the quotations, the figure and the call to add; the last one stays."""
    done = build(project)
    assert 1 == done.returncode
    call = 'report.conflict("primary_industry_share", "secondary_industry_share", "tertiary_industry_share", '
    for told in ("00_overview, zh, conflicts:", "1.5:43:55.5", "1.6:45.8:52.6", "secondary 43.0%", call):
        assert told in done.stderr
    assert "nothing was published" in done.stderr
    assert part[1] == contents(project / "reports")


@pytest.mark.parametrize("printed", [True, False], ids=["of a printed figure", "of no printed figure"])
def test_data_that_no_workbook_can_hold_are_refused(project, part, tmp_path, printed):
    """Whether a report is due or not, a text that is too long for a cell is told as a problem of the data."""
    copied = shutil.copytree(project, tmp_path / "long")
    rows = records(copied / "data", "observations")
    (manifest,) = copied.glob("reports/*/manifest.json")
    unused = set(json.loads(manifest.read_text("utf-8"))["unused"])
    row = next(row for row in rows if (row["observation_id"] not in unused) is printed)
    row["comment"] = "long" * 9000
    write(copied / "data", "observations", rows)
    done = build(copied, "00_overview")
    assert 2 == done.returncode
    assert "A cell of a workbook holds 32767 letters." in done.stderr
    assert part[1] == contents(copied / "reports")
