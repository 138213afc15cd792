"""A dispute between sources: the statements side by side, which of them is used and why, or that none disagree."""

from __future__ import annotations

from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.report.tables import Column, Table, cell, listed
from lusong_analysis.report.text import Text


def conflict_table(rows: tuple[tuple[Quantity, ...], ...]) -> Table:
    """Statements on one question: who printed which words, as what they are read, and their grade.

    Parameters
    ----------
    rows : tuple of tuple of Quantity
        A row a source; the terms of a printed ratio share one, and all rows have as many.
    """
    names = [f"x{place}" for place in range(len(rows[0]))]
    indicator = [Column(Text("指标", "Indicator"), cell("{x0.heading}"))] if len(names) == 1 else []
    return Table(
        columns=(
            Column(Text("来源", "Source"), cell("{x0.source}")),
            *indicator,
            Column(Text("原文", "Source’s words"), cell("{x0.words}")),
            Column(Text("读作", "Read as"), listed(f"{{{name}}}" for name in names)),
            Column(Text("等级", "Grade"), cell("{x0.grade}")),
            Column(Text("凭证", "Evidence"), listed(f"{{{name}.number}}" for name in names)),
        ),
        rows=tuple(dict(zip(names, row, strict=True)) for row in rows),
    )


def conflict_texts(zh: str, en: str, used: tuple[Quantity, ...]) -> tuple[Text, Text]:
    """The claim over a conflict, and under it what the report uses by which rule."""
    figures = _used(used)
    rule = Text(
        f"本报告采用{figures.zh}，据{{used_0.source}}：依次取等级较高、发表较新、区间较窄、编号在前的。",
        f"This report uses {figures.en}, from {{used_0.source}}: chosen by grade, then by the later date, then by the "
        "narrower range, then by order of number.",
        figures.values,
    )
    return Text(zh, en), rule


def agreement_text(used: tuple[Quantity, ...], sources: int) -> Text:
    """What stands in the place of a conflict where the sources do not contradict each other, or one alone is known."""
    figures = _used(used)
    if sources == 1:
        zh = f"目前只见到一个来源，即{{used_0.source}}：{figures.zh}。"
        en = f"Only one source is known, {{used_0.source}}: {figures.en}."
    else:
        zh = f"各来源公布的数字没有相互矛盾，本报告采用{figures.zh}，据{{used_0.source}}。"
        en = f"The sources do not contradict each other; this report uses {figures.en}, from {{used_0.source}}."
    return Text(zh, en, figures.values)


def _used(used: tuple[Quantity, ...]) -> Text:
    """Figures side by side."""
    values = {f"used_{place}": quantity for place, quantity in enumerate(used)}
    names = [f"{{{name}}}" for name in values]
    return Text("、".join(names), ", ".join(names), values)
