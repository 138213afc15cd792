"""The library of an edition: what stands in the workbook, that it reads back, and that nothing in it runs."""

import csv
import io
import re
import shutil
import subprocess
import typing
import zipfile
from dataclasses import replace
from fractions import Fraction

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from folders import DATA, records
from lusong_analysis.facts.conflicts import conflicts
from lusong_analysis.facts.descriptor import licence
from lusong_analysis.facts.package import known, open_package
from lusong_analysis.facts.rows import MODELS, Correction, Event, Indicator, Organisation
from lusong_analysis.facts.scope import concerning
from lusong_analysis.facts.statement import LEAD
from lusong_analysis.problem import Refused
from lusong_analysis.quantity.statement import read
from lusong_analysis.report.chainmap import chain_map, chain_maps
from lusong_analysis.report.imprint import Imprint
from lusong_analysis.report.library import library
from lusong_analysis.report.library.chain import HEADS
from lusong_analysis.report.library.heads import COLUMNS, TABLES, TYPES
from lusong_analysis.report.library.members import GAP
from lusong_analysis.report.words import INSTRUMENTS, STAGES

EDITION, DATE, LUSONG = "2026-11", "2026-11-01", "430203"
HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "-2",
    "{=1+1}",
    '=HYPERLINK("http://example.org","看")',
    "http://example.org/",
    "\t=1+1",
    "\r=1+1",
    "_x0041_",
    "他说：“超过808亿元”, \"quoted\" & <b>'bold'</b>",
    "2020-10",
    "007",
    "15.60",
    "NaN",
    "长" * 32767,
)


@pytest.fixture(scope="module")
def package():
    """The package as readers see it."""
    return known(open_package(DATA))


@pytest.fixture(scope="module")
def content(package):
    """The workbook of the package."""
    return made(package)


def made(package):
    """The workbook of a package, for Lusong and without a limit in time."""
    return library(package, chain_maps(package, "", LUSONG), Imprint(EDITION, DATE, licence(DATA)))


@pytest.fixture(scope="module")
def book(content):
    """The workbook, read back."""
    return load_workbook(io.BytesIO(content))


def cells(sheet):
    """The texts of a sheet, row by row, the head first."""
    return [[read_back(cell.value or "") for cell in row] for row in sheet.iter_rows()]


def read_back(text):
    """A text as a spreadsheet shows it: openpyxl leaves the format's escape of a carriage return as it is."""
    return text.replace("_x000D_", "\r")


def by_key(sheet):
    """The rows of a chain's sheet by the key in their last cell, each by the names of its columns; gaps have none."""
    return {row["key"].value: row for row in by_column(sheet) if row["kind"].value != GAP}


def by_column(sheet):
    """The rows of a chain's sheet, each by the names of its columns."""
    return [dict(zip(HEADS, row, strict=True)) for row in sheet.iter_rows(min_row=2)]


def chain_sheets(book):
    """The sheets of the chains and of the district."""
    heads = list(HEADS.values())
    return [sheet for sheet in book if [cell.value for cell in sheet[1]] == heads]


def everything(book):
    """The rows of all chains' sheets by their keys."""
    return {key: row for sheet in chain_sheets(book) for key, row in by_key(sheet).items()}


def as_rows(package, model):
    """The rows of a table as the package holds them."""
    return [list(row.model_dump().values()) for row in getattr(package, model.table).values()]


def test_every_table_reads_back_to_the_rows_of_the_package(package, book):
    """Each table has a sheet of its name; its head are the columns, its cells the package's own, all of them text."""
    for model in MODELS:
        sheet = book[model.table]
        assert [list(model.columns()), *as_rows(package, model)] == cells(sheet)
        assert {"s", "n"} >= {cell.data_type for row in sheet.iter_rows() for cell in row}
        assert not [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int | float)]


def test_every_table_is_the_file_of_the_data_cell_by_cell(book):
    """No row of a file is left out; another text stands only in a cell that a correction names."""
    corrections = records(DATA, "corrections")
    after = {(row["observation_id"], row["column"]): row["value_after"] for row in corrections}
    for model in MODELS:
        rows = records(DATA, model.table)
        if model.table == "observations":
            rows = [{column: after.get((row["observation_id"], column), row[column]) for column in row} for row in rows]
        assert [list(row.values()) for row in rows] == cells(book[model.table])[1:]
    sheets = {path.stem for path in DATA.glob("*.csv")}
    assert sheets == {model.table for model in MODELS}


def test_the_same_package_gives_the_same_bytes(package, content):
    """Written twice the workbook is the same, byte by byte."""
    assert content == made(package)


def test_what_holds_a_part_says_so(package):
    """The first sheet of a workbook that holds what concerns an area says that rows of others are left out."""
    for part in (False, True):
        content = library(concerning(package, LUSONG), {}, Imprint(EDITION, DATE), part=part)
        said = [row[0] for row in cells(load_workbook(io.BytesIO(content)).worksheets[0])]
        assert part == ("范围 Scope" in said)


def test_the_day_of_the_edition_is_the_day_of_the_workbook(book):
    """No clock is read: created and modified are the edition's day."""
    assert DATE == f"{book.properties.created:%Y-%m-%d}" == f"{book.properties.modified:%Y-%m-%d}"


def test_every_statement_stands_once_with_its_value_and_bounds(package, book):
    """Numbers are numbers: the value where there is one, and the ends of all that may be true, empty where open."""
    rows = everything(book)
    for key, row in package.observations.items():
        quantity, found = read(row.model_dump()), rows[key]
        ends = (quantity.interval.low, quantity.interval.high)
        wanted = [
            number if number is None or abs(number) < float("inf") else None for number in (quantity.value, *ends)
        ]
        got = [found[name].value for name in ("value", "low", "high")]
        assert [None if number is None else float(number) for number in wanted] == got
        assert (row.unit, row.bound, row.as_printed) == tuple(
            found[name].value for name in ("unit", "bound", "as_printed")
        )
    listed = [key for sheet in chain_sheets(book) for key in by_key(sheet)]
    assert len(listed) == len(set(listed))


def test_a_value_shows_the_digits_that_were_printed(package, book):
    """A final zero after the point is shown, though the cell holds a number."""
    rows = everything(book)
    for key, row in package.observations.items():
        cell = rows[key]["value"]
        if cell.value is not None:
            shown = cell.number_format.removesuffix("_ ").partition(".")[2]
            assert len(row.obs_value.partition(".")[2]) == len(shown)


def test_rows_stand_on_the_sheet_of_their_chain(package, book):
    """A chain's sheet lists its statements, segments, organisations, links, events; the last one those of no chain."""
    tables = (package.observations, package.segments, package.organisations, package.links, package.events)
    wanted = [
        {row.key for table in tables for row in table.values() if row.chain == chain} for chain in (*package.chains, "")
    ]
    assert wanted == [set(by_key(sheet)) for sheet in chain_sheets(book)]


def test_rows_that_are_no_statements_say_what_is_known_of_them(package, book):
    """Organisations, links and events stand with the words of their source; names stand instead of keys."""
    rows = everything(book)
    segments = {"": None} | {key: f"{row.name_zh} {row.name_en}" for key, row in package.segments.items()}
    for table in (package.organisations, package.links, package.events):
        assert {key: row.as_printed for key, row in table.items()} == {
            key: rows[key]["as_printed"].value for key in table
        }
    for key, row in package.organisations.items():
        assert segments[row.segment] == rows[key]["segment"].value
    for key, row in package.links.items():
        ends = [(package.organisations | package.segments)[end] for end in (row.source, row.target)]
        assert all(end.name_zh in rows[key]["name_zh"].value for end in ends)
        assert all(end.name_en.lower() in rows[key]["name_en"].value.lower() for end in ends)
    for key, row in package.events.items():
        means = " ".join(INSTRUMENTS[row.instrument].values()) if row.instrument else None
        assert ((f"{row.actor_zh} {row.actor_en}".strip() or None), means) == tuple(
            rows[key][name].value for name in ("actor", "instrument")
        )


def test_the_gaps_of_a_chain_are_those_of_its_map(package, book):
    """Each segment in which no organisation of the area is named has a row that says so, and none has another."""
    for chain, sheet in zip(package.chains, chain_sheets(book), strict=False):
        drawn = chain_map(package, chain, "", LUSONG)
        gaps = [row["segment"].value for row in by_column(sheet) if row["kind"].value == GAP]
        wanted = [f"{band.name.zh} {band.name.en}" for band in drawn.bands if band.is_gap]
        assert wanted == [name for name in gaps if name]
        unstated = [box for band in drawn.bands for box in band.links if box.look == "gap"]
        assert len(unstated) == gaps.count(None)


def test_what_prevails_and_what_is_in_conflict_is_said(package, book):
    """Of each question one statement prevails; those in conflict name each other; without a period none is asked."""
    rows = everything(book)
    disputed = {name for conflict in conflicts(package) for name in conflict.names}
    assert disputed == {key for key, row in rows.items() if row["disputed"].value == "是 yes"}
    questions = {}
    for key, row in package.observations.items():
        said = rows[key]["prevails"].value
        assert (said == "无时期 no period") == (not row.time_period)
        if row.time_period:
            questions.setdefault((row.indicator, row.ref_area, row.time_period, row.counterpart), []).append(said)
    assert {1} == {answers.count("是 yes") for answers in questions.values()}
    for key in disputed:
        others = (rows[key]["at_odds"].value or "").split("; ")
        assert all(key in rows[other]["at_odds"].value.split("; ") for other in others if other)


def test_a_corrected_statement_leads_to_its_correction(package, book):
    """The rows stand as corrected, and the correction is named beside the statement and linked."""
    rows = everything(book)
    for key, row in package.corrections.items():
        assert key in rows[row.observation_id]["corrections"].value
        assert rows[row.observation_id]["corrections"].hyperlink is not None


def test_links_lead_where_they_say(package, book):
    """A link to a cell leads to a row that begins with the link's text; any other is the address of a source."""
    addresses = {row.url for row in package.sources.values()}
    addresses |= {row.url for row in getattr(package, "set_aside", {}).values()}
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert found
    for cell in found:
        link = cell.hyperlink
        if link.target:
            assert link.target + (f"#{link.location}" if link.location else "") in addresses
            continue
        sheet, _, place = link.location.rpartition("!")
        target = book[sheet.strip("'")][place]
        assert target.row == 1 or target.value in cell.value.split("; ")


def test_a_statement_leads_to_its_source_and_to_its_row(package, book):
    """Every statement links the address of its source, where it has one, the source's row and its own row."""
    rows = everything(book)
    for key, row in package.observations.items():
        source = package.sources[row.source_id]
        assert bool(source.url) == bool(rows[key]["address"].hyperlink)
        assert rows[key]["source_key"].hyperlink.location.startswith("'sources'!")
        assert rows[key]["key"].hyperlink.location.startswith("'observations'!")


def test_every_sheet_has_its_head_in_sight_and_on_each_page(book):
    """Heads are frozen, printed on every page of A4 landscape, and have filters over all rows."""
    for sheet in book:
        assert sheet.freeze_panes.endswith("2")
        assert ("landscape", 9) == (sheet.page_setup.orientation, int(sheet.page_setup.paperSize))
        assert "$1:$1" == sheet.print_title_rows
        if sheet is not book.worksheets[0]:
            assert f"A1:{get_column_letter(sheet.max_column)}{sheet.max_row}" == sheet.auto_filter.ref


def test_the_first_sheet_lists_the_others_with_their_rows(book):
    """It names every other sheet, links it and counts its rows."""
    listed = {row[0].value: row for row in book.worksheets[0].iter_rows() if row[0].hyperlink}
    assert book.sheetnames[1:] == list(listed)
    for name, row in listed.items():
        counts = [re.search(r"(\d+)(?:行）| rows?\))$", cell.value)[1] for cell in row[1:]]
        assert [str(book[name].max_row - 1)] * 2 == counts


def test_definitions_units_and_columns_are_explained(package, book):
    """Each indicator has both definitions, each unit its factor, each column what it holds."""
    definitions = {row[-1]: row for row in cells_as_they_are(book["定义 Definitions"])}
    for key, row in package.indicators.items():
        assert [row.name_zh, row.name_en, row.definition_zh, row.definition_en] == list(definitions[key][:4])
    for row in cells_as_they_are(book["单位 Units"]):
        assert float(Fraction(row[3])) == row[2]
    described = {(row[0].rpartition(" ")[2], row[1]): row[3] for row in cells_as_they_are(book["列 Columns"])}
    wanted = {(model.table, name): field.description for model in MODELS for name, field in model.model_fields.items()}
    assert wanted == described


def cells_as_they_are(sheet):
    """The values of the rows under the head."""
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def test_all_that_can_stand_in_a_table_has_chinese_words():
    """Tables, columns, types and stages: a new one needs its words before it can be printed."""
    assert {model.table for model in MODELS} <= set(TABLES)
    assert {name for model in MODELS for name in model.columns()} <= set(COLUMNS)
    kinds = [(Indicator, "measure_type"), (Organisation, "kind"), (Event, "kind")]
    assert {word for model, name in kinds for word in words_of(model, name)} <= set(TYPES)
    assert set(words_of(Event, "stage")) - {""} <= set(STAGES)


def words_of(model, name):
    """The words that a column allows."""
    return typing.get_args(model.model_fields[name].annotation)


@pytest.fixture(scope="module")
def attacked(package):
    """The package with hostile texts in the words of statements, in the names of indicators and as a comment."""
    observations, indicators = dict(package.observations), dict(package.indicators)
    for text, (key, row) in zip(HOSTILE, package.observations.items(), strict=False):
        observations[key] = row.model_copy(update={"as_printed": text, "comment": text})
    for text, (key, row) in zip(HOSTILE, package.indicators.items(), strict=False):
        indicators[key] = row.model_copy(update={"name_zh": text, "definition_en": text})
    return replace(package, observations=observations, indicators=indicators)


def test_hostile_text_comes_through_and_stays_text(attacked):
    """What would run as a formula or a link is the same text when read back; no cell of the workbook computes."""
    content = made(attacked)
    book = load_workbook(io.BytesIO(content))
    for model in MODELS:
        assert as_rows(attacked, model) == cells(book[model.table])[1:]
    rows = everything(book)
    for text, key in zip(HOSTILE, attacked.observations, strict=False):
        cell = rows[key]["as_printed"]
        assert (text, "s", None) == (read_back(cell.value), cell.data_type, cell.hyperlink)
        assert text.startswith(tuple("=+-@\t\r")) == cell.quotePrefix
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
        assert not [name for name in archive.namelist() if re.search("vba|externalLink|connections", name)]
    assert not [sheet for sheet in sheets if re.search("<f[ >]", sheet)]


def test_a_text_that_no_cell_can_hold_is_refused(package):
    """Excel would cut it off without a word; the sheet, the row and the length are said instead."""
    key, row = next(iter(package.observations.items()))
    longer = {**package.observations, key: row.model_copy(update={"comment": "长" * 32768})}
    with pytest.raises(Refused, match=r"sheet observations, row 2, column comment: found .*\(32768 letters\)"):
        made(replace(package, observations=longer))


def test_a_package_as_of_a_day_holds_what_was_known(package):
    """Statements of later sources stand nowhere, and a project that was not published by then has no row."""
    early = known(open_package(DATA), "2020-10-31")
    drawn = chain_maps(early, "2020-10-31", LUSONG)
    content = library(early, drawn, Imprint("as-of-2020-10-31", "2020-10-01", licence(DATA)))
    rows = everything(load_workbook(io.BytesIO(content)))
    assert set(package.observations) - set(early.observations)
    names = {*early.organisations, *early.links, *early.segments}
    names |= {key for key, row in early.events.items() if row.as_printed}
    assert set(early.observations) | names == set(rows)


def test_leads_are_left_out(package):
    """An unreliable host is no source; what it printed stands only among the statements that were set aside."""
    key, row = next(iter(package.sources.items()))
    lead = row.model_copy(update={"source_id": "a-lead", "grade": LEAD})
    book = load_workbook(io.BytesIO(made(replace(package, sources={**package.sources, "a-lead": lead}))))
    keys = [row[0].value for row in book["sources"].iter_rows()]
    assert key in keys
    assert "a-lead" not in keys


def test_a_package_without_corrections_or_events_gives_a_workbook(package):
    """An empty table is a sheet with a head."""
    book = load_workbook(io.BytesIO(made(replace(package, corrections={}, events={}))))
    assert [list(Correction.columns())] == cells(book["corrections"])


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice; apt install libreoffice-calc-nogui")
def test_libreoffice_reads_the_same_without_a_warning(attacked, tmp_path):
    """Converted sheet by sheet to CSV, every table is the package's own, and text that looks like a formula is text."""
    (tmp_path / "library.xlsx").write_bytes(made(attacked))
    # Comma, quotation mark, UTF-8, from the first line, as shown, no formulas, all sheets.
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(tmp_path), "library.xlsx"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=True)
    said = [line for line in (done.stdout + done.stderr).splitlines() if "javaldx" not in line]
    assert not [line for line in said if not line.startswith(("convert ", "Writing sheet ", "Overwriting: "))]
    for model in MODELS:
        with (tmp_path / f"library-{model.table}.csv").open(encoding="utf-8", newline="") as file:
            assert [list(model.columns()), *as_rows(attacked, model)] == list(csv.reader(file))
