"""The strategy of a chain: what was aimed at, how far it is, what is lacking, and by which measures."""

import pytest

from figures import observation
from folders import DATA, change, copy
from lusong_analysis.facts.package import known, open_package
from lusong_analysis.quantity import QuantityError
from lusong_analysis.quantity.quantity import Subject, missing
from lusong_analysis.report import strategy
from lusong_analysis.report.tables import BLANK
from reports import Collected

PACKAGE = open_package(DATA)


def policies(chain, as_of="", whole=PACKAGE):
    """The measures for a chain that are known by a day."""
    return strategy.policies(known(whole, as_of), whole, chain=chain, as_of=as_of, ref_area="430203")


def rows_of(collected, table):
    """The cells of a printed table, row by row."""
    collected.report.table(table, zh="目标", en="Targets")
    return [line.replace("\u00a0", " ").split("\t") for line in collected.plain()[0].splitlines()]


def aim(name="aim", value="1000", **subject):
    """A target of the revenue."""
    return observation(name, value, "=", "亿元", target_of="revenue", precision="0", **subject)


def result(name="result", value="808", bound=">", **subject):
    """A result that is comparable with the target."""
    return observation(name, value, bound, "亿元", indicator="revenue", **subject)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "zh",
            [
                "服饰产业技工贸收入目标",
                "芦淞区",
                "1000亿元（2018年）",
                "超过808亿元（2019年）",
                "超过80.8%",
                "无法判定；需要2018年同口径的实绩",
                "E1、E2",
            ],
        ),
        (
            "en",
            [
                "Target for the technology, industry and trade revenue of the apparel chain",
                "Lusong District",
                "100 billion yuan (2018)",
                "over 80.8 billion yuan (2019)",
                "over 80.8%",
                "undecided; needed: a result by the same definition for 2018",
                "E1, E2",
            ],
        ),
    ],
)
def test_a_target_stands_beside_what_is_known_and_what_is_lacking(language, words):
    """The result of another year gives a distance and no judgement, and the row names what would decide."""
    collected = Collected(language=language)
    report = collected.report
    aims = report.history("technology_industry_trade_revenue_target")
    assert [words] == rows_of(collected, strategy.targets(aims, report.series("technology_industry_trade_revenue")))


def test_a_target_without_a_result_has_a_row_that_says_so():
    """Where nothing of its definition is known there is no figure, no distance and no judgement; counts have a noun."""
    collected = Collected(language="en")
    aims = collected.report.history("expo_booths_target")
    assert [["400 booths (21–24 September 2017)", "no figure", "–"]] == [
        row[2:5] for row in rows_of(collected, strategy.targets(aims, ()))
    ]


@pytest.mark.parametrize(
    ("target", "known", "found"),
    [
        (aim(), [result(), result("later", "1200", "=", time_period="2020")], ("result", "exact result")),
        (aim(), [result(value="1200", bound="=")], ("result", "")),
        (aim(), [result(value="700", bound="=")], ("result", "")),
        (aim(time_period="2018"), [result("earlier", time_period="2016"), result()], ("result", "same definition")),
        (aim(time_period="2018"), [result("undated", time_period=""), result()], ("result", "same definition")),
        (aim(time_period=""), [result(value="1200", bound="=")], ("result", "the year it is for")),
        (aim(), [result(ref_area="430200"), result("firm", counterpart="firm")], ("", "same definition")),
        (aim(), [missing(Subject("revenue", "430203", "2019"))], ("", "same definition")),
    ],
    ids=["open", "reached", "not reached", "latest", "undated", "no year", "another area or object", "absent"],
)
def test_the_figure_that_tells_most_of_a_target_counts(target, known, found):
    """That of its own year, else the latest, never of another area or object; where it decides, nothing is lacking."""
    row = strategy.targets([target], known).rows[0]
    statement = getattr(row["result"], "formula", {}).get("observation", "")
    assert (found[0], True) == (statement, found[1] in row["of_what"].en)
    assert bool(found[1]) == bool(row["of_what"].en)


def test_a_target_that_is_not_known_yet_has_no_row():
    """As of a day before its source a chain has no target, and one sentence says that nothing can be listed."""
    collected = Collected(as_of="2015-12-31")
    report = collected.report
    target = report.figure("technology_industry_trade_revenue_target", time_period="2018")
    assert [["此处无可列举：截至2015年12月31日，未见有关的公开记载。"]] == rows_of(
        collected, strategy.targets([target], report.series("technology_industry_trade_revenue"))
    )


def test_what_is_no_target_or_stands_twice_is_refused():
    """A result is no target, and of one period one result is chosen by the report, not here."""
    with pytest.raises(QuantityError, match="targets: no target: result"):
        strategy.targets([result()], ())
    with pytest.raises(QuantityError, match="targets: two results of one period: result, other"):
        strategy.targets([aim()], [result(), result("other", "900")])
    assert 1 == len(strategy.targets([aim()], [result(), result()]).rows)


def test_judgements_and_shares_are_recorded():
    """The evidence keeps which two figures a word judges, also where one of them is not known."""
    collected = Collected()
    report = collected.report
    aims = report.history("apparel_industry_scale_target", "apparel_processing_output_target")
    report.table(strategy.targets(aims, report.series("apparel_industry_scale")), zh="目标", en="Targets")
    record = collected.evidence()
    rows = next(part["rows"] for part in record["blocks"][0]["parts"] if "rows" in part)
    judged = [name["judgement"] for row in rows for name in row if name["name"] == "attained"]
    assert {"attainment"} == {formula["judgement"] for formula in judged}
    assert ["observation", "missing", "missing"] == [next(iter(formula["arguments"][0])) for formula in judged]
    assert ["structure.share_of_target"] == [formula["function"] for formula in record["formulas"]]


def test_measures_stand_by_date_with_who_and_by_what():
    """Measures of district and city are merged by date, those without one last; what no source says is a dash."""
    collected = Collected(language="en")
    rows = rows_of(collected, strategy.measures(collected.report.policies(chain="new_materials")))
    assert ["2018, Lusong District", "the first quarter of 2020, Lusong District"] == [row[3] for row in rows[:2]]
    assert {"no date stated, Lusong District", "no date stated, Zhuzhou"} == {row[3] for row in rows[2:]}
    assert ["–", "City of Zhuzhou"] == next(row[1:3] for row in rows if "carbide" in row[0])


def test_measures_are_the_policies_of_a_chain_in_all_areas_above():
    """A new row of kind policy appears by itself; expos, events and projects do not."""
    listed = {policy.date.formula["event"] for policy in policies("apparel")}
    rows = PACKAGE.events.values()
    assert {row.event for row in rows if (row.kind, row.chain) == ("policy", "apparel")} == listed


def test_a_measure_says_which_target_it_serves_and_what_became_of_it():
    """The figure, or the project with its stage, that last tells how far a measure came; else that none was found."""
    collected = Collected(language="en")
    found = {
        row[0]: row[5:7] for row in rows_of(collected, strategy.measures(collected.report.policies(chain="aviation")))
    }
    assert ["–", "National programme for aero-engines and gas turbines: advancing (the first half of 2020)"] == found[
        "Building a cluster of small and medium aero-engines"
    ]
    assert [
        "Target for the gross output value of the aviation industry: 50 billion yuan (2020)",
        "none found",
    ] == found["Building the aviation cluster in five years"]
    apparel = {policy.date.formula["event"]: policy for policy in policies("apparel")}
    assert {"observation": "apparel-revenue-2019"} == apparel["apparel-five-year-cluster-2016"].progress.formula


def test_progress_of_a_project_without_a_stage_is_its_name_and_date(tmp_path):
    """No colon leads to nothing."""
    folder = copy(tmp_path)
    change(folder, "events", "newmat-firms-2020", progress="hunan_hard_materials_park")
    found = {one.date.formula["event"]: one for one in policies("new_materials", whole=open_package(folder))}
    policy = found["newmat-firms-2020"]
    assert not policy.staged
    assert BLANK == strategy.measures([policy]).rows[0]["colon"]


def test_what_was_published_later_is_not_told():
    """As of a day a measure stands without the progress, and one whose source is later does not stand at all."""
    apparel = {policy.date.formula["event"]: policy for policy in policies("apparel", "2017-12-31")}
    assert {"apparel-five-year-cluster-2016", "apparel-city-control-plan-2012", "apparel-cluster-plan-2010"} == set(
        apparel
    )
    assert None is apparel["apparel-five-year-cluster-2016"].progress
    assert apparel["apparel-five-year-cluster-2016"].serves
