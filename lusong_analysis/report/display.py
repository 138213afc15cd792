"""How tables and charts show in a notebook before they are printed: Chinese first, English folded under it."""

from __future__ import annotations

import base64
import html
from dataclasses import replace

from lusong_analysis.facts.package import Package, find_folder, open_package
from lusong_analysis.quantity.display import NO_FIGURE, NO_WORD, formula_line, rows_html
from lusong_analysis.quantity.judgement import Judgement
from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.quantity.wording import LANGUAGES
from lusong_analysis.report import markup
from lusong_analysis.report.drawing import Chart, Pen, render
from lusong_analysis.report.tables import Table
from lusong_analysis.report.text import Speaker, Text, Value, Words


def table_html(table: Table) -> str:
    """A table in both languages; where a report prints its number of the evidence, the statement or formula stands."""
    package = _package()
    return _folded(*(_table(table, _speaker(language, package)) for language in LANGUAGES))


def table_text(table: Table) -> str:
    """A table in Chinese as plain text, a line a row."""
    speaker = _speaker("zh", _package())
    heads = [speaker.plain(_shown(column.head)) for column in table.columns]
    return "\n".join("\t".join(row) for row in [heads, *_cells(table, speaker)])


def chart_html(chart: Chart) -> str:
    """A chart in both languages under what it measures, or its figures where one is missing."""
    quantities = [figure for figure in chart.figures.values() if isinstance(figure, Quantity)]
    if any(quantity.absent for quantity in quantities):
        return rows_html(quantities)
    package = _package()
    return _folded(*(_picture(chart, _speaker(language, package)) for language in LANGUAGES))


def chart_text(chart: Chart) -> str:
    """A chart in Chinese words: the text for those who do not see it."""
    return _speaker("zh", _package()).plain(_shown(chart.alternative))


def _package() -> Package:
    return open_package(find_folder())


def _speaker(language: str, package: Package) -> Speaker:
    return Speaker(language, package, lambda figure: formula_line(figure.formula))


def _shown(text: Text) -> Text:
    """The text with words in the place of what is not known."""
    return replace(text, values={name: _known(value) for name, value in text.values.items()})


def _known(value: Value) -> Value:
    if isinstance(value, Quantity | Judgement) and value.absence:
        return Words(*(NO_FIGURE if isinstance(value, Quantity) else NO_WORD))
    return value


def _table(table: Table, speaker: Speaker) -> str:
    return markup.table(
        [html.escape(speaker.plain(_shown(column.head))) for column in table.columns],
        [[html.escape(cell) for cell in row] for row in _cells(table, speaker)],
        caption=html.escape(speaker.plain(_shown(table.measure))),
        numeric=[column.numeric for column in table.columns],
    )


def _cells(table: Table, speaker: Speaker) -> list[list[str]]:
    return [
        [speaker.plain(_shown(Text(column.cell.zh, column.cell.en, row))) for column in table.columns]
        for row in table.rows
    ]


def _picture(chart: Chart, speaker: Speaker) -> str:
    png = base64.b64encode(render(chart, Pen(speaker)).png).decode()
    measure, alternative = (html.escape(speaker.plain(text)) for text in (chart.measure, chart.alternative))
    return f'<p>{measure}</p><img alt="{alternative}" src="data:image/png;base64,{png}">'


def _folded(chinese: str, english: str) -> str:
    return f'{chinese}<details lang="en"><summary>English</summary>{english}</details>'
