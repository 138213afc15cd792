"""Today's data asked again: the figures that it would print otherwise, each with the reason."""

import json

import pytest

from folders import DATA, add, change, copy, records, write
from lusong_analysis.facts.package import known, open_package
from lusong_analysis.measures.growth import required_growth, years_until
from lusong_analysis.pdf.read import read
from lusong_analysis.report.reasons import Reason
from lusong_analysis.verify.against import against
from reports import Collected

REVENUE = "technology_industry_trade_revenue"
HELD = "apparel-revenue-2019"
TARGET = "apparel-ls-tit-target-2018"
LATER = "zhuzhou-daily-2027-01"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the data, which the report asks and which is changed after it was printed."""
    target = copy(tmp_path)
    monkeypatch.setenv("LUSONG_DATA", str(target))
    return target


def printed(*, time_period="2019", **parameters):
    """The evidence of a small report: a revenue, a target, the growth needed, and which of the two is above."""
    collected = Collected(**parameters)
    report = collected.report
    revenue, target = report.figure(REVENUE, time_period=time_period), report.figure(f"{REVENUE}_target")
    growth = required_growth(revenue, target, years_until(revenue.period, report.parameter("horizon")))
    judged = report.comparison(revenue, target)
    report.say(
        zh="{revenue}，{target}，{growth}，{judged}",
        en="{revenue}, {target}, {growth}, {judged}",
        revenue=revenue,
        target=target,
        growth=growth,
        judged=judged,
    )
    return json.loads(json.dumps(collected.evidence()))


def first_version(record):
    """The same record as the first editions wrote it."""
    held = {key: value for key, value in record.items() if key != "questions"}
    rows = {table: rows for table, rows in record["rows"].items() if table not in ("corrections", "units")}
    return {**held, "version": 1, "rows": rows}


def today(folder):
    """The data of a folder as a reader may see it."""
    return known(open_package(folder))


def told(record, folder):
    """What the data would print otherwise: name, words before and after, and kinds of reasons."""
    found = against(record, today(folder))
    return [(one.name, one.before, one.after, [reason.kind for reason in one.reasons]) for one in found]


def delete(folder, table, key):
    """Take a row out of a table, and its name out of the events that point to it."""
    rows = [row for row in records(folder, table) if next(iter(row.values())) != key]
    write(folder, table, rows)
    cells = [{name: "" if value == key else value for name, value in row.items()} for row in records(folder, "events")]
    write(folder, "events", cells)


def add_source(folder, name, date):
    """Add a source like the founding one, published another day."""
    add(folder, "sources", "zhuzhou-daily-2020-10", source_id=name, date_published=date)


def test_the_same_data_prints_the_same(folder):
    """Nothing is named where nothing changed, with questions and without."""
    record = printed()
    assert [] == against(record, today(folder))
    assert [] == against(first_version(record), today(folder))


@pytest.mark.parametrize("version", [1, 2])
def test_an_edited_row(folder, version):
    """An edited statement is told with every figure that hangs on it, in the language of the report."""
    record = printed(language="en")
    change(folder, "observations", HELD, obs_value="809", as_printed="服饰产业技工贸收入超过809亿元")
    found = against(record if version == 2 else first_version(record), today(folder))
    texts = [(one.anchor, one.name, one.before, one.after) for one in found]
    assert [
        ("E1", "revenue", "over 80.8\u00a0billion\u00a0yuan", "over 80.9\u00a0billion\u00a0yuan"),
        ("E3", "growth", "under 3.7%\u00a0a year", "under 3.6%\u00a0a year"),
    ] == texts
    edited = Reason("statement edited", statement=HELD, column="obs_value", before="808", after="809")
    assert [True, True] == [edited in one.reasons for one in found]


def test_a_change_that_is_not_printed(folder):
    """What leaves the words as they are is not named."""
    record = printed()
    change(folder, "observations", HELD, comment="read again")
    assert [] == against(record, today(folder))


@pytest.mark.parametrize("version", [1, 2])
def test_a_newer_statement(folder, version):
    """A statement published since on the same subject prevails; figures that rest on it follow."""
    record = printed()
    add_source(folder, LATER, "2027-01-05")
    cells = {"obs_value": "900", "as_printed": "技工贸收入超过900亿元", "source_id": LATER}
    add(folder, "observations", HELD, observation_id="apparel-revenue-2019-again", **cells)
    found = told(record if version == 2 else first_version(record), folder)
    assert [
        ("revenue", "超过808亿元", "超过900亿元", ["new statement"]),
        ("growth", "低于3.7%", "低于1.8%", ["new statement"]),
    ] == found


def test_another_statement_prevails(folder):
    """A statement that could have been known then, of a better grade, is told as one that prevails."""
    record = printed()
    add_source(folder, "bureau-2020-09", "2020-09-05")
    change(folder, "sources", "bureau-2020-09", grade="A")
    cells = {"obs_value": "850", "as_printed": "技工贸收入超过850亿元", "source_id": "bureau-2020-09"}
    add(folder, "observations", HELD, observation_id="apparel-revenue-2019-bureau", **cells)
    one = against(record, today(folder))[0]
    prevails = Reason(
        "other statement prevails",
        statement="apparel-revenue-2019-bureau",
        before=HELD,
        after="apparel-revenue-2019-bureau",
    )
    assert ("超过850亿元", (prevails,)) == (one.after, one.reasons)


def test_a_later_period(folder):
    """A question for the latest figure is answered by a later period; years are counted from it."""
    record = printed(time_period="")
    add_source(folder, LATER, "2027-01-05")
    cells = {"time_period": "2023", "source_id": LATER}
    add(folder, "observations", HELD, observation_id="apparel-revenue-2023", **cells)
    assert [
        ("revenue", "超过808亿元 (2019年)", "超过808亿元 (2023年)", ["new statement"]),
        ("growth", "低于3.7%", "低于11.3%", ["new statement"]),
    ] == told(record, folder)
    assert [] == against(first_version(record), today(folder))


def test_questions_that_part(folder):
    """One statement that answered two questions, for the latest and for its year, is followed for each of them."""
    collected = Collected()
    for name, period in (("latest", ""), ("stated", "2019")):
        revenue = collected.report.figure(REVENUE, time_period=period)
        collected.report.say(zh=f"{{{name}}}", en=f"{{{name}}}", **{name: revenue})
    record = collected.evidence()
    add_source(folder, LATER, "2027-01-05")
    cells = {
        "time_period": "2023",
        "obs_value": "900",
        "as_printed": "超过900亿元",
        "source_id": LATER,
    }
    add(folder, "observations", HELD, observation_id="apparel-revenue-2023", **cells)
    assert [("latest", "超过808亿元", "超过900亿元", ["new statement"])] == told(record, folder)


@pytest.mark.parametrize("version", [1, 2])
def test_a_deleted_row(folder, version):
    """A statement that is gone leaves nothing to print, and its name is told with every figure that hung on it."""
    record = printed()
    delete(folder, "observations", HELD)
    found = against(record if version == 2 else first_version(record), today(folder))
    assert [("figure", "revenue"), ("figure", "growth"), ("judgement", f"comparison({HELD}, {TARGET})")] == [
        (one.kind, one.name) for one in found
    ]
    assert {("", (HELD,), "")} == {(one.after, one.gone, one.fault) for one in found}


def test_a_deleted_row_that_nobody_asked_for(folder):
    """A statement that stood in a list is told too."""
    collected = Collected()
    (held, *_) = collected.report.history(REVENUE)
    collected.report.say(zh="{held}", en="{held}", held=held)
    record = collected.evidence()
    delete(folder, "observations", held.formula["observation"])
    (one,) = against(record, today(folder))
    assert ("held", "", (held.formula["observation"],)) == (one.name, one.after, one.gone)


@pytest.mark.parametrize("version", [1, 2])
def test_a_correction(folder, version):
    """A correction is told by its name."""
    record = printed()
    said = "服饰产业技工贸收入超过{}亿元".format
    for name, cells in {"value": ("808", "818"), "words": (said(808), said(818))}.items():
        column = {"value": "obs_value", "words": "as_printed"}[name]
        line = [f"revenue-{name}", HELD, column, *cells, "误排", "of a misprint", "zhuzhou-daily-2020-10", "2027-01-05"]
        with (folder / "corrections.csv").open("a", encoding="utf-8") as file:
            file.write(",".join(line) + "\n")
    one = against(record if version == 2 else first_version(record), today(folder))[0]
    assert Reason("correction", "revenue-value", HELD, "obs_value", "808", "818") in one.reasons
    assert ({"correction"}, "超过818亿元") == ({reason.kind for reason in one.reasons}, one.after)


def test_a_judgement_that_turns(folder):
    """A word that judges two figures is told where it would be another."""
    record = printed()
    change(folder, "observations", HELD, obs_value="1008", as_printed="服饰产业技工贸收入超过1008亿元")
    (judged,) = [one for one in against(record, today(folder)) if one.kind == "judgement"]
    assert (f"comparison({HELD}, {TARGET})", "") == (judged.name, judged.anchor)
    assert ("未必高于也未必低于", "高于") == (judged.before, judged.after)


@pytest.mark.parametrize("version", [1, 2])
def test_a_question_that_is_answered_now(folder, version):
    """What nobody knew when the report was printed, and the data knows now, is told with the statement."""
    collected = Collected()
    asked = collected.report.figure(REVENUE, time_period="2023")
    collected.report.say(zh="{asked}", en="{asked}", asked=asked)
    record = collected.evidence() if version == 2 else first_version(collected.evidence())
    add_source(folder, LATER, "2027-01-05")
    cells = {"time_period": "2023", "obs_value": "900", "as_printed": "技工贸收入超过900亿元", "source_id": LATER}
    add(folder, "observations", HELD, observation_id="apparel-revenue-2023", **cells)
    (one,) = against(record, today(folder))
    assert ("question", "芦淞区2023年服饰产业技工贸收入", "", "", "超过900亿元") == (
        one.kind,
        one.name,
        one.anchor,
        one.before,
        one.after,
    )
    assert ("apparel-revenue-2023",) == tuple(reason.statement for reason in one.reasons)


def test_an_event_that_is_known_now(folder):
    """An edition of an earlier day is told the dates of events that became known since."""
    collected = Collected(as_of="2010-01-01")
    name = next(row["event"] for row in records(DATA, "events") if row["kind"] == "event" and row["date"])
    date = collected.report.event(name)
    collected.report.say(zh="{date}", en="{date}", date=date)
    found = against(collected.evidence(), today(folder))
    assert [("question", "", (name,))] == [
        (one.kind, one.before, tuple(reason.statement for reason in one.reasons)) for one in found
    ]


def test_an_edition_of_an_earlier_day(folder):
    """Held against the data as known by its own day an edition is as it was; against all of it, it is told the rest."""
    record = printed(as_of="2020-10-31")
    add_source(folder, LATER, "2027-01-05")
    cells = {"obs_value": "900", "as_printed": "技工贸收入超过900亿元", "source_id": LATER}
    add(folder, "observations", HELD, observation_id="apparel-revenue-2019-again", **cells)
    assert [] == against(record, known(open_package(folder), "2020-10-31"))
    assert "revenue" in [name for name, *_ in told(record, folder)]


def test_what_cannot_be_computed_any_longer(folder):
    """Where today's answers no longer go into the formula, what it says of them is told."""
    record = printed(time_period="")
    add_source(folder, LATER, "2027-01-05")
    cells = {"time_period": "2023-S1", "source_id": LATER}
    add(folder, "observations", HELD, observation_id="apparel-revenue-2023h1", **cells)
    (one,) = [one for one in against(record, today(folder)) if one.name == "growth"]
    assert ("低于3.7%", "", "'2023-S1' is no whole year, and only years can be counted") == (
        one.before,
        one.after,
        one.fault,
    )


def test_other_words_for_the_same_statements(folder):
    """Where no statement changed, the words did."""
    collected = Collected(language="en")
    row = next(row for row in records(folder, "observations") if row["unit"] == "家" and row["bound"] == "=")
    firms = collected.report.figure(
        row["indicator"],
        time_period=row["time_period"],
        ref_area=row["ref_area"],
        counterpart=row["counterpart"],
    )
    collected.report.say(zh="{firms}", en="{firms}", firms=firms)
    record = collected.evidence()
    change(folder, "indicators", row["indicator"], noun_en="undertaking|undertakings")
    (one,) = against(record, today(folder))
    assert (Reason("text only"),) == one.reasons
    assert one.after.endswith("undertakings")


def test_a_published_report(folder):
    """A report read back from its PDF is held against data as it stands."""
    (file, *_) = sorted(DATA.parent.glob("reports/*/en/01_apparel.pdf"))
    record = json.loads(read(file.read_bytes()).attachments["evidence.json"])
    change(folder, "observations", HELD, obs_value="809", as_printed="服饰产业技工贸收入超过809亿元")
    names = [name for name, *_ in told(record, folder)]
    assert {"revenue", "growth"} <= set(names)
