"""Counts of the statements themselves: what is counted, what is refused, and that a reader can count again."""

import copy
import csv
import json

import pytest

import folders
from lusong_analysis import verify
from lusong_analysis.facts.package import known, open_package
from lusong_analysis.measures.structure import share_of
from lusong_analysis.pdf.read import read
from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.period import period
from lusong_analysis.report import charts, counting, tables
from lusong_analysis.report.appendix import canonical
from lusong_analysis.report.difference import differences
from lusong_analysis.report.explanation import Explanation
from lusong_analysis.report.gate import check_notebook
from lusong_analysis.report.properties import COUNTED, PROPERTIES
from lusong_analysis.report.reasons import Reason
from lusong_analysis.report.recompute import operand_of, package_of
from lusong_analysis.verify.against import against
from reports import Collected

LUSONG = "430203"
REVENUE = "apparel-revenue-2019"
FOUNDING = "zhuzhou-daily-2020-10"


def package(folder=folders.DATA, as_of=""):
    """The data of a folder as a reader may see it."""
    return known(open_package(folder), as_of)


def count(table, held=None, **where):
    """A count as a whole number."""
    return int(counting.count(counting.formula(table, where), held or package()).value)


def rows(folder=folders.DATA):
    """Each statement that is no lead with its source, straight from the files."""
    with (folder / "sources.csv").open(encoding="utf-8", newline="") as file:
        sources = {row["source_id"]: row for row in csv.DictReader(file)}
    with (folder / "observations.csv").open(encoding="utf-8", newline="") as file:
        pairs = [(row, sources[row["source_id"]]) for row in csv.DictReader(file)]
    return [(row, source) for row, source in pairs if source["grade"] != "D"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A data folder to be changed, which reports open."""
    target = folders.copy(tmp_path)
    monkeypatch.setenv("LUSONG_DATA", str(target))
    return target


def record(**parameters):
    """The evidence of a small report: all statements on the district, those of the press, and their share."""
    collected = Collected(**parameters)
    whole = collected.report.count("observations", ref_area=LUSONG)
    press = collected.report.count("observations", ref_area=LUSONG, grade="B")
    share = share_of(press, whole)
    collected.report.say(
        zh="{whole}陈述，{press}来自报刊，占{share}",
        en="{whole}, {press}, {share}",
        whole=whole,
        press=press,
        share=share,
    )
    return json.loads(json.dumps(collected.evidence()))


@pytest.mark.parametrize(
    ("where", "holds"),
    [
        ({}, lambda row, source: True),
        ({"ref_area": LUSONG}, lambda row, source: row["ref_area"] == LUSONG),
        ({"grade": "C"}, lambda row, source: source["grade"] == "C"),
        (
            {"access": "page", "about": "area"},
            lambda row, source: source["access"] == "page" and not row["counterpart"],
        ),
        ({"published": ""}, lambda row, source: not source["date_published"]),
        ({"published": "2020"}, lambda row, source: source["date_published"][:4] == "2020"),
        ({"published_since": "2024"}, lambda row, source: source["date_published"][:4] >= "2024"),
        ({"published_until": "2016"}, lambda row, source: "" < source["date_published"][:4] <= "2016"),
        ({"exactness": "range"}, lambda row, source: row["bound"] == "between"),
    ],
)
def test_counts_are_those_of_the_files(where, holds):
    """Statements, their sources, their indicators and their data points are as many as in the tables."""
    found = [row for row, source in rows() if holds(row, source)]
    columns = ("indicator", "ref_area", "time_period", "counterpart")
    points = {tuple(row[column] for column in columns) for row in found}
    assert len(found) == count("observations", **where)
    assert len({row["source_id"] for row in found}) == count("sources", **where)
    assert len({row["indicator"] for row in found}) == count("indicators", **where)
    assert len(points) == count("points", **where)
    assert found


@pytest.mark.parametrize("by", [name for name in PROPERTIES if name != "ref_area"])
def test_classes_part_the_statements(by):
    """Each statement is in one class of a property, and the classes together are all statements."""
    held = package()
    classes = counting.classes(held, "observations", by, {"ref_area": LUSONG}, "2026-12")
    assert count("observations", held, ref_area=LUSONG) == sum(int(each.quantity.value) for each in classes)
    assert {by} == {each.by for each in classes}


def test_classes_of_age_follow_the_edition():
    """Classes end a fixed number of years before the edition, and the newest begins where recent does."""
    classes = counting.classes(package(), "observations", "published", {}, "2026-12")
    asked = [counting.conditions(each.quantity.formula) for each in classes]
    assert [
        {"published_since": "2025"},
        {"published_since": "2022", "published_until": "2024"},
        {"published_since": "2017", "published_until": "2021"},
        {"published_until": "2016"},
        {"published": ""},
    ] == asked
    assert period("2025") == counting.recent(period("2026-12"))


def test_standing(folder):
    """A data point has one source, several that go together, or sources at odds."""
    standings = ("single", "several", "at_odds")

    def points():
        return [count("points", package(folder), ref_area=LUSONG, standing=standing) for standing in standings]

    before = points()
    other = {"source_id": "hunan-daily-2021-01-16"}
    folders.add(folder, "observations", REVENUE, observation_id="revenue-again", **other)
    confirmed = points()
    words = {"bound": "=", "obs_value": "700", "precision": "1", "as_printed": "服饰产业技工贸收入700亿元"}
    folders.change(folder, "observations", "revenue-again", **words)
    assert [-1, 1, 0] == [now - was for was, now in zip(before, confirmed, strict=True)]
    assert [-1, 0, 1] == [now - was for was, now in zip(before, points(), strict=True)]


def test_the_last_year_of_an_indicator(folder):
    """An indicator is as new as the end of the last period that is held of it, in its area and of its object."""
    where = {"ref_area": LUSONG, "about": "area"}
    before = count("indicators", package(folder), latest="2023", **where)
    folders.add(folder, "sources", FOUNDING, source_id="later", date_published="2024-03")
    longer = {"time_period": "2022-01-01/P2Y", "source_id": "later"}
    folders.add(folder, "observations", REVENUE, observation_id="revenue-later", **longer)
    assert before + 1 == count("indicators", package(folder), latest="2023", **where)
    assert count("indicators", package(folder), latest_since="2023", **where) > before


def test_leads_are_not_counted(folder):
    """What is a lead only is never counted, also where a package still holds it."""
    folders.add(folder, "sources", FOUNDING, source_id="unreliable", grade="D")
    before = count("observations", package(folder))
    folders.add(folder, "observations", REVENUE, observation_id="a-lead", source_id="unreliable")
    held = open_package(folder)
    assert "a-lead" in held.observations
    assert before == count("observations", held)


def test_as_of_counts_what_was_known():
    """As of a day only what was published by then is counted, and only that goes with the report."""
    early = record(as_of="2018-12-31")
    dated = [
        (row, source)
        for row, source in rows()
        if source["date_published"] and source["date_published"] <= "2018-12-31" and row["ref_area"] == LUSONG
    ]
    whole = next(entry for entry in early["figures"] if entry["figure"] == "whole")
    assert str(len(dated)) == whole["value"]
    assert count("observations", package(as_of="2018-12-31")) == len(early["rows"]["observations"])


def test_a_count_is_computed_again_from_the_record():
    """The record carries all that a count saw, and gives the same numbers; they are exact and have no sensitivity."""
    held = record()
    for entry in held["figures"]:
        again = operand_of(entry["formula"], package_of(held))
        assert (entry["value"], entry["interval"]) == (str(again.value), again.interval.record())
    assert len(rows()) == len(held["rows"]["observations"])
    assert 0 == again.interval.width


def test_a_record_without_counts_carries_its_own_rows_only():
    """Only a report that counts carries all statements."""
    collected = Collected()
    revenue = collected.report.figure("technology_industry_trade_revenue")
    collected.report.say(zh="{revenue}", en="{revenue}", revenue=revenue)
    assert [REVENUE] == [row["observation_id"] for row in collected.evidence()["rows"]["observations"]]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_forged_count_is_found(edition, language):
    """Another number, another condition and a statement taken out: each raises an alarm at the figures it touches."""
    document = read((edition / language / "06_data_quality.pdf").read_bytes())
    held = json.loads(document.attachments[verify.ATTACHMENT])
    entry = next(entry for entry in held["figures"] if entry["figure"] == "statements")

    def alarms(change):
        forged = copy.deepcopy(held)
        change(forged, next(one for one in forged["figures"] if one["anchor"] == entry["anchor"]))
        attachments = {**document.attachments, verify.ATTACHMENT: canonical(forged)}
        found = verify.check(type(document)(**{**vars(document), "attachments": attachments}))
        return {problem.place for problem in found.problems}

    place = f"figure {entry['anchor']}"
    number = str(int(entry["value"]) + 1)
    interval = {**entry["interval"], "low": number, "high": number}
    assert place in alarms(lambda _, one: one.update(value=number, interval=interval))
    assert place in alarms(lambda _, one: one["formula"]["counted"]["where"][0].update(value="430200"))
    taken = next(row for row in held["rows"]["observations"] if row["ref_area"] == LUSONG)
    assert place in alarms(lambda forged, _: forged["rows"]["observations"].remove(taken))


@pytest.mark.parametrize(
    ("table", "where", "said"),
    [
        ("observation", {}, "no table is called 'observation'. Did you mean 'observations'?"),
        ("sources", {"grades": "A"}, "no property is called 'grades'. Did you mean 'grade'?"),
        ("sources", {"grade": "D"}, "no grade is called 'D'. There are A, B, C."),
        ("sources", {"grade_since": "A"}, "no property is called 'grade_since'. Did you mean 'grade'?"),
        ("sources", {"published_since": ""}, "published_since is a year, as 2019; found ''"),
        ("sources", {"latest": "2019-Q1"}, "latest is a year, as 2019; found '2019-Q1'"),
    ],
)
def test_what_cannot_be_counted_is_refused(table, where, said):
    """A name that the program does not know is refused with the nearest, a value that none can have with the form."""
    with pytest.raises(QuantityError) as refused:
        count(table, **where)
    assert str(refused.value).startswith(said)


def test_a_property_without_classes_is_refused():
    """Areas are no classes: they lie in each other."""
    with pytest.raises(QuantityError, match="ref_area has no classes"):
        counting.classes(package(), "observations", "ref_area", {}, "2026-12")


def test_a_count_in_words():
    """The appendix tells what was counted under which conditions, areas and values by name, years as a span."""
    asked = counting.formula("indicators", {"latest_until": "2021", "latest_since": "2017", "ref_area": LUSONG})
    assert "计数：指标（地区：芦淞区；指标最近一次数字的年份：2017—2021年）" == counting.told(asked, package(), "zh")
    assert (
        "Count of indicators (area: Lusong District; latest year for which a figure is held: 2017–2021)"
        == counting.told(asked, package(), "en")
    )
    assert "计数：来源（全部）" == counting.told(counting.formula("sources", {}), package(), "zh")
    undated = counting.formula("observations", {"published": "", "grade": "B"})
    assert (
        "Count of statements (grade of the source: B press; year of publication: source without a date)"
        == counting.told(undated, package(), "en")
    )
    later = counting.formula("observations", {"published_since": period("2025")})
    assert "计数：陈述（来源发表年份：2025年及以后）" == counting.told(later, package(), "zh")


def test_the_order_of_conditions_makes_no_other_figure():
    """One count is one figure, in whatever order its conditions are given."""
    assert counting.formula("sources", {"grade": "A", "about": "area"}) == counting.formula(
        "sources", {"about": "area", "grade": "A"}
    )


def test_every_property_and_value_has_words_in_both_languages():
    """Nothing that can be counted is without a name in Chinese and in English."""
    texts = [(counted.zh, counted.noun) for counted in COUNTED.values()]
    for kept in PROPERTIES.values():
        texts += [(kept.zh, kept.en), *kept.values.values(), *([kept.unknown] if kept.unknown else [])]
    assert all(zh and en and not zh.isascii() and en.isascii() for zh, en in texts)


def test_a_printed_count(monkeypatch):
    """A count prints with its noun, links to its entry, and says on hover whose it is."""
    monkeypatch.delenv("LUSONG_DATA", raising=False)
    collected = Collected(language="en")
    official = collected.report.count("sources", grade="A", ref_area="430200")
    collected.report.say(zh="{official}", en="{official}", official=official)
    number = count("sources", grade="A", ref_area="430200")
    assert f'[{number}\u00a0sources](#E1 "taken as {number} items; own count")' == collected.markdown()[0]


def test_a_count_is_explained():
    """The tree of a share goes down to what was counted."""
    held = Explanation(record())
    tree = held.figure(held.names["share"])
    told = [branch.text for part in tree.branches for branch in part.branches]
    assert "计数：陈述（地区：芦淞区；来源等级：B 报刊）" in told
    assert "计数：陈述（地区：芦淞区）" in told


def test_more_statements_are_a_reason_of_their_own(folder):
    """Between two editions a count changes because other statements are counted, or because the day is another."""
    before = record()
    folders.add(folder, "observations", REVENUE, observation_id="revenue-again", source_id="hunan-daily-2021-01-16")
    reasons = {found.figure: list(found.reasons) for found in differences(before, record())}
    whole, more = (count("observations", held, ref_area=LUSONG) for held in (package(), package(folder)))
    reason = Reason("other statements counted", before=str(whole), after=str(more))
    assert [reason] == reasons["whole"]
    assert reason in reasons["share"]
    early = {found.figure: found.reasons[0] for found in differences(before, record(as_of="2019-01-01"))}
    assert ("parameter changed", "as_of") == (early["whole"].kind, early["whole"].name)


def test_today_counts_again(folder):
    """Held against later data a count says what it would be today, and why; against its own data nothing is said."""
    held = record()
    assert [] == against(held, package(folder))
    folders.add(folder, "observations", REVENUE, observation_id="revenue-again", source_id="hunan-daily-2021-01-16")
    found = {one.name: one for one in against(held, package(folder))}
    assert ["other statements counted"] == [reason.kind for reason in found["whole"].reasons]
    assert f"{count('observations', package(folder), ref_area=LUSONG)}条" == found["whole"].after


def test_a_chart_of_counts():
    """Each class is a bar with its name and its number, the empty ones too; the line under the title says what."""
    report = Collected(language="en").report
    classes = report.counts("sources", by="grade", ref_area=LUSONG)
    chart = charts.counts(classes)
    assert len(classes) == len(chart.figures)
    assert "Number of sources, by grade of the source" == chart.measure.en
    mixed = [*classes, *report.counts("sources", by="access", ref_area=LUSONG)]
    with pytest.raises(QuantityError, match="not the classes of one property"):
        charts.counts(mixed)


def test_a_chart_of_nothing(folder):
    """Where no statement is held every bar is empty, and the chart is drawn all the same."""
    collected = Collected(as_of="1990-01-01")
    collected.report.chart(charts.counts(collected.report.counts("sources", by="grade")), zh="等级", en="Grades")
    assert "0个" in collected.plain()[-1]


def test_a_table_of_counts():
    """Classes stand with their counts and their share of the whole; of nothing there is no share."""
    collected = Collected()
    report = collected.report
    statements, sources = (report.counts(table, by="grade", ref_area=LUSONG) for table in ("observations", "sources"))
    whole = report.count("observations", ref_area=LUSONG)
    report.table(
        tables.counts((statements, whole), (sources, report.count("sources", ref_area=LUSONG))), zh="等级", en="Grades"
    )
    lines = [line.split("\t") for line in collected.plain()[-1].split("\n")]
    assert ["A 官方", "B 报刊", "C 转载或二手", "合计"] == [line[0] for line in lines]
    assert [*(str(each.quantity.value) for each in statements), str(whole.value)] == [line[1] for line in lines]
    assert [str(each.quantity.value) for each in sources] == [line[2] for line in lines[:-1]]
    assert "100%" == lines[-1][3]
    nothing = Collected(as_of="1990-01-01").report
    bare = tables.counts((nothing.counts("points", by="grade"), nothing.count("points")))
    assert ["来源等级", "数据项（项）", "凭证"] == [column.head.zh for column in bare.columns]


def test_a_table_prints_no_years():
    """Names with years in them are figures of their own: a chart draws them."""
    report = Collected().report
    with pytest.raises(QuantityError, match=r"charts\.counts"):
        tables.counts((report.counts("sources", by="published"), report.count("sources")))


def test_the_gate_knows_what_can_be_counted(tmp_path):
    """A notebook that counts what is no table is refused before a kernel starts."""
    cell = {"cell_type": "code", "metadata": {}, "source": 'report.count("statements", grade="A")'}
    path = tmp_path / "counted.ipynb"
    path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    (problem,) = check_notebook(path, package())
    assert ("statements", "It is an unknown table.") == (problem.found, problem.rule)
