"""What stands in the appendix beside figures and sources: conflicts with the rule that chose, and corrections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lusong_analysis.facts.conflicts import Conflict
from lusong_analysis.facts.package import Package
from lusong_analysis.facts.rows import Correction
from lusong_analysis.facts.statement import Statement
from lusong_analysis.quantity import wording
from lusong_analysis.quantity.period import words as period_words
from lusong_analysis.report import words
from lusong_analysis.report.named import begun
from lusong_analysis.report.text import Run, Speaker

Cells = list[list[Run]]

CONFLICTS = {"zh": "相互矛盾的陈述", "en": "Statements in conflict"}
CONFLICTS_TOLD = {
    "zh": "以下陈述回答同一个问题，不可能都对。依次取等级较高、发表较新、区间较窄、编号在前的。",
    "en": "These statements answer one question and cannot all be true. Which one counts is decided by grade, then by "
    "the later date, then by the narrower range, then by order of number.",
}
CONFLICT_HEADS = {
    "zh": ("问题", "原文", "读作", "等级", "来源", "取舍"),
    "en": ("Question", "Source’s words", "Taken as", "Grade", "Source", "Choice"),
}
CHOSEN = {
    "zh": {
        "grade": "采用：等级较高",
        "newest": "采用：发表较新",
        "narrowest": "采用：区间较窄",
        "key": "采用：编号在前",
    },
    "en": {
        "grade": "used: better grade",
        "newest": "used: newer",
        "narrowest": "used: narrower",
        "key": "used: first by number",
    },
}
NOT_CHOSEN = {"zh": "未采用", "en": "not used"}

CORRECTIONS = {"zh": "更正", "en": "Corrections"}
CORRECTIONS_TOLD = {
    "zh": "以下陈述在录入数据之后作过更正，本报告按更正后的内容计算。",
    "en": "These statements were corrected after they had been entered into the data; this report computes with "
    "them as corrected.",
}
# The columns of a statement by the names that a reader knows.
COLUMNS = {
    "zh": {
        "ref_area": "地区",
        "chain": "产业链",
        "indicator": "指标",
        "counterpart": "对象",
        "time_period": "时间",
        "obs_value": "数值",
        "obs_value_upper": "上限",
        "bound": "界限",
        "precision": "精度",
        "unit": "单位",
        "as_printed": "原文",
        "locator": "出处",
        "source_id": "来源",
        "obs_status": "状态",
    },
    "en": {
        "ref_area": "area",
        "chain": "chain",
        "indicator": "indicator",
        "counterpart": "object",
        "time_period": "period",
        "obs_value": "number",
        "obs_value_upper": "upper number",
        "bound": "bound",
        "precision": "precision",
        "unit": "unit",
        "as_printed": "quotation",
        "locator": "place",
        "source_id": "source",
        "obs_status": "status",
    },
}
# Bounds as a reader calls them.
BOUNDS = {
    "zh": {
        "=": "确数",
        ">": "超过",
        ">=": "不低于",
        "<": "低于",
        "<=": "不超过",
        "~": "约数",
        "between": "区间",
    },
    "en": {
        "=": "exact",
        ">": "over",
        ">=": "at least",
        "<": "under",
        "<=": "at most",
        "~": "about",
        "between": "a range",
    },
}


def conflict_rows(speaker: Speaker, found: Iterable[Conflict], numbers: Mapping[str, int]) -> Iterator[Cells]:
    """A row a printed statement of each conflict; the terms of a ratio stand in one.

    Parameters
    ----------
    speaker : Speaker
        The language, and the rows that words come from.
    found : iterable of Conflict
        The conflicts.
    numbers : mapping
        The numbers of the sources, by key.
    """
    for conflict in found:
        for place, printed in enumerate(_by_words(conflict)):
            first = printed[0]
            row = first.observation
            choice = NOT_CHOSEN[speaker.language] if place else CHOSEN[speaker.language][conflict.rule]
            yield [
                [Run(_question(speaker, printed))],
                speaker.quoted(row),
                [Run(", ".join(wording.reading(one.quantity, speaker.language) for one in printed))],
                [Run(first.source.grade)],
                [Run(f"[{numbers[row.source_id]}]", f"S{numbers[row.source_id]}")],
                [Run(choice)],
            ]


def correction_texts(package: Package, language: str, numbers: Mapping[str, int]) -> Iterator[list[Run]]:
    """A sentence a correction: when it was made, of what, from what to what, and why.

    Parameters
    ----------
    package : Package
        The rows; all its corrections are told.
    language : str
        ``zh`` or ``en``.
    numbers : mapping
        The numbers of the sources, by key.
    """
    for change in package.corrections.values():
        speaker = Speaker(language, package, lambda _: "")
        source = Run(f"[{numbers[change.source_id]}]", f"S{numbers[change.source_id]}")
        head, tail = correction_words(package, change, language)
        row = package.observations[change.observation_id]
        if language == "zh":
            yield [*speaker.quoted(row), Run(f"于{head}更正：{tail}。依据"), source, Run("。")]
        else:
            yield [*speaker.quoted(row), Run(f" was corrected on {head}: {tail}. See "), source, Run(".")]


def correction_words(package: Package, change: Correction, language: str) -> tuple[str, str]:
    """The day of a correction; and what it changed from what to what, and why."""
    before, after = (_cell(package, change, value, language) for value in (change.value_before, change.value_after))
    day, column = period_words(change.date, language), COLUMNS[language][change.column]
    if language == "zh":
        return day, f"{column}由“{before}”改为“{after}”，因{change.reason_zh}"
    return day, f"{column} from “{before}” to “{after}”, because {change.reason_en}"


def _by_words(conflict: Conflict) -> list[list[Statement]]:
    """The statements as they were printed: the terms of one ratio side by side, the one that counts first."""
    printed: dict[tuple[str, str], list[Statement]] = {}
    for group in conflict.groups:
        for statement in group:
            row = statement.observation
            printed.setdefault((row.source_id, row.as_printed), []).append(statement)
    return list(printed.values())


def _question(speaker: Speaker, printed: list[Statement]) -> str:
    package, language, subject = speaker.package, speaker.language, printed[0].quantity.subject
    names = [words.indicator(package, one.observation.indicator, language) for one in printed]
    place, time = words.counterpart(package, subject, language), period_words(subject.time_period, language)
    if language == "zh":
        return f"{place}{time}{words.joined(names, language)}"
    joined = words.joined(names, language)
    return f"{begun(joined)}, {place}, {time}"


def _cell(package: Package, change: Correction, value: str, language: str) -> str:
    """A cell as a reader understands it: words and names instead of signs and keys, where the rows hold them."""
    chinese = language == "zh"
    if change.column == "bound":
        return BOUNDS[language][value]
    if change.column == "indicator" and value in package.indicators:
        return words.indicator(package, value, language)
    if change.column == "ref_area" and value in package.areas:
        return words.area(package, value, language)
    if change.column == "source_id" and value in package.sources:
        return words.source_name(package.sources[value], language)
    if change.column == "counterpart" and value in package.organisations:
        row = package.organisations[value]
        return row.name_zh if chinese else row.name_en
    if change.column == "time_period":
        return period_words(value, language)
    if change.column == "unit":
        return wording.column_unit(value, language) or value
    return value or ("空" if chinese else "nothing")
