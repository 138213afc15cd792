"""A report proves its own figures: whatever is changed on the page or in the evidence is found."""

import dataclasses
import io
import json
import re
from collections import Counter

import pikepdf
import pytest

from forgery import codes, digits_changed, values_changed
from lusong_analysis import verify
from lusong_analysis.pdf.read import read
from lusong_analysis.report.appendix import canonical
from lusong_analysis.verify import ATTACHMENT

LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module")
def documents(pdfs):
    """The reports read back."""
    return {language: read(data) for language, data in pdfs.items()}


def with_evidence(document, record):
    """The document with another attachment."""
    return dataclasses.replace(document, attachments={ATTACHMENT: canonical(record)})


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_untouched_report_verifies(language, pdfs):
    """Every figure, sentence, chart and table is computed again, and nothing is wrong."""
    verdict = verify.verify(pdfs[language])
    record = json.loads(read(pdfs[language]).attachments[ATTACHMENT])
    kinds = [block["kind"] for block in record["blocks"]]
    assert [] == verdict.problems
    assert (len(record["figures"]), Counter(kinds)) == (verdict.figures, verdict.blocks)
    assert verdict.figures >= 10
    assert verdict.blocks["chart"] >= 2
    assert verdict.blocks["table"] >= 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_saved_again_raises_no_alarm(language, pdfs):
    """Another program that only saves the file changes nothing that counts."""
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdfs[language])) as pdf:
        pdf.save(saved, object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True)
    assert saved.getvalue() != pdfs[language]
    assert [] == verify.verify(saved.getvalue()).problems


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_changed_digit_of_a_page_is_found(language, pdfs):
    """Each digit of the page, chart and foot included, changed alone to another digit, raises an alarm."""
    forgeries = list(digits_changed(pdfs[language], 0))
    missed = [what for what, forged in forgeries if not verify.verify(forged).problems]
    assert [] == missed
    assert len(forgeries) > 20


def test_every_changed_value_of_the_evidence_is_found(edition):
    """Each value of an attachment changed alone raises an alarm: the appendix prints its fingerprint."""
    document = read((edition / "en" / "05_business_environment.pdf").read_bytes())
    forgeries = list(values_changed(json.loads(document.attachments[ATTACHMENT])))
    missed = [place for place, forged in forgeries if not verify.check(with_evidence(document, forged)).problems]
    assert [] == missed
    assert len(forgeries) > 500


def test_a_changed_value_of_each_kind_is_found(documents):
    """In a report with a map, a chart and tables, a value of each kind of object and column is changed and found."""
    record = json.loads(documents["en"].attachments[ATTACHMENT])
    kinds = {re.sub(r"/\d+", "", place): (place, forged) for place, forged in values_changed(record)}
    missed = [
        place for place, forged in kinds.values() if not verify.check(with_evidence(documents["en"], forged)).problems
    ]
    assert [] == missed
    assert len(kinds) > 100


@pytest.mark.parametrize(
    "place",
    ["figures/formula", "figures/interval", "figures/text", "figures/expression", "observations/obs_value"],
)
def test_evidence_that_disagrees_with_itself_is_named(place, documents):
    """A forged figure or statement is found by computing, not by the fingerprint alone, and its number is named."""
    record = json.loads(documents["zh"].attachments[ATTACHMENT])
    table, field = place.split("/")
    forgeries = [
        forged
        for path, forged in values_changed(record)
        if path.removeprefix("rows/").startswith(f"{table}/") and f"/{field}" in path and not path.endswith("/name")
    ]
    assert forgeries
    for forged in forgeries:
        places = [problem.place for problem in verify.check(with_evidence(documents["zh"], forged)).problems]
        assert [name for name in places if name != "appendix"]


def test_a_dropped_figure_and_a_dropped_sentence_are_found(documents):
    """Evidence cut short leaves numbers on the page that nothing proves."""
    record = json.loads(documents["en"].attachments[ATTACHMENT])
    for key in ("figures", "blocks"):
        for number in range(len(record[key])):
            forged = {**record, key: record[key][:number] + record[key][number + 1 :]}
            assert verify.check(with_evidence(documents["en"], forged)).problems


def test_a_formula_can_call_nothing_else(documents):
    """A forged name of a function is refused, whatever module it points to."""
    record = json.loads(documents["en"].attachments[ATTACHMENT])
    computed = next(entry for entry in record["figures"] if "function" in entry["formula"])
    for name in ("os.system", "growth.period", "growth.__doc__", "..growth.required_growth"):
        computed["formula"]["function"] = name
        problems = verify.check(with_evidence(documents["en"], record)).problems
        assert any("no measure is called" in problem.found for problem in problems)


def test_a_link_to_another_figure_is_found(pdfs):
    """A link that was bent to another entry prints a figure that is not that entry's."""
    data = pdfs["zh"]
    forged = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            for annotation in page.get("/Annots", []):
                if bytes(annotation.get("/Dest", pikepdf.String(""))) == b"E1":
                    annotation.Dest = pikepdf.String("E4")
        pdf.save(forged)
    problems = [str(problem) for problem in verify.verify(forged.getvalue()).problems]
    assert any("It links to E4" in problem for problem in problems)


@pytest.mark.parametrize("mark", [b"/P <</MCID 9999>> BDC", b"/Artifact BMC", b"/Span BMC"])
def test_a_number_beside_the_tags_is_found(mark, pdfs):
    """A number that somebody writes over a page is found, also where no element of the document holds it."""
    forged = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdfs["zh"])) as pdf:
        page = pdf.pages[0]
        fonts = {name: codes(font) for name, font in page.Resources.Font.items() if "/ToUnicode" in font}
        name, nine = next((name, code) for name, held in fonts.items() for code, sign in held.items() if sign == "9")
        text = b"BT 1 0 0 1 200 400 Tm %s 40 Tf <%s> Tj ET" % (name.encode(), nine.hex().encode())
        page.contents_add(mark + b" " + text + b" EMC")
        pdf.save(forged)
    assert ["margin" in problem.place for problem in verify.verify(forged.getvalue()).problems] == [True]


def test_what_lies_over_a_page_and_cannot_be_read_is_found(pdfs):
    """A note, a link with a look of its own and an image can show or hide a number: each is named with its page."""
    forged = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdfs["zh"])) as pdf:
        pages, rectangle = pdf.pages, [200, 400, 300, 450]
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=rectangle, Contents="9")
        # and a reference to nothing, as editors of PDFs leave it
        held = [*pages[1].obj.get("/Annots", []), pdf.make_indirect(note), None]
        pages[1].obj.Annots = pikepdf.Array(held)
        link = pages[0].Annots[0]
        link.AP = pikepdf.Dictionary(N=pdf.make_stream(b"0 0 9 9 re f", BBox=[0, 0, 9, 9]))
        pages[0].contents_add(b"q 50 0 0 50 200 400 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q")
        pdf.save(forged)
    found = {(problem.place, problem.found) for problem in verify.verify(forged.getvalue()).problems}
    assert {("page 1", "image"), ("page 1", "Link"), ("page 2", "FreeText")} == found


def test_a_frame_around_a_link_is_found(pdfs):
    """A border may be as broad as a number; a link without one of its own has a thin one."""
    for border in (pikepdf.Array([0, 0, 60]), None):
        forged = io.BytesIO()
        with pikepdf.open(io.BytesIO(pdfs["zh"])) as pdf:
            link = pdf.pages[0].Annots[0]
            if border is None:
                del link.Border
            else:
                link.Border = border
            pdf.save(forged)
        found = {(problem.place, problem.found) for problem in verify.verify(forged.getvalue()).problems}
        assert {("page 1", "Link")} == found


def test_a_pdf_without_evidence_proves_nothing(pdfs):
    """A report whose attachment was removed is no proof, and neither is a file that is no PDF."""
    stripped = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdfs["zh"])) as pdf:
        del pdf.attachments[ATTACHMENT]
        pdf.save(stripped)
    assert ["There is no evidence.json."] == [p.rule for p in verify.verify(stripped.getvalue()).problems]
    with pytest.raises(ValueError, match="no PDF"):
        verify.verify(b"no pdf")
