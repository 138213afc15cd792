"""Charts: pictures that are the same each time, whose labels fit, and whose signs say what is known."""

import dataclasses
import functools
import itertools

import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import FancyArrowPatch, Rectangle

from lusong_analysis.facts.package import find_folder, open_package
from lusong_analysis.facts.rows import Observation
from lusong_analysis.facts.statement import Statement
from lusong_analysis.measures.concentration import herfindahl
from lusong_analysis.measures.growth import level_earlier, required_growth_by_year
from lusong_analysis.measures.structure import at_face_value
from lusong_analysis.pdf.read import squeeze
from lusong_analysis.quantity import Period, Quantity, QuantityError
from lusong_analysis.quantity.quantity import Subject, missing
from lusong_analysis.report import charts
from lusong_analysis.report.charts.names import shape
from lusong_analysis.report.drawing import BLUE, BRICK, SKY, Pen, render
from lusong_analysis.report.numerals import printed as without_placeholders
from lusong_analysis.report.numerals import typed_numbers
from lusong_analysis.report.text import Speaker, Text
from mixed import MIXED, statements_of

LANGUAGES = ("zh", "en")
DISTRICT, CITY, PROVINCE, COUNTRY = "430203", "430200", "430000", "100000"
FIRM = "lusong_market_cluster"
UNTIL = Period("2025", {"parameter": "horizon", "value": "2025"})
# Long names, as the data has them.
INDICATORS = {
    "revenue": ("服饰产业技工贸收入", "technology, industry and trade revenue of the apparel chain"),
    "goal": ("服饰产业技工贸收入目标", "target for the technology, industry and trade revenue of the apparel chain"),
    "scale": (
        "起落架和中小航空发动机等重点产品国内市场占有率",
        "domestic market share of key aviation products, landing gear and small and medium aero-engines among them",
    ),
    "growth": ("规模以上工业增加值增长率", "growth of the value added of industry above designated size"),
    "profit": ("归属于上市公司股东的净利润", "net profit attributable to shareholders"),
}


@functools.cache
def real_package():
    """The checkout's own data, for its areas and names."""
    return open_package(find_folder())


class Made:
    """Statements made up for a chart, as the data package reads them, and the package that holds them."""

    def __init__(self):
        self.package = real_package()
        indicator = next(iter(self.package.indicators.values()))
        targets = {"goal": "revenue"}
        self.indicators = {
            key: indicator.model_copy(
                update={"indicator": key, "name_zh": zh, "name_en": en, "comparable_with": targets.get(key, "")}
            )
            for key, (zh, en) in INDICATORS.items()
        }
        source = next(iter(self.package.sources.values()))
        days = {
            "office": ("A", "2022-03-25"),
            "press": ("B", "2020-10"),
            "copy": ("C", "2018-07-27"),
            "undated": ("C", ""),
        }
        self.sources = {
            key: source.model_copy(update={"source_id": key, "grade": grade, "date_published": day})
            for key, (grade, day) in days.items()
        }
        self.rows = {}

    def __call__(self, indicator, value, period="", *, bound="=", unit="亿元", area=DISTRICT, source="press", **more):
        """A statement."""
        name = f"made-{len(self.rows)}"
        row = Observation(
            observation_id=name,
            ref_area=area,
            chain="",
            indicator=indicator,
            counterpart=more.get("of", ""),
            time_period=period,
            obs_value=value,
            obs_value_upper=more.get("upper", ""),
            bound=bound,
            precision=more.get("precision", ""),
            unit=unit,
            as_printed="如印",
            locator="",
            source_id=source,
            obs_status="",
            comment="",
        )
        self.rows[name] = row
        return Statement(row, self.sources[source], self.indicators[indicator], self.package.areas[area]).quantity

    def speaker(self, language):
        """A speaker over these statements."""
        package = dataclasses.replace(
            self.package, observations=self.rows, indicators=self.indicators, sources=self.sources
        )
        return Speaker(language, package, lambda _: "E1")


def absent(indicator="revenue", period="2019"):
    """A figure that nobody published."""
    return missing(Subject(indicator, DISTRICT, period, ""))


# --- one of each ---------------------------------------------------------------------------------------------------


def fan(made):
    """Growth needed by year, from a floor."""
    start, target = made("revenue", "808", "2019", bound=">"), made("goal", "1000", "2018", precision="0")
    return charts.bounds_by_year(required_growth_by_year(start, target, UNTIL))


def by_definition(made):
    """Statements of three definitions, one of them a target."""
    return charts.statements_by_definition(
        (
            made("revenue", "700", bound=">", of=FIRM),
            made("revenue", "808", "2019", bound=">"),
            made("goal", "1000", "2018", precision="0"),
            made("scale", "712", bound="between", upper="750"),
            made("revenue", "712", "2024", source="office", area=CITY),
            made("revenue", "750", bound="<", area=PROVINCE),
            made("revenue", "600", bound="~", area=COUNTRY),
        )
    )


def ladder(made):
    """Statements by time: a floor twice on one day, a target, an undated and a computed one."""
    later, rate = made("revenue", "500", "2014", source="office"), made("growth", "15", "2014", unit="%")
    return charts.ladder(
        (
            made("revenue", "60", "2000", bound=">"),
            made("revenue", "500", bound=">", source="copy"),
            made("revenue", "500", bound=">", source="copy"),
            made("revenue", "300", source="undated"),
            made("scale", "505", "2019", bound="~", area=CITY),
            made("goal", "800", "2015", precision="0"),
            made("revenue", "450", "2012", bound="<="),
            later,
        ),
        [(charts.year_before(later.period), level_earlier(later, rate))],
    )


def concentration(made):
    """Ranges of an index for two shares beside thresholds, with a group that is not known."""
    rest = made("scale", "0", unit="1", bound="between", upper="1")
    groups = []
    for number in ("90", "70"):
        share = made("scale", number, "2019", unit="%", precision="1")
        rows = [
            (("计入舍入", "with the rounding of the share"), herfindahl(share, rest)),
            (("按字面值", "at face value"), herfindahl(at_face_value(share), rest)),
        ]
        groups.append((Text("{x}：中小航空发动机", "{x}: small and medium aero-engines", {"x": share}), rows))
    groups.append((absent(), [(("计入舍入", "with rounding"), absent())]))
    thresholds = [
        (("中度集中", "moderately concentrated"), made("scale", "1000", unit="点", precision="0")),
        (("高度集中", "highly concentrated"), made("scale", "1800", unit="点", precision="0")),
    ]
    return charts.intervals(groups, thresholds, what=("指数", "Index"))


def ranges(made):
    """Days as a range, a value, a bound on each side, and one that is not known."""
    return charts.ranges(
        [
            (
                ("企业开办", "starting a business in the district"),
                made("scale", "3", unit="工作日", bound="between", upper="8"),
            ),
            (("全省目标", "target of the province"), made("scale", "5", unit="工作日")),
            (("不动产登记", "registration of real estate"), made("scale", "7", unit="工作日", bound="<=")),
            (("施工许可", "building permit"), made("scale", "2", unit="工作日", bound=">=")),
            (("比上年", "than a year before"), made("scale", "-3", unit="工作日")),
            (("水电气接入", "water, electricity and gas"), absent()),
        ]
    )


def firm(made):
    """Revenue and profit of nine years: a gap, a computed year, parts of a year, two units."""
    revenue = [
        made("revenue", "1.34", "2017", of=FIRM),
        made("revenue", "31218.59", "2020", of=FIRM, unit="万元"),
        made("revenue", "4.85", "2021", of=FIRM, source="office"),
        made("revenue", "2.30", "2021-S1", of=FIRM),
        made("revenue", "6.02", "2022", of=FIRM),
        made("revenue", "7.94", "2023", of=FIRM, bound=">"),
        made("revenue", "7.71", "2025-01-01/P9M", of=FIRM),
        absent(period="2024"),
    ]
    profit = [made("profit", "0.31", "2017", of=FIRM), made("profit", "-0.21", "2024", of=FIRM)]
    rate = made("growth", "20.57", "2020", of=FIRM, unit="%")
    before = charts.year_before(revenue[1].period)
    return charts.panels_by_year([*revenue, (before, level_earlier(revenue[1], rate))], profit)


def plan(made):
    """Two indicators against their targets, and a target whose result is not known."""
    return charts.plan_and_actual(
        [
            (made("goal", "15", "2020-S1", precision="0"), made("revenue", "23", "2020-S1")),
            (made("goal", "4", "2021", precision="0"), made("revenue", "3.5", "2021")),
            (made("goal", "32", "2023", precision="0"), absent(period="2023")),
        ]
    )


def areas(made):
    """Growth in four areas: official and press years, a quarter, a fall below zero."""
    country = [
        ("6.9", "2017", "office"),
        ("6.6", "2018", "office"),
        ("6.0", "2019", "office"),
    ]
    country += [
        ("2.3", "2020", "office"),
        ("8.1", "2021", "office"),
        ("3.0", "2022", "press"),
        ("5.0", "2025", "office"),
    ]
    return charts.by_area(
        [made("growth", "12.5", "2019", unit="%"), absent("growth", "2020")],
        [made("growth", "8.6", "2019", unit="%", area=CITY), made("growth", "-7.7", "2020-Q1", unit="%", area=CITY)],
        [made("growth", rate, year, unit="%", area=PROVINCE) for rate, year in (("7.6", "2019"), ("3.8", "2020"))],
        [made("growth", rate, year, unit="%", area=COUNTRY, source=source) for rate, year, source in country],
        parts=True,
    )


def composition(made):
    """Parts of a whole, one of them small."""
    parts = [
        (("工业", "industry"), "346.4"),
        (("批发零售业", "wholesale and retail trade"), "614.5"),
        (("服务", "services"), "54.4"),
    ]
    rows = [(name, made("revenue", number, "2020")) for name, number in parts]
    return charts.composition(rows, made("scale", "1015.3", "2020"))


MAKERS = {
    maker.__name__: maker
    for maker in (fan, by_definition, ladder, concentration, ranges, firm, plan, areas, composition)
}
# Where a chart is given nothing but these figures.
EMPTY = {
    "by_definition": lambda *figures: charts.statements_by_definition(figures),
    "ladder": lambda *figures: charts.ladder(figures),
    "concentration": lambda *figures: charts.intervals([(("甲", "a"), [(("乙", "b"), figure) for figure in figures])]),
    "ranges": lambda *figures: charts.ranges([(("乙", "b"), figure) for figure in figures]),
    "firm": lambda *figures: charts.panels_by_year(figures),
    "plan": lambda *figures: charts.plan_and_actual([(figure, figure) for figure in figures]),
    "areas": lambda *figures: charts.by_area(figures),
    "composition": lambda *figures: charts.composition([(("乙", "b"), figure) for figure in figures]),
}
MOST = {"zh": 110, "en": 260}  # characters of a measure line
BOTH = list(itertools.product(MAKERS, LANGUAGES))


@functools.cache
def drawn(name, language="zh"):
    """A chart, its picture, its pen, the picture's box, and every text with its box [pixel]."""
    made, boxes, areas_ = Made(), [], []

    def look(axes):
        areas_.append(axes.figure.bbox)
        boxes.extend((text.get_text(), text.get_window_extent()) for text in axes.texts)

    chart = MAKERS[name](made)
    return (chart, *painted(chart, made.speaker(language), look), areas_[0], boxes)


def painted(chart, speaker, look=lambda axes: None):
    """The picture of a chart and its pen."""

    def draw(axes, pen):
        chart.draw(axes, pen)
        axes.figure.canvas.draw()
        look(axes)

    pen = Pen(speaker)
    return render(dataclasses.replace(chart, draw=draw), pen), pen


# --- all of them ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_a_chart_gives_the_same_bytes(name, language):
    """Drawn twice, a chart is the same SVG and the same PNG."""
    made = Made()
    again, _ = painted(MAKERS[name](made), made.speaker(language))
    _, picture, *_ = drawn(name, language)
    assert (picture.svg, picture.png) == (again.svg, again.png)


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_no_label_is_cut_or_covers_another(name, language):
    """Every text lies inside the picture, and no two overlap."""
    *_, area, boxes = drawn(name, language)
    assert boxes
    for words, box in boxes:
        assert area.x0 - 1 <= box.x0 <= box.x1 <= area.x1 + 1, words
        assert area.y0 - 1 <= box.y0 <= box.y1 <= area.y1 + 1, words
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        covered = min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
        assert not covered, (one, other)


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_every_text_of_a_picture_is_a_label(name, language):
    """The texts of the SVG, label by label, are the words that the labels give again; nothing stands loose."""
    _, picture, pen, *_ = drawn(name, language)
    written = dict.fromkeys(range(len(pen.labels)), "")
    for text in picture.texts:
        written[text["label"]] += text["text"]
    words = [squeeze(pen.speaker.plain(label)) for label in pen.labels]
    assert words == [squeeze(text) for text in written.values()]


@pytest.mark.parametrize("name", MAKERS)
def test_every_figure_that_is_printed_is_named(name):
    """Labels, measure line and alternative text print only figures that the chart lists."""
    chart, _, pen, *_ = drawn(name)
    listed = [quantity.formula for quantity in chart.figures.values()]
    texts = [*pen.labels, chart.measure, chart.alternative]
    printed = [value.formula for text in texts for value in text.values.values() if isinstance(value, Quantity)]
    assert [] == [formula for formula in printed if formula not in listed]


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_no_template_types_a_number(name, language):
    """What a chart says itself holds no digit and no number word."""
    chart, _, pen, *_ = drawn(name, language)
    texts = [*pen.labels, chart.measure, chart.alternative]
    words = [without_placeholders(text.template(language)) for text in texts]
    assert [] == [found for text in words for found in typed_numbers(text, language)]


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_the_alternative_text_is_words_more_than_numbers(name, language):
    """An alternative text says kind and shape, lists few values, and is more than half letters."""
    chart, _, pen, *_ = drawn(name, language)
    words = pen.speaker.plain(chart.alternative)
    assert sum(character.isalpha() for character in words) > len(words) / 2
    values = {text for text in chart.alternative.values if f"{{{text}}}" in chart.alternative.template(language)}
    figures = [value for value in values if isinstance(chart.alternative.values[value], Quantity)]
    assert len(figures) <= 5


@pytest.mark.parametrize(("name", "language", "most"), [(name, *most) for name in MAKERS for most in MOST.items()])
def test_the_measure_line_is_short(name, language, most):
    """What, where, unit and signs fit into two lines under the title."""
    chart, _, pen, *_ = drawn(name, language)
    assert 0 < len(pen.speaker.plain(chart.measure)) <= most


@pytest.mark.parametrize("name", [name for name in MAKERS if name != "fan"])
def test_a_chart_of_nothing_prints_what_is_missing(name):
    """Where no figure is known, the chart lists the absent ones, so that the report says what is missing."""
    chart = EMPTY[name](absent())
    assert {"missing"} == {quantity.absence.reason for quantity in chart.figures.values()}


@pytest.mark.parametrize("name", [name for name in MAKERS if name != "fan"])
def test_a_chart_that_was_given_nothing_says_so(name):
    """An empty history is no error: the picture says that there is no figure."""
    picture, _ = painted(EMPTY[name](), Made().speaker("en"))
    assert ["no figure"] == [text["text"] for text in picture.texts]


def test_a_fan_of_nothing_prints_what_is_missing():
    """A fan whose start is not known lists it."""
    made = Made()
    chart = charts.bounds_by_year(required_growth_by_year(absent(), made("goal", "1000", "2018", precision="0"), UNTIL))
    assert "missing" in {quantity.absence.reason for quantity in chart.figures.values() if quantity.absence}


# --- signs ---------------------------------------------------------------------------------------------------------


def signs(chart, made):
    """What stands in a picture, by kind: arrows, bars, points and lines."""
    found = {}

    def look(axes):
        found["arrows"] = [patch for patch in axes.patches if isinstance(patch, FancyArrowPatch)]
        found["bars"] = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
        found["points"] = list(axes.collections)
        found["lines"] = list(axes.lines)

    painted(chart, made.speaker("zh"), look)
    return found


def direction(arrow):
    """The direction of an arrow: right, down."""
    (x, y), (to_x, to_y) = arrow._posA_posB
    return int(to_x > x) - int(to_x < x), int(to_y > y) - int(to_y < y)


@pytest.mark.parametrize(
    ("bound", "upright", "level"),
    [(">", (0, -1), (1, 0)), (">=", (0, -1), (1, 0)), ("<", (0, 1), (-1, 0)), ("<=", (0, 1), (-1, 0))],
)
def test_a_bound_has_an_arrow_to_where_the_figure_may_lie(bound, upright, level):
    """Up or right from a floor, down or left from a ceiling."""
    made = Made()
    figure = made("revenue", "808", "2019", bound=bound)
    for chart, expected in ((charts.ladder([figure]), upright), (charts.ranges([(("甲", "a"), figure)]), level)):
        assert [expected] == [direction(arrow) for arrow in signs(chart, made)["arrows"]]
    (arrow,) = signs(charts.panels_by_year([figure]), made)["arrows"]
    assert upright == direction(arrow)


def test_a_value_has_no_arrow():
    """An arrow says that only a bound is known."""
    made = Made()
    assert [] == signs(charts.ladder([made("revenue", "808", "2019")]), made)["arrows"]


def test_a_ceiling_of_needed_growth_has_its_area_and_a_floor_has_none():
    """The area under a cap is where the figure lies."""
    for bound, areas_ in ((">", 6), ("=", 0)):
        made = Made()
        start = made("revenue", "808", "2019", bound=bound)
        chart = charts.bounds_by_year(
            required_growth_by_year(start, made("goal", "1000", "2018", precision="0"), UNTIL)
        )
        bars = signs(chart, made)["bars"]
        assert areas_ == sum(to_hex(bar.get_facecolor()) == SKY and bar.get_edgecolor()[-1] == 0 for bar in bars)
        assert 6 == len(bars)


def test_a_range_is_a_bar_between_its_ends():
    """As wide as the range on the scale of its neighbours."""
    made = Made()
    rows = [
        (("甲", "a"), made("revenue", "2", bound="between", upper="6")),
        (("乙", "b"), made("revenue", "8", bound="between", upper="10")),
    ]
    one, other = signs(charts.ranges(rows), made)["bars"]
    assert pytest.approx(2) == one.get_width() / other.get_width()
    assert {SKY} == {to_hex(bar.get_facecolor()) for bar in (one, other)}


@pytest.mark.parametrize(
    ("source", "more", "color", "filled"),
    [
        ("office", {}, BLUE, True),
        ("press", {}, BLUE, False),
        ("copy", {}, BLUE, False),
        ("office", {"bound": "~"}, BLUE, False),
    ],
)
def test_only_official_figures_are_filled(source, more, color, filled):
    """A press claim is hollow, and so is what an office only estimates."""
    made = Made()
    (mark,) = signs(charts.ladder([made("revenue", "500", "2019", source=source, **more)]), made)["points"]
    assert color == to_hex(mark.get_edgecolor()[0])
    assert (color if filled else "#ffffff") == to_hex(mark.get_facecolor()[0])


def test_a_target_is_a_hollow_diamond_in_brick():
    """Whoever printed it."""
    made = Made()
    diamond, dot = signs(
        charts.ladder([made("goal", "9", "2019", source="office"), made("revenue", "5", "2019")]), made
    )["points"]
    assert (BRICK, "#ffffff") == (to_hex(diamond.get_edgecolor()[0]), to_hex(diamond.get_facecolor()[0]))
    assert len(diamond.get_paths()[0].vertices) != len(dot.get_paths()[0].vertices)


def test_computed_bars_are_dashed_and_parts_of_a_year_hatched():
    """A computed year is an empty dashed bar, nine months are hatched, a printed year is neither."""
    made = Made()
    later, rate = made("revenue", "3.12", "2020"), made("growth", "20.57", "2020", unit="%")
    months = made("revenue", "7.71", "2025-01-01/P9M")
    chart = charts.panels_by_year([later, (charts.year_before(later.period), level_earlier(later, rate)), months])
    bars = sorted(signs(chart, made)["bars"], key=lambda bar: bar.get_x())
    assert [("--", None), ("-", None), ("-", "/////")] == [
        ("-" if bar.get_linestyle() in ("-", "solid") else "--", bar.get_hatch()) for bar in bars
    ]
    assert "#ffffff" == to_hex(bars[0].get_facecolor())


def test_a_bar_is_as_high_as_its_figure_whatever_its_unit():
    """万元 and 亿元 share a scale."""
    made = Made()
    chart = charts.panels_by_year(
        [made("revenue", "2", "2020"), made("revenue", "10000", "2021", unit="万元", precision="1")]
    )
    one, other = sorted(signs(chart, made)["bars"], key=lambda bar: bar.get_x())
    assert pytest.approx(2) == one.get_height() / other.get_height()


def test_years_without_a_figure_are_marked_as_gaps():
    """Between the first and the last year each gap says so, in each panel."""
    made = Made()
    series = [[made(name, "5", "2017"), made(name, "6", "2020")] for name in ("revenue", "profit")]
    picture, _ = painted(charts.panels_by_year(*series), made.speaker("en"))
    words = [text["text"] for text in picture.texts]
    assert 4 == words.count("no figure")
    assert {"2017", "2018", "2019", "2020"} <= set(words)


def test_absent_figures_of_a_series_do_not_stop_the_chart():
    """What is not known is no figure of the chart, and its year is a gap."""
    made = Made()
    series = [made("revenue", "5", "2017"), absent(period="2018"), made("revenue", "6", "2019")]
    chart = charts.panels_by_year(series)
    assert 2 == len(chart.figures)
    picture, _ = painted(chart, made.speaker("en"))
    assert 1 == [text["text"] for text in picture.texts].count("no figure")


def test_of_each_year_the_longest_period_is_drawn():
    """Half-years give way to the year, quarters to nine months."""
    made = Made()
    periods = ("2020-S1", "2020", "2025-Q1", "2025-01-01/P9M", "2025-S1")
    chart = charts.panels_by_year([made("revenue", "5", period) for period in periods])
    assert ["2020", "2025-01-01/P9M"] == [quantity.subject.time_period for quantity in chart.figures.values()]


def test_statements_are_never_joined():
    """The lines of a ladder are stems and its axis: none leads from a year to another but the axis."""
    made = Made()
    chart = charts.ladder(
        [made("revenue", str(number), str(year), source="office") for number, year in ((5, 2018), (6, 2019), (7, 2020))]
    )
    slanted = [line for line in signs(chart, made)["lines"] if len(set(line.get_xdata())) > 1]
    assert [1] == [len(set(line.get_ydata())) for line in slanted]


def joins(made, *series):
    """The lines that lead from a point to another."""
    lines = signs(charts.by_area(*series), made)["lines"]
    return [line for line in lines if len(set(line.get_xdata())) > 1 and line.get_linewidth() >= 0.9]


@pytest.mark.parametrize(
    ("years", "source", "expected"),
    [(("2018", "2019", "2020"), "office", 2), (("2018", "2020", "2021"), "office", 1), (("2018", "2019"), "press", 0)],
)
def test_only_official_figures_of_consecutive_years_are_joined(years, source, expected):
    """A gap is not bridged, and press figures make no line."""
    made = Made()
    assert expected == len(joins(made, [made("growth", "5", year, unit="%", source=source) for year in years]))


def test_areas_are_not_joined_with_each_other():
    """One year here and the next there make no line."""
    made = Made()
    one, other = (
        made("growth", "5", year, unit="%", area=area, source="office")
        for year, area in (("2018", CITY), ("2019", COUNTRY))
    )
    assert [] == joins(made, [one], [other])


def test_parts_of_a_year_are_left_out_unless_asked_for():
    """A quarter's growth does not stand among yearly ones by accident."""
    made = Made()
    figures = [made("growth", "5", period, unit="%") for period in ("2019", "2020-Q1")]
    assert (1, 2) == (len(charts.by_area(figures).figures), len(charts.by_area(figures, parts=True).figures))


def test_an_area_keeps_its_look_when_another_is_not_known():
    """The second area is brick, whether or not the first has a figure."""
    made = Made()
    city = [made("growth", "8.6", "2019", unit="%", area=CITY)]
    (mark,) = signs(charts.by_area([absent("growth")], city), made)["points"]
    assert BRICK == to_hex(mark.get_edgecolor()[0])


def test_pieces_are_as_long_as_their_share():
    """The pieces of a bar stand to each other as the parts."""
    made = Made()
    parts = [(("甲", "a"), made("revenue", "30.0", "2020")), (("乙", "b"), made("revenue", "60.0", "2020"))]
    one, other = signs(charts.composition(parts, made("scale", "100.0", "2020")), made)["bars"]
    assert pytest.approx(2, rel=0.02) == other.get_width() / one.get_width()


# --- words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (("5",), "has one figure only"),
        (("5", "7", "9"), "rises throughout"),
        (("9", "7", "5"), "falls throughout"),
        (("5", "9", "7"), "rises in part and falls in part"),
        ((">5", "6"), "is undecided in part"),
        (("5", ">6"), "rises throughout"),
        (("5", "9", ">6"), "rises in part and is undecided in part"),
    ],
)
def test_the_shape_is_what_the_intervals_decide(numbers, words):
    """A floor below the next figure decides nothing."""
    made = Made()
    figures = [made("revenue", number.lstrip(">"), bound=">" if ">" in number else "=") for number in numbers]
    assert words == shape(figures)[1]


def test_units_count_for_the_shape():
    """10000 in 万元 is less than 2 in 亿元."""
    made = Made()
    assert "falls throughout" == shape([made("revenue", "2"), made("revenue", "10000", unit="万元", precision="1")])[1]


@pytest.mark.parametrize(("target", "words"), [("1000", "the lower the bar"), ("500", "the higher the bar")])
def test_the_fan_says_how_its_bars_run(target, words):
    """Towards a target above, later is lower; towards one below, later is higher."""
    made = Made()
    start = made("revenue", "808", "2019", bound=">")
    chart = charts.bounds_by_year(required_growth_by_year(start, made("goal", target, "2018", precision="0"), UNTIL))
    assert words in chart.alternative.en


def test_signs_that_do_not_occur_are_not_explained():
    """The measure line of plain press figures speaks of no arrow, target or computed figure."""
    made = Made()
    measure = charts.ladder([made("revenue", "5", "2018"), made("revenue", "6", "2019")]).measure
    assert measure.en.endswith("; filled: official, hollow: press or copy")


def test_a_plan_is_judged_by_the_intervals():
    """Above, below or equal to plan, and the share of it."""
    chart, _, pen, *_ = drawn("plan", "en")
    words = pen.speaker.plain(chart.alternative)
    assert ("above plan" in words, "below plan" in words) == (True, True)
    assert ["share_of"] * 2 == [
        quantity.formula["function"].rpartition(".")[2]
        for quantity in chart.figures.values()
        if "function" in quantity.formula
    ]
    assert "result: no figure" in [pen.speaker.plain(label) for label in pen.labels]


# --- refusals ------------------------------------------------------------------------------------------------------


def test_one_axis_holds_one_dimension():
    """Money and counts do not stand on one axis."""
    made = Made()
    figures = [made("revenue", "5", "2018"), made("revenue", "6", "2019", unit="家")]
    rows = [(("甲", "a"), figure) for figure in figures]
    for chart in (lambda: charts.ladder(figures), lambda: charts.ranges(rows)):
        with pytest.raises(QuantityError, match="one axis cannot hold"):
            chart()


def refused(chart):
    """The message that refuses a chart."""
    with pytest.raises(QuantityError) as caught:
        chart()
    return str(caught.value)


def test_a_panel_holds_one_series():
    """Two indicators, two firms or two units in one row of bars would look like one."""
    made = Made()
    revenue = made("revenue", "5", "2018")
    for other, reason in (
        (made("profit", "6", "2019"), "another definition: revenue (made-0), profit (made-1)"),
        (made("revenue", "6", "2019", of=FIRM), f"another object: the area itself (made-0), {FIRM} (made-2)"),
        (made("revenue", "6", "2019", unit="家"), "another kind of unit: 亿元 (made-0), 家 (made-3)"),
        (made("goal", "6", "2019"), "a target beside a result: result (made-0), target (made-4)"),
    ):
        message = refused(lambda other=other: charts.panels_by_year([revenue, other]))
        assert f"no series: {reason}" == message.split("\n")[0]


def test_a_computed_bar_rests_on_its_panel():
    """The profit of the year before has no place in the row of the revenue."""
    made = Made()
    revenue, profit, rate = (
        made(name, "5", "2020", unit=unit) for name, unit in (("revenue", "亿元"), ("profit", "亿元"), ("growth", "%"))
    )
    computed = (charts.year_before(profit.period), level_earlier(profit, rate))
    message = refused(lambda: charts.panels_by_year([revenue, computed]))
    assert message.startswith("not in one series: level_earlier is not computed from made-0\n")


def test_panels_are_of_one_area_and_each_of_another_definition():
    """A panel is named by its indicator only: what of two areas stood there would not be said."""
    made = Made()
    district, city, again = (
        [made(name, "5", "2019", area=area)]
        for name, area in (("revenue", DISTRICT), ("profit", CITY), ("revenue", DISTRICT))
    )
    assert "not in one chart: another area: 430203 (made-0), 430200 (made-1)" in refused(
        lambda: charts.panels_by_year(district, city)
    )
    assert "two series of one thing: made-0, made-2" in refused(lambda: charts.panels_by_year(district, again))


def test_lines_are_of_one_definition_and_each_of_another_area():
    """Growth of two definitions, or a second line for one area, is refused; one definition of two areas is drawn."""
    made = Made()
    district, city, other, again = (
        [made(name, "5", "2019", unit="%", area=area)]
        for name, area in (("growth", DISTRICT), ("growth", CITY), ("scale", CITY), ("growth", CITY))
    )
    assert 2 == len(charts.by_area(district, city).figures)
    assert "not in one chart: another definition: growth (made-0), scale (made-2)" in refused(
        lambda: charts.by_area(district, other)
    )
    assert "two series of one thing: made-1, made-3" in refused(lambda: charts.by_area(district, city, again))
    assert "no series: two statements of one period: 2019 (made-1, made-3)" in refused(
        lambda: charts.by_area([*city, *again])
    )


@pytest.mark.parametrize("chart", [charts.by_area, charts.panels_by_year])
def test_a_chart_draws_no_statement_without_a_period(chart):
    """A year nobody stated is not guessed."""
    made = Made()
    figures = [made("revenue", "5", "2018"), made("revenue", "6")]
    assert "no series: no period stated: made-1" in refused(lambda: chart(figures))


@pytest.mark.parametrize("name", list(MIXED))
@pytest.mark.parametrize("join", [charts.by_area, charts.panels_by_year])
def test_what_is_not_comparable_is_never_joined(join, name):
    """Neither three definitions of the apparel chain or of aviation, nor city and district make one line."""
    *reasons, cure = refused(lambda: join(statements_of(name))).split("\n")
    assert [f"no series: {reason}" for reason in MIXED[name][1]] == [reason.rpartition(": ")[0] for reason in reasons]
    assert "charts.statements_by_definition" in cure


@pytest.mark.parametrize("name", list(MIXED))
@pytest.mark.parametrize("place", [charts.ladder, charts.statements_by_definition, charts.ranges])
def test_what_stands_side_by_side_is_not_joined(place, name):
    """The charts that place definitions beside each other draw no line from one to another."""
    figures = statements_of(name)
    rows = [((figure.subject.indicator,) * 2, figure) for figure in figures]
    chart = place(rows if place is charts.ranges else figures)
    found = {}

    def look(axes):
        found["lines"] = [line.get_xydata() for line in axes.lines]
        found["points"] = [tuple(point) for points in axes.collections for point in points.get_offsets()]

    painted(chart, Speaker("zh", real_package(), lambda _: "E1"), look)
    assert len(figures) == len(found["points"])
    for line in found["lines"]:
        near = [point for point in found["points"] if any(abs(point - end).max() < 1 for end in line)]
        assert len(near) <= 1


def test_a_growth_is_that_of_its_start():
    """Bars of a growth from another start are refused."""
    made = Made()
    start, other, target = made("revenue", "808", "2019"), made("scale", "712", "2019"), made("goal", "1000", "2018")
    fan_ = required_growth_by_year(start, target, UNTIL)
    message = refused(lambda: charts.bounds_by_year(dataclasses.replace(fan_, start=other)))
    assert message.startswith("not in one series: required_growth is not computed from made-1\n")


def test_a_plan_stands_beside_its_own_result():
    """The result of another indicator, area or period, or one that is a target itself, is refused."""
    made = Made()
    plan_ = made("goal", "15", "2020", precision="0")
    message = refused(lambda: charts.plan_and_actual([(plan_, made("scale", "23", "2019", area=CITY))]))
    assert [
        "no plan and its result: another definition: goal (made-0), scale (made-1)",
        "no plan and its result: another area: 430203 (made-0), 430200 (made-1)",
        "no plan and its result: another period: 2020 (made-0), 2019 (made-1)",
    ] == message.split("\n")[:-1]
    assert "made-0 is a target, no result" in refused(lambda: charts.plan_and_actual([(plan_, plan_)]))
    revenue = made("revenue", "23", "2020")
    assert "made-2 is no target" in refused(lambda: charts.plan_and_actual([(revenue, absent())]))


def test_parts_make_up_one_whole():
    """Parts of another area or period, targets among results, or more than the whole are no parts of it."""
    made = Made()
    rows = [(("甲", "a"), made("revenue", "808.5", "2020"))]
    whole = made("scale", "1015.3", "2020")
    for other, reason in (
        (made("profit", "1.5", "2020", area=CITY), "another area: 430203 (made-0, made-1), 430200 (made-2)"),
        (made("profit", "1.5", "2019"), "another period: 2020 (made-0, made-1), 2019 (made-3)"),
        (made("goal", "1.5", "2020"), "a target beside a result: result (made-0, made-1), target (made-4)"),
        (made("profit", "712.5", "2020"), "the parts are more than made-1"),
    ):
        message = refused(lambda other=other: charts.composition([*rows, (("乙", "b"), other)], whole))
        assert f"no parts of one whole: {reason}" == message.split("\n")[0]


def test_a_bound_is_no_piece():
    """A floor has no length."""
    made = Made()
    with pytest.raises(QuantityError, match="has no length"):
        charts.composition([(("甲", "a"), made("revenue", "5", "2020", bound=">"))])
