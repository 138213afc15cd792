"""What stands around the texts: links, appendix, running heads and page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lusong_analysis.pdf.read import links, squeeze
from lusong_analysis.quantity import wording
from lusong_analysis.quantity.period import words as period_words
from lusong_analysis.report import appendix
from lusong_analysis.report.evidence import anchors
from lusong_analysis.report.gate import glossary_names, typed_numbers
from lusong_analysis.verify.elements import Element, difference, shortened
from lusong_analysis.verify.proof import Proof

PAGE = {"zh": "第{}页，共{}页", "en": "Page{}of{}"}


def check_links(proof: Proof) -> None:
    """A link to evidence prints a form of that figure, and every figure is printed somewhere."""
    for link in links(proof.document):
        figure = proof.figures.get(link.target or "")
        if figure is None:
            if re.fullmatch(r"E\d+", link.target or ""):
                proof.verdict.wrong(f"page {link.page}", link.text, f"It links to {link.target}, which is no figure.")
            continue
        forms = {squeeze(proof.speaker.figure(figure, spec)) for spec in specs()}
        if squeeze(link.text) not in forms | {str(link.target)}:
            rule = f"It links to {link.target}, which prints {proof.speaker.figure(figure)!r}."
            proof.verdict.wrong(f"page {link.page}", link.text, rule)
    printed = anchors(proof.record["blocks"])
    for anchor in proof.figures:
        if anchor not in printed:
            proof.verdict.wrong(f"figure {anchor}", "nothing", "No text prints it.")


def specs() -> list[str]:
    """The forms in which a placeholder may print a figure."""
    return [*wording.SPECS, *map(str, range(1, 10))]


def check_appendix(proof: Proof, ending: list[Element]) -> None:
    """The appendix as a whole is the one computed again, its fingerprint that of the attachment."""
    sections = appendix.appendix_of(proof.record, proof.figures, proof.package, pages(proof))
    wanted = squeeze("".join(section.plain for section in sections))
    printed = squeeze("".join(block.text for block in ending))
    if printed != wanted:
        found = shortened(difference(printed, wanted))
        proof.verdict.wrong("appendix", found, "Computed again from the attachment, it reads otherwise from here on.")


def pages(proof: Proof) -> dict[str, str]:
    """The pages on which links to each figure stand before its entry, as the appendix prints them."""
    found: dict[str, set[int]] = {anchor: set() for anchor in proof.figures}
    entered: set[str] = set()
    begun: dict[int, int] = {}
    for piece in proof.document.pieces:
        if piece.path and re.fullmatch(r"H[1-6]", piece.path[-1]):
            entered.add(piece.text.strip())
        elif "Link" in piece.path:
            start = begun.setdefault(piece.elements[piece.path.index("Link")], piece.page)
            if piece.target in found and piece.target not in entered:
                found[piece.target].add(start)
    comma = "、" if proof.language == "zh" else ", "
    return {anchor: comma.join(map(str, sorted(pages))) or "–" for anchor, pages in found.items()}


def check_margins(proof: Proof) -> None:
    """Outside the tagged text stand only running head, repeated table heads, date and page number."""
    count = len(proof.document.artifacts)
    date = squeeze(period_words(proof.parameters.edition_date, proof.language))
    title = squeeze(proof.document.title)
    repeated = {"", *(squeeze("".join(heads)) for heads in heads(proof))}
    for number, text in enumerate(proof.document.artifacts, start=1):
        foot = date + PAGE[proof.language].format(number, count)
        words = squeeze(text)
        rest = words.removesuffix(foot)
        head = next(
            (rest.removeprefix(title[:cut]) for cut in range(len(title), -1, -1) if rest.startswith(title[:cut])),
            rest,
        )
        if not words.endswith(foot) or head.removeprefix("…") not in repeated:
            proof.verdict.wrong(
                f"page {number}, margin", shortened(text), f"It should end in {foot!r}, after the title."
            )
    if typed_numbers(proof.document.title, proof.language, glossary_names(proof.package)):
        proof.verdict.wrong("title", proof.document.title, "A title without evidence holds no number.")


def heads(proof: Proof) -> Iterator[list[str]]:
    """The heads of all tables, which a table over two pages repeats."""
    for block in proof.record["blocks"]:
        for part in block.get("parts", []):
            if "columns" in part:
                yield [proof.speaker.plain(proof.text(column["head"])) for column in part["columns"]]
    yield list(appendix.HEADS[proof.language])
    yield list(appendix.SOURCE_HEADS[proof.language])
