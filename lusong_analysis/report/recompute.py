"""Evidence read back: formulas become quantities again, records become texts."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from typing import Any

from lusong_analysis.facts import rows
from lusong_analysis.facts.package import Package
from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.judgement import JUDGEMENTS, Judgement
from lusong_analysis.quantity.measure import Measure, Operand
from lusong_analysis.quantity.period import Formula, Period
from lusong_analysis.quantity.quantity import Quantity, Subject, missing
from lusong_analysis.report import counting
from lusong_analysis.report.named import named
from lusong_analysis.report.text import Because, Citation, Past, Text, Traced, Value, Words

# Only these modules hold formulas: a name in an evidence file can call nothing else.
MEASURE_MODULES = ("comparison", "concentration", "growth", "pipeline", "structure")


def measure_named(name: str) -> Measure:
    """The measure that evidence calls ``module.name``.

    Raises
    ------
    QuantityError
        No such measure exists; an evidence file may have been forged.
    """
    module, _, function = name.partition(".")
    found = None
    if module in MEASURE_MODULES:
        found = getattr(importlib.import_module(f"lusong_analysis.measures.{module}"), function, None)
    if not hasattr(found, "expression"):
        msg = f"no measure is called {name!r}"
        raise QuantityError(msg)
    return found  # type: ignore[return-value]


def traced_of(formula: Formula, package: Package) -> Traced:
    """What has evidence of its own, again: a figure, a date, or what a source names.

    Raises
    ------
    QuantityError
        As :func:`operand_of`.
    """
    names = "organisation" in formula or "link" in formula
    return named(package, formula) if names else operand_of(formula, package)


def operand_of(formula: Formula, package: Package) -> Operand:
    """Compute a formula again from the rows of a package.

    Raises
    ------
    QuantityError
        The formula is none, or its parts do not go together.
    """
    if "observation" in formula:
        return _statement(formula["observation"], package)
    if "counted" in formula:
        return counting.count(formula, package)
    if "missing" in formula:
        return missing(Subject(**formula["missing"]))
    if "parameter" in formula:
        return Period(str(formula["value"]), {"parameter": formula["parameter"], "value": formula["value"]})
    if "event" in formula:
        return event_date(package, formula["event"])
    if "period" in formula:
        return Period(formula["period"], {"period": formula["period"]})
    if "function" in formula:
        lifted = measure_named(formula["function"])
        operands = [operand_of(argument, package) for argument in formula["arguments"]]
        result = lifted(*operands)
        names = [argument.get("name") for argument in formula["arguments"]]
        if names != [argument["name"] for argument in result.formula["arguments"]]:
            msg = f"{formula['function']} has no arguments {names}"
            raise QuantityError(msg)
        return result
    msg = f"{formula!r} is no formula"
    raise QuantityError(msg)


def _statement(name: str, package: Package) -> Quantity:
    if name not in package.observations:
        msg = f"the statement {name!r} is not among the rows"
        raise QuantityError(msg)
    return package.statement(package.observations[name]).quantity


def event_date(package: Package, name: str) -> Period:
    """The date of an event, as a figure with evidence of its own.

    Raises
    ------
    QuantityError
        There is no such event.
    """
    if name not in package.events:
        msg = f"the event {name!r} is not among the rows"
        raise QuantityError(msg)
    return Period(package.events[name].date, {"event": name})


def quantity_of(formula: Formula, package: Package) -> Quantity:
    """Compute a figure again; a period is no figure.

    Raises
    ------
    QuantityError
        As :func:`operand_of`, or the formula gives a period.
    """
    result = operand_of(formula, package)
    if isinstance(result, Period):
        msg = f"{formula!r} is a period, no figure"
        raise QuantityError(msg)
    return result


def judgement_of(formula: Formula, package: Package) -> Judgement:
    """Judge two figures again.

    Raises
    ------
    QuantityError
        No such judgement exists, or its figures cannot be computed.
    """
    judge = JUDGEMENTS.get(str(formula.get("judgement")))
    if judge is None:
        msg = f"no judgement is called {formula.get('judgement')!r}"
        raise QuantityError(msg)
    one, other = (quantity_of(argument, package) for argument in formula["arguments"])
    return judge(one, other)


def package_of(record: Mapping[str, Any]) -> Package:
    """The rows that evidence carries, as a package."""
    tables: Mapping[str, Sequence[dict[str, str]]] = record["rows"]

    def keyed(model: type[rows.Row], table: str) -> dict[str, Any]:
        return {row.key: row for row in (model.model_validate(fields) for fields in tables.get(table, ()))}

    return Package(
        folder=None,
        areas=keyed(rows.Area, "areas"),
        indicators=keyed(rows.Indicator, "indicators"),
        sources=keyed(rows.Source, "sources"),
        chains={},
        segments=keyed(rows.Segment, "segments"),
        links=keyed(rows.Link, "links"),
        organisations=keyed(rows.Organisation, "organisations"),
        events={fields["event"]: _event(fields) for fields in tables.get("events", ())},
        glossary=keyed(rows.Term, "glossary"),
        observations=keyed(rows.Observation, "observations"),
        corrections=keyed(rows.Correction, "corrections"),
    )


def _event(fields: dict[str, str]) -> rows.Event:
    """An event of a record; one that was not published by the report's day has a name and no words."""
    words = fields["as_printed"]
    return rows.Event.model_validate({**fields, "as_printed": words or "–"}).model_copy(update={"as_printed": words})


def text_of(block: Mapping[str, Any], figures: Mapping[str, Traced], package: Package) -> Text:
    """A recorded text with its values computed again; ``figures`` are the report's figures by number."""

    def value(reference: Mapping[str, Any]) -> Value:
        if "figure" in reference:
            return figures[reference["figure"]]
        if "citation" in reference:
            return Citation(tuple(figures[anchor] for anchor in reference["citation"]))
        if "judgement" in reference:
            return judgement_of(reference["judgement"], package)
        if "words" in reference:
            return Words(**reference["words"])
        if "because" in reference:
            return Because(tuple(reference["because"]))
        if "past" in reference:
            return Past(**reference["past"])
        operand = operand_of(reference["period"], package)
        if not isinstance(operand, Period):
            msg = f"{reference['period']!r} is no period"
            raise QuantityError(msg)
        return operand

    return Text(block["zh"], block["en"], {reference["name"]: value(reference) for reference in block["names"]})
