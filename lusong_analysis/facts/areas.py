"""Which area lies in which: district, city, province, country."""

from __future__ import annotations

from collections.abc import Iterator

from lusong_analysis.facts.package import Package
from lusong_analysis.facts.rows import Area
from lusong_analysis.problem import Problem, Refused


def areas_around(package: Package, code: str) -> Iterator[Area]:
    """An area and those it lies in, from the nearest to the country."""
    while code:
        area = package.areas[code]
        yield area
        code = area.parent


def parent_of(package: Package, code: str) -> str:
    """The code of the area that an area lies in.

    Raises
    ------
    Refused
        The data names none.
    """
    parent = package.areas[code].parent
    if not parent:
        todo = "Fill its column parent in areas.csv, or ask for another area."
        raise Refused([Problem("ref_area", code, "The data does not say in which area it lies.", todo)])
    return parent


def area_of_level(package: Package, code: str, level: str) -> str:
    """The code of the area of a level, as ``province``, that an area lies in; its own where it is of that level.

    Raises
    ------
    Refused
        None of the areas around it is of that level.
    """
    around = list(areas_around(package, code))
    found = next((area.ref_area for area in around if area.level == level), None)
    if found is None:
        names = ", ".join(f"{area.ref_area} {area.name_zh} ({area.level})" for area in around)
        todo = f"It lies in {names}; add its {level} to areas.csv, and fill the columns parent up to it."
        raise Refused([Problem("ref_area", code, f"The data holds no {level} that it lies in.", todo)])
    return found
