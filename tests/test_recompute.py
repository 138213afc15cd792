"""Evidence read back gives the same figures, texts and rows."""

import pytest

from figures import growth
from lusong_analysis.facts.package import find_folder, open_package
from lusong_analysis.measures.growth import required_growth, years_until
from lusong_analysis.quantity import QuantityError
from lusong_analysis.quantity.quantity import Subject, missing
from lusong_analysis.report import recompute
from lusong_analysis.report.evidence import Evidence
from lusong_analysis.report.text import Text, Words
from reports import Collected


@pytest.fixture(scope="module")
def package():
    """The checkout's own data."""
    return open_package(find_folder())


def summary():
    """The growth that a report computes."""
    report = Collected().report
    revenue = report.figure("technology_industry_trade_revenue", time_period="2019")
    target = report.figure("technology_industry_trade_revenue_target", time_period="2018")
    return required_growth(revenue, target, years_until(revenue.period, report.parameter("horizon")))


def test_a_formula_gives_its_figure_again(package):
    """Value, interval, unit, subject and formula are the same after the way through the evidence."""
    assert summary() == recompute.quantity_of(summary().formula, package)


def test_absence_is_computed_again(package):
    """What was missing is missing again, for the same reason."""
    nothing = missing(Subject("apparel_industry_scale", "430203", "1999"))
    assert nothing == recompute.quantity_of(nothing.formula, package)


def test_the_rows_of_the_record_are_enough():
    """A report's own rows compute every figure of it, without the data package."""
    collected = Collected(language="en")
    growth_ = summary()
    collected.report.say(zh="{growth}", en="{growth}", growth=growth_)
    record = collected.evidence()
    assert growth_ == recompute.quantity_of(record["figures"][0]["formula"], recompute.package_of(record))


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ({"observation": "nobody-said-so"}, "'nobody-said-so' is not among the rows"),
        ({"function": "growth.explode", "arguments": []}, "no measure is called 'growth.explode'"),
        ({"function": "os.system", "arguments": []}, "no measure is called 'os.system'"),
        ({"period": "2019"}, "is a period, no figure"),
        ({"number": 5}, "is no formula"),
    ],
)
def test_what_is_no_formula_is_refused(formula, message, package):
    """A formula that evidence cannot hold is named."""
    with pytest.raises(QuantityError, match=message):
        recompute.quantity_of(formula, package)


def test_arguments_keep_their_names(package):
    """Arguments under other names are refused: revenue and target cannot be exchanged unseen."""
    formula = summary().formula
    renamed = [{**argument, "name": name} for argument, name in zip(formula["arguments"], "abc", strict=True)]
    with pytest.raises(QuantityError, match="has no arguments"):
        recompute.quantity_of({**formula, "arguments": renamed}, package)


def test_the_same_figure_has_one_identity():
    """Two ways to the same computation are one figure."""
    assert growth().formula == growth().formula
    with pytest.raises(QuantityError, match="no judgement is called 'opinion'"):
        recompute.judgement_of({"judgement": "opinion", "arguments": []}, open_package(find_folder()))


def test_words_in_a_table_are_read_back(package):
    """A name of the data that stands in a cell is recorded in both languages."""
    words = Words("服饰产业链", "apparel chain")
    block = Evidence().text(Text("{x}", "{x}", {"x": words}))
    assert words == recompute.text_of(block, {}, package).values["x"]
