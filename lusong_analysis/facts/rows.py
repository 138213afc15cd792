"""One model a table of the data package: its columns, what they mean and what a cell may hold.

Numbers stay text, as the source printed them: 15.60 keeps its zero, because the zero says how exact the figure is.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from lusong_analysis.facts.patterns import (
    ADDRESS,
    AREA,
    DAY,
    KEY,
    KEYS,
    NOUN,
    NUMBER,
    PERIOD,
    POSITIVE,
    WHOLE,
    optional,
)
from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.period import bounds


def _on_the_calendar(code: str) -> str:
    if code:
        try:
            bounds(code)
        except QuantityError as error:
            raise ValueError(str(error)) from None
    return code


CorrectedColumn = Literal[
    "ref_area",
    "chain",
    "indicator",
    "counterpart",
    "time_period",
    "obs_value",
    "obs_value_upper",
    "bound",
    "precision",
    "unit",
    "as_printed",
    "locator",
    "source_id",
    "obs_status",
]
MeasureType = Literal["stock", "flow", "growth", "share", "ratio", "count", "duration", "rank", "target", "constant"]
Instrument = Literal[
    "",
    "plan",
    "park",
    "land",
    "investment attraction",
    "platform",
    "expo",
    "finance",
    "subsidy",
    "tax relief",
    "standard",
    "training",
    "service",
]
Text = Annotated[str, Field(min_length=1)]
Key = Annotated[str, Field(pattern=KEY)]
KeyOrEmpty = Annotated[str, Field(pattern=optional(KEY))]
KeysOrEmpty = Annotated[str, Field(pattern=optional(KEYS))]
AreaCode = Annotated[str, Field(pattern=AREA)]
AreaCodeOrEmpty = Annotated[str, Field(pattern=optional(AREA))]
NumberOrEmpty = Annotated[str, Field(pattern=optional(NUMBER))]
Date = Annotated[str, Field(pattern=DAY), AfterValidator(_on_the_calendar)]
DateOrEmpty = Annotated[str, Field(pattern=optional(DAY)), AfterValidator(_on_the_calendar)]
PeriodOrEmpty = Annotated[str, Field(pattern=optional(PERIOD)), AfterValidator(_on_the_calendar)]


class Row(BaseModel):
    """A row of a table. Its first column is the key; ``references`` says whose key another column holds.

    ``lists`` says whose keys a column holds several of.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    table: ClassVar[str]
    references: ClassVar[dict[str, str]] = {}
    lists: ClassVar[dict[str, str]] = {}

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """The columns in the order of the file."""
        return tuple(cls.model_fields)

    @classmethod
    def key_column(cls) -> str:
        """The column that names a row."""
        return next(iter(cls.model_fields))

    @property
    def key(self) -> str:
        """The name of the row."""
        return str(getattr(self, self.key_column()))


class Area(Row):
    """A country, province, city or district."""

    table = "areas"
    references: ClassVar = {"parent": "areas"}

    ref_area: AreaCode = Field(description="Code of the area, GB/T 2260; other countries by ISO 3166")
    name_zh: Text = Field(description="Name in Chinese")
    name_en: Text = Field(description="Name in English")
    parent: AreaCodeOrEmpty = Field(description="The area it lies in")
    level: Literal["country", "province", "city", "district", "none"] = Field(description="Rank of the area")


class Indicator(Row):
    """What a number measures: one definition, one indicator."""

    table = "indicators"
    references: ClassVar = {"comparable_with": "indicators"}

    indicator: Key = Field(description="Name of the indicator")
    name_zh: Text = Field(description="Name in Chinese, as a statistics yearbook words it")
    name_en: Text = Field(description="Name in English, a noun phrase that fits into a sentence")
    noun_en: Annotated[str, Field(pattern=optional(NOUN))] = Field(
        description="English for what is counted, one and many, parted by a bar"
    )
    definition_zh: Text = Field(description="What it covers and what is not stated, in Chinese")
    definition_en: Text = Field(description="What it covers and what is not stated, in English")
    dimension: Text = Field(description="Dimension of its units: money, ratio, item, firm, area …")
    measure_type: MeasureType = Field(description="What kind of number it is")
    comparable_with: KeyOrEmpty = Field(description="For a target: the indicator that it is set for")


class Source(Row):
    """A published text."""

    table = "sources"

    source_id: Key = Field(description="Name of the source: publisher and date")
    title: Text = Field(description="Title in its own language")
    title_en: Text = Field(description="Title in English")
    publisher: Text = Field(description="Who published it first, in its own language")
    publisher_en: Text = Field(description="Who published it first, in English")
    via: str = Field(description="The site that carries it, where that is another")
    author: str = Field(description="Authors in their own script, parted by '; '")
    author_en: str = Field(description="Authors in Latin letters, parted by '; '")
    medium: Literal["N", "R", "EB"] = Field(
        description="Kind of document by its letters in GB/T 7714: N newspaper, R report or filing, EB web page"
    )
    url: Annotated[str, Field(pattern=optional(ADDRESS))] = Field(
        description="Address of the page; empty for a printed page"
    )
    date_published: DateOrEmpty = Field(
        description="When it became known: 2020, 2020-10 or 2020-10-31; empty where the page prints no date"
    )
    date_accessed: Date = Field(description="When it was read")
    grade: Literal["A", "B", "C", "D"] = Field(
        description="A official; B press; C copy or secondary page; D unreliable host, never printed in a report"
    )
    grade_reason: Text = Field(description="Why it has this grade; a note for analysts")
    licence: Text = Field(description="The rights in the text")
    language: Literal["zh", "en", "ja"] = Field(description="Language of the text")
    access: Literal["page", "excerpt", "copy"] = Field(
        description="How it was read: on the page itself, in a stored excerpt of the page, in a copy"
    )


class Observation(Row):
    """One statement as one source printed it."""

    table = "observations"
    references: ClassVar = {
        "ref_area": "areas",
        "chain": "chains",
        "indicator": "indicators",
        "source_id": "sources",
    }

    observation_id: Key = Field(description="Name of the statement")
    ref_area: AreaCode = Field(description="The area it is about, or in which its counterpart lies")
    chain: KeyOrEmpty = Field(description="The industry chain it is about")
    indicator: Key = Field(description="What it measures")
    counterpart: KeyOrEmpty = Field(description="The organisation, or the event of kind project, it is about")
    time_period: PeriodOrEmpty = Field(
        description="When it was true: 2019, 2020-Q1, 2020-S1, 2020-09, 2020-09-24, 2025-01-01/P9M;"
        " empty where the source gives no time"
    )
    obs_value: Annotated[str, Field(pattern=NUMBER)] = Field(description="The number as printed, in the unit")
    obs_value_upper: NumberOrEmpty = Field(description="The upper number of a range, for the bound 'between'")
    bound: Literal["=", ">", ">=", "<", "<=", "~", "between"] = Field(
        description="What the words say: > 超过 突破 余 多; >= 以上; ~ 约 近 左右; = also for 达"
    )
    precision: Annotated[str, Field(pattern=optional(POSITIVE))] = Field(
        description="Unit of the last digit that means something; 0 where the number is exact"
    )
    unit: Text = Field(description="Unit, a name of quantity/units.csv")
    as_printed: Text = Field(description="The source's own words")
    locator: str = Field(description="Where they stand: section, page or paragraph")
    source_id: Key = Field(description="Who printed it")
    obs_status: Literal["", "counted"] = Field(
        description="counted: the number was counted here from a list of names; the words do not print it"
    )
    comment: str = Field(description="A note for analysts")


class Chain(Row):
    """An industry chain of the district."""

    table = "chains"

    chain: Key = Field(description="Name of the chain")
    name_zh: Text = Field(description="Name in Chinese")
    name_en: Text = Field(description="Name in English")
    priority: Literal["优先", "精准", "大力"] = Field(description="How the district wants it developed")


class Segment(Row):
    """A segment of a chain: a frame of this project for reading, no statement, so it has no source."""

    table = "segments"
    references: ClassVar = {"chain": "chains"}
    lists: ClassVar = {"indicators": "indicators", "projects": "events"}

    segment: Key = Field(description="Name of the segment")
    chain: Key = Field(description="The industry chain that it is a part of")
    place: Annotated[str, Field(pattern=WHOLE)] = Field(
        description="Its place in the chain, from upstream (1) to downstream"
    )
    name_zh: Text = Field(description="Name in Chinese")
    name_en: Text = Field(description="Name in English")
    definition_zh: Text = Field(description="What belongs to it, in Chinese")
    definition_en: Text = Field(description="What belongs to it, in English")
    branch: KeyOrEmpty = Field(
        default="",
        description="Its branch, where the chain has several: upstream and downstream are said within a branch only",
    )
    indicators: KeysOrEmpty = Field(
        default="", description="What counts or measures all that is in it; the map prints the figures that are held"
    )
    projects: KeysOrEmpty = Field(
        default="", description="The projects, keys of events, that by their names or sources belong to it"
    )

    def held(self, column: Literal["indicators", "projects"]) -> tuple[str, ...]:
        """The keys of a column that holds several."""
        return tuple(key for key in getattr(self, column).split("; ") if key)


class Organisation(Row):
    """A firm, institute, market, zone, airport or association that a source names."""

    table = "organisations"
    references: ClassVar = {"chain": "chains", "segment": "segments", "ref_area": "areas", "source_id": "sources"}

    organisation: Key = Field(description="Name of the organisation")
    name_zh: Text = Field(description="Name in Chinese")
    name_en: Text = Field(description="Name in English")
    kind: Literal["firm", "institute", "market", "zone", "airport", "association"] = Field(description="What it is")
    chain: KeyOrEmpty = Field(description="The industry chain it belongs to")
    segment: KeyOrEmpty = Field(
        description="Its segment of the chain; empty where the words of the source do not say what it does"
    )
    ref_area: AreaCode = Field(description="The area it lies in, as narrow as the source says")
    # Evidence of earlier editions lacks the columns with a default: a cell must be filled, no column is read as empty.
    as_printed: Text = Field(default="", description="The source's own words that name it")
    locator: str = Field(default="", description="Where they stand: section, page or paragraph")
    source_id: Key = Field(description="Who names it")


class Link(Row):
    """An edge of the map of a chain, as a source states it: from an organisation or segment to another."""

    table = "links"
    references: ClassVar = {"chain": "chains", "source_id": "sources"}

    link: Key = Field(description="Name of the link")
    chain: Key = Field(description="The industry chain that it is a part of")
    source: Key = Field(description="Where it begins: a key of organisations or of segments")
    target: Key = Field(description="Where it ends: a key of organisations or of segments")
    kind: Literal["supplies", "sells_through", "located_in"] = Field(description="What the source is to the target")
    as_printed: Text = Field(description="The source's own words that state it")
    locator: str = Field(description="Where they stand: section, page or paragraph")
    source_id: Key = Field(description="Who printed it")


class Event(Row):
    """An event, a project or a policy."""

    table = "events"
    references: ClassVar = {"chain": "chains", "ref_area": "areas", "source_id": "sources"}

    event: Key = Field(description="Name of the event")
    kind: Literal["event", "project", "policy"] = Field(description="What it is")
    stage: Literal["", "招引", "开工", "推进", "竣工", "征拆", "储备"] = Field(
        description="Stage of a project: attracted, started, advancing, completed, land cleared, in reserve"
    )
    chain: KeyOrEmpty = Field(description="The industry chain it belongs to")
    ref_area: AreaCode = Field(description="The area it lies in")
    date: PeriodOrEmpty = Field(description="When: a period as in observations; empty where the source gives no time")
    name_zh: Text = Field(description="Name in Chinese")
    name_en: Text = Field(description="Name in English")
    actor_zh: str = Field(default="", description="Who acts, in Chinese; empty where the source names nobody")
    actor_en: str = Field(default="", description="Who acts, in English; empty where the source names nobody")
    instrument: Instrument = Field(default="", description="By which kind of means, where the words say so")
    serves: KeyOrEmpty = Field(
        default="", description="Of a policy: the statement of the target it serves, where its source says which"
    )
    progress: KeyOrEmpty = Field(
        default="", description="Of a policy: the statement, project or event that last tells how far it came"
    )
    as_printed: Text = Field(description="The source's own words")
    locator: str = Field(description="Where they stand: section, page or paragraph")
    source_id: Key = Field(description="Who printed it")


class Term(Row):
    """A name or idiom that may stand in a sentence although it holds digits or number words."""

    table = "glossary"
    references: ClassVar = {"source_id": "sources"}

    term: Key = Field(description="Name of the term")
    zh: Text = Field(description="Its form in Chinese")
    en: Text = Field(description="Its form in English")
    kind: Literal["name", "term", "idiom"] = Field(description="What it is")
    source_id: Key = Field(description="Who uses it")


class Correction(Row):
    """A change of one cell of a statement, which counts from its day on; the row itself is never edited."""

    table = "corrections"
    references: ClassVar = {"observation_id": "observations", "source_id": "sources"}

    correction_id: Key = Field(description="Name of the correction")
    observation_id: Key = Field(description="The statement that it corrects")
    column: CorrectedColumn = Field(description="The column of observations that it changes")
    value_before: str = Field(description="What stood there before, corrections of earlier days included")
    value_after: str = Field(description="What stands there from that day on")
    reason_zh: Text = Field(description="Why, in Chinese; half a sentence that follows 因")
    reason_en: Text = Field(description="Why, in English; half a sentence that follows 'because'")
    source_id: Key = Field(description="The source that shows it")
    date: Date = Field(description="The day from which it counts")


class SetAside(Row):
    """A statement that was found and is not held as an observation, with the reason."""

    table = "set_aside"
    references: ClassVar = {"observation_id": "observations"}

    fact: Key = Field(description="Name of the statement in the collection it comes from")
    kind: Literal[
        "duplicate",
        "doubtful",
        "impossible",
        "unreadable",
        "unclear_definition",
        "unclear_period",
        "unclear_unit",
        "computed_by_collector",
        "out_of_scope",
        "lead",
    ] = Field(
        description="Why it is not held; lead: its host is unreliable, and a better source would make it an observation"
    )
    reason: Text = Field(description="The reason in one sentence")
    observation_id: KeyOrEmpty = Field(description="The observation that holds the same, where there is one")
    indicator: Text = Field(description="What it measures, as collected; no name of indicators.csv")
    ref_area_name: Text = Field(description="The area, organisation or project it is about, as collected")
    time_period: str = Field(description="When it was true, as collected; empty where the source gives no time")
    value: Text = Field(description="The number as collected; no report calculates with it")
    unit: Text = Field(description="Unit, as collected")
    as_printed: Text = Field(description="The source's own words")
    url: Annotated[str, Field(pattern=ADDRESS)] = Field(description="Address of the page")
    grade: Literal["A", "B", "C", "D"] = Field(description="Grade of the source, as in sources.csv")


MODELS: tuple[type[Row], ...] = (
    Area,
    Indicator,
    Source,
    Chain,
    Segment,
    Organisation,
    Link,
    Event,
    Term,
    Observation,
    Correction,
    SetAside,
)
