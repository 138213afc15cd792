"""The geometry of a PDF's pages: holes at their ends, headings that stand alone, texts that lie over each other."""

import io
import itertools
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

POINTS = 72 / 25.4  # a millimetre
TOP, BOTTOM = 27 * POINTS, 273 * POINTS  # where the text of a page begins and ends, from above
INLINE = {"Span", "Link", "Strong", "Em", "Code", "Reference", "Lbl"}
HEADINGS = {"H1", "H2", "H3", "H4", "H5", "H6", "Caption"}


@dataclass(frozen=True)
class Character:
    """One printed character: its place [pt, from the left and from above], its size [pt], the element it belongs to."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    size: float
    path: tuple[str, ...] = ()  # tags from the root; none for an artifact
    element: int = 0  # number of its block: the last element that is not within a line


def elements(pdf):
    """Tags and number of the block of each marked content, by page and id."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    count = itertools.count(1)
    found = {}

    def walk(node, page, path, block):
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child, page, path, block)
        elif isinstance(node, pikepdf.Dictionary):
            page = pages[node.Pg.objgen] if "/Pg" in node else page
            if node.get("/Type") == "/MCR":
                found[page, int(node.MCID)] = path, block
            elif node.get("/Type") != "/OBJR":
                tag = str(node.S)[1:]
                walk(node.get("/K"), page, (*path, tag), block if tag in INLINE else next(count))
        elif node is not None:
            found[page, int(node)] = path, block

    walk(pdf.Root.StructTreeRoot.K, 0, (), 0)
    return found


@lru_cache(maxsize=2)  # each question about a file begins with them
def characters(data):
    """All printed characters, page by page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        tags = elements(pdf)
    found = []
    with pypdfium2.PdfDocument(data) as pdf:
        for number in range(len(pdf)):
            page, high = pdf[number], pdf[number].get_height()
            texts = page.get_textpage()
            for index in range(texts.count_chars()):
                text = chr(pdfium.FPDFText_GetUnicode(texts.raw, index))
                if text.isspace() or pdfium.FPDFText_IsGenerated(texts.raw, index) == 1:
                    continue
                drawn = pdfium.FPDFText_GetTextObject(texts.raw, index)
                path, block = tags.get((number + 1, pdfium.FPDFPageObj_GetMarkedContentID(drawn)), ((), 0))
                left, bottom, right, top = texts.get_charbox(index)
                matrix = pdfium.FS_MATRIX()
                pdfium.FPDFText_GetMatrix(texts.raw, index, matrix)
                size = pdfium.FPDFText_GetFontSize(texts.raw, index) * abs(matrix.d)
                place = left, high - top, right, high - bottom
                found.append(Character(text, number + 1, *place, size, path, block))
            texts.close()
            page.close()
    return found


def lowest(data):
    """For each page its lowest tagged character."""
    found = {}
    for character in characters(data):
        if character.path and (character.page not in found or character.bottom > found[character.page].bottom):
            found[character.page] = character
    return found


def short_pages(data, share=0.25):
    """Pages, but for the last, that end more than a share of the text's height short: (page, how much is missing)."""
    ends = {page: (BOTTOM - character.bottom) / (BOTTOM - TOP) for page, character in lowest(data).items()}
    return [(page, round(missing, 2)) for page, missing in ends.items() if missing > share and page < max(ends)]


def lonely_headings(data):
    """Headings and captions below which their page holds nothing: (page, their words)."""
    ends = {page: end for page, end in lowest(data).items() if HEADINGS & set(end.path) and "TD" not in end.path}
    words = defaultdict(str)
    for character in characters(data):
        words[character.element] += character.text
    return [(page, words[end.element]) for page, end in ends.items()]


def overlaps(data):
    """Pairs of blocks of text that lie over each other: (page, the words of each)."""
    blocks = defaultdict(list)
    for character in characters(data):
        if character.path and "Figure" not in character.path and character.text != "•":  # marks of a list side by side
            blocks[character.page, character.element].append(character)
    found = []
    for (one, some), (other, more) in itertools.combinations(blocks.items(), 2):
        if one[0] == other[0] and meet(some, more):
            found.append((one[0], *("".join(character.text for character in block) for block in (some, more))))
    return found


def meet(some, more):
    """Whether the boxes around two groups of characters meet by more than half a point."""
    one, other = (
        (min(c.left for c in g), min(c.top for c in g), max(c.right for c in g), max(c.bottom for c in g))
        for g in (some, more)
    )
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0.5 and down > 0.5
