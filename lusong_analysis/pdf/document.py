"""A notebook as one Typst document: which cells, in which language, under which title and date."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from lusong_analysis.pdf.draft import Cell, Draft, ExportError, cell_at
from lusong_analysis.pdf.html import Writer
from lusong_analysis.pdf.links import MENTION, PLACE
from lusong_analysis.pdf.markdown import parse_markdown
from lusong_analysis.pdf.outputs import joined, output, text_in
from lusong_analysis.pdf.source import call, dictionary, literal, raw

LANGUAGES = {"ar", "de", "en", "es", "fr", "hi", "id", "it", "ja", "ko", "pt", "ru", "th", "tr", "vi", "zh"}
REGIONS = {"zh": "cn", "en": "gb"}  # Typst's own guess would write en-CN
LOOK = ("aside", "data", "divider", "failure", "foreign", "listing", "noted", "picture", "stream", "task")
NO_DATE = datetime.date(1980, 1, 1)
PRELUDE = """\
#import "/content.typ": measured, settled
#import "/floating.typ": floating
#let own = dictionary(plain) + dictionary(template)
#let ({look}) = ({names}).map(name => own.at(name))
#let targets = {targets}
#let starts = {starts}
// Links go to addresses that stand for places; the exporter puts the places in when all pages are set (links.py).
// The mark lies in the link, so that it stands on the line, and page, on which a link that is kept together begins
#let jump(name, body) = if name in targets {{
  link("{place}" + targets.at(name), [#metadata(name)<jump>#body])
}} else {{ body }}
#let anchor(name, level, body) = measured(body, context {{
  let around = (font: text.font, size: text.size, weight: text.weight, fill: text.fill)
  show heading: it => {{
    set text(..around)
    it.body
  }}
  box([#heading(level: level, numbering: none, outlined: false, bookmarked: false, body)#label(name)])
}})
// The pages of the links to each name, of those before the block in which its anchor stands: printed, and counted. They
// show once all pages are set, which then are set again (page.typ); until then, and where it is measured, two show.
#let (mentioned, some) = (settled("mentions"), "10" + {comma} + "11")
#let pages(name) = {{
  let found = if name in starts and mentioned != none {{ mentioned.at(name, default: ()) }}
  measured(some, if name in starts and mentioned == none {{ some }} else if found in (none, ()) [–] else {{
    let to(count) = "{mention}" + str(count) + ":" + targets.at(name)
    found.sorted(key: it => it.last()).map(((page, count)) => link(to(count), page)).join({comma})
  }})
}}
#let index() = context {{
  let (found, begun) = ((:), ())
  for mark in query(selector(<jump>).or(<start>)) {{
    let (name, place) = (mark.value, mark.location())
    if mark.label == <start> {{ begun.push(name) }} else if starts.at(name, default: none) not in (none, ..begun) {{
      let printed = (str(counter(page).at(place).first()), place.page())
      let before = found.at(name, default: ())
      if printed not in before {{ found.insert(name, (..before, printed)) }}
    }}
  }}
  [#metadata((mentions: found))<settle>]
}}
#let styled(number, name, body) = {{
  let block = dictionary(template).at(name, default: none)
  let body = if type(block) == function {{ block(body) }} else {{ body }}
  let floats = dictionary(template).at("floats", default: (:))
  if type(floats) == dictionary and name in floats {{ floating(number, body, ..floats.at(name)) }} else {{ body }}
}}
#set document(title: {title}, description: {subject})
#set text(lang: {language}, region: {region})"""


@dataclass(frozen=True)
class Facts:
    """What a document says of itself: language (BCP 47), title, date (ISO day), template (package:file.typ), subject.

    Each is empty where nobody said it.
    """

    language: str = ""
    title: str = ""
    date: str = ""
    template: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Manuscript:
    """Typst source, the cell that each of its lines comes from, the files it reads, and its date."""

    text: str
    cells: tuple[Cell | None, ...]
    files: dict[str, bytes]
    date: datetime.date


def metadata_of(notebook: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The metadata of all outputs, the last output first."""
    for cell in reversed(notebook["cells"]):
        for found in reversed(cell.get("outputs", [])):
            yield found.get("metadata", {})


def stated(notebook: Mapping[str, Any]) -> Facts:
    """What the notebook says of itself: the last output that says it, else, for the title, the notebook's metadata."""
    told = list(metadata_of(notebook))
    language, title, date, template, subject = (
        next((text for metadata in told if (text := text_in(metadata, key))), "")
        for key in ("language", "title", "date", "template", "subject")
    )
    return Facts(language, title or text_in(notebook.get("metadata", {}), "title"), date, template, subject)


def day(date: str) -> datetime.date:
    """The day of an ISO date; 1980-01-01 where there is none."""
    try:
        return datetime.date.fromisoformat(date) if date else NO_DATE
    except ValueError:
        msg = f"the date {date!r} is no ISO day; write it as 2026-11-01"
        raise ExportError([msg]) from None


def is_kept(cell: Mapping[str, Any], language: str) -> bool:
    """Whether the export keeps the cell: those without a language tag and those of its language, none to be removed."""
    tags = set(cell["metadata"].get("tags", []))
    languages = tags & LANGUAGES
    return "remove-cell" not in tags and (not languages or language[:2] in languages)


def statements(cell: Mapping[str, Any], draft: Draft, show_input: bool) -> Iterator[str]:
    """The Typst of one cell, a statement a block."""
    source = joined(cell["source"])
    if cell["cell_type"] == "markdown":
        yield from Writer(draft, cell.get("attachments")).write(parse_markdown(source))
    if cell["cell_type"] != "code":
        return
    tags = set(cell["metadata"].get("tags", []))
    if show_input and source.strip() and not tags & {"hide-input", "remove-input"}:
        yield call("listing", raw(source))
    if not tags & {"hide-output", "remove-output"}:
        for found in cell["outputs"]:
            yield from output(draft, found)


def write(
    notebook: Mapping[str, Any], draft: Draft, facts: Facts, file_name: str, show_input: bool, template: bool
) -> Manuscript:
    """The whole document; all problems of all cells are raised together.

    Parameters
    ----------
    notebook : mapping
        The notebook, format 4.
    draft : Draft
        An empty draft with the document's language.
    facts : Facts
        Title, date and subject as wished or stated; an empty title is that of the first heading of level 1.
    file_name : str
        The notebook's name, the title where there is no other.
    show_input : bool
        Whether the code is printed.
    template : bool
        Whether /template.typ is there beside /page.typ.

    Raises
    ------
    ExportError
        With every cell that cannot be printed.
    """
    lines: list[tuple[Cell | None, str]] = []
    for number, cell in enumerate(notebook["cells"], start=1):
        if is_kept(cell, draft.language):
            draft.cell = cell_at(number, joined(cell["source"]))
            lines += [(draft.cell, statement) for statement in statements(cell, draft, show_input)]
    for name, origin in draft.jumps:
        if name not in draft.anchors:
            message = (
                f"{origin}: the link to {'#' + name!r} leads nowhere; write a heading or <a id={name!r}></a> for it"
            )
            (draft.problems if draft.strict else draft.warnings).append(message)
    if draft.problems:
        raise ExportError(draft.problems)
    starts = index_starts(draft, lines)
    name = facts.title or draft.title_text or file_name
    *front, head = prelude(draft, name, facts.subject, day(facts.date), template, starts)
    whole = [*((None, line) for line in front), (draft.title_cell, head)]
    whole += [(None, f"#{attachment}") for attachment in draft.attachments.values()]
    for number, (place, statement) in enumerate(lines):
        if number in starts.values():
            whole.append((place, f"#metadata({number})<start>"))
        whole.append((place, f"#{statement}"))
    whole += [(None, "#index()")] if starts else []
    text = "\n".join(line for _, line in whole) + "\n"
    return Manuscript(text, tuple(place for place, _ in whole), draft.files, day(facts.date))


def index_starts(draft: Draft, lines: list[tuple[Cell | None, str]]) -> dict[str, int]:
    """For each name in an index (an empty link) the line in which its anchor stands: what comes before it counts."""
    marks = {name: literal(draft.anchors[name]) for name in draft.entries if name in draft.anchors}
    return {
        name: number
        for name, mark in marks.items()
        for number, (_, statement) in enumerate(lines)
        if f"anchor({mark}" in statement or f"#label({mark})" in statement
    }


def prelude(
    draft: Draft, name: str, subject: str, date: datetime.date, template: bool, starts: Mapping[str, int]
) -> list[str]:
    """What stands before the first cell: the functions a cell calls, title, language, and the page."""
    language, _, region = draft.language.partition("-")
    head = PRELUDE.format(
        look=", ".join(LOOK),
        names=", ".join(map(literal, LOOK)),
        comma=literal(draft.word("、", ", ")),
        place=PLACE,
        mention=MENTION,
        targets=dictionary((name, literal(quote(label))) for name, label in draft.anchors.items()),
        starts=dictionary((entry, str(number)) for entry, number in starts.items()),
        title=literal(name),
        subject=literal(subject) if subject else "none",
        language=literal(language.lower()),
        region=literal((region or REGIONS.get(language, "")).lower()) if region or language in REGIONS else "none",
    )
    page = call(
        "own.notebook.with",
        title=draft.title or call("heading", literal(name), level="1"),
        name=literal(name),
        language=literal(language.lower()),
        date="none" if date == NO_DATE else f"datetime(year: {date.year}, month: {date.month}, day: {date.day})",
    )
    imports = [
        '#import "/page.typ" as plain',
        '#import "/template.typ" as template' if template else "#let template = plain",
    ]
    return [*imports, *head.split("\n"), f"#show: {page}"]
