"""What goes with the reports of an edition and is made of its data alone: the workbook, and the maps as graphs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lusong_analysis.facts.descriptor import licence
from lusong_analysis.facts.package import Package, known, open_package
from lusong_analysis.facts.scope import concerning
from lusong_analysis.report.chainmap import chain_maps
from lusong_analysis.report.graph import maps
from lusong_analysis.report.imprint import Imprint
from lusong_analysis.report.library.library import library


@dataclass(frozen=True)
class Companions:
    """What a process needs to make the companions of an edition.

    Parameters
    ----------
    data : Path
        The folder of the data package.
    content : str
        A hash over that content: a process opens it once.
    as_of : str
        The day of the edition; empty for no limit.
    ref_area : str
        The area that it is about.
    whole : bool
        Whether the workbook holds every row of the package, or those that concern the area.
    edition, month : str
        The name of the edition, and the month by which it is dated.
    """

    data: Path
    content: str
    as_of: str
    ref_area: str
    whole: bool
    edition: str
    month: str


def make_companions(asked: Companions) -> dict[str, bytes]:
    """Make the files, by their names in the edition.

    Raises
    ------
    Refused
        A text is longer than a cell of a workbook can hold.
    """
    package = _package(asked.data, asked.content, asked.as_of)
    # They are drawn as the reports draw them, from all that is known.
    drawn = chain_maps(package, asked.as_of, asked.ref_area)
    imprint = Imprint(asked.edition, f"{asked.month}-01", licence(asked.data))
    held = package if asked.whole else concerning(package, asked.ref_area)
    book = library(held, drawn, imprint, part=not asked.whole)
    return {"library.xlsx": book, **maps(package, drawn, imprint)}


@lru_cache(maxsize=1)
def _package(data: Path, content: str, as_of: str) -> Package:
    return known(open_package(data), as_of)
