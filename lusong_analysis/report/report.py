"""What a notebook imports: ask for figures, say them, and close with the evidence."""

from __future__ import annotations

import base64
import html
from collections.abc import Callable
from typing import Any

from lusong_analysis.facts.package import (
    find_folder,
    known,
    left_out,
    open_package,
    statements,
)
from lusong_analysis.facts.statement import Statement, prevailing
from lusong_analysis.quantity import judgement, wording
from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.judgement import Judgement
from lusong_analysis.quantity.period import Period, bounds
from lusong_analysis.quantity.quantity import Absence, Quantity, Subject, missing
from lusong_analysis.report import markup, words
from lusong_analysis.report.appendix import appendix_of
from lusong_analysis.report.drawing import Chart, Pen, render
from lusong_analysis.report.evidence import MIME, Block, Evidence, formula_words
from lusong_analysis.report.parameters import Parameters
from lusong_analysis.report.tables import Table
from lusong_analysis.report.text import Citation, Speaker, Text, Value

Bundle = dict[str, Any]
SOURCE_LINE = {"zh": "来源：", "en": "Source: "}


class Report:
    """One report in one language, as of one day.

    Parameters
    ----------
    language : str
        ``zh`` or ``en``.
    as_of : str
        Empty, or the day up to which statements count, as ``2020-10-31``.
    ref_area : str
        The area the report is about, by its code in GB/T 2260.
    edition : str
        The edition, as ``2026-11``.
    horizon : int, optional
        The last year of outlooks.
    display : callable, optional
        Takes the data and metadata of an output; Jupyter's own by default.

    Raises
    ------
    Refused
        A parameter is wrong, or the data package is.
    """

    def __init__(self, *, display: Callable[[Bundle, Bundle], None] | None = None, **parameters: str | int) -> None:
        self._parameters = Parameters.of(parameters)
        self._all = open_package(find_folder())
        self._package = known(self._all, self._parameters.as_of)
        self._evidence = Evidence()
        self._speaker = Speaker(self._parameters.language, self._all, self._evidence.number)
        self._display = display or _display

    # --- ask -------------------------------------------------------------------------------------------------

    def figure(self, indicator: str, *, time_period: str = "", ref_area: str = "", counterpart: str = "") -> Quantity:
        """The figure that prevails: by grade, then newest, then narrowest.

        Parameters
        ----------
        indicator : str
            A key of the table ``indicators``.
        time_period : str
            The period; if left out, the latest one that is held. A statement whose source gives no time counts at
            its day of publication.
        ref_area : str
            The area; the report's own if left out.
        counterpart : str
            The organisation or project, where the figure is about one.

        Returns
        -------
        Quantity
            Absent where nothing is known, so that a notebook needs no ``if``.

        Raises
        ------
        Refused
            A name is unknown; with did-you-mean.
        """
        area = ref_area or self._parameters.ref_area
        found = statements(self._package, indicator, ref_area=area, time_period=time_period, counterpart=counterpart)
        if not found:
            return missing(Subject(indicator, area, time_period, counterpart))
        latest = max(_time(statement) for statement in found)
        return prevailing([statement for statement in found if _time(statement) == latest]).quantity

    def figures(self, *indicators: str, **where: str) -> tuple[Quantity, ...]:
        """Several figures of one period, area and counterpart; see :meth:`figure`."""
        return tuple(self.figure(indicator, **where) for indicator in indicators)

    def history(self, *indicators: str, ref_area: str = "") -> tuple[Quantity, ...]:
        """Every statement on some indicators, definition by definition, by time; a list, never a series.

        Parameters
        ----------
        *indicators : str
            Keys of the table ``indicators``.
        ref_area : str
            The area; the report's own if left out. Statements about its organisations are listed too.
        """
        area = ref_area or self._parameters.ref_area
        rows = self._package.observations.values()
        return tuple(
            statement.quantity
            for indicator in indicators
            for statement in sorted(
                (
                    statement
                    for counterpart in sorted(
                        {r.counterpart for r in rows if (r.indicator, r.ref_area) == (indicator, area)}
                    )
                    or [""]
                    for statement in statements(self._package, indicator, ref_area=area, counterpart=counterpart)
                ),
                key=lambda statement: (_time(statement), statement.observation.observation_id),
            )
        )

    def parameter(self, name: str) -> Period:
        """A parameter that is a year or a day, as a period that texts can print and measures can count from.

        Raises
        ------
        QuantityError
            The parameter is unknown or not set.
        """
        value = str(getattr(self._parameters, name, None) or "")
        if not value:
            msg = f"no parameter {name!r} is set; a report has {', '.join(Parameters.model_fields)}"
            raise QuantityError(msg)
        bounds(value)
        return Period(value, {"parameter": name, "value": value})

    def text(self, quantity: Quantity, spec: str = "") -> str:
        """A figure in the report's language without a link, for a look in the notebook."""
        return wording.text(quantity, self._parameters.language, spec)

    def agreement(self, one: Quantity, other: Quantity) -> Judgement:
        """Whether two figures agree, as far as their intervals decide it."""
        return judgement.agreement(one, other)

    def comparison(self, one: Quantity, other: Quantity) -> Judgement:
        """Whether one figure is above or below another, as far as their intervals decide it."""
        return judgement.comparison(one, other)

    def comparability(self, one: Quantity, other: Quantity) -> Judgement:
        """Whether two statements may stand in one series, and if not, why."""
        return judgement.comparability(one, other)

    # --- print -----------------------------------------------------------------------------------------------

    def say(self, *, zh: str, en: str, **values: Value) -> None:
        """Print a few sentences.

        Parameters
        ----------
        zh, en : str
            The same sentences as templates: ``{revenue}``, ``{revenue.period}``, ``{target:suffix}``. No number is
            typed, and no bound word stands before a figure: it says its own.
        **values : Quantity, Period or Judgement
            What the placeholders stand for.

        Raises
        ------
        QuantityError
            A placeholder has no value, or a name stands for another formula already.
        """
        text = Text(zh, en, values)
        if self._absent(values):
            return
        self._evidence.name(values)
        self._print({"kind": "sentence", "text": self._evidence.text(text)}, self._markdown(text), block="say")

    def chart(self, chart: Chart, *, zh: str, en: str, **values: Value) -> None:
        """Print a chart under a title that says its finding.

        Raises
        ------
        QuantityError
            As :meth:`say`.
        """
        title = Text(zh, en, values)
        if self._absent({**values, **chart.figures}):
            return
        self._evidence.name(values)
        for name, quantity in chart.figures.items():
            self._evidence.take(quantity, name)
        note = self._note(chart.measure, chart.figures)
        pen = Pen(self._speaker)
        picture = render(chart, pen)
        alternative = self._speaker.plain(chart.alternative)
        record: Block = {
            "kind": "chart",
            "title": self._evidence.text(title),
            "note": self._evidence.text(note),
            "alternative": self._evidence.text(chart.alternative),
            "labels": [self._evidence.text(label) for label in pen.labels],
            "texts": picture.texts,
        }
        png = base64.b64encode(picture.png).decode()
        screen = (
            f"<figure><figcaption><strong>{self._speaker.html(title)}</strong></figcaption>"
            f'<img alt="{html.escape(alternative)}" src="data:image/png;base64,{png}">'
            f"<p><small>{self._speaker.html(note)}</small></p></figure>"
        )
        data = {"text/html": screen, "image/svg+xml": picture.svg, "image/png": png, "text/plain": alternative}
        metadata = {
            "image/svg+xml": {"alt": alternative},
            "image/png": {"alt": alternative},
            "caption": self._speaker.markdown(title),
            "note": self._speaker.markdown(note),
        }
        self._print(record, data, block="chart", metadata=metadata)

    def table(self, table: Table, *, zh: str, en: str, **values: Value) -> None:
        """Print a table under a title that says its finding; rows whose figure is absent are left out.

        Raises
        ------
        QuantityError
            As :meth:`say`.
        """
        title = Text(zh, en, values)
        figures = {
            f"{name}_{number}": value
            for number, row in enumerate(table.rows)
            for name, value in row.items()
            if isinstance(value, Quantity)
        }
        if not table.rows or self._absent({**values, **figures}):
            return
        self._evidence.name(values)
        for quantity in figures.values():
            self._evidence.take(quantity, formula_words(quantity.formula))
        note = self._note(Text("", ""), figures)
        cells = [[Text(column.cell.zh, column.cell.en, row) for column in table.columns] for row in table.rows]
        record: Block = {
            "kind": "table",
            "title": self._evidence.text(title),
            "columns": [
                {"head": self._evidence.text(c.head), "cell": {"zh": c.cell.zh, "en": c.cell.en}} for c in table.columns
            ],
            "rows": [self._evidence.text(Text("", "", row))["names"] for row in table.rows],
            "note": self._evidence.text(note),
        }
        speaker = self._speaker
        data = {
            "text/html": markup.table(
                [speaker.html(column.head) for column in table.columns],
                [[speaker.html(cell) for cell in row] for row in cells],
                caption=speaker.html(title),
                numeric=[column.numeric for column in table.columns],
            ),
            "text/plain": "\n".join("\t".join(speaker.plain(cell) for cell in row) for row in cells),
        }
        self._print(record, data, block="table", metadata={"note": speaker.markdown(note)})

    def sources(self) -> None:
        """Print the appendix and attach the evidence: the last call of a notebook."""
        parameters = self._parameters
        figures = {figure.anchor: figure.quantity for figure in self._evidence.figures()}
        printed = {anchor: self.text(quantity) for anchor, quantity in figures.items()}
        record = self._evidence.record(
            parameters.language, parameters.model_dump(exclude_none=True), self._all, printed
        )
        record["left_out"] = left_out(self._all, parameters.as_of)
        for section in appendix_of(record, figures, self._all):
            data = {"text/markdown": section.markdown} if section.markdown else {"text/html": section.table}
            self._display({**data, "text/plain": section.plain}, {"block": "appendix"})
        facts = {"language": parameters.language, "date": parameters.edition_date}
        description = {
            "zh": "本报告的凭证：印出的数字、公式、陈述与来源",
            "en": "The evidence of this report: figures, formulas, statements, sources",
        }
        attachment = {"attachment": "evidence.json", "description": description[parameters.language]}
        self._display({MIME: record, "text/plain": ""}, {MIME: attachment, **facts})

    # --- inside ----------------------------------------------------------------------------------------------

    def _markdown(self, text: Text) -> Bundle:
        return {"text/markdown": self._speaker.markdown(text), "text/plain": self._speaker.plain(text)}

    def _note(self, measure: Text, figures: dict[str, Quantity]) -> Text:
        """The line under a chart or table: what is measured, and the sources of all its figures."""
        stop = {"zh": "。", "en": ". "}
        lines = {
            language: (measure.template(language) + stop[language] if measure.template(language) else "")
            + f"{SOURCE_LINE[language]}{{sources}}{stop[language].strip()}"
            for language in wording.LANGUAGES
        }
        return Text(lines["zh"], lines["en"], {**measure.values, "sources": Citation(tuple(figures.values()))})

    def _absent(self, values: dict[str, Value]) -> bool:
        """Print what is missing, where something is."""
        gaps = [value for value in values.values() if isinstance(value, Quantity | Judgement) and value.absence]
        if not gaps:
            return False
        absences: list[Absence] = [value.absence for value in gaps if value.absence]
        operands = {f"operand_{place}": operand for place, operand in enumerate(absences[0].operands)}
        templates = words.absence_templates(self._all, absences, self._parameters.as_of)
        text = Text(templates["zh"], templates["en"], operands)
        for operand in operands.values():
            self._evidence.take(operand, formula_words(operand.formula))
        block = {"kind": "absent", "absent": [value.formula for value in gaps], "text": self._evidence.text(text)}
        self._print(block, self._markdown(text), block="not_known")
        return True

    def _print(self, record: Block, data: Bundle, *, block: str, metadata: Bundle | None = None) -> None:
        self._evidence.add(record, *_cell())
        self._display(data, {"block": block, **(metadata or {})})


def _time(statement: Statement) -> tuple[int, int]:
    """When a statement was true, for sorting; without a period, when it was published."""
    code = statement.observation.time_period or statement.source.date_published
    return (bounds(code)[1].toordinal(), bounds(code)[0].toordinal()) if code else (0, 0)


def _cell() -> tuple[str, int]:
    """The running cell and its count, where the frontend names the cell, as JupyterLab does."""
    from IPython import get_ipython

    shell = get_ipython()
    kernel = getattr(shell, "kernel", None)
    parent = kernel.get_parent("shell") if kernel else {}
    return str(parent.get("metadata", {}).get("cellId", "")), getattr(shell, "execution_count", 0)


def _display(data: Bundle, metadata: Bundle) -> None:
    from IPython.display import display

    display(data, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]
