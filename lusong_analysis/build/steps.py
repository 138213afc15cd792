"""How far each running report has come, told by the processes that make them through one small file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


class Step(NamedTuple):
    """A report, and how many of its cells were begun."""

    job: str
    cell: int
    cells: int


@dataclass
class Steps:
    """The file of one build.

    Parameters
    ----------
    file : Path
        Where it lies; each line is written at once, so that those of several processes do not mix.
    """

    file: Path
    _read: int = 0

    def tell(self, step: Step) -> None:
        """Say how far a report has come."""
        with self.file.open("ab", buffering=0) as file:
            file.write(f"{json.dumps(step)}\n".encode())

    def news(self) -> Iterator[Step]:
        """What was said since the last time."""
        if not self.file.exists():
            return
        with self.file.open("rb") as file:
            file.seek(self._read)
            for line in file:
                if not line.endswith(b"\n"):
                    break
                self._read += len(line)
                yield Step(*json.loads(line))
