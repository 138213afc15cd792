"""What changed since the last edition: told by the report itself, and proven from its evidence."""

import re
import shutil

import pytest

from attached import with_record
from conftest import ROOT
from lusong_analysis.facts.package import find_folder, in_force, open_package
from lusong_analysis.pdf.read import attachments, read
from lusong_analysis.report.changes import changes
from lusong_analysis.report.editions import records
from lusong_analysis.report.recompute import package_of
from lusong_analysis.report.text import Past
from lusong_analysis.report.why import why
from reports import Collected

LAST = ROOT / "reports" / "2026-11"
OWN = "00_overview"
NAMED = "newmat-firms-named-2020"


@pytest.fixture
def record():
    """The evidence of a report that printed nothing yet."""
    return Collected(edition="2026-12").evidence()


@pytest.fixture
def reports(tmp_path, monkeypatch):
    """A folder of the last edition, whose overview printed nothing, and one of this, which begins as the same."""
    last, this = tmp_path / "2026-11", tmp_path / "edition"
    for folder in (last, this):
        for language in ("zh", "en"):
            (folder / language).mkdir(parents=True)
            shutil.copy(LAST / language / "03_new_materials.pdf", folder / language)
    for language in ("zh", "en"):
        overview = LAST / language / f"{OWN}.pdf"
        (record,) = records(overview).values()
        nothing = with_record(overview.read_bytes(), {**record, "figures": [], "blocks": []})
        (last / language / overview.name).write_bytes(nothing)
    monkeypatch.setenv("LUSONG_PREVIOUS", str(last))
    monkeypatch.setenv("LUSONG_EDITION", str(this))
    return this


def corrected(folder):
    """Put into this edition's report what today's data make of the number of firms named."""
    for language in ("zh", "en"):
        file = folder / language / "03_new_materials.pdf"
        record = records(file)["03_new_materials", language]
        package = in_force(open_package(find_folder()))
        rows = record["rows"]
        rows["observations"] = [
            package.observations[row["observation_id"]].model_dump() for row in rows["observations"]
        ]
        rows["corrections"] = [row.model_dump() for row in package.corrections.values()]
        for entry in record["figures"]:
            if entry["formula"].get("observation") == NAMED:
                entry["text"] = {"zh": "4家", "en": "4\u00a0enterprises"}[language]
                entry["value"] = "4"
                entry["interval"] = {"low": "4", "high": "4", "low_closed": True, "high_closed": True}
        file.write_bytes(with_record(file.read_bytes(), record))


def told(record):
    """The changes as of a report that tells them."""
    return changes(record, OWN, in_force(open_package(find_folder())), "2026-12")


def test_an_edition_as_of_a_day_compares_with_none(reports):
    """It is issued for its own sake, and says so."""
    found = told(Collected(edition="2026-12", as_of="2020-10-31").evidence())
    assert (None, None) == (found.table, found.previous)
    assert "compared with none" in found.sentence.en


def test_a_report_that_is_new_or_gone_is_told(record, reports):
    """A report that only one of the editions has is a row of its own."""
    for language in ("zh", "en"):
        shutil.copy(LAST / language / "01_apparel.pdf", reports / language)
        (reports / language / "03_new_materials.pdf").unlink()
    rows = {row["report"].en: [reason["kind"] for reason in row["why"].reasons] for row in told(record).table.rows}
    assert {"The apparel chain": ["new report"], "The new materials chain": ["report gone"]} == rows


def test_without_an_edition_before_a_sentence_says_so(record, monkeypatch):
    """The first edition says that it is the first."""
    monkeypatch.setenv("LUSONG_PREVIOUS", "")
    found = told(record)
    assert (None, None) == (found.table, found.previous)
    assert "the first" in found.sentence.en
    assert {} == found.sentence.values


def test_the_same_figures_are_no_change(record, reports):
    """Where every report prints what it printed, one sentence names the last edition."""
    found = told(record)
    assert found.table is None
    assert "No printed figure has changed" in found.sentence.en
    assert "2026-11" == found.sentence.values["edition"].code


def test_a_change_is_a_row_with_its_reason(record, reports):
    """The last edition's words, this edition's figure and why; the evidence keeps what the last edition rested on."""
    corrected(reports)
    found = told(record)
    (row,) = found.table.rows
    before = next(
        entry
        for entry in records(LAST, "zh")["03_new_materials", "zh"]["figures"]
        if entry["formula"].get("observation") == NAMED
    )
    assert Past("03_new_materials", before["anchor"], before["text"]) == row["before"]
    assert {"observation": NAMED} == row["now"].formula
    assert "新材料产业链" == row["report"].zh
    package = in_force(open_package(find_folder()))
    reason = package.corrections["newmat-firms-named-exact"]
    said = [why(package, row["why"].reasons, language) for language in ("zh", "en")]
    assert [f"更正：{reason.reason_zh}", f"corrected: {reason.reason_en}"] == said
    (report,) = found.previous["reports"]
    assert [before] == report["figures"]
    assert ">=" == package_of(report).observations[NAMED].bound


def test_a_notebook_opened_in_the_project_finds_the_editions_beside_its_data(record, monkeypatch):
    """Without a build that names them, the folder of the reports is searched for the month before."""
    for name in ("LUSONG_PREVIOUS", "LUSONG_EDITION"):
        monkeypatch.delenv(name, raising=False)
    values = told(record).sentence.values
    assert "2026-11" == values["edition"].code


def test_the_overview_tells_the_changes_and_its_pdf_proves_them(edition):
    """The built overview prints the changed figure before and now in both languages, and its evidence holds both."""
    for language, words in (("zh", ("不低于4家", "4家", "更正")), ("en", ("at least 4", "4", "corrected"))):
        (record,) = records(edition / language / f"{OWN}.pdf").values()
        (block,) = [block for block in record["blocks"] if block.get("changes")]
        cells = {node["name"]: node for node in block["parts"][1]["rows"][0]}
        assert words[0] in cells["before"]["past"]["text"]
        entry = next(entry for entry in record["figures"] if entry["anchor"] == cells["now"]["figure"])
        assert re.sub(r"\D", "", entry["text"]) == re.sub(r"\D", "", words[1])
        assert ["correction"] == [reason["kind"] for reason in cells["why"]["because"]]
        document = read((edition / language / f"{OWN}.pdf").read_bytes())
        assert words[2] in "".join(piece.text for piece in document.pieces)
        assert "2026-11" == record["previous"]["edition"]


def test_attachments_of_a_report_open_in_a_spreadsheet(edition):
    """Each report carries its statements and sources as tables that say in their first bytes that they are UTF-8."""
    for file in edition.rglob("*.pdf"):
        held = attachments(file.read_bytes())
        assert {"evidence.json", "observations.csv", "sources.csv"} == set(held)
        assert all(held[name].startswith(b"\xef\xbb\xbf") for name in ("observations.csv", "sources.csv"))
