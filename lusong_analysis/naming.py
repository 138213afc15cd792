"""Names of editions: a month, and an area where it is not the notebooks' own."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MONTH = re.compile(r"(?P<month>[0-9]{4}-[0-9]{2})(?P<area>-[0-9]{6})?")


def previous_edition(edition: str, names: Iterable[str]) -> str:
    """The last of some editions that came before one, of the same area; empty where there is none.

    An edition as of a day has none: it is issued for its own sake.
    """
    own = _MONTH.fullmatch(edition)
    found = filter(None, map(_MONTH.fullmatch, names))
    earlier = [
        other for other in found if own and (other["month"] < own["month"], other["area"]) == (True, own["area"])
    ]
    return max((other[0] for other in earlier), default="")
