"""Figures checked by hand: the page that says how, and the program that follows it and imports nothing of ours."""

import ast
import csv
import hashlib
import importlib.util
import io
import json
import math
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from lusong_analysis.pdf.read import attachments, read, squeeze
from lusong_analysis.quantity.period import period
from lusong_analysis.quantity.statement import read as read_statement
from lusong_analysis.quantity.units import COUNTED, units
from lusong_analysis.report.recompute import package_of, quantity_of

ROOT = Path(__file__).parents[1]
PROGRAM = ROOT / "docs" / "check_by_hand.py"
PAGE = (ROOT / "docs" / "check-by-hand.md").read_text(encoding="utf-8")
FINANCE = ("env-financing-2020h1", "env-key-enterprises-2020h1")
GROWTH = ("apparel-revenue-2019", "apparel-ls-tit-target-2018")


@pytest.fixture(scope="module")
def reports(edition, tmp_path_factory):
    """The attachments of every report of the edition, each in a folder as a reader saves them."""
    folder = tmp_path_factory.mktemp("saved")
    for file in sorted(edition.glob("*/*.pdf")):
        saved = folder / file.parent.name / file.stem
        saved.mkdir(parents=True)
        for name, data in attachments(file.read_bytes()).items():
            (saved / name).write_bytes(data)
    return folder


@pytest.fixture
def check(tmp_path):
    """Run the program in an empty folder, where it can import Python's standard library only."""

    def run(*arguments):
        empty = tmp_path / "empty"
        empty.mkdir(exist_ok=True)
        command = [sys.executable, "-I", "-S", str(PROGRAM), *map(str, arguments)]
        return subprocess.run(command, cwd=empty, capture_output=True, encoding="utf-8", check=False)

    return run


@pytest.fixture
def copied(reports, tmp_path):
    """A folder with the attachments of the apparel report, to be changed."""
    folder = tmp_path / "copied"
    folder.mkdir()
    for file in (reports / "en" / "01_apparel").iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def record_of(folder):
    """The evidence in a folder."""
    return json.loads((folder / "evidence.json").read_text(encoding="utf-8"))


def change_cell(folder, name, column, value):
    """Write another value into a row of the saved observations.csv."""
    file = folder / "observations.csv"
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows({**row, column: value} if row["observation_id"] == name else row for row in rows)


def change_record(folder, change):
    """Change the figures of the saved evidence.json."""
    record = record_of(folder)
    for figure in record["figures"]:
        change(figure)
    (folder / "evidence.json").write_text(json.dumps(record), encoding="utf-8")


def resting_on(figures, *names):
    """The figures whose formulas name these statements directly, in order."""
    return [
        figure
        for figure in figures
        if list(names) == [part["observation"] for part in arguments(figure) if "observation" in part]
    ]


def arguments(figure):
    """What was put into a figure's formula."""
    return figure["formula"].get("arguments", [])


def test_all_figures_of_all_reports_agree(reports, check):
    """Every figure of every report comes out of the saved table again, in both languages."""
    folders = sorted(reports.glob("*/*"))
    assert {"zh", "en"} == {folder.parent.name for folder in folders}
    for folder in folders:
        record, done = record_of(folder), check(folder)
        figures = [figure for figure in record["figures"] if "interval" in figure]
        dates = len(record["figures"]) - len(figures)
        assert "" == done.stderr
        assert f"{len(figures)} figures, 0 differ; {dates} dates of events not computed\n" == done.stdout
        assert 0 == done.returncode
        assert figures


def test_a_changed_statement_is_named(copied, check):
    """A number changed in the table is found in its own figure and in all that are computed from it."""
    change_cell(copied, "apparel-revenue-2019", "obs_value", "809")
    done = check(copied)
    below = [figure for figure in record_of(copied)["figures"] if "apparel-revenue-2019" in json.dumps(figure)]
    lines = done.stdout.splitlines()
    assert [f"{figure['anchor']} {figure['figure']}, {figure['text']}" for figure in below] == [
        line.partition(": the record says")[0] for line in lines[:-1]
    ]
    assert f" {len(below)} differ" in lines[-1]
    assert 1 == done.returncode


@pytest.mark.parametrize(
    ("column", "value"), [("bound", ">="), ("bound", "~"), ("unit", "万元"), ("obs_value", "eight hundred")]
)
def test_every_column_that_counts_is_read(copied, check, column, value):
    """Another bound or unit, or what is no number, changes or stops the figures below."""
    change_cell(copied, "apparel-revenue-2019", column, value)
    done = check(copied)
    assert "E1 " in done.stdout
    assert (1, "") == (done.returncode, done.stderr)


def test_a_missing_row_is_named(copied, check):
    """A statement that the table does not hold stops its figures, and no others."""
    change_cell(copied, "apparel-zz-scale-2020", "observation_id", "another")
    done = check(copied)
    assert "cannot be computed: KeyError('apparel-zz-scale-2020')" in done.stdout
    assert (1, "") == (done.returncode, done.stderr)


def test_words_that_are_not_true_are_named(copied, check):
    """Words with another first digit than their range allows are found, for every figure."""

    def forge(figure):
        figure["text"] = re.sub("[0-9]", lambda digit: str((int(digit[0]) + 5) % 10), figure["text"], count=1)

    change_record(copied, forge)
    done = check(copied)
    figures = [figure for figure in record_of(copied)["figures"] if "interval" in figure]
    assert [figure["anchor"] for figure in figures] == [
        line.partition(" ")[0] for line in done.stdout.splitlines()[:-1]
    ]


@pytest.mark.parametrize("expression", ["__import__('os').getcwd()", "part.real", "part if whole else 1", "part +"])
def test_an_expression_that_is_no_arithmetic_is_not_run(copied, check, expression):
    """Nothing but arithmetic is computed, whatever a forged record says."""
    record = record_of(copied)
    for called in record["formulas"]:
        called["expression"] = expression
    (copied / "evidence.json").write_text(json.dumps(record), encoding="utf-8")
    done = check(copied)
    assert "cannot be computed" in done.stdout
    assert (1, "") == (done.returncode, done.stderr)


def test_without_tables_there_is_nothing_to_check(tmp_path, check):
    """Without a folder, or with one that holds no table, the program says how it is used."""
    for arguments_ in ((), (tmp_path,)):
        done = check(*arguments_)
        assert (2, "") == (done.returncode, done.stdout)
        assert "Usage: python check_by_hand.py FOLDER" in done.stderr


def test_the_program_imports_the_standard_library_only():
    """Nothing of ours, nothing to install, no code of a file run."""
    tree = ast.parse(PROGRAM.read_text(encoding="utf-8"))
    modules = [
        (alias.name if isinstance(node, ast.Import) else str(node.module)).partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    ]
    assert set(modules) <= sys.stdlib_module_names
    assert "lusong" not in "".join(modules)
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not called & {"eval", "exec", "compile", "__import__", "getattr"}


@pytest.fixture(scope="module")
def program():
    """The program as a module, to compare its parts with ours."""
    spec = importlib.util.spec_from_file_location("check_by_hand", PROGRAM)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("unit", ["亿元", "家", "%", "万人"])
@pytest.mark.parametrize("bound", ["=", "~", ">", ">=", "<", "<=", "between"])
@pytest.mark.parametrize("precision", ["", "0", "0.1", "10"])
def test_a_statement_is_read_as_we_read_it(program, unit, bound, precision):
    """Numbers of any form, under every bound and precision, have the same value and ends."""
    for number in ("0", "3", "105", "200", "1000", "15.6", "15.60", "0.05", "-7.7", "-20"):
        row = {
            "observation_id": "x",
            "indicator": "x",
            "ref_area": "430203",
            "time_period": "2019",
            "obs_value": number,
            "obs_value_upper": "2000" if bound == "between" else "",
            "bound": bound,
            "precision": precision,
            "unit": unit,
        }
        ours = read_statement(row)
        low, high = (ours.interval.low, ours.interval.low_closed), (ours.interval.high, ours.interval.high_closed)
        assert (ours.value, low, high) == program.statement(row, row["unit"] in COUNTED)


@pytest.mark.parametrize("code", ["2019", "2020-S1", "2020-Q3", "2020-09", "2025-01-01/P9M", "2018/P3Y"])
def test_a_length_is_counted_as_we_count_it(program, code):
    """Years, halves, quarters, months and several of them have the same length in years."""
    assert period(code).years == program.years(code, "length")


def test_the_page_has_the_units_and_counts():
    """Every unit that is no base unit stands on the page with its factor, and every unit that counts things."""
    text = squeeze(PAGE)
    factors = [f"{name}{unit.factor}" for name, unit in units().items() if unit.factor != 1]
    assert [] == [factor for factor in factors if factor not in text]
    (counts,) = re.findall(r"whole numbers of ([^a-z]+) with", PAGE)
    assert set(counts.split()) == COUNTED


def row_line(row, interval):
    """A statement as the examples show it."""
    low, high = (f"{float(end):g}" for end in (interval.low, interval.high))
    taken = f"above {low}" if math.isinf(interval.high) else f"{low} to {high}"
    cells = ("obs_value", "bound", "precision", "unit")
    return f"| `{row['observation_id']}` | {' | '.join(row[cell] for cell in cells)} | {taken} |"


def example(reports, report, names):
    """The figure of an example in both languages, and its statements in base units."""
    records = {language: record_of(reports / language / report) for language in ("zh", "en")}
    figures = {language: resting_on(record["figures"], *names) for language, record in records.items()}
    package = package_of(records["en"])
    intervals = {name: quantity_of({"observation": name}, package).interval for name in names}
    rows = {row["observation_id"]: row for row in records["en"]["rows"]["observations"]}
    for name in names:
        assert row_line(rows[name], intervals[name]) in PAGE
    return figures, {name: intervals[name].scaled(units()[rows[name]["unit"]].factor) for name in names}


def test_the_first_example_is_a_figure_of_the_edition(reports):
    """Its words, statements and two results are those of the report."""
    figures, intervals = example(reports, "05_business_environment", FINANCE)
    (zh,), (en,) = figures["zh"], figures["en"]
    assert f"printed as “{en['text']}”, in Chinese “{zh['text']}”".replace("\u00a0", " ") in PAGE
    assert f"The formula is `{en['expression']}`" in PAGE
    money, firms = (intervals[name] for name in FINANCE)
    ends = [Fraction(end) / firms.low for end in (money.low, money.high)]
    for end, result in zip((money.low, money.high), ends, strict=True):
        assert f"| `={end}/{firms.low}` | {float(result):,.1f} |" in PAGE
    assert [str(end / units()["亿元"].factor) for end in ends] == [en["interval"][side] for side in ("low", "high")]
    (number,) = re.findall(r"further from ([0-9.]+) million than 0\.1 million", PAGE)
    assert number in en["text"]
    assert all(abs(end / 10**6 - Fraction(number)) <= Fraction("0.1") for end in ends)


def test_the_second_example_is_a_figure_of_the_edition(reports):
    """Its words, statements, years and result are those of the report."""
    figures, intervals = example(reports, "01_apparel", GROWTH)
    # The figure of the horizon is the first of its kind; those of the chart follow.
    zh, en = figures["zh"][0], figures["en"][0]
    assert f"printed as “{en['text']}”, in Chinese “{zh['text']}”".replace("\u00a0", " ") in PAGE.replace("\n", " ")
    assert f"formula is `{en['expression']}`" in PAGE
    start, until = (part.get("period") or part["value"] for part in arguments(en)[2]["arguments"])
    assert f"years from {start} to {until}" in PAGE
    revenue, target = (intervals[name].low for name in GROWTH)
    years = int(until) - int(start)
    result = (target / revenue) ** (1 / years) - 1
    assert f"| `=({target}/{revenue})^(1/{years})-1` | {result:.6f} |" in PAGE
    assert f"| `=({target}/1E+30)^(1/{years})-1` | only the huge number" in PAGE
    assert f"{result:.4%}".replace("%", " %") + " is not reached" in PAGE
    assert (f"{100 * result:.9f}", False, None) == (
        f"{float(Fraction(en['interval']['high'])):.9f}",
        en["interval"]["high_closed"],
        en["interval"]["low"],
    )


def test_the_fingerprint_on_the_page_is_that_of_the_file(edition, reports):
    """What `sha256sum` says of the saved evidence.json stands at the end of the report's appendix."""
    for file in sorted(edition.glob("*/*.pdf")):
        saved = reports / file.parent.name / file.stem / "evidence.json"
        printed = squeeze("".join(piece.text for piece in read(file.read_bytes()).pieces))
        assert hashlib.sha256(saved.read_bytes()).hexdigest() in printed


def test_a_spreadsheet_can_read_the_tables(reports):
    """The saved tables begin with the mark by which Excel knows UTF-8, and their links lead from one to the other."""
    for folder in sorted(reports.glob("*/*")):
        assert {"evidence.json", "observations.csv", "sources.csv"} == {file.name for file in folder.iterdir()}
        tables = {}
        for name in ("observations", "sources"):
            data = (folder / f"{name}.csv").read_bytes()
            assert data.startswith(b"\xef\xbb\xbf")
            tables[name] = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        sources = {row["source_id"] for row in tables["sources"]}
        assert {row["source_id"] for row in tables["observations"]} <= sources
