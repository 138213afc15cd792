"""Notebooks run in this process: their code cells one after the other, and everything that they would show."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from lusong_analysis.facts.package import open_package
from lusong_analysis.report.evidence import MIME
from reports import PARAMETERS

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = tuple(path.stem for path in sorted(FOLDER.glob("*.ipynb")))
SHOWN = ("text/plain", "text/markdown", "text/html", "image/svg+xml")


@dataclass(frozen=True)
class Run:
    """What a notebook showed: the record of evidence, each output as data and metadata, and what it asked."""

    record: dict
    outputs: list
    asked: dict

    def plain(self):
        """The plain text of each output."""
        return [data["text/plain"] for data, _ in self.outputs]

    def texts(self):
        """Every text that a reader can see or hear, on the screen and on paper, without the pixels of pictures."""
        shown = [data[kind] for data, _ in self.outputs for kind in SHOWN if data.get(kind)]
        texts = [re.sub('base64,[^"]*', "", text) for text in shown]
        return texts + [text for _, metadata in self.outputs for text in _strings(metadata)]


@cache
def opened(folder):
    """The checkout's own data, read and checked once: no test changes them, and nobody writes into a package."""
    return open_package(folder)


def run_notebook(name, data=None, **parameters):
    """Run the code cells of a notebook with other parameters than its own, over another data folder if one is given."""
    cells = json.loads((FOLDER / f"{name}.ipynb").read_text("utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    outputs, namespace = [], {**PARAMETERS, **parameters}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lusong_analysis.report.report.show", lambda *output: outputs.append(output))
        if data:
            patch.setenv("LUSONG_DATA", str(data))
        else:
            patch.setattr("lusong_analysis.report.report.open_package", opened)
        for number, cell in enumerate(code, start=1):
            if "parameters" not in cell["metadata"].get("tags", ()):
                exec(compile("".join(cell["source"]), f"{name}, code cell {number}", "exec"), namespace)
    return Run(outputs[-1][0][MIME], outputs, namespace["report"].asked)


def _strings(tree):
    if isinstance(tree, str):
        return [tree]
    children = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return [text for child in children for text in _strings(child)]
