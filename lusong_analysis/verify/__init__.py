"""Does a PDF say what its own evidence says? Every figure, sentence, cell, label and the appendix computed again.

What this cannot find: page and attachment forged together, consistently; and a font forged so that the eye reads
another digit than the text layer holds.
"""

from __future__ import annotations

import json

from lusong_analysis.pdf.read import Document, read, squeeze
from lusong_analysis.report import appendix
from lusong_analysis.report.evidence import ATTACHMENT, VERSION
from lusong_analysis.verify.body import check_body
from lusong_analysis.verify.elements import Element, elements
from lusong_analysis.verify.frame import check_appendix, check_links, check_margins, check_mute, contents, dates
from lusong_analysis.verify.pictures import check_pictures
from lusong_analysis.verify.proof import Proof
from lusong_analysis.verify.tables import check_previous, check_rows, check_sheets
from lusong_analysis.verify.verdict import Verdict

__all__ = ["ATTACHMENT", "Verdict", "check", "verify"]


def verify(data: bytes) -> Verdict:
    """Compute everything that a report prints again from its attachment, and compare.

    Parameters
    ----------
    data : bytes
        A PDF made by this package.

    Raises
    ------
    ValueError
        This is no tagged PDF.
    """
    return check(read(data))


def check(document: Document) -> Verdict:
    """Verify a document that was read already; see :func:`verify`."""
    verdict = Verdict()
    attached = document.attachments.get(ATTACHMENT)
    if attached is None:
        verdict.wrong("attachments", ", ".join(document.attachments) or "none", f"There is no {ATTACHMENT}.")
        return verdict
    try:
        record = json.loads(attached)
    except ValueError:
        verdict.wrong(ATTACHMENT, f"{len(attached)} bytes", "They are no JSON: the attachment is cut off or damaged.")
        return verdict
    try:
        if record["version"] not in range(1, VERSION + 1):
            rule = f"Its version is not one of those that this program reads, 1 to {VERSION}."
            verdict.wrong(ATTACHMENT, str(record["version"]), rule)
            return verdict
        proof = Proof(document, record, verdict)
        proof.check_figures()
        check_rows(proof)
        check_previous(proof)
        check_sheets(proof)
        body, ending = split(proof)
        check_body(proof, body, {*dates(proof), *contents([*body, *ending])})
        check_pictures(proof)
        check_links(proof)
        check_appendix(proof, ending)
        check_margins(proof, body)
        check_mute(proof)
    # A forged attachment can fail anywhere; whatever it is, it is no proof.
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        verdict.wrong(ATTACHMENT, f"{type(error).__name__}: {error}", "It cannot be computed again.")
    return verdict


def split(proof: Proof) -> tuple[list[Element], list[Element]]:
    """The blocks before the appendix, and those of the appendix."""
    blocks = list(elements(proof.document))
    heading = squeeze(appendix.HEADING[proof.language])
    start = next(
        (place for place, block in enumerate(blocks) if block.tag == "H2" and squeeze(block.text) == heading),
        len(blocks),
    )
    if start == len(blocks):
        proof.verdict.wrong("appendix", "nothing", "There is no appendix.")
    return blocks[:start], blocks[start:]
