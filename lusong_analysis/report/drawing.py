"""A chart on paper and on screen: one style, our own fonts, and a record of every text that stands in it."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.report.text import Speaker, Text

FONTS = Path(__file__).parents[1] / "pdf" / "fonts"

# The page's own colours; blue and brick stay apart in grey and for red-green blindness.
INK, GREY, BLUE, BRICK, SKY, RULE = "#1b1f24", "#59626c", "#17456b", "#b1431d", "#b9cfe0", "#c3cad1"

WIDTH = 485.75 / 72  # the full grid of the page [inch]
SCREEN_DPI = 144
# Source Sans draws smaller than the Latin of Noto Sans SC.
SIZE = {"zh": 8.0, "en": 8.56}
FAMILIES = {"zh": ["Noto Sans SC"], "en": ["Source Sans 3", "Noto Sans SC"]}

_LABEL = "label-"
_SVG = "{http://www.w3.org/2000/svg}"


@dataclass
class Pen:
    """Writes figures into a chart, and remembers what it wrote in which order."""

    speaker: Speaker
    labels: list[Text] = field(default_factory=list)

    @property
    def size(self) -> float:
        """The size of chart text [pt]."""
        return SIZE[self.speaker.language]

    def write(self, axes: Any, x: float, y: float, text: Text, **style: Any) -> Any:
        """Write a text with figures at a place [data units], so that it can be computed again."""
        artist = axes.text(x, y, self.speaker.plain(text), **{"fontsize": self.size, "color": INK, **style})
        artist.set_gid(f"{_LABEL}{len(self.labels)}")
        self.labels.append(text)
        return artist

    def figure(self, axes: Any, x: float, y: float, quantity: Quantity, **style: Any) -> Any:
        """Write one figure without its unit, which stands in the chart's measure line."""
        return self.write(axes, x, y, Text("{x:cell}", "{x:cell}", {"x": quantity}), **style)


@dataclass(frozen=True)
class Chart:
    """A chart before it is drawn.

    ``draw`` is given matplotlib axes and a pen; ``figures`` are all that it prints, by name; ``measure`` says what is
    drawn, where, in which unit and what the signs mean; ``alternative`` is the text for those who do not see it.
    """

    draw: Callable[[Any, Pen], None]
    height: float
    figures: dict[str, Quantity]
    measure: Text
    alternative: Text


@dataclass(frozen=True)
class Picture:
    """A drawn chart: SVG for paper, PNG for the screen, and its texts in order with the label they belong to."""

    svg: str
    png: bytes
    texts: list[dict[str, Any]]


def render(chart: Chart, pen: Pen) -> Picture:
    """Draw a chart; the same chart gives the same bytes.

    Raises
    ------
    UserWarning
        A character is not in the fonts, or a text does not fit.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    language = pen.speaker.language
    with _style(language), warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        figure = Figure(figsize=(WIDTH, chart.height))
        FigureCanvasAgg(figure)
        figure.set_layout_engine("constrained", w_pad=0.02, h_pad=0.02)
        chart.draw(figure.add_subplot(), pen)
        svg, png = io.StringIO(), io.BytesIO()
        figure.savefig(svg, format="svg", metadata={"Date": None}, transparent=True)
        figure.savefig(png, format="png", metadata={"Software": None}, dpi=SCREEN_DPI, facecolor="white")
    return Picture(svg.getvalue(), png.getvalue(), texts_of(svg.getvalue()))


def texts_of(svg: str) -> list[dict[str, Any]]:
    """The text elements of an SVG in order: their words, and the number of the label that each is part of."""
    texts: list[dict[str, Any]] = []

    def walk(element: ElementTree.Element, label: int | None) -> None:
        name = element.get("id", "")
        if name.startswith(_LABEL):
            label = int(name.removeprefix(_LABEL))
        if element.tag == f"{_SVG}text":
            texts.append({"text": "".join(element.itertext()), "label": label})
        for child in element:
            walk(child, label)

    walk(ElementTree.fromstring(svg), None)
    return texts


def _style(language: str) -> AbstractContextManager[Any]:
    import matplotlib
    import seaborn
    from matplotlib.font_manager import fontManager

    # Ours first: a font of the same family that the machine has installed would win otherwise.
    known = {entry.fname for entry in fontManager.ttflist}
    for path in sorted(FONTS.glob("*.ttf")):
        if str(path) not in known:
            fontManager.addfont(path)
            fontManager.ttflist.insert(0, fontManager.ttflist.pop())
    size = SIZE[language]
    settings = {
        **seaborn.axes_style("white"),
        "font.family": FAMILIES[language],
        "font.size": size,
        "axes.linewidth": 0.6,
        "axes.edgecolor": GREY,
        "axes.labelcolor": GREY,
        "axes.spines.left": False,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.unicode_minus": False,
        "xtick.major.size": 0,
        "ytick.major.size": 0,
        "xtick.color": INK,
        "grid.linewidth": 0.5,
        "grid.color": RULE,
        "hatch.linewidth": 0.7,
        "lines.solid_capstyle": "butt",
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "svg.fonttype": "none",
        "svg.hashsalt": "chart",
    }
    return matplotlib.rc_context(settings)
