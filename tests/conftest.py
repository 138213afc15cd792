"""What tests share: one edition a session, built as a reader builds it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lusong_analysis.build.lock import alone
from lusong_analysis.build.plan import parameter_defaults

ROOT = Path(__file__).parents[1]
LANGUAGES = ("zh", "en")


@pytest.fixture(scope="session")
def shared(tmp_path_factory, worker_id):
    """A folder that all processes of this run of the tests have in common."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def project(shared):
    """A copy of this checkout's data, notebooks and earlier editions, apart from the edition that is built there once.

    Whoever comes first builds it, as a reader does with `lusong build`; the others wait. It is only read.
    """
    folder, done = shared / "project", shared / "project.built"
    with alone(shared / "project.lock", lambda holder: None):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)  # of a build that failed
            edition = parameter_defaults(ROOT / "notebooks" / "00_overview.ipynb")["edition"]
            for published in (ROOT / "reports").glob("[0-9]*"):
                if published.name < edition:
                    shutil.copytree(published, folder / "reports" / published.name)
            for name in ("data", "notebooks"):
                shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
            shutil.copy(ROOT / "requirements.lock", folder)
            command = [str(Path(sys.executable).with_name("lusong")), "build", "--project", str(folder)]
            built = subprocess.run(command, capture_output=True, text=True, check=False)
            assert built.returncode == 0, built.stdout + built.stderr
            done.touch()
    return folder


@pytest.fixture(scope="session")
def edition(project):
    """The folder of an edition in both languages, built by `lusong build`."""
    return max(path for path in (project / "reports").iterdir() if not path.name.startswith("."))


@pytest.fixture(scope="session")
def pdfs(edition):
    """The apparel report by language, as bytes."""
    return {language: (edition / language / "01_apparel.pdf").read_bytes() for language in LANGUAGES}
