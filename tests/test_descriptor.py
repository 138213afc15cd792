"""The descriptor of the data package says what the row models say. Run as a script, this file writes it."""

import json
import subprocess
import sys

import pytest

from folders import DATA, copy, edit
from lusong_analysis.facts.descriptor import descriptor_problems, format_problems, schema
from lusong_analysis.facts.rows import MODELS

PATH = DATA / "datapackage.json"


def written() -> str:
    """The descriptor with the schemas of the row models."""
    descriptor = json.loads(PATH.read_text(encoding="utf-8"))
    schemas = {model.table: schema(model) for model in MODELS}
    for resource in descriptor["resources"]:
        resource["schema"] = schemas[resource["name"]]
    return json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"


def test_the_descriptor_is_current():
    """datapackage.json is what this file writes: python tests/test_descriptor.py."""
    assert written() == PATH.read_text(encoding="utf-8")


def test_frictionless_accepts_the_package():
    """The command line of Frictionless, as a stranger would call it, finds nothing wrong."""
    command = [sys.executable, "-m", "frictionless", "validate", str(PATH), "--json"]
    report = json.loads(subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout)
    assert ({model.table for model in MODELS}, True) == ({task["name"] for task in report["tasks"]}, report["valid"])


def test_a_schema_holds_types_constraints_and_keys():
    """Numbers are numbers, periods have a pattern, bounds are listed, keys and references are declared."""
    model = next(model for model in MODELS if model.table == "observations")
    described = schema(model)
    fields = {field["name"]: field for field in described["fields"]}
    assert (fields["obs_value"]["type"], fields["obs_value"]["constraints"]) == ("number", {"required": True})
    assert fields["precision"]["constraints"] == {"minimum": 0}
    assert fields["bound"]["constraints"]["enum"] == ["=", ">", ">=", "<", "<=", "~", "between"]
    assert fields["obs_status"]["constraints"] == {"enum": ["counted"]}
    assert "required" not in fields["time_period"]["constraints"]
    assert described["primaryKey"] == "observation_id"
    assert {"fields": "source_id", "reference": {"resource": "sources", "fields": "source_id"}} in described[
        "foreignKeys"
    ]


@pytest.mark.parametrize(
    ("before", "after", "place", "rule"),
    [
        ('"minimum": 0', '"minimum": 1', "resource observations, field precision", "otherwise"),
        ('"name": "events"', '"name": "event"', "resource events", "is a resource"),
        ('"path": "events.csv"', '"path": "event.csv"', "resource events", "file of its name"),
        ('"primaryKey": "event"', '"primaryKey": "date"', "resource events", "primary key"),
        ('"resources"', '"tables"', "", "Data Package"),
        ("{", "", "", "Data Package"),
    ],
)
def test_another_descriptor_is_found(tmp_path, before, after, place, rule):
    """A schema of its own, a lost table, another file, another key, or no descriptor at all."""
    folder = copy(tmp_path)
    edit(folder, "datapackage.json", before, after)
    (problem,) = descriptor_problems(folder)
    assert problem.place == ", ".join(filter(None, ("data/datapackage.json", place)))
    assert rule in problem.rule


def test_a_folder_without_descriptor_is_no_package(tmp_path):
    """The check says so, and Frictionless is not asked."""
    folder = copy(tmp_path)
    (folder / "datapackage.json").unlink()
    assert ["no such file"] == [problem.found for problem in descriptor_problems(folder)]
    assert [] == format_problems(folder)


if __name__ == "__main__":
    PATH.write_text(written(), encoding="utf-8")
