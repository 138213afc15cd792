"""The coverage of a package: of which areas and years statements are held, indicator by indicator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from lusong_analysis.facts.package import Package
from lusong_analysis.facts.rows import Indicator, Observation

NO_CHAIN, CONSTANTS = "Economy, projects and government services", "Constants"


def coverage(package: Package) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """A table a group: its title, and its rows with the head first, areas as columns and periods with grades in cells.

    The groups are the statements of no chain, each chain, and the constants. An indicator without a statement has a
    row too, so that the gap is seen.

    Parameters
    ----------
    package : Package
        The package, as ``known`` gives it.
    """
    held = _by_indicator(package)
    titles = {"": NO_CHAIN, **{key: row.name_en[0].upper() + row.name_en[1:] for key, row in package.chains.items()}}
    groups = {key: _group(package, row, held) for key, row in package.indicators.items()}
    for group, title in {**titles, CONSTANTS: CONSTANTS}.items():
        members = [row for key, row in package.indicators.items() if groups[key] == group]
        if members:
            yield title, list(_rows(package, members, held))


def _by_indicator(package: Package) -> dict[str, list[Observation]]:
    held: dict[str, list[Observation]] = {key: [] for key in package.indicators}
    for row in package.observations.values():
        held[row.indicator].append(row)
    return held


def _group(package: Package, indicator: Indicator, held: dict[str, list[Observation]]) -> str:
    """The chain of its statements, or of its target's where it has none; no chain where they are of several."""
    if indicator.measure_type == "constant":
        return CONSTANTS
    targets = [key for key, row in package.indicators.items() if row.comparable_with == indicator.indicator]
    rows = held[indicator.indicator] or [row for key in targets for row in held[key]]
    chains = {row.chain for row in rows}
    return chains.pop() if len(chains) == 1 else ""


def _rows(
    package: Package, indicators: list[Indicator], held: dict[str, list[Observation]]
) -> Iterator[tuple[str, ...]]:
    areas = [
        area
        for area in package.areas.values()
        if any(row.ref_area == area.ref_area for indicator in indicators for row in held[indicator.indicator])
    ]
    yield ("indicator", *(f"{area.name_zh} {area.name_en}" for area in areas))
    for indicator in indicators:
        cells = (
            _cell(package, [row for row in held[indicator.indicator] if row.ref_area == area.ref_area])
            for area in areas
        )
        yield (f"[{indicator.name_zh}](#{indicator.indicator}) {indicator.name_en}", *cells)


def _cell(package: Package, rows: Iterable[Observation]) -> str:
    """Years first, then parts of years, then what has no time; each with its mark."""
    by_period: dict[str, list[Observation]] = {}
    for row in rows:
        by_period.setdefault(row.time_period, []).append(row)
    ordered = sorted(by_period, key=lambda period: (not period, not period.isdigit(), period))
    return ", ".join(_runs([(period, _mark(package, by_period[period])) for period in ordered]))


def _mark(package: Package, rows: list[Observation]) -> str:
    """The best grade of those about the area as a whole; where there is none, of all, with an asterisk."""
    whole = [row for row in rows if not row.counterpart]
    return min(package.sources[row.source_id].grade for row in whole or rows) + ("" if whole else "*")


def _runs(marks: list[tuple[str, str]]) -> Iterator[str]:
    """Each period with its mark; years that follow each other with one mark are one run, 2019–2021 A."""

    def run(item: tuple[int, tuple[str, str]]) -> tuple[str, str]:
        place, (period, mark) = item
        # In a run of years the year and the place in the list rise together.
        return (str(int(period) - place) if period.isdigit() else period or "—", mark)

    for (first, mark), group in groupby(enumerate(marks), key=run):
        periods = [period for _, (period, _) in group]
        if len(periods) > 1:
            yield f"{periods[0]}–{periods[-1]} {mark}"
        else:
            yield f"{periods[0] or first} {mark}"
