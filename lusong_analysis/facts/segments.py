"""What the map of a chain must keep: places, the segments of its organisations, the ends of its links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lusong_analysis.facts.rows import Link, Organisation, Segment
from lusong_analysis.facts.table import Table, place
from lusong_analysis.problem import Problem


def map_problems(segments: Table[Segment], organisations: Table[Organisation], links: Table[Link]) -> Iterator[Problem]:
    """What is wrong between the segments, organisations and links of the chains.

    Unknown keys are not told here: they are faults of the reference.
    """
    chains = {row.segment: row.chain for row in segments.rows.values()}
    yield from _places(segments)
    yield from _segments_of_organisations(organisations, chains)
    # An organisation without a chain of its own may stand in the map of any.
    ends = chains | {row.organisation: row.chain for row in organisations.rows.values() if row.chain}
    yield from _links(links, ends)


def _places(table: Table[Segment]) -> Iterator[Problem]:
    first: dict[tuple[str, str], int] = {}
    for number, row in table.rows.items():
        taken = first.setdefault((row.chain, row.place), number)
        if taken != number:
            rule = f"A place in a chain is taken once, and row {taken} has it."
            yield Problem(place(table.place, number, "place"), row.place, rule, "Number the segments anew.")


def _segments_of_organisations(table: Table[Organisation], chains: Mapping[str, str]) -> Iterator[Problem]:
    for number, row in table.rows.items():
        chain = chains.get(row.segment, row.chain)
        if chain != row.chain:
            rule = f"The segment is one of the chain {chain}, the organisation of {row.chain or 'none'}."
            yield Problem(place(table.place, number, "segment"), row.segment, rule, "Correct one of the two.")


def _links(table: Table[Link], chains: Mapping[str, str]) -> Iterator[Problem]:
    for number, row in table.rows.items():
        if row.source == row.target:
            rule = "A link joins two: it begins and ends at the same."
            yield Problem(place(table.place, number, "target"), row.target, rule, "Name the other, or delete the row.")
            continue
        for column, key in (("source", row.source), ("target", row.target)):
            chain = chains.get(key, row.chain)
            if chain != row.chain:
                rule = f"It belongs to the chain {chain}, the link to {row.chain}."
                yield Problem(place(table.place, number, column), key, rule, "Correct one of the two.")
