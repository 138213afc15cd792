"""One document against its own evidence: the figures computed again, and the texts that they make."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lusong_analysis.facts.package import Package
from lusong_analysis.pdf.read import Document, squeeze
from lusong_analysis.report.evidence import ATTACHMENT, entry_of, nodes
from lusong_analysis.report.parameters import Parameters
from lusong_analysis.report.recompute import package_of, text_of, traced_of
from lusong_analysis.report.text import Speaker, Text, Traced
from lusong_analysis.verify.verdict import Verdict


class Proof:
    """A document, its evidence, and the figures computed again from it, by number."""

    def __init__(self, document: Document, record: Mapping[str, Any], verdict: Verdict) -> None:
        self.document, self.record, self.verdict = document, record, verdict
        self.package: Package = package_of(record)
        self.parameters = Parameters.of(record["parameters"])
        self.language: str = record["language"]
        # The first editions carried less; what they do not carry is not asked of them.
        self.first = record["version"] == 1
        self.figures: dict[str, Traced] = {}
        self.speaker = Speaker(self.language, self.package, self._number, self.first)

    def _number(self, figure: Traced) -> str:
        return next(anchor for anchor, known in self.figures.items() if known.formula == figure.formula)

    def check_figures(self) -> None:
        """Each figure's formula gives its value, interval, words and expression again."""
        if self.language != self.parameters.language or not self.document.language.startswith(self.language):
            self.verdict.wrong(ATTACHMENT, self.language, "Its language is not that of the document.")
        for entry in self.record["figures"]:
            anchor = entry["anchor"]
            figure = traced_of(entry["formula"], self.package)
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

    def words(self, recorded: Mapping[str, Any]) -> str:
        """A recorded text with its figures computed again, without white space."""
        return squeeze(self.speaker.plain(self.text(recorded)))

    def text(self, recorded: Mapping[str, Any]) -> Text:
        """A recorded text with its values computed again."""
        return text_of(recorded, self.figures, self.package)
