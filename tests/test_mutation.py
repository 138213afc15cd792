"""Each statement of the data in turn moved by its last digit, and taken away: the printed words must tell."""

import json
import string
from dataclasses import dataclass, replace
from functools import cached_property

import pytest

from lusong_analysis.facts.package import known, open_package
from lusong_analysis.quantity import Quantity, QuantityError
from lusong_analysis.quantity.quantity import statements_below
from lusong_analysis.report.editions import records
from lusong_analysis.report.evidence import nodes
from lusong_analysis.report.recompute import package_of, traced_of
from lusong_analysis.report.sensitivity import moved
from lusong_analysis.report.text import Speaker


@dataclass(frozen=True, eq=False)
class Printed:
    """A printed report: its evidence, to be computed again from other rows."""

    name: str
    record: dict

    @cached_property
    def package(self):
        """The rows that it carries."""
        return package_of(self.record)

    @cached_property
    def formulas(self):
        """The formulas of its figures, by number."""
        return {entry["anchor"]: entry["formula"] for entry in self.record["figures"]}

    @cached_property
    def forms(self):
        """Every figure in every form in which the report prints it, and its words before any change."""
        wanted = {(anchor, "") for anchor in self.formulas} | set(_forms(self.record))
        return {form: self.words(form, self.package) for form in sorted(wanted)}

    @cached_property
    def resting(self):
        """The forms that rest on a statement, by its key."""
        found = {}
        for form in self.forms:
            for name in dict.fromkeys(statements_below(self.formulas[form[0]])):
                found.setdefault(name, []).append(form)
        return found

    def words(self, form, package):
        """What a figure prints in a form; nothing where it cannot be computed."""
        anchor, spec = form
        try:
            figure = traced_of(self.formulas[anchor], package)
        except QuantityError:
            return None
        absent = isinstance(figure, Quantity) and figure.absent
        return None if absent else Speaker(self.record["language"], package, lambda _: anchor).figure(figure, spec)

    def tells(self, name, steps, column):
        """Whether some words change when a statement moves."""
        if name not in self.resting:
            return False
        package = moved(self.package, name, steps, column)
        return any(self.words(form, package) != self.forms[form] for form in self.resting[name])


def _forms(record):
    """Each figure that a text names, with the form in which it is asked for: in a sentence, a cell, a label."""
    language = record["language"]
    for node in nodes(record["blocks"]):
        if "columns" in node:
            for column in node["columns"]:
                for row in node["rows"]:
                    yield from _asked(column["cell"][language], row)
        elif "names" in node:
            yield from _asked(node[language], node["names"])


def _asked(template, names):
    anchors = {entry["name"]: entry["figure"] for entry in names if "figure" in entry}
    for _, name, spec, _ in string.Formatter().parse(template):
        if name in anchors:
            yield anchors[name], spec


@pytest.fixture(scope="module")
def printed(edition):
    """Every report of the edition, in both languages."""
    return [Printed("/".join(place), record) for place, record in records(edition).items()]


@pytest.fixture(scope="module")
def package(project):
    """The whole data that readers may see."""
    return known(open_package(project / "data"))


@pytest.fixture(scope="module")
def unused(edition):
    """The statements that the build says it does not print."""
    return json.loads((edition / "manifest.json").read_text("utf-8"))["unused"]


def test_the_evidence_prints_what_was_printed(printed):
    """Unmoved, the statements give the words of the edition again: what the mutations are held against."""
    differing = [
        (report.name, entry["anchor"])
        for report in printed
        for entry in report.record["figures"]
        if report.forms[entry["anchor"], ""] != entry["text"]
    ]
    assert [] == differing


def test_one_last_digit_of_any_statement_is_seen(printed, package, unused):
    """One more or one less in the last digit changes some printed figure, or the statement is listed as unused."""
    mutants = [
        (name, column, steps)
        for name, row in package.observations.items()
        for column in ("obs_value", "obs_value_upper")[: 1 + (row.bound == "between")]
        for steps in (1, -1)
    ]
    seen = {
        (name, column, steps)
        for name, column, steps in mutants
        if any(report.tells(name, steps, column) for report in printed)
    }
    survivors = [mutant for mutant in mutants if mutant not in seen and mutant[0] not in unused]
    told_as_unused = sorted({name for name, _, _ in seen} & set(unused))
    assert ([], []) == (survivors, told_as_unused)


def test_no_figure_survives_the_removal_of_a_statement(printed):
    """A figure below which a statement or an event is taken away cannot be computed any more."""
    surviving = []
    for report in printed:
        for anchor, formula in report.formulas.items():
            for table, names in (("observations", statements_below(formula)), ("events", _events(formula))):
                for name in dict.fromkeys(names):
                    rows = {key: row for key, row in getattr(report.package, table).items() if key != name}
                    if report.words((anchor, ""), replace(report.package, **{table: rows})) is not None:
                        surviving.append((report.name, anchor, name))
    assert [] == surviving


def _events(formula):
    return [formula["event"]] if "event" in formula else []


def test_used_and_unused_are_all_that_is_known(printed, package, unused):
    """The list of unused statements is exact: with what figures rest on it makes up the data, without an overlap."""
    used = {name for report in printed for name in report.resting}
    assert sorted(package.observations) == sorted([*used, *unused])
