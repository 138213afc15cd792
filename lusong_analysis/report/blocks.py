"""What a notebook prints, block by block: the record for the evidence, and the output for screen and paper."""

from __future__ import annotations

import base64
import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.quantity import identity
from lusong_analysis.quantity.wording import LANGUAGES
from lusong_analysis.report import markup
from lusong_analysis.report.chainmap import HEADS, Band, Box, ChainMap
from lusong_analysis.report.drawing import Chart, Picture
from lusong_analysis.report.evidence import Block, Evidence
from lusong_analysis.report.tables import Table
from lusong_analysis.report.text import Citation, Speaker, Text, Traced, Value, traced

Bundle = dict[str, Any]

SOURCE = {"zh": "来源：", "en": "Source: "}
EVIDENCE = {"zh": "凭证", "en": "Evidence"}
# A line break within a paragraph of Markdown.
BREAK = "\\\n"


@dataclass(frozen=True)
class Output:
    """A block: what the evidence keeps of it, and the data and metadata that Jupyter shows."""

    record: Block
    data: Bundle
    metadata: Bundle


@dataclass(frozen=True)
class Writer:
    """Makes blocks in one language; the figures of a block were taken into the evidence before."""

    speaker: Speaker
    evidence: Evidence

    def part(self, text: Text) -> Block:
        """A text as the record keeps it."""
        return {"text": self.evidence.text(text)}

    def sentence(self, text: Text, note: Text | None, block: str) -> Output:
        """A paragraph, with its finding and evidence numbers in the margin where it has one."""
        speaker, parts = self.speaker, [self.part(text)]
        data = {"text/markdown": speaker.markdown(text), "text/plain": speaker.plain(text)}
        metadata = {"block": block}
        if note is not None:
            aside = finding(note, text.figures())
            parts.insert(0, self.part(aside))
            metadata["aside"] = speaker.markdown(aside)
            data["text/html"] = f"<p>{speaker.html(text)}</p><p><small>▸ {speaker.html(aside)}</small></p>"
        return Output({"kind": "sentence", "parts": parts}, data, metadata)

    def items(self, texts: Sequence[Text], block: str) -> Output:
        """A list of short texts: key figures, or what is not known."""
        speaker = self.speaker
        markdown = "\n".join("- " + speaker.markdown(text).replace("\n", "\n  ") for text in texts)
        data = {"text/markdown": markdown, "text/plain": "\n".join(speaker.plain(text) for text in texts)}
        return Output({"kind": block, "parts": [self.part(text) for text in texts]}, data, {"block": block})

    def chart(self, chart: Chart, title: Text, picture: Picture, labels: Sequence[Text]) -> Output:
        """A picture under a title and a line that says what is measured, above its sources."""
        speaker, note = self.speaker, sources(chart.figures)
        alternative = speaker.plain(chart.alternative)
        png = base64.b64encode(picture.png).decode()
        screen = (
            f"<figure><figcaption><strong>{speaker.html(title)}</strong><br>{speaker.html(chart.measure)}</figcaption>"
            f'<img alt="{html.escape(alternative)}" src="data:image/png;base64,{png}">'
            f"<p><small>{speaker.html(note)}</small></p></figure>"
        )
        record = {
            "kind": "chart",
            "parts": [self._caption(title, chart.measure), self.part(note)],
            "alternative": self.evidence.text(chart.alternative),
            "labels": [self.evidence.text(label) for label in labels],
            "texts": picture.texts,
        }
        data = {"text/html": screen, "image/svg+xml": picture.svg, "image/png": png, "text/plain": alternative}
        metadata = {
            "block": "chart",
            "image/svg+xml": {"alt": alternative},
            "image/png": {"alt": alternative},
            "caption": self._caption_markdown(title, chart.measure),
            "note": speaker.markdown(note),
        }
        return Output(record, data, metadata)

    def table(self, table: Table, title: Text) -> Output:
        """A table under a title, above its sources."""
        speaker, note = self.speaker, sources(figures_of(table))
        caption = f"<strong>{speaker.html(title)}</strong><br>{speaker.html(table.measure)}"
        record = {
            "kind": "table",
            "parts": [self._caption(title, table.measure), self._cells(table), self.part(note)],
        }
        data = {"text/html": self._html(table, caption), "text/plain": self._plain(table)}
        return Output(record, data, {"block": "table", "note": speaker.markdown(note)})

    def chain_map(self, drawn: ChainMap, title: Text) -> Output:
        """The map of a chain under a title, above its sources."""
        speaker, note = self.speaker, source_names(drawn.figures())
        caption = f"<strong>{speaker.html(title)}</strong><br>{speaker.html(drawn.measure)}"
        texts = [*drawn.texts()]
        record = {
            "kind": "map",
            "parts": [self._caption(title, drawn.measure), *map(self.part, texts), self.part(note)],
        }
        rows = [row for band in drawn.bands for row in self._band(band)]
        screen = markup.bands([speaker.html(head) for head in HEADS], rows, caption=caption)
        data = {"text/html": screen, "text/plain": "\n".join(map(speaker.plain, texts))}
        return Output(record, data, {"block": "map", "note": speaker.markdown(note)})

    def _band(self, band: Band) -> Iterator[list[tuple[str, str, int]]]:
        """The rows of a band; its name reaches over all of them."""
        name = self.speaker.html(band.title)
        # What begins a branch is set off from the band before by emphasis, so that the order does not hang on place.
        head_of = f"<strong>{name if band.follows else f'<em>{name}</em>'}</strong>" if band.key else name
        for number, row in enumerate(band.rows):
            head = [("", head_of, len(band.rows))] if not number else []
            yield [*head, *((box.look, self._box(box), 1) if box else ("", "", 1) for box in row)]

    def _box(self, box: Box) -> str:
        name, about = self.speaker.html(box.name), self.speaker.html(box.about)
        shown = {
            "local": f"<strong>{name}</strong><br>{about}",
            "beyond": f"{name}<br>{about}",
            "gap": f"<em>{name}</em>" + (f"<br>{about}" if about else ""),
            "link": f"{name} {about}",
        }
        return shown[box.look]

    def conflict(self, claim: Text, table: Table, rule: Text) -> Output:
        """Statements that cannot all be true, side by side, and which of them counts here."""
        speaker = self.speaker
        screen = f"<p>{speaker.html(claim)}</p>{self._html(table)}<p>{speaker.html(rule)}</p>"
        plain = "\n".join([speaker.plain(claim), self._plain(table), speaker.plain(rule)])
        record = {"kind": "conflict", "parts": [self.part(claim), self._cells(table), self.part(rule)]}
        return Output(record, {"text/html": screen, "text/plain": plain}, {"block": "conflict"})

    def _caption(self, title: Text, measure: Text) -> Block:
        return {"caption": self.evidence.text(title), "measure": self.evidence.text(measure)}

    def _caption_markdown(self, title: Text, measure: Text) -> str:
        return f"**{self.speaker.markdown(title)}**{BREAK}{self.speaker.markdown(measure)}"

    def _cells(self, table: Table) -> Block:
        columns = [
            {"head": self.evidence.text(column.head), "cell": {"zh": column.cell.zh, "en": column.cell.en}}
            for column in table.columns
        ]
        return {"columns": columns, "rows": [self.evidence.text(Text("", "", row))["names"] for row in table.rows]}

    def _html(self, table: Table, caption: str = "") -> str:
        return markup.table(
            [self.speaker.html(column.head) for column in table.columns],
            [[self.speaker.html(cell) for cell in row] for row in cells_of(table)],
            caption=caption,
            numeric=[column.numeric for column in table.columns],
        )

    def _plain(self, table: Table) -> str:
        rows = cells_of(table)
        return "\n".join("\t".join(self.speaker.plain(cell) for cell in row) for row in rows)


def cells_of(table: Table) -> list[list[Text]]:
    """The texts of a table's cells, row by row."""
    return [[Text(column.cell.zh, column.cell.en, row) for column in table.columns] for row in table.rows]


def figures_of(table: Table) -> dict[str, Traced]:
    """The figures of a table's rows, each under a name of its own."""
    return {f"{name}_{number}": value for number, row in enumerate(table.rows) for name, value in traced(row).items()}


def finding(note: Text, figures: Mapping[str, Traced]) -> Text:
    """A finding for the margin, with the numbers of the figures that its paragraph prints."""
    if not figures:
        return note
    numbers = {"zh": "、", "en": ", "}
    lines = {
        language: f"{note.template(language)}{BREAK}{EVIDENCE[language]} "
        + comma.join(f"{{{name}.number}}" for name in figures)
        for language, comma in numbers.items()
    }
    return Text(lines["zh"], lines["en"], {**note.values, **figures})


def sources(figures: Mapping[str, Traced]) -> Text:
    """The line under a chart or table: the sources of its figures, and their numbers in the appendix."""
    names: dict[str, Value] = dict(figures)
    # One figure may stand in a row under several names.
    numbers: dict[str, str] = {}
    for name, figure in figures.items():
        numbers.setdefault(identity(figure.formula), name)
    zh = f"{SOURCE['zh']}{{sources}}。{EVIDENCE['zh']} " + "、".join(f"{{{name}.number}}" for name in numbers.values())
    en = f"{SOURCE['en']}{{sources}}. {EVIDENCE['en']} " + ", ".join(f"{{{name}.number}}" for name in numbers.values())
    return Text(f"{zh}。", f"{en}.", {**names, "sources": Citation(tuple(figures.values()))})


def source_names(figures: Mapping[str, Traced]) -> Text:
    """The line under a map, whose boxes end with their numbers: the sources alone."""
    values = {"sources": Citation(tuple(figures.values()))}
    return Text(f"{SOURCE['zh']}{{sources}}。", f"{SOURCE['en']}{{sources}}.", values)


def lines_of(zh: str, en: str, values: Mapping[str, Value]) -> list[Text]:
    """Templates of several lines as one text a line, each with the values that it names.

    Raises
    ------
    QuantityError
        The languages differ in their number of lines.
    """
    chinese, english = zh.strip().split("\n"), en.strip().split("\n")
    if len(chinese) != len(english):
        msg = f"zh has {len(chinese)} lines, en has {len(english)}; each line stands in both languages"
        raise QuantityError(msg)
    pairs = zip(chinese, english, strict=True)
    return [
        Text(one, other, {name: value for name, value in values.items() if f"{{{name}" in one + other})
        for one, other in pairs
    ]


def key_figure(text: Text) -> Text:
    """A line of the strip: the figure, a line break, and what it is.

    Raises
    ------
    QuantityError
        The line does not begin with a figure.
    """
    lines = {}
    for language in LANGUAGES:
        figure, brace, label = text.template(language).partition("}")
        if not (brace and figure.startswith("{") and label.strip()):
            found = text.template(language)
            msg = f"a key figure is a figure and what it is, as '{{revenue}} 技工贸收入'; found {found!r}"
            raise QuantityError(msg)
        lines[language] = f"{figure}}}{BREAK}{label.strip()}"
    return replace(text, zh=lines["zh"], en=lines["en"])
