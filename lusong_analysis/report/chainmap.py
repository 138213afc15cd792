"""The map of a chain: its segments from upstream to downstream, who stands in them, who feeds whom, and the gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from lusong_analysis.facts.package import Package
from lusong_analysis.facts.rows import Link, Organisation
from lusong_analysis.facts.select import select
from lusong_analysis.problem import Problem, Refused, did_you_mean
from lusong_analysis.report import questions, words
from lusong_analysis.report.named import Named
from lusong_analysis.report.text import Text, Traced, Value, Words

# Local: it stands in the area of the report. Beyond: a source places it elsewhere. Gap: no source says anything.
Look = Literal["local", "beyond", "gap", "link"]
FEEDING = ("supplies", "sells_through")

HEADS = (Text("环节", "Segment"), Text("主体", "Organisations"), Text("联系", "Links"))
KINDS = {
    "firm": ("企业", "Firm"),
    "institute": ("研究机构", "Institute"),
    "market": ("市场", "Market"),
    "zone": ("园区", "Park or zone"),
    "airport": ("机场", "Airport"),
    "association": ("协会", "Association"),
}
UNSTATED = Words("环节未载明", "segment not stated")
NONE = Words("无", "none")
NO_FIGURE = Words("，未见数字", ", no figures")
SOME_FIGURE = Words("", "")
NOBODY = Text("缺口：未见点名的主体", "Gap: no organisation is named")
ELSEWHERE = Text("缺口：仅见于{areas}", "Gap: named only in {areas}")
NO_FEEDING = Text("缺口：未见来源写明谁供给谁", "Gap: no source says who supplies whom")
MEASURE = Text(
    "由上游到下游。实线框在{area}，灰底框在框内所注地域，虚线框为缺口；未见数字：未见关于它的统计数字；框末为附录编号",
    "Upstream to downstream. Solid frames: in {area}; grey: elsewhere, as named; dashed: gaps; no figures: none is "
    "known on it; at the end of each box its number in the appendix",
)


@dataclass(frozen=True)
class Box:
    """A box: what stands in it in bold, what stands below, and how it looks; of a gap there is only a name."""

    look: Look
    name: Text
    about: Text
    thing: Named | None = None

    @property
    def text(self) -> Text:
        """All its words."""
        if self.look == "gap":
            return self.name
        between = " " if self.look == "link" else "\\\n"
        return Text(
            f"{self.name.zh}{between}{self.about.zh}", f"{self.name.en}{between}{self.about.en}", self.about.values
        )


@dataclass(frozen=True)
class Band:
    """A segment with its boxes and the links that begin in it; without a key, what no source gives a segment."""

    key: str
    name: Words
    boxes: tuple[Box, ...]
    links: tuple[Box, ...]

    @property
    def title(self) -> Text:
        """Its name as it stands on the map."""
        return Text("{name}", "{name}", {"name": Words(self.name.zh, self.name.en[:1].upper() + self.name.en[1:])})

    @property
    def is_gap(self) -> bool:
        """Whether no source names an organisation of the report's area in this segment."""
        return bool(self.key) and all(box.look != "local" for box in self.boxes)

    @property
    def rows(self) -> tuple[tuple[Box | None, ...], ...]:
        """Its boxes as they are laid out: two organisations and a link in a row."""
        pairs = [(*self.boxes[place : place + 2], None)[:2] for place in range(0, len(self.boxes), 2)]
        found = zip_longest(pairs, self.links, fillvalue=None)
        return tuple((*(pair or (None, None)), link) for pair, link in found)


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
        """What its boxes name, each under a name of its own."""
        return {f"x_{place}": box.thing for place, box in enumerate(self.boxes()) if box.thing}


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
    bands: list[Band] = []
    for key, name in names.items():
        boxes = [_box(package, thing, ref_area) for thing in things if _organisation(package, thing).segment == key]
        boxes.sort(key=lambda box: box.look != "local")
        if key and all(box.look != "local" for box in boxes):
            boxes.append(_gap(package, [_organisation(package, box.thing) for box in boxes if box.thing]))
        drawn = [_arrow(link) for link in links if _begins(package, _link(package, link)) == key]
        if not bands and not feeding:
            drawn.append(Box("gap", NO_FEEDING, Text("", "")))
        if boxes or drawn:
            bands.append(Band(key, name, tuple(boxes), tuple(drawn)))
    area = package.areas[ref_area]
    measure = Text(MEASURE.zh, MEASURE.en, {"area": Words(area.name_zh, area.name_en)})
    return ChainMap(chain, ref_area, tuple(bands), measure)


def _box(package: Package, thing: Named, ref_area: str) -> Box:
    """An organisation: what it is, where it lies if not in the area, and whether a figure is known of it."""
    row = _organisation(package, thing)
    kind, area = KINDS[row.kind], package.areas[row.ref_area]
    counted = bool(select(package.observations, counterpart=row.organisation))
    local = row.ref_area == ref_area
    values: dict[str, Value] = {
        "x": thing,
        "kind": Words(*kind),
        "area": Words("", "") if local else Words(f"，{area.name_zh}", f", {area.name_en}"),
        "figures": SOME_FIGURE if counted else NO_FIGURE,
    }
    about = "{kind}{area}{figures} {x.number}"
    return Box("local" if local else "beyond", Text("{x}", "{x}", {"x": thing}), Text(about, about, values), thing)


def _arrow(link: Named) -> Box:
    """A link, from its segment to wherever it leads."""
    values = {"x": link}
    return Box("link", Text("{x}", "{x}", values), Text("{x.number}", "{x.number}", values), link)


def _gap(package: Package, elsewhere: list[Organisation]) -> Box:
    """That nobody of the area is named, and where somebody is."""
    codes = dict.fromkeys(row.ref_area for row in elsewhere)
    areas = Words(
        *(words.joined([words.area(package, code, language) for code in codes], language) for language in ("zh", "en"))
    )
    said = Text(ELSEWHERE.zh, ELSEWHERE.en, {"areas": areas}) if codes else NOBODY
    return Box("gap", said, Text("", ""))


def _begins(package: Package, link: Link) -> str:
    """The segment in which a link begins."""
    if link.source in package.segments:
        return link.source
    return package.organisations[link.source].segment


def _organisation(package: Package, thing: Named) -> Organisation:
    return package.organisations[thing.formula["organisation"]]


def _link(package: Package, thing: Named) -> Link:
    return package.links[thing.formula["link"]]


def _listed(names: list[Words]) -> Words:
    """Names in a list, without an "and": some of them hold one."""
    if not names:
        return NONE
    return Words("、".join(name.zh for name in names), ", ".join(name.en for name in names))
