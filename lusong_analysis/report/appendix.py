"""The appendix: every printed figure with its statement or formula, then the sources."""

from __future__ import annotations

import hashlib
import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from json.encoder import encode_basestring as quoted
from types import MappingProxyType
from typing import Any

from lusong_analysis.facts.conflicts import Conflict, conflicts
from lusong_analysis.facts.package import Package
from lusong_analysis.facts.rows import Organisation, Source
from lusong_analysis.facts.select import select
from lusong_analysis.quantity import wording
from lusong_analysis.quantity.period import Formula, Period
from lusong_analysis.quantity.period import words as period_words
from lusong_analysis.quantity.quantity import Quantity, identity
from lusong_analysis.report import annex, counting, markup, sensitivity, words
from lusong_analysis.report.named import Named, row_of
from lusong_analysis.report.recompute import measure_named
from lusong_analysis.report.references import reference
from lusong_analysis.report.text import Run, Speaker, Traced, run_html, run_markdown

HEADING = {"zh": "附录：凭证与来源", "en": "Appendix: evidence and sources"}
INTRODUCTION = {
    "zh": "正文中每个带链接的数字都可在此核对：印出的文字、所取的值或公式、来源。公式中的金额和比例按基本单位计，"
    "区间的圆括号不含端点，方括号含端点。全部凭证另以附件形式附在本文件中。",
    "en": "Every linked figure in the text can be checked here: the words printed, the value taken or the formula, "
    "and the source. Formulas count money and shares in base units; a round bracket leaves out the end of a range, "
    "a square bracket includes it. All the evidence is also attached to this file.",
}
HANGS_ON = {
    "zh": "“取决于”一列说明推算出的数字最受哪条陈述影响：该陈述的数值变动到多少，印出的文字才会改变；"
    "末位变动一个单位而文字不变的，标为“一位之内不变”。正文因版面少印位数的，此处印全。陈述和来源另附为CSV表格。",
    "en": " The column “Sensitive to” names the statement that a computed figure depends on most, and the value at "
    "which the printed words would change; where a move of one unit in its last digit does not change them, the "
    "figure is safe to the digit. Where the text prints fewer digits, the full ones stand here. Statements and sources "
    "are attached as CSV tables too.",
}
HEADS = {
    "zh": ("编号", "印出的文字", "所取的值或公式", "取决于", "来源", "页"),
    "en": ("No.", "Printed", "Value or formula", "Sensitive to", "Source", "Page"),
}
FIRST_HEADS = {
    "zh": ("编号", "印出的文字", "所取的值或公式", "来源", "页"),
    "en": ("No.", "Words printed", "Value taken or formula", "Source", "Page"),
}
NO_FIGURE = {
    "zh": "本报告没有印出数字，没有凭证可列。",
    "en": "This report prints no figure; there is no evidence to list.",
}
CORRECTED = {"zh": "已更正，见下", "en": "corrected, see below"}
FINGERPRINT = {
    "zh": "附件 evidence.json 的 SHA-256 校验值：",
    "en": "SHA-256 of the attached evidence.json:",
}
SOURCES = {"zh": "来源", "en": "Sources"}
GRADES = {
    "zh": "等级：A 官方，B 报刊，C 转载或二手。所见：原版为版面本身，摘录为网页存本的节录，转录为他处的转录。",
    "en": "Grades: A official, B press, C copy or secondary page. "
    "Seen: the page itself, a stored excerpt of it, or a copy elsewhere.",
}
FIRST_GRADES = {
    "zh": "等级：A 官方，B 报刊，C 转载或二手。所见：原版为版面本身，摘录为网页存本的节录，转载为他处的转载。",
    "en": GRADES["en"],
}
SOURCE_HEADS = {"zh": ("编号", "来源", "等级", "所见"), "en": ("No.", "Source", "Grade", "Seen")}
ACCESS = {
    "zh": {"page": "原版", "excerpt": "摘录", "copy": "转录"},
    "en": {"page": "page", "excerpt": "excerpt", "copy": "copy"},
}
FIRST_ACCESS = {"zh": {**ACCESS["zh"], "copy": "转载"}, "en": ACCESS["en"]}


@dataclass(frozen=True)
class Section:
    """One output of the appendix: as plain text, and as Markdown or an HTML table."""

    plain: str
    markdown: str = ""
    table: str = ""


@dataclass(frozen=True)
class Appendix:
    """What the appendix is made of: figures by number, in the order of their numbers, and the rows they rest on."""

    figures: Mapping[str, Traced]
    package: Package
    language: str
    # Where each figure is printed, by number: only a finished document knows it, so the notebook leaves it out.
    pages: Mapping[str, str] = field(default_factory=dict)
    # The statements that cannot all be true, among those that figures rest on.
    disputed: Sequence[Conflict] = ()
    # The first editions told neither what a figure hangs on nor conflicts nor corrections.
    first: bool = False

    @cached_property
    def _numbers(self) -> dict[str, str]:
        """The number of each figure, by its formula."""
        return {identity(figure.formula): anchor for anchor, figure in self.figures.items()}

    @property
    def _speaker(self) -> Speaker:
        return Speaker(self.language, self.package, lambda _: "", self.first)

    @property
    def sources(self) -> list[Source]:
        """The sources, numbered by the first figure that rests on them; then those of conflicts and corrections."""
        rows = [row for figure in self.figures.values() for row in words.rows_of(self.package, figure)]
        keys = dict.fromkeys(row.source_id for row in rows)
        if not self.first:
            groups = [group for conflict in self.disputed for group in conflict.groups]
            keys |= dict.fromkeys(statement.source.source_id for group in groups for statement in group)
            keys |= dict.fromkeys(change.source_id for change in self.package.corrections.values())
        return [self.package.sources[key] for key in keys]

    def sections(self, as_of: str, left_out: int, fingerprint: str) -> list[Section]:
        """The whole appendix in order.

        Parameters
        ----------
        fingerprint : str
            SHA-256 of the attached evidence: the page names the file that belongs to it.
        as_of : str
            The day up to which statements were looked for; empty for no limit.
        left_out : int
            How many statements that leaves out because their sources have no date.
        """
        language = self.language
        numbers = {source.source_id: position for position, source in enumerate(self.sources, start=1)}
        evidence = [self._row(anchor, figure, numbers) for anchor, figure in self.figures.items()]
        sources = [self._source(source, numbers[source.source_id]) for source in self.sources]
        told = "" if self.first else HANGS_ON[language]
        evidence_heads, *_, source_heads = heads(language, self.first)
        limit = _limit(as_of, left_out, language)
        closing = Section(f"{FINGERPRINT[language]}\n{fingerprint}", f"{FINGERPRINT[language]}\n\n`{fingerprint}`")
        if not evidence:
            return [_heading(2, HEADING[language]), _paragraph(NO_FIGURE[language] + limit), closing]
        return [
            _heading(2, HEADING[language]),
            _paragraph(INTRODUCTION[language] + told + limit),
            _table(evidence_heads, evidence),
            *(() if self.first else self._conflicts(numbers)),
            *(() if self.first else self._corrections(numbers)),
            _heading(3, SOURCES[language]),
            _paragraph((FIRST_GRADES if self.first else GRADES)[language]),
            _table(source_heads, sources),
            closing,
        ]

    def _conflicts(self, numbers: Mapping[str, int]) -> list[Section]:
        language, rows = self.language, list(annex.conflict_rows(self._speaker, self.disputed, numbers))
        if not rows:
            return []
        told = _paragraph(annex.CONFLICTS_TOLD[language])
        return [_heading(3, annex.CONFLICTS[language]), told, _table(annex.CONFLICT_HEADS[language], rows)]

    def _corrections(self, numbers: Mapping[str, int]) -> list[Section]:
        language, texts = self.language, list(annex.correction_texts(self.package, self.language, numbers))
        if not texts:
            return []
        told = _paragraph(annex.CORRECTIONS_TOLD[language])
        return [_heading(3, annex.CORRECTIONS[language]), told, *map(_sentence, texts)]

    def _row(self, anchor: str, figure: Traced, numbers: Mapping[str, int]) -> list[list[Run]]:
        rows = words.rows_of(self.package, figure)
        cited = dict.fromkeys(numbers[row.source_id] for row in rows)
        references = [Run(f"[{number}]", f"S{number}") for number in cited]
        if isinstance(figure, Period):
            how = self._event(figure)
        elif isinstance(figure, Named):
            how = self._named(figure)
        else:
            how = self._statement(figure) if "observation" in figure.formula else self._formula(figure)
        pages = [Run(self.pages.get(anchor, ""), anchor)]
        hangs_on = [] if self.first else [self._hangs_on(figure)]
        return [[Run(anchor, f"={anchor}")], [Run(self._speaker.figure(figure))], how, *hangs_on, references, pages]

    def _hangs_on(self, figure: Traced) -> list[Run]:
        """The statement that a computed figure hangs on most, and where it would have to move."""

        def number(name: str) -> str:
            return self._numbers.get(identity({"observation": name}), "")

        formula, package, language = figure.formula, self.package, self.language
        if "function" not in formula:
            return []
        found = sensitivity.most_sensitive(formula, package, language)
        return sensitivity.words(found, formula, package, language, number)

    def _statement(self, quantity: Quantity) -> list[Run]:
        row = self.package.observations[quantity.formula["observation"]]
        about = [
            words.indicator(self.package, row.indicator, self.language),
            words.counterpart(self.package, quantity.subject, self.language),
            period_words(row.time_period, self.language, first=self.first),
        ]
        taken = wording.reading(quantity, self.language, first=self.first)
        if select(self.package.corrections, observation_id=row.observation_id):
            about.append(CORRECTED[self.language])
        if self.language == "zh":
            return [*self._speaker.quoted(row), Run(f"，读作 {taken}；{'，'.join(about)}")]
        return [*self._speaker.quoted(row), Run(self._speaker.typeset(f", taken as {taken}; {', '.join(about)}"))]

    def _named(self, thing: Named) -> list[Run]:
        """The words that name an organisation or state a link, and where it stands in its chain."""
        row = row_of(self.package, thing)
        area = self.package.areas[row.ref_area] if isinstance(row, Organisation) else None
        segment = self.package.segments.get(row.segment) if isinstance(row, Organisation) else None
        about = [part.name_zh if self.language == "zh" else part.name_en for part in (segment, area) if part]
        if not about:
            return self._speaker.quoted(row)
        told = f"；{'，'.join(about)}" if self.language == "zh" else f"; {', '.join(about)}"
        return [*self._speaker.quoted(row), Run(told)]

    def _event(self, date: Period) -> list[Run]:
        row = self.package.events[date.formula["event"]]
        name = words.event_name(self.package, date, self.language)
        place = words.area(self.package, row.ref_area, self.language)
        about = f"；{name}，{place}" if self.language == "zh" else f"; {name}, {place}"
        return [*self._speaker.quoted(row), Run(self._speaker.typeset(about))]

    def _formula(self, quantity: Quantity) -> list[Run]:
        if "counted" in quantity.formula:
            return [Run(counting.told(quantity.formula, self.package, self.language))]
        chinese = self.language == "zh"
        expression = measure_named(quantity.formula["function"]).expression
        runs = [Run(expression + ("，其中 " if chinese else ", where "))]
        for position, argument in enumerate(quantity.formula["arguments"]):
            if position:
                runs.append(Run("，" if chinese else ", "))
            operand = {key: value for key, value in argument.items() if key != "name"}
            anchor = self._numbers.get(identity(operand), "")
            runs += [Run(f"{argument['name']} = "), Run(anchor or self._operand(operand), anchor)]
        return [
            *runs,
            Run(("；得 " if chinese else "; gives ") + wording.reading(quantity, self.language, first=self.first)),
        ]

    def _operand(self, formula: Formula) -> str:
        """An operand that has no number of its own."""
        if "observation" in formula:
            return f"“{self._speaker.within(self.package.observations[formula['observation']])}”"
        if "counted" in formula:
            return counting.told(formula, self.package, self.language)
        if "function" in formula:
            name = formula["function"].rpartition(".")[2]
            return f"{name}({', '.join(self._operand(argument) for argument in formula['arguments'])})"
        return str(formula.get("value") or formula.get("period"))

    def _source(self, source: Source, number: int) -> list[list[Run]]:
        access = (FIRST_ACCESS if self.first else ACCESS)[self.language][source.access]
        return [
            [Run(f"[{number}]", f"=S{number}")],
            # An address and a title in another language stay as they are.
            [
                run if run.anchor or run.language else replace(run, text=self._speaker.typeset(run.text))
                for run in reference(source, self.language)
            ],
            [Run(source.grade)],
            [Run(access)],
        ]


def heads(language: str, first: bool) -> list[list[str]]:
    """The heads of the tables of an appendix, in their order; those of the first editions where ``first``."""
    if first:
        return [list(FIRST_HEADS[language]), list(SOURCE_HEADS[language])]
    return [list(HEADS[language]), list(annex.CONFLICT_HEADS[language]), list(SOURCE_HEADS[language])]


def _limit(as_of: str, left_out: int, language: str) -> str:
    if not as_of:
        return ""
    day = period_words(as_of, language)
    if language == "zh":
        return f"本版只采用截至{day}已公开的陈述，另有{left_out}条因来源无日期而未采用。"
    count = "1 statement is" if left_out == 1 else f"{left_out} statements are"
    return f" This edition uses only what was published by {day}; {count} left out because the source has no date."


def _heading(level: int, text: str) -> Section:
    return Section(plain=text, markdown=f"{'#' * level} {text}")


def _paragraph(text: str) -> Section:
    return Section(plain=text, markdown=text)


def _sentence(runs: Sequence[Run]) -> Section:
    """A sentence with links."""
    return Section(plain="".join(run.text for run in runs), markdown="".join(run_markdown(run) for run in runs))


def _table(heads: Sequence[str], rows: Sequence[Sequence[Sequence[Run]]]) -> Section:
    cells = [["".join(_cell(run) for run in cell) for cell in row] for row in rows]
    plain = [*heads, *("".join(run.text for run in cell) for row in rows for cell in row)]
    return Section(plain="\n".join(plain), table=markup.table([html.escape(head) for head in heads], cells))


def _cell(run: Run) -> str:
    if run.anchor.startswith("="):
        return f'<a id="{run.anchor[1:]}">{html.escape(run.text)}</a>'
    if run.anchor.startswith("http"):
        return f'<a href="{html.escape(run.anchor)}">{html.escape(run.text)}</a>'
    return run_html(run)


def appendix_of(
    record: Mapping[str, Any],
    figures: Mapping[str, Traced],
    package: Package,
    pages: Mapping[str, str] = MappingProxyType({}),
    attached: str = "",
) -> list[Section]:
    """The appendix of a record of evidence.

    Parameters
    ----------
    record : mapping
        The record.
    figures : mapping
        Its figures by number.
    package : Package
        Its own rows, and no others: its conflicts and corrections are told.
    pages : mapping, optional
        The pages on which each figure is printed, by number; the exporter fills them in where they are left out.
    attached : str, optional
        What :func:`fingerprint` gives of the record, where that is known already.
    """
    appendix = Appendix(figures, package, record["language"], pages, conflicts(package), record["version"] == 1)
    attached = attached or fingerprint(record)
    return appendix.sections(str(record["parameters"]["as_of"]), int(record["left_out"]), attached)


def fingerprint(record: Mapping[str, Any]) -> str:
    """SHA-256 of a record as it is attached."""
    return hashlib.sha256(canonical(record)).hexdigest()


def canonical(record: Mapping[str, Any]) -> bytes:
    """The record as the exporter attaches it: JSON with sorted keys and one space of indent, UTF-8."""
    return _indented(record, "\n").encode()


def _indented(tree: Any, line: str) -> str:
    """A JSON tree as ``json.dumps(tree, indent=1, …)`` writes it, in half the time; ``line`` begins a line."""
    if isinstance(tree, str):
        return quoted(tree)
    deeper = f"{line} "
    if isinstance(tree, dict) and tree:
        parts = [
            f"{quoted(key)}: {quoted(child) if isinstance(child, str) else _indented(child, deeper)}"
            for key, child in sorted(tree.items())
        ]
        return f"{{{deeper}{f',{deeper}'.join(parts)}{line}}}"
    if isinstance(tree, list) and tree:
        return f"[{deeper}{f',{deeper}'.join([_indented(child, deeper) for child in tree])}{line}]"
    return json.dumps(tree)
