"""The codebook says what the data package holds. Run as a script, this file writes it."""

import re

from folders import DATA
from lusong_analysis.facts.codebook import codebook
from lusong_analysis.facts.coverage import CONSTANTS, NO_CHAIN, coverage
from lusong_analysis.facts.package import open_package
from lusong_analysis.facts.rows import MODELS

PACKAGE = open_package(DATA)
PATH = DATA.parent / "docs" / "codebook.md"
TEXT = codebook(PACKAGE)


def section(heading):
    """The text under a heading of the codebook, up to the next one."""
    _, _, rest = TEXT.partition(f"\n### {heading}\n")
    return rest.partition("\n#")[0]


def rows(text):
    """The cells of the table rows of a section, without its head."""
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if "|" in line][2:]


def test_the_codebook_is_current():
    """docs/codebook.md is what this file writes: python tests/test_codebook.py."""
    assert TEXT == PATH.read_text(encoding="utf-8")


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


def covered():
    """Indicator, area, period, grade and asterisk of every entry of the coverage tables, runs of years taken apart."""
    names = {f"{row.name_zh} {row.name_en}": key for key, row in PACKAGE.areas.items()}
    for _, (head, *lines) in coverage(PACKAGE):
        for first, *cells in lines:
            indicator = re.search(r"\(#(\w+)\)", first)[1]
            for area, cell in zip(head[1:], cells, strict=True):
                for entry in filter(None, cell.split(", ")):
                    period, mark = entry.split(" ")
                    first_year, _, last_year = period.partition("–")
                    years = range(int(first_year), int(last_year) + 1) if last_year else [period.replace("—", "")]
                    yield from ((indicator, names[area], str(year), mark[0], mark[1:] == "*") for year in years)


def test_the_coverage_is_what_is_held():
    """Every indicator, area and period that has a statement stands in the tables with the best grade, and no other."""
    held = {}
    for row in PACKAGE.observations.values():
        held.setdefault((row.indicator, row.ref_area, row.time_period), []).append(row)
    expected = []
    for key, group in held.items():
        whole = [row for row in group if not row.counterpart]
        grade = min(PACKAGE.sources[row.source_id].grade for row in whole or group)
        expected.append((*key, grade, not whole))
    assert sorted(expected) == sorted(covered())


def test_every_indicator_has_a_row_of_coverage():
    """An indicator stands once, one without a statement with empty cells, so that the gap is seen."""
    firsts = [line[0] for _, (_, *lines) in coverage(PACKAGE) for line in lines]
    assert sorted(PACKAGE.indicators) == sorted(re.search(r"\(#(\w+)\)", first)[1] for first in firsts)


def test_coverage_goes_by_chain():
    """What belongs to no chain comes first, then the chains in their order, then the constants."""
    assert [
        NO_CHAIN,
        "Apparel chain",
        "Aviation chain",
        "New materials chain",
        CONSTANTS,
    ] == [title for title, _ in coverage(PACKAGE)]


def cell(indicator, area):
    """What the coverage holds of an indicator in the column of an area."""
    for _, (head, *lines) in coverage(PACKAGE):
        for line in lines:
            if f"(#{indicator})" in line[0]:
                return dict(zip(head, line, strict=True))[area]
    raise AssertionError(indicator)


def test_years_that_follow_each_other_with_one_grade_are_one_run():
    """The country's gross domestic product is of the press up to 2020, of a copy for 2021, of the bureau for 2022."""
    assert cell("gross_domestic_product", "中国 China").startswith("2017–2020 B, 2021 C, 2022 A, ")


def test_parts_of_years_do_not_break_a_run():
    """Years come first; half-years, quarters and months after them; what has no time last."""
    assert "2020–2024 C*, 2025-01-01/P9M C*" == cell("operating_revenue_growth", "芦淞区 Lusong District")
    assert cell("operating_revenue", "芦淞区 Lusong District").startswith("2017 C*, 2020–2024 C*, 2021-S1 C*, ")
    assert "2019 B, — B*" == cell("technology_industry_trade_revenue", "芦淞区 Lusong District")


def test_a_target_that_alone_is_known_leaves_a_gap_beside_it():
    """The output of apparel processing was aimed at and is not known."""
    assert "" == cell("apparel_processing_output", "芦淞区 Lusong District")
    assert "2012 C, 2015 C" == cell("apparel_processing_output_target", "芦淞区 Lusong District")


def test_what_was_set_aside_is_counted():
    """The numbers by kind make the number of rows of the table."""
    _, _, rest = TEXT.partition("\n## Statements set aside\n")
    assert len(PACKAGE.set_aside) == sum(int(row[1]) for row in rows(rest.partition("\n#")[0]))


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
    PATH.write_text(TEXT, encoding="utf-8")
