"""What two editions print differently, and why: from real records of changed data folders."""

import copy

import pytest

import folders
from lusong_analysis.measures.growth import required_growth, years_until
from lusong_analysis.report.difference import differences
from lusong_analysis.report.reasons import Reason
from reports import Collected

REVENUE = "apparel-revenue-2019"
NEW = "apparel-revenue-2020"


def record(monkeypatch, folder=folders.DATA, **parameters):
    """The evidence of a small report on a data folder: a statement, a target, a growth and the date of an event."""
    monkeypatch.setenv("LUSONG_DATA", str(folder))
    collected = Collected(**parameters)
    report = collected.report
    revenue = report.figure("technology_industry_trade_revenue")
    target = report.figure("technology_industry_trade_revenue_target")
    growth = required_growth(revenue, target, years_until(revenue.period, report.parameter("horizon")))
    report.say(
        zh="{revenue}{target}{growth}", en="{revenue}{target}{growth}", revenue=revenue, target=target, growth=growth
    )
    report.say(zh="{expo}", en="{expo}", expo=report.event("apparel-expo-2020"))
    scale = report.figure("apparel_industry_scale", time_period="2024")
    report.say(zh="{scale}", en="{scale}", scale=scale)
    return collected.evidence()


def published(folder, source_id, date, grade="B"):
    """Add a source."""
    folders.add(folder, "sources", "zhuzhou-daily-2020-10", source_id=source_id, date_published=date, grade=grade)


def stated(folder, source_id, value, **cells):
    """Add a statement on the revenue."""
    words = f"服饰产业技工贸收入超过{value}亿元"
    folders.add(folder, "observations", REVENUE, obs_value=value, as_printed=words, source_id=source_id, **cells)


def told(before, after):
    """The differences in short: name, kind, and the reasons."""
    return {found.figure: (found.kind, list(found.reasons)) for found in differences(before, after)}


@pytest.fixture
def first(monkeypatch):
    """The record of the data as it stands."""
    return record(monkeypatch)


@pytest.fixture
def folder(tmp_path):
    """A data folder to be changed."""
    return folders.copy(tmp_path)


def test_one_record_does_not_differ_from_itself(first):
    """Nothing differs between a report and itself, in whatever order its keys stand."""
    assert [] == differences(first, dict(sorted(first.items(), reverse=True)))


def test_new_statement(monkeypatch, first, folder):
    """A statement published after the first edition takes the place of the old one, in what is computed from it too."""
    published(folder, "zhuzhou-daily-2026-12", "2026-12")
    stated(folder, "zhuzhou-daily-2026-12", "900", observation_id=NEW, time_period="2020")
    new = Reason("new statement", statement=NEW, before=REVENUE, after=NEW)
    found = differences(first, record(monkeypatch, folder, edition="2027-02"))
    assert [("revenue", "changed", (new,)), ("growth", "changed", (new,))] == [
        (difference.figure, difference.kind, difference.reasons) for difference in found
    ]
    assert ("超过808亿元", "超过900亿元") == (found[0].before["text"], found[0].after["text"])


def test_other_statement_prevails(monkeypatch, first, folder):
    """A better graded statement that could have been known in time is not called new."""
    published(folder, "zhuzhou-yearbook-2021", "2021-01", grade="A")
    stated(folder, "zhuzhou-yearbook-2021", "810", observation_id="apparel-revenue-2019-yearbook")
    after = record(monkeypatch, folder)
    names = {"statement": "apparel-revenue-2019-yearbook", "before": REVENUE, "after": "apparel-revenue-2019-yearbook"}
    assert ("changed", [Reason("other statement prevails", **names)]) == told(first, after)["revenue"]


def test_a_source_without_a_date_is_not_new(monkeypatch, first, folder):
    """Without a date nobody knows that a source is new, unless the first edition was as of a day."""
    published(folder, "zhuzhou-handbook", "", grade="A")
    stated(folder, "zhuzhou-handbook", "810", observation_id="apparel-revenue-2019-handbook")
    after = record(monkeypatch, folder)
    as_of = record(monkeypatch, folder, as_of="2020-12-31")
    kinds = [[reason.kind for reason in told(before, after)["revenue"][1]] for before in (first, as_of)]
    assert [["other statement prevails"], ["parameter changed", "new statement"]] == kinds


def test_another_question(monkeypatch, first):
    """A name that stands for a statement on something else is a changed formula, not a prevailing statement."""
    after = copy.deepcopy(first)
    target, entry = after["figures"][1]["formula"], after["figures"][0]
    entry["formula"] = target
    reason = Reason("formula changed", before=REVENUE, after="apparel-ls-tit-target-2018")
    assert {"revenue": ("changed", [reason])} == told(first, after)


def test_correction(monkeypatch, first, folder):
    """A statement that a correction changed says so, cell by cell, wherever it is used."""
    cells = {"observation_id": REVENUE, "date": "2026-11-30"}
    changes = {"obs_value": ("808", "818"), "as_printed": ("服饰产业技工贸收入超过808亿元", "技工贸收入超过818亿元")}
    for column, (was, now) in changes.items():
        name = f"revenue-{column.replace('_', '-')}"
        made = {"correction_id": name, "column": column, "value_before": was, "value_after": now}
        folders.add(folder, "corrections", "newmat-firms-named-exact", **made, **cells)
    reasons = [Reason("correction", f"revenue-{c.replace('_', '-')}", REVENUE, c, *changes[c]) for c in changes]
    after = record(monkeypatch, folder, edition="2027-02")
    assert {"revenue": ("changed", reasons), "growth": ("changed", reasons)} == told(first, after)
    back = told(after, record(monkeypatch, folder, edition="2027-02", as_of="2026-11-29"))
    as_of = Reason("parameter changed", name="as_of", before="", after="2026-11-29")
    assert ("changed", [as_of]) == back["revenue"]


def test_a_longer_quotation_is_no_other_statement(monkeypatch, first, folder):
    """The same words quoted at greater length say nothing else."""
    folders.change(folder, "observations", REVENUE, as_printed="2019年完成服饰产业技工贸收入超过808亿元")
    assert {} == told(first, record(monkeypatch, folder))


def test_statement_edited(monkeypatch, first, folder):
    """A row that was edited in place is found out: no correction says why."""
    words = "服饰产业技工贸收入超过818亿元"
    folders.change(folder, "observations", REVENUE, obs_value="818", as_printed=words)
    folders.change(folder, "events", "apparel-expo-2020", date="2020-10-15/P5D")
    found = told(first, record(monkeypatch, folder))
    value = Reason("statement edited", statement=REVENUE, column="obs_value", before="808", after="818")
    printed = {"before": "服饰产业技工贸收入超过808亿元", "after": words}
    assert ("changed", [value, Reason("statement edited", "", REVENUE, "as_printed", **printed)]) == found["revenue"]
    dates = {"before": "2020-10-15/P4D", "after": "2020-10-15/P5D"}
    edited = Reason("statement edited", statement="apparel-expo-2020", column="date", **dates)
    assert ("changed", [edited]) == found["expo"]


def test_a_correction_that_only_the_earlier_record_has(first):
    """Where the later record lacks a correction, as in editions in reverse order, it is the reason, told backwards."""
    change = {"observation_id": REVENUE, "column": "bound", "value_before": ">", "value_after": ">="}
    before = copy.deepcopy(first)
    before["rows"]["corrections"] = [{"correction_id": "revenue-bound", **change, "date": "2026-11-30"}]
    before["rows"]["observations"][0]["bound"] = ">="
    reason = Reason("correction", "revenue-bound", REVENUE, "bound", before=">=", after=">")
    assert {"revenue": ("changed", [reason]), "growth": ("changed", [reason])} == told(before, first)
    before["rows"]["corrections"][0]["value_before"] = "="
    edited = Reason("statement edited", statement=REVENUE, column="bound", before=">=", after=">")
    assert ("changed", [edited]) == told(before, first)["revenue"]


def test_horizon(monkeypatch, first):
    """A parameter in the formula says its two values; figures without it are as before."""
    reason = Reason("parameter changed", name="horizon", before="2025", after="2030")
    assert {"growth": ("changed", [reason])} == told(first, record(monkeypatch, horizon=2030))


def test_as_of(monkeypatch, folder):
    """A day moved forward makes statements new, and says that it did; moved back it alone is the reason."""
    published(folder, "zhuzhou-yearbook-2021", "2021-01", grade="A")
    stated(folder, "zhuzhou-yearbook-2021", "810", observation_id="apparel-revenue-2019-yearbook")
    early, late = (record(monkeypatch, folder, as_of=day) for day in ("2020-12-31", "2021-01-31"))
    forward, back = told(early, late)["revenue"], told(late, early)["revenue"]
    assert ["parameter changed", "new statement"] == [reason.kind for reason in forward[1]]
    assert [Reason("parameter changed", name="as_of", before="2021-01-31", after="2020-12-31")] == back[1]


def test_what_was_absent(monkeypatch, first):
    """A figure that nothing was known of is added as a new statement; back again, the day is why it is gone."""
    early = record(monkeypatch, as_of="2020-10-31")
    change = Reason("parameter changed", name="as_of", before="2020-10-31", after="")
    new = Reason("new statement", statement="apparel-ls-scale-2024", after="apparel-ls-scale-2024")
    assert ("added", [change, new]) == told(early, first)["scale"]
    assert ("gone", [Reason("parameter changed", name="as_of", after="2020-10-31")]) == told(first, early)["scale"]


def test_an_answer_to_an_open_question_is_new(monkeypatch, first, folder):
    """A statement that an edition asked for and did not hold is new, however old its source; an event likewise."""
    before = copy.deepcopy(first)
    for missing in ("scale", "expo"):
        before["figures"] = [entry for entry in before["figures"] if entry["figure"] != missing]
    question = {"indicator": "apparel_industry_scale", "ref_area": "430203", "time_period": "2024", "counterpart": ""}
    date = {"indicator": "", "ref_area": "430203", "time_period": "", "counterpart": "apparel-expo-2020"}
    before["blocks"].append({"kind": "missing", "absent": [{"missing": date}]})
    before["questions"] = [{**question, "observation": ""}]
    before["rows"]["observations"] = before["rows"]["observations"][:2]
    names = {"scale": "apparel-ls-scale-2024", "expo": "apparel-expo-2020"}
    new = {name: ("added", [Reason("new statement", statement=id_, after=id_)]) for name, id_ in names.items()}
    assert new == told(before, first)


def test_newly_printed_and_no_longer_printed(first):
    """Where nothing but the notebook changed, a figure is newly printed or no longer printed; gone ones stand last."""
    fewer = copy.deepcopy(first)
    fewer["figures"] = fewer["figures"][1:]
    assert {"revenue": ("added", [Reason("newly printed")])} == told(fewer, first)
    assert {"revenue": ("gone", [Reason("no longer printed")])} == told(first, fewer)


def test_ref_area(monkeypatch, first):
    """Where the report is about another area, that is the reason, and no statement is called new."""
    after = copy.deepcopy(first)
    after["parameters"]["ref_area"] = "430200"
    for row in after["rows"]["observations"]:
        row["ref_area"] = "430200"
        row["observation_id"] += "-city"
    for entry in after["figures"][:2]:
        entry["formula"] = {"observation": entry["formula"]["observation"] + "-city"}
    after["figures"] = after["figures"][:2]
    reason = Reason("parameter changed", name="ref_area", before="430203", after="430200")
    found = told(first, after)
    assert [("changed", [reason])] * 2 == [found["revenue"], found["target"]]


def test_formula_changed(first):
    """Another function, another expression, another period or another result is a changed formula, both written out."""
    written = (
        "required_growth(apparel-revenue-2019, apparel-ls-tit-target-2018, years_until(2019, 2025))"
        " = (target / revenue) ** (1 / years) - 1"
    )
    growth = {entry["figure"]: entry for entry in first["figures"]}["growth"]
    shorter = {**growth["formula"], "arguments": growth["formula"]["arguments"][:2]}
    period = copy.deepcopy(growth["formula"])
    period["arguments"][2]["arguments"][0]["period"] = "2018"
    changes = {
        written.replace(", years_until(2019, 2025)", ""): {"formula": shorter},
        written.replace("- 1", "* 1"): {"expression": "(target / revenue) ** (1 / years) * 1"},
        written.replace("2019, 2025", "2018, 2025"): {"formula": period},
        written: {"value": "3", "text": "3%"},
    }
    for words, change in changes.items():
        after = {**first, "figures": [entry | change if entry is growth else entry for entry in first["figures"]]}
        reason = Reason("formula changed", before=written, after=words)
        assert {"growth": ("changed", [reason])} == told(first, after)


def test_a_rewritten_formula_names_its_new_statements(monkeypatch, first, folder):
    """A formula that gained a statement tells both: that it changed, and that the statement is new."""
    published(folder, "zhuzhou-daily-2026-12", "2026-12")
    stated(folder, "zhuzhou-daily-2026-12", "900", observation_id=NEW, time_period="2020")
    after = record(monkeypatch, folder)
    after["figures"][0]["formula"] = {
        "function": "structure.total",
        "arguments": [{"name": "parts", "observation": NEW}, {"name": "parts", "observation": REVENUE}],
    }
    (first_reason, second) = told(first, after)["revenue"][1]
    assert ("formula changed", REVENUE) == (first_reason.kind, first_reason.before)
    assert Reason("new statement", statement=NEW, after=NEW) == second


def test_a_table_of_changes_adds_no_figure(first):
    """What only a report's own table of changes prints does not count; what stands elsewhere too does."""
    after = copy.deepcopy(first)
    after["figures"].append(after["figures"][0] | {"figure": "told", "anchor": "E99"})
    names = [{"name": "now", "figure": anchor} for anchor in ("E99", after["figures"][0]["anchor"])]
    after["blocks"].append({"kind": "table", "changes": True, "parts": [{"rows": [names]}]})
    assert ([], []) == (differences(first, after), differences(after, first))
    after["figures"][0]["text"] = "逾808亿元"
    assert {"revenue": ("changed", [Reason("text only")])} == told(first, after)
    del after["blocks"][-1]["changes"]
    assert {"revenue", "told"} == set(told(first, after))


def test_text_only(first):
    """The same figure in other words is text only, and a reworded sentence is nothing."""
    after = copy.deepcopy(first)
    after["figures"][0]["text"] = "逾808亿元"
    after["blocks"] = []
    assert {"revenue": ("changed", [Reason("text only")])} == told(first, after)


def test_two_figures_of_one_name(first):
    """Two figures of one name are told apart by their formulas, and the rest by what is left."""
    before, after = copy.deepcopy(first), copy.deepcopy(first)
    for edited in (before, after):
        edited["figures"][1]["figure"] = "revenue"
    after["figures"].reverse()
    assert [] == differences(before, after)
    after["figures"][-1]["formula"] = {"observation": "apparel-ls-scale-2024"}
    assert ["revenue"] == [found.figure for found in differences(before, after)]


def test_a_figure_without_a_name_is_known_by_its_question(monkeypatch, folder):
    """A figure called by its statement is matched with the one that answers the same question now."""
    published(folder, "zhuzhou-yearbook-2021", "2021-01", grade="A")
    stated(folder, "zhuzhou-yearbook-2021", "810", observation_id="apparel-revenue-2019-yearbook")
    before, after = record(monkeypatch), record(monkeypatch, folder)
    for edited in (before, after):
        edited["figures"] = edited["figures"][:1]
        edited["figures"][0]["figure"] = edited["figures"][0]["formula"]["observation"]
    (found,) = differences(before, after)
    assert ("apparel-revenue-2019-yearbook", "changed") == (found.figure, found.kind)
    assert ["other statement prevails"] == [reason.kind for reason in found.reasons]


def test_a_record_of_version_1(first):
    """A published record of version 1, without corrections and questions, is compared like any other."""
    old = copy.deepcopy(first)
    old["version"] = 1
    del old["questions"], old["rows"]["corrections"], old["rows"]["units"]
    assert ([], []) == (differences(old, first), differences(first, old))
