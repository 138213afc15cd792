"""Editions on disk: the evidence of their reports, and what people hear where there is none."""

import io
import json
import shutil
from pathlib import Path

import pikepdf
import pytest

from attached import with_record
from lusong_analysis.pdf.read import attachments, read
from lusong_analysis.problem import Refused
from lusong_analysis.report.editions import find_edition, records

REPORTS = Path(__file__).parents[1] / "reports"
EDITION = sorted(REPORTS.glob("[0-9]*"))[-1]
REPORT = EDITION / "en" / "05_business_environment.pdf"


@pytest.fixture
def held():
    """The record of a published report."""
    return json.loads(attachments(REPORT.read_bytes())["evidence.json"])


def refused(act, *arguments):
    """The problems for which something is refused."""
    with pytest.raises(Refused) as caught:
        act(*arguments)
    return [str(problem) for problem in caught.value.problems]


def test_attachments_without_a_look_at_the_pages():
    """The light reader gives the same files as the reading of the whole PDF; of what is no PDF it says so."""
    data = REPORT.read_bytes()
    assert ["evidence.json"] == [name for name in attachments(data) if name.endswith(".json")]
    assert attachments(data) == read(data).attachments
    with pytest.raises(ValueError, match="this is no PDF"):
        attachments(b"%PDF-1.7\n")


def test_records_of_an_edition():
    """An edition has a record for each report and language; one language, or one PDF, has its own."""
    found = records(EDITION)
    names = {file.stem for file in EDITION.glob("zh/*.pdf")}
    assert {(name, language) for name in names for language in ("zh", "en")} == set(found)
    assert all(language == record["language"] for (_, language), record in found.items())
    assert {(name, "zh") for name in names} == set(records(EDITION, "zh"))
    assert [("05_business_environment", "en")] == list(records(REPORT))


def test_editions_are_found_by_path_and_by_name():
    """A path is itself, a name is looked up in the project's reports."""
    assert REPORT == find_edition(str(REPORT), None)
    assert EDITION == find_edition(EDITION.name, REPORTS)


def test_an_edition_that_is_not_held():
    """An unknown name is refused with the one that is near, or with those that are held; swept folders are none."""
    (near,) = refused(find_edition, EDITION.name[:-1], REPORTS)
    assert near.endswith(f"Did you mean {EDITION.name!r}?")
    (far,) = refused(find_edition, "next", REPORTS)
    assert EDITION.name in far
    (outside,) = refused(find_edition, EDITION.name, None)
    assert outside.endswith("Give the path of an edition's folder or of a PDF.")


def test_no_name_at_all(tmp_path, monkeypatch):
    """An empty name is none, and the folder one is in is named as it was given."""
    (empty,) = refused(find_edition, "", REPORTS)
    assert empty.startswith("edition: found 'nothing'.")
    monkeypatch.chdir(tmp_path)
    (here,) = refused(records, find_edition(".", REPORTS))
    assert here.startswith(".: found '.'.")


def test_one_language_of_an_edition(monkeypatch):
    """Who names the folder of one language is led to the folder above."""
    (named,) = refused(records, REPORT.parent)
    assert named.endswith(f"Name the folder above, {EDITION}, or one of the PDFs.")
    monkeypatch.chdir(REPORT.parent)
    (here,) = refused(records, Path())
    assert here.endswith("Name the folder above, .., or one of the PDFs.")


def test_a_folder_that_is_no_edition(tmp_path):
    """A folder without PDFs, one that is missing, and an edition without the language are refused."""
    (empty,) = refused(records, tmp_path)
    assert "An edition has PDFs in zh/ or en/; there is none." in empty
    (missing,) = refused(records, EDITION.with_name("2026-1"))
    assert f"Did you mean {EDITION.name!r}?" in missing
    (other,) = refused(records, REPORT, "zh")
    assert "There is no report in zh in it." in other


def test_pdfs_that_prove_nothing(tmp_path, held):
    """Each PDF whose evidence is missing, damaged or of another version is named, all in one list."""
    folder = tmp_path / "2027-02" / "en"
    folder.mkdir(parents=True)
    shutil.copy(REPORT, folder / "00_good.pdf")
    fewer = {name: value for name, value in held.items() if name != "rows"}
    statements = {**held, "rows": {**held["rows"], "sources": []}}
    month = {**held, "parameters": {**held["parameters"], "edition": "next"}}
    data = REPORT.read_bytes()
    files = {
        "01_cut": (b"%PDF-1.7\n", "this is no PDF"),
        "02_plain": (bare(), "it has no attachment evidence.json"),
        "03_list": (with_record(data, []), "its attachment evidence.json is damaged"),
        "04_fewer": (with_record(data, fewer), "its attachment evidence.json is damaged"),
        "05_sources": (with_record(data, statements), "its attachment evidence.json is damaged"),
        "06_month": (with_record(data, month), "its attachment evidence.json is damaged"),
        "07_blocks": (with_record(data, {**held, "blocks": ["?"]}), "its attachment evidence.json is damaged"),
        "08_newer": (with_record(data, {**held, "version": 99}), "its evidence is of version 99"),
    }
    for name, (content, _) in files.items():
        (folder / f"{name}.pdf").write_bytes(content)
    found = refused(records, folder.parent)
    assert [(name, True) for name in files] == [
        (Path(line.partition(": ")[0]).stem, files[name][1] in line) for line, name in zip(found, files, strict=True)
    ]


def bare():
    """A PDF that carries nothing."""
    with pikepdf.open(REPORT) as pdf:
        for name in list(pdf.attachments):
            del pdf.attachments[name]
        saved = io.BytesIO()
        pdf.save(saved)
    return saved.getvalue()
