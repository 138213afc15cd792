"""A figure taken apart: what stands at each branch."""

import pytest

from lusong_analysis.measures.structure import total
from lusong_analysis.report.explanation import Branch, Explanation
from reports import Collected

PARTS = ("apparel_chain_scale_industry", "apparel_chain_scale_wholesale_retail", "apparel_chain_scale_services")


def explanation(language="zh", **rows):
    """A report that prints a sum of three statements and the date of an event; ``rows`` are added to its tables."""
    collected = Collected(language=language)
    parts = [collected.report.figure(part, time_period="2020", ref_area="430200") for part in PARTS]
    expo = collected.report.event("apparel-expo-2020")
    collected.report.say(zh="{sum}，{expo}", en="{sum}, {expo}", sum=total(*parts), expo=expo)
    record = collected.evidence()
    return Explanation({**record, "rows": {**record["rows"], **rows}})


def lines(branch):
    """The lines of a tree, from the top."""
    return [spaced(branch.text), *(line for below in branch.branches for line in lines(below))]


def spaced(text):
    """A text with plain spaces."""
    return text.replace("\u00a0", " ")


def below(branch, text):
    """The lines right below the one that begins so."""
    (found,) = (each for each in branch.branches if each.text.startswith(text))
    return [spaced(each.text) for each in found.branches]


def test_a_sum_is_taken_apart():
    """Formula, each part with its words, and what each would have to be for another text; no number, no E-number."""
    tree = explanation("en").figure("E1")
    assert [
        "sum = 101.5 billion yuan (E1), taken as [101.515, 101.545] billion yuan",
        "structure.total: sum(parts)",
        "The sum of parts of one area and period [unit of the parts].",
        "parts = 34.64 billion yuan, taken as [34.635, 34.645] billion yuan",
    ] == lines(tree)[:4]
    moves = below(tree, "sensitivity: safe to the digit")
    assert (3, "parts: 51.45 → 51.47 billion yuan gives 101.6 billion yuan") == (len(moves), moves[0])


def test_a_date_is_taken_apart():
    """The date of an event has the words of its source, and hangs on nothing that could be moved."""
    tree = explanation().figure("E2")
    assert ("expo = 2020年10月15—18日（E2）", 3) == (tree.text, len(tree.branches))
    assert tree.branches[0].text.startswith("“")
    assert [Branch("E2 expo: 2020年10月15—18日")] == explanation().resting_on("apparel-expo-2020")


def test_a_statement_that_cannot_change_the_figure_is_named():
    """Of what could be zero or double, and the figure would print the same, the tree says so."""
    report = explanation()
    numbers = {"apparel-zz-scale-industry-2020": "999999", "apparel-zz-scale-services-2020": "0.1"}
    rows = [
        {**row, "obs_value": numbers.get(row["observation_id"], row["obs_value"])}
        for row in report.record["rows"]["observations"]
    ]
    part, rest = ({"name": name, "observation": key} for name, key in zip(("part", "rest"), numbers, strict=True))
    share = {"anchor": "E3", "figure": "share", "formula": {"function": "structure.share", "arguments": [part, rest]}}
    record = {**report.record, "figures": [share], "rows": {**report.record["rows"], "observations": rows}}
    assert "rest：归零或加倍均不变" in lines(Explanation(record).figure("E3"))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh", "2026年11月20日更正：数值由“346.3”改为“346.4”，因录入有误"),
        ("en", "corrected on 20 November 2026: number from “346.3” to “346.4”, because it was entered wrongly"),
    ],
)
def test_corrections_stand_under_their_statement(language, expected):
    """What was corrected, when and why, in the language of the report."""
    change = {
        "correction_id": "one",
        "observation_id": "apparel-zz-scale-industry-2020",
        "column": "obs_value",
        "value_before": "346.3",
        "value_after": "346.4",
        "reason_zh": "录入有误",
        "reason_en": "it was entered wrongly",
        "source_id": "zhuzhou-daily-2020-10",
        "date": "2026-11-20",
    }
    report = explanation(language, corrections=[change])
    assert 1 == lines(report.figure("E1")).count(expected)
    assert expected in lines(report.row("apparel-zz-scale-industry-2020"))
