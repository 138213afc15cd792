"""What was printed, from which statements, by which formula: numbered at first print, written once at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lusong_analysis.facts.conflicts import conflicts
from lusong_analysis.facts.package import Package, named_event
from lusong_analysis.facts.select import select
from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.judgement import Judgement
from lusong_analysis.quantity.period import Formula, Period
from lusong_analysis.quantity.quantity import Quantity, Subject, count_line, counts_below, identity, statements_below
from lusong_analysis.quantity.units import COUNTED, dimension, factor, unit_names
from lusong_analysis.report.recompute import measure_named
from lusong_analysis.report.text import Because, Citation, Past, Text, Traced, Value, Words, traced

MIME = "application/vnd.lusong.evidence+json"
# The name under which a report carries its record.
ATTACHMENT = "evidence.json"
# Raised when the record or the appendix gains or changes a part, so that verify reads each file as it was written.
VERSION = 2
# What holds others in a JSON tree.
BRANCHES = (dict, list)

Block = dict[str, Any]


@dataclass(frozen=True)
class Figure:
    """A printed figure, date of an event, organisation or link: its name in the notebook and its number."""

    name: str
    anchor: str
    value: Traced


class Evidence:
    """The figures and blocks that a notebook has printed so far.

    A figure is its formula: printed twice it keeps its number, also where a cell is run again in JupyterLab. Blocks
    are kept by cell, so that a cell run again replaces what it said before.
    """

    def __init__(self) -> None:
        self._figures: dict[str, Figure] = {}
        self._names: dict[str, Formula] = {}
        self._blocks: list[tuple[str, int, Block]] = []
        self._questions: dict[Subject, Quantity] = {}

    def number(self, figure: Traced) -> str:
        """The number of a figure that was taken in."""
        return self._figures[identity(figure.formula)].anchor

    def take(self, figure: Traced, name: str) -> None:
        """Give a figure its number, unless it has one; ``name`` is what it is called if it is new."""
        key = identity(figure.formula)
        self._figures.setdefault(key, Figure(name, f"E{len(self._figures) + 1}", figure))

    def name(self, values: Mapping[str, Value]) -> None:
        """Take in the figures that a notebook names; one name stands for one formula in the whole notebook.

        Raises
        ------
        QuantityError
            A name stands for another formula already.
        """
        for name, value in traced(values).items():
            before = self._names.setdefault(name, value.formula)
            if identity(before) != identity(value.formula):
                msg = (
                    f"{{{name}}} is already {formula_words(before)}; "
                    f"choose another name for {formula_words(value.formula)}"
                )
                raise QuantityError(msg)
            self.take(value, name)

    def ask(self, question: Subject, answer: Quantity) -> None:
        """Keep what was asked of the data, so that it can be asked again of later data."""
        self._questions[question] = answer

    def add(self, block: Block, cell: str, execution: int) -> None:
        """Keep a block in the order of printing, or in the place of what its cell printed before."""
        old = [place for place, (id_, run, _) in enumerate(self._blocks) if cell and id_ == cell and run != execution]
        kept = [entry for place, entry in enumerate(self._blocks) if place not in old]
        same = [place for place, (id_, run, _) in enumerate(kept) if cell and (id_, run) == (cell, execution)]
        at = old[0] if old else same[-1] + 1 if same else len(kept)
        self._blocks = [*kept[:at], (cell, execution, block), *kept[at:]]

    def text(self, text: Text) -> Block:
        """A text as it is recorded: its templates, and what each name stands for."""
        names = [{"name": name, **self._reference(value)} for name, value in text.values.items()]
        return {"zh": text.zh, "en": text.en, "names": names}

    def _reference(self, value: Value) -> Block:
        if isinstance(value, Citation):
            return {"citation": [self.number(figure) for figure in value.figures]}
        if isinstance(value, Judgement):
            return {"judgement": value.formula}
        if isinstance(value, Words):
            return {"words": {"zh": value.zh, "en": value.en}}
        if isinstance(value, Because):
            return {"because": [dict(reason) for reason in value.reasons]}
        if isinstance(value, Past):
            return {"past": {"report": value.report, "anchor": value.anchor, "text": value.text}}
        if isinstance(value, Period) and not traced({"": value}):
            return {"period": value.formula}
        return {"figure": self.number(value)}

    def figures(self) -> list[Figure]:
        """The figures that some block still prints, in the order of their numbers."""
        printed = anchors([block for _, _, block in self._blocks])
        return [figure for figure in self._figures.values() if figure.anchor in printed]

    def record(
        self, parameters: Mapping[str, object], package: Package, words: Mapping[str, str], seen: Package
    ) -> Block:
        """Everything that proves the report, as JSON: figures, blocks and the whole rows they rest on.

        Parameters
        ----------
        parameters : mapping
            The parameters of the report.
        package : Package
            The data package, corrections applied.
        words : mapping
            The figures as printed, by number.
        seen : Package
            The package as of the report's day; the statements of its conflicts that touch a printed figure go with it.

        Notes
        -----
        Lists stand where order matters: a notebook sorts the keys of its JSON.
        """
        figures, blocks = self.figures(), [block for _, _, block in self._blocks]
        formulas = [figure.value.formula for figure in figures] + list(_formulas(blocks))
        names = dict.fromkeys(name for formula in formulas for name in statements_below(formula))
        if any(counts_below(formula) for formula in formulas):
            # A count can be proven only where all that it saw is there.
            names |= dict.fromkeys(seen.observations)
        names |= dict.fromkeys(sorted(name for conflict in conflicts(seen, names) for name in conflict.names))
        units = [figure.value.unit for figure in figures if isinstance(figure.value, Quantity)]
        return {
            "version": VERSION,
            "language": parameters["language"],
            "parameters": dict(parameters),
            "figures": [entry_of(figure.name, figure.anchor, figure.value, words[figure.anchor]) for figure in figures],
            "blocks": blocks,
            "formulas": formula_records([formulas, blocks]),
            "questions": [
                {**_asked(question), "observation": answer.formula.get("observation", "")}
                for question, answer in self._questions.items()
                if answer.absent or answer.formula.get("observation") in names
            ],
            "rows": {**_rows(package, formulas, list(names), parameters), "units": _units(package, names, units)},
        }


def entry_of(name: str, anchor: str, figure: Traced, words: str) -> Block:
    """A figure as it is recorded; the date of an event and a name have neither unit nor interval."""
    entry: Block = {"figure": name, "anchor": anchor, "text": words, "formula": figure.formula}
    if not isinstance(figure, Quantity):
        return entry
    if "function" in figure.formula:
        entry["expression"] = measure_named(figure.formula["function"]).expression
    value = None if figure.value is None else str(figure.value)
    return {**entry, "unit": figure.unit, "value": value, "interval": figure.interval.record()}


def nodes(tree: Any) -> Iterator[Mapping[str, Any]]:
    """Every object of a JSON tree, at any depth."""
    left = [tree] if isinstance(tree, BRANCHES) else []
    while left:
        node = left.pop()
        if isinstance(node, dict):
            yield node
            left += [child for child in reversed(node.values()) if isinstance(child, BRANCHES)]
        else:
            left += [child for child in reversed(node) if isinstance(child, BRANCHES)]


def anchors(tree: Any) -> set[str]:
    """The numbers of all figures that blocks name."""
    return {node["figure"] for node in nodes(tree) if isinstance(node.get("figure"), str)}


def _formulas(tree: Any) -> Iterator[Formula]:
    """The formulas that stand in blocks themselves: of absent figures and of judgements."""
    for node in nodes(tree):
        if isinstance(node.get("judgement"), dict):
            yield node["judgement"]
        yield from node.get("absent", ())


def _rows(
    package: Package, formulas: Sequence[Formula], names: Sequence[str], parameters: Mapping[str, object]
) -> Block:
    """The whole rows of the data package that the formulas and statements rest on, and those that give them names."""
    observations = {name: package.observations[name] for name in names}
    changes = [row for name in observations for row in select(package.corrections, observation_id=name)]
    corrections = {row.correction_id: row for row in changes}
    subjects = [subject for formula in formulas for subject in _missing(formula)]
    events = {formula["event"]: package.events[formula["event"]] for formula in formulas if "event" in formula}
    areas = {row.ref_area for row in observations.values()} | {subject["ref_area"] for subject in subjects}
    areas |= {node["value"] for node in nodes(list(formulas)) if node.get("property") == "ref_area"}
    areas |= {str(parameters["ref_area"])} | {row.ref_area for row in events.values()}
    indicators = {row.indicator for row in observations.values()} | {subject["indicator"] for subject in subjects}
    indicators -= {""}
    indicators |= {package.indicators[key].comparable_with for key in indicators} - {""}
    links = {formula["link"]: package.links[formula["link"]] for formula in formulas if "link" in formula}
    ends = {end for row in links.values() for end in (row.source, row.target)}
    named = {formula["organisation"] for formula in formulas if "organisation" in formula}
    named |= _held(package.organisations, ends)
    segments = ends | {package.organisations[key].segment for key in named}
    tables: tuple[Mapping[str, Any], ...] = (observations, events, corrections, links)
    sources = {row.source_id for table in tables for row in table.values()}
    sources |= {package.organisations[key].source_id for key in named}
    areas |= {package.organisations[key].ref_area for key in named}
    counterparts = {row.counterpart for row in observations.values()} | {subject["counterpart"] for subject in subjects}
    return {
        "observations": [row.model_dump() for row in observations.values()],
        "corrections": [row.model_dump() for row in corrections.values()],
        "sources": _dumped(package.sources, sources),
        "indicators": _dumped(package.indicators, indicators),
        "areas": _dumped(package.areas, areas),
        "organisations": _dumped(package.organisations, _held(package.organisations, counterparts) | named),
        "segments": _dumped(package.segments, _held(package.segments, segments)),
        "links": _dumped(package.links, set(links)),
        "events": [
            named_event(package, key, str(parameters["as_of"])).model_dump()
            for key in sorted(_held(package.events, counterparts) | set(events))
        ],
        "glossary": _dumped(package.glossary, set(package.glossary)),
    }


def _units(package: Package, names: Iterable[str], units: Iterable[str]) -> list[dict[str, str | bool]]:
    """The units of statements and figures, and what one of each is in base units."""
    used = {part for unit in units for part in unit.split("/")} | set(units)
    used |= {package.observations[name].unit for name in names}
    return [unit_record(name) for name in sorted(used & unit_names())]


def _asked(question: Subject) -> dict[str, str]:
    return {name: value for name, value in question._asdict().items() if name != "comparable_with"}


def unit_record(name: str) -> dict[str, str | bool]:
    """A unit as evidence carries it: what it measures, what one of it is in base units, and whether it counts things.

    Whole numbers of what is counted are exact.
    """
    return {"unit": name, "dimension": dimension(name), "factor": str(factor(name)), "counted": name in COUNTED}


def formula_records(tree: Any) -> list[Block]:
    """Every formula that is called in a tree: its expression, and how each operand enters it.

    An operand enters in base units of the unit that stands with it, a capital letter for any one; as ``period`` by its
    calendar year, as ``length`` by its length in years, as ``value`` to the letter, without the slack of its rounding.
    """
    names = sorted({node["function"] for node in nodes(tree) if isinstance(node.get("function"), str)})
    measures = [(name, measure_named(name)) for name in names]
    return [
        {
            "function": name,
            "expression": lifted.expression,
            "operands": [{"name": operand, "unit": unit} for operand, unit in lifted.units.items()],
        }
        for name, lifted in measures
    ]


def _held(table: Mapping[str, Any], keys: Iterable[str]) -> set[str]:
    return {key for key in keys if key in table}


def _dumped(table: Mapping[str, Any], keys: set[str]) -> list[dict[str, str]]:
    return [table[key].model_dump() for key in sorted(keys)]


def _missing(formula: Formula) -> Iterator[dict[str, str]]:
    if "missing" in formula:
        yield formula["missing"]
    for argument in formula.get("arguments", ()):
        yield from _missing(argument)


def formula_words(formula: Formula) -> str:
    """A formula in one line, for messages: required_growth(apparel-revenue-2019, …)."""
    if "function" in formula:
        name = formula["function"].rpartition(".")[2]
        return f"{name}({', '.join(formula_words(argument) for argument in formula['arguments'])})"
    if "missing" in formula:
        return f"nothing known of {formula['missing']['indicator']}"
    if "counted" in formula:
        return count_line(formula)
    kinds = ("observation", "event", "organisation", "link", "value", "period")
    return next((str(formula[kind]) for kind in kinds if formula.get(kind)), "")
