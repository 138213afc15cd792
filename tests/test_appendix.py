"""The appendix: figures with what they hang on, conflicts with the rule that chose, sources, fingerprint."""

import hashlib
import html
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lusong_analysis.measures.growth import required_growth, years_until
from lusong_analysis.report.appendix import canonical, heads
from reports import Collected

TERMS = ("primary_industry_share", "secondary_industry_share", "tertiary_industry_share")


def say_growth(collected):
    """Print the revenue, its target and the growth that takes the one to the other."""
    report = collected.report
    revenue = report.figure("technology_industry_trade_revenue", time_period="2019")
    target = report.figure("technology_industry_trade_revenue_target", time_period="2018")
    growth = required_growth(revenue, target, years_until(revenue.period, report.parameter("horizon")))
    text = "{revenue} {target} {growth}"
    report.say(zh=text, en=text, revenue=revenue, target=target, growth=growth)


def say_term(collected):
    """Print one term of the disputed structure, and no conflict."""
    term = collected.report.figure("primary_industry_share", time_period="2019")
    collected.report.say(zh="{term}", en="{term}", term=term)


def appendix(collected):
    """The outputs of the appendix, and the record."""
    before = len(collected.outputs)
    record = collected.evidence()
    return [data for data, metadata in collected.outputs[before:] if metadata.get("block") == "appendix"], record


def cells(table):
    """The rows of an HTML table as plain texts."""
    rows = re.findall(r"<tr>(.*?)</tr>", table)
    return [
        [html.unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row)]
        for row in rows
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", "E2为999亿元，得低于3.6%"), ("en", "E2 = 99.9 billion yuan gives under 3.6% a year")],
)
def test_a_computed_figure_says_what_it_hangs_on(language, words):
    """The statement that it hangs on most, a link, and the step that changes the printed words; others hang on none."""
    collected = Collected(language=language)
    say_growth(collected)
    outputs, _ = appendix(collected)
    table = next(data["text/html"] for data in outputs if "text/html" in data)
    head, revenue, target, growth = cells(table)
    assert heads(language, first=False)[0] == head
    assert ["", "", words] == [row[3].replace("\u00a0", " ") for row in (revenue, target, growth)]
    assert 'href="#E2"' in table


@pytest.mark.parametrize(
    ("language", "heading", "choices"),
    [
        ("zh", "相互矛盾的陈述", ["采用：等级较高", "未采用"]),
        ("en", "Statements in conflict", ["used: better grade", "not used"]),
    ],
)
def test_a_conflict_that_touches_a_figure_stands_at_the_end(language, heading, choices):
    """Also where this report prints no box: both statements, how they read, and why one of them counts."""
    collected = Collected(language=language)
    say_term(collected)
    outputs, record = appendix(collected)
    assert any(heading in data.get("text/markdown", "") for data in outputs)
    _, conflict, _ = (data["text/html"] for data in outputs if "text/html" in data)
    _, *rows = cells(conflict)
    assert choices == [row[-1] for row in rows]
    assert [True, True] == ["1.5:43:55.5" in rows[0][1], "1.6:45.8:52.6" in rows[1][1]]
    assert 6 == len(record["rows"]["observations"])


def test_a_report_without_conflict_or_correction_has_no_such_section():
    """Nothing is announced that is not there."""
    collected = Collected(language="en")
    say_growth(collected)
    outputs, record = appendix(collected)
    headings = [data["text/markdown"] for data in outputs if data.get("text/markdown", "").startswith("###")]
    assert ["### Sources"] == headings
    assert [] == record["rows"]["corrections"]


def test_the_fingerprint_is_that_of_the_attachment():
    """The page names the SHA-256 of the file that belongs to it."""
    collected = Collected()
    say_growth(collected)
    outputs, record = appendix(collected)
    assert hashlib.sha256(canonical(record)).hexdigest() in outputs[-1]["text/markdown"]


@given(
    st.dictionaries(
        st.text(),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda tree: st.lists(tree) | st.dictionaries(st.text(), tree),
            max_leaves=20,
        ),
    )
)
def test_a_record_is_written_as_the_library_writes_it(record):
    """Byte for byte as json does with sorted keys and one space of indent, in half the time."""
    written = json.dumps(record, ensure_ascii=False, sort_keys=True, indent=1)
    assert written.encode("utf-8") == canonical(record)


def test_the_questions_of_a_report_are_kept():
    """What was asked and which statement answered, and what nobody answered; not what was never printed."""
    collected = Collected()
    say_growth(collected)
    collected.report.figure("apparel_industry_scale", time_period="1999")
    collected.report.figure("apparel_industry_scale", time_period="2024")
    asked = {(row["indicator"], row["time_period"]): row["observation"] for row in collected.evidence()["questions"]}
    assert asked == {
        ("technology_industry_trade_revenue", "2019"): "apparel-revenue-2019",
        ("technology_industry_trade_revenue_target", "2018"): "apparel-ls-tit-target-2018",
        ("apparel_industry_scale", "1999"): "",
    }


def test_the_terms_of_a_ratio_go_together():
    """A conflict in one term prints the whole ratio, whichever term the report asked for."""
    collected = Collected()
    say_term(collected)
    rows = collected.evidence()["rows"]["observations"]
    assert set(TERMS) == {row["indicator"] for row in rows}
