"""What tests share: one edition a session, built as a reader builds it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lusong_analysis.build.plan import parameter_defaults

ROOT = Path(__file__).parents[1]
LANGUAGES = ("zh", "en")


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the marks
def pytest_collection_modifyitems(items):
    """Keep all tests that need the edition on one worker, so that it is built once."""
    for item in items:
        if "edition" in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group("edition"))


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    """A copy of this checkout's data, notebooks and earlier editions, apart from the edition that it builds."""
    folder = tmp_path_factory.mktemp("project")
    edition = parameter_defaults(ROOT / "notebooks" / "00_overview.ipynb")["edition"]
    for published in (ROOT / "reports").glob("[0-9]*"):
        if published.name < edition:
            shutil.copytree(published, folder / "reports" / published.name)
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copy(ROOT / "requirements.lock", folder)
    return folder


@pytest.fixture(scope="session")
def edition(project):
    """The folder of an edition in both languages, built by `lusong build`."""
    command = [str(Path(sys.executable).with_name("lusong")), "build", "--project", str(project)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return max(path for path in (project / "reports").iterdir() if not path.name.startswith("."))


@pytest.fixture(scope="session")
def pdfs(edition):
    """The apparel report by language, as bytes."""
    return {language: (edition / language / "01_apparel.pdf").read_bytes() for language in LANGUAGES}
