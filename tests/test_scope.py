"""What of a package concerns an area: its own, what lies around it, and what its maps draw from elsewhere."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from lusong_analysis.facts.package import known, open_package
from lusong_analysis.facts.rows import MODELS
from lusong_analysis.facts.scope import concerning
from lusong_analysis.facts.statement import LEAD
from lusong_analysis.report.chainmap import chain_maps
from lusong_analysis.report.graph import maps
from lusong_analysis.report.imprint import Imprint

DATA = Path(__file__).parents[1] / "data"
LUSONG, HETANG, ZHUZHOU = "430203", "430202", "430200"
# Two statements on Tianyuan, and the projects of Hetang and Liling that no segment of a chain names.
ELSEWHERE = {
    "ma-ty-iva-2018",
    "ma-ty-gdp-growth-2018",
    "nm-zz-carbide-park-investment",
    "projects-liling-park-2022",
}


@pytest.fixture(scope="module")
def package():
    """The package as readers see it."""
    return known(open_package(DATA))


def test_what_is_said_of_other_areas_stays_out(package):
    """Of Lusong all is held but what is said of other districts and cities of Zhuzhou."""
    held = concerning(package, LUSONG)
    assert ELSEWHERE == package.observations.keys() - held.observations.keys()
    assert {"hunan_hard_materials_park", "liling_apparel_park"} == package.events.keys() - held.events.keys()
    assert {"430202", "430211", "430281"} == package.areas.keys() - held.areas.keys()


def test_a_neighbour_does_not_hold_what_is_said_of_lusong(package):
    """Of Hetang all is held that is said of the city, the province and the country, and of Lusong what maps draw."""
    held = concerning(package, HETANG)
    rows = [row for row in held.observations.values() if row.ref_area == LUSONG]
    drawn = {key for row in package.segments.values() for key in row.held("projects")}
    drawn |= {key for key, row in package.organisations.items() if row.chain}
    assert {True} == {row.counterpart in drawn for row in rows}
    around = {key for key, row in package.observations.items() if row.ref_area in (ZHUZHOU, "430000", "100000", "US")}
    assert around < held.observations.keys()
    assert "ma-ty-iva-2018" not in held.observations


def test_a_city_holds_what_is_said_of_its_districts(package):
    """All areas of the package lie in Zhuzhou, around it or in none."""
    assert package.observations == concerning(package, ZHUZHOU).observations


@pytest.mark.parametrize("area", [LUSONG, HETANG, ZHUZHOU])
def test_nothing_names_what_is_not_held(package, area):
    """Every key of another table that a row holds is the key of a row that is held, and every source is named."""
    held = concerning(package, area)
    for model in MODELS:
        for column, table in model.references.items():
            named = {getattr(row, column) for row in getattr(held, model.table).values()} - {""}
            assert set() == named - getattr(held, table).keys()
    cited = {getattr(row, "source_id", "") for one in fields(held)[1:] for row in getattr(held, one.name).values()}
    assert held.sources.keys() <= cited
    assert LEAD not in {source.grade for source in held.sources.values()}


def test_the_maps_are_the_same(package):
    """What the maps of a district draw is held of it."""
    one, other = (
        maps(held, chain_maps(package, "", HETANG), Imprint()) for held in (package, concerning(package, HETANG))
    )
    assert one == other
