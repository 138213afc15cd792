"""The JSON Schema of evidence. Run as a script, this file writes the rows of the data package into it."""

import copy
import json
from pathlib import Path

import jsonschema_rs
import pytest

from lusong_analysis.facts.rows import (
    Area,
    Correction,
    Event,
    Indicator,
    Link,
    Observation,
    Organisation,
    Segment,
    Source,
    Term,
)
from lusong_analysis.pdf.read import attachments
from lusong_analysis.quantity.judgement import JUDGEMENTS
from lusong_analysis.report.parameters import Parameters
from lusong_analysis.report.recompute import MEASURE_MODULES
from reports import Collected

ROOT = Path(__file__).parents[1]
PATH = ROOT / "docs" / "evidence.schema.json"
SCHEMA = json.loads(PATH.read_text(encoding="utf-8"))
VALIDATOR = jsonschema_rs.Draft202012Validator(SCHEMA)
MODELS = (Observation, Correction, Source, Indicator, Area, Organisation, Segment, Link, Event, Term)
# Columns that came after version 1: the rows of its records lack them.
LATER = {
    "organisations": ("as_printed", "locator"),
    "segments": ("branch", "indicators", "projects"),
    "events": ("actor_zh", "actor_en", "instrument", "serves", "progress"),
}
# What a record of version 2 may lack: of a report without outlook, or without a table of changes.
OPTIONAL = {("parameters", "horizon"), ("blocks[]", "changes"), ("", "previous")}
OPTIONAL |= {
    (f"{place}rows.{table}[]", column)
    for place in ("", "previous.reports[].")
    for table, columns in LATER.items()
    for column in columns
}


def of_models(schema):
    """The schema with its rows as the models of the tables describe them."""
    return {**schema, "$defs": {**schema["$defs"], **{f"{model.table}_row": row_of(model) for model in MODELS}}}


def row_of(model):
    """A row of a table as JSON Schema."""
    own = model.model_json_schema()
    columns = {name: {key: told[key] for key in told if key != "title"} for name, told in own["properties"].items()}
    return {
        "type": "object",
        "description": own["description"].partition("\n")[0],
        "properties": columns,
        "required": [name for name in columns if name not in LATER.get(model.table, ())],
        "additionalProperties": False,
    }


def records(folder):
    """The evidence of every report of an edition."""
    files = sorted(folder.glob("*/*.pdf"))
    return [json.loads(attachments(file.read_bytes())["evidence.json"]) for file in files]


def faults(record):
    """Where a record breaks the schema, and how."""
    return [f"{error.instance_path}: {error.message[:200]}" for error in VALIDATOR.iter_errors(record)]


def absence():
    """The evidence of a report on a figure, and on a judgement, of which nothing is known."""
    collected = Collected(as_of="2018-01-01")
    revenue = collected.report.figure("technology_industry_trade_revenue", time_period="2019")
    judged = collected.report.comparison(revenue, revenue)
    collected.report.say(zh="{revenue}{judged}", en="{revenue} {judged}", revenue=revenue, judged=judged)
    return collected.evidence()


def shape(tree):
    """What a JSON tree is made of, whatever its texts and numbers say."""
    if isinstance(tree, dict):
        return str([(key, value if key == "kind" else shape(value)) for key, value in sorted(tree.items())])
    if isinstance(tree, list):
        return str(sorted({shape(value) for value in tree}))
    return type(tree).__name__


def small(tree, name=""):
    """A tree with one of each shape in its lists; lists whose places have a meaning stay whole."""
    if isinstance(tree, dict):
        return {key: small(value, key) for key, value in tree.items()}
    if isinstance(tree, list):
        one_of_each = tree if name in ("parts", "arguments") else {shape(value): value for value in tree}.values()
        return [small(value) for value in one_of_each]
    return tree


@pytest.fixture(scope="module")
def specimens(edition):
    """Small records with one entry each; together they hold every kind of object that the reports of an edition do."""
    held = [*records(edition), absence()]
    whole = next(record for record in held if "previous" in record and "horizon" in record["parameters"])
    tables = {table: [] for table in whole["rows"]}
    bare = {**whole, "figures": [], "blocks": [], "formulas": [], "questions": [], "rows": tables}
    del bare["previous"]
    made = [bare, {**bare, "previous": small(whole["previous"])}]
    for part in ("figures", "blocks", "formulas", "questions"):
        for entry in small([entry for record in held for entry in record[part]]):
            made.append({**bare, part: [entry]})
    for table in tables:
        rows = small([row for record in held for row in record["rows"][table]])
        made += [{**bare, "rows": {**tables, table: [row]}} for row in rows]
    return made


def cases(specimens):
    """Each property of each kind of object once: a record that holds it, its path, its name, and the way to it."""
    found = {}
    for record in specimens:
        for path, key, way in properties(record):
            held = at(record, way)
            found.setdefault((path, key, tuple(sorted(held)), held.get("kind")), (record, path, key, way))
    return list(found.values())


def at(tree, way):
    """What stands at the end of a way."""
    for step in way:
        tree = tree[step]
    return tree


def properties(tree, path="", way=()):
    """Every property of every object: the path of the object without places in lists, its name, and the way to it."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield path, key, way
            yield from properties(value, f"{path}.{key}".strip("."), (*way, key))
    if isinstance(tree, list):
        for place, value in enumerate(tree):
            yield from properties(value, f"{path}[]", (*way, place))


def changed(record, way, key, change):
    """A copy of a record after a change at a property of one object."""
    forged = copy.deepcopy(record)
    change(at(forged, way), key)
    return forged


def remove(held, key):
    """Leave a property out."""
    del held[key]


def misspell(held, key):
    """Give a property another name."""
    held[key + "s"] = held.pop(key)


def retype(held, key):
    """Put in a number that is none of the types of a record."""
    held[key] = 7.5


def test_the_schema_is_valid():
    """The schema keeps to draft 2020-12 of JSON Schema."""
    jsonschema_rs.meta.validate(SCHEMA)
    assert "https://json-schema.org/draft/2020-12/schema" == SCHEMA["$schema"]


def test_every_property_is_described():
    """A developer reads at each property, or at the type it refers to, what it says."""

    def described(part):
        return "description" in part or "description" in SCHEMA["$defs"][part["$ref"].removeprefix("#/$defs/")]

    tables = [value for node in (SCHEMA, *SCHEMA["$defs"].values()) for value in objects(node)]
    assert [] == [(name, part) for table in tables for name, part in table.items() if not described(part)]


def objects(node):
    """The properties of every object that a part of the schema describes; conditions describe none."""
    if isinstance(node, dict):
        if isinstance(node.get("properties"), dict):
            yield node["properties"]
        for key, value in node.items():
            if key not in ("if", "then", "else", "$defs"):
                yield from objects(value)
    if isinstance(node, list):
        for value in node:
            yield from objects(value)


def test_the_rows_are_those_of_the_data_package():
    """Columns, patterns, lists and descriptions are those of the models: python tests/test_schema.py writes them."""
    assert of_models(SCHEMA) == SCHEMA
    columns = [list(SCHEMA["$defs"][f"{model.table}_row"]["properties"]) for model in MODELS]
    assert [list(model.columns()) for model in MODELS] == columns


def test_names_of_the_program_are_those_of_the_schema():
    """Modules of formulas, judgements and parameters stand in the schema as the program has them."""
    (called,) = (kind for kind in SCHEMA["$defs"]["node"]["oneOf"] if "function" in kind["properties"])
    function = called["properties"]["function"]["pattern"]
    assert f"^({'|'.join(MEASURE_MODULES)})\\.[a-z_]+$" == function
    assert function == SCHEMA["$defs"]["called"]["properties"]["function"]["pattern"]
    assert list(JUDGEMENTS) == SCHEMA["$defs"]["judgement"]["properties"]["judgement"]["enum"]
    assert set(Parameters.model_fields) == set(SCHEMA["properties"]["parameters"]["properties"])


def test_every_record_validates(edition):
    """The evidence of every report of the edition, and of every edition in git, is as the schema says."""
    folders = [edition, *sorted(ROOT.glob("reports/[0-9]*"))]
    held = [record for folder in folders for record in records(folder)]
    assert [] == [fault for record in held for fault in faults(record)]
    assert len(held) > 2 * len(folders)


def test_editions_of_version_1_are_those_that_the_docs_name():
    """The schema and the page on checking by hand name the edition whose records lack what version 2 has."""
    versions = {
        folder.name: {record["version"] for record in records(folder)} for folder in ROOT.glob("reports/[0-9]*")
    }
    (first,) = (name for name, held in versions.items() if held == {1})
    assert f"editions up to {first}" in SCHEMA["description"]
    assert f"of edition {first}" in (ROOT / "docs" / "check-by-hand.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("change", [remove, misspell, retype])
def test_a_broken_record_does_not_validate(specimens, change):
    """Each property of each kind of object in turn left out, misspelt or of another type is found."""
    assert [] == [fault for record in specimens for fault in faults(record)]
    kept = OPTIONAL if change is remove else set()
    tried = [case for case in cases(specimens) if case[1:3] not in kept]
    found = [VALIDATOR.is_valid(changed(record, way, key, change)) for record, _, key, way in tried]
    assert [] == [case[1:3] for case, valid in zip(tried, found, strict=True) if valid]
    assert len(tried) > 200


def test_what_a_record_may_lack(specimens):
    """A report may be without a horizon; one that tells no changes has neither their table nor what it rests on."""
    lacking = [case for case in cases(specimens) if case[1:3] in OPTIONAL]
    # What the last edition printed is of version 1, or has rows of every column.
    assert {case[1:3] for case in lacking} >= {one for one in OPTIONAL if not one[0].startswith("previous.")}
    assert [] == [fault for record, _, key, way in lacking for fault in faults(changed(record, way, key, remove))]


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (".version", 3),
        (".language", "fr"),
        (".left_out", -1),
        ("parameters.as_of", "2020-13-01"),
        ("parameters.edition", "December"),
        ("parameters.horizon", 1999),
        ("figures[].anchor", "E0"),
        ("figures[].value", "0.5"),
        ("figures[].unit", "元/家/年"),
        ("figures[].interval.low", "1/0"),
        ("figures[].interval.high", "07"),
        ("figures[].formula.function", "os.system"),
        ("blocks[].kind", "paragraph"),
        ("blocks[].changes", False),
        ("blocks[].texts[].label", -1),
        ("blocks[].parts[].text.names[].judgement.judgement", "better"),
        ("rows.units[].factor", "1/1"),
        ("rows.observations[].bound", "≥"),
        ("rows.observations[].obs_value", "1,015"),
        ("rows.observations[].time_period", "2020/21"),
        ("rows.sources[].date_published", "24.9.2020"),
        ("previous.edition", "the last one"),
    ],
)
def test_a_value_of_another_form_does_not_validate(specimens, place, value):
    """Numbers, fractions, dates, keys of lists and names have one form each."""
    path, _, key = place.rpartition(".")
    found = [(record, way) for record, where, name, way in cases(specimens) if (where, name) == (path, key)]
    assert found
    for record, way in found:
        assert faults(changed(record, way, key, lambda held, name: held.update({name: value})))


def test_a_record_of_version_1_has_no_parts_of_version_2(specimens):
    """Version 1 has no questions, corrections, units and changes; version 2 has to have them."""
    told = next(record for record in specimens if any("changes" in block for block in record["blocks"]))
    rows = {table: [] for table in specimens[0]["rows"] if table not in ("corrections", "segments", "links", "units")}
    assert faults({**specimens[0], "version": 1, "rows": rows})
    first = {key: value for key, value in specimens[0].items() if key not in ("formulas", "questions")} | {"version": 1}
    assert faults(first)
    first["rows"] = rows
    assert [] == faults(first)
    assert faults({**first, "version": 2})
    assert faults({**first, "blocks": told["blocks"]})
    assert faults({**first, "previous": specimens[1]["previous"]})


if __name__ == "__main__":
    PATH.write_text(json.dumps(of_models(SCHEMA), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
