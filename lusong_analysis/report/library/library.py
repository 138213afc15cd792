"""One workbook an edition: the chains, the district, the definitions and every table of the data package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lusong_analysis.facts.package import Package
from lusong_analysis.facts.rows import MODELS, Chain
from lusong_analysis.report.chainmap import ChainMap
from lusong_analysis.report.imprint import Imprint
from lusong_analysis.report.library.chain import chain
from lusong_analysis.report.library.heads import TABLES
from lusong_analysis.report.library.preface import preface, title_of
from lusong_analysis.report.library.standing import standing
from lusong_analysis.report.library.tables import (
    COLUMN_NAMES,
    DEFINITIONS,
    UNITS,
    column_table,
    definitions,
    places,
    table,
    unit_table,
)
from lusong_analysis.report.library.workbook import sheet_name, workbook
from lusong_analysis.report.named import begun

DISTRICT = sheet_name("全区", "District")
PURPOSES = {
    DISTRICT: (
        "不属于某一产业链的陈述、机构和事件：全区，以及与之比较的市、省和全国",
        "Statements, organisations and events of no one chain: the district, and the city, province and country beside "
        "it",
    ),
    DEFINITIONS: ("各指标的定义", "What each indicator means"),
    UNITS: ("单位及换算系数", "Units and their factors"),
    COLUMN_NAMES: ("各数据表的列", "Columns of the tables"),
}


def library(package: Package, drawn: Mapping[str, ChainMap], imprint: Imprint, *, part: bool = False) -> bytes:
    """The workbook of an edition; the same package gives the same bytes.

    Parameters
    ----------
    package : Package
        The package as ``known`` gives it.
    drawn : Mapping of str to ChainMap
        The maps of the chains: a segment is a gap where no source names an organisation of their area.
    imprint : Imprint
        What it says of itself; the day as ``2026-11-01``.
    part : bool
        Whether the package holds only what concerns the area of the maps.

    Raises
    ------
    Refused
        A text is longer than a cell can hold.
    """
    targets, how = places(package), standing(package)
    names = {key: chain_sheet(row) for key, row in package.chains.items()} | {"": DISTRICT}
    sheets = [
        *(chain(package, name, key, drawn.get(key), how, targets) for key, name in names.items()),
        definitions(package, targets),
        unit_table(),
        column_table(),
        *(table(package, model, targets) for model in MODELS),
    ]
    purposes = dict(_purposes(package))
    title = title_of(next((package.areas[one.ref_area] for one in drawn.values()), None))
    properties = {
        "title": f"{' '.join(title)} {imprint.edition}",
        "subject": "一链一库 One library for each chain",
        "author": "The Lusong report team",
        "comments": imprint.licence,
    }
    return workbook([preface(title, imprint, sheets, purposes, part=part), *sheets], properties, imprint.date)


def chain_sheet(row: Chain) -> str:
    """The name of a chain's sheet: 服饰 Apparel."""
    return sheet_name(row.name_zh.removesuffix("产业链"), begun(row.name_en.removesuffix(" chain")))


def _purposes(package: Package) -> Iterator[tuple[str, tuple[str, str]]]:
    """What stands on each sheet but the first, by its name."""
    for row in package.chains.values():
        yield (
            chain_sheet(row),
            (
                f"{row.name_zh}的陈述、环节及缺口、机构、联系和事件",
                f"Statements, segments and gaps, organisations, links and events of the {row.name_en}",
            ),
        )
    yield from PURPOSES.items()
    for model in MODELS:
        yield model.table, (TABLES[model.table], (model.__doc__ or "").partition("\n")[0].removesuffix("."))
