"""The page docs/performance.md, written from what was measured."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

# What an office with very many areas would have [area-editions], and the workers it might give them.
MANY = 100_000
FLEETS = (2, 16, 128, 1024)

PAGE = """\
# Performance

<!-- Written by `make benchmarks`: do not edit by hand. -->

Measured on {day} on {machine}; {system}.
Libraries: {libraries}.

A ratio is taken between two ways that ran in one go on one machine. Seconds are of wall time, from the start of a process to its end; they say little about another machine.

## One edition

The {reports} reports of the edition, each built once.

| way | seconds | ratio to `lusong build` |
|---|---:|---:|
{ways}

- **papermill + nbconvert**: `papermill NOTEBOOK out.ipynb -p language zh`, then `jupyter nbconvert --to html` (or `--to webpdf`, with the browser of the system) on what it ran, one report after another. It gives pages without tags, evidence or checks.
- **`lusong build`** starts from nothing and ends with the published edition: data and notebooks checked, every report run, exported as PDF/UA-1 and PDF/A-3a, read back and audited, the workbook and the maps written.
- **`--cold`** is the same without warm kernels: each starts as a Python of its own. The bytes are the same.

{verdict}

| measure | value |
|---|---:|
| cell seconds: time in cells of plain papermill runs, one at a time | {cells:.1f} s |
| bound: cell seconds ÷ {cores} cores | {bound:.1f} s |
| wall of `lusong build` ÷ bound (aim {aim}) | {against_bound:.2f} |
| nothing changed, from process start to exit (aim below {aim_nothing} s) | {nothing:.2f} s |
| one changed row: {row_reports} of {reports} reports built | {row:.1f} s |
| `lusong --help` | {help:.2f} s |
| Python itself (`python -c pass`) | {python:.3f} s |

## Many areas, many workers

{areas} area-editions of a made-up package ({statements} statements), one report each, on a Dask cluster of processes on the same machine, which also runs the scheduler and the builder.

| workers | seconds | area-editions a minute |
|---|---:|---:|
| 1 | {workers_1:.1f} | {rate_1:.0f} |
| 2 | {workers_2:.1f} | {rate_2:.0f} |

Efficiency of 2 workers against 1 (seconds of one ÷ seconds of two ÷ 2): **{efficiency:.2f}**. All up to date, the same command takes {areas_nothing:.1f} s.

### What would give first

A projection to {many:,} area-editions of one report each. It rests on these constants, measured above:

| constant | value |
|---|---:|
| worker: seconds a report, package of {areas} areas | {worker:.2f} s |
| of these, to read the package | {read_all:.2f} s |
| builder: seconds an area-edition, to take, audit and publish it | {builder:.3f} s |
| to read a package of one area | {read_one:.2f} s |
| to read one more area | {read_more:.4f} s |
| a report | {kilobytes:.0f} kB |

| workers | whole package read by each report | package split by area | builder alone |
|---:|---:|---:|---:|
{projection}

1. **The package gives first.** Every report reads all of it; of {many:,} areas that alone is {read_many:,.0f} s a report. Packages of this size have to be split by area (`--data` names one), as in the second column.
2. **Then the builder.** It audits and publishes one edition after another in one process, {builder:.3f} s each: more than about {enough:,.0f} workers only wait for it. The next step would be to let the workers publish.
3. **Then the store**: {gigabytes:,.0f} GB of reports, one put an object, all through the builder.
"""


def page(edition: Mapping[str, Any], areas: Mapping[str, Any], machine: Mapping[str, str], cores: int) -> str:
    """Word what was measured.

    Parameters
    ----------
    edition, areas : Mapping of str to object
        What :mod:`benchmarks.edition` and :mod:`benchmarks.areas` measured.
    machine : Mapping of str to str
        What it was measured on.
    cores : int
        How many cores it has.
    """
    build = edition["build"]
    others = {
        "papermill + nbconvert html": edition["papermill"] + edition["html"],
        "papermill + nbconvert webpdf": edition["papermill"] + edition["webpdf"],
        "`lusong build --cold`": edition["build_cold"],
        "`lusong build`": build,
    }
    goals = {
        "html": (others["papermill + nbconvert html"] / build, 6),
        "webpdf": (others["papermill + nbconvert webpdf"] / build, 10),
    }
    verdict = "; ".join(
        f"against {way} {ratio:.1f} times as fast, where {aim} is aimed at: {'reached' if ratio >= aim else 'not reached'}"
        for way, (ratio, aim) in goals.items()
    )
    one, two, count = areas["workers_1"], areas["workers_2"], areas["areas"]
    # With one worker, worker and builder take turns on cores of their own: the worker is what is waited for.
    worker, builder = one / count, areas["builder"]
    read_more = (areas["read_all"] - areas["read_one"]) / count
    read_many = areas["read_one"] + read_more * MANY
    lean = worker - areas["read_all"] + areas["read_one"]
    return PAGE.format(
        **edition | {"nothing": edition["nothing"]},
        **{name: areas[name] for name in ("areas", "statements", "workers_1", "workers_2", "read_one", "read_all")},
        **machine,
        day=datetime.date.today(),
        ways="\n".join(f"| {way} | {took:.1f} | {took / build:.1f} |" for way, took in others.items()),
        verdict=f"So `lusong build` is {verdict}.",
        cores=cores,
        bound=edition["cells"] / cores,
        aim=1.3,
        aim_nothing=0.3,
        against_bound=build / (edition["cells"] / cores),
        rate_1=count / one * 60,
        rate_2=count / two * 60,
        efficiency=one / two / 2,
        areas_nothing=areas["nothing"],
        many=MANY,
        worker=worker,
        builder=builder,
        read_more=read_more,
        read_many=read_many,
        kilobytes=areas["bytes"] / 1000,
        gigabytes=areas["bytes"] * MANY / 1e9,
        enough=lean / builder,
        projection="\n".join(
            f"| {fleet:,} | {_long((lean - areas['read_one'] + read_many) * MANY / fleet)} "
            f"| {_long(lean * MANY / fleet)} | {_long(builder * MANY)} |"
            for fleet in FLEETS
        ),
    )


def _long(seconds: float) -> str:
    """A long time in its largest unit."""
    for unit, size in (("years", 365.25 * 86400), ("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:,.1f} {unit}"
    return f"{seconds:.0f} seconds"
