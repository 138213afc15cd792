"""Which figures of a report today's data would print otherwise, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from lusong_analysis.facts.package import Package
from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.judgement import Judgement
from lusong_analysis.quantity.period import Formula
from lusong_analysis.quantity.period import words as period_words
from lusong_analysis.quantity.quantity import Quantity, identity, missing
from lusong_analysis.report import words
from lusong_analysis.report.evidence import formula_words, nodes
from lusong_analysis.report.reasons import KINDS, Reason, Record, causes, key_of, leaves
from lusong_analysis.report.recompute import event_date, judgement_of, measure_named, traced_of
from lusong_analysis.report.text import Speaker, Traced
from lusong_analysis.verify.answers import Answers, ask, subject

TABLES = ("observations", "events", "sources", "corrections")


@dataclass(frozen=True)
class Otherwise:
    """What today's data would print otherwise.

    Parameters
    ----------
    kind : str
        ``figure``; ``judgement``, a word such as above or below; ``question``, one that had no answer.
    name : str
        The figure's name in the notebook, the judgement and what it is about, or what was asked.
    anchor : str
        The figure's number in the appendix; empty for the others.
    before, after : str
        What is printed and what would be, in the report's language; empty where nothing is known.
    reasons : tuple of Reason
        Why, as between two editions.
    gone : tuple of str
        The statements and events it rests on that today's data no longer shows to readers.
    fault : str
        Why it cannot be computed any longer, where that is so.
    """

    kind: Literal["figure", "judgement", "question"]
    name: str
    anchor: str
    before: str
    after: str
    reasons: tuple[Reason, ...]
    gone: tuple[str, ...] = ()
    fault: str = ""


def against(record: Mapping[str, Any], package: Package) -> list[Otherwise]:
    """Ask today's data what a report asked, and compute each of its figures and judgements from the answers.

    Parameters
    ----------
    record : mapping
        The evidence of a report that :func:`lusong_analysis.verify.check` found good.
    package : Package
        Today's data, as :func:`lusong_analysis.facts.package.known` gives it without a day, whatever the day of the
        edition: the question is what today's data would print, so an edition of an earlier day is told all that has
        become known since. Whether such an edition can still be issued as it was is another question; for that, give
        the data as known by its day.

    Returns
    -------
    list of Otherwise
        Whatever would have other words or be of another period, then the questions that are answered now. What is the
        same number by another source is not named.

    Notes
    -----
    A record of version 2 holds its questions. One of version 1 does not: there each statement that counted on its
    subject (indicator, area, period, counterpart) gives way to the one that counts today, and whether a later period
    has been published cannot be told. What only a new build can tell is not named either: more statements in a list,
    another notebook.
    """
    today = _Today(Answers(record, package))
    return [*today.figures(), *today.judgements(), *today.questions()]


@dataclass(frozen=True)
class _Today:
    """One report, held against today's data."""

    answers: Answers

    @property
    def _record(self) -> Mapping[str, Any]:
        return self.answers.record

    @property
    def _language(self) -> str:
        return str(self._record["language"])

    @cached_property
    def _records(self) -> tuple[Record, Record]:
        """The evidence then, and the same with all the rows of today."""
        package = self.answers.package
        rows = {table: [row.model_dump() for row in getattr(package, table).values()] for table in TABLES}
        return Record(self._record), Record({**self._record, "rows": rows})

    def figures(self) -> Iterator[Otherwise]:
        """The figures that would be printed otherwise."""
        for entry in self._record["figures"]:
            old = traced_of(entry["formula"], self.answers.then)
            for formula in self.answers.formulas(entry["formula"]):
                try:
                    new: Traced = traced_of(formula, self.answers.package)
                except QuantityError as error:
                    yield self._found(entry, formula, entry["text"], "", str(error))
                    continue
                before, after = entry["text"], self._words(new)
                if before == after and _time(old) != _time(new):
                    before, after = f"{before} ({self._period(old)})", f"{after} ({self._period(new)})"
                if before != after:
                    yield self._found(entry, formula, before, after)

    def judgements(self) -> Iterator[Otherwise]:
        """The words that judge two figures and would be others."""
        found = [node["judgement"] for node in nodes(self._record["blocks"]) if isinstance(node.get("judgement"), dict)]
        for formula in {identity(formula): formula for formula in found}.values():
            before = judgement_of(formula, self.answers.then).text(self._language)
            entry = {"figure": _judged(formula), "anchor": "", "formula": formula}
            for other in self.answers.formulas(formula):
                try:
                    new: Judgement = judgement_of(other, self.answers.package)
                except QuantityError as error:
                    yield self._found(entry, other, before, "", str(error))
                    continue
                if before != new.text(self._language):
                    yield self._found(entry, other, before, new.text(self._language))

    def questions(self) -> Iterator[Otherwise]:
        """The questions that had no answer and have one now."""
        package = self.answers.package
        for asked in dict.fromkeys(subject(question) for question in self._records[0].unanswered):
            answer: Traced = ask(package, asked) if asked.indicator else missing(asked)
            event = package.events.get(asked.counterpart)
            if not asked.indicator and event is not None and event.as_printed:
                answer = event_date(package, event.event)
            if key := key_of(answer.formula):
                name = words.subject(package, asked, self._language)
                reasons = (Reason("new statement", statement=key[1], after=key[1]),)
                yield Otherwise("question", name, "", "", self._words(answer), reasons)

    def _found(self, entry: Mapping[str, Any], formula: Formula, before: str, after: str, fault: str = "") -> Otherwise:
        pairs = list(zip(leaves(entry["formula"]), leaves(formula), strict=True))
        reasons = sorted(dict.fromkeys(causes(pairs, *self._records)), key=lambda reason: KINDS.index(reason.kind))
        held = self._records[1].rows
        gone = tuple(dict.fromkeys(key[1] for leaf, _ in pairs if (key := key_of(leaf)) and key not in held))
        if not reasons and not gone and not fault:
            reasons = [_program(entry)]
        kind: Literal["figure", "judgement"] = "judgement" if "judgement" in formula else "figure"
        return Otherwise(kind, entry["figure"], entry["anchor"], before, after, tuple(reasons), gone, fault)

    def _words(self, value: Traced) -> str:
        if isinstance(value, Quantity) and value.absent:
            return ""
        return Speaker(self._language, self.answers.package, lambda _: "").figure(value)

    def _period(self, value: Traced) -> str:
        return period_words(_time(value), self._language)


def _time(value: Traced) -> str:
    return value.subject.time_period if isinstance(value, Quantity) else ""


def _judged(formula: Formula) -> str:
    return f"{formula['judgement']}({', '.join(formula_words(argument) for argument in formula['arguments'])})"


def _program(entry: Mapping[str, Any]) -> Reason:
    """Why the same statements give other words: the program has another formula, or other words."""
    before = entry.get("expression", "")
    after = measure_named(entry["formula"]["function"]).expression if before else ""
    return Reason("formula changed", before=before, after=after) if before != after else Reason("text only")
