"""The document while it is being written: its cells, headings, anchors and files, and what went wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


class ExportError(ValueError):
    """A notebook that cannot become a PDF: each problem names its cell and the cure, all in one line."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


@dataclass(frozen=True)
class Cell:
    """A place in the notebook: the cell's number, counted from 1 as in JupyterLab, and its first words."""

    number: int
    words: str

    def __str__(self) -> str:
        return f"cell {self.number} ({self.words!r})" if self.words else f"cell {self.number}"


def cell_at(number: int, source: str) -> Cell:
    """The place of a cell with this source."""
    line = next((line.strip() for line in source.splitlines() if line.strip()), "")
    return Cell(number, line if len(line) <= 40 else line[:39] + "…")


@dataclass
class Draft:
    """What is known while one notebook becomes Typst.

    Parameters
    ----------
    language : str
        Language of the document, as in BCP 47.
    strict : bool
        Whether a missing alternative text or a link to nowhere is an error.
    families : frozenset of str
        Fonts that a picture's text may use.
    folder : str
        Folder of the notebook, for pictures beside it; empty if unknown.
    """

    language: str = "en"
    strict: bool = False
    families: frozenset[str] = frozenset()
    folder: str = ""
    cell: Cell = Cell(0, "")
    title: str = ""  # Typst of the first heading of level 1
    title_text: str = ""
    title_cell: Cell | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    attachments: dict[str, str] = field(default_factory=dict)  # name: Typst
    anchors: dict[str, str] = field(default_factory=dict)  # what a link may name: label in the document
    jumps: list[tuple[str, Cell]] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)  # what an index lists: names in empty links
    levels: list[tuple[int, int]] = field(default_factory=lambda: [(0, 1)])  # open headings: as written, as printed
    footnotes: int = 0
    blocks: int = 0  # outputs that a template may wrap
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def word(self, zh: str, en: str) -> str:
        """The word in the document's language; English where it is neither."""
        return zh if self.language.startswith("zh") else en

    def problem(self, what: str) -> None:
        """Record what stops the export, with the cell."""
        self.problems.append(f"{self.cell}: {what}")

    def warn(self, what: str) -> None:
        """Record what the reader of the log should know, with the cell."""
        self.warnings.append(f"{self.cell}: {what}")

    def level(self, written: int) -> int:
        """Level at which a heading is printed: no level is skipped, equal headings under one parent stay equal.

        The title is level 1. Headings written as 3, 1, 3, 2 under a title print as 2, 2, 3, 3.
        """
        while len(self.levels) > 1 and self.levels[-1][0] >= written:
            self.levels.pop()
        if self.levels[-1][0] >= written:  # another heading beside the title
            self.levels = [(written, 1)]
            return 1
        printed = min(self.levels[-1][1] + 1, 6)
        self.levels.append((written, printed))
        return printed

    def below(self) -> int:
        """Level of an anchor that stands under the current heading."""
        return min(self.levels[-1][1] + 1, 6)

    def anchor(self, *names: str) -> str | None:
        """Label for something that links may call by any of these names; None if all are taken."""
        free = [name for name in names if name and name not in self.anchors]
        for name in free:
            self.anchors[name] = free[0]
        return free[0] if free else None

    def file(self, data: bytes, suffix: str) -> str:
        """Keep a file for Typst and return its path."""
        path = f"/file-{len(self.files) + 1}.{suffix}"
        self.files[path] = data
        return path

    def alternative(self, text: object, zh: str, en: str) -> str:
        """The alternative text; where it is missing an error if strict, else a stopgap and a warning."""
        if isinstance(text, str) and text.strip():
            return " ".join(text.split())
        what = f"{self.word(f'第{self.cell.number}个单元格的{zh}', f'{en} of cell {self.cell.number}')}"
        message = f"the {en} has no alternative text; "
        if self.strict:
            self.problem(message + "say in metadata 'alt' (or between ![ and ]) what it shows")
        else:
            self.warn(message + f"{what!r} stands in for it")
        return what
