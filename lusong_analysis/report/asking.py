"""What a notebook asks: areas, figures, series, events, names, projects, maps, counts and judgements."""

from __future__ import annotations

from lusong_analysis.facts.areas import area_of_level, parent_of
from lusong_analysis.facts.package import Package
from lusong_analysis.facts.rows import Chain
from lusong_analysis.quantity import judgement, wording
from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.judgement import Judgement
from lusong_analysis.quantity.period import Period, bounds
from lusong_analysis.quantity.quantity import Quantity, Subject
from lusong_analysis.quantity.series import Series
from lusong_analysis.report import counting, questions
from lusong_analysis.report.chainmap import ChainMap, chain_map
from lusong_analysis.report.evidence import Evidence
from lusong_analysis.report.named import Named
from lusong_analysis.report.parameters import Parameters
from lusong_analysis.report.register import Project, projects
from lusong_analysis.report.strategy import Policy, policies
from lusong_analysis.report.text import Words


class Asking:
    """The questions that a report answers from the data package, as of its day."""

    _parameters: Parameters
    _all: Package
    _package: Package
    _evidence: Evidence

    @property
    def area(self) -> Words:
        """The name of the report's area, for texts, and for charts as the name of a figure."""
        return self.name_of(self._parameters.ref_area)

    @property
    def parent(self) -> str:
        """The code of the area that the report's area lies in; of a district that of its city.

        Raises
        ------
        Refused
            The data names none.
        """
        return parent_of(self._all, self._parameters.ref_area)

    @property
    def province(self) -> str:
        """The code of the province that the report's area is or lies in.

        Raises
        ------
        Refused
            The data holds none.
        """
        return area_of_level(self._all, self._parameters.ref_area, "province")

    @property
    def country(self) -> str:
        """The code of the country that the report's area is or lies in.

        Raises
        ------
        Refused
            The data holds none.
        """
        return area_of_level(self._all, self._parameters.ref_area, "country")

    def name_of(self, ref_area: str) -> Words:
        """The name of an area, as ``report.name_of(report.parent)``.

        Raises
        ------
        Refused
            The area is unknown; with did-you-mean.
        """
        return questions.name_of(self._all, ref_area)

    def figure(self, indicator: str, *, time_period: str = "", ref_area: str = "", counterpart: str = "") -> Quantity:
        """The figure that prevails: by grade, then newest, then narrowest.

        Parameters
        ----------
        indicator : str
            A key of the table ``indicators``.
        time_period : str
            The period; if left out, the latest one that is held. A statement whose source gives no time counts at
            its day of publication.
        ref_area : str
            The area; the report's own if left out.
        counterpart : str
            The organisation or project, where the figure is about one.

        Returns
        -------
        Quantity
            Absent where nothing is known, so that a notebook needs no ``if``.

        Raises
        ------
        Refused
            A name is unknown; with did-you-mean.
        """
        asked = Subject(indicator, ref_area or self._parameters.ref_area, time_period, counterpart)
        answer = questions.figure(self._package, asked, self._all)
        self._evidence.ask(asked, answer)
        return answer

    def figures(self, *indicators: str, **where: str) -> tuple[Quantity, ...]:
        """Several figures of one period, area and counterpart; see :meth:`figure`."""
        return tuple(self.figure(indicator, **where) for indicator in indicators)

    def series(self, indicator: str, *, ref_area: str = "", counterpart: str = "") -> Series:
        """What is known of one indicator over time, which charts may join: of each period the statement that prevails.

        Statements whose source gives no time are left out; see :meth:`figure` for the parameters.
        """
        asked = Subject(indicator, ref_area or self._parameters.ref_area, "", counterpart)
        answers = questions.series(self._package, asked, self._all)
        for answer in answers:
            self._evidence.ask(asked._replace(time_period=answer.subject.time_period), answer)
        return answers

    def history(self, *indicators: str, ref_area: str = "") -> tuple[Quantity, ...]:
        """Every statement on some indicators, definition by definition, by time; a list, never a series.

        Parameters
        ----------
        *indicators : str
            Keys of the table ``indicators``.
        ref_area : str
            The area; the report's own if left out. Statements about its organisations are listed too.
        """
        return questions.history(self._package, indicators, ref_area or self._parameters.ref_area)

    def by_chain(self, *, measure_type: str) -> tuple[tuple[Chain, tuple[Quantity, ...]], ...]:
        """Each chain with its latest figures of one type, as ``growth``; none where none is known.

        The types are those of the column ``measure_type`` of the table ``indicators``. Figures of single firms are
        left out: they do not stand for a chain.
        """
        return questions.by_chain(self._package, measure_type, self._parameters.ref_area)

    def event(self, name: str) -> Period | Quantity:
        """The date of an event of the report's area, or of those it lies in.

        Absent where it is of another area, or where its source was published later than ``as_of``.

        Raises
        ------
        Refused
            The event is unknown; with did-you-mean.
        """
        return questions.event(self._all, name, self._parameters.as_of, self._parameters.ref_area)

    def organisation(self, name: str) -> Named | Quantity:
        """The name of an organisation of the report's area, or of those it lies in; absent as :meth:`event`.

        Raises
        ------
        Refused
            The organisation is unknown; with did-you-mean.
        """
        return questions.organisation(self._all, name, self._parameters.as_of, self._parameters.ref_area)

    def events(self, *, chain: str = "", kind: str = "event", ref_area: str = "") -> tuple[Period, ...]:
        """The dates of the events of a chain, of one kind, in order; those without a date last."""
        area = ref_area or self._parameters.ref_area
        return questions.events(self._all, chain, kind, self._parameters.as_of, area)

    def count(self, table: str, **where: str | Period) -> Quantity:
        """How many statements fulfil some conditions, or how many sources, indicators or data points these are of.

        For the conditions see :func:`lusong_analysis.report.counting.formula`.
        """
        return counting.count(counting.formula(table, where), self._package)

    def counts(self, table: str, *, by: str, **where: str | Period) -> tuple[counting.Class, ...]:
        """How many there are in each class of a property, with its name; see :meth:`count`."""
        return counting.classes(self._package, table, by, where, self._parameters.edition)

    def organisations(self, *, chain: str) -> tuple[Named, ...]:
        """The organisations of a chain that a source known by then names, from its first segment to its last."""
        return questions.organisations(self._package, chain, self._parameters.as_of)

    def links(self, *, chain: str) -> tuple[Named, ...]:
        """Who feeds whom in a chain, where a source known by then says so."""
        return questions.links(self._package, chain)

    def projects(self, *, elsewhere: bool = False) -> tuple[Project, ...]:
        """The projects that sources name in the report's area, in the order of their stages.

        With ``elsewhere`` those of a chain that lie in other places, or of which the source names the city only.
        """
        area, as_of = self._parameters.ref_area, self._parameters.as_of
        found = projects(self._package, self._all, as_of=as_of, ref_area=area)
        return tuple(project for project in found if project.own is not elsewhere)

    def policies(self, *, chain: str) -> tuple[Policy, ...]:
        """The measures for a chain that sources name, of the report's area and of those it lies in, by date."""
        area, as_of = self._parameters.ref_area, self._parameters.as_of
        return policies(self._package, self._all, chain=chain, as_of=as_of, ref_area=area)

    def map_of(self, *, chain: str) -> ChainMap:
        """The map of a chain, for :meth:`chain_map`; its ``gaps`` and ``filled`` are names of segments, for texts."""
        drawn = chain_map(self._package, chain, self._parameters.as_of, self._parameters.ref_area)
        for figure in drawn.quantities():
            self._evidence.ask(figure.subject._replace(time_period="", comparable_with=""), figure)
        return drawn

    def parameter(self, name: str) -> Period:
        """A parameter that is a year or a day, as a period that texts can print and measures can count from.

        Raises
        ------
        QuantityError
            The parameter is unknown or not set.
        """
        value = str(getattr(self._parameters, name, None) or "")
        if not value:
            msg = f"no parameter {name!r} is set; a report has {', '.join(Parameters.model_fields)}"
            raise QuantityError(msg)
        bounds(value)
        return Period(value, {"parameter": name, "value": value})

    def text(self, quantity: Quantity, spec: str = "") -> str:
        """A figure in the report's language without a link, for a look in the notebook."""
        return wording.text(quantity, self._parameters.language, spec)

    def agreement(self, one: Quantity, other: Quantity) -> Judgement:
        """Whether two figures agree, as far as their intervals decide it."""
        return judgement.agreement(one, other)

    def comparison(self, one: Quantity, other: Quantity) -> Judgement:
        """Whether one figure is above or below another, as far as their intervals decide it."""
        return judgement.comparison(one, other)

    def comparability(self, one: Quantity, other: Quantity) -> Judgement:
        """Whether two statements may stand in one series, and if not, why."""
        return judgement.comparability(one, other)
