"""The codebook says what the data package holds. Run as a script, this file writes it."""

from folders import DATA
from lusong_analysis.facts.codebook import codebook
from lusong_analysis.facts.package import open_package
from lusong_analysis.facts.rows import MODELS

PACKAGE = open_package(DATA)
PATH = DATA.parent / "docs" / "codebook.md"


def section(heading):
    """The text under a heading of the codebook, up to the next one."""
    _, _, rest = codebook(PACKAGE).partition(f"\n### {heading}\n")
    return rest.partition("\n#")[0]


def rows(text):
    """The cells of the table rows of a section, without its head."""
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if "|" in line][2:]


def test_the_codebook_is_current():
    """docs/codebook.md is what this file writes: python tests/test_codebook.py."""
    assert codebook(PACKAGE) == PATH.read_text(encoding="utf-8")


def test_an_indicator_has_its_names_definitions_units_and_holdings():
    """Both names, both definitions, the units, and a row for each area and counterpart with periods and grades."""
    text = section("technology_industry_trade_revenue")
    indicator = PACKAGE.indicators["technology_industry_trade_revenue"]
    assert [indicator.name_zh, indicator.name_en] == text.splitlines()[1].replace("**", "").split(" · ")
    assert indicator.definition_zh in text
    assert indicator.definition_en in text
    assert "type: flow; dimension: money; unit: 亿元" in text
    assert ["430203 芦淞区 Lusong District", "", "2019", "1", "B 1"] in rows(text)
    assert ["430203 芦淞区 Lusong District", "`lusong_apparel_city` 芦淞服饰城", "—", "1", "B 1"] in rows(text)


def test_a_target_names_what_it_is_set_for():
    """A reader of the codebook finds the measured indicator from its target."""
    assert "target of: `technology_industry_trade_revenue`" in section("technology_industry_trade_revenue_target")


def test_every_statement_is_counted():
    """The numbers of statements in the rows of all indicators make the number of the package."""
    counted = sum(int(row[3]) for name in PACKAGE.indicators for row in rows(section(name)))
    assert len(PACKAGE.observations) == counted


def test_every_column_is_described():
    """Each table of the package has a section with its columns in the order of the file."""
    for model in MODELS:
        assert list(model.columns()) == [row[0].strip("`") for row in rows(section(f"{model.table}.csv"))]


def test_a_column_says_what_it_may_hold():
    """Lists, patterns, references, keys and empty cells are said as the checks say them."""
    said = {row[0]: row[2] for row in rows(section("observations.csv"))}
    assert "The key of the table." in said["`observation_id`"]
    assert "One of: =, >, >=, <, <=, ~, between." == said["`bound`"]
    assert "A key of areas." == said["`ref_area`"]
    assert said["`time_period`"].endswith("May be empty.")
    assert "May be empty." == said["`comment`"]


if __name__ == "__main__":
    PATH.write_text(codebook(PACKAGE), encoding="utf-8")
