"""What two editions of one report print differently, figure by figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from lusong_analysis.quantity.period import Formula
from lusong_analysis.quantity.quantity import identity
from lusong_analysis.report.evidence import anchors, formula_words
from lusong_analysis.report.reasons import KINDS, Pair, Reason, Record, causes, key_of, leaves, question

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """A figure that one edition prints and the other does not, or prints otherwise.

    Parameters
    ----------
    figure : str
        Its name, as in the later record where both have it.
    kind : str
        ``added``, ``gone`` or ``changed``.
    before, after : mapping or None
        Its entries in the two records; None where a record has none.
    reasons : tuple of Reason
        Why, one at least, in the order of ``KINDS``.
    """

    figure: str
    kind: Literal["added", "gone", "changed"]
    before: Entry | None = field(hash=False)
    after: Entry | None = field(hash=False)
    reasons: tuple[Reason, ...]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What two records of one report, in one language, print differently.

    Parameters
    ----------
    before, after : mapping
        The records of evidence, of version 1 or later, the earlier edition first.

    Returns
    -------
    list of Difference
        In the order of the later record, then what is gone.

    Notes
    -----
    What only a report's own table of changes prints is left out: it tells of another report, and of its own past.
    Figures are matched by name, two of one name by formula. A figure that no notebook named is called by its
    statements: it is matched with the one whose statements answer the same questions.
    """
    earlier, later = (Record(_without_changes(record)) for record in (before, after))
    found = [_difference(old, new, earlier, later) for old, new in _matched(earlier, later)]
    return [difference for difference in found if difference is not None]


def _without_changes(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """A record without the figures that stand only in its own table of changes."""
    told = [block for block in record["blocks"] if block.get("changes")]
    only = anchors(told) - anchors([block for block in record["blocks"] if not block.get("changes")])
    return {**record, "figures": [entry for entry in record["figures"] if entry["anchor"] not in only]}


def _difference(old: Entry | None, new: Entry | None, before: Record, after: Record) -> Difference | None:
    if old and new:
        reasons = _reasons(old, new, before, after)
        return Difference(new["figure"], "changed", old, new, reasons) if reasons else None
    if new:
        found = _ordered(causes([(None, leaf) for leaf in leaves(new["formula"])], before, after))
        return Difference(new["figure"], "added", None, new, found or (Reason("newly printed"),))
    if old:
        found = _ordered(causes([(leaf, None) for leaf in leaves(old["formula"])], before, after))
        return Difference(old["figure"], "gone", old, None, found or (Reason("no longer printed"),))
    return None


def _reasons(old: Entry, new: Entry, before: Record, after: Record) -> tuple[Reason, ...]:
    """Why a figure is not printed as before; none where it is."""
    rewritten = _skeleton(old["formula"]) != _skeleton(new["formula"])
    found = list(causes(_pairs(old["formula"], new["formula"], aligned=not rewritten), before, after))
    computed = [tuple(entry.get(part) for part in ("unit", "value", "interval")) for entry in (old, new)]
    unexplained = not found and (computed[0] != computed[1] or identity(old["formula"]) != identity(new["formula"]))
    if rewritten or old.get("expression") != new.get("expression") or unexplained:
        found.append(Reason("formula changed", before=_written(old), after=_written(new)))
    if not found and old["text"] != new["text"]:
        found.append(Reason("text only"))
    return _ordered(found)


def _pairs(old: Formula, new: Formula, *, aligned: bool) -> list[Pair]:
    """The parts of two formulas side by side; of a rewritten one only what stayed and what came can be told."""
    ones, others = list(leaves(old)), list(leaves(new))
    if aligned:
        return list(zip(ones, others, strict=True))
    held = {key_of(leaf) for leaf in ones}
    return [(leaf if key_of(leaf) in held else None, leaf) for leaf in others if key_of(leaf)]


def _ordered(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(dict.fromkeys(reasons), key=lambda reason: KINDS.index(reason.kind)))


def _written(entry: Entry) -> str:
    """A formula in one line, with the expression of its outermost function."""
    words = formula_words(entry["formula"])
    return f"{words} = {entry['expression']}" if "expression" in entry else words


def _skeleton(formula: Formula) -> str:
    """A formula without its statements, periods and values: functions, names of arguments, kinds of parts."""

    def bare(part: Formula) -> Formula:
        if "function" in part:
            arguments = [{"name": argument.get("name"), "part": bare(argument)} for argument in part["arguments"]]
            return {"function": part["function"], "arguments": arguments}
        if "parameter" in part:
            return {"parameter": part["parameter"]}
        return {"kinds": sorted(part.keys() - {"name"})}

    return identity(bare(formula))


def _matched(before: Record, after: Record) -> list[tuple[Entry | None, Entry | None]]:
    """Each figure with its counterpart in the other record, in the order of the later one, then what is gone."""
    olds, news = list(before.content["figures"]), list(after.content["figures"])
    partners: dict[int, Entry] = {}
    for way in (_name, _name_and_formula, _name, _question):
        rest = [entry for entry in news if id(entry) not in partners]
        keyed = _unique(olds, before, way)
        pairs = [(keyed[key], entry) for key, entry in _unique(rest, after, way).items() if key in keyed]
        partners |= {id(new): old for old, new in pairs}
        taken = {id(old) for old, _ in pairs}
        olds = [entry for entry in olds if id(entry) not in taken]
    return [*((partners.get(id(new)), new) for new in news), *((old, None) for old in olds)]


def _unique(
    entries: Sequence[Entry], record: Record, way: Callable[[Entry, Record], Hashable]
) -> dict[Hashable, Entry]:
    """The entries by what a way of matching calls them, where that is unique."""
    keys = [way(entry, record) for entry in entries]
    counts = Counter(keys)
    return {key: entry for key, entry in zip(keys, entries, strict=True) if counts[key] == 1}


def _name(entry: Entry, _: Record) -> Hashable:
    return str(entry["figure"])


def _name_and_formula(entry: Entry, _: Record) -> Hashable:
    return entry["figure"], identity(entry["formula"])


def _question(entry: Entry, record: Record) -> Hashable:
    """What a figure asks that its own statements name; any other is known by its name only."""
    if entry["figure"] != formula_words(entry["formula"]):
        return str(entry["figure"])
    keys = [key for leaf in leaves(entry["formula"]) if (key := key_of(leaf))]
    asked = [(*question(key, record), record.rows[key].get("time_period", "")) for key in keys]
    return _skeleton(entry["formula"]), tuple(asked)
