"""Modules that are loaded once and laid aside: whoever imports them cannot tell, and neither can who lists them."""

import json
import subprocess
import sys

import pytest

from lusong_analysis.build.aside import names

# One after the other in processes forked from one that has loaded the libraries: what an import of each loads, first as
# it is, then from aside.
SCRIPT = """
import importlib, json, os, sys
import pandas, pydantic.main, pydantic.types, matplotlib.pyplot, seaborn
assert not [name for name in sys.modules if name.startswith("lusong")]

def told(name):
    out, into = os.pipe()
    if not os.fork():
        module = importlib.import_module(name)
        own = sorted(key for key in sys.modules if key.startswith("lusong"))
        attributes = {key: sorted(vars(sys.modules[key])) for key in own}
        kinds = {key: type(value).__name__ for key, value in vars(module).items()}
        spec = module.__spec__.origin, type(module.__spec__.loader).__name__, module.__file__
        with open(into, "w") as file:
            json.dump([own, attributes, kinds, spec], file)
        os._exit(0)
    os.close(into)
    with open(out) as file:
        return json.load(file)

asked = sys.argv[1:]
plain = [told(name) for name in asked]
lay_aside = importlib.import_module("lusong_analysis.build.aside").lay_aside
lay_aside()
left = [name for name in sys.modules if name.startswith("lusong")]
aside = [told(name) for name in asked]
json.dump([plain, aside, left], sys.stdout)
"""

# A few from every folder: packages, what depends on nearly everything, and what depends on nothing.
ASKED = [
    *list(names())[::11],
    "lusong_analysis.build.trace",
    "lusong_analysis.measures.growth",
    "lusong_analysis.report.charts",
    "lusong_analysis.report.charts.composition",
    "lusong_analysis.report.report",
]


@pytest.fixture(scope="module")
def imported():
    """What imports load: plainly, from aside, and what is left where everything was laid aside."""
    command = [sys.executable, "-W", "ignore", "-c", SCRIPT, *ASKED]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("number", range(len(ASKED)), ids=ASKED)
def test_a_module_from_aside_brings_what_its_import_brings(imported, number):
    """The same modules are loaded, each with the same attributes, and the module says that it comes from its file."""
    plain, aside, _ = imported
    assert plain[number] == aside[number]
    assert ASKED[number] in plain[number][0]


def test_nothing_is_loaded_until_it_is_imported(imported):
    """A process that has laid modules aside has loaded none of them."""
    assert [] == imported[2]


def test_all_that_notebooks_may_import_is_laid_aside():
    """Every folder that notebooks import from is there, down to the charts."""
    found = set(names())
    assert {"lusong_analysis.quantity", "lusong_analysis.facts.package", "lusong_analysis.measures.growth"} <= found
    assert {"lusong_analysis.report.charts.ladder", "lusong_analysis.report.report"} <= found
    assert not {name for name in found if name.startswith(("lusong_analysis.build", "lusong_analysis.pdf"))}
