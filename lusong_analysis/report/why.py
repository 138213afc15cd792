"""Why a figure is not printed as in the last edition, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lusong_analysis.facts.package import Package
from lusong_analysis.quantity.period import words as period_words
from lusong_analysis.report import words

# Reasons that need no more than their name.
PLAIN = {
    "formula changed": {"zh": "公式改变", "en": "the formula was changed"},
    "other statements counted": {"zh": "计入的陈述有增减", "en": "other statements are counted"},
    "text only": {"zh": "仅措辞不同", "en": "only the words differ"},
    "newly printed": {"zh": "本版新刊出", "en": "printed for the first time"},
    "no longer printed": {"zh": "本版不再刊出", "en": "no longer printed"},
    "further figures": {"zh": "另有本版新刊出的数字", "en": "prints further figures for the first time"},
    "fewer figures": {"zh": "部分数字本版不再刊出", "en": "no longer prints some figures"},
    "new report": {"zh": "新增报告", "en": "a new report"},
    "report gone": {"zh": "报告不再出版", "en": "the report is no longer issued"},
}
SOURCED = {
    "new statement": {"zh": "新增陈述：{}", "en": "new statement: {}"},
    "other statement prevails": {"zh": "改用另一陈述：{}", "en": "another statement prevails: {}"},
    "statement edited": {"zh": "陈述未经更正而被改动：{}", "en": "the statement was edited without a correction: {}"},
}
PARAMETERS = {
    "zh": {"horizon": "展望年份", "as_of": "资料截止日", "ref_area": "地区", "edition": "版次"},
    "en": {"horizon": "the last year of the outlook", "as_of": "the day", "ref_area": "the area", "edition": "edition"},
}


def why(package: Package, reasons: Iterable[Mapping[str, str]], language: str) -> str:
    """Reasons in one line.

    Parameters
    ----------
    package : Package
        The rows that the figures rest on, with the corrections that were applied.
    reasons : iterable of mapping
        The fields of each ``reasons.Reason``.
    language : str
        ``zh`` or ``en``.
    """
    return ("；" if language == "zh" else "; ").join(_why(package, reason, language) for reason in reasons)


def _why(package: Package, reason: Mapping[str, str], language: str) -> str:
    kind = reason["kind"]
    if kind in PLAIN:
        return PLAIN[kind][language]
    if kind == "parameter changed":
        return _parameter(package, reason, language)
    if kind == "correction":
        row = package.corrections.get(reason["name"])
        if row is None:
            return "更正撤回" if language == "zh" else "a correction was taken back"
        return f"更正：{row.reason_zh}" if language == "zh" else f"corrected: {row.reason_en}"
    row_of = package.observations.get(reason["statement"]) or package.events.get(reason["statement"])
    source = words.source_name(package.sources[row_of.source_id], language) if row_of else words.NOTHING[language]
    return SOURCED[kind][language].format(source)


def _parameter(package: Package, reason: Mapping[str, str], language: str) -> str:
    name = PARAMETERS[language].get(reason["name"], reason["name"])
    before, after = (_value(package, text, language) for text in (reason["before"], reason["after"]))
    return f"{name}由{before}改为{after}" if language == "zh" else f"{name} from {before} to {after}"


def _value(package: Package, text: str, language: str) -> str:
    """The value of a parameter: an area by its name, a year or day as such."""
    if not text:
        return words.NOTHING[language]
    return words.area(package, text, language) if text in package.areas else period_words(text, language)
