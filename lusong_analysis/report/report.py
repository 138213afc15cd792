"""What a notebook imports: ask for figures, say them, and close with the evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any

from lusong_analysis.facts.conflicts import at_odds
from lusong_analysis.facts.package import (
    find_folder,
    in_force,
    known,
    left_out,
    open_package,
    statements,
)
from lusong_analysis.facts.reads import watched
from lusong_analysis.facts.select import Question
from lusong_analysis.facts.statement import prevailing
from lusong_analysis.quantity.judgement import Judgement
from lusong_analysis.quantity.quantity import Absence, Quantity, Subject, missing
from lusong_analysis.report import questions, words
from lusong_analysis.report.asking import Asking
from lusong_analysis.report.blocks import Output, Writer, figures_of, key_figure, lines_of
from lusong_analysis.report.chainmap import ChainMap
from lusong_analysis.report.changes import changes
from lusong_analysis.report.closing import closing
from lusong_analysis.report.dispute import agreement_text, conflict_table, conflict_texts
from lusong_analysis.report.drawing import Chart, Pen, render
from lusong_analysis.report.evidence import Evidence, formula_words
from lusong_analysis.report.frontend import running_cell, show
from lusong_analysis.report.parameters import Parameters
from lusong_analysis.report.tables import Table
from lusong_analysis.report.text import Speaker, Text, Traced, Value

# Stands under the summary of an edition as of a day.
AS_OF = Text("本版只采用截至{day}已公开的资料。", "This edition uses only what was published by {day}.")


class Report(Asking):
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

    def __init__(
        self, *, display: Callable[[dict[str, Any], dict[str, Any]], None] | None = None, **parameters: str | int
    ) -> None:
        self._parameters = Parameters.of(parameters)
        self._asked: tuple[dict[Question, None], dict[Question, None]] = {}, {}
        whole = in_force(open_package(find_folder()), self._parameters.as_of)
        self._all = watched(whole, self._asked[0])
        self._package = watched(known(whole, self._parameters.as_of), self._asked[1])
        self._evidence = Evidence()
        self._previous: Mapping[str, Any] | None = None
        self._speaker = Speaker(self._parameters.language, self._all, self._evidence.number)
        self._writer = Writer(self._speaker, self._evidence)
        self._display = display or show

    @property
    def asked(self) -> dict[str, list[Question]]:
        """What was asked of the data so far: of the whole package, and of what was known by the report's day."""
        return {"whole": list(self._asked[0]), "known": list(self._asked[1])}

    # --- print -----------------------------------------------------------------------------------------------

    def summary(self, *, zh: str, en: str, **values: Value) -> None:
        """Print what the report finds in a few sentences, under its title; see :meth:`say`."""
        self._say(Text(zh, en, values), None, "summary")
        if self._parameters.as_of:
            self._say(replace(AS_OF, values={"day": self.parameter("as_of")}), None, "say")

    def say(self, *, zh: str, en: str, note_zh: str = "", note_en: str = "", **values: Value) -> None:
        """Print a few sentences.

        Parameters
        ----------
        zh, en : str
            The same sentences as templates: ``{revenue}``, ``{revenue.period}``, ``{target:suffix}``. No number is
            typed, and no bound word stands before a figure: it says its own.
        note_zh, note_en : str
            The finding in a few words, for the margin.
        **values : Quantity, Period or Judgement
            What the placeholders stand for.

        Raises
        ------
        QuantityError
            A placeholder has no value, or a name stands for another formula already.
        """
        note = Text(note_zh, note_en, values) if note_zh or note_en else None
        self._say(Text(zh, en, values), note, "say")

    def key_figures(self, *, zh: str, en: str, **values: Value) -> None:
        """Print a strip of key figures: a line each, the figure first, then what it is and of when.

        A figure that is not known is left out of the strip; where none is known, what is missing is said.

        Raises
        ------
        QuantityError
            As :meth:`say`, or a line does not begin with a figure.
        """
        texts = [key_figure(text) for text in lines_of(zh, en, values)]
        known_ = [text for text in texts if not any(_absence(value) for value in text.values.values())]
        if not known_ and self._absent(values):
            return
        for text in known_:
            self._evidence.name(text.values)
        self._print(self._writer.items(known_, "key_figures"))

    def not_known(self, *, zh: str, en: str, **values: Value) -> None:
        """Print what is not known, a line each, beginning with the question in bold."""
        texts = lines_of(zh, en, values)
        if self._absent(values):
            return
        self._evidence.name(values)
        self._print(self._writer.items(texts, "not_known"))

    def chart(self, chart: Chart, *, zh: str, en: str, **values: Value) -> None:
        """Print a chart under a title that says its finding; see :meth:`say`."""
        title = Text(zh, en, values)
        if self._absent({**values, **chart.figures}):
            return
        self._evidence.name(values)
        for name, quantity in chart.figures.items():
            self._evidence.take(quantity, name)
        pen = Pen(self._speaker)
        picture = render(chart, pen)
        self._print(self._writer.chart(chart, title, picture, pen.labels))

    def table(self, table: Table, *, zh: str, en: str, **values: Value) -> None:
        """Print a table under a title that says its finding; see :meth:`say`."""
        figures = figures_of(table)
        if self._absent({**values, **figures}) or self._empty(figures):
            return
        self._evidence.name(values)
        self._take(figures)
        self._print(self._writer.table(table, Text(zh, en, values)))

    def chain_map(self, drawn: ChainMap, *, zh: str, en: str, **values: Value) -> None:
        """Print the map of a chain under a title that says its finding; see :meth:`say`."""
        figures = drawn.figures()
        if not self._absent(values) and not self._empty(figures):
            self._evidence.name(values)
            self._take(figures)
            self._print(self._writer.chain_map(drawn, Text(zh, en, values)))

    def conflict(
        self, *indicators: str, time_period: str, zh: str, en: str, ref_area: str = "", counterpart: str = ""
    ) -> None:
        """Print statements on one question that cannot all be true, and which of them the report uses.

        Parameters
        ----------
        *indicators : str
            What is asked; several for the terms of a printed ratio.
        time_period, ref_area, counterpart : str
            Of when, where and whom; see :meth:`figure`.
        zh, en : str
            What the sources disagree about, without figures.
        """
        area = ref_area or self._parameters.ref_area
        where = {"ref_area": area, "time_period": time_period, "counterpart": counterpart}
        groups = [statements(self._package, indicator, **where, whole=self._all) for indicator in indicators]
        used = tuple(prevailing(group).quantity for group in groups if group)
        if not used:
            self._absent({key: missing(Subject(key, area, time_period, counterpart)) for key in indicators})
            return
        for answer in used:
            self._evidence.ask(answer.subject._replace(comparable_with=""), answer)
        rows = questions.by_source(groups)
        if not any(at_odds(*pair) for group in groups for pair in combinations(group, 2)):
            text = agreement_text(used, len(rows))
            self._take(text.figures())
            self._print(self._writer.sentence(text, None, "say"))
            return
        claim, rule = conflict_texts(zh, en, used)
        table = conflict_table(rows)
        self._take({**figures_of(table), **rule.figures()})
        self._print(self._writer.conflict(claim, table, rule))

    def changes(self, name: str) -> None:
        """Print what changed since the last edition in all its reports, figure by figure; call it last.

        Parameters
        ----------
        name : str
            The name of this notebook.
        """
        found = changes(self._record(), name, self._all, self._parameters.edition)
        if found.table is None:
            self._say(found.sentence, None, "say")
            return
        self._previous = found.previous
        self._take(figures_of(found.table))
        output = self._writer.table(found.table, found.sentence)
        self._print(replace(output, record={**output.record, "changes": True}))

    def sources(self) -> None:
        """Print the appendix and attach the evidence: the last call of a notebook."""
        figures = {figure.anchor: figure.value for figure in self._evidence.figures()}
        for data, metadata in closing(self._record(), figures, self._parameters):
            self._display(data, metadata)

    # --- inside ----------------------------------------------------------------------------------------------

    def _record(self) -> dict[str, Any]:
        """The evidence of what was printed so far."""
        parameters = self._parameters.model_dump(exclude_none=True)
        printed = {figure.anchor: self._speaker.figure(figure.value) for figure in self._evidence.figures()}
        record = self._evidence.record(parameters, self._all, printed, self._package)
        record["left_out"] = left_out(self._all, self._parameters.as_of)
        return record | ({"previous": self._previous} if self._previous else {})

    def _say(self, text: Text, note: Text | None, block: str) -> None:
        if self._absent(text.values):
            return
        self._evidence.name(text.values)
        self._print(self._writer.sentence(text, note, block))

    def _take(self, figures: Mapping[str, Traced]) -> None:
        for figure in figures.values():
            self._evidence.take(figure, formula_words(figure.formula))

    def _absent(self, values: Mapping[str, Value]) -> bool:
        """Print what is missing, where something is."""
        gaps = [value for value in values.values() if isinstance(value, Quantity | Judgement) and value.absence]
        if not gaps:
            return False
        absences = [absence for value in gaps if (absence := _absence(value))]
        operands = {f"operand_{place}": operand for place, operand in enumerate(absences[0].operands)}
        templates = words.absence_templates(self._all, absences, self._parameters.as_of)
        self._take(operands)
        output = self._writer.sentence(Text(templates["zh"], templates["en"], operands), None, "missing")
        record = {**output.record, "kind": "absent", "absent": [value.formula for value in gaps]}
        self._print(replace(output, record=record))
        return True

    def _empty(self, figures: Mapping[str, Traced]) -> bool:
        """Say that a table has nothing to list, where it has no figure."""
        if not figures:
            templates = words.empty_templates(self._parameters.as_of)
            output = self._writer.sentence(Text(templates["zh"], templates["en"]), None, "missing")
            self._print(replace(output, record={**output.record, "kind": "absent", "absent": []}))
        return not figures

    def _print(self, output: Output) -> None:
        self._evidence.add(output.record, *running_cell())
        self._display(output.data, output.metadata)


def _absence(value: Value) -> Absence | None:
    return value.absence if isinstance(value, Quantity | Judgement) else None
