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
        finder = sys.meta_path[0]
        given = [key for key in own if getattr(finder, "modules", {}).get(key) is sys.modules[key]]
        with open(into, "w") as file:
            json.dump([[own, attributes, kinds, spec], given == own], file)
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
    assert [plain[number][0], aside[number][0]] == [aside[number][0]] * 2
    assert ASKED[number] in plain[number][0][0]
    assert [plain[number][1], aside[number][1]] == [False, not ASKED[number].endswith("build.trace")]


def test_nothing_is_loaded_until_it_is_imported(imported):
    """A process that has laid modules aside has loaded none of them."""
    assert [] == imported[2]


def test_what_cannot_be_loaded_is_left_to_whoever_imports_it():
    """Nothing is laid aside then, and what is right is imported from its file."""
    script = (
        "import sys\nfrom lusong_analysis.build import aside\n"
        "aside.names = lambda: iter(['lusong_analysis.quantity.units', 'lusong_analysis.report.broken'])\n"
        "aside.lay_aside()\nprint([name for name in sys.modules if name.startswith('lusong')], len(sys.meta_path))\n"
        "import lusong_analysis.quantity.units\nprint(lusong_analysis.quantity.units.factor('%'))"
    )
    begun = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    count = subprocess.run(
        [sys.executable, "-c", "import sys; print(len(sys.meta_path))"], capture_output=True, text=True, check=True
    )
    assert begun.stdout.startswith(f"[] {count.stdout}")


def test_all_that_notebooks_may_import_is_laid_aside():
    """Every folder that notebooks import from is there, down to the charts."""
    found = set(names())
    assert {"lusong_analysis.quantity", "lusong_analysis.facts.package", "lusong_analysis.measures.growth"} <= found
    assert {"lusong_analysis.report.charts.ladder", "lusong_analysis.report.report"} <= found
    assert not {name for name in found if name.startswith(("lusong_analysis.build", "lusong_analysis.pdf"))}
