"""One function a table: its columns, its rows, and what stands under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.judgement import comparability
from lusong_analysis.quantity.period import Period
from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.quantity.wording import column_unit
from lusong_analysis.report.text import Text, Value

NOTHING = Text("", "")
GRADES = Text(
    "等级：A 官方，B 报刊，C 转载或二手；末列为附录中的编号",
    "Grades: A official, B press, C copy or secondary page; the last column is the number in the appendix",
)


@dataclass(frozen=True)
class Column:
    """A column: the words of its head, and the template of its cells over the names of a row."""

    head: Text
    cell: Text
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """A table before it is printed; every row gives the same names to the cells' templates.

    ``measure`` says what is listed, and what its signs mean.
    """

    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Value], ...]
    measure: Text = NOTHING


def statements(history: tuple[Quantity, ...], against: Quantity) -> Table:
    """Statements side by side, and whether each may be joined with one of them, and if not, why.

    Raises
    ------
    QuantityError
        The statements have several units, which one column cannot hold.
    """
    units = {quantity.unit for quantity in history}
    if len(units) > 1:
        msg = f"one column cannot hold {', '.join(sorted(units))}; make a table for each unit"
        raise QuantityError(msg)
    unit = next(iter(units), against.unit)
    value = Text(f"数值（{column_unit(unit, 'zh')}）", f"Value ({column_unit(unit, 'en')})")
    return Table(
        columns=(
            Column(Text("指标", "Indicator"), _cell("{x.heading}")),
            Column(Text("对象", "Of"), _cell("{x.counterpart}")),
            Column(Text("时间", "Time"), _cell("{x.when}")),
            Column(value, _cell("{x:cell}"), numeric=True),
            Column(Text("等级", "Grade"), _cell("{x.grade}")),
            Column(Text("能否相连", "Can be joined"), _cell("{joined}")),
            Column(Text("凭证", "Evidence"), _cell("{x.number}")),
        ),
        rows=tuple({"x": quantity, "joined": comparability(quantity, against)} for quantity in history),
        measure=GRADES,
    )


def events(dates: tuple[Period, ...]) -> Table:
    """Events in the order of their dates, in the sources' own words."""
    return Table(
        columns=(
            Column(Text("时间", "Date"), _cell("{x}")),
            Column(Text("事件", "Event"), _cell("{x.name}")),
            Column(Text("来源", "Source"), _cell("{x.source}")),
            Column(Text("等级", "Grade"), _cell("{x.grade}")),
            Column(Text("凭证", "Evidence"), _cell("{x.number}")),
        ),
        rows=tuple({"x": date} for date in dates),
        measure=GRADES,
    )


def conflict_table(statements: tuple[Quantity, ...]) -> Table:
    """Statements on one question: who printed which words, as what they are read, and their grade."""
    return Table(
        columns=(
            Column(Text("来源", "Source"), _cell("{x.source}")),
            Column(Text("指标", "Indicator"), _cell("{x.heading}")),
            Column(Text("原文", "Words of the source"), _cell("{x.words}")),
            Column(Text("读作", "Read as"), _cell("{x}")),
            Column(Text("等级", "Grade"), _cell("{x.grade}")),
            Column(Text("凭证", "Evidence"), _cell("{x.number}")),
        ),
        rows=tuple({"x": quantity} for quantity in statements),
    )


def conflict_texts(zh: str, en: str, used: tuple[Quantity, ...], *, agree: bool) -> tuple[Text, Text]:
    """The claim over a conflict and the rule under it; where the statements agree, that is what is said."""
    values = {f"used_{place}": quantity for place, quantity in enumerate(used)}
    figures = {"zh": "、".join(f"{{{name}}}" for name in values), "en": ", ".join(f"{{{name}}}" for name in values)}
    agreed = Text("已公布的数字彼此相符。", "The published figures agree with each other.")
    rule = Text(
        f"本报告采用{figures['zh']}（{{used_0.source}}）：先看等级，再看发表先后，再看区间宽窄。",
        f"This report uses {figures['en']} ({{used_0.source}}): by grade first, then the newest, then the narrowest.",
        values,
    )
    return (agreed if agree else Text(zh, en)), rule


def _cell(template: str) -> Text:
    return Text(template, template)
