"""lusong verify: whether a PDF says what its own evidence says, what the other language says, what the data says."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lusong_analysis.command.shared import FAILED, GOOD, REFUSED, counted, print_problems
from lusong_analysis.problem import Problem, Refused

if TYPE_CHECKING:
    from lusong_analysis.facts.package import Package
    from lusong_analysis.pdf.read import Document
    from lusong_analysis.verify.against import Otherwise
    from lusong_analysis.verify.parity import Parity

# What the blocks of a report are called where their own name is no noun.
NOUNS = {"figures": "figure", "key_figures": "strip", "not_known": "gap list", "absent": "missing figure"}


@dataclass(frozen=True)
class Verified:
    """What one file came to.

    Parameters
    ----------
    file : Path
        The file as it was named.
    code : int
        The exit code that it asks for.
    problems : list of Problem
        What is wrong with it by itself.
    counts : dict
        How many figures and blocks were computed again, by kind.
    document : Document or None
        The file read back, where it is good.
    otherwise : list of Otherwise or None
        What the data would print otherwise; None where it was not held against any.
    """

    file: Path
    code: int
    problems: Sequence[Problem] = ()
    counts: dict[str, int] = field(default_factory=dict)
    document: Document | None = None
    otherwise: Sequence[Otherwise] | None = None


def verify(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE.pdf…", help="Reports, or the folder of an edition for all of its.")
    ],
    parity: Annotated[
        bool, typer.Option("--parity", help="Two files, Chinese and English: also hold them against each other.")
    ] = False,
    against: Annotated[
        Path | None, typer.Option(metavar="DIR", help="A data folder: also name what it would print otherwise.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document, for machines.")] = False,
) -> None:
    """Compute every figure and sentence of a PDF again, from the data inside it, and compare.

    Exit codes: 0 good, 1 something is wrong or the data would print otherwise, 2 a file or the data cannot be read.

    The JSON document has `files`, each with `file`, `good`, `problems` (each with `place`, `found`, `rule`, `todo`),
    `counts` (figures, and blocks by kind) and `against`: null, or a list of what would be printed otherwise, each with
    `kind` (figure, judgement, question), `name`, `anchor`, `before`, `after`, `reasons` (as in `lusong diff`), `gone`
    (statements no longer shown) and `fault` (why it cannot be computed). `parity` is null, or has `good`, `figures`,
    `statements`, `sections` and `problems`. A file that is not good by itself is held against nothing.
    """
    files = [file for place in files for file in _files(place)]
    try:
        package = _prepared(files, parity, against)
    except Refused as refused:
        print_problems(refused.problems, "Nothing was verified.")
        raise typer.Exit(REFUSED) from None
    found = []
    for file in files:
        found.append(_verified(file, package))
        if not as_json:
            _print_file(found[-1], against)
    pair = _parity(found) if parity else None
    if as_json:
        print(json.dumps(document(found, pair), ensure_ascii=False, indent=1))
    elif parity:
        _print_parity(files, pair)
    code = FAILED if pair and pair.problems else GOOD
    raise typer.Exit(max(code, *(one.code for one in found)))


def document(found: Sequence[Verified], pair: Parity | None) -> dict[str, Any]:
    """What was found, for machines; :func:`verify` says what it holds."""
    return {
        "files": [
            {
                "file": str(one.file),
                "good": one.document is not None,
                "problems": [asdict(problem) for problem in one.problems],
                "counts": one.counts,
                "against": None if one.otherwise is None else [asdict(other) for other in one.otherwise],
            }
            for one in found
        ],
        "parity": pair and {"good": not pair.problems, **asdict(pair)},
    }


def _files(place: Path) -> list[Path]:
    """The PDFs of an edition or of one of its languages; whatever else was named as it is."""
    return (sorted([*place.glob("*.pdf"), *place.glob("*/*.pdf")]) if place.is_dir() else []) or [place]


def _prepared(files: Sequence[Path], parity: bool, against: Path | None) -> Package | None:
    """The data to hold the files against.

    Raises
    ------
    Refused
        Parity was asked of other than two files, or the data cannot be opened.
    """
    problems = []
    if parity and len(files) != 2:
        todo = "Give the Chinese and the English file of one report."
        problems.append(
            Problem("--parity", counted(len(files), "file"), "Two files are held against each other.", todo)
        )
    if against is None:
        package = None
    else:
        from lusong_analysis.facts.descriptor import DESCRIPTOR
        from lusong_analysis.facts.package import known, open_package

        if (against / DESCRIPTOR).is_file():
            try:
                package = known(open_package(against))
            except Refused as refused:
                problems += refused.problems
        else:
            rule = f"It is no data folder: it holds no {DESCRIPTOR}."
            problems.append(Problem("--against", str(against), rule, "Name one, as data in the project's folder."))
    if problems:
        raise Refused(problems)
    return package


def _meant(file: Path) -> str:
    """What to do about a file that cannot be read: it may be the bare name of an edition, or its name be mistyped."""
    near = get_close_matches(file.name, [other.name for other in file.parent.glob("*")], n=1)
    others = [Path("reports") / file, *(file.with_name(name) for name in near)]
    meant = [str(other) for other in others if other != file and other.exists()]
    return f"Did you mean {meant[0]!r}?" if meant and not file.exists() else "Look at its name and its rights."


def _verified(file: Path, package: Package | None) -> Verified:
    from lusong_analysis.pdf.read import read
    from lusong_analysis.verify import ATTACHMENT, check

    if file.is_dir():
        return _unread(file, "it is a folder without reports.", "Name an edition's folder, or PDFs.")
    try:
        document = read(file.read_bytes())
    except OSError as error:
        return _unread(file, f"it cannot be read: {error.strerror}.", _meant(file))
    except ValueError as error:
        return _unread(file, f"it is no report that can be verified: {error}.", "Name a report as it was issued.")
    verdict = check(document)
    counts = {"figures": verdict.figures, **verdict.blocks}
    if verdict.problems:
        return Verified(file, FAILED, verdict.problems, counts)
    if package is None:
        return Verified(file, GOOD, (), counts, document)
    from lusong_analysis.verify.against import against

    otherwise = against(json.loads(document.attachments[ATTACHMENT]), package)
    return Verified(file, FAILED if otherwise else GOOD, (), counts, document, otherwise)


def _unread(file: Path, rule: str, todo: str) -> Verified:
    return Verified(file, REFUSED, [Problem(str(file), file.name, rule, todo)])


def _parity(found: Sequence[Verified]) -> Parity | None:
    """Both files held against each other, where each is good by itself."""
    from lusong_analysis.verify.parity import parity

    one, other = (verified.document for verified in found)
    return parity(one, other) if one and other else None


# --- print --------------------------------------------------------------------------------------------------------


def _print_file(one: Verified, data: Path | None) -> None:
    if one.code == REFUSED:
        print(f"{one.file}: {one.problems[0].rule} {one.problems[0].todo}", file=sys.stderr)
        return
    if one.problems:
        _print_wrong(str(one.file), one.problems)
        return
    nouns = [(NOUNS.get(kind, kind), number) for kind, number in one.counts.items()]
    print(f"{one.file}: good: {', '.join(counted(number, noun) for noun, number in nouns)} computed again")
    if one.otherwise is not None:
        for other in one.otherwise:
            print(f"{one.file}: {_otherwise(other)}")
        print(f"{one.file}: {_closing(one, str(data))}")


def _print_parity(files: Sequence[Path], pair: Parity | None) -> None:
    both = " and ".join(map(str, files))
    if pair is None:
        print(f"{both}: not held against each other: each file must be good by itself.", file=sys.stderr)
    elif pair.problems:
        _print_wrong(both, pair.problems)
    else:
        figures, statements = counted(pair.figures, "figure"), counted(pair.statements, "statement")
        print(f"{both}: the same {figures} from the same {statements} in {counted(pair.sections, 'section')}")


def _print_wrong(place: str, problems: Sequence[Problem]) -> None:
    for problem in problems:
        print(f"{place}: {problem}", file=sys.stderr)
    print(f"{place}: {counted(len(problems), 'problem')}.", file=sys.stderr)


def _otherwise(other: Otherwise) -> str:
    """One line: what is printed, what would be, and why."""
    from lusong_analysis.command.diff import words

    told = [*map(words, other.reasons), *(f"statement gone: {name}" for name in other.gone)]
    told += [f"it cannot be computed: {other.fault}"] if other.fault else []
    name = f"{other.kind} {other.anchor}".rstrip()
    return f"{name} ({other.name}): {other.before or 'nothing'} → {other.after or 'nothing'}: {'; '.join(told)}"


def _closing(one: Verified, data: str) -> str:
    kinds = Counter(other.kind for other in one.otherwise or ())
    if not kinds:
        return f"{data} prints the same {counted(one.counts['figures'], 'figure')}"
    figures = f"{kinds['figure']} of {counted(one.counts['figures'], 'figure')}"
    more = [counted(kinds[kind], kind) for kind in ("judgement", "question") if kinds[kind]]
    return f"{data} would print otherwise: {', '.join([figures, *more])}"
