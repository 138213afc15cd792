"""lusong diff as a reader meets it."""

import copy
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from attached import with_record
from lusong_analysis.pdf.read import attachments
from terminal import on_a_terminal

LUSONG = Path(sys.executable).with_name("lusong")
ROOT = Path(__file__).parents[1]
EDITION = sorted((ROOT / "reports").glob("[0-9]*"))[-1]
NAME = "05_business_environment"


def diff(*arguments, cwd=ROOT):
    """Run the command; give its exit code, what it prints, and what it says is wrong."""
    done = subprocess.run([LUSONG, "diff", *arguments], cwd=cwd, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def record_of(language):
    """The record of a published report."""
    return json.loads(attachments((EDITION / language / f"{NAME}.pdf").read_bytes())["evidence.json"])


def changed(language):
    """The same record after a correction of the count of firms, another wording of a date, and a figure less."""
    record = copy.deepcopy(record_of(language))
    figures = {entry["figure"]: entry for entry in record["figures"]}
    statement = figures["firms"]["formula"]["observation"]
    row = next(row for row in record["rows"]["observations"] if row["observation_id"] == statement)
    correction = {"correction_id": "firms-recounted", "observation_id": statement, "column": "obs_value"}
    values = {"value_before": row["obs_value"], "value_after": "106", "date": "2026-12-01"}
    record["rows"]["corrections"] = [correction | values]
    row["obs_value"] = "106"
    figures["firms"]["text"] = "106家" if language == "zh" else "106\u00a0enterprises"
    record["figures"].remove(figures["hint"])
    if language == "zh":
        figures["measures"]["text"] += "整"
    return record


@pytest.fixture
def project(tmp_path):
    """A project with a published edition, and a next one in which one report changed and one is missing."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    for language in ("zh", "en"):
        for edition in ("2026-11", "2026-12"):
            (tmp_path / "reports" / edition / language).mkdir(parents=True)
            for name in (NAME, "02_aviation"):
                shutil.copy(EDITION / language / f"{name}.pdf", tmp_path / "reports" / edition / language)
        new = tmp_path / "reports" / "2026-12" / language
        (new / "02_aviation.pdf").unlink()
        (new / f"{NAME}.pdf").write_bytes(with_record((new / f"{NAME}.pdf").read_bytes(), changed(language)))
    return tmp_path


def test_an_edition_does_not_differ_from_itself():
    """Nothing differs: one line with what was compared, exit code 0."""
    code, printed, wrong = diff(EDITION.name, str(EDITION))
    assert (0, "") == (code, wrong)
    count = len(list(EDITION.glob("zh/*.pdf")))
    assert re.fullmatch(rf"nothing differs: \d+ figures in {count} reports\n", printed)


def test_plain_lines(project):
    """Without a terminal each figure is a line of cells, told once where both languages differ alike; exit code 1."""
    code, printed, wrong = diff("2026-11", "2026-12", cwd=project)
    assert (1, "") == (code, wrong)
    lines = printed.splitlines()
    assert any(
        line.startswith(f"{NAME}\tfirms\t105 enterprises\t106 enterprises\tcorrection firms-recounted: ")
        for line in lines
    )
    assert [[f"{NAME} (zh)", "text only"]] == [line.split("\t")[::4] for line in lines if "\tmeasures\t" in line]
    assert [["–", "no longer printed"]] == [line.split("\t")[3:] for line in lines if "\thint\t" in line]
    assert "02_aviation (zh, en): the whole report is gone" == lines[-2]
    assert re.fullmatch(r"figures that differ: 1 gone, \d+ changed; the later edition prints 29 in 1 report", lines[-1])


def test_one_language(project):
    """With a language only its reports are read, and its texts are shown."""
    code, printed, _ = diff("2026-11", "2026-12", "--language", "zh", cwd=project)
    assert (1, True) == (code, f"{NAME}\tfirms\t105家\t106家\t" in printed)
    assert "02_aviation (zh): the whole report is gone" in printed
    english = diff("2026-11", "2026-12", "--language", "en", cwd=project)[1]
    assert [True, False] == [name in english for name in ("\tfirms\t", "\tmeasures\t")]


def test_on_a_terminal(project):
    """A terminal shows a table with every name in full, without colour where NO_COLOR is set."""
    command = [LUSONG, "diff", "2026-11", "2026-12"]
    coloured = on_a_terminal(command, cwd=project, columns=120, code=1)
    plain = on_a_terminal(command, cwd=project, columns=120, code=1, NO_COLOR="1")
    for shown in (coloured, plain):
        assert [] == [
            word for word in ("figure", "why", "105 enterprises", "106 enterprises", "│") if word not in shown
        ]
    assert not re.search(r"\x1b\[[\d;]*3\d", plain)


def test_json(project):
    """JSON holds every figure with its texts by language and its reasons, and the reports of one edition only."""
    code, printed, _ = diff("2026-11", "2026-12", "--json", cwd=project)
    found = json.loads(printed)
    assert (1, {"before", "after", "reports", "counts", "figures"}) == (code, set(found))
    assert {"added": [], "gone": ["en", "zh"], "compared": {NAME: ["zh", "en"]}} == {
        "added": found["reports"]["added"],
        "gone": sorted(report["language"] for report in found["reports"]["gone"]),
        "compared": found["reports"]["compared"],
    }
    figures = {figure["figure"]: figure for figure in found["figures"]}
    assert ("changed", {"zh": "105家", "en": "105\u00a0enterprises"}) == (
        figures["firms"]["kind"],
        figures["firms"]["before"],
    )
    (reason,) = figures["firms"]["reasons"]
    assert ("correction", "firms-recounted", "105", "106") == tuple(
        reason[part] for part in ("kind", "name", "before", "after")
    )
    assert ({}, {"zh"}) == (figures["hint"]["after"], set(figures["measures"]["after"]))
    kinds = [figure["kind"] for figure in found["figures"]]
    assert {kind: kinds.count(kind) for kind in ("added", "gone", "changed")} | {"printed": 29} == found["counts"]


def test_two_pdfs(project):
    """Two PDFs are compared whatever their names; a PDF and an edition by its report; in one language only."""
    new = project / "reports" / "2026-12"
    shutil.copy(new / "en" / f"{NAME}.pdf", project / "new.pdf")
    old = f"reports/2026-11/en/{NAME}.pdf"
    code, printed, _ = diff(old, "new.pdf", cwd=project)
    assert (1, True) == (code, f"{NAME}\tfirms\t105 enterprises\t106 enterprises\t" in printed)
    assert (1, printed, "") == diff(old, "2026-12", cwd=project)
    assert 0 == diff(old, old, cwd=project)[0]
    code, _, wrong = diff(old, f"reports/2026-12/zh/{NAME}.pdf", cwd=project)
    assert (2, True) == (code, f"There is no report {NAME} in the language en in it." in wrong)


def test_what_cannot_be_read(project):
    """Everything that is wrong with the two editions is one list, exit code 2."""
    (project / "note.pdf").write_bytes(b"%PDF-1.7\n")
    code, printed, wrong = diff("2026-1", "note.pdf", cwd=project)
    assert (2, "") == (code, printed)
    assert re.match(r"edition: found '2026-1'\. .*Did you mean '2026-1[12]'\?\nnote\.pdf: .*this is no PDF", wrong)
    assert "2 problems. Nothing was compared." == wrong.splitlines()[-1]


def test_help_says_the_exit_codes():
    """The help says what each exit code means."""
    code, printed, _ = diff("--help")
    assert (0, True) == (code, "0 nothing differs, 1 something differs, 2 an edition" in " ".join(printed.split()))


def test_two_different_reports_are_refused():
    """Two PDFs that share few statements are two reports, said in one line."""
    one, other = (str(EDITION / "en" / f"{name}.pdf") for name in ("01_apparel", "03_new_materials"))
    code, _, wrong = diff(one, other)
    assert 2 == code
    assert "these are two reports, not two editions of one" in wrong
