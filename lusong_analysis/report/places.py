"""The names of areas in an author's words: typed ones would stay when a report is made of another area."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lusong_analysis.facts.package import Package
from lusong_analysis.problem import Problem

# What a name may go without: 芦淞 for 芦淞区, Lusong for Lusong District.
RANK = re.compile("(?<=..)[省市区县]$| District$")


def typed_areas(place: str, words: str, package: Package) -> Iterator[Problem]:
    """The names of areas of the data that an author typed, each as a problem; countries may be named.

    Parameters
    ----------
    place : str
        Where the words stand.
    words : str
        What the author wrote.
    package : Package
        The data package, for the names.
    """
    areas = [row for row in package.areas.values() if row.level not in ("country", "none")]
    names = dict.fromkeys(RANK.sub("", name) for row in areas for name in (row.name_zh, row.name_en))
    rule = "It is the name of an area, and the notebook may be built for another."
    todo = "Ask for it: {area} with area=report.area, {x.area}, {x.counterpart}, {x.name}, report.organisation(…)."
    for name in names:
        if re.search(rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name), words):
            yield Problem(place, name, rule, todo)
