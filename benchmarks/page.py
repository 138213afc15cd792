"""The page docs/performance.md, written from what was measured."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

# What an office with very many areas would have [area-editions], and the workers it might give them.
MANY = 100_000
FLEETS = (2, 16, 128, 1024)
TEMPLATE = Path(__file__).with_name("performance.template.md")


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
    goals = {"html": 6, "webpdf": 10}
    ratios = {way: others[f"papermill + nbconvert {way}"] / build for way in goals}
    verdict = "; ".join(
        f"against {way} {ratios[way]:.1f} times as fast ({'' if ratios[way] >= aim else 'not '}the {aim} aimed at)"
        for way, aim in goals.items()
    )
    one, two, count = areas["workers_1"], areas["workers_2"], areas["areas"]
    # With one worker, worker and builder take turns on cores of their own: the worker is what is waited for.
    worker, builder = one / count, areas["builder"]
    read_more = (areas["read_all"] - areas["read_one"]) / count
    read_many = areas["read_one"] + read_more * MANY
    lean = worker - areas["read_all"] + areas["read_one"]
    return TEMPLATE.read_text("utf-8").format(
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
