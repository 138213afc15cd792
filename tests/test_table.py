"""Files as spreadsheets save them are read; files that cannot be read say why, and where."""

import pytest

from folders import change, copy, edit, records, row_number
from lusong_analysis.facts.rows import Area, Observation
from lusong_analysis.facts.table import read_table, read_tables


@pytest.fixture
def folder(tmp_path):
    """A data folder to be changed."""
    return copy(tmp_path)


def only(folder, model):
    """The one problem of a table."""
    (problem,) = read_table(folder, model)[1]
    return problem


@pytest.mark.parametrize(
    "saved",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data + b"\n\n",
        lambda data: data + b",,,,\n",
        lambda data: data.rstrip(b"\n"),
        lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") + b",,,,\r\n\r\n",
    ],
    ids=["byte order mark", "CRLF", "blank lines", "empty cells", "no last line end", "all of Excel"],
)
def test_a_file_is_read_as_spreadsheets_save_it(folder, saved):
    """Byte order marks, CRLF and blank last lines change nothing."""
    path = folder / "areas.csv"
    expected = read_table(folder, Area)[0].rows
    path.write_bytes(saved(path.read_bytes()))
    assert (expected, []) == (read_table(folder, Area)[0].rows, read_table(folder, Area)[1])


def test_a_row_has_the_number_that_a_spreadsheet_shows(folder):
    """A line end inside a cell is no new row."""
    change(folder, "indicators", "days_to_start_business", definition_zh="第一行\n第二行")
    change(folder, "indicators", "one_stop_items", measure_type="number")
    number = row_number(folder, "indicators", "one_stop_items")
    (problem,) = read_tables(folder)[1]
    assert f"data/indicators.csv, row {number}, column measure_type" == problem.place


def test_a_file_in_gbk_says_how_to_save_it(folder):
    """Plain CSV of a Chinese Windows is GBK; the problem names the row and the remedy."""
    path = folder / "areas.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gbk"))
    problem = only(folder, Area)
    assert ("data/areas.csv, row 2", True) == (problem.place, "CSV UTF-8" in problem.todo)


def test_a_missing_file_is_named_with_the_one_that_is_near(folder):
    """A file under another name is guessed."""
    (folder / "areas.csv").rename(folder / "area.csv")
    problem = only(folder, Area)
    assert ("data/areas.csv", True) == (problem.place, "Did you mean 'area.csv'?" in problem.todo)


def test_an_empty_file_is_told_its_head(folder):
    """A file without a row says which row comes first."""
    (folder / "areas.csv").write_bytes(b"")
    assert "ref_area,name_zh,name_en,parent,level" in only(folder, Area).todo


def test_cells_parted_by_semicolons_are_recognised(folder):
    """A spreadsheet of another country parts cells by semicolons."""
    path = folder / "areas.csv"
    path.write_bytes(path.read_bytes().replace(b",", b";"))
    problem = only(folder, Area)
    assert ("data/areas.csv, row 1", "Cells are parted by commas.") == (problem.place, problem.rule)


@pytest.mark.parametrize(
    ("before", "after", "found", "rule", "todo"),
    [
        ("as_printed", "as_print", "as_print", "no such column", "Did you mean 'as_printed'?"),
        ("as_printed", "colour", "colour", "no such column", "Take it out."),
        ("bound", "bound,bound", "bound", "A column stands once.", "second"),
    ],
)
def test_a_wrong_head_is_found_once(folder, before, after, found, rule, todo):
    """A misspelt, unknown or doubled column is one fault, not one a row."""
    edit(folder, "observations.csv", before, after)
    problem = read_table(folder, Observation)[1][0]
    assert ("data/observations.csv, row 1", found) == (problem.place, problem.found)
    assert rule in problem.rule
    assert todo in problem.todo


def test_a_misspelt_column_is_not_missing_as_well(folder):
    """The near name takes the place of the missing one."""
    edit(folder, "observations.csv", "as_printed", "as_print")
    assert 1 == len(read_table(folder, Observation)[1])


def test_a_missing_column_is_found_once(folder):
    """A head that lacks a column says which, and rows are not counted against it."""
    edit(folder, "areas.csv", ",level", "")
    assert "The column level is missing." == only(folder, Area).rule


@pytest.mark.parametrize(
    ("after", "found", "rule"),
    [
        (",district,,", ",", "The row has 7 cells, the head 5."),
        ("", "430203,芦淞区,Lusong District,430200", "The row has 4 cells, the head 5."),
    ],
)
def test_a_row_has_as_many_cells_as_the_head(folder, after, found, rule):
    """A comma too much or too few is found in its row."""
    edit(folder, "areas.csv", ",district", after)
    problem = only(folder, Area)
    assert ("data/areas.csv, row 5", found, rule) == (problem.place, problem.found, problem.rule)


def test_an_empty_row_between_rows_is_found(folder):
    """Blank lines are passed over at the end only: elsewhere a row may have been lost."""
    edit(folder, "areas.csv", "430200,", ",,,,\n430200,")
    problem = only(folder, Area)
    assert ("data/areas.csv, row 4", "Delete the row.") == (problem.place, problem.todo)


def test_an_open_quotation_mark_is_found_in_its_row(folder):
    """A stray quotation mark would swallow the rows after it."""
    edit(folder, "areas.csv", "株洲市,Zhuzhou", '"株洲"市,Zhuzhou')
    problem = only(folder, Area)
    assert ("data/areas.csv, row 4", True) == (problem.place, 'written ""' in problem.rule)


def test_white_space_around_a_cell_is_found(folder):
    """A key with a blank after it looks right and is another key."""
    change(folder, "areas", "430203", parent="430200 ")
    problem = only(folder, Area)
    assert ("data/areas.csv, row 5, column parent", "430200 ") == (problem.place, problem.found)


def test_a_wrong_cell_does_not_lose_its_row(folder):
    """The key of a row with a wrong cell is kept for the rows that refer to it."""
    change(folder, "areas", "430203", level="village")
    table, (problem,) = read_table(folder, Area)
    assert (5 in table.rows, "430203") == (False, table.keys[5])
    assert "It must be one of: country, province, city, district, none." == problem.rule


def test_all_problems_come_at_once(folder):
    """Three wrong cells in two tables are three problems, each at its cell."""
    change(folder, "areas", "430203", level="village", name_en="")
    change(folder, "sources", "rednet-2016-09-21", url="hn.rednet.cn")
    assert {
        "data/areas.csv, row 5, column level",
        "data/areas.csv, row 5, column name_en",
        f"data/sources.csv, row {row_number(folder, 'sources', 'rednet-2016-09-21')}, column url",
    } == {problem.place for problem in read_tables(folder)[1]}


def test_the_project_s_own_tables_are_right(folder):
    """Every file of the project is read to its last row."""
    tables, problems = read_tables(folder)
    assert [] == problems
    assert {name: len(records(folder, name)) for name in tables} == {
        name: len(table.rows) for name, table in tables.items()
    }
