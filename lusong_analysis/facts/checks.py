"""What rows cannot say alone: keys, references, indicators, counterparts; and the whole check of a data folder."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from lusong_analysis.facts.corrections import correction_problems
from lusong_analysis.facts.descriptor import descriptor_problems, format_problems
from lusong_analysis.facts.faults import dimensions, faults, measurable
from lusong_analysis.facts.rows import Indicator, Observation, Source
from lusong_analysis.facts.segments import map_problems
from lusong_analysis.facts.table import Table, place, read_tables
from lusong_analysis.problem import Problem, did_you_mean

Tables = Mapping[str, Table[Any]]


def check(folder: Path) -> list[Problem]:
    """Everything that is wrong in a data folder, each fault once, in the order of the files.

    Frictionless reads the folder too, as any other reader of Data Packages would; what it finds is added where the
    row models did not see it. It is not asked where a file cannot be read or the descriptor is another: then it would
    say the same of every row.
    """
    tables, problems = read_tables(folder)
    problems += check_tables(tables)
    of_the_descriptor = list(descriptor_problems(folder))
    problems += of_the_descriptor
    if all(table.whole for table in tables.values()) and not of_the_descriptor:
        problems += _not_yet_seen(format_problems(folder), problems)
    return sorted(problems, key=_place_in_order)


def check_tables(tables: Tables) -> list[Problem]:
    """What is wrong between the rows; rows with a wrong cell were reported before and are passed over."""
    indicators = {row.indicator: row for row in tables["indicators"].rows.values()}
    sources = {row.source_id: row for row in tables["sources"].rows.values()}
    return [
        *chain.from_iterable(_duplicate_keys(table) for table in tables.values()),
        *chain.from_iterable(_references(table, tables) for table in tables.values()),
        *_counterparts(tables),
        *_indicators(tables["indicators"], indicators),
        *_ends(tables),
        *map_problems(tables["segments"], tables["organisations"], tables["links"]),
        *_stages(tables["events"]),
        *_actors(tables["events"]),
        *_policies(tables, indicators),
        *_repeated(tables["observations"]),
        *_observations(tables["observations"], indicators, sources),
        *_corrections(tables, indicators, sources),
    ]


def _corrections(
    tables: Tables, indicators: Mapping[str, Indicator], sources: Mapping[str, Source]
) -> Iterator[Problem]:
    table = tables["corrections"]
    for number, row in table.rows.items():
        if row.column == "counterpart":
            targets: tuple[str, ...] = ("organisations", "events")
        else:
            targets = (Observation.references[row.column],) if row.column in Observation.references else ()
        if targets:
            yield from _reference(table, number, "value_after", row.value_after, *(tables[name] for name in targets))
    observations = {row.observation_id: row for row in tables["observations"].rows.values()}
    yield from correction_problems(table, observations, indicators, sources)


def _observations(
    table: Table[Observation], indicators: Mapping[str, Indicator], sources: Mapping[str, Source]
) -> Iterator[Problem]:
    for number, row in table.rows.items():
        for fault in faults(row, indicators.get(row.indicator), sources.get(row.source_id)):
            where = place(table.place, number, fault.column)
            yield Problem(where, getattr(row, fault.column), fault.rule, fault.todo)


def _duplicate_keys(table: Table[Any]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    column = table.model.key_column()
    for number, key in table.keys.items():
        if key and first.setdefault(key, number) != number:
            rule = f"A key stands once, and row {first[key]} has it."
            yield Problem(place(table.place, number, column), key, rule, "Choose another key, or delete the row.")


def _references(table: Table[Any], tables: Tables) -> Iterator[Problem]:
    for number, row in table.rows.items():
        for column, target in row.references.items():
            yield from _reference(table, number, column, getattr(row, column), tables[target])
        for column, target in row.lists.items():
            for key in row.held(column):
                yield from _reference(table, number, column, key, tables[target])


def _reference(table: Table[Any], number: int, column: str, key: str, *targets: Table[Any]) -> Iterator[Problem]:
    held = [target.held for target in targets]
    if key and not any(key in keys for keys in held) and all(target.whole for target in targets):
        files = " or ".join(target.place for target in targets)
        todo = did_you_mean(key, set().union(*held)) or f"Add the row to {files}."
        yield Problem(place(table.place, number, column), key, f"{files} has no such key.", todo)


def _counterparts(tables: Tables) -> Iterator[Problem]:
    observations, organisations, events = tables["observations"], tables["organisations"], tables["events"]
    others = {row.event for row in events.rows.values() if row.kind != "project"}
    for number, row in observations.rows.items():
        if row.counterpart in others:
            rule = "A statement is about an organisation or a project, and this event is none."
            where = place(observations.place, number, "counterpart")
            yield Problem(where, row.counterpart, rule, "Leave it empty, or make the event a project.")
        else:
            yield from _reference(observations, number, "counterpart", row.counterpart, organisations, events)
    for number, key in events.keys.items():
        if key and key in organisations.held:
            where = place(events.place, number, "event")
            yield Problem(where, key, f"{organisations.place} has the same key.", "Choose another.")


def _ends(tables: Tables) -> Iterator[Problem]:
    organisations, segments = tables["organisations"], tables["segments"]
    for number, row in tables["links"].rows.items():
        for column in ("source", "target"):
            yield from _reference(tables["links"], number, column, getattr(row, column), organisations, segments)
    for number, key in segments.keys.items():
        if key and key in organisations.held:
            where = place(segments.place, number, "segment")
            yield Problem(where, key, f"{organisations.place} has the same key.", "Choose another.")


def _indicators(table: Table[Indicator], indicators: Mapping[str, Indicator]) -> Iterator[Problem]:
    for number, row in table.rows.items():
        if not measurable(row.dimension):
            where, known = place(table.place, number, "dimension"), sorted(dimensions())
            todo = did_you_mean(row.dimension, known) or f"Take one of: {', '.join(known)}."
            yield Problem(where, row.dimension, "No unit has this dimension.", todo)
        if row.dimension == "item" and not row.noun_en:
            where = place(table.place, number, "noun_en")
            yield Problem(where, "", "个, 项 and 条 have no English word of their own.", "Name it: problem|problems.")
        if row.measure_type == "target":
            yield from _target_indicator(table.place, number, row, indicators.get(row.comparable_with))


def _target_indicator(file: str, number: int, row: Indicator, measured: Indicator | None) -> Iterator[Problem]:
    if not row.comparable_with:
        rule = "A target names the indicator that it is set for."
        yield Problem(place(file, number, "comparable_with"), "", rule, "Fill it.")
    elif measured and row.indicator != f"{row.comparable_with}_target":
        rule = "A target is named after the indicator that it is set for."
        yield Problem(place(file, number, "indicator"), row.indicator, rule, f"Name it {row.comparable_with}_target.")
    if measured and measured.dimension != row.dimension:
        rule = f"A target has the dimension of its indicator, {measured.dimension}."
        yield Problem(place(file, number, "dimension"), row.dimension, rule, "Correct one of the two.")


def _stages(table: Table[Any]) -> Iterator[Problem]:
    for number, row in table.rows.items():
        if row.stage and row.kind != "project":
            where = place(table.place, number, "stage")
            yield Problem(where, row.stage, f"Projects have stages, and this is of kind {row.kind}.", "Leave it empty.")


def _actors(table: Table[Any]) -> Iterator[Problem]:
    for number, row in table.rows.items():
        if bool(row.actor_zh) != bool(row.actor_en):
            column = "actor_en" if row.actor_zh else "actor_zh"
            rule = f"Who acts is named in both languages: {row.actor_zh or row.actor_en}."
            yield Problem(place(table.place, number, column), "", rule, "Fill it.")


def _policies(tables: Tables, indicators: Mapping[str, Indicator]) -> Iterator[Problem]:
    events, observations = tables["events"], tables["observations"]
    stated = {row.observation_id: row.indicator for row in observations.rows.values()}
    targets = {key for key, row in indicators.items() if row.measure_type == "target"}
    for number, row in events.rows.items():
        for column, told in (("serves", (observations,)), ("progress", (observations, events))):
            key, where = getattr(row, column), place(events.place, number, column)
            if key and row.kind != "policy":
                rule = f"Policies serve targets and make progress, and this is of kind {row.kind}."
                yield Problem(where, key, rule, "Leave it empty.")
            else:
                yield from _reference(events, number, column, key, *told)
        if row.serves in stated and stated[row.serves] not in targets:
            where = place(events.place, number, "serves")
            yield Problem(where, row.serves, "What a policy serves is a target.", "Name the statement of a target.")


def _repeated(table: Table[Observation]) -> Iterator[Problem]:
    first: dict[tuple[str, ...], int] = {}
    for number, row in table.rows.items():
        said = (row.source_id, row.indicator, row.ref_area, row.time_period, row.counterpart, row.obs_value, row.bound)
        if first.setdefault(said, number) != number:
            rule = f"A source says a thing once, and row {first[said]} has it."
            todo = "Delete the row, or name what differs: period, counterpart or indicator."
            yield Problem(place(table.place, number), row.observation_id, rule, todo)


def _not_yet_seen(found: Collection[Problem], seen: Collection[Problem]) -> Iterator[Problem]:
    """Those at a place of which nothing was said: not at the cell, nor at its row, nor at its file."""
    places = [problem.place for problem in seen]
    for problem in found:
        if not any(_one_within_other(problem.place, place) for place in places):
            yield problem


def _one_within_other(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long == short or long.startswith(f"{short}, ")


def _place_in_order(problem: Problem) -> tuple[Any, ...]:
    """Row 2 before row 12."""
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", str(problem.place)))
