"""Every text that prints figures stands on the page as computed again, in order, and no other number does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from lusong_analysis.pdf.read import squeeze
from lusong_analysis.report.gate import glossary_names, typed_numbers
from lusong_analysis.report.recompute import judgement_of, quantity_of
from lusong_analysis.report.words import absence_templates, empty_templates
from lusong_analysis.verify.elements import Element, shortened
from lusong_analysis.verify.proof import Proof

# Charts and maps are counted together.
CAPTIONS = {"chart": "figure", "map": "figure", "table": "table"}
LABELS = {"zh": {"figure": "图", "table": "表"}, "en": {"figure": "Figure", "table": "Table"}}


def check_body(proof: Proof, body: list[Element], machine: set[str]) -> None:
    """Every text that prints figures stands on the page as computed again, in order, and no other number does.

    ``machine`` are the texts with numbers that the page makes itself: date, edition, contents.
    """
    wanted = list(expected(proof))
    names = glossary_names(proof.package)
    at = 0
    for block in body:
        words = squeeze(block.text)
        # The mark of an item is no text, though it may look like an empty cell.
        rest = range(at, len(wanted)) if block.tag != "LI" else ()
        found = next((place for place in rest if wanted[place][1] == words), None)
        if found is not None:
            report_missing(proof, wanted[at:found])
            at = found + 1
        elif words not in machine:
            for number in typed_numbers(block.text, proof.language, names):
                rule = f"{number!r} is a number without evidence, or its sentence was changed."
                proof.verdict.wrong(f"page {block.page}", shortened(block.text), rule)
    report_missing(proof, wanted[at:])


def report_missing(proof: Proof, texts: list[tuple[str, str]]) -> None:
    """Note the texts that are not on the page as computed again."""
    for place, words in texts:
        proof.verdict.wrong(place, shortened(words), "Computed again, this should be on the page, and is not.")


def expected(proof: Proof) -> Iterator[tuple[str, str]]:
    """Place and words of every text with figures, in the order of the document."""
    counts = Counter[str]()
    for block in proof.record["blocks"]:
        kind = block["kind"]
        counts[kind] += 1
        place = f"{kind.replace('_', ' ')} {counts[kind]}"
        if kind == "absent":
            yield place, absence(proof, place, block)
            continue
        for part in block["parts"]:
            if "text" in part:
                yield place, proof.words(part["text"])
            elif "caption" in part:
                called = CAPTIONS[kind]
                number = sum(counts[other] for other in CAPTIONS if CAPTIONS[other] == called)
                label = f"{LABELS[proof.language][called]}{number}"
                yield f"{place}, title", label + proof.words(part["caption"]) + proof.words(part["measure"])
            else:
                yield from cells(proof, place, part)
    proof.verdict.blocks = dict(counts)


def cells(proof: Proof, place: str, block: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The heads and cells of a table, row by row."""
    for column in block["columns"]:
        yield f"{place}, head", proof.words(column["head"])
    for number, row in enumerate(block["rows"], start=1):
        for column in block["columns"]:
            yield f"{place}, row {number}", proof.words({**column["cell"], "names": row})


def absence(proof: Proof, place: str, block: Mapping[str, Any]) -> str:
    """The sentence that names what is missing, computed again."""
    values = [
        judgement_of(formula, proof.package) if "judgement" in formula else quantity_of(formula, proof.package)
        for formula in block["absent"]
    ]
    absences = [value.absence for value in values if value.absence]
    if len(absences) != len(values):
        proof.verdict.wrong(place, str(block["absent"]), "What it calls missing can be computed.")
    if absences:
        templates = absence_templates(proof.package, absences, proof.parameters.as_of)
    else:
        templates = empty_templates(proof.parameters.as_of)
    return proof.words({**templates, "names": block["parts"][0]["text"]["names"]})
