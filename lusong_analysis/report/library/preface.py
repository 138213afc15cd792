"""The first sheet: what the workbook is, what stands on each sheet, and how to read it, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lusong_analysis.facts.rows import Area
from lusong_analysis.quantity.wording import ABOUT, WORDS
from lusong_analysis.report.imprint import Imprint
from lusong_analysis.report.library.workbook import Cell, Sheet, cell_address, link, sheet_name

READ_ME = sheet_name("读我", "Read me")
HEAD = ("项目\nItem", "中文\nChinese", "英文\nEnglish")
ABOUT_IT = (
    "是什么 What it is",
    "本期各报告可以引用的全部公开数字，以及有关的机构、事件和项目。一行陈述是一个来源所载的一个数字，照原文录入，不作估算，不补缺口。",
    "All published figures that the reports of this edition can draw on, with organisations, events and projects. "
    "A row is one figure as one source printed it; nothing is estimated and no gap is filled.",
)
GRADES = (
    ("等级 Grade A", "官方：统计部门、政府网页、法定披露文件", "official: statistics bureau, government page, filing"),
    ("等级 Grade B", "报刊", "press"),
    ("等级 Grade C", "转载或二手页面", "copy or secondary page"),
    (
        "等级 Grade D",
        "不可靠的网站，仅供查找线索；其陈述只列入未采用表",
        "unreliable host, a lead only: its statements stand among those set aside and nowhere else",
    ),
)
READING = (
    (
        "数值与上下限 Value and bounds",
        "“数值”是原文所载的数；原文只给界限或区间时为空。“下限”“上限”是真值可能所在的范围：四舍五入的数按末位的半个单位上下放宽，"
        "“约”按末位非零数字的一个单位放宽，但不超过该数的一半，计数和目标不放宽；不会为负的数只有上限时，下限为零。"
        "空白表示没有界限。求和或作图时，请把三列一并考虑。",
        "“Value” is the number as printed, empty where the source gives only a bound or a range. “Lower bound” and "
        "“Upper bound” enclose all that may be true: a rounded number is widened by half a unit of its last digit, "
        "“about” by a whole unit of its last digit that is not zero but by no more than half the number, counts and "
        "targets not at all. Where only an upper bound is known of what cannot be negative, the lower one is zero. "
        "Empty means unlimited. Sums and charts should use all three.",
    ),
    (
        "精度 Precision",
        "末位有效数字的单位；零表示精确。",
        "The unit of the last digit that means something; zero says that the number is exact.",
    ),
    (
        "时期 Period",
        "Q 为季度，S 为半年，“/P”后为自该日起的长度（D 日、M 月、Y 年）。空白表示原文未载时间，不得排入时间序列。",
        "Q is a quarter, S a half-year, and what follows “/P” the length from that day on (D days, M months, Y years). "
        "Empty: the source states no time; such a row belongs into no series.",
    ),
    (
        "采用 Prevails",
        "对同一指标、地区、时期和对象有几个陈述时，先看等级，再看发表先后，再看区间宽窄，报告采用其中之一。",
        "Of several statements on one indicator, area, period and object the reports use one: by grade first, then the "
        "newest, then the narrowest.",
    ),
    (
        "冲突 In conflict",
        "对同一问题的陈述若不可能同时为真，即为冲突，两者都保留；比例中一项有冲突，整个比例都算有冲突。",
        "Statements on one question that cannot all be true are in conflict, and all are kept. Where one term of a "
        "ratio is disputed, the whole ratio is.",
    ),
    (
        "环节与缺口 Segments and gaps",
        "环节由本项目划分，由上游到下游排列。缺口指没有来源点名本地区的机构，或没有来源写明谁向谁供货；不等于没有。",
        "The segments are a frame of this project, from upstream to downstream. A gap: no source names an organisation "
        "of the area, or none says who supplies whom; that is not to say that there is none.",
    ),
    (
        "更正 Corrections",
        "所列各行均为更正后的内容；更正前的内容见更正表。",
        "All rows stand as corrected; the sheet of corrections says what stood there before.",
    ),
    (
        "指标 Indicators",
        "定义不同的指标不可相连，也不可相比；目标另立指标。任何地区的数字都不代表另一地区。",
        "Indicators of different definitions are neither joined nor compared; a target is an indicator of its own. "
        "Nothing of one area stands for another.",
    ),
    (
        "数据表 Tables",
        "除已更正的单元格外，以英文命名的各表与数据包逐格相同；以某日为限的期次只列当日已知的内容。全部单元格为文本，"
        "数字末尾的零照原文保留；需要计算时请用各产业链表的数值列。",
        "Corrected cells aside, the sheets with English names are the data package cell by cell; an edition as of a "
        "day holds only what was known by then. All their cells are text, so that a final zero stays as printed; to "
        "compute, use the number columns of the chains’ sheets.",
    ),
    (
        "以符号开头的文本 Text that begins with a sign",
        "以 = + - @ 开头的文本按文本保存，不会作为公式执行。若另存为 CSV，请用“从文本导入”打开，并将各列设为文本。",
        "Text that begins with = + - or @ is stored as text and never runs as a formula. Saved as CSV it loses that "
        "mark: import such a file with all columns as text.",
    ),
)
PART = (
    "范围 Scope",
    "本期只列与本地区有关的各行：本地区、其上级和下级地区、不属任何地区的内容，以及各产业链图所画的外地机构和项目；其他地区的各行不列。",
    "This edition holds the rows that concern its area: of the area, of those around and in it, of none, and from "
    "elsewhere the organisations and projects that the maps of the chains draw. Rows of other areas are left out.",
)
LICENCE = (
    "数据按 {} 发布；“原文”和“标题”引自各来源，权利属于各来源。",
    "The data are published under {}. The words as printed and the titles are quoted and belong to their sources.",
)


def title_of(area: Area | None) -> tuple[str, str]:
    """The name of the workbook in Chinese and English; ``area`` is the one that its reports are about."""
    zh, en = "产业链资料库", "Library of industry chains"
    return (zh, en) if area is None else (f"{area.name_zh}{zh}", f"{en}, {area.name_en}")


def preface(
    title: tuple[str, str],
    imprint: Imprint,
    sheets: Sequence[Sheet],
    purposes: Mapping[str, tuple[str, str]],
    *,
    part: bool = False,
) -> Sheet:
    """The first sheet.

    Parameters
    ----------
    title : tuple of str
        The name of the workbook, in Chinese and English.
    imprint : Imprint
        The edition, the day on which it counts as made, and the licence.
    sheets : Sequence of Sheet
        The other sheets, in their order.
    purposes : Mapping of str to tuple of str
        What stands on each, by its name, in Chinese and English.
    part : bool
        Whether it holds only the rows that concern an area.
    """
    rows: list[tuple[Cell, ...]] = [
        ("名称 Title", *title),
        ("期次 Edition", imprint.edition, imprint.edition),
        ("日期 Date", imprint.date, imprint.date),
        ABOUT_IT,
        *([PART] if part else []),
        *(_contents(sheet, *purposes[sheet.name]) for sheet in sheets),
        *GRADES,
        *_bounds(),
        *READING,
        ("许可 Licence", *(words.format(imprint.licence) for words in LICENCE)),
    ]
    return Sheet(READ_ME, HEAD, tuple(rows), widest=68, filters=False)


def _contents(sheet: Sheet, zh: str, en: str) -> tuple[Cell, ...]:
    number = len(sheet.rows)
    rows = "row" if number == 1 else "rows"
    return link(sheet.name, cell_address(sheet.name, 1)), f"{zh}（{number}行）", f"{en} ({number} {rows})"


def _bounds() -> Iterator[tuple[Cell, ...]]:
    numbers = ("…", "…")
    yield "界限 Bound =", "原文所载的数", "the number as printed"
    for sign in (">", ">=", "<", "<="):
        zh, en = (WORDS[language][sign].format(*numbers) for language in ("zh", "en"))
        yield f"界限 Bound {sign}", zh, en
    yield "界限 Bound ~", ABOUT["zh"].format("…"), ABOUT["en"].format("…")
    yield "界限 Bound between", WORDS["zh"]["range"].format(*numbers), WORDS["en"]["range"].format(*numbers)
