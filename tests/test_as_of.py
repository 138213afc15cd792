"""An edition as of a day is the one that could have been written then: nothing that became known later is in it."""

import datetime
import json
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from folders import DATA, copy
from lusong_analysis.facts.package import in_force, known, open_package
from lusong_analysis.facts.statement import last_day
from lusong_analysis.pdf.read import read, squeeze
from lusong_analysis.quantity import wording
from lusong_analysis.quantity.quantity import Quantity, Subject
from lusong_analysis.report import words
from lusong_analysis.report.annex import correction_words
from lusong_analysis.report.evidence import nodes
from lusong_analysis.report.questions import figure
from lusong_analysis.report.recompute import judgement_of, operand_of, traced_of
from lusong_analysis.report.text import Speaker
from lusong_analysis.verify import verify
from notebook_run import NOTEBOOKS, run_notebook

pytestmark = pytest.mark.xdist_group("as_of")  # what the notebooks print today is computed once

LANGUAGES = ("zh", "en")
# Before almost everything; the day of the founding report; a day between, when later years were known in part.
ISSUED = ("2015-02-05", "2020-10-31", "2022-01-18")
DAY = datetime.timedelta(days=1)
HELD = open_package(DATA)
WHOLE = in_force(HELD)
(CORRECTION,) = WHOLE.corrections.values()
CORRECTED = last_day(CORRECTION.date)


def published(source_id):
    """The day by which a source was known; None where it prints no date."""
    return last_day(WHOLE.sources[source_id].date_published)


@cache
def hidden(as_of):
    """Whatever in the text of a report would give away a source, a statement or an event that was not known yet."""
    limit = last_day(as_of)

    def seen(source_id):
        return published(source_id) is not None and published(source_id) <= limit

    rows = [*WHOLE.observations.values(), *WHOLE.events.values()]
    kept = [row.as_printed for row in rows if seen(row.source_id)]
    quotations = {row.as_printed for row in rows if not seen(row.source_id)}
    told = [source for source in WHOLE.sources.values() if seen(source.source_id)]
    later = [source for source in WHOLE.sources.values() if not seen(source.source_id)]

    def marks(sources):
        names = {words.source_name(source, language) for source in sources for language in LANGUAGES}
        return names | {source.url for source in sources if source.url}

    return marks(later) - marks(told) | {words for words in quotations if not any(words in other for other in kept)}


def faults(record, texts):
    """What is wrong in a report as of its day: rows and texts of later, numbers that cannot be, empty tables."""
    as_of = record["parameters"]["as_of"]
    package = known(HELD, as_of)
    yield from late_rows(record, package, last_day(as_of))
    yield from wrong_figures(record, package)
    everything = "\n".join(texts)
    marks = [mark for mark in hidden(as_of) if mark in everything]
    for text in texts:
        yield from (f"{mark!r} was not known" for mark in marks if said(mark, text))
    for part in (part for block in record["blocks"] for part in block["parts"] if "rows" in part):
        if not part["rows"]:
            yield "a table without rows"


def said(mark, text):
    """Whether a text says some words; 3亿元 is not said in 162.23亿元."""
    begins_with_digit = r"(?<![\d.])" if mark[0].isdigit() else ""
    return mark in text and re.search(begins_with_digit + re.escape(mark), text) is not None


def late_rows(record, package, limit):
    """The rows of a record that became known after a day, or nobody knows when."""
    rows = record["rows"]
    yield from (
        row["observation_id"] for row in rows["observations"] if row["observation_id"] not in package.observations
    )
    for row in rows["events"]:
        told = [row[column] for column in ("stage", "date", "as_printed", "locator") if row[column]]
        if told and (package.events.get(row["event"]) is None or not package.events[row["event"]].as_printed):
            yield f"event {row['event']}: {told}"
    yield from (row["correction_id"] for row in rows["corrections"] if last_day(row["date"]) > limit)
    dates = {row["source_id"]: published(row["source_id"]) for row in rows["sources"]}
    yield from (name for name, date in dates.items() if date is None or date > limit)


def wrong_figures(record, package):
    """The figures that do not follow from what was known, and gaps that are none."""
    speaker = Speaker(record["language"], package, lambda _: "")
    for entry in record["figures"]:
        value = traced_of(entry["formula"], package)
        if (isinstance(value, Quantity) and value.absent) or speaker.figure(value) != entry["text"]:
            yield f"{entry['figure']} {entry['text']}"
    for formula in (formula for block in record["blocks"] for formula in block.get("absent", ())):
        judged = "judgement" in formula
        if (judgement_of(formula, package) if judged else operand_of(formula, package)).absence is None:
            yield f"no gap: {formula}"
    for node in nodes(record["blocks"]):
        if isinstance(node.get("judgement"), dict):
            judgement_of(node["judgement"], package)
    for question in record["questions"]:
        asked = Subject(*(question[name] for name in ("indicator", "ref_area", "time_period", "counterpart")))
        if figure(package, asked, HELD).formula.get("observation", "") != question["observation"]:
            yield f"another answer: {question}"


@pytest.fixture(scope="module")
def today():
    """What each notebook prints of all that is known today."""
    return {name: run_notebook(name) for name in NOTEBOOKS}


@pytest.fixture(scope="module")
def evenings(today):
    """The eve of each day on which some source was published, shared out among the notebooks that rest on it."""
    resting = {}
    for name, run in today.items():
        for row in run.record["rows"]["sources"]:
            resting.setdefault(published(row["source_id"]), []).append(name)
    days = sorted({published(name) for name in WHOLE.sources} - {None})
    found = {name: [] for name in NOTEBOOKS}
    for place, day in enumerate([*days, days[-1] + 2 * DAY]):
        names = list(dict.fromkeys(resting.get(day, NOTEBOOKS)))
        found[names[place % len(names)]].append(str(day - DAY))
    return found


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_nothing_of_tomorrow_is_printed(name, evenings):
    """On the eve of a publication a notebook runs through, and knows what was published before and nothing else."""
    found = {}
    for place, as_of in enumerate(evenings[name]):
        run = run_notebook(name, as_of=as_of, language=LANGUAGES[not place % 4])
        found[as_of] = list(faults(run.record, run.texts()))
    assert {} == {as_of: wrong for as_of, wrong in found.items() if wrong}


@given(
    day=st.dates(datetime.date(2012, 1, 1), datetime.date(2026, 12, 31)),
    name=st.sampled_from(NOTEBOOKS),
    language=st.sampled_from(LANGUAGES),
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_day_gives_a_report(day, name, language):
    """As of any day any notebook runs through in both languages, and prints nothing that was not known."""
    run = run_notebook(name, as_of=str(day), language=language)
    assert [] == list(faults(run.record, run.texts()))


def test_a_report_of_later_gives_itself_away(today):
    """What is printed today, held against what was known on an earlier day, is found out in rows and texts."""
    for name, run in today.items():
        earlier = {**run.record, "parameters": {**run.record["parameters"], "as_of": "2016-09-30"}}
        found = list(faults({**earlier, "figures": [], "blocks": [], "questions": []}, run.texts()))
        assert any("was not known" in fault for fault in found), name
        assert {row["observation_id"] for row in run.record["rows"]["observations"]} & set(found), name


def test_a_statement_is_known_on_the_day_of_its_publication():
    """What was published on a day counts on that day, and not on the day before; what has no date never does."""
    dates = {name: published(row.source_id) for name, row in WHOLE.observations.items()}
    assert any(date is None for date in dates.values())
    today = set(known(WHOLE).observations)
    for day in {date for date in dates.values() if date}:
        eve, after = (set(known(WHOLE, str(one)).observations) for one in (day - DAY, day))
        assert {name for name in today if dates[name] == day} == after - eve


# --- editions -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=ISSUED)
def issued(request, project, tmp_path_factory):
    """An edition as of a day, built by `lusong build` as a reader does: its day and its folder."""
    folder = tmp_path_factory.mktemp("issued")
    for name in ("data", "notebooks"):
        shutil.copytree(project / name, folder / name)
    shutil.copy(project / "requirements.lock", folder)
    lusong = str(Path(sys.executable).with_name("lusong"))
    command = [lusong, "build", "--project", str(folder), "--as-of", request.param]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return request.param, folder / "reports" / f"as-of-{request.param}"


def test_an_edition_of_then(issued):
    """All reports are there, verify, say what is missing, and print and carry nothing that was published later."""
    as_of, folder = issued
    files, gaps = sorted(folder.glob("*/*.pdf")), 0
    assert 2 * len(NOTEBOOKS) == len(files)
    for file in files:
        data = file.read_bytes()
        document = read(data)
        record, text = json.loads(document.attachments["evidence.json"]), "".join(one.text for one in document.pieces)
        printed = squeeze(text)
        assert [] == verify(data).problems
        assert as_of == record["parameters"]["as_of"]
        assert [] == list(faults(record, [text]))
        assert not [mark for mark in map(squeeze, hidden(as_of)) if said(mark, printed)]
        absent = [block for block in record["blocks"] if block["kind"] == "absent"]
        assert not absent or squeeze(words.known_by(as_of, record["language"])) in printed
        gaps += len(absent)
    assert gaps


# --- corrections ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def report(today):
    """The name of a notebook that prints the corrected statement."""
    keys = {name: [row["correction_id"] for row in run.record["rows"]["corrections"]] for name, run in today.items()}
    return next(name for name in NOTEBOOKS if CORRECTION.correction_id in keys[name])


def printed_words(run):
    """What a report prints of the corrected statement, by itself."""
    (entry,) = (
        entry for entry in run.record["figures"] if entry["formula"] == {"observation": CORRECTION.observation_id}
    )
    return entry["text"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_correction_changes_what_is_printed_from_its_day_on(report, language):
    """Until the eve of a correction the figure prints as it stood, then as corrected, and the appendix tells it."""
    eve, day = (run_notebook(report, as_of=str(date), language=language) for date in (CORRECTED - DAY, CORRECTED))
    stood, stands = (
        wording.text(operand_of({"observation": CORRECTION.observation_id}, package), language)
        for package in (HELD, WHOLE)
    )
    assert stood != stands
    assert (stood, stands) == (printed_words(eve), printed_words(day))
    reason = CORRECTION.reason_zh if language == "zh" else CORRECTION.reason_en
    (told,) = (text for text in day.plain() if reason in text)
    assert all(part in told for part in correction_words(WHOLE, CORRECTION, language))
    assert [] == [text for text in eve.texts() if reason in text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_older_edition_is_issued_again_as_it_was(report, language, tmp_path):
    """As of a day before the correction a report is the one from data that do not know the correction."""
    folder = copy(tmp_path)
    table = folder / "corrections.csv"
    table.write_text(table.read_text("utf-8").splitlines(keepends=True)[0], "utf-8")
    again, then = (run_notebook(report, data, as_of=str(CORRECTED - DAY), language=language) for data in (None, folder))
    assert then.record == again.record
    assert then.outputs == again.outputs
