"""Editions on disk, read for what their reports printed: the evidence that lies in their PDFs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lusong_analysis.facts.statement import last_day
from lusong_analysis.pdf.read import attachments
from lusong_analysis.problem import Problem, Refused, did_you_mean
from lusong_analysis.quantity.wording import LANGUAGES
from lusong_analysis.report.evidence import ATTACHMENT, VERSION
from lusong_analysis.report.reasons import Record, key_of, leaves

READ = range(1, VERSION + 1)

# The name of a report, and its language.
Report = tuple[str, str]


def find_edition(named: str, reports: Path | None) -> Path:
    """The folder or PDF that somebody means: a path, or the name of an edition among the project's reports.

    Parameters
    ----------
    named : str
        A path, or a name as 2026-11.
    reports : Path or None
        The folder of all editions; None outside of a project.

    Raises
    ------
    Refused
        There is neither; with did-you-mean among the editions that are held.
    """
    if named and Path(named).exists():
        return Path(named)
    if reports is not None and (reports / named).is_dir() and named not in ("", ".", ".."):
        return reports / named
    held = _editions(reports)
    listed = f"The project has {', '.join(held)}." if held else "Give the path of an edition's folder or of a PDF."
    rule = "It is neither a folder, nor a PDF, nor the name of an edition."
    raise Refused([Problem("edition", named or "nothing", rule, did_you_mean(named, held) or listed)])


def records(place: Path, language: str = "") -> dict[Report, dict[str, Any]]:
    """The evidence of every report of an edition, or of one PDF.

    Parameters
    ----------
    place : Path
        The folder of an edition, or a PDF.
    language : str
        ``zh`` or ``en`` for reports in that language only; empty for both.

    Returns
    -------
    dict
        By the name of the report and its language.

    Raises
    ------
    Refused
        There is no such folder or file, no report in it, or PDFs that carry no evidence: all of them.
    """
    files = _files(place, language)
    found, problems = {}, []
    for file in files:
        try:
            record = _record(file.read_bytes())
        except OSError as error:
            problems.append(Problem(str(file), str(error.strerror), "The file cannot be read.", "Look at its rights."))
        except ValueError as error:
            problems.append(Problem(str(file), file.name, f"It proves no figures: {error}.", "Build it anew."))
        else:
            if language in ("", record["language"]):
                found[file.stem, record["language"]] = record
    if not found and not problems:
        wanted = f"report in {language}" if language else "report"
        rule = f"There is no {wanted} in it."
        problems = [Problem(str(place), place.name or str(place), rule, "Name another edition.")]
    if problems:
        raise Refused(problems)
    return found


def _files(place: Path, language: str) -> list[Path]:
    """The PDFs of an edition, or the one that was named."""
    if place.is_file():
        return [place]
    if not place.is_dir():
        todo = did_you_mean(place.name, _editions(place.parent)) or "Look at the path."
        raise Refused([Problem("edition", str(place), "There is no such folder or file.", todo)])
    languages = (language,) if language else LANGUAGES
    files = [file for name in languages for file in sorted((place / name).glob("*.pdf"))]
    if not files:
        folders = " or ".join(f"{name}/" for name in languages)
        rule = f"An edition has PDFs in {folders}; there is none."
        todo = "Build it, or name another edition."
        if any(place.glob("*.pdf")):
            above = place.parent if place.name not in ("", "..") else place / ".."
            todo = f"Name the folder above, {above}, or one of the PDFs."
        raise Refused([Problem(str(place), place.name or str(place), rule, todo)])
    return files


def _editions(reports: Path | None) -> list[str]:
    if reports is None or not reports.is_dir():
        return []
    return sorted(path.name for path in reports.iterdir() if path.is_dir() and not path.name.startswith("."))


def _record(data: bytes) -> dict[str, Any]:
    """The evidence in a PDF.

    Raises
    ------
    ValueError
        This is no PDF, or it carries no evidence that this program reads.
    """
    attached = attachments(data)
    if ATTACHMENT not in attached:
        msg = f"it has no attachment {ATTACHMENT}"
        raise ValueError(msg)
    try:
        record: dict[str, Any] = json.loads(attached[ATTACHMENT])
        version = record["version"]
        whole = version not in READ or _whole(record)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        whole = False
    if not whole:
        msg = f"its attachment {ATTACHMENT} is damaged"
        raise ValueError(msg)
    if version not in READ:
        msg = f"its evidence is of version {version}, which this program does not read"
        raise ValueError(msg)
    return record


def _whole(record: dict[str, Any]) -> bool:
    """Whether a record holds what a comparison looks up; one that lacks a part may also raise what a look-up raises."""
    held = Record(record)
    texts = [record["language"]]
    texts += [entry[part] for entry in record["figures"] for part in ("figure", "anchor", "text")]
    keys = [key_of(leaf) for entry in record["figures"] for leaf in leaves(entry["formula"])]
    dates = [held.parameter("edition"), *(held.published(key) for key in keys if key)]
    dates += [row["date"] for row in held.corrections.values()]
    asked = [question[part] for question in held.unanswered for part in ("indicator", "ref_area", "counterpart")]
    known = last_day(dates[0]) is not None and all(last_day(date) or not date for date in dates)
    blocks = all(isinstance(block, dict) for block in record["blocks"])
    return known and blocks and all(isinstance(text, str) for text in [*texts, *asked])
