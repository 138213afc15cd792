"""Corrections change what is in force from their day on, and never a row."""

import pytest

from folders import add, change, copy, row_number
from lusong_analysis.facts.checks import check
from lusong_analysis.facts.package import in_force, known, open_package
from lusong_analysis.report import report as module
from reports import Collected

REVENUE = "apparel-revenue-2019"
LIKE = "newmat-firms-named-exact"
DAY = "2026-11-20"


def correct(folder, name, column, before, after, **cells):
    """Add a correction of the revenue to a data folder; give its row number."""
    about = {"correction_id": name, "observation_id": REVENUE, "column": column, "date": DAY}
    return add(folder, "corrections", LIKE, **{**about, "value_before": before, "value_after": after, **cells})


@pytest.fixture
def folder(tmp_path):
    """A data folder in which the revenue was corrected, words and number, and corrected once more five days later."""
    folder = copy(tmp_path)
    correct(folder, "words", "as_printed", "服饰产业技工贸收入超过808亿元", "服饰产业技工贸收入超过818亿元")
    correct(folder, "number", "obs_value", "808", "818")
    correct(folder, "bound", "bound", ">", ">=", date="2026-11-25")
    correct(
        folder,
        "words-again",
        "as_printed",
        "服饰产业技工贸收入超过818亿元",
        "服饰产业技工贸收入818亿元以上",
        date="2026-11-25",
    )
    return folder


def test_a_correction_counts_from_its_day_on(folder):
    """The day before prints as before, the day itself as corrected, and a later correction goes on from there."""
    package = open_package(folder)
    for day, value, bound in (("2026-11-19", "808", ">"), (DAY, "818", ">"), ("2026-11-25", "818", ">=")):
        row = known(package, day).observations[REVENUE]
        assert (value, bound) == (row.obs_value, row.bound)
    assert known(package).observations[REVENUE] == known(package, "2026-11-25").observations[REVENUE]
    assert "808" == package.observations[REVENUE].obs_value


def test_corrections_made_later_are_not_known(folder):
    """As of a day, the package holds the corrections of that day and none of the next."""
    package = open_package(folder)
    assert {"words", "number"} == set(known(package, DAY).corrections)
    assert {} == known(package, "2026-11-19").corrections


def test_applied_twice_they_change_nothing_more(folder):
    """A package in force is in force."""
    package = in_force(open_package(folder))
    assert package == in_force(package)


def test_corrected_statements_pass_the_check(folder):
    """Rows, and what corrections make of them day by day, are as good as any."""
    assert [] == check(folder)


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"value_before": "807"}, "value_before", "is '808' until then. Write '808'"),
        ({"value_after": "808"}, "value_after", "It changes nothing"),
        ({"value_after": "eight"}, "value_after", "A number is written as printed"),
        ({"value_after": "909"}, "value_after", "So corrected, the obs_value of apparel-revenue-2019 is wrong"),
        ({"date": "2019-01-01"}, "date", "published later"),
        ({"observation_id": "apparel-revenu-2019"}, "observation_id", "Did you mean 'apparel-revenue-2019'?"),
        ({"source_id": "nobody"}, "source_id", "no such key"),
        ({"column": "comment"}, "column", "It must be one of"),
        (
            {"column": "indicator", "value_before": "technology_industry_trade_revenue", "value_after": "revenu"},
            "value_after",
            "no such key",
        ),
    ],
)
def test_a_wrong_correction_is_refused(tmp_path, cells, column, words):
    """Whatever is wrong with a correction is said of its row and column."""
    folder = copy(tmp_path)
    number = correct(folder, "wrong", "obs_value", "808", "818")
    change(folder, "corrections", "wrong", **cells)
    problems = check(folder)
    found = [problem for problem in problems if f"corrections.csv, row {number}, column {column}" in problem.place]
    assert any(words in str(problem) for problem in found), problems


def test_a_correction_of_a_row_that_is_wrong_is_not_judged(tmp_path):
    """A wrong statement is reported in its own file, once."""
    folder = copy(tmp_path)
    change(folder, "observations", REVENUE, unit="billion")
    correct(folder, "place", "locator", "2. 优先发展服饰产业", "第2节")
    row = row_number(folder, "observations", REVENUE)
    assert [f"data/observations.csv, row {row}, column unit"] == [problem.place for problem in check(folder)]


@pytest.mark.parametrize(
    ("language", "figure", "words"),
    [
        ("zh", "不低于818亿元", "于2026年11月20日更正：数值由“808”改为“818”，因"),
        ("en", "at least 81.8 billion yuan", "was corrected on 20 November 2026: number from “808” to “818”, because"),
    ],
)
def test_a_correction_changes_what_is_printed_and_the_appendix_says_so(folder, monkeypatch, language, figure, words):
    """The figure is the corrected one; the appendix says when, from what, to what and why."""
    monkeypatch.setenv("LUSONG_DATA", str(folder))
    collected = Collected(language=language)
    revenue = collected.report.figure("technology_industry_trade_revenue", time_period="2019")
    collected.report.say(zh="{revenue}", en="{revenue}", revenue=revenue)
    assert [figure] == [text.replace("\u00a0", " ") for text in collected.plain()]
    record = collected.evidence()
    assert ["number", "words", "bound", "words-again"] == [
        row["correction_id"] for row in record["rows"]["corrections"]
    ]
    appendix = "\n".join(collected.plain())
    assert words in appendix
    assert {"zh": "已更正，见下", "en": "corrected, see below"}[language] in appendix


def test_an_older_edition_is_issued_again_as_it_was(folder, monkeypatch):
    """As of the day before, text and evidence are those of a data folder without the corrections."""
    texts = []
    for data in (folder, module.find_folder()):
        monkeypatch.setenv("LUSONG_DATA", str(data))
        collected = Collected(as_of="2026-11-19")
        revenue = collected.report.figure("technology_industry_trade_revenue", time_period="2019")
        collected.report.say(zh="{revenue}", en="{revenue}", revenue=revenue)
        texts.append((collected.evidence(), collected.plain()))
        monkeypatch.delenv("LUSONG_DATA")
    assert texts[0] == texts[1]
