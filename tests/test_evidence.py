"""What was printed: numbered at first print, kept by cell."""

from figures import observation
from lusong_analysis.report.evidence import Evidence, anchors, nodes
from reports import Collected


def block(evidence, name, quantity):
    """A sentence that prints one figure."""
    from lusong_analysis.report.text import Text

    evidence.name({name: quantity})
    return {"kind": "sentence", "text": evidence.text(Text(f"{{{name}}}", f"{{{name}}}", {name: quantity}))}


def test_a_cell_run_again_replaces_what_it_said():
    """A cell run again in JupyterLab prints in its old place, under the old numbers, and what it dropped is gone."""
    evidence = Evidence()
    a, b, c = (observation(name, "5", "=", "亿元") for name in "abc")
    evidence.add(block(evidence, "a", a), "first", 1)
    evidence.add(block(evidence, "b", b), "second", 2)
    evidence.add(block(evidence, "c", c), "first", 3)
    evidence.add(block(evidence, "b", b), "first", 3)
    assert ["E2", "E3"] == [figure.anchor for figure in evidence.figures()]
    record = evidence._blocks
    assert [{"E3"}, {"E2"}, {"E2"}] == [anchors(entry) for _, _, entry in record]


def test_without_a_cell_blocks_follow_each_other():
    """Where the frontend names no cell, as under papermill, blocks stay in the order of printing."""
    evidence = Evidence()
    for name in "aab":
        evidence.add(block(evidence, name, observation(name, "5", "=", "亿元")), "", 1)
    assert ["E1", "E2"] == [figure.anchor for figure in evidence.figures()]


def test_the_record_carries_whole_rows():
    """The evidence holds every column of the rows it rests on, and none that nothing rests on."""
    collected = Collected()
    revenue = collected.report.figure("technology_industry_trade_revenue", time_period="2019")
    collected.report.say(zh="{revenue}", en="{revenue}", revenue=revenue)
    rows = collected.evidence()["rows"]
    assert ["apparel-revenue-2019"] == [row["observation_id"] for row in rows["observations"]]
    assert ["zhuzhou-daily-2020-10"] == [row["source_id"] for row in rows["sources"]]
    assert "服饰产业技工贸收入超过808亿元" == rows["observations"][0]["as_printed"]
    assert ["technology_industry_trade_revenue"] == [row["indicator"] for row in rows["indicators"]]


def test_every_object_of_a_tree_in_order():
    """Objects come at any depth, each before those in it, in the order in which they stand; texts hold none."""
    tree = {"n": 1, "a": [{"n": 2, "b": {"n": 3}}, "n", [{"n": 4}]], "c": {"n": 5}}
    assert [1, 2, 3, 4, 5] == [node["n"] for node in nodes(tree)]
    assert [[], []] == [list(nodes(tree)) for tree in ("n", None)]
