"""The list of sources: GB/T 7714—2015 in Chinese, author and title in English."""

from __future__ import annotations

from lusong_analysis.facts.rows import Source
from lusong_analysis.quantity.period import words as period_words
from lusong_analysis.report.text import Run

UNDATED = {"zh": "[日期不详]", "en": "no date"}


def reference(source: Source, language: str) -> list[Run]:
    """A source in the list of sources, its address a link.

    References
    ----------
    GB/T 7714—2015, rules for bibliographic references and citations: N newspaper, R report, EB web page, OL online;
    the date of access stands in brackets.
    """
    return _chinese(source) if language == "zh" else _english(source)


def _chinese(source: Source) -> list[Run]:
    online = "/OL" if source.url else ""
    accessed = f"[{source.date_accessed}]" if source.url else ""
    date = source.date_published or UNDATED["zh"]
    via = f"（{source.via}转载）" if source.via else ""
    title = f"{source.title}[{source.medium}{online}]"
    authors = ", ".join(source.author.split("; ")) if source.author else ""
    if source.medium == "N":
        text = f"{authors}. " * bool(authors) + f"{title}. {source.publisher}{via}, {date}{accessed}."
    else:
        dated = f"({date})" if source.date_published else date
        text = f"{authors or source.publisher}. {title}. {via}{dated}{accessed}."
    return [Run(text), *_address(source)]


def _english(source: Source) -> list[Run]:
    names = source.author_en.split("; ") if source.author_en else []
    authors = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    runs = [Run(f"{authors}, " * bool(authors) + f"“{source.title_en}”")]
    if source.title != source.title_en:
        runs += [Run(" ("), Run(source.title, language=source.language), Run(")")]
    via = f", carried by {source.via}" if source.via else ""
    date = period_words(source.date_published, "en") if source.date_published else UNDATED["en"]
    accessed = f", accessed {period_words(source.date_accessed, 'en')}" if source.url else ""
    return [*runs, Run(f", {source.publisher_en}{via}, {date}{accessed}."), *_address(source)]


def _address(source: Source) -> list[Run]:
    return [Run(" "), Run(source.url, source.url)] if source.url else []
