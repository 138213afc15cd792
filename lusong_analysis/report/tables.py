"""One function a table: its columns, its rows, and what stands under it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lusong_analysis.facts.rows import Chain
from lusong_analysis.measures.comparison import base_effect, two_year_average_growth
from lusong_analysis.measures.growth import growth_between
from lusong_analysis.measures.structure import share_of
from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.judgement import comparability
from lusong_analysis.quantity.period import Period
from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.quantity.wording import column_unit
from lusong_analysis.report.counting import Class
from lusong_analysis.report.named import begun
from lusong_analysis.report.properties import COUNTED, PROPERTIES
from lusong_analysis.report.text import Text, Value, Words

NOTHING = Text("", "")
MEANING = Text("等级：A 官方，B 报刊，C 转载或二手", "Grades: A official, B press, C copy or secondary page")
GRADES = Text(
    f"{MEANING.zh}；末列为附录中的编号",
    f"{MEANING.en}; the last column is the number in the appendix",
)
DASH, BLANK = Words("——", "–"), Words("", "")
NO_FIGURE = Words("无资料", "no figure")
Pair = tuple[str, str]
# 优先发展, 精准发展, 大力发展: how the district says that it develops a chain.
PRIORITIES = {"优先": "Priority", "精准": "Targeted", "大力": "Vigorous"}


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

    def _repr_html_(self) -> str:
        from lusong_analysis.report.display import table_html

        return table_html(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        from lusong_analysis.report.display import table_text

        printer.text(table_text(self))


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
            Column(Text("指标", "Indicator"), cell("{x.heading}")),
            Column(Text("对象", "Of"), cell("{x.Counterpart}")),
            Column(Text("时间", "Time"), cell("{x.When}")),
            Column(value, cell("{x:cell}"), numeric=True),
            Column(Text("等级", "Grade"), cell("{x.grade}")),
            Column(Text("能否相连", "Joinable"), cell("{joined}")),
            Column(Text("凭证", "Evidence"), cell("{x.number}")),
        ),
        rows=tuple({"x": quantity, "joined": comparability(quantity, against)} for quantity in history),
        measure=GRADES,
    )


def events(dates: tuple[Period, ...]) -> Table:
    """Events in the order of their dates, in the sources' own words."""
    return Table(
        columns=(
            Column(Text("时间", "Date"), cell("{x}")),
            Column(Text("事件", "Event"), cell("{x.Name}")),
            Column(Text("来源", "Source"), cell("{x.source}")),
            Column(Text("等级", "Grade"), cell("{x.grade}")),
            Column(Text("凭证", "Evidence"), cell("{x.number}")),
        ),
        rows=tuple({"x": date} for date in dates),
        measure=GRADES,
    )


def cell(template: str) -> Text:
    """A cell that is put together alike in both languages."""
    return Text(template, template)


def listed(templates: Iterable[str]) -> Text:
    """Templates one after the other, in each language with its own comma."""
    parts = list(templates)
    return Text("、".join(parts), ", ".join(parts))


def printed(history: tuple[Quantity, ...]) -> Table:
    """Statements of any units in the sources' own words; whose they are is said once where it is one thing."""
    of_one = len({(quantity.subject.ref_area, quantity.subject.counterpart) for quantity in history}) == 1
    of_each = () if of_one else (Column(Text("对象", "Of"), cell("{x.Counterpart}")),)
    return Table(
        columns=(
            Column(Text("指标", "Indicator"), cell("{x.heading}")),
            *of_each,
            Column(Text("时间", "Time"), cell("{x.When}")),
            Column(Text("读作", "Read as"), cell("{x}"), numeric=True),
            Column(Text("原文", "Source’s words"), cell("{x.words}")),
            Column(Text("等级", "Grade"), cell("{x.grade}")),
            Column(Text("凭证", "Evidence"), cell("{x.number}")),
        ),
        rows=tuple({"x": quantity} for quantity in history),
        measure=Text(f"{{x.Counterpart}}。{GRADES.zh}", f"{{x.Counterpart}}. {GRADES.en}", {"x": history[0]})
        if of_one
        else GRADES,
    )


def events_in_words(dates: tuple[Period | Quantity, ...]) -> Table:
    """Events or projects with the sources' own words; those whose source is not known yet are left out."""
    return Table(
        columns=(
            Column(Text("时间", "Date"), cell("{x}")),
            Column(Text("名称", "Name"), cell("{x.Name}")),
            Column(Text("原文", "Source’s words"), cell("{x.words}")),
            Column(Text("等级", "Grade"), cell("{x.grade}")),
            Column(Text("凭证", "Evidence"), cell("{x.number}")),
        ),
        rows=tuple({"x": date} for date in dates if isinstance(date, Period)),
        measure=GRADES,
    )


def shares(parts: tuple[Quantity, ...], wholes: tuple[Quantity, ...], zh: str, en: str) -> Table:
    """A part, its whole and the share of the one in the other, period by period, where both are known.

    Parameters
    ----------
    parts, wholes : tuple of Quantity
        Statements on one indicator each, of one area or object.
    zh, en : str
        What the share is called.
    """
    known = {part.subject.time_period: part for part in parts}
    pairs = [(known[whole.subject.time_period], whole) for whole in wholes if whole.subject.time_period in known]
    heads = [
        Text("{x.indicator}", "{x.heading}", {"x": figures[0]}) if figures else NOTHING for figures in (wholes, parts)
    ]
    return Table(
        columns=(
            Column(Text("时间", "Time"), cell("{whole.Period}")),
            Column(heads[0], cell("{whole:3}"), numeric=True),
            Column(heads[1], cell("{part:3}"), numeric=True),
            Column(Text(f"{zh}（推算）", f"{en} (computed)"), cell("{share}"), numeric=True),
            Column(Text("等级", "Grade"), cell("{whole.grade}")),
            Column(
                Text("凭证", "Evidence"),
                Text("{whole.number}、{part.number}、{share.number}", "{whole.number}, {part.number}, {share.number}"),
            ),
        ),
        rows=tuple({"whole": whole, "part": part, "share": share_of(part, whole)} for part, whole in pairs),
        measure=GRADES,
    )


def changes(before: tuple[Quantity, ...], after: tuple[Quantity, ...]) -> Table:
    """Figures of several indicators at one time and at another, and the change between them.

    Raises
    ------
    QuantityError
        Two figures in one place are not of one indicator and area.
    """
    pairs = [
        (one, other) for one, other in zip(before, after, strict=True) if one.absence is None and other.absence is None
    ]
    first = pairs[0] if pairs else ()
    heads = [Text("{x.Period}", "{x.Period}", {"x": quantity}) for quantity in first] or [NOTHING, NOTHING]
    return Table(
        columns=(
            Column(Text("指标", "Indicator"), cell("{before.heading}")),
            Column(heads[0], cell("{before}"), numeric=True),
            Column(heads[1], cell("{after}"), numeric=True),
            Column(Text("变动", "Change"), cell("{change}"), numeric=True),
            Column(
                Text("凭证", "Evidence"),
                Text(
                    "{before.number}、{after.number}、{change.number}",
                    "{before.number}, {after.number}, {change.number}",
                ),
            ),
        ),
        rows=tuple({"before": one, "after": other, "change": growth_between(one, other)} for one, other in pairs),
        measure=Text("变动为后一时期比前一时期的增减", "The change is from the earlier period to the later one"),
    )


def two_years(first: tuple[Quantity, ...], second: tuple[Quantity, ...]) -> Table:
    """Growth of areas in two years running, its yearly average, and how far the second year lies above it.

    Parameters
    ----------
    first, second : tuple of Quantity
        Growth of one indicator on the year before, area by area, in a year and in the next; rows where either is not
        known are left out.

    Raises
    ------
    QuantityError
        Two figures in one place are not of one indicator and area, or not of two years running.
    """
    pairs = [
        (one, other) for one, other in zip(first, second, strict=True) if one.absence is None and other.absence is None
    ]
    heads = [Text("{x.Period}", "{x.Period}", {"x": figure}) for figure in next(iter(pairs), ())] or [NOTHING, NOTHING]
    averages = [two_year_average_growth(one, other) for one, other in pairs]
    return Table(
        columns=(
            Column(Text("地区", "Area"), cell("{second.area}")),
            Column(heads[0], cell("{first}"), numeric=True),
            Column(heads[1], cell("{second}"), numeric=True),
            Column(Text("年均", "Average"), cell("{average}"), numeric=True),
            Column(Text("后一年高出年均", "Later year above average"), cell("{base}"), numeric=True),
            Column(
                Text("凭证", "Evidence"),
                Text(
                    "{first.number}、{second.number}、{average.number}、{base.number}",
                    "{first.number}, {second.number}, {average.number}, {base.number}",
                ),
            ),
        ),
        rows=tuple(
            {"first": one, "second": other, "average": average, "base": base_effect(one, other)}
            for (one, other), average in zip(pairs, averages, strict=True)
        ),
        measure=Text(
            "年均按几何平均推算，以前一年的上年为基数；后一年高出年均的部分，即基数的影响",
            "Geometric average from the year before the earlier one; base effect: the later year less the average",
        ),
    )


def wanted(rows: Sequence[tuple[Pair, Pair, Pair, Quantity | None]]) -> Table:
    """Figures that could be published: what, by which definition, how often, and what was found of it last.

    Parameters
    ----------
    rows : sequence of tuple
        Indicator, definition and frequency, each in Chinese and English, and the latest figure that is held of the
        matter, as ``report.figure`` gives it; None where the data have no such indicator.
    """
    return Table(
        columns=(
            Column(Text("指标", "Indicator"), cell("{what}")),
            Column(Text("口径", "Definition"), cell("{definition}")),
            Column(Text("频率", "How often"), cell("{often}")),
            Column(Text("最近一次见到", "Last found"), cell("{last.heading}")),
            Column(Text("时间", "Time"), cell("{last.When}")),
            Column(Text("数值", "Value"), cell("{last}"), numeric=True),
            Column(Text("凭证", "Evidence"), cell("{last.number}")),
        ),
        rows=tuple(
            {
                "what": Words(*what),
                "definition": Words(*definition),
                "often": Words(*often),
                "last": NO_FIGURE if figure is None or figure.absent else figure,
            }
            for what, definition, often, figure in rows
        ),
    )


def by_chain(chains: tuple[tuple[Chain, tuple[Quantity, ...]], ...]) -> Table:
    """The chains side by side: what the district calls each and what is known of it, or that nothing is."""
    rows: list[Mapping[str, Value]] = []
    for chain, figures in chains:
        names = {"chain": Words(chain.name_zh, begun(chain.name_en))}
        names["priority"] = Words(chain.priority, PRIORITIES[chain.priority])
        values: tuple[Value, ...] = figures or (NO_FIGURE,)
        rows += [{**names, "x": value} for value in values]
    return Table(
        columns=(
            Column(Text("产业链", "Chain"), cell("{chain}")),
            Column(Text("定位", "Development"), cell("{priority}")),
            Column(Text("指标", "Indicator"), cell("{x.heading}")),
            Column(Text("时间", "Time"), cell("{x.When}")),
            Column(Text("数值", "Value"), cell("{x}"), numeric=True),
            Column(Text("等级", "Grade"), cell("{x.grade}")),
            Column(Text("凭证", "Evidence"), cell("{x.number}")),
        ),
        rows=tuple(rows),
        measure=GRADES,
    )


def counts(*columns: tuple[Sequence[Class], Quantity]) -> Table:
    """The classes of a property with what is counted in each and in all, and shares of the first column.

    Parameters
    ----------
    *columns : tuple of (classes, whole)
        The classes, as ``report.counts`` gives them, and the same count without them; each column counts something
        else in the same classes, as sources beside statements.

    Raises
    ------
    QuantityError
        A name holds a year, which only a chart can print, or the classes are not the same.
    """
    classes, wholes = [column[0] for column in columns], [column[1] for column in columns]
    if any(each.name.values for each in classes[0]) or len({tuple(each.by for each in one) for one in classes}) > 1:
        msg = "counts: these are no classes with plain names, or not the same ones; draw years with charts.counts"
        raise QuantityError(msg)
    kept = PROPERTIES[classes[0][0].by]
    names = [f"x{place}" for place in range(len(columns))]
    # Of nothing there are no shares.
    shares = ["share"] if wholes[0].value else []
    rows = [_counted(one[0].name, [each.quantity for each in one], wholes[0]) for one in zip(*classes, strict=True)]
    return Table(
        columns=(
            Column(Text(kept.zh, begun(kept.en)), cell("{name}")),
            *(
                Column(_counted_head(whole), cell(f"{{{name}:cell}}"), numeric=True)
                for name, whole in zip(names, wholes, strict=True)
            ),
            *(Column(Text("占比（推算）", "Share (computed)"), cell("{share:2}"), numeric=True) for _ in shares),
            Column(Text("凭证", "Evidence"), listed(f"{{{name}.number}}" for name in (*names, *shares))),
        ),
        rows=(*rows, _counted(Text("合计", "total"), wholes, wholes[0])),
        measure=Text("{x.area}", "{x.area}", {"x": wholes[0]}) if wholes[0].subject.ref_area else NOTHING,
    )


def _counted(name: Text, counted: Sequence[Quantity], whole: Quantity) -> Mapping[str, Value]:
    """A row of counts, with the share of the first in the whole."""
    share = {"share": share_of(counted[0], whole)} if whole.value else {}
    values = {f"x{place}": quantity for place, quantity in enumerate(counted)}
    return {"name": Words(name.zh, begun(name.en)), **values, **share}


def _counted_head(whole: Quantity) -> Text:
    kept = COUNTED[whole.formula["counted"]["table"]]
    return Text(f"{kept.zh}（{kept.unit}）", kept.noun.partition("|")[2].capitalize())
