"""What an edition is held to as a whole before it is published: no conflict untold, and what it leaves unused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lusong_analysis.build.plan import LANGUAGES, Job, Order

if TYPE_CHECKING:
    from lusong_analysis.build.execute import Failure
    from lusong_analysis.facts.conflicts import Conflict


class BuildError(RuntimeError):
    """Reports could not be made, or not be published as they are; the last edition stays.

    ``total`` is the number of reports that were tried; 0 where all were made and cannot stand together. ``editions``
    are those that were not published.
    """

    def __init__(self, failures: tuple[Failure, ...], total: int, editions: tuple[str, ...] = ()) -> None:
        self.failures = failures
        self.total = total
        self.editions = editions
        super().__init__("\n\n".join(map(str, failures)))


class Stopped(KeyboardInterrupt):
    """Somebody ended a build; ``published`` are the editions that were whole by then."""

    def __init__(self, published: tuple[str, ...]) -> None:
        self.published = published
        super().__init__()


@dataclass(frozen=True)
class Whole:
    """What an edition is as a whole: the statements it leaves unused, and the files made once for all its reports."""

    unused: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)


def audit(order: Order, contents: Mapping[str, bytes]) -> Whole:
    """Look at all reports of an edition together.

    Parameters
    ----------
    order : Order
        What was asked for.
    contents : Mapping of str to bytes
        Every file of the edition, by its name.

    Returns
    -------
    Whole
        Nothing in it where no report carries evidence, as notebooks without our report do not.

    Raises
    ------
    BuildError
        A conflict touches a printed figure and no report prints it. Asked only of an edition that is whole: in a part
        of one, another report may print it.
    """
    from lusong_analysis.build.execute import Failure
    from lusong_analysis.facts.descriptor import licence
    from lusong_analysis.facts.package import known, open_package
    from lusong_analysis.report.chainmap import chain_maps
    from lusong_analysis.report.coverage import untold, unused
    from lusong_analysis.report.graph import maps
    from lusong_analysis.report.imprint import Imprint
    from lusong_analysis.report.library.library import library

    package = known(open_package(order.data), order.parameters.get("as_of", ""))
    records = {name: _record(content) for name, content in contents.items() if name.endswith(".pdf")}
    failures = []
    for language in LANGUAGES:
        own = {name: records.get(f"{language}/{name}.pdf") for name in order.notebooks}
        if all(own.values()):
            found = untold(package, own.values())  # type: ignore[arg-type]
            failures += [
                Failure(Job(next(iter(own)), language), _told(figure, conflict), "conflicts")
                for figure, conflict in found
            ]
    if failures:
        raise BuildError(tuple(failures), 0)
    told = [record for record in records.values() if record is not None]
    if not told:
        return Whole()
    as_of, area = order.parameters.get("as_of", ""), order.parameters.get("ref_area") or order.own("ref_area")
    drawn = chain_maps(package, as_of, area)
    imprint = Imprint(order.edition, f"{order.month}-01", licence(order.data))
    files = {"library.xlsx": library(package, drawn, imprint), **maps(package, drawn, imprint)}
    return Whole(tuple(unused(package, told)), files)


def _record(pdf: bytes) -> Any:
    """The evidence of a report; None where it has none, as a notebook without our report has."""
    from lusong_analysis.pdf.read import attachments
    from lusong_analysis.report.evidence import ATTACHMENT

    attached = attachments(pdf).get(ATTACHMENT)
    return None if attached is None else json.loads(attached)


def _told(figure: str, conflict: Conflict) -> str:
    first = conflict.groups[0][0].observation
    words = [f"{one.observation.observation_id} “{one.observation.as_printed}”" for one in conflict.disputed]
    asked = ", ".join(f'"{group[0].observation.indicator}"' for group in conflict.groups)
    more = "".join(f', {key}="{getattr(first, key)}"' for key in ("ref_area", "counterpart") if getattr(first, key))
    return (
        f"No report prints that {' and '.join(words)} cannot all be true, and {figure} rests on one of them.\n"
        "Print it where the figure stands: "
        f'report.conflict({asked}, time_period="{first.time_period}"{more}, zh=…, en=…)'
    )
