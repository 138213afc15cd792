"""What stands around the texts: links, appendix, running heads and page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lusong_analysis.pdf.read import links, squeeze
from lusong_analysis.quantity import wording
from lusong_analysis.quantity.period import words as period_words
from lusong_analysis.report import appendix
from lusong_analysis.report.evidence import ATTACHMENT, anchors
from lusong_analysis.report.gate import glossary_names, typed_numbers
from lusong_analysis.verify.elements import Element, difference, shortened
from lusong_analysis.verify.proof import Proof

# The forms in which a placeholder may print a figure.
SPECS = (*wording.SPECS, *map(str, range(1, 10)))
PAGE = {"zh": "第{}页，共{}页", "en": "Page{}of{}"}


def check_links(proof: Proof) -> None:
    """A link to evidence prints a form of that figure, and every figure is printed somewhere."""

    @cache
    def form(anchor: str, spec: str) -> str:
        return squeeze(proof.speaker.figure(proof.figures[anchor], spec))

    for link in links(proof.document):
        figure = proof.figures.get(link.target or "")
        if figure is None:
            if re.fullmatch(r"E\d+", link.target or ""):
                proof.verdict.wrong(f"page {link.page}", link.text, f"It links to {link.target}, which is no figure.")
            continue
        words = squeeze(link.text)
        if words != link.target and not any(words == form(link.target, spec) for spec in SPECS):
            rule = f"It links to {link.target}, which prints {proof.speaker.figure(figure)!r}."
            proof.verdict.wrong(f"page {link.page}", link.text, rule)
    printed = anchors(proof.record["blocks"])
    for anchor in proof.figures:
        if anchor not in printed:
            proof.verdict.wrong(f"figure {anchor}", "nothing", "No text prints it.")


def check_appendix(proof: Proof, ending: list[Element]) -> None:
    """The appendix as a whole is the one computed again, its fingerprint that of the attachment."""
    printed = squeeze("".join(block.text for block in ending))
    found = re.search(squeeze(appendix.FINGERPRINT[proof.language]) + "([0-9a-f]{64})", printed)
    if found is None or found[1] != appendix.fingerprint(proof.record):
        # The rest would only say the same of every line that the other file makes otherwise.
        rule = f"The attached {ATTACHMENT} is another than the one that belongs to this page."
        proof.verdict.wrong("appendix", found[1] if found else "no fingerprint", rule)
        return
    sections = appendix.appendix_of(proof.record, proof.figures, proof.package, pages(proof), found[1])
    wanted = squeeze("".join(section.plain for section in sections))
    if not printed.startswith(wanted):
        other = shortened(difference(printed, wanted))
        proof.verdict.wrong("appendix", other, "Computed again from the attachment, it reads otherwise from here on.")
        return
    # What follows is the imprint, which names the edition and the title.
    imprint = printed.removeprefix(wanted)
    for words in (*dates(proof), squeeze(proof.document.title)):
        imprint = imprint.replace(words, "")
    for number in typed_numbers(imprint, proof.language, glossary_names(proof.package)):
        proof.verdict.wrong("imprint", shortened(imprint), f"{number!r} is a number without evidence.")


def dates(proof: Proof) -> tuple[str, str]:
    """The edition as the publication prints it, and its first day as the plain page does."""
    edition = proof.parameters.edition
    name = f"{period_words(edition, 'zh')}版" if proof.language == "zh" else f"Edition of {period_words(edition, 'en')}"
    return squeeze(name), squeeze(period_words(proof.parameters.edition_date, proof.language))


def contents(blocks: list[Element]) -> set[str]:
    """The entries of a list of contents: each heading with its page."""
    return {squeeze(f"{block.text}{block.page}") for block in blocks if block.tag == "H2"}


def pages(proof: Proof) -> dict[str, str]:
    """The pages on which links to each figure stand before the list of entries, as the appendix prints them."""
    found: dict[str, set[int]] = {anchor: set() for anchor in proof.figures}
    begun: dict[int, int] = {}
    for piece in proof.document.pieces:
        if piece.path and re.fullmatch(r"H[1-6]", piece.path[-1]) and piece.text.strip() in found:
            break
        if "Link" in piece.path:
            start = begun.setdefault(piece.elements[piece.path.index("Link")], piece.page)
            if piece.target in found:
                found[piece.target].add(start)
    comma = "、" if proof.language == "zh" else ", "
    return {anchor: comma.join(map(str, sorted(pages))) or "–" for anchor, pages in found.items()}


def check_margins(proof: Proof, body: list[Element]) -> None:
    """Outside the tagged text stand running head, numbers of sections, repeated table heads, edition and page."""
    count = len(proof.document.artifacts)
    chapters = [block.page for block in body if block.tag == "H2"]
    repeated, begins = [squeeze("".join(head)) for head in heads(proof)], dates(proof)
    for page, text in enumerate(proof.document.artifacts, start=1):
        words = squeeze(text)
        foot = next((f for date in begins if words.endswith(f := date + PAGE[proof.language].format(page, count))), "")
        rest = words.removesuffix(foot)
        for head in repeated:
            rest = rest.replace(head, "", 1)
        numbers = [str(number) for number, place in enumerate(chapters, start=1) if place == page]
        digits = re.sub(r"\D", "", rest)
        if not foot or digits not in ("", "".join(numbers)) or typed_numbers(re.sub(r"\d", "", rest), proof.language):
            rule = "Here stand the running head, numbers of sections, the edition and the page, and no other number."
            proof.verdict.wrong(f"page {page}, margin", shortened(text), rule)
    if typed_numbers(proof.document.title, proof.language, glossary_names(proof.package)):
        proof.verdict.wrong("title", proof.document.title, "A title without evidence holds no number.")


def check_mute(proof: Proof) -> None:
    """Nothing shows on a page but what can be read: no image, and no note or stamp over it."""
    for page, kind in proof.document.mute:
        rule = "No report holds such a thing, and what it says or hides cannot be read."
        proof.verdict.wrong(f"page {page}", kind, rule)


def heads(proof: Proof) -> Iterator[list[str]]:
    """The heads of all tables, which a table over two pages repeats."""
    for block in proof.record["blocks"]:
        for part in block.get("parts", []):
            if "columns" in part:
                yield [proof.speaker.plain(proof.text(column["head"])) for column in part["columns"]]
    yield from appendix.heads(proof.language, proof.first)
