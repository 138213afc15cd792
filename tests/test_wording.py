"""Every row of the tables of words and digits, and what must hold for all figures."""

import math
import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures import CASES, derived, observation
from lusong_analysis.quantity import Interval, Quantity, QuantityError
from lusong_analysis.quantity.rounding import place, places, printed, rounded
from lusong_analysis.quantity.units import factor, units
from lusong_analysis.quantity.wording import SCALES, column_unit, reading, text


@pytest.mark.parametrize(("name", "zh", "en"), [(name, *words) for name, (_, *words) in CASES.items()], ids=list(CASES))
def test_figures_read_as_the_table_says(name, zh, en):
    """Each row of the table of figures prints its Chinese and English words."""
    quantity = CASES[name][0]()
    assert (zh, en) == (text(quantity, "zh"), text(quantity, "en").replace("\u00a0", " "))


@pytest.mark.parametrize(
    ("bound", "spec", "zh", "en"),
    [
        (">", "", "超过10%", "over 10%"),
        (">=", "", "不低于10%", "at least 10%"),
        ("<", "", "低于10%", "under 10%"),
        ("<=", "", "不超过10%", "at most 10%"),
        ("~", "", "约10%", "about 10%"),
        ("between", "", "10%～30%", "10 to 30%"),
        (">", "suffix", "超过10%", "over 10%"),
        (">=", "suffix", "10%以上", "at least 10%"),
        ("<", "suffix", "低于10%", "under 10%"),
        ("<=", "suffix", "10%以下", "at most 10%"),
        ("~", "suffix", "10%左右", "about 10%"),
        (">", "sign", ">10%", ">10%"),
        (">=", "sign", "≥10%", "≥10%"),
        ("<", "sign", "<10%", "<10%"),
        ("<=", "sign", "≤10%", "≤10%"),
        ("~", "sign", "≈10%", "≈10%"),
        ("between", "sign", "10%–30%", "10–30%"),
        (">", "cell", "超过10", "over 10"),
        ("between", "cell", "10～30", "10 to 30"),
    ],
)
def test_bound_words(bound, spec, zh, en):
    """Each bound has its word before, behind, as a sign and in a cell, and 超过 has no form behind the number."""
    quantity = observation("x", "10", bound, "%", upper="30" if bound == "between" else "")
    assert (zh, en) == (text(quantity, "zh", spec), text(quantity, "en", spec))


def test_whatever_rests_on_about_says_about():
    """A figure computed from 约 says 约, also in a range and beside a bound."""
    loose = derived(None, Interval(Fraction("0.93"), Fraction("2.87")), "%", about=True)
    floor = derived(None, Interval(Fraction(480), math.inf, True, False), "亿元", about=True)
    assert ("约0.93%～2.87%", "about 0.93 to 2.87%") == (text(loose, "zh"), text(loose, "en"))
    assert ("不低于约480亿元", "at least about 48.0 billion yuan") == (
        text(floor, "zh"),
        text(floor, "en").replace("\u00a0", " "),
    )


def test_a_column_has_one_scale():
    """Cells of one column share the unit of its head, whatever their size."""
    small, large = observation("a", "5", "=", "亿元"), observation("b", "1015.3", "=", "亿元")
    assert ["0.5", "101.53"] == [text(quantity, "en", "cell") for quantity in (small, large)]
    assert ["5", "1015.3"] == [text(quantity, "zh", "cell") for quantity in (small, large)]
    assert ("亿元", "billion yuan") == (column_unit("亿元", "zh"), column_unit("亿元", "en"))


def test_a_whole_number_coarsens_and_never_refines():
    """A number of digits rounds a figure further and leaves one alone that has fewer."""
    assert "620个" == text(observation("a", "623", "=", "个"), "zh", "2")
    assert "623个" == text(observation("a", "623", "=", "个"), "zh", "5")
    assert "超过800亿元" == text(observation("a", "808", ">", "亿元"), "zh", "1")


def test_an_absent_figure_and_an_unknown_spec_are_refused():
    """No words stand for a figure that is not there, and a spec that does not exist is named."""
    with pytest.raises(QuantityError, match="unknown spec 'bare'"):
        text(observation("a", "1", "=", "个"), "zh", "bare")


def test_negative_numbers_have_a_minus_sign():
    """A fall is printed with a minus that a screen reader reads."""
    assert "\u22127.7%" == text(observation("a", "-7.7", "=", "%"), "zh")


UNITS = ["亿元", "万元/家", "个/家", "%", "%/年", "万人", "百分点"]


@st.composite
def quantities(draw):
    """Derived figures with a value, a range or a bound, of any size."""
    number = st.fractions(min_value=Fraction(1, 1000), max_value=10**6, max_denominator=10**4)
    ends = sorted([draw(number), draw(number)])
    kind = draw(st.sampled_from(["value", "range", "floor", "ceiling"]))
    low, high = {"floor": (ends[0], math.inf), "ceiling": (-math.inf, ends[1])}.get(kind, (ends[0], ends[1]))
    closed = draw(st.tuples(st.booleans(), st.booleans()))
    interval = Interval(low, high, closed[0] and kind != "ceiling", closed[1] and kind != "floor")
    value = ends[0] + (ends[1] - ends[0]) * draw(st.fractions(0, 1, max_denominator=50)) if kind == "value" else None
    if value is not None:
        interval = Interval(low, high)
    digits, finest = draw(
        st.sampled_from([(3, None), (3, Fraction(1, 10)), (None, Fraction(1, 10)), (None, Fraction(1))])
    )
    return Quantity(
        value=value,
        interval=interval,
        unit=draw(st.sampled_from(UNITS)),
        formula={},
        digits=digits,
        finest=finest,
    )


def parsed(words, language, unit):
    """The numbers of a printed figure, in base units of ``unit``."""
    base = factor(unit)
    money = "元" in unit or "人" in unit
    scales = {scale.strip("\u00a0"): 10**power for power, scale in SCALES[language] if scale}
    scale = next(
        (by for name, by in scales.items() if name in words.replace("万亿", "@") or name == "万亿" in words), 1
    )
    numbers = [
        Fraction(match.replace(",", "").replace("\u2212", "-"))
        for match in re.findall(r"\u2212?[\d,]+(?:\.\d+)?", words)
    ]
    return [number * (scale / factor("/".join(["元", *unit.split("/")[1:]])) if money else base) for number in numbers]


@settings(max_examples=400, deadline=None)
@given(quantities())
def test_what_is_printed_is_true(quantity):
    """Every number that the interval allows agrees with what is printed: within one step, or inside the bound."""
    what = printed(quantity)
    low, high = quantity.interval.low, quantity.interval.high
    if what.sign == "=":
        number = what.numbers[0]
        step = what.step or Fraction(0)
        assert low >= number - step
        assert high <= number + step
        assert not quantity.interval.width or place(number) - place(step) >= 1
    else:
        printed_low = what.numbers[0] if what.sign in (">", ">=", "range") else -math.inf
        printed_high = what.numbers[-1] if what.sign in ("<", "<=", "range") else math.inf
        assert printed_low <= low
        assert high <= printed_high
        assert what.sign != ">" or low not in quantity.interval or printed_low < low
        assert what.sign != "<" or high not in quantity.interval or high < printed_high


@settings(max_examples=400, deadline=None)
@given(quantities())
def test_both_languages_say_the_same(quantity):
    """The numbers of the Chinese and the English words are the same after conversion of their scales."""
    chinese, english = (parsed(text(quantity, language), language, quantity.unit) for language in ("zh", "en"))
    assert chinese == english


def test_a_reading_shows_the_interval_in_the_language_s_own_unit():
    """What a figure is taken to be is printed unrounded, in yi or billion, in mu or hectares, open ends as brackets."""
    cases = [
        (observation("a", "808", ">", "亿元"), "(808, ∞)亿元", "(80.8, ∞) billion yuan"),
        (observation("b", "140", "=", "亩", precision="1"), "[139.5, 140.5]亩", "[9.3, 9.36667] hectares"),
        (observation("c", "105", "=", "家"), "105家", "105 firms"),
        (CASES["finance a firm"][0](), "[0.148095, 0.149048]亿元/家", "[0.0148095, 0.0149048] billion yuan per firm"),
    ]
    for quantity, zh, en in cases:
        assert (zh, en) == (reading(quantity, "zh"), reading(quantity, "en"))


def test_every_unit_has_words_in_both_languages():
    """A figure in any unit of the table can be printed, alone and as a denominator where that has words."""
    for name, unit in units().items():
        quantity = observation("a", "25", "=", name)
        assert text(quantity, "zh")
        assert text(quantity, "en")
        assert bool(unit.per_zh) == bool(unit.per_en)


FRACTIONS = st.fractions() | st.builds(Fraction, st.integers(), st.integers(0, 12).map(lambda power: 10**power))


@given(FRACTIONS, st.fractions(min_value="1/1000000") | st.integers(-9, 9).map(lambda power: Fraction(10) ** power))
def test_a_number_is_rounded_as_fractions_are(number, step):
    """Down, up, and to the nearest multiple of the step, halves to the even one."""
    ways = {"down": math.floor, "up": math.ceil, "nearest": round}
    assert [whole(number / step) * step for whole in ways.values()] == [rounded(number, step, way) for way in ways]


@given(FRACTIONS)
def test_decimals_print_a_number_exactly(number):
    """As many as it takes, nine at most."""
    exact = [count for count in range(10) if (number * 10**count).denominator == 1]
    assert (exact or [9])[0] == places(number)
