"""Corrections: statements as they are in force on a day, and what is wrong with the rows that change them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from pydantic import ValidationError

from lusong_analysis.facts.faults import Fault, faults
from lusong_analysis.facts.rows import Correction, Indicator, Observation, Source
from lusong_analysis.facts.statement import last_day
from lusong_analysis.facts.table import Table, cell_problem, place
from lusong_analysis.problem import Problem


def known_corrections(corrections: Mapping[str, Correction], as_of: str = "") -> dict[str, Correction]:
    """The corrections that were made by a day, in the order in which they count; all where no day is given."""
    limit = last_day(as_of)
    ordered = sorted(corrections.values(), key=_day)
    return {row.correction_id: row for row in ordered if limit is None or _day(row)[0] <= limit.toordinal()}


def corrected(observations: Mapping[str, Observation], corrections: Iterable[Correction]) -> dict[str, Observation]:
    """The statements with corrections applied, in the order given; applied twice they change nothing more."""
    rows = dict(observations)
    for change in corrections:
        row = rows[change.observation_id]
        rows[change.observation_id] = row.model_copy(update={change.column: change.value_after})
    return rows


def correction_problems(
    table: Table[Correction],
    observations: Mapping[str, Observation],
    indicators: Mapping[str, Indicator],
    sources: Mapping[str, Source],
) -> Iterator[Problem]:
    """What is wrong with corrections: they continue each other, and what they leave is a statement as good as any."""
    numbered = sorted(table.rows.items(), key=lambda item: (item[1].observation_id, *_day(item[1])))
    for name, rows in groupby(numbered, key=lambda item: item[1].observation_id):
        if name not in observations:
            continue  # an unknown statement was reported as a reference, a wrong one in its own file
        fields = observations[name].model_dump()
        before = set(_faults(observations[name], indicators, sources))
        for _, made in groupby(rows, key=lambda item: item[1].date):
            changes = list(made)
            for number, change in changes:
                yield from _change_problems(table.place, number, change, fields, sources)
                fields[change.column] = change.value_after
            try:
                row = Observation.model_validate(fields)
            except ValidationError as error:
                yield from _cell_problems(table.place, changes, fields, error)
                break
            # What was wrong before was reported in the statement's own file.
            found = [fault for fault in _faults(row, indicators, sources) if fault not in before]
            yield from (_fault_problem(table.place, changes, fields, fault) for fault in found)


def _day(change: Correction) -> tuple[int, str]:
    day = last_day(change.date)
    return (day.toordinal() if day else 0), change.correction_id


def _change_problems(
    file: str, number: int, change: Correction, fields: Mapping[str, str], sources: Mapping[str, Source]
) -> Iterator[Problem]:
    in_force = fields[change.column]
    if change.value_before != in_force:
        rule = f"The {change.column} of {change.observation_id} is {in_force!r} until then."
        yield Problem(place(file, number, "value_before"), change.value_before, rule, f"Write {in_force!r}.")
    if change.value_after == in_force:
        yield Problem(
            place(file, number, "value_after"), change.value_after, "It changes nothing.", "Take the row out."
        )
    source = sources.get(fields["source_id"])
    published = last_day(source.date_published) if source else None
    if published and (day := last_day(change.date)) and day < published:
        rule = f"The statement was published later, {published.isoformat()}."
        yield Problem(place(file, number, "date"), change.date, rule, "Correct the date.")


def _faults(row: Observation, indicators: Mapping[str, Indicator], sources: Mapping[str, Source]) -> list[Fault]:
    return list(faults(row, indicators.get(row.indicator), sources.get(row.source_id)))


def _cell_problems(
    file: str, changes: list[tuple[int, Correction]], fields: Mapping[str, str], error: ValidationError
) -> Iterator[Problem]:
    """What is wrong cell by cell with a statement after the corrections of one day."""
    for found in error.errors(include_url=False):
        column = str(found["loc"][0])
        yield cell_problem(_where(file, changes, column), fields[column], found)


def _fault_problem(
    file: str, changes: list[tuple[int, Correction]], fields: Mapping[str, str], fault: Fault
) -> Problem:
    """What is wrong with a statement as a whole, after the corrections of one day."""
    name = changes[-1][1].observation_id
    rule = f"So corrected, the {fault.column} of {name} is wrong. {fault.rule}"
    return Problem(_where(file, changes, fault.column), fields[fault.column], rule, fault.todo)


def _where(file: str, changes: list[tuple[int, Correction]], column: str) -> str:
    """The correction that changed a column, or the last one of its day."""
    made = [number for number, change in changes if change.column == column]
    return place(file, (made or [changes[-1][0]])[-1], "value_after")
