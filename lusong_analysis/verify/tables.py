"""What evidence carries beside figures and texts: units, corrections, answers to questions, and its tables as files."""

from __future__ import annotations

from lusong_analysis.quantity.units import unit_names
from lusong_analysis.report.evidence import ATTACHMENT, entry_of, formula_records, nodes, unit_record
from lusong_analysis.report.recompute import package_of, traced_of
from lusong_analysis.report.spreadsheet import sheets
from lusong_analysis.report.text import Speaker
from lusong_analysis.verify.proof import Proof


def check_rows(proof: Proof) -> None:
    """Units are those of this program, corrections are in force, and answers to questions are among the statements."""
    if proof.first:
        return
    verdict, observations = proof.verdict, proof.package.observations
    for unit in proof.record["rows"]["units"]:
        if unit["unit"] not in unit_names() or unit != unit_record(unit["unit"]):
            verdict.wrong(f"{ATTACHMENT}, units", str(unit), "This is no unit as this program knows it.")
    if formula_records([proof.record["figures"], proof.record["blocks"]]) != proof.record["formulas"]:
        verdict.wrong(f"{ATTACHMENT}, formulas", "another list", "They are not the formulas of the figures.")
    last = {(change.observation_id, change.column): change for change in proof.package.corrections.values()}
    for (name, column), change in last.items():
        found = getattr(observations.get(name), column, None)
        if found != change.value_after:
            place = f"{ATTACHMENT}, correction {change.correction_id}"
            verdict.wrong(place, str(found), f"It makes the {column} of {name} {change.value_after!r}.")
    for question in proof.record["questions"]:
        if question["observation"] and question["observation"] not in observations:
            verdict.wrong(f"{ATTACHMENT}, questions", question["observation"], "No attached statement has this key.")


def check_previous(proof: Proof) -> None:
    """What the last edition printed is its own evidence, and a formula that is still the same still gives it."""
    previous = proof.record.get("previous", {"reports": []})
    held = {}
    for report in previous["reports"]:
        package = package_of(report)
        for entry in report["figures"]:
            held[report["report"], entry["anchor"]] = entry["text"]
            place = f"{ATTACHMENT}, {previous['edition']}, {report['report']} {entry['anchor']}"
            figure = traced_of(entry["formula"], package)
            words = Speaker(proof.language, package, lambda _: "").figure(figure)
            again = entry_of(entry["figure"], entry["anchor"], figure, words)
            if again.get("expression") == entry.get("expression") and again != entry:
                proof.verdict.wrong(place, entry["text"], "Computed again from the statements of then, it is another.")
    for past in (node["past"] for node in nodes(proof.record["blocks"]) if "past" in node):
        if held.get((past["report"], past["anchor"])) != past["text"]:
            proof.verdict.wrong(f"{ATTACHMENT}, {past['report']}", past["text"], "The last edition did not print it.")


def check_sheets(proof: Proof) -> None:
    """The attached tables are those of the evidence, and nothing else is attached."""
    attached = {name: data for name, data in proof.document.attachments.items() if name != ATTACHMENT}
    wanted = {} if proof.first else {name: text.encode() for name, text in sheets(proof.record).items()}
    for name in sorted({*attached, *wanted}):
        if name not in wanted:
            proof.verdict.wrong("attachments", name, "A report has no such attachment.")
        elif name not in attached:
            proof.verdict.wrong("attachments", "nothing", f"{name} is missing.")
        elif attached[name] != wanted[name]:
            proof.verdict.wrong("attachments", name, f"Its rows are not those of {ATTACHMENT}.")
