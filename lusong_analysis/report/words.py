"""How sources, areas and gaps read in a report, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lusong_analysis.facts.package import Package
from lusong_analysis.facts.rows import Event, Link, Observation, Organisation, Source
from lusong_analysis.quantity.period import Period
from lusong_analysis.quantity.period import words as period_words
from lusong_analysis.quantity.quantity import Absence, Quantity, Subject, counts_below, statements_below
from lusong_analysis.report.named import Named, row_of

# A row that holds the words of its source.
Quoted = Observation | Event | Organisation | Link

COMPUTED = {"zh": "本报告计算", "en": "own computation"}
COUNTED = {"zh": "本报告计数", "en": "own count"}
UNDATED = {"zh": "无日期", "en": "no date"}
UNSTATED = {"zh": "时间未载明", "en": "no date stated"}
STAGES = {
    "招引": {"zh": "招引", "en": "attracted"},
    "开工": {"zh": "开工", "en": "started"},
    "推进": {"zh": "推进", "en": "advancing"},
    "竣工": {"zh": "竣工", "en": "completed"},
    "征拆": {"zh": "征拆", "en": "land cleared"},
    "储备": {"zh": "储备", "en": "in reserve"},
}
INSTRUMENTS = {
    "plan": {"zh": "规划", "en": "plan"},
    "park": {"zh": "园区", "en": "park"},
    "subsidy": {"zh": "补贴", "en": "subsidy"},
    "finance": {"zh": "融资", "en": "finance"},
    "tax relief": {"zh": "减税降费", "en": "tax relief"},
    "platform": {"zh": "平台", "en": "platform"},
    "expo": {"zh": "展会", "en": "expo"},
    "standard": {"zh": "标准", "en": "standard"},
    "training": {"zh": "培训", "en": "training"},
    "land": {"zh": "用地", "en": "land"},
    "service": {"zh": "服务", "en": "service"},
    "investment attraction": {"zh": "招商", "en": "attraction of investment"},
}
# What an organisation is, as it begins a line.
KINDS = {
    "firm": ("企业", "Firm"),
    "institute": ("研究机构", "Institute"),
    "market": ("市场", "Market"),
    "zone": ("园区", "Park or zone"),
    "airport": ("机场", "Airport"),
    "association": ("协会", "Association"),
}
NO_AREA = "_Z"
NOTHING = {"zh": "——", "en": "–"}


def joined(parts: Iterable[str], language: str) -> str:
    """A list in a sentence: 甲、乙和丙; a, b and c."""
    texts = list(dict.fromkeys(parts))
    if len(texts) < 2:
        return "".join(texts)
    comma, last = ("、", "和") if language == "zh" else (", ", " and ")
    return comma.join(texts[:-1]) + last + texts[-1]


def rows_of(package: Package, figure: Quantity | Period | Named) -> list[Quoted]:
    """The statements a figure rests on, each once; the event of a date; the row that names an organisation or link."""
    if isinstance(figure, Named):
        return [row_of(package, figure)]
    if "event" in figure.formula:
        return [package.events[figure.formula["event"]]]
    return [package.observations[name] for name in dict.fromkeys(statements_below(figure.formula))]


def published(source: Source, language: str) -> str:
    """When a source was published."""
    return period_words(source.date_published, language) if source.date_published else UNDATED[language]


def source_name(source: Source, language: str) -> str:
    """A source in a sentence: 株洲日报（2020年10月）, Zhuzhou Daily (October 2020)."""
    date = published(source, language)
    return f"{source.publisher}（{date}）" if language == "zh" else f"{source.publisher_en} ({date})"


def cited(package: Package, figures: Iterable[Quantity | Period | Named], language: str) -> str:
    """The sources of figures, each once, and whether this report computed from them or counted them."""
    figures = list(figures)
    rows = [row for figure in figures for row in rows_of(package, figure)]
    names = list(dict.fromkeys(source_name(package.sources[row.source_id], language) for row in rows))
    if any(counts_below(figure.formula) for figure in figures):
        names.append(COUNTED[language])
    if any("function" in figure.formula for figure in figures):
        names.append(COMPUTED[language])
    return ("；" if language == "zh" else "; ").join(names)


def when(package: Package, quantity: Quantity, language: str) -> str:
    """The period of a figure, or, where its source gives none, when it was printed."""
    if quantity.subject.time_period:
        return period_words(quantity.subject.time_period, language)
    rows = rows_of(package, quantity)
    if not rows:
        return NOTHING[language]
    source = package.sources[rows[0].source_id]
    if not source.date_published:
        return UNSTATED[language]
    date = published(source, language)
    if language == "zh":
        return f"{date}刊载"
    return f"reported {'on' if source.date_published.count('-') > 1 else 'in'} {date}"


def area(package: Package, code: str, language: str) -> str:
    """The name of an area."""
    row = package.areas[code]
    return row.name_zh if language == "zh" else row.name_en


def indicator(package: Package, key: str, language: str) -> str:
    """The name of an indicator."""
    row = package.indicators[key]
    return row.name_zh if language == "zh" else row.name_en


def event_name(package: Package, date: Period, language: str) -> str:
    """The name of the event that a date is of."""
    row = package.events[date.formula["event"]]
    return row.name_zh if language == "zh" else row.name_en


def of_event(package: Package, date: Period, attribute: str, language: str) -> str:
    """Who acts in an event, by which instrument, or at what stage a project is; a dash where no source says."""
    row = package.events[date.formula["event"]]
    if attribute == "actor":
        return (row.actor_zh if language == "zh" else row.actor_en) or NOTHING[language]
    if attribute == "area":
        return area(package, row.ref_area, language)
    names = STAGES if attribute == "stage" else INSTRUMENTS
    key = getattr(row, attribute)
    return names[key][language] if key else NOTHING[language]


def counterpart(package: Package, about: Subject, language: str) -> str:
    """The name of the organisation or project a figure is about, or of its area."""
    if not about.counterpart:
        return area(package, about.ref_area, language)
    row = package.organisations.get(about.counterpart) or package.events[about.counterpart]
    return row.name_zh if language == "zh" else row.name_en


def known_by(as_of: str, language: str) -> str:
    """The day up to which statements were looked for, or an empty text."""
    if not as_of:
        return ""
    day = period_words(as_of, language)
    return f"截至{day}，" if language == "zh" else f"As of {day}, "


def subject(package: Package, missing: Subject, language: str) -> str:
    """What a question was about: 芦淞区2019年服饰产业技工贸收入; of an event or an organisation its name."""
    place, elsewhere = counterpart(package, missing, language), _elsewhere(package, missing, language)
    if not missing.indicator and language == "zh":
        return f"“{place}”{elsewhere}"
    if not missing.indicator:
        return f"{'organisation' if missing.counterpart in package.organisations else 'event'} “{place}”{elsewhere}"
    name = indicator(package, missing.indicator, language)
    time = period_words(missing.time_period, language) if missing.time_period else ""
    # A constant is of no area.
    place = "" if missing.ref_area == NO_AREA and not missing.counterpart else place
    if language == "zh":
        return f"{place}{elsewhere}{time}{name}"
    of = f" {'of' if missing.counterpart else 'in'} {place}" if place else ""
    return name + of + elsewhere + (f" for {time}" if time else "")


def _elsewhere(package: Package, missing: Subject, language: str) -> str:
    """The area asked about, where the organisation, project or event is of another one."""
    if not missing.counterpart:
        return ""
    row = package.organisations.get(missing.counterpart) or package.events[missing.counterpart]
    if row.ref_area == missing.ref_area:
        return ""
    place = area(package, missing.ref_area, language)
    return f"（{place}）" if language == "zh" else f" in {place}"


def empty_templates(as_of: str) -> dict[str, str]:
    """The sentence that stands in the place of a table without rows, in both languages."""
    return {
        "zh": f"此处无可列举：{known_by(as_of, 'zh')}未见有关的公开记载。",
        "en": f"{known_by(as_of, 'en') or 'N'}{'n' if as_of else ''}othing can be listed here: no record is known.",
    }


def absence_templates(package: Package, absences: Sequence[Absence], as_of: str) -> dict[str, str]:
    """The sentence that stands in the place of what cannot be printed, in both languages.

    Operands of an unbounded figure are placeholders ``{operand_0}`` …, so that they are printed with their evidence.
    """
    missing = [absence.subject for absence in absences if absence.reason == "missing"]
    # Where nothing at all is known of a thing, its single periods go without saying.
    missing = [one for one in missing if not any(one._replace(time_period="") == other != one for other in missing)]
    if missing:
        return _missing_templates(package, missing, as_of)
    if any(absence.reason == "untimed" for absence in absences):
        return {
            "zh": "此处无数可写：原文未载时间，年数无从计算。",
            "en": "No figure can be printed here: the source states no year, so no years can be counted.",
        }
    operands = absences[0].operands
    marks = [f"{{operand_{position}}}" for position in range(len(operands))]
    floors = len(operands) > 1 and all(operand.interval.low != float("-inf") for operand in operands)
    zh = "都只是下限" if floors else "没有给出另一端"
    en = "are both lower bounds" if floors else "leaves one end open"
    return {
        "zh": f"此处无数可写：{joined(marks, 'zh')}{zh}，由此推不出任何界限。",
        "en": f"No figure can be printed here: {joined(marks, 'en')} {en}; what is computed from it cannot be bounded.",
    }


def _missing_templates(package: Package, missing: Sequence[Subject], as_of: str) -> dict[str, str]:
    """The sentence that names the figures that are not known, and the events."""

    def names(language: str, *, events: bool) -> str:
        asked = [one for one in missing if bool(one.indicator) is not events]
        article = "the " if language == "en" else ""
        return joined((article + subject(package, one, language) for one in asked), language)

    zh, en = known_by(as_of, "zh"), known_by(as_of, "en") or "N"
    start = f"{en}{'n' if as_of else ''}o"
    if not names("zh", events=False):
        zh = f"此处无可写：{zh}未见{names('zh', events=True)}的公开记载。"
        return {
            "zh": zh,
            "en": f"{start}thing can be printed here: no record is known of {names('en', events=True)}.",
        }
    zh = f"此处无数可写：{zh}未见{names('zh', events=False)}的公开数字"
    en = f"{start} figure can be printed here: none is known of {names('en', events=False)}"
    if names("zh", events=True):
        zh += f"，也未见{names('zh', events=True)}的公开记载"
        en += f", and no record of {names('en', events=True)}"
    return {"zh": f"{zh}。", "en": f"{en.removesuffix('.')}."}
