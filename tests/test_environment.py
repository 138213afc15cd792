"""The set-up: one list of dependencies, a lock without hosts, and an environment for conda that says the same."""

import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CONDA_NAMES = {"matplotlib-base": "matplotlib"}
# On PyPI in the version we need, on conda-forge not.
PYPI_ONLY = {"typst", "tylax", "mdit-py-cjk-friendly"}


def declared():
    """The dependencies of pyproject.toml."""
    return set(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"])


def test_conda_users_get_the_same_list():
    """environment.yml names what pyproject.toml names, with the same bounds, and from PyPI only what conda lacks."""
    lines = re.findall(r"^( +)- ([^\s:]+)$", (ROOT / "environment.yml").read_text("utf-8"), re.MULTILINE)
    conda = {name for indent, name in lines if len(indent) == 2} - {"conda-forge", "pip", "python>=3.11,<3.14"}
    pip = {name for indent, name in lines if len(indent) > 2}
    conda = {re.sub(r"^[\w-]+", lambda match: CONDA_NAMES.get(match[0], match[0]), name) for name in conda}
    assert declared() == conda | pip
    assert PYPI_ONLY == {re.match(r"[\w-]+", name)[0] for name in pip}


@pytest.mark.parametrize("name", ["requirements.lock", "uv.lock.txt"])
def test_a_lock_names_hashes_and_no_host(name):
    """Each locked package has a hash, and no line says where it was fetched."""
    text = (ROOT / name).read_text("utf-8")
    packages = re.findall(r"^[\w.-]+==", text, re.MULTILINE)
    assert packages
    assert text.count("--hash=sha256:") >= len(packages)
    assert "://" not in text


def test_the_slow_grammar_is_left_out():
    """The package that compiles 38 grammars at import is not in the environment."""
    assert importlib.util.find_spec("rfc3987_syntax") is None


@pytest.mark.parametrize(
    ("python", "message"),
    [
        ("", "no Python 3.11, 3.12 or 3.13 with its venv module was found"),
        ("{old}", "Python 3.9 found, 3.11 to 3.13 needed"),
        ("{bare}", "has no venv module; Debian/Ubuntu: apt install python3-venv"),
    ],
    ids=["no Python", "too old", "without venv"],
)
def test_a_wrong_python_is_one_sentence(python, message, tmp_path):
    """Where no fit Python is found, make says in one sentence what to install."""
    # Stand-ins that answer the Makefile's own questions: a Python that takes itself for an older one, and one whose
    # venv module was left out.
    aged = "import sys; sys.version_info = (3, 9, 0, 'final', 0); exec(sys.argv[1])"
    old = f'#!/bin/sh\nexec "{sys.executable}" -c "{aged}" "$2"\n'
    bare = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\nexit 0\n'
    for name, script in {"old": old, "bare": bare}.items():
        (tmp_path / name).write_text(script)
        (tmp_path / name).chmod(0o755)
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "uv.lock.txt"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    chosen = python.format(old=tmp_path / "old", bare=tmp_path / "bare")
    done = subprocess.run(
        ["make", "setup", f"PYTHON={chosen}"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode
    assert message in done.stdout + done.stderr
    assert not (tmp_path / ".venv").exists()
