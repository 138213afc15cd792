"""The fonts: every character of the reports is in them, and both programs find every weight."""

import ast
import csv
import json
import logging
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "lusong_analysis" / "pdf" / "fonts"
# family, weight, style → file
FONTS = {
    ("Noto Sans SC", 400, "normal"): "NotoSansSC-Regular.ttf",
    ("Noto Sans SC", 500, "normal"): "NotoSansSC-Medium.ttf",
    ("Noto Sans SC", 700, "normal"): "NotoSansSC-Bold.ttf",
    ("Noto Serif SC", 400, "normal"): "NotoSerifSC-Regular.ttf",
    ("Source Sans 3", 400, "italic"): "SourceSans3-Italic.ttf",
    ("Source Sans 3", 400, "normal"): "SourceSans3-Regular.ttf",
    ("Source Sans 3", 500, "normal"): "SourceSans3-Medium.ttf",
    ("Source Sans 3", 700, "normal"): "SourceSans3-Bold.ttf",
    ("Source Serif 4", 400, "italic"): "SourceSerif4-Italic.ttf",
    ("Source Serif 4", 400, "normal"): "SourceSerif4-Regular.ttf",
}
FAMILIES = sorted({family for family, _, _ in FONTS})
CHINESE = [file for file in FONTS.values() if file.startswith("Noto")]
LATIN = [file for file in FONTS.values() if file.startswith("Source")]
# Latin Extended-B ends here; signs beyond are tested one by one.
END_OF_LATIN = 0x250


@cache
def printable(file: str) -> frozenset[str]:
    """Give the characters of one font."""
    with TTFont(FOLDER / file, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def strings(value: Any) -> Iterator[str]:
    """Give every text in a JSON value, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)
    elif isinstance(value, dict):
        yield from value
        for part in value.values():
            yield from strings(part)


def texts(path: Path) -> Iterator[str]:
    """Give the texts of one file that may come to be printed."""
    content = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".csv":
        for row in csv.reader(content.splitlines(keepends=True)):
            yield from row
    elif path.suffix in {".json", ".ipynb"}:
        yield from strings(json.loads(content))
    elif path.suffix == ".py":
        for node in ast.walk(ast.parse(content)):
            # Without Chinese a string of the package may be a pattern or a name; 一-鿿 is a range of a pattern.
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = re.sub(r"[^\x00-\x7f]-[^\x00-\x7f]", "", node.value)
                if re.search(r"[\u3001-\u9fff]", text):
                    yield text
    else:
        yield content


def characters(*paths: Path) -> set[str]:
    """Give the characters of some files, line ends and tabs left out."""
    return {character for path in paths for text in texts(path) for character in text} - set("\r\n\t")


@cache
def written() -> dict[str, set[str]]:
    """Give the characters of the project, by where they are written."""
    return {
        "data": characters(*(ROOT / "data").rglob("*.csv"), *(ROOT / "data").rglob("*.json")),
        "notebooks": characters(*(ROOT / "notebooks").glob("*.ipynb")),
        "units": characters(ROOT / "lusong_analysis" / "quantity" / "units.csv"),
        # numerals.py holds patterns of what may not be printed; a missing glyph in pdf/ is an error of its own
        "package": characters(
            *(ROOT / "lusong_analysis" / "quantity").glob("*.py"),
            *(set((ROOT / "lusong_analysis" / "report").glob("*.py")) - {ROOT / "lusong_analysis/report/numerals.py"}),
        ),
    }


def gb2312() -> set[str]:
    """Give the 7,445 characters of GB2312."""
    codes = [bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF)]
    return {code.decode("gb2312", errors="ignore") for code in codes} - {""}


@pytest.mark.parametrize("place", ["data", "notebooks", "units", "package"])
def test_written_characters_are_seen(place: str) -> None:
    """Each of the places that the next tests read holds Chinese and digits, so that they cannot pass over nothing."""
    found = written()[place]
    assert any("\u4e00" <= character <= "\u9fff" for character in found)
    assert place in {"units", "package"} or found >= set("0123456789")


@pytest.mark.parametrize("file", CHINESE)
def test_chinese_fonts_have_every_character(file: str) -> None:
    """Every character of data, notebooks, units and the package's Chinese texts is in each Chinese font."""
    assert {} == {place: lacking for place, found in written().items() if (lacking := found - printable(file))}


@pytest.mark.parametrize("file", LATIN)
def test_latin_fonts_have_every_latin_character(file: str) -> None:
    """Every Latin character written in the project is in each Latin font."""
    latin = {character for found in written().values() for character in found if ord(character) < END_OF_LATIN}
    assert set() == latin - printable(file)


@pytest.mark.parametrize("file", LATIN)
def test_latin_fonts_have_the_signs_of_english_text(file: str) -> None:
    """Dashes, quotation marks, comparisons, superscripts and arrows of English text are in each Latin font."""
    assert set() == set("—–·•…†‡“”‘’×÷±−≥≤≈≠∞√→←↑↓⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃€£¥°§½☐☑") - printable(file)


@pytest.mark.parametrize("file", CHINESE)
def test_chinese_fonts_are_complete(file: str) -> None:
    """GB2312, the common traditional characters and the signs of Chinese text are in each Chinese font."""
    assert 7445 == len(gb2312())
    assert set() == (gb2312() | set("臺灣萬億學電車藥園區產業鏈≥≤≈∞×÷√—–～·†‡①⑩⑳¹²³⁴㎡％￥℃→←↑↓“”‘’…※")) - printable(
        file
    )


def test_licences_lie_beside_the_fonts() -> None:
    """Each family has the text of its licence with the notice that is inside the fonts, and no font is without one."""
    assert sorted(FONTS.values()) == sorted(path.name for path in FOLDER.glob("*.[to]t[fc]"))
    for (family, _, _), file in FONTS.items():
        text = (FOLDER / f"OFL-{family.replace(' ', '')}.txt").read_text(encoding="utf-8")
        with TTFont(FOLDER / file, lazy=True) as font:
            assert font["name"].getDebugName(0) in text
        assert "SIL OPEN FONT LICENSE Version 1.1" in text


@pytest.mark.parametrize("file", FONTS.values())
def test_fonts_may_be_embedded(file: str) -> None:
    """Each font is static, may be embedded without limit, and is small enough for the repository."""
    with TTFont(FOLDER / file, lazy=True) as font:
        assert 0 == font["OS/2"].fsType
        assert "fvar" not in font
    assert (FOLDER / file).stat().st_size < 5_000_000


def test_typst_finds_every_weight() -> None:
    """Typst lists exactly these families, weights and styles, each from its own file."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])
    assert FAMILIES == fonts.families()
    assert FONTS == {(font.family, font.weight, font.style): Path(font.path).name for font in fonts.fonts()}


def test_typst_prints_every_weight() -> None:
    """A page that names each family, weight and style embeds each of the fonts, without a warning."""
    import io

    import pikepdf
    import typst

    page = "\n\n".join(
        f'#text(font: "{family}", weight: {weight}, style: "{style}")[Lusong 2019]' for family, weight, style in FONTS
    )
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])
    pdf, warnings = typst.compile_with_warnings(page.encode(), font_paths=fonts)
    assert [] == warnings
    with pikepdf.open(io.BytesIO(pdf)) as document:
        embedded = {str(font.BaseFont).partition("+")[2] for font in document.pages[0].Resources.Font.values()}
    assert len(FONTS) == len(embedded)


def test_matplotlib_finds_every_weight(caplog: pytest.LogCaptureFixture) -> None:
    """For each family, weight and style matplotlib takes its own file and logs nothing."""
    from matplotlib.font_manager import FontManager, FontProperties

    manager = FontManager()
    # A machine may have fonts of the same names.
    manager.ttflist = []
    for file in FONTS.values():
        manager.addfont(FOLDER / file)
    caplog.clear()
    with caplog.at_level(logging.INFO, logger="matplotlib.font_manager"):
        found = {
            (family, weight, style): Path(
                manager.findfont(
                    FontProperties(family=[family], weight=weight, style=style),
                    fallback_to_default=False,
                    rebuild_if_missing=False,
                )
            ).name
            for family, weight, style in FONTS
        }
    assert FONTS == found
    assert [] == caplog.messages
