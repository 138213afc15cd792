"""Why a figure is not printed as in the edition before: read from the evidence of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, get_args

from lusong_analysis.facts.package import Package
from lusong_analysis.facts.statement import last_day
from lusong_analysis.quantity.period import Formula
from lusong_analysis.report.counting import count
from lusong_analysis.report.evidence import nodes
from lusong_analysis.report.recompute import package_of

# In the order in which they are judged and told.
Kind = Literal[
    "parameter changed",
    "formula changed",
    "new statement",
    "other statement prevails",
    "other statements counted",
    "correction",
    "statement edited",
    "text only",
    "newly printed",
    "no longer printed",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
# What makes a figure, and the words it rests on; the last is of events, whose date is printed.
COLUMNS = (
    "obs_value",
    "obs_value_upper",
    "bound",
    "precision",
    "unit",
    "time_period",
    "indicator",
    "ref_area",
    "counterpart",
    "as_printed",
    "date",
)

# What a formula may rest on, and what has evidence by itself.
LEAVES = ("observation", "event", "organisation", "link")

Row = Mapping[str, str]
# The table and the id of a statement or an event.
Key = tuple[str, str]
# A part of the earlier formula and what stands in its place now; None where nothing does.
Pair = tuple[Formula | None, Formula | None]


@dataclass(frozen=True)
class Reason:
    """One reason why a figure is not printed as before.

    Parameters
    ----------
    kind : str
        One of ``KINDS``.
    name : str
        The parameter that changed, or the id of the correction.
    statement : str
        The id of the observation or event: the new one, the one that prevails, the one that was corrected or edited.
    column : str
        The column that was corrected or edited.
    before, after : str
        What stood and what stands there: two ids of statements, two values of a parameter or of a column, two
        formulas. Empty where there is none. Of a correction that only the earlier record applied, what it made of the
        cell and what it found there. Of a count, its number then and now.
    """

    kind: Kind
    name: str = ""
    statement: str = ""
    column: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Record:
    """The evidence of one report, its rows by key."""

    content: Mapping[str, Any] = field(hash=False)

    def parameter(self, name: str) -> str:
        """The value of a parameter; empty where it is not set."""
        return str(self.content["parameters"].get(name, ""))

    @cached_property
    def rows(self) -> dict[Key, Row]:
        """The observations, events, organisations and links."""
        tables = self.content["rows"]
        observations = {("observation", row["observation_id"]): row for row in tables["observations"]}
        others = (("event", "events"), ("organisation", "organisations"), ("link", "links"))
        return observations | {(kind, row[kind]): row for kind, table in others for row in tables.get(table, ())}

    @cached_property
    def package(self) -> Package:
        """The rows as a package, to count in."""
        return package_of(self.content)

    @cached_property
    def corrections(self) -> dict[str, Row]:
        """The corrections that were applied; a record of version 1 has none."""
        return {row["correction_id"]: row for row in self.content["rows"].get("corrections", ())}

    @cached_property
    def unanswered(self) -> list[Row]:
        """The questions that no statement answered."""
        absent = [formula for node in nodes(self.content["blocks"]) for formula in node.get("absent", ())]
        missing = [node["missing"] for node in nodes(absent) if isinstance(node.get("missing"), dict)]
        return [*missing, *(asked for asked in self.content.get("questions", ()) if not asked["observation"])]

    def published(self, key: Key) -> str:
        """When the source of a statement or event was published; empty where it prints no date."""
        sources = {row["source_id"]: row["date_published"] for row in self.content["rows"]["sources"]}
        return str(sources[self.rows[key]["source_id"]])

    def hides(self, date: str) -> bool:
        """Whether the ``as_of`` of the report leaves out what became known on a date, or on none."""
        as_of = self.parameter("as_of")
        return bool(as_of) and (not date or _later(date, as_of))

    def could_know(self, key: Key, published: str) -> bool:
        """Whether a statement of another record could have been printed in this one."""
        if key[0] == "observation" and key in self.rows:
            return True
        if self.parameter("as_of"):
            return not self.hides(published)
        return not _later(published, self.parameter("edition"))


def causes(pairs: Iterable[Pair], before: Record, after: Record) -> Iterator[Reason]:
    """Every reason that parts of formulas give: their parameters, their statements, and what the rows of these say."""
    for old, new in pairs:
        if old and new and "parameter" in old and "parameter" in new:
            if old["value"] != new["value"]:
                yield Reason("parameter changed", name=old["parameter"], before=old["value"], after=new["value"])
            continue
        if old and new and "counted" in old and old == new:
            yield from _other_count(old, before, after)
            continue
        one, other = key_of(old), key_of(new)
        if one != other:
            yield from _other_statement(one, other, before, after)
        key = one if old else other
        if key and other in (key, None):
            yield from _other_content(key, before, after)


def leaves(formula: Formula) -> Iterator[Formula]:
    """The parts of a formula that are no functions, in the order in which they stand."""
    if "function" not in formula:
        yield formula
    for argument in formula.get("arguments", ()):
        yield from leaves(argument)


def key_of(leaf: Formula | None) -> Key | None:
    """The statement or event that a part of a formula is."""
    return next(((kind, leaf[kind]) for kind in LEAVES if leaf and kind in leaf), None)


def question(key: Key, record: Record) -> tuple[str, ...]:
    """What a statement answers, whatever the period; an event answers nothing but itself."""
    row = record.rows[key]
    return key if key[0] != "observation" else (row["indicator"], row["ref_area"], row["counterpart"])


def _other_statement(old: Key | None, new: Key | None, before: Record, after: Record) -> Iterator[Reason]:
    """Why one statement stands in the place of another, or of none."""
    parameters = list(_parameters(old, new, before, after))
    for name in parameters:
        yield _parameter_changed(name, before, after)
    one, other = old[1] if old else "", new[1] if new else ""
    if new and "ref_area" not in parameters and _is_new(new, before, after):
        yield Reason("new statement", statement=other, before=one, after=other)
    elif old and new and not parameters:
        if question(old, before) == question(new, after):
            yield Reason("other statement prevails", statement=other, before=one, after=other)
        else:
            yield Reason("formula changed", before=one, after=other)


def _parameters(old: Key | None, new: Key | None, before: Record, after: Record) -> Iterator[str]:
    """The parameters that decide that one statement stands in the place of another."""
    areas = before.parameter("ref_area"), after.parameter("ref_area")
    found = [record.rows[key].get("ref_area", "") for key, record in ((old, before), (new, after)) if key]
    if areas[0] != areas[1] and found == [area for key, area in zip((old, new), areas, strict=True) if key]:
        yield "ref_area"
    hidden = (new and before.hides(after.published(new))) or (old and after.hides(before.published(old)))
    if before.parameter("as_of") != after.parameter("as_of") and hidden:
        yield "as_of"


def _is_new(key: Key, before: Record, after: Record) -> bool:
    """Whether the earlier record could not know a statement, or asked for it and found none."""
    row = after.rows[key]
    event = key[0] != "observation"
    about = ("", key[1]) if event else (row["indicator"], row["counterpart"])
    answers = any(
        about == (asked["indicator"], asked["counterpart"])
        and asked["ref_area"] == row.get("ref_area", "")
        and (event or asked["time_period"] in ("", row["time_period"]))
        for asked in before.unanswered
    )
    return answers or not before.could_know(key, after.published(key))


def _other_count(leaf: Formula, before: Record, after: Record) -> Iterator[Reason]:
    """Why one count does not give the same in both records: it sees another day, or other statements."""
    was, now = (count(leaf, record.package) for record in (before, after))
    if was.value != now.value and before.parameter("as_of") != after.parameter("as_of"):
        yield _parameter_changed("as_of", before, after)
    elif was.value != now.value:
        yield Reason("other statements counted", before=f"{was.value}", after=f"{now.value}")


def _other_content(key: Key, before: Record, after: Record) -> Iterator[Reason]:
    """Why a statement that both records hold does not say the same in both."""
    if key not in before.rows or key not in after.rows:
        return
    # Earlier records lack columns that tables have since got.
    for column in [name for name in COLUMNS if name in before.rows[key] and name in after.rows[key]]:
        was, now = (record.rows[key].get(column, "") for record in (before, after))
        longer = column == "as_printed" and was and was in now  # the same words, quoted at greater length
        if was != now and not longer:
            yield from _other_cell(key, column, (was, now), before, after)


def _other_cell(key: Key, column: str, cells: tuple[str, str], before: Record, after: Record) -> Iterator[Reason]:
    """Why a cell is not as before: corrections that only one of the editions could apply, else nobody says why."""
    was, now = cells
    made, undone = _corrections(key, column, after, before), _corrections(key, column, before, after)
    made, undone = made if _leads(made, was, now) else [], undone if _leads(undone, now, was) else []
    hidden = any(before.hides(row["date"]) for row in made) or any(after.hides(row["date"]) for row in undone)
    moved = hidden and before.parameter("as_of") != after.parameter("as_of")
    if moved:
        yield _parameter_changed("as_of", before, after)
    for row in made:
        yield Reason("correction", row["correction_id"], key[1], column, row["value_before"], row["value_after"])
    for row in undone if not made and not moved else ():
        yield Reason("correction", row["correction_id"], key[1], column, row["value_after"], row["value_before"])
    if not made and not undone:
        yield Reason("statement edited", statement=key[1], column=column, before=was, after=now)


def _parameter_changed(name: str, before: Record, after: Record) -> Reason:
    return Reason("parameter changed", name=name, before=before.parameter(name), after=after.parameter(name))


def _corrections(key: Key, column: str, one: Record, other: Record) -> list[Row]:
    """The corrections of a cell that only one of two records applied."""
    rows = [row for name, row in one.corrections.items() if name not in other.corrections]
    return [row for row in rows if (("observation", row["observation_id"]), row["column"]) == (key, column)]


def _leads(corrections: list[Row], was: str, now: str) -> bool:
    """Whether corrections lead from one content of a cell to the other."""
    starts, ends = {row["value_before"] for row in corrections}, {row["value_after"] for row in corrections}
    return was in starts and now in ends


def _later(date: str, limit: str) -> bool:
    """Whether a date lies after a limit, each by its last day; an empty one lies nowhere."""
    day, last = last_day(date), last_day(limit)
    return day is not None and last is not None and day > last
