"""Two reports prove from the two PDFs alone that they print the same figures, and name whatever differs."""

import copy
import dataclasses
import json
import re
from pathlib import Path

import pytest

from lusong_analysis.pdf.read import Document, read
from lusong_analysis.report.appendix import canonical
from lusong_analysis.report.evidence import entry_of
from lusong_analysis.report.recompute import package_of, traced_of
from lusong_analysis.report.text import Speaker
from lusong_analysis.verify import ATTACHMENT
from lusong_analysis.verify.parity import parity
from lusong_analysis.verify.sections import sections

EDITION = max(Path(__file__).parents[1].glob("reports/[0-9]*-[0-9]*"))
REPORTS = sorted(file.name for file in EDITION.glob("zh/*.pdf"))


@pytest.fixture(scope="module")
def documents():
    """The published apparel report by language, read back."""
    return {language: published("01_apparel.pdf", language) for language in ("zh", "en")}


def published(name, language) -> Document:
    """A report of the published edition."""
    return read((EDITION / language / name).read_bytes())


def record_of(document):
    """The evidence of a document, to be forged."""
    return json.loads(document.attachments[ATTACHMENT])


def with_evidence(document, record):
    """The document with another attachment."""
    return dataclasses.replace(document, attachments={ATTACHMENT: canonical(record)})


def with_pieces(document, pieces):
    """The document with other tagged text."""
    return dataclasses.replace(document, pieces=tuple(pieces))


def starts(document):
    """Where the sections of the body begin among the pieces, the appendix last."""
    found = [place for place, piece in enumerate(document.pieces) if "H2" in piece.path]
    begun = dict.fromkeys(document.pieces[place].elements for place in found)
    firsts = [next(place for place in found if document.pieces[place].elements == one) for one in begun]
    return firsts[: len(sections(document, document.language[:2])[0]) - 1]


def heading(document, number):
    """The heading of a section of the body, in quotation marks."""
    begun = document.pieces[starts(document)[number]]
    return f"“{''.join(piece.text for piece in document.pieces if piece.elements == begun.elements).strip()}”"


def texts(problems):
    """Each problem in one line."""
    return [str(problem) for problem in problems]


@pytest.mark.parametrize("name", REPORTS)
def test_published_reports_agree(name):
    """The two languages of every published report print the same figures from the same statements, in either order."""
    zh, en = (published(name, language) for language in ("zh", "en"))
    found = parity(zh, en)
    assert ([], found) == (found.problems, parity(en, zh))
    assert (len(record_of(zh)["figures"]), True) == (found.figures, found.sections > 1)
    assert 0 < found.statements <= len(record_of(en)["rows"]["observations"])


def test_a_dropped_block_is_named(documents):
    """A block that one language lacks is one problem, with its kind, its figures and the section of both."""
    record = record_of(documents["en"])
    place = next(place for place, block in enumerate(record["blocks"]) if block["kind"] == "chart")
    del record["blocks"][place]
    (problem,) = parity(documents["zh"], with_evidence(documents["en"], record)).problems
    assert problem.place.endswith(f"block {place + 1} (chart)")
    assert re.fullmatch(r"zh chart with E\d+(, E\d+)*; en nothing", problem.found)
    assert re.match("section “.*” / “.*”, block", problem.place)


def test_exchanged_blocks_are_found(documents):
    """Blocks in another order are other blocks."""
    record = record_of(documents["zh"])
    record["blocks"][2:4] = record["blocks"][3:1:-1]
    found = parity(with_evidence(documents["zh"], record), documents["en"]).problems
    assert found
    assert {"Both languages print the same blocks in the same order, from the same templates."} == {
        p.rule for p in found
    }


def test_another_template_is_named(documents):
    """A template or the name of a value that one of the records has otherwise is named with its place in the block."""
    for path in (("zh",), ("en",), ("names", 0, "name")):
        record = record_of(documents["zh"])
        holder = record["blocks"][0]["parts"][0]["text"]
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = "forged"
        (problem,) = parity(with_evidence(documents["zh"], record), documents["en"]).problems
        assert "block 1 (sentence), parts 1, text, " in problem.place
        assert problem.found.startswith("zh forged; en ")


def test_exchanged_sections_are_named(documents):
    """Two sections that changed places link other figures than those of the other language, and headings are named."""
    pieces, begin = list(documents["en"].pieces), starts(documents["en"])
    first, second, third = begin[1:4]
    exchanged = [*pieces[:first], *pieces[second:third], *pieces[first:second], *pieces[third:]]
    found = texts(parity(documents["zh"], with_pieces(documents["en"], exchanged)).problems)
    assert found
    assert all(line.startswith("section “") and ", figure E" in line for line in found)
    place = f"section {heading(documents['zh'], 1)} / {heading(documents['en'], 2)}"
    assert any(line.startswith(place) for line in found)


def test_a_missing_heading_is_named(documents):
    """A heading that one language lacks is named, whatever stands under it."""
    begun = starts(documents["zh"])[3]
    lost = documents["zh"].pieces[begun]
    pieces = [piece for piece in documents["zh"].pieces if piece.elements != lost.elements]
    found = parity(with_pieces(documents["zh"], pieces), documents["en"]).problems
    missing = [problem for problem in found if "same sections in the same order" in problem.rule]
    assert lost.text in heading(documents["zh"], 3)
    assert [f"zh nothing; en {heading(documents['en'], 3)}, heading of level 2"] == [
        problem.found for problem in missing
    ]


def test_swapped_figures_are_named(documents):
    """Two figures that changed sections are named in each section, with what the other language has."""
    swap = {"E8": "E14", "E14": "E8"}
    pieces = [
        dataclasses.replace(piece, target=swap.get(piece.target, piece.target)) for piece in documents["zh"].pieces
    ]
    found = parity(with_pieces(documents["zh"], pieces), documents["en"]).problems
    named = {re.search(r"figure (E\d+) ", problem.place)[1] for problem in found}
    assert {"E8", "E14"} == named
    where = " / ".join(heading(documents[language], 1) for language in ("zh", "en"))
    place = next(problem for problem in found if problem.place.startswith(f"section {where}, figure E8"))
    assert re.fullmatch(f"zh in {heading(documents['zh'], 2)}.*; en here", place.found)


def test_a_changed_number_is_named(documents):
    """A number changed in one record consistently, rows, figures and all, is found in the row and in every figure."""
    record = record_of(documents["en"])
    for row in record["rows"]["observations"]:
        if row["observation_id"] == "apparel-revenue-2019":
            row["obs_value"] = "809"
    package = package_of(record)
    speaker = Speaker("en", package, lambda _: "")
    for place, entry in enumerate(record["figures"]):
        figure = traced_of(entry["formula"], package)
        record["figures"][place] = entry_of(entry["figure"], entry["anchor"], figure, speaker.figure(figure))
    found = parity(documents["zh"], with_evidence(documents["en"], record)).problems
    (row,) = [problem for problem in found if "observations, apparel-revenue-2019" in problem.place]
    assert ("zh 808; en 809", True) == (row.found, row.place.endswith(", obs_value"))
    intervals = [problem.place for problem in found if problem.place.endswith(", interval")]
    assert any("figure E1 (revenue)" in place for place in intervals)
    assert any("figure E3 (growth)" in place for place in intervals)


def test_another_formula_is_named(documents):
    """A statement that one language takes for another is named where it stands in the formula."""
    record = record_of(documents["zh"])
    entry = next(entry for entry in record["figures"] if entry["figure"] == "growth")
    entry["formula"]["arguments"][0]["observation"] = "apparel-ls-scale-2024"
    found = parity(with_evidence(documents["zh"], record), documents["en"]).problems
    (problem,) = [problem for problem in found if "formula" in problem.place]
    assert "figure E3 (growth), formula, arguments 1, observation" in problem.place
    assert "zh apparel-ls-scale-2024; en apparel-revenue-2019" == problem.found


def test_a_missing_figure_is_named(documents):
    """A figure that only one language has is named with its words."""
    record = record_of(documents["en"])
    lost = record["figures"].pop()
    found = parity(documents["zh"], with_evidence(documents["en"], record)).problems
    (problem,) = [problem for problem in found if "by one formula" in problem.rule]
    assert f"figure {lost['anchor']} ({lost['figure']})" in problem.place
    assert problem.found.endswith("; en nothing")


def test_other_entries_of_the_appendix_are_found(documents):
    """Entries in another order are named."""
    turned = {"E1 ": "E2 ", "E2 ": "E1 "}
    pieces = [
        dataclasses.replace(piece, text=turned.get(piece.text, piece.text)) if "H3" in piece.path else piece
        for piece in documents["en"].pieces
    ]
    found = parity(documents["zh"], with_pieces(documents["en"], pieces)).problems
    assert found
    assert all(problem.place.startswith("appendix, entry E") for problem in found)


def test_another_horizon_is_named(documents):
    """Reports that were built with other parameters are told so."""
    record = record_of(documents["en"])
    record["parameters"]["horizon"] = 2030
    (problem,) = parity(documents["zh"], with_evidence(documents["en"], record)).problems
    assert ("parameters, horizon", "zh 2025; en 2030") == (problem.place, problem.found)


def test_other_evidence_is_named(documents):
    """Whatever else the record holds is the same in both languages."""
    record = copy.deepcopy(record_of(documents["en"]))
    record["left_out"] = 7
    record["rows"]["sources"][0]["grade"] = "D"
    places = [problem.place for problem in parity(documents["zh"], with_evidence(documents["en"], record)).problems]
    assert [f"sources, {record['rows']['sources'][0]['source_id']}, grade", "evidence.json, left_out"] == places


def test_one_language_twice_is_refused(documents):
    """Two files of one language prove nothing about the other."""
    (problem,) = parity(documents["en"], documents["en"]).problems
    assert ("language", "en and en") == (problem.place, problem.found)


def test_two_reports_are_two_reports(documents):
    """Of two different reports one sentence says so, instead of a line for each figure."""
    other = published("02_aviation.pdf", "en")
    (problem,) = parity(documents["zh"], other).problems
    assert "report" == problem.place
    assert "these are two reports, not one in two languages" in problem.rule


@pytest.mark.parametrize("change", [{"version": 99}, {"parameters": {"edition": "2099-01"}}])
def test_two_editions_are_two_editions(documents, change):
    """Of two editions, or two versions of the evidence, one sentence says so, whatever else differs."""
    record = record_of(documents["en"])
    record["figures"].pop()
    edition, version = record["parameters"]["edition"], record["version"]
    record |= {**change, "parameters": {**record["parameters"], **change.get("parameters", {})}}
    (problem,) = parity(documents["zh"], with_evidence(documents["en"], record)).problems
    other = f"{record['parameters']['edition']}, evidence of version {record['version']}"
    assert ("edition", f"zh {edition}, evidence of version {version}; en {other}") == (problem.place, problem.found)
    assert problem.todo == "Give both files of one edition."


def test_lines_of_a_heading_stand_apart():
    """A title of several lines is named with spaces between them, as the title of the document has them."""
    document = published("03_new_materials.pdf", "en")
    title = next(section.heading for section in sections(document, "en")[0] if section.level == 1)
    assert document.title.replace(":", "").lower() == title.lower()


def test_a_report_without_evidence_is_refused(documents):
    """Without evidence there is nothing to hold against each other."""
    bare = dataclasses.replace(documents["zh"], attachments={})
    with_it = documents["en"]
    for pair in ((bare, with_it), (with_it, bare)):
        with pytest.raises(ValueError, match=r"there is no evidence\.json"):
            parity(*pair)
