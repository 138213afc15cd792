"""lusong explain, as a reader of the published edition meets it."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from attached import with_record
from lusong_analysis.report.editions import records

LUSONG = Path(sys.executable).with_name("lusong")
ROOT = Path(__file__).parents[1]
EDITION = max((ROOT / "reports").glob("[0-9]*-[0-9][0-9]"))
REVENUE = "apparel-revenue-2019"


def explain(*arguments, cwd=ROOT):
    """Run the command; give its exit code, what it prints, and what it says is wrong."""
    done = subprocess.run([LUSONG, "explain", *arguments], cwd=cwd, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def numbers():
    """The figures of the apparel report by the name that its notebook has for them."""
    (record,) = records(EDITION / "zh" / "01_apparel.pdf").values()
    return {entry["figure"]: entry["anchor"] for entry in record["figures"]}


def tree(printed):
    """The lines of a tree, each with its depth."""
    return [(len(line) - len(line.lstrip()), line.strip()) for line in printed.splitlines()]


def test_a_name_is_explained_in_every_report_that_has_it():
    """Without a place the newest edition answers, in English, each report for itself."""
    code, printed, wrong = explain("growth")
    assert (0, "") == (code, wrong)
    reports = [line for depth, line in tree(printed) if not depth]
    holding = [name for (name, _), record in records(EDITION, "en").items() if has(record, "growth")]
    assert sorted(holding) == sorted(reports)
    assert ("01_apparel" in reports, True) == (
        "revenue = over 80.8 billion yuan" in printed,
        "under 3.7% a year" in printed,
    )


def has(record, name):
    """Whether a report prints a figure of this name."""
    return any(entry["figure"] == name for entry in record["figures"])


def test_the_tree_of_a_figure(numbers):
    """From the figure down: formula, arguments, words, source, how it was read, and what it hangs on."""
    code, printed, _ = explain("growth", str(EDITION / "zh" / "01_apparel.pdf"))
    expected = [
        (0, "01_apparel"),
        (2, f"growth = 低于3.7%（{numbers['growth']}），读作 (−∞, 3.61711)%"),
        (4, "growth.required_growth: (target / revenue) ** (1 / years) - 1"),
        (6, "Average yearly growth that takes a figure to the target set for it [%/年]."),
        (4, f"revenue = 超过808亿元（{numbers['revenue']}），读作 (808, ∞)亿元"),
        (6, "“服饰产业技工贸收入超过808亿元”（2. 优先发展服饰产业）"),
        (6, "等级 B（报刊），2020年10月发表，所见：原版"),
        (4, "years = 6年，读作 6年"),
        (6, "growth.years_until: until - start"),
        (6, "start = 2019年，时期"),
        (6, "until = 2025年，参数 horizon"),
        (4, "敏感性：一位之差即变"),
        (6, f"{numbers['revenue']}：808→809亿元，得低于3.6%"),
    ]
    assert (0, []) == (code, [line for line in expected if line not in tree(printed)])


def test_a_number_is_explained_in_one_report(numbers):
    """A number of the appendix and its name mean the same figure; several reports each have their own E3."""
    file = str(EDITION / "zh" / "01_apparel.pdf")
    assert explain("growth", file) == explain(numbers["growth"], file)
    assert explain("growth", file) == explain(numbers["growth"].lower(), file)


def test_a_number_of_several_reports():
    """Where several reports have an E3 their files are listed, as the command takes them."""
    code, printed, wrong = explain("e3")
    files = wrong.splitlines()[0].partition("Give the PDF of one: ")[2].split(", ")
    assert (2, "", [file.name for file in sorted(EDITION.glob("en/*.pdf"))]) == (
        code,
        printed,
        [Path(file).name for file in files],
    )
    assert [0] * len(files) == [explain("E3", file)[0] for file in files]


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        ("observations", {"bound": "??"}),
        ("observations", {"obs_value": "abc"}),
        ("corrections", {"column": "colour"}),
    ],
)
def test_damaged_evidence(tmp_path, table, cells):
    """Evidence that cannot be computed with is told in words for people, exit code 1."""
    published = EDITION / "zh" / "01_apparel.pdf"
    (record,) = records(published).values()
    made = {"correction_id": "made", "observation_id": REVENUE, "column": "obs_value", "value_before": "807"}
    made |= {"value_after": "808", "reason_zh": "–", "reason_en": "–", "source_id": "", "date": "2026-11-01"}
    record["rows"]["corrections"] = [made]
    for row in record["rows"][table]:
        row.update(cells if REVENUE == row["observation_id"] else {})
    file = tmp_path / "01_apparel.pdf"
    file.write_bytes(with_record(published.read_bytes(), record))
    code, printed, wrong = explain("growth", str(file))
    damaged = "growth: the evidence does not go together; it is damaged.\nlusong verify says where in the PDF.\n"
    assert (1, "", damaged) == (code, printed, wrong)


def test_a_statement_is_explained_by_what_rests_on_it():
    """The key of a statement gives its words and source, and by report the figures that rest on it."""
    code, printed, _ = explain(REVENUE, EDITION.name, "--language", "zh")
    lines = tree(printed)
    assert (0, (0, REVENUE), 1) == (code, lines[0], printed.count("“服饰产业技工贸收入超过808亿元”"))
    under = lines[lines.index((2, "01_apparel")) + 1 :]
    assert [] == [
        name for name in ("revenue: 超过808亿元", "growth: 低于3.7%") if not any(name in line for _, line in under)
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("grwth",), "Did you mean 'growth'?"),
        (("apparel-revenue-2018",), "Did you mean 'apparel-revenue-2019'?"),
        (("E999", str(EDITION / "en" / "01_apparel.pdf")), "found 'E999'. None of 01_apparel prints it."),
        (("growth", "2026-99"), "Did you mean '2026-1"),
        (("growth", "pyproject.toml"), "It proves no figures"),
    ],
)
def test_what_cannot_be_explained(arguments, message):
    """An unknown figure, edition or file is refused with exit code 2 and what may have been meant."""
    code, printed, wrong = explain(*arguments)
    assert (2, "", True) == (code, printed, message in wrong), wrong


def test_a_project_without_an_edition(tmp_path):
    """Where nothing was published yet the command says what to do."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "datapackage.json").write_text("{}")
    code, _, wrong = explain("growth", cwd=tmp_path)
    assert (2, True) == (code, "No edition was published there. Build one" in wrong)
    two = (str(EDITION / language / "01_apparel.pdf") for language in ("zh", "en"))
    assert 0 == explain("growth", *two, cwd=tmp_path)[0]


def test_a_terminal_shows_branches():
    """A terminal draws the tree, and nothing in the words of a source is taken for markup."""
    reader, writer = pty.openpty()
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "100"}
    process = subprocess.Popen(
        [LUSONG, "explain", "before", EDITION / "zh" / "02_aviation.pdf"], env=environment, stdout=writer, stderr=writer
    )
    os.close(writer)
    shown = b""
    try:
        while read := os.read(reader, 4096):
            shown += read
    except OSError:  # Linux says so where the other end is closed
        pass
    os.close(reader)
    assert 0 == process.wait()
    drawn = shown.decode()
    assert [] == [
        word for word in ("├── ", "└── ", "growth.level_before: 1 / (1 + growth)", "[%]") if word not in drawn
    ]
