"""The map of a chain: its segments, who and what stands in them with their figures, who feeds whom, and the gaps."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lusong_analysis.facts.package import Package
from lusong_analysis.facts.rows import Link, Organisation, Segment
from lusong_analysis.facts.select import select
from lusong_analysis.problem import Problem, Refused, did_you_mean
from lusong_analysis.quantity.period import Period
from lusong_analysis.quantity.quantity import Quantity, identity
from lusong_analysis.report import held, questions, words
from lusong_analysis.report.named import Named, begins_in, begun
from lusong_analysis.report.text import Text, Traced, Value, Words, traced
from lusong_analysis.report.words import KINDS

# Local: it stands in the area of the report. Beyond: a source places it elsewhere. Gap: no source says anything.
Look = Literal["local", "beyond", "gap", "link"]
# Nobody named and nothing counted; named or counted elsewhere only; counted in the area, none named; who feeds whom.
Gap = Literal["", "nobody", "elsewhere", "counted", "feeds"]
FEEDING = ("supplies", "sells_through")
# A line break within a box.
BREAK = "\\\n"

HEADS = (Text("环节", "Segment"), Text("主体、数字、联系", "Organisations, figures, links"))
ABREAST = 3
UNSTATED = Words("环节未载明", "segment not stated")
NONE = Words("无", "none")
NO_FIGURE = Words("，未见单独的数字", ", no figure of its own")
SOME_FIGURE = Words("", "")
NOBODY = Text("缺口：未见点名的主体", "Gap: no organisation is named")
ELSEWHERE = Text("缺口：点名的主体只写到{areas}", "Gap: those named are placed in {areas} only")
ONLY_FIGURES = Text("缺口：只有{areas}的数字，未见点名的主体", "Gap: figures of {areas} only, none named")
COUNTED = Text("缺口：{figure}，均未见点名", "Gap: {figure}, none of them named")
NO_FEEDING = Text("缺口：未见来源写明谁向谁供货", "Gap: no source says who supplies whom")
NOTHING = Text("", "")
PROJECTS = Text("项目", "Projects")
MEASURE = Text(
    "箭头由上游指向下游。实线框在{area}，灰底框在其外或来源只写到全市，虚线框为缺口；E为附录编号",
    "Arrows lead downstream. Solid frames: in {area}; grey: outside it, or where a source names only "
    "the city; dashed: gaps; E: number in the appendix",
)


@dataclass(frozen=True)
class Box:
    """A box: what stands in it in bold, what stands below, and how it looks; below a gap there may be nothing."""

    look: Look
    name: Text
    about: Text
    thing: Named | None = None
    gap: Gap = ""

    @property
    def text(self) -> Text:
        """All its words."""
        if not self.about.zh:
            return self.name
        between = " " if self.look == "link" else BREAK
        values = {**self.name.values, **self.about.values}
        return Text(f"{self.name.zh}{between}{self.about.zh}", f"{self.name.en}{between}{self.about.en}", values)


@dataclass(frozen=True)
class Band:
    """A segment with its boxes and the links that begin in it; without a key, what no source gives a segment.

    ``follows`` says whether it lies downstream of the band before: only within a branch of its chain.
    """

    key: str
    name: Words
    boxes: tuple[Box, ...]
    links: tuple[Box, ...]
    follows: bool = False

    @property
    def title(self) -> Text:
        """Its name as it stands on the map."""
        return Text("{name}", "{name}", {"name": Words(self.name.zh, begun(self.name.en))})

    @property
    def is_gap(self) -> bool:
        """Whether no source names an organisation of the report's area in this segment."""
        return bool(self.gap)

    @property
    def gap(self) -> Gap:
        """What kind of gap it is; empty where a source names an organisation of the report's area."""
        return next((box.gap for box in self.boxes if box.gap), "")

    @property
    def figures(self) -> tuple[Quantity, ...]:
        """The figures of the segment as a whole."""
        return tuple(one for box in self.boxes if not box.thing for one in _quantities(box))

    @property
    def rows(self) -> tuple[tuple[Box | None, ...], ...]:
        """Its boxes as they are laid out, the links last; a row is filled up with nothing."""
        all_ = (*self.boxes, *self.links)
        rows = [all_[place : place + ABREAST] for place in range(0, len(all_), ABREAST)]
        return tuple((*row, *(None,) * (ABREAST - len(row))) for row in rows)


@dataclass(frozen=True)
class ChainMap:
    """A chain as one map, before it is printed."""

    chain: str
    ref_area: str
    bands: tuple[Band, ...]
    measure: Text

    @property
    def gaps(self) -> Words:
        """The segments in which no source names an organisation of the report's area."""
        return _listed([band.name for band in self.bands if band.is_gap])

    @property
    def filled(self) -> Words:
        """The segments in which a source names an organisation of the report's area."""
        return _listed([band.name for band in self.bands if band.key and not band.is_gap])

    def texts(self) -> Iterator[Text]:
        """Its words in the order in which they are read."""
        yield from HEADS
        for band in self.bands:
            yield band.title
            yield from (box.text for row in band.rows for box in row if box)

    def boxes(self) -> Iterator[Box]:
        """Its boxes in the order in which they are read."""
        return (box for band in self.bands for row in band.rows for box in row if box)

    def figures(self) -> dict[str, Traced]:
        """What its boxes name and print, each under a name of its own, in the order of reading."""
        found = {identity(value.formula): value for box in self.boxes() for value in box.text.figures().values()}
        return {f"x_{place}": value for place, value in enumerate(found.values())}

    def quantities(self) -> tuple[Quantity, ...]:
        """The figures that it prints."""
        return tuple(value for value in self.figures().values() if isinstance(value, Quantity))


def chain_maps(package: Package, as_of: str, ref_area: str) -> dict[str, ChainMap]:
    """The maps of all chains, by chain; see :func:`chain_map`."""
    return {chain: chain_map(package, chain, as_of, ref_area) for chain in package.chains}


def chain_map(package: Package, chain: str, as_of: str, ref_area: str) -> ChainMap:
    """The map of a chain, as the sources known by a day draw it.

    Parameters
    ----------
    package : Package
        The package as ``known`` gives it for that day.
    chain : str
        A key of the table ``chains``.
    as_of : str
        The day; empty for no limit.
    ref_area : str
        The area whose organisations fill a segment; all others stand in it as from elsewhere.

    Raises
    ------
    Refused
        The chain is unknown; with did-you-mean.
    """
    if chain not in package.chains:
        todo = did_you_mean(chain, package.chains) or f"The chains are {', '.join(package.chains)}."
        raise Refused([Problem("chain", chain, "The data holds no such chain.", todo)])
    things = questions.organisations(package, chain, as_of)
    links = questions.links(package, chain)
    segments = sorted(select(package.segments, chain=chain), key=lambda row: int(row.place))
    names = {row.segment: Words(row.name_zh, row.name_en) for row in segments} | {"": UNSTATED}
    feeding = any(_link(package, link).kind in FEEDING for link in links)
    elsewhere = {indicator for row in segments for indicator in row.held("indicators")}
    bands: list[Band] = []
    for key, name in names.items():
        boxes = [
            _box(package, thing, ref_area, elsewhere)
            for thing in things
            if _organisation(package, thing).segment == key
        ]
        boxes.sort(key=lambda box: box.look != "local")
        if key:
            boxes = _with_segment(package, package.segments[key], boxes, ref_area)
        drawn = [_arrow(link) for link in links if begins_in(package, _link(package, link)) == key]
        if not bands and not feeding:
            drawn.append(Box("gap", NO_FEEDING, NOTHING, gap="feeds"))
        if boxes or drawn:
            before = bands[-1].key if bands else ""
            follows = bool(key and before) and package.segments[key].branch == package.segments[before].branch
            bands.append(Band(key, name, tuple(boxes), tuple(drawn), follows))
    area = package.areas[ref_area]
    measure = Text(MEASURE.zh, MEASURE.en, {"area": Words(area.name_zh, area.name_en)})
    return ChainMap(chain, ref_area, tuple(bands), measure)


def _box(package: Package, thing: Named, ref_area: str, elsewhere: Collection[str]) -> Box:
    """An organisation: what it is, where it lies if not in the area, its figures, and its projects."""
    row = _organisation(package, thing)
    kind, area = KINDS[row.kind], package.areas[row.ref_area]
    figures = held.of_organisation(package, row, elsewhere)
    own = any(figure.subject.counterpart == row.organisation for figure in figures) or _counted(package, row)
    told = {figure.subject.counterpart for figure in figures}
    dates = [date for date in held.projects_named_after(package, row) if date.formula["event"] not in told]
    local = row.ref_area == ref_area
    values: dict[str, Value] = {
        "x": thing,
        "kind": Words(*kind),
        "area": Words("", "") if local else Words(f"，{area.name_zh}", f", {area.name_en}"),
        "figures": SOME_FIGURE if own else NO_FIGURE,
    }
    about = "{kind}{area}{figures} {x.number}"
    lines = [Text(about, about, values)]
    lines += [_figure(figure, place, row.organisation) for place, figure in enumerate(figures)]
    lines += [_project(date, place) for place, date in enumerate(dates)]
    return Box("local" if local else "beyond", Text("{x}", "{x}", {"x": thing}), _joined(lines), thing)


def _counted(package: Package, row: Organisation) -> bool:
    """Whether any figure is about an organisation, printed here or not."""
    return bool(select(package.observations, counterpart=row.organisation))


def _figure(figure: Quantity, place: int, organisation: str) -> Text:
    """A figure as a line: what it is, of whom if not of the organisation alone, and when."""
    name, about = f"figure_{place}", figure.subject.counterpart
    zh, en = _value(figure, name), _value(figure, name, language="en")
    whose = ("", "") if about in ("", organisation) else (f"{{{name}.counterpart}}，", f"{{{name}.counterpart}}, ")
    label_zh, label_en = f"{{{name}.indicator}}", f"{{{name}.{'indicator' if whose[1] else 'heading'}}}"
    return Text(
        f"{whose[0]}{label_zh}：{zh}，{{{name}.when}} {{{name}.number}}",
        f"{whose[1]}{label_en}: {en}, {{{name}.when}} {{{name}.number}}",
        {name: figure},
    )


def _value(figure: Quantity, name: str, *, language: str = "zh") -> str:
    """The placeholder of a figure beside its label, which in English says already what is counted."""
    return f"{{{name}:cell}}" if language == "en" and figure.noun else f"{{{name}}}"


def _project(date: Period, place: int) -> Text:
    name = f"project_{place}"
    return Text(f"项目：{{{name}.name}} {{{name}.number}}", f"Project: {{{name}.name}} {{{name}.number}}", {name: date})


def _with_segment(package: Package, segment: Segment, boxes: Sequence[Box], ref_area: str) -> list[Box]:
    """What stands in a segment: organisations, its figures and its projects, and the gap where nobody is named."""
    figures, dates = held.of_segment(package, segment, ref_area), held.projects_of(package, segment)
    if any(box.look == "local" for box in boxes):
        projects = [_projects(package, dates, ref_area)] if dates else []
        return [*boxes, *(_measured(figure, ref_area) for figure in figures), *projects]
    named = [_organisation(package, box.thing) for box in boxes if box.thing]
    counted = next((one for one in figures if one.noun and one.subject.ref_area == ref_area and not named), None)
    others = [_measured(figure, ref_area) for figure in figures if figure is not counted]
    return [*boxes, *others, _gap(package, named, figures, counted, dates)]


def _measured(figure: Quantity, ref_area: str) -> Box:
    """A figure of a segment as a box: what it counts, of whom or where, and when."""
    values = {"x": figure}
    name = Text(f"{{x.heading}}：{_value(figure, 'x')}", f"{{x.heading}}: {_value(figure, 'x', language='en')}", values)
    about = Text("{x.counterpart}，{x.when} {x.number}", "{x.counterpart}, {x.when} {x.number}", values)
    return Box("local" if figure.subject.ref_area == ref_area else "beyond", name, about)


def _projects(package: Package, dates: Sequence[Period], ref_area: str) -> Box:
    """The projects of a segment as a box; of the area if one of them lies there."""
    local = any(package.events[date.formula["event"]].ref_area == ref_area for date in dates)
    lines = []
    for place, date in enumerate(dates):
        name, row = f"project_{place}", package.events[date.formula["event"]]
        zh, en = (f"，{{{name}.area}}", f", {{{name}.area}}") if row.ref_area != ref_area else ("", "")
        lines.append(
            Text(
                f"{{{name}.name}}{zh} {{{name}.number}}",
                f"{{{name}.Name}}{en} {{{name}.number}}",
                {name: date},
            )
        )
    return Box("local" if local else "beyond", PROJECTS, _joined(lines))


def _arrow(link: Named) -> Box:
    """A link, from its segment to wherever it leads."""
    values = {"x": link}
    return Box("link", Text("{x}", "{x}", values), Text("{x.number}", "{x.number}", values), link)


def _gap(
    package: Package,
    named: Sequence[Organisation],
    figures: Sequence[Quantity],
    counted: Quantity | None,
    dates: Sequence[Period],
) -> Box:
    """That nobody of the area is named: how many are counted, or where somebody is; and the projects there."""
    lines = [_project(date, place) for place, date in enumerate(dates)]
    codes = dict.fromkeys(row.ref_area for row in named)
    if counted:
        name = "{figure.heading}，{figure.counterpart}，{figure.when} {figure.number}"
        about = Text(name, name.replace("，", ", "), {"figure": counted})
        return Box("gap", Text(COUNTED.zh, COUNTED.en, about.values), _joined([about, *lines]), gap="counted")
    said = ELSEWHERE if codes else ONLY_FIGURES
    codes = codes or dict.fromkeys(one.subject.ref_area for one in figures)
    if not codes:
        return Box("gap", NOBODY, _joined(lines), gap="nobody")
    areas = Words(
        *(words.joined([words.area(package, code, language) for code in codes], language) for language in ("zh", "en"))
    )
    return Box("gap", Text(said.zh, said.en, {"areas": areas}), _joined(lines), gap="elsewhere")


def _joined(lines: Sequence[Text]) -> Text:
    """Lines of a box as one text."""
    values = {name: value for line in lines for name, value in line.values.items()}
    return Text(BREAK.join(line.zh for line in lines), BREAK.join(line.en for line in lines), values)


def _quantities(box: Box) -> list[Quantity]:
    return [value for value in traced(box.text.values).values() if isinstance(value, Quantity)]


def _organisation(package: Package, thing: Named) -> Organisation:
    return package.organisations[thing.formula["organisation"]]


def _link(package: Package, thing: Named) -> Link:
    return package.links[thing.formula["link"]]


def _listed(names: list[Words]) -> Words:
    """Names in a list, without an "and": some of them hold one."""
    if not names:
        return NONE
    return Words("、".join(name.zh for name in names), ", ".join(name.en for name in names))
