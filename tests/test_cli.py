"""The command line as a reader meets it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import folders
from forgery import digits_changed
from terminal import on_a_terminal
from toy_project import make_project, write_notebook

LUSONG = Path(sys.executable).with_name("lusong")


@pytest.fixture
def toy(tmp_path):
    """A project of one notebook."""
    return make_project(tmp_path / "toy", {"01_red": "toy.surroundings()"})


def lusong(*arguments, cwd=None, **variables):
    """Run the command; give its exit code, what it prints, and what it says is wrong."""
    environment = {name: value for name, value in os.environ.items() if name != "LUSONG_DATA"} | variables
    done = subprocess.run([LUSONG, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_version():
    """The version is that of the installed package."""
    assert (0, "lusong 0.1.0\n", "") == lusong("--version")


def test_help_lists_every_command():
    """The help lists the commands and says what the exit codes mean."""
    code, printed, _ = lusong("--help")
    assert 0 == code
    assert [] == [word for word in ("build", "check", "verify", "Exit codes") if word not in printed]
    assert "..." not in printed.partition("Commands:")[2]


def test_help_is_light():
    """Nobody waits for a library to read the help."""
    program = (
        "import sys\nfrom lusong_analysis.cli import main\nsys.argv = ['lusong', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert set() == {"frictionless", "nbconvert", "nbformat", "numpy", "pandas", "papermill", "rich"} & loaded


def test_build_in_plain_lines(toy):
    """Without a terminal a build prints a line for each report and one at the end; the second time only one."""
    done = "built   01_red/en\nreports/2026-11: built 1 of 1 report\n"
    assert (0, done, "") == lusong("build", "--language", "en", cwd=toy / "notebooks")
    same = "reports/2026-11: nothing changed in 1 report\n"
    assert (0, same, "") == lusong("build", "01_red", "--language", "en", cwd=toy)
    assert (0, "", "") == lusong("build", "--language", "en", "--quiet", "--project", str(toy))


def test_build_on_a_terminal(toy):
    """A terminal shows a bar, in colour unless NO_COLOR is set."""
    coloured = on_a_terminal([LUSONG, "build", "--language", "en"], cwd=toy, columns=80)
    plain = on_a_terminal([LUSONG, "build", "--language", "en", "--force"], cwd=toy, columns=80, NO_COLOR="1")
    for shown in (coloured, plain):
        assert [] == [word for word in ("building", "━", "report 0 of 1", "built   01_red/en") if word not in shown]
    colour = re.compile(r"\x1b\[[\d;]*3\d")
    assert (True, False) == (bool(colour.search(coloured)), bool(colour.search(plain)))


def test_failing_build(toy):
    """A failing cell is one block without traceback; exit code 1; nothing is published."""
    write_notebook(toy, "01_red", "first = {}\nfirst['growth']")
    code, printed, wrong = lusong("build", "--language", "zh", cwd=toy)
    assert (1, "failed  01_red/zh\n") == (code, printed)
    assert [
        "01_red, zh, cell 5, line 2:",
        "    first['growth']",
        "  KeyError: 'growth'",
        "",
        "1 of 1 reports failed; nothing was published, reports/2026-11 is as it was. "
        "Reports that were finished are kept for the next build.",
    ] == wrong.splitlines()
    assert [] == list((toy / "reports").glob("*"))


def test_refused_build(toy):
    """What is wrong with notebook, data and command line is listed, exit code 2, and no kernel starts."""
    write_notebook(toy, "01_red", "first = 808")
    code, printed, wrong = lusong("build", "--parameter", "horizn=2025", "--ref-area", "430299", cwd=toy)
    assert (2, "") == (code, printed)
    places = [line.split(":")[0] for line in wrong.splitlines()]
    assert ["01_red, cell 5, line 1", "01_red", "01_red", "3 problems. Nothing was built."] == places
    assert "Did you mean 'horizon'?" in wrong


def test_why_refuses_what_a_build_refuses(toy):
    """A parameter that no notebook has, or that its value does not fit, is refused before anything is compared."""
    code, printed, wrong = lusong("build", "--why", "--parameter", "horizn=2025", "--ref-area", "430299", cwd=toy)
    assert (2, "") == (code, printed)
    assert ["01_red", "01_red", "2 problems. Nothing was built."] == [line.split(":")[0] for line in wrong.splitlines()]
    assert (0, "") == lusong("build", "--why", "--parameter", "edition=2026-12", cwd=toy)[::2]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--parameter", "horizon"], "found 'horizon'. It is a name, =, and a value."),
        (["--parameter", "language=en"], "Write --language en."),
        (["--edition", "2026-12", "--parameter", "edition=2027-01"], "edition is already 2026-12."),
        (["--language", "fr"], "fr"),
        (["01_read"], "Did you mean '01_red'?"),
        (["--project", "nowhere"], "A project has notebooks."),
    ],
)
def test_wrong_command_line(toy, arguments, words):
    """What cannot be meant is refused with exit code 2 and a sentence that says what to write."""
    code, printed, wrong = lusong("build", *arguments, cwd=toy)
    assert (2, "", True) == (code, printed, words in wrong), wrong


def test_outside_of_a_project(tmp_path):
    """Outside of a project every command says what a project is."""
    for command in ("build", "check"):
        code, _, wrong = lusong(command, cwd=tmp_path)
        assert (2, True) == (code, "No folder from here upwards holds data/datapackage.json." in wrong)


def test_check_of_what_is_good(toy):
    """A good project is one line with what was looked at."""
    code, printed, wrong = lusong("check", cwd=toy)
    assert (0, "") == (code, wrong)
    assert re.fullmatch(r"good: \d+ statements, \d+ sources, 1 notebook\n", printed)


def test_check_lists_everything(toy, tmp_path):
    """Problems of the data, of parameters and of texts come in one list, exit code 2."""
    write_notebook(toy, "01_red", "first = 808")
    red = toy / "notebooks" / "01_red.ipynb"
    red.write_text(red.read_text("utf-8").replace("2026-11", "2026-13"), "utf-8")
    code, _, wrong = lusong("check", cwd=toy)
    assert (2, "2 problems.") == (code, wrong.splitlines()[-1])
    assert [True, True] == [word in wrong for word in ("found '808'", "edition = '2026-13'")]


def test_check_of_other_data(toy, tmp_path):
    """Another data folder is checked where it is named; each problem says file, row and column."""
    other = make_project(tmp_path / "other", {}) / "data"
    rows = other / "observations.csv"
    rows.write_text(rows.read_text("utf-8").replace("亿元", "亿圆", 1), "utf-8")
    code, _, wrong = lusong("check", "--data", str(other), cwd=toy)
    assert (2, True) == (code, "亿圆" in wrong)
    assert re.search(r"observations\.csv, row \d+, .*unit", wrong)
    assert 0 == lusong("check", cwd=toy)[0]
    assert 2 == lusong("check", cwd=toy, LUSONG_DATA=str(other))[0]


def test_check_lists_conflicts(toy, tmp_path):
    """Each statement of a conflict is a line with what it is taken as, both ends of a range, and the choice."""
    rows = folders.copy(tmp_path)
    cells = {"bound": "between", "obs_value": "700", "obs_value_upper": "750", "as_printed": "700-750亿元"}
    folders.add(rows, "observations", "apparel-revenue-2019", observation_id="apparel-revenue-2019-range", **cells)
    code, printed, wrong = lusong("check", "--conflicts", "--data", str(rows), cwd=toy)
    assert (0, "") == (code, wrong)
    lines = printed.splitlines()
    at = lines.index("technology_industry_trade_revenue: Lusong District, 2019")
    chosen, other = sorted(lines[at + 1 : at + 3], key=lambda line: line.endswith("; not used"))
    assert re.search(r"“700-750亿元” \(.*\), taken as \[.*, .*\] billion yuan; ", "\n".join((chosen, other)))
    assert (True, True) == ("; used: " in chosen, other.endswith("; not used"))


def test_verify_of_what_is_no_report(toy, tmp_path):
    """A file that is missing, a folder, or no PDF is named, exit code 2."""
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7\n")
    for name in ("missing.pdf", "toy", "cut.pdf"):
        code, printed, wrong = lusong("verify", name, cwd=tmp_path)
        assert (2, "", True) == (code, printed, wrong.startswith(f"{name}: it "))


def test_terminal_without_chinese(toy):
    """Where the terminal cannot write Chinese, problems are still printed."""
    write_notebook(toy, "01_red", "figure = '超过808亿元'")
    code, _, wrong = lusong("check", cwd=toy, PYTHONIOENCODING="ascii")
    assert (2, True) == (code, "808" in wrong)


def test_verify_of_reports(edition, tmp_path):
    """Each file is judged by itself: a good one with counts, a forged one with what is wrong and exit code 1."""
    good, forged = edition / "en" / "01_apparel.pdf", tmp_path / "forged.pdf"
    _, changed = next(digits_changed(good.read_bytes(), 0))
    forged.write_bytes(changed)
    code, printed, wrong = lusong("verify", str(good), str(forged))
    assert 1 == code
    assert re.fullmatch(rf"{re.escape(str(good))}: good: \d+ figures, .*\d charts?.* computed again\n", printed)
    assert {str(forged)} == {line.split(": ")[0] for line in wrong.splitlines()}
    assert re.search(r"\d problems?\.\n$", wrong)
