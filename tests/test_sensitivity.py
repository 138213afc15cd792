"""What a figure hangs on: the smallest move of a statement that changes the printed text."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lusong_analysis.facts.package import find_folder, known, open_package
from lusong_analysis.measures.growth import required_growth, years_until
from lusong_analysis.measures.structure import share, share_of, total
from lusong_analysis.quantity import QuantityError, wording
from lusong_analysis.quantity.period import Period
from lusong_analysis.quantity.quantity import statements_below
from lusong_analysis.report.editions import records
from lusong_analysis.report.recompute import package_of, quantity_of
from lusong_analysis.report.sensitivity import Sensitivity, change, most_sensitive, moved, sensitivity, words

REVENUE, TARGET = "apparel-revenue-2019", "apparel-ls-tit-target-2018"
STARTS, COMPLETIONS = "projects-actual-starts-2020h1", "projects-actual-completions-2020h1"
PARTS = tuple(f"apparel-zz-scale-{part}-2020" for part in ("industry", "trade", "services"))
SHARE_BOUNDS = "me-share-bounds"


@pytest.fixture(scope="module")
def package():
    """The checkout's own data, as reports see it."""
    return known(open_package(find_folder()))


@pytest.fixture(scope="module")
def figures():
    """Every derived figure that the newest published edition prints, with the rows below it."""
    edition = max((Path(__file__).parents[1] / "reports").glob("[0-9]*-[0-9][0-9]"))
    found = [(record, package_of(record)) for record in records(edition, "zh").values()]
    return [(entry, rows) for record, rows in found for entry in record["figures"] if "function" in entry["formula"]]


def statement(package, name):
    """A statement as a figure."""
    return quantity_of({"observation": name}, package)


def growth(package):
    """The formula of the growth from 808 or more to 1000 in six years."""
    revenue, until = statement(package, REVENUE), Period("2025", {"parameter": "horizon", "value": "2025"})
    return required_growth(revenue, statement(package, TARGET), years_until(revenue.period, until)).formula


def with_cells(package, name, **cells):
    """The package with other cells in one statement."""
    row = package.observations[name].model_copy(update=cells)
    return replace(package, observations={**package.observations, name: row})


def text(formula, package, language="zh"):
    """What a formula prints; empty where it cannot be computed."""
    try:
        return wording.text(quantity_of(formula, package), language)
    except QuantityError:
        return ""


def plain(runs):
    """The words of some runs."""
    return "".join(run.text for run in runs).replace(wording.NO_BREAK, " ")


@pytest.mark.parametrize(
    ("cells", "steps", "after"),
    [
        ({"obs_value": "808"}, 1, "809"),
        ({"obs_value": "15.6"}, 1, "15.7"),
        ({"obs_value": "9.99"}, 1, "10.00"),
        ({"obs_value": "-7.7"}, -1, "-7.8"),
        ({"obs_value": "0.05"}, -6, "-0.01"),
        ({"obs_value": "140", "precision": "10"}, 2, "160"),
        ({"obs_value": "1000", "precision": "0"}, -1, "999"),
        ({"obs_value": "200", "bound": "~"}, 1, "300"),
    ],
)
def test_a_number_moves_as_its_row_would_print_it(package, cells, steps, after):
    """A move counts last digits and keeps the decimals; the package given stays as it is."""
    before = with_cells(package, REVENUE, **cells)
    assert after == moved(before, REVENUE, steps).observations[REVENUE].obs_value
    assert cells["obs_value"] == before.observations[REVENUE].obs_value


def test_a_move_keeps_the_slack_of_about():
    """约29 and 约30 moved from it are both right to one, although a printed 30 would be right to ten."""
    package = with_cells(open_package(find_folder()), REVENUE, obs_value="29", bound="~")
    widths = [statement(moved(package, REVENUE, steps), REVENUE).interval.width for steps in (0, 1)]
    assert [Fraction(2), Fraction(2)] == widths


def test_the_ends_of_a_range_move_alone(package):
    """Each end of 0 to 1 moves without the other."""
    rows = (moved(package, SHARE_BOUNDS, *move).observations[SHARE_BOUNDS] for move in ((1,), (-1, "obs_value_upper")))
    assert [("1", "1"), ("0", "0")] == [(row.obs_value, row.obs_value_upper) for row in rows]


def test_one_more_of_808_changes_the_growth(package):
    """808 read as 809 turns 低于3.7% into 低于3.6%; so does a target of 999, which is the smaller change."""
    found = sensitivity(growth(package), package, "zh")
    expected = [
        Sensitivity(TARGET, "obs_value", "1000", "999", -1, "低于3.6%"),
        Sensitivity(REVENUE, "obs_value", "808", "809", 1, "低于3.6%"),
    ]
    assert ("低于3.7%", expected) == (text(growth(package), package), list(found))
    assert "低于3.6%" == text(growth(package), moved(package, REVENUE, 1))


def test_a_sum_of_rounded_parts_is_safe_to_the_digit(package):
    """One last digit of a part is within the rounding of the sum; two are not."""
    formula = total(*(statement(package, part) for part in PARTS)).formula
    found = sensitivity(formula, package, "zh")
    assert ({2}, True) == ({abs(each.steps) for each in found}, all(each.safe for each in found))
    assert {text(formula, package)} == {text(formula, moved(package, PARTS[0], step)) for step in (-1, 0, 1)}


def test_statements_that_cannot_change_the_text(package):
    """One of a million is left out, whatever it becomes between zero and its double; words say so if all are."""
    package = with_cells(with_cells(package, STARTS, obs_value="999999"), COMPLETIONS, obs_value="1")
    formula = share(statement(package, STARTS), statement(package, COMPLETIONS)).formula
    assert "100%" == text(formula, package)
    assert [STARTS] == [each.observation for each in sensitivity(formula, package, "zh")]
    assert "任一陈述单独改动均不变" == plain(words(None, formula, package, "zh", str))
    assert "no single statement changes it" == plain(words(None, formula, package, "en", str))


def test_only_derived_figures_hang_on_statements(package):
    """A plain statement and the date of an event have no sensitivity; years between two periods rest on nothing."""
    event = next(iter(package.events))
    for formula in ({"observation": REVENUE}, {"event": event}):
        assert ((), None) == (sensitivity(formula, package, "zh"), most_sensitive(formula, package, "zh"))
        assert [] == words(None, formula, package, "zh", str)
    years = years_until(Period("2019", {"period": "2019"}), Period("2025", {"period": "2025"})).formula
    assert ((), "–") == (sensitivity(years, package, "en"), plain(words(None, years, package, "en", str)))


@pytest.mark.parametrize(
    ("language", "expected"), [("zh", "E1为809亿元，得低于3.6%"), ("en", "E1 = 80.9 billion yuan gives …")]
)
def test_words_of_the_column(package, language, expected):
    """The statement is a link by its number, the move is in the scale of the language, then what would be printed."""
    found = sensitivity(growth(package), package, language)[1]
    runs = words(found, growth(package), package, language, {REVENUE: "E1"}.get)
    assert expected.replace("…", "under 3.6% a year") == plain(runs)
    assert ("E1", "E1") == (runs[0].text, runs[0].anchor)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh", "一位之内不变；revenue为812亿元时才变"),
        ("en", "safe to the digit; changes at revenue = 81.2 billion yuan"),
    ],
)
def test_words_of_what_is_safe(package, language, expected):
    """A figure that one digit does not change is safe; a statement without a number has its name in the formula."""
    found = Sensitivity(REVENUE, "obs_value", "808", "812", 4, "低于3.6%")
    assert expected == plain(words(found, growth(package), package, language, lambda _: ""))


@pytest.mark.parametrize(
    ("cells", "before", "after", "zh", "en"),
    [
        ({}, "9.99", "10.00", "9.99→10.00亿元", "999 million yuan → 1.000 billion yuan"),
        ({"unit": "位"}, "5", "6", "第5→6位", "No. 5 → 6"),
        ({"unit": "家"}, "1", "2", "1→2家", "1 firm → 2 firms"),
        ({"unit": "%"}, "0.1", "-0.1", "0.1→−0.1%", "0.1 → −0.1%"),
        ({"unit": "亩"}, "12345", "12346", "12345→12346亩", "12345 → 12346 mu"),
    ],
)
def test_words_of_a_move(package, cells, before, after, zh, en):
    """Scale and unit stand once where both numbers share them; what cannot be computed any more is said so."""
    package = with_cells(package, REVENUE, obs_value=before, bound="=", **cells)
    found = Sensitivity(REVENUE, "obs_value", before, after, 1, "")
    said = [
        plain(change(found, growth(open_package(find_folder())), package, language, str)) for language in ("zh", "en")
    ]
    assert [f"{REVENUE}：{zh}，则无法计算", f"{REVENUE}: {en} leaves nothing to compute"] == said


def test_a_figure_that_cannot_be_computed_has_changed(package):
    """None of one is none of two, but of none there is no share: that is a change, without a text."""
    package = with_cells(with_cells(package, STARTS, obs_value="1"), COMPLETIONS, obs_value="0")
    formula = share_of(statement(package, COMPLETIONS), statement(package, STARTS)).formula
    whole, part = sensitivity(formula, package, "zh")
    assert Sensitivity(STARTS, "obs_value", "1", "0", -1, "") == whole
    assert Sensitivity(COMPLETIONS, "obs_value", "0", "1", 1, "100%") == part


def one_digit(row):
    """Every move of a statement by one last digit."""
    columns = ("obs_value", "obs_value_upper") if row.bound == "between" else ("obs_value",)
    return [(step, column) for step in (1, -1) for column in columns]


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_the_step_changes_the_text_and_one_less_does_not(figures, data):
    """Whatever a statement says: its move changes the text, one digit less does not, and the first is the least."""
    entry, package = figures[data.draw(st.integers(0, len(figures) - 1))]
    formula = entry["formula"]
    for name in dict.fromkeys(statements_below(formula)):
        steps = data.draw(st.integers(-9, 9))
        if package.observations[name].bound != "between":
            package = moved(package, name, steps)
    printed = text(formula, package)
    assume(printed)
    moves = sensitivity(formula, package, "zh")
    for found in moves:
        steps, sign = found.steps, 1 if found.steps > 0 else -1
        then, less = (moved(package, found.observation, n, found.column) for n in (steps, steps - sign))
        row = then.observations[found.observation]
        assert (found.after, found.text) == (getattr(row, found.column), text(formula, then))
        assert (True, printed) == (found.text != printed, text(formula, less))
        assert row.bound != "between" or Fraction(row.obs_value) <= Fraction(row.obs_value_upper)
        if found.safe:
            near = (moved(package, found.observation, *move) for move in one_digit(row))
            assert {printed} == {text(formula, other) for other in near}
    assert sorted(abs(found.steps) for found in moves) == [abs(found.steps) for found in moves]
    assert (moves[0] if moves else None) == most_sensitive(formula, package, "zh")
