"""What an edition is held to as a whole before it is published: no conflict untold."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lusong_analysis.build.plan import LANGUAGES, Job, Order

if TYPE_CHECKING:
    from lusong_analysis.build.execute import Failure
    from lusong_analysis.facts.conflicts import Conflict


class BuildError(RuntimeError):
    """Reports could not be made, or not be published as they are; the last edition stays.

    ``failed`` is the number of reports that could not be made, of ``total`` that were tried; 0 where all were made and
    cannot stand together. ``editions`` are those that were not published.
    """

    def __init__(
        self, failures: tuple[Failure, ...], failed: int = 0, total: int = 0, editions: tuple[str, ...] = ()
    ) -> None:
        self.failures = failures
        self.failed, self.total = failed, total
        self.editions = editions
        super().__init__("\n\n".join(map(str, failures)))


class Stopped(KeyboardInterrupt):
    """Somebody ended a build; ``published`` are the editions that were whole by then."""

    def __init__(self, published: tuple[str, ...]) -> None:
        self.published = published
        super().__init__()


def audit(order: Order, conflicts: Sequence[Conflict], records: Mapping[Job, Any]) -> None:
    """Look at all reports of an edition together.

    Parameters
    ----------
    order : Order
        What was asked for.
    conflicts : Sequence of Conflict
        All that are held of what the reports may print.
    records : Mapping of Job to object
        The evidence of every report of the edition that carries some, as notebooks without our report do not.

    Raises
    ------
    BuildError
        A conflict touches a printed figure and no report prints it. Asked only of an edition that is whole: in a part
        of one, another report may print it.
    """
    from lusong_analysis.build.execute import Failure
    from lusong_analysis.report.coverage import untold

    failures = []
    for language in LANGUAGES:
        jobs = [Job(name, language) for name in order.notebooks]
        if all(job in records for job in jobs):
            found = untold(conflicts, [records[job] for job in jobs])
            failures += [Failure(jobs[0], _told(figure, conflict), "conflicts") for figure, conflict in found]
    if failures:
        raise BuildError(tuple(failures))


def evidence(pdf: bytes) -> Any:
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
