"""How figures show in a notebook: both languages' words, what they are taken to be, and where they come from."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lusong_analysis.quantity import wording
from lusong_analysis.quantity.period import Formula, Period, words

if TYPE_CHECKING:
    from lusong_analysis.quantity.judgement import Judgement
    from lusong_analysis.quantity.quantity import Absence, Quantity, count_line

NO_FIGURE = ("无数字", "no figure")
NO_WORD = ("无从判断", "no judgement")
HEADS = ("时间 period", "中文", "English", "读作 taken as", "来自 from")
FIELDS = {
    "indicator": "指标 indicator",
    "ref_area": "地域 ref_area",
    "time_period": "时间 time_period",
    "counterpart": "对象 counterpart",
    "comparable_with": "目标所对 comparable_with",
}
_LEFT = 'style="text-align: left"'
_LABEL = 'style="text-align: left; white-space: nowrap"'


def rows_html(quantities: Sequence[Quantity]) -> str:
    """A table with a row a figure: period, Chinese, English, what it is taken to be, statement or formula."""
    return table_html(
        HEADS,
        [
            (quantity.subject.time_period, *both(quantity), taken_as(quantity), origin(quantity))
            for quantity in quantities
        ],
    )


def figure_html(quantity: Quantity) -> str:
    """One figure: its words in both languages, then what it is taken to be, its keys and its formula, a line each."""
    lines = [("读作 taken as", taken_as(quantity))] if not quantity.absent else []
    lines += [(label, getattr(quantity.subject, field)) for field, label in FIELDS.items()]
    lines.append(("缘由 because" if quantity.absent else "来自 from", origin(quantity)))
    return box_html(both(quantity), [line for line in lines if line[1]])


def figure_line(quantity: Quantity) -> str:
    """One figure in a line of plain text."""
    chinese, english = both(quantity)
    return " | ".join(filter(None, (f"{chinese} / {english}", taken_as(quantity), origin(quantity))))


def period_html(period: Period) -> str:
    """A period: its words in both languages, its code and what it comes from."""
    lines = [("代码 code", period.code), ("来自 from", formula_line(period.formula))]
    return box_html(
        [words(period.code, language) for language in wording.LANGUAGES], [line for line in lines if line[1]]
    )


def period_line(period: Period) -> str:
    """A period in a line of plain text."""
    chinese, english = (words(period.code, language) for language in wording.LANGUAGES)
    return " | ".join(filter(None, (f"{chinese} / {english}", formula_line(period.formula))))


def judgement_html(judgement: Judgement) -> str:
    """A judgement: its words in both languages, and the two figures it is about."""
    return box_html(_judged(judgement), [("来自 from", _why_judged(judgement))])


def judgement_line(judgement: Judgement) -> str:
    """A judgement in a line of plain text."""
    return f"{' / '.join(_judged(judgement))} | {_why_judged(judgement)}"


def box_html(heads: Sequence[str], lines: Sequence[tuple[str, str]]) -> str:
    """Words in both languages in bold, and under them a table of labels and what they label."""
    head = f'<th colspan="2" {_LEFT}>{" · ".join(html.escape(head) for head in heads)}</th>'
    rows = "".join(
        f"<tr><td {_LABEL}>{html.escape(label)}</td><td {_LEFT}>{html.escape(text)}</td></tr>" for label, text in lines
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def table_html(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of plain texts."""
    head = "".join(f'<th scope="col" {_LEFT}>{html.escape(text)}</th>' for text in heads)
    body = "".join(f"<tr>{''.join(f'<td {_LEFT}>{html.escape(text)}</td>' for text in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def both(quantity: Quantity) -> tuple[str, str]:
    """The figure's words in Chinese and English, or that there is none."""
    if quantity.absent:
        return NO_FIGURE
    return wording.text(quantity, "zh"), wording.text(quantity, "en")


def taken_as(quantity: Quantity) -> str:
    """All that may be true, in the unit of the statement; empty where there is no figure."""
    return "" if quantity.absent else wording.reading(quantity, "zh")


def origin(quantity: Quantity) -> str:
    """The statement or formula a figure comes from, or why there is none."""
    return formula_line(quantity.formula) if quantity.absence is None else why_absent(quantity.absence)


def why_absent(absence: Absence) -> str:
    """Why there is no figure, in one line."""
    if absence.reason == "missing":
        keys = ", ".join(f"{field}={key}" for field, key in absence.subject._asdict().items() if key)
        return f"no statement is known of {keys}"
    if absence.reason == "untimed":
        return "a period was asked of a statement whose source gives none"
    operands = ", ".join(f"{both(operand)[1]} ({origin(operand)})" for operand in absence.operands)
    return f"the figures below leave every number possible: {operands}"


def formula_line(formula: Formula) -> str:
    """A formula in one line: required_growth(revenue=apparel-revenue-2019, …)."""
    if "arguments" in formula:
        name = str(formula.get("function") or formula.get("judgement")).rpartition(".")[2]
        return f"{name}({', '.join(_argument(argument) for argument in formula['arguments'])})"
    if "missing" in formula:
        return f"nothing known of {formula['missing']['indicator']}"
    if "parameter" in formula:
        return f"{formula['parameter']}={formula['value']}"
    if "counted" in formula:
        return count_line(formula)
    return str(formula.get("observation") or formula.get("event") or formula.get("period") or "")


def _judged(judgement: Judgement) -> Sequence[str]:
    return NO_WORD if judgement.absence else (judgement.zh, judgement.en)


def _why_judged(judgement: Judgement) -> str:
    return why_absent(judgement.absence) if judgement.absence else formula_line(judgement.formula)


def _argument(formula: Formula) -> str:
    line = formula_line(formula)
    return f"{formula['name']}={line}" if "name" in formula and "parameter" not in formula else line
