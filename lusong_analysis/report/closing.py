"""What a notebook closes with: the appendix, and the evidence and its tables as attachments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lusong_analysis.report.appendix import appendix_of
from lusong_analysis.report.evidence import ATTACHMENT, MIME
from lusong_analysis.report.parameters import Parameters
from lusong_analysis.report.recompute import package_of
from lusong_analysis.report.spreadsheet import MIME as CSV
from lusong_analysis.report.spreadsheet import sheets
from lusong_analysis.report.text import Traced
from lusong_analysis.report.words import area

Bundle = dict[str, Any]

# The look of the publication, which the exporter finds in this package.
TEMPLATE = "lusong_analysis.report:publication.typ"
DESCRIPTION = {
    "zh": "本报告的凭证：印出的数字、公式、陈述与来源",
    "en": "The evidence of this report: figures, formulas, statements, sources",
}
SHEETS = {
    "zh": {"observations.csv": "本报告所据的陈述，供电子表格使用", "sources.csv": "这些陈述的来源，供电子表格使用"},
    "en": {
        "observations.csv": "The statements of this report, for spreadsheets",
        "sources.csv": "Their sources, for spreadsheets",
    },
}


def closing(
    record: Mapping[str, Any], figures: Mapping[str, Traced], parameters: Parameters
) -> Iterator[tuple[Bundle, Bundle]]:
    """The last outputs of a notebook, data and metadata each.

    Parameters
    ----------
    record : mapping
        The record of evidence.
    figures : mapping
        Its figures by number.
    parameters : Parameters
        What the report was made with.
    """
    language, package = parameters.language, package_of(record)
    for section in appendix_of(record, figures, package):
        data = {"text/markdown": section.markdown} if section.markdown else {"text/html": section.table}
        yield {**data, "text/plain": section.plain}, {"block": "appendix"}
    for name, sheet in sheets(record).items():
        yield {CSV: sheet, "text/plain": ""}, {CSV: {"attachment": name, "description": SHEETS[language][name]}}
    subject = area(package, parameters.ref_area, language)
    facts = {"language": language, "date": parameters.edition_date, "template": TEMPLATE, "subject": subject}
    attachment = {"attachment": ATTACHMENT, "description": DESCRIPTION[language]}
    yield {MIME: record, "text/plain": ""}, {MIME: attachment, **facts}
