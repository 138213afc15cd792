"""Texts with figures in them: two templates, one set of values, and their words as plain text, Markdown or HTML."""

from __future__ import annotations

import html
import re
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from lusong_analysis.facts.package import Package
from lusong_analysis.quantity import wording
from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.judgement import Judgement
from lusong_analysis.quantity.period import Period
from lusong_analysis.quantity.period import words as period_words
from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.report import words
from lusong_analysis.report.named import Named, begun, name_of
from lusong_analysis.report.why import why


@dataclass(frozen=True)
class Citation:
    """The sources of some figures, as a value that a text can print."""

    figures: tuple[Traced, ...]


@dataclass(frozen=True)
class Words:
    """Words that stand in the place of a figure: a name of the data, or that there is no figure."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        """The words in one language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Past:
    """A figure as the last edition printed it: its report, its number there, and its words."""

    report: str
    anchor: str
    text: str


@dataclass(frozen=True)
class Because:
    """Why a figure is not printed as in the last edition: the fields of each reason."""

    reasons: tuple[Mapping[str, str], ...]


Value = Quantity | Period | Named | Judgement | Citation | Words | Past | Because
# What has evidence of its own: a figure, the date of an event, an organisation or link that a source names.
Traced = Quantity | Period | Named

# Quotation marks within a quotation (GB/T 15834).
INNER = str.maketrans("“”", "‘’")
# A typewriter's apostrophe in a word, after one, or after a figure: the city's, the brokers' notes, {year}'s.
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w|\s|$)|^'(?=s\b)")

# What a placeholder may ask of a figure: {revenue.period}. Nothing else can be reached from a template.
ATTRIBUTES = (
    "period",
    "when",
    "source",
    "area",
    "indicator",
    "heading",
    "counterpart",
    "words",
    "grade",
    "number",
    "name",
    "actor",
    "instrument",
    "stage",
)


@dataclass(frozen=True)
class Text:
    """One text in both languages: templates of ``str.format`` over named values."""

    zh: str
    en: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def template(self, language: str) -> str:
        """The template of one language."""
        return self.zh if language == "zh" else self.en

    def figures(self) -> dict[str, Traced]:
        """The named figures and dates of events, in the order they were given."""
        return traced(self.values)


def traced(values: Mapping[str, Value]) -> dict[str, Traced]:
    """The values that have evidence of their own: figures, names, and of the periods the dates of events."""
    return {
        name: value
        for name, value in values.items()
        if isinstance(value, Quantity | Named) or (isinstance(value, Period) and "event" in value.formula)
    }


@dataclass(frozen=True)
class Run:
    """A stretch of a text: the author's words, words from the data, or one figure with its link.

    ``language`` is set for words in another language than the report's.
    """

    text: str
    anchor: str = ""
    title: str = ""
    authored: bool = False
    language: str = ""


@dataclass(frozen=True)
class Speaker:
    """Who says a text: a language, the rows that words come from, and the evidence number of a figure.

    ``first`` is of the first editions, which printed quotations within quotations with the same marks, and the
    apostrophes of a typewriter.
    """

    language: str
    package: Package
    number: Callable[[Traced], str]
    first: bool = False

    def runs(self, text: Text, *, linked: bool = True) -> list[Run]:
        """A text as stretches, with each figure on its own.

        Parameters
        ----------
        text : Text
            The text.
        linked : bool
            Whether figures carry their number and the words of the hover.

        Raises
        ------
        QuantityError
            A placeholder names no value, or asks for something that a value does not have.
        """
        parts: list[Run] = []
        for literal, name, spec, _ in string.Formatter().parse(text.template(self.language)):
            if literal:
                parts.append(Run(self.typeset(literal), authored=True))
            if name is not None:
                key, _, attribute = name.partition(".")
                if key not in text.values:
                    msg = f"the text uses {{{key}}}, which was not given; given are {sorted(text.values)}"
                    raise QuantityError(msg)
                said = self._value(key, text.values[key], attribute, spec or "", linked=linked)
                # The words of a source stay as they were printed.
                parts += said if attribute.lower() == "words" else map(self._typeset, said)
        return parts

    def _typeset(self, run: Run) -> Run:
        return replace(run, text=self.typeset(run.text)) if "'" in run.text else run

    def typeset(self, words: str) -> str:
        """Words of an author or of the data as they are printed: with the apostrophes of a book."""
        return words if self.first else _APOSTROPHE.sub("’", words)

    def plain(self, text: Text) -> str:
        """A text as a reader sees it."""
        return "".join(plain_markdown(run.text) if run.authored else run.text for run in self.runs(text, linked=False))

    def markdown(self, text: Text) -> str:
        """A text as Markdown, each figure a link to its evidence with a title for the hover."""
        return "".join(run.text if run.authored else run_markdown(run) for run in self.runs(text))

    def html(self, text: Text) -> str:
        """A text as HTML, each figure a link to its evidence."""
        return "".join(run_html(run) for run in self.runs(text))

    def figure(self, figure: Traced, spec: str = "") -> str:
        """A figure, the date of an event or a name, without its link."""
        if isinstance(figure, Named):
            return name_of(self.package, figure, self.language)
        if isinstance(figure, Period):
            return period_words(figure.code, self.language, first=self.first)
        return wording.text(figure, self.language, spec)

    def quoted(self, row: words.Quoted) -> list[Run]:
        """The source's own words in quotation marks."""
        language = self.package.sources[row.source_id].language
        foreign = language if language != self.language else ""
        return [Run("“"), Run(self.within(row), language=foreign), Run("”")]

    def within(self, row: words.Quoted) -> str:
        """The source's own words as they stand within quotation marks: their own marks are the inner ones then."""
        return row.as_printed if self.first else row.as_printed.translate(INNER)

    def _value(self, key: str, value: Value, attribute: str, spec: str, *, linked: bool) -> list[Run]:
        if attribute[:1].isupper():  # {x.Name} begins a cell
            first, *others = self._value(key, value, attribute.lower(), spec, linked=linked)
            return [replace(first, text=begun(first.text)), *others]
        if isinstance(value, Citation):
            return [Run(words.cited(self.package, value.figures, self.language))]
        if isinstance(value, Judgement):
            return [Run(value.text(self.language))]
        if isinstance(value, Words):
            # Words have no source or period of their own, and where there are none nothing stands.
            said = value.text(self.language)
            return [Run(words.NOTHING[self.language] if attribute and said else said)]
        if isinstance(value, Because):
            return [Run(why(self.package, value.reasons, self.language))]
        if isinstance(value, Past):
            return [Run(words.NOTHING[self.language] if attribute else value.text)]
        if isinstance(value, Period) and "event" not in value.formula:
            return [Run(period_words(value.code, self.language, first=self.first))]
        if not attribute:
            words_of = self.figure(value, spec)
            return [Run(words_of, self.number(value), self._title(value)) if linked else Run(words_of)]
        if attribute == "number":
            return [Run(self.number(value), self.number(value))]
        rows = words.rows_of(self.package, value)
        if attribute == "words":
            return [run for row in rows for run in self.quoted(row)]
        if attribute == "source":
            sources = [words.source_name(self.package.sources[row.source_id], self.language) for row in rows]
            return [Run(words.joined(sources, self.language))]
        if attribute == "grade":
            return [Run("、".join(sorted({self.package.sources[row.source_id].grade for row in rows})))]
        if isinstance(value, Period) and attribute in ("actor", "instrument", "stage", "area"):
            return [Run(words.of_event(self.package, value, attribute, self.language))]
        if attribute == "name" and isinstance(value, Period):
            return [Run(words.event_name(self.package, value, self.language))]
        if isinstance(value, Quantity):
            return [Run(self._attribute(key, value, attribute))]
        msg = (
            f"{{{key}.{attribute}}}: the date of an event has name, source, words, grade, number, actor, instrument, "
            "stage and area; a name has source, words, grade and number"
        )
        raise QuantityError(msg)

    def _attribute(self, key: str, quantity: Quantity, attribute: str) -> str:
        package, language, subject = self.package, self.language, quantity.subject
        if attribute == "period":
            return period_words(subject.time_period, language, first=self.first)
        if attribute == "when":
            return words.when(package, quantity, language)
        if attribute == "area":
            return words.area(package, subject.ref_area, language)
        if attribute in ("indicator", "heading"):
            name = words.indicator(package, subject.indicator, language)
            return begun(name) if attribute == "heading" else name
        if attribute == "counterpart":
            return words.counterpart(package, subject, language)
        msg = f"{{{key}.{attribute}}}: a figure has {', '.join(ATTRIBUTES)}"
        raise QuantityError(msg)

    def _title(self, figure: Traced) -> str:
        """The hover of a figure: what it is taken to be, and whose words it is or which sources it comes from."""
        rows, language = words.rows_of(self.package, figure), self.language
        if "function" in figure.formula or "counted" in figure.formula:
            whose = words.cited(self.package, [figure], language)
        else:
            source = words.source_name(self.package.sources[rows[0].source_id], language)
            whose = f"{source}{'：' if language == 'zh' else ': '}“{self.within(rows[0])}”"
        if isinstance(figure, Period | Named):
            return whose
        taken = wording.reading(figure, language)
        return f"读作 {taken}；{whose}" if language == "zh" else f"taken as {taken}; {whose}"


def plain_markdown(literal: str) -> str:
    """The words of an author's template without emphasis and line breaks, the only Markdown a template may hold."""
    return literal.replace("**", "").replace("\\\n", "\n")


def run_markdown(run: Run) -> str:
    """A run as Markdown: a figure is a link to its evidence."""
    escaped = re.sub(r"([\\`*_\[\]<>|~&])", r"\\\1", run.text)
    if run.language:
        return f'<span lang="{run.language}">{escaped}</span>'
    if not run.anchor:
        return escaped
    if not run.title:
        return f"[{escaped}](#{run.anchor})"
    title = re.sub(r'([\\"&])', r"\\\1", run.title)
    return f'[{escaped}](#{run.anchor} "{title}")'


def run_html(run: Run) -> str:
    """A run as HTML: a figure is a link to its evidence."""
    text = html.escape(run.text)
    if run.authored:
        return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", text).replace("\\\n", "<br>").replace("**", "")
    if run.language:
        return f'<span lang="{run.language}">{text}</span>'
    if not run.anchor:
        return text
    title = f' title="{html.escape(run.title)}"' if run.title else ""
    return f'<a href="#{run.anchor}"{title}>{text}</a>'
