"""What the files of an edition say of themselves."""

from __future__ import annotations

from typing import NamedTuple


class Imprint(NamedTuple):
    """The edition that a file belongs to: its name, the day on which it counts as made, the licence of the data."""

    edition: str = ""
    date: str = ""
    licence: str = ""
