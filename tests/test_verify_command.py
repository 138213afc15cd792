"""lusong verify as a reader meets it: files by themselves, against each other, against data, and for machines."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from folders import DATA, change, copy
from forgery import digits_changed

LUSONG = Path(sys.executable).with_name("lusong")
EDITION = max(DATA.parent.glob("reports/[0-9]*-[0-9]*"))
ZH, EN = (EDITION / language / "01_apparel.pdf" for language in ("zh", "en"))


@pytest.fixture
def changed(tmp_path):
    """A data folder in which the founding figure is another."""
    folder = copy(tmp_path)
    cells = {"obs_value": "809", "as_printed": "服饰产业技工贸收入超过809亿元"}
    change(folder, "observations", "apparel-revenue-2019", **cells)
    return folder


@pytest.fixture
def forged(tmp_path):
    """The English report with one digit of its page changed."""
    file = tmp_path / "forged.pdf"
    file.write_bytes(next(data for _, data in digits_changed(EN.read_bytes(), 0)))
    return file


def verify(*arguments, cwd=None):
    """Run the command; give its exit code, what it prints, and what it says is wrong."""
    environment = {name: value for name, value in os.environ.items() if name != "LUSONG_DATA"}
    command = [LUSONG, "verify", *arguments]
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_parity_of_two_languages():
    """After a line for each file one line says what both have in common, whichever is named first."""
    for one, other in ((ZH, EN), (EN, ZH)):
        code, said, wrong = verify("--parity", one, other)
        first, second, both = said.splitlines()
        assert (0, "") == (code, wrong)
        assert [f"{one}: good: ", f"{other}: good: "] == [line[: line.index("good: ") + 6] for line in (first, second)]
        assert re.fullmatch(
            r"the same \d+ figures from the same \d+ statements in \d+ sections",
            both.removeprefix(f"{one} and {other}: "),
        )


def test_parity_that_does_not_hold():
    """What differs is listed with both files, then counted; the exit code is that of something wrong."""
    code, said, wrong = verify("--parity", ZH, ZH)
    assert (1, 2) == (code, len(said.splitlines()))
    assert [
        f"{ZH} and {ZH}: language: found 'zh and zh'. One report is Chinese, the other English. "
        "Give the Chinese and the English file of one report.",
        f"{ZH} and {ZH}: 1 problem.",
    ] == wrong.splitlines()


def test_parity_of_a_forged_file(forged):
    """A file that is not good by itself is held against nothing."""
    code, _, wrong = verify("--parity", "--against", DATA, ZH, forged)
    assert 1 == code
    assert f"{ZH} and {forged}: not held against each other: each file must be good by itself." in wrong
    code, said, wrong = verify("--parity", "--against", DATA, "--json", ZH, forged)
    document = json.loads(said)
    assert (1, "", None) == (code, wrong, document["parity"])
    assert [True, False] == [file["good"] for file in document["files"]]
    assert [[], None] == [file["against"] for file in document["files"]]


@pytest.mark.parametrize("files", [[ZH], [ZH, EN, ZH]])
def test_parity_of_other_than_two_files(files):
    """Parity asks for two files."""
    code, said, wrong = verify("--parity", *files)
    assert (2, "") == (code, said)
    assert re.search(r"found '\d files?'. Two files are held against each other.", wrong)


def test_against_the_same_data():
    """Data that prints the same is one more line, also where the folder is named from within the project."""
    code, said, wrong = verify("--against", "data", ZH, EN, cwd=DATA.parent)
    assert (0, "") == (code, wrong)
    assert 2 == len(re.findall(r"^.*\.pdf: data prints the same \d+ figures$", said, re.MULTILINE))


def test_against_other_data(changed):
    """Each figure that would be another is a line with its number, both texts and the reason; then they are counted."""
    code, said, wrong = verify("--against", changed, ZH)
    assert (1, "") == (code, wrong)
    _, revenue, *others, closing = [line.removeprefix(f"{ZH}: ") for line in said.splitlines()]
    assert revenue.startswith("figure E1 (revenue): 超过808亿元 → 超过809亿元: statement edited")
    assert "figure E3 (growth): 低于3.7% → 低于3.6%: " in "\n".join(others)
    count = len(others) + 1
    assert re.fullmatch(rf"{re.escape(str(changed))} would print otherwise: {count} of \d+ figures", closing)


def test_against_what_is_no_data(tmp_path, changed):
    """A folder that is none, and data that is wrong, are refused before any file is read."""
    code, said, wrong = verify("--against", tmp_path / "nowhere", ZH)
    assert (2, "", True) == (code, said, "It is no data folder: it holds no datapackage.json." in wrong)
    change(changed, "observations", "apparel-revenue-2019", unit="亿圆")
    code, said, wrong = verify("--against", changed, "--json", ZH)
    assert (2, "", True) == (code, said, "亿圆" in wrong)
    assert wrong.endswith("Nothing was verified.\n")


def test_json(changed):
    """One document holds every file with counts and differences, and the parity; nothing else is printed."""
    code, said, wrong = verify("--json", "--parity", "--against", changed, ZH, EN)
    document = json.loads(said)
    assert (1, "") == (code, wrong)
    assert [(str(file), True, []) for file in (ZH, EN)] == [
        (file["file"], file["good"], file["problems"]) for file in document["files"]
    ]
    chinese, english = (file["against"] for file in document["files"])
    assert [figure["anchor"] for figure in chinese] == [figure["anchor"] for figure in english]
    reason = {"kind": "statement edited", "name": "", "statement": "apparel-revenue-2019", "column": "obs_value"}
    assert {**reason, "before": "808", "after": "809"} in chinese[0]["reasons"]
    assert document["parity"].items() >= {"good": True, "problems": []}.items()
    assert document["parity"]["figures"] == document["files"][0]["counts"]["figures"]


def test_json_of_what_is_wrong(forged, tmp_path):
    """Problems have place, finding, rule and advice; a file that cannot be read is one too, and the code says so."""
    missing = tmp_path / "missing.pdf"
    code, said, wrong = verify("--json", forged, missing)
    first, second = json.loads(said)["files"]
    assert (2, "") == (code, wrong)
    assert {"place", "found", "rule", "todo"} == set(first["problems"][0])
    assert ["it cannot be read: No such file or directory."] == [problem["rule"] for problem in second["problems"]]
    assert (False, {}, None) == (second["good"], second["counts"], second["against"])


def test_what_cannot_be_read_says_what_to_do(tmp_path):
    """A missing file and a folder without reports are told with what to do about them."""
    missing = tmp_path / "missing.pdf"
    code, said, wrong = verify(missing, tmp_path)
    assert (2, "") == (code, said)
    assert [
        f"{missing}: it cannot be read: No such file or directory. Look at its name and its rights.",
        f"{tmp_path}: it is a folder without reports. Name an edition's folder, or PDFs.",
    ] == wrong.splitlines()


def test_a_mistyped_name_is_answered_with_what_is_there(tmp_path):
    """The bare name of an edition is answered with its folder, another name with the nearest one beside it."""
    (tmp_path / "reports" / "2026-12").mkdir(parents=True)
    (tmp_path / "01_apparel.pdf").touch()
    code, _, wrong = verify(
        "2026-12", "01_aparel.pdf", Path("reports", "2026-13"), Path("nowhere", "x.pdf"), cwd=tmp_path
    )
    assert code == 2
    assert [
        f"Did you mean {str(Path('reports', '2026-12'))!r}?",
        "Did you mean '01_apparel.pdf'?",
        f"Did you mean {str(Path('reports', '2026-12'))!r}?",
        "Look at its name and its rights.",
    ] == [line.partition("No such file or directory. ")[2] for line in wrong.splitlines()]
    (tmp_path / "gone.pdf").symlink_to("nowhere.pdf")
    assert verify(tmp_path / "gone.pdf")[2].rstrip().endswith("Look at its name and its rights.")


def test_a_folder_stands_for_its_reports(tmp_path):
    """The folder of an edition, or of one of its languages, is verified file by file."""
    for file in (ZH, EN):
        (tmp_path / file.parent.name).mkdir()
        (tmp_path / file.parent.name / file.name).write_bytes(file.read_bytes())
    code, said, wrong = verify("--parity", tmp_path)
    both = [str(tmp_path / language / "01_apparel.pdf") for language in ("en", "zh")]
    assert (0, "", [*both, " and ".join(both)]) == (code, wrong, [line.split(": ")[0] for line in said.splitlines()])
    code, said, _ = verify(tmp_path / "en")
    assert (0, both[:1]) == (code, [line.split(": ")[0] for line in said.splitlines()])


def test_a_broken_attachment(tmp_path):
    """An attachment that was cut off is told in words for people."""
    file = tmp_path / "broken.pdf"
    saved = io.BytesIO()
    with pikepdf.open(ZH) as pdf:
        whole = pdf.attachments["evidence.json"].get_file().read_bytes()
        pdf.attachments["evidence.json"] = pikepdf.AttachedFileSpec(pdf, whole[:-9], filename="evidence.json")
        pdf.save(saved)
    file.write_bytes(saved.getvalue())
    code, _, wrong = verify(file)
    rule = "They are no JSON: the attachment is cut off or damaged."
    assert (1, True, False) == (code, rule in wrong, "Decode" in wrong)
