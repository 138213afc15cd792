"""What the reports of an edition rest on together: statements used and unused, conflicts that nobody tells."""

import pytest

from folders import DATA, add, copy
from lusong_analysis.facts.conflicts import conflicts
from lusong_analysis.facts.package import known, open_package
from lusong_analysis.measures.structure import ratio
from lusong_analysis.report.coverage import untold, unused, used
from reports import Collected

SHARES = ("primary_industry_share", "secondary_industry_share", "tertiary_industry_share")
CHOSEN = "lusong-structure-secondary-2019"
WORDS = {"zh": "来源之间说法不一。", "en": "The sources differ."}


@pytest.fixture(scope="module")
def package():
    """The checkout's own data, as reports see it."""
    return known(open_package(DATA))


def share():
    """A report that prints a disputed share."""
    collected = Collected()
    figure = collected.report.figure("secondary_industry_share", time_period="2019")
    collected.report.say(zh="占{share}。", en="It is {share}.", share=figure)
    return collected


def mean():
    """A report that prints nothing disputed: a figure computed from two statements."""
    collected = Collected()
    problems, firms = collected.report.figures(
        "enterprise_problems_solved", "key_enterprises_assisted", time_period="2020-S1"
    )
    collected.report.say(zh="平均{mean}。", en="On average {mean}.", mean=ratio(problems, firms))
    return collected


def test_an_untold_conflict_is_found(package):
    """A disputed statement that is printed without its dispute is found, with the figure's name and words."""
    ((figure, conflict),) = untold(conflicts(package), [share().evidence()])
    assert "share 43.0%" == figure
    assert CHOSEN in conflict.names
    assert list(SHARES) == [group[0].observation.indicator for group in conflict.groups]


def test_a_conflict_is_told_by_any_report(package):
    """A conflict that one report of the edition prints whole is told for all."""
    telling = Collected()
    telling.report.conflict(*SHARES, time_period="2019", **WORDS)
    assert [] == untold(conflicts(package), [share().evidence(), telling.evidence()])


def test_half_a_conflict_is_not_told(package):
    """One term of a disputed ratio does not tell the dispute of all three."""
    telling = Collected()
    telling.report.conflict(SHARES[1], time_period="2019", **WORDS)
    ((figure, _),) = untold(conflicts(package), [telling.evidence()])
    assert f"{CHOSEN} 43.0%" == figure


def test_a_conflict_that_touches_no_figure_need_not_be_told(package):
    """Where no report prints a disputed statement, its dispute is nobody's concern."""
    assert [] == untold(conflicts(package), [mean().evidence()])


def test_what_lies_below_a_figure_is_used(package):
    """The statements below a computed figure are used though they are not printed themselves; all others are unused."""
    record = mean().evidence()
    assert {"env-problems-solved-2020h1", "env-key-enterprises-2020h1"} == used([record])
    assert [name for name in package.observations if name not in used([record])] == unused(package, [record])


def test_a_new_statement_is_unused_until_a_report_prints_it(tmp_path):
    """A row that nobody asks for is listed; used and unused make up the data, each statement once."""
    folder = copy(tmp_path)
    add(folder, "observations", CHOSEN, observation_id="z-new", time_period="2011")
    package, records = known(open_package(folder)), [share().evidence(), mean().evidence()]
    listed = unused(package, records)
    assert "z-new" in listed
    assert sorted(package.observations) == sorted([*listed, *used(records)])
