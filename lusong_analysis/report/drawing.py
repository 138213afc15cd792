"""A chart on paper and on screen: one style, our own fonts, and a record of every text that stands in it."""

from __future__ import annotations

import io
import re
import warnings
from bisect import bisect_left
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.report.text import Speaker, Text, Traced

FONTS = Path(__file__).parents[1] / "pdf" / "fonts"

# The page's own colours; blue and brick stay apart in grey and for red-green blindness.
INK, GREY, BLUE, BRICK, SKY, RULE, TINT = "#1b1f24", "#59626c", "#17456b", "#b1431d", "#b9cfe0", "#c3cad1", "#eef2f5"

INCH = 72  # [pt]
WIDTH = 485.75  # the full grid of the page [pt]
COLUMN = 107.75  # where its text column begins, on which a reader's eye moves down the page [pt]
SCREEN_DPI = 144
# Source Sans draws smaller than the Latin of Noto Sans SC, and matplotlib counts its lines taller.
SIZE = {"zh": 8.0, "en": 8.56}
SMALL = {"zh": 7.5, "en": 8.03}
NARROWER = (0.6, 0.7, 0.8, 0.9)  # shares of a width at which lines may come out alike
LEADING = {"zh": 1.1, "en": 0.86}
FAMILIES = {"zh": ["Noto Sans SC"], "en": ["Source Sans 3", "Noto Sans SC"]}

# Where a line may end: after a space, and after a Chinese sign that nothing belongs to; no line begins with a comma.
_BREAK = re.compile(
    r"(?<=[ \u00a0])|(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])(?<![（“《])(?![，。、；：？！）”》％%～])"
)

_LABEL = "label-"
_SVG = "{http://www.w3.org/2000/svg}"


class Box(NamedTuple):
    """A rectangle of the picture [pt], from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two cover a common area."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass
class Pen:
    """Writes figures into a chart, and remembers what it wrote in which order."""

    speaker: Speaker
    labels: list[Text] = field(default_factory=list)
    widths: dict[Any, float] = field(default_factory=dict, init=False)  # measured in the one figure that it draws

    @property
    def size(self) -> float:
        """The size of chart text [pt]."""
        return SIZE[self.speaker.language]

    @property
    def small(self) -> float:
        """The size of remarks in a chart [pt]."""
        return SMALL[self.speaker.language]

    def write(self, axes: Any, x: float, y: float, text: Text, *, width: float = 0, **style: Any) -> Any:
        """Write a text with figures at a place [pt], so that it can be computed again.

        ``width`` [pt] breaks it into lines; 0 leaves it on one.
        """
        artist = axes.text(x, y, self._lines(axes, text, width, style), **self._style(style))
        artist.set_gid(f"{_LABEL}{len(self.labels)}")
        self.labels.append(text)
        return artist

    def figure(self, axes: Any, x: float, y: float, quantity: Quantity, **style: Any) -> Any:
        """Write one figure without its unit, which stands in the chart's measure line."""
        return self.write(axes, x, y, Text("{x:cell}", "{x:cell}", {"x": quantity}), **style)

    def room(self, axes: Any, text: Text, *, width: float = 0, **style: Any) -> tuple[float, float]:
        """The width and height that a text will take [pt]."""
        artist = axes.text(0, 0, self._lines(axes, text, width, style), **self._style(style))
        extent, by = artist.get_window_extent(), INCH / axes.figure.dpi
        artist.remove()
        return extent.width * by, extent.height * by

    def _style(self, style: dict[str, Any]) -> dict[str, Any]:
        return {"fontsize": self.size, "color": INK, "linespacing": LEADING[self.speaker.language], **style}

    def _lines(self, axes: Any, text: Text, width: float, style: dict[str, Any]) -> str:
        """The words of a text, broken into lines of a width [pt] and of like length."""
        words = self.speaker.plain(text)
        if not width:
            return words
        artist = axes.text(0, 0, "", **self._style(style))
        font, canvas, by = artist.get_fontproperties(), axes.figure.canvas.get_renderer(), INCH / axes.figure.dpi
        artist.remove()

        def fits(line: str, share: float) -> bool:
            found = self.widths.get((line, font))
            if found is None:
                found = canvas.get_text_width_height_descent(line, font, ismath=False)[0] * by
                self.widths[line, font] = found
            return found <= width * share

        lines: list[str] = []
        for part in words.split("\n"):
            broken = _broken(part, partial(fits, share=1))
            narrower = [_broken(part, partial(fits, share=share)) for share in NARROWER if broken[1:]]
            lines += next((less for less in narrower if len(less) == len(broken)), broken)
        return "\n".join(lines)


def _broken(words: str, fits: Callable[[str], bool]) -> list[str]:
    """Lines as long as fits; a word that is too long stays whole."""
    pieces, lines, start = _BREAK.split(words), [], 0

    def line(end: int) -> str:
        return "".join(pieces[start:end]).rstrip(" \u00a0")

    while start < len(pieces):
        # Halved instead of gone through: to measure a text is slow, its glyphs are laid out.
        ends = range(start + 1, len(pieces) + 1)
        end = ends[bisect_left(ends, True, lo=1, key=lambda end: not fits(line(end))) - 1]
        lines.append(line(end))
        start = end
    return lines


@dataclass(frozen=True)
class Chart:
    """A chart before it is drawn.

    ``draw`` is given matplotlib axes whose units are points from the top left corner, and a pen; ``height`` is that
    of the picture [pt], which :func:`trim` may lower while drawing; ``figures`` are all that it prints, by name;
    ``measure`` says what is drawn, where, in which unit and what the signs mean; ``alternative`` is the text for
    those who do not see it.
    """

    draw: Callable[[Any, Pen], None]
    height: float
    figures: Mapping[str, Traced]
    measure: Text
    alternative: Text

    def _repr_html_(self) -> str:
        from lusong_analysis.report.display import chart_html

        return chart_html(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        from lusong_analysis.report.display import chart_text

        printer.text(chart_text(self))


@dataclass(frozen=True)
class Picture:
    """A drawn chart: SVG for paper, PNG for the screen, and its texts in order with the label they belong to."""

    svg: str
    png: bytes
    texts: list[dict[str, Any]]


def trim(axes: Any, height: float) -> None:
    """Make the picture as high as what was drawn into it [pt]; a language with short words needs less."""
    axes.set_ylim(height, 0)
    axes.figure.set_size_inches(WIDTH / INCH, height / INCH)


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
        figure = Figure(figsize=(WIDTH / INCH, chart.height / INCH))
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(chart.height, 0))
        axes.set_axis_off()
        chart.draw(axes, pen)
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
        "hatch.linewidth": 0.7,
        "lines.solid_capstyle": "butt",
        "lines.dash_capstyle": "butt",
        "axes.unicode_minus": False,
        "text.hinting": "no_hinting",  # a picture of 144 dpi needs none, and with Chinese signs it takes long
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "svg.fonttype": "none",
        "svg.hashsalt": "chart",
    }
    return matplotlib.rc_context(settings)
