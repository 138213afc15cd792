"""Does a PDF say what its own evidence says? Every figure, sentence, cell, label and the appendix computed again.

What this cannot find: page and attachment forged together, consistently; and a font forged so that the eye reads
another digit than the text layer holds.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from lusong_analysis.facts.package import Package
from lusong_analysis.pdf.read import Document, Piece, figures, links, read, squeeze
from lusong_analysis.problem import Problem
from lusong_analysis.quantity import wording
from lusong_analysis.quantity.period import words as period_words
from lusong_analysis.report import appendix
from lusong_analysis.report.evidence import VERSION, anchors, entry_of, nodes
from lusong_analysis.report.gate import glossary_names, typed_numbers
from lusong_analysis.report.parameters import Parameters
from lusong_analysis.report.recompute import evaluate, judgement_of, package_of, quantity_of, text_of
from lusong_analysis.report.text import Speaker, Text, Traced
from lusong_analysis.report.words import absence_templates, empty_templates

ATTACHMENT = "evidence.json"
FORGED = "The page and its evidence do not belong together; ask the publisher for the file as it was issued."
CAPTIONS = {"zh": {"chart": "图", "table": "表"}, "en": {"chart": "Figure", "table": "Table"}}
PAGE = {"zh": "第{}页，共{}页", "en": "Page{}of{}"}
# Tags within a line; everything else is a block of its own.
INLINE = frozenset({"Span", "Link", "Strong", "Em", "Code", "Reference", "Lbl"})


@dataclass
class Verdict:
    """What was found, and how much was computed again."""

    problems: list[Problem] = field(default_factory=list)
    figures: int = 0
    blocks: dict[str, int] = field(default_factory=dict)

    def wrong(self, place: str, found: str, rule: str) -> None:
        """Note something that does not hold."""
        self.problems.append(Problem(place, found, rule, FORGED))


@dataclass(frozen=True)
class Element:
    """A block of tagged text: paragraph, heading, caption, cell."""

    tag: str
    text: str
    page: int


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
        if record["version"] != VERSION:
            verdict.wrong(
                ATTACHMENT, str(record["version"]), f"Its version is not {VERSION}, which this program reads."
            )
            return verdict
        Check(document, record, verdict).run()
    # A forged attachment can fail anywhere; whatever it is, it is no proof.
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        verdict.wrong(ATTACHMENT, f"{type(error).__name__}: {error}", "It cannot be computed again.")
    return verdict


class Check:
    """One document against its own evidence."""

    def __init__(self, document: Document, record: Mapping[str, Any], verdict: Verdict) -> None:
        self.document, self.record, self.verdict = document, record, verdict
        self.package: Package = package_of(record)
        self.parameters = Parameters.of(record["parameters"])
        self.language: str = record["language"]
        self.figures: dict[str, Traced] = {}
        self.speaker = Speaker(self.language, self.package, self._number)

    def _number(self, figure: Traced) -> str:
        return next(anchor for anchor, known in self.figures.items() if known.formula == figure.formula)

    def run(self) -> None:
        """Everything, from the figures to the last page's foot."""
        self.check_figures()
        body, ending = self.split()
        self.check_body(body)
        self.check_charts()
        self.check_links()
        self.check_appendix(ending)
        self.check_margins()

    def check_figures(self) -> None:
        """Each figure's formula gives its value, interval, words and expression again."""
        if self.language != self.parameters.language or not self.document.language.startswith(self.language):
            self.verdict.wrong(ATTACHMENT, self.language, "Its language is not that of the document.")
        for entry in self.record["figures"]:
            anchor = entry["anchor"]
            figure = evaluate(entry["formula"], self.package)
            if anchor in self.figures or not re.fullmatch(r"E[1-9]\d*", anchor):
                self.verdict.wrong(f"figure {anchor}", anchor, "A figure has one number, and a number one figure.")
            self.figures[anchor] = figure
            again = entry_of(entry["figure"], anchor, figure, self.speaker.figure(figure))
            for key in sorted({*again, *entry}):
                if again.get(key) != entry.get(key):
                    rule = f"Computed again from the attached statements, its {key} is {again.get(key)!r}."
                    self.verdict.wrong(f"figure {anchor}", str(entry.get(key)), rule)
        for leaf in nodes([self.record["figures"], self.record["blocks"]]):
            if "parameter" in leaf and str(self.record["parameters"].get(leaf["parameter"])) != leaf["value"]:
                self.verdict.wrong(
                    ATTACHMENT, str(leaf), "A formula rests on a parameter that the report was not given."
                )
        self.verdict.figures = len(self.figures)

    def split(self) -> tuple[list[Element], list[Element]]:
        """The blocks before the appendix, and those of the appendix."""
        blocks = list(elements(self.document))
        heading = squeeze(appendix.HEADING[self.language])
        start = next(
            (place for place, block in enumerate(blocks) if block.tag == "H2" and squeeze(block.text) == heading),
            len(blocks),
        )
        if start == len(blocks):
            self.verdict.wrong("appendix", "nothing", "There is no appendix.")
        return blocks[:start], blocks[start:]

    # --- body --------------------------------------------------------------------------------------------------

    def check_body(self, body: list[Element]) -> None:
        """Every text that prints figures stands on the page as computed again, in order, and no other number does."""
        expected = list(self.expected())
        date = squeeze(period_words(self.parameters.edition_date, self.language))
        names = glossary_names(self.package)
        at = 0
        for block in body:
            words = squeeze(block.text)
            if at < len(expected) and words == expected[at][1]:
                at += 1
            elif words != date:
                for number in typed_numbers(block.text, self.language, names):
                    nearest = f" Next would be: {expected[at][1][:60]}…" if at < len(expected) else ""
                    rule = f"{number!r} is a number without evidence, or its sentence was changed.{nearest}"
                    self.verdict.wrong(f"page {block.page}", shortened(block.text), rule)
        for place, words in expected[at:]:
            self.verdict.wrong(place, shortened(words), "Computed again, this should be on the page, and is not.")

    def expected(self) -> Iterator[tuple[str, str]]:
        """Place and words of every text with figures, in the order of the document."""
        counts = Counter[str]()
        for block in self.record["blocks"]:
            kind = block["kind"]
            counts[kind] += 1
            place = f"{kind.replace('_', ' ')} {counts[kind]}"
            if kind == "absent":
                yield place, self.absence(place, block)
                continue
            for part in block["parts"]:
                if "text" in part:
                    yield place, self.words(part["text"])
                elif "caption" in part:
                    label = f"{CAPTIONS[self.language][kind]}{counts[kind]}"
                    yield f"{place}, title", label + self.words(part["caption"]) + self.words(part["measure"])
                else:
                    yield from self.cells(place, part)
        self.verdict.blocks = dict(counts)

    def words(self, recorded: Mapping[str, Any]) -> str:
        """A recorded text with its figures computed again, without white space."""
        return squeeze(self.speaker.plain(self.text(recorded)))

    def text(self, recorded: Mapping[str, Any]) -> Text:
        """A recorded text with its values computed again."""
        return text_of(recorded, self.figures, self.package)

    def cells(self, place: str, block: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """The heads and cells of a table, row by row."""
        for column in block["columns"]:
            yield f"{place}, head", self.words(column["head"])
        for number, row in enumerate(block["rows"], start=1):
            for column in block["columns"]:
                yield f"{place}, row {number}", self.words({**column["cell"], "names": row})

    def absence(self, place: str, block: Mapping[str, Any]) -> str:
        """The sentence that names what is missing, computed again."""
        values = [
            judgement_of(formula, self.package) if "judgement" in formula else quantity_of(formula, self.package)
            for formula in block["absent"]
        ]
        absences = [value.absence for value in values if value.absence]
        if len(absences) != len(values):
            self.verdict.wrong(place, str(block["absent"]), "What it calls missing can be computed.")
        if absences:
            templates = absence_templates(self.package, absences, self.parameters.as_of)
        else:
            templates = empty_templates(self.parameters.as_of)
        return self.words({**templates, "names": block["parts"][0]["text"]["names"]})

    # --- charts ------------------------------------------------------------------------------------------------

    def check_charts(self) -> None:
        """The texts in each picture are those recorded, its labels and alternative text those computed again."""
        charts = [block for block in self.record["blocks"] if block["kind"] == "chart"]
        pictures = figures(self.document)
        if len(charts) != len(pictures):
            self.verdict.wrong("charts", str(len(pictures)), f"The evidence has {len(charts)} charts.")
        for number, (block, picture) in enumerate(zip(charts, pictures, strict=False), start=1):
            place = f"chart {number}, page {picture.page}"
            drawn = squeeze("".join(text["text"] for text in block["texts"]))
            if squeeze(picture.text) != drawn:
                self.verdict.wrong(
                    place, shortened(difference(picture.text, drawn)), "Its texts are not those recorded."
                )
            for index, label in enumerate(block["labels"]):
                written = squeeze("".join(text["text"] for text in block["texts"] if text["label"] == index))
                if written != self.words(label):
                    self.verdict.wrong(place, written, f"Computed again, this label is {self.words(label)!r}.")
            loose = [text["text"] for text in block["texts"] if text["label"] is None]
            if loose and typed_numbers(" ".join(loose), self.language):
                self.verdict.wrong(place, " ".join(loose), "A number in the picture has no evidence.")
            if squeeze(picture.alternative) != self.words(block["alternative"]):
                self.verdict.wrong(
                    place, shortened(picture.alternative), "Its alternative text is another when computed again."
                )

    # --- links, appendix, margins -----------------------------------------------------------------------------

    def check_links(self) -> None:
        """A link to evidence prints a form of that figure, and every figure is printed somewhere."""
        for link in links(self.document):
            figure = self.figures.get(link.target or "")
            if figure is None:
                if re.fullmatch(r"E\d+", link.target or ""):
                    self.verdict.wrong(
                        f"page {link.page}", link.text, f"It links to {link.target}, which is no figure."
                    )
                continue
            forms = {squeeze(self.speaker.figure(figure, spec)) for spec in self.specs()}
            if squeeze(link.text) not in forms | {str(link.target)}:
                rule = f"It links to {link.target}, which prints {self.speaker.figure(figure)!r}."
                self.verdict.wrong(f"page {link.page}", link.text, rule)
        printed = anchors(self.record["blocks"])
        for anchor in self.figures:
            if anchor not in printed:
                self.verdict.wrong(f"figure {anchor}", "nothing", "No text prints it.")

    def specs(self) -> list[str]:
        """The forms in which a placeholder may print a figure."""
        return [*wording.SPECS, *map(str, range(1, 10))]

    def check_appendix(self, ending: list[Element]) -> None:
        """The appendix as a whole is the one computed again, its fingerprint that of the attachment."""
        sections = appendix.appendix_of(self.record, self.figures, self.package, self.pages())
        wanted = squeeze("".join(section.plain for section in sections))
        printed = squeeze("".join(block.text for block in ending))
        if printed != wanted:
            found = shortened(difference(printed, wanted))
            self.verdict.wrong(
                "appendix", found, "Computed again from the attachment, it reads otherwise from here on."
            )

    def pages(self) -> dict[str, str]:
        """The pages on which links to each figure stand before its entry, as the appendix prints them."""
        found: dict[str, set[int]] = {anchor: set() for anchor in self.figures}
        entered: set[str] = set()
        begun: dict[int, int] = {}
        for piece in self.document.pieces:
            if piece.path and re.fullmatch(r"H[1-6]", piece.path[-1]):
                entered.add(piece.text.strip())
            elif "Link" in piece.path:
                start = begun.setdefault(piece.elements[piece.path.index("Link")], piece.page)
                if piece.target in found and piece.target not in entered:
                    found[piece.target].add(start)
        comma = "、" if self.language == "zh" else ", "
        return {anchor: comma.join(map(str, sorted(pages))) or "–" for anchor, pages in found.items()}

    def check_margins(self) -> None:
        """Outside the tagged text stand only running head, repeated table heads, date and page number."""
        pages = len(self.document.artifacts)
        date = squeeze(period_words(self.parameters.edition_date, self.language))
        title = squeeze(self.document.title)
        repeated = {"", *(squeeze("".join(heads)) for heads in self.heads())}
        for number, text in enumerate(self.document.artifacts, start=1):
            foot = date + PAGE[self.language].format(number, pages)
            words = squeeze(text)
            rest = words.removesuffix(foot)
            head = next(
                (rest.removeprefix(title[:cut]) for cut in range(len(title), -1, -1) if rest.startswith(title[:cut])),
                rest,
            )
            if not words.endswith(foot) or head.removeprefix("…") not in repeated:
                self.verdict.wrong(
                    f"page {number}, margin", shortened(text), f"It should end in {foot!r}, after the title."
                )
        if typed_numbers(self.document.title, self.language, glossary_names(self.package)):
            self.verdict.wrong("title", self.document.title, "A title without evidence holds no number.")

    def heads(self) -> Iterator[list[str]]:
        """The heads of all tables, which a table over two pages repeats."""
        for block in self.record["blocks"]:
            for part in block.get("parts", []):
                if "columns" in part:
                    yield [self.speaker.plain(self.text(column["head"])) for column in part["columns"]]
        yield list(appendix.HEADS[self.language])
        yield list(appendix.SOURCE_HEADS[self.language])


def elements(document: Document) -> Iterator[Element]:
    """The blocks of tagged text in reading order, without the texts inside pictures."""

    def block(piece: Piece) -> tuple[int, str]:
        places = [place for place, tag in enumerate(piece.path) if tag not in INLINE]
        return (piece.elements[places[-1]], piece.path[places[-1]]) if places else (0, "")

    outside = (piece for piece in document.pieces if "Figure" not in piece.path)
    for (_, tag), pieces in groupby(outside, key=block):
        held = list(pieces)
        yield Element(tag, "".join(piece.text for piece in held), held[0].page)


def difference(printed: str, wanted: str) -> str:
    """The printed text from the first character that is not the wanted one."""
    one, other = squeeze(printed), squeeze(wanted)
    start = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return one[max(0, start - 10) :]


def shortened(text: str) -> str:
    """A text for a message."""
    plain = " ".join(text.split())
    return plain if len(plain) <= 80 else plain[:79] + "…"
