"""One function a table: its columns, its rows, and what stands under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.judgement import comparability
from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.quantity.wording import column_unit
from lusong_analysis.report.text import Text, Value


@dataclass(frozen=True)
class Column:
    """A column: the words of its head, and the template of its cells over the names of a row."""

    head: Text
    cell: Text
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """A table before it is printed; every row gives the same names to the cells' templates."""

    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Value], ...]


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
    )


def _cell(template: str) -> Text:
    return Text(template, template)
