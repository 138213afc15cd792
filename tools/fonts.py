"""Make the folder of fonts anew: `python tools/fonts.py`. Needs npm and fonttools; same versions, same bytes.

Where the files come from
    Noto Sans SC and Noto Serif SC: static weights from npm packages of Google Fonts' releases, 10 to 15 MB a weight,
    here subset to GB2312 and Big5 level 1. Source Sans 3 and Source Serif 4: Adobe's own releases, whole.

What the licences say (SIL Open Font License 1.1, each text beside its fonts)
    Source Sans 3 and Source Serif 4 reserve the font name 'Source': a modified version, and a subset is one, may not
    bear it, so these files are copied byte by byte. (Google's licence text of Source Serif 4 leaves the reservation
    out, but the copyright notice inside the font has it.)
    Noto Sans SC was made from Source Han Sans and reserves 'Source' too, a word its name does not have; Noto Serif SC
    reserves nothing: their subsets may keep the name.

Why static files
    matplotlib takes a variable font for its lightest weight only, and so does Typst for text in an SVG.
    Family and weight need no rewriting: both programs read the family from name 16, then 1, and the weight from OS/2.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter, load_font, save_font
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parent.parent / "lusong_analysis" / "pdf" / "fonts"


@dataclass(frozen=True)
class Family:
    """One family: the npm package with its version, the licence and the files in it, and whether to subset them."""

    name: str
    package: str
    licence: str
    files: dict[str, str]
    subset: bool


FAMILIES = (
    Family(
        name="Noto Sans SC",
        package="@expo-google-fonts/noto-sans-sc@0.4.3",
        licence="LICENSE_FONT",
        files={
            "400Regular/NotoSansSC_400Regular.ttf": "NotoSansSC-Regular.ttf",
            "500Medium/NotoSansSC_500Medium.ttf": "NotoSansSC-Medium.ttf",
            "700Bold/NotoSansSC_700Bold.ttf": "NotoSansSC-Bold.ttf",
        },
        subset=True,
    ),
    Family(
        name="Noto Serif SC",
        package="@expo-google-fonts/noto-serif-sc@0.4.3",
        licence="LICENSE_FONT",
        files={"400Regular/NotoSerifSC_400Regular.ttf": "NotoSerifSC-Regular.ttf"},
        subset=True,
    ),
    Family(
        name="Source Sans 3",
        package="source-sans@3.52.0",
        licence="LICENSE.md",
        files={
            "TTF/SourceSans3-Regular.ttf": "SourceSans3-Regular.ttf",
            "TTF/SourceSans3-Medium.ttf": "SourceSans3-Medium.ttf",
            "TTF/SourceSans3-Bold.ttf": "SourceSans3-Bold.ttf",
            "TTF/SourceSans3-It.ttf": "SourceSans3-Italic.ttf",
        },
        subset=False,
    ),
    Family(
        name="Source Serif 4",
        package="source-serif@4.5.1",
        licence="LICENSE.md",
        files={
            "TTF/SourceSerif4-Regular.ttf": "SourceSerif4-Regular.ttf",
            "TTF/SourceSerif4-It.ttf": "SourceSerif4-Italic.ttf",
        },
        subset=False,
    ),
)

# All that a Chinese font has here is kept: it is small beside the ideographs, and a missing sign stops a build.
BLOCKS = (
    (0x0020, 0x052F),  # Latin, modifiers, accents, Greek, Cyrillic
    (0x1E00, 0x1EFF),  # Latin with two accents
    (0x2000, 0x27BF),  # punctuation, superscripts, currency, arrows, mathematics, ①, boxes, shapes, dingbats
    (0x3000, 0x312F),  # Chinese punctuation, kana, bopomofo
    (0x3200, 0x33FF),  # ㈠, ㊀, ㎡
    (0xFE10, 0xFE4F),  # vertical forms
    (0xFF01, 0xFF60),  # full-width forms
    (0xFFE0, 0xFFE6),  # full-width currency
)


def characters() -> set[int]:
    """Give the code points that a subset keeps: the blocks, GB2312, and the common characters of Big5."""
    kept = {code for first, last in BLOCKS for code in range(first, last + 1)}
    for encoding, rows in (("gb2312", range(0xA1, 0xF8)), ("big5", range(0xA4, 0xC7))):
        for row in rows:
            for cell in range(0x40, 0xFF):
                # big5 level 1 ends within its last row, at C67E
                if encoding == "gb2312" or (row, cell) <= (0xC6, 0x7E):
                    kept.update(map(ord, bytes((row, cell)).decode(encoding, errors="ignore")))
    return kept


def subset(content: bytes, codes: set[int]) -> bytes:
    """Cut a font down to some code points; hints go, every layout feature and name stays."""
    options = Options(
        layout_features=["*"],
        name_IDs=["*"],
        name_languages=["*"],
        hinting=False,
        notdef_outline=True,
        recalc_timestamp=False,
        # Whether this optional packer is installed must not show in the bytes.
        harfbuzz_repacker=False,
    )
    font = load_font(io.BytesIO(content), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    target = io.BytesIO()
    save_font(font, target, options)
    return target.getvalue()


def download(package: str, folder: Path) -> tarfile.TarFile:
    """Open the archive of one npm package."""
    try:
        packed = subprocess.run(
            ["npm", "pack", "--silent", package], cwd=folder, check=True, stdout=subprocess.PIPE, text=True
        )
    except FileNotFoundError:
        sys.exit("fonts: npm was not found; install Node.js with npm (Debian/Ubuntu: apt install npm).")
    except subprocess.CalledProcessError as error:
        sys.exit(f"fonts: npm could not fetch {package} (exit code {error.returncode}).")
    return tarfile.open(folder / packed.stdout.split()[-1])


def member(archive: tarfile.TarFile, name: str) -> bytes:
    """Read one file of an npm package."""
    stream = archive.extractfile(f"package/{name}")
    assert stream is not None, f"{name} is no file"
    return stream.read()


def licence(family: Family, notice: str, text: str) -> str:
    """Put the notice inside the font and what was done to it before the licence text that came with it."""
    done = (
        "Modified Version: subset to GB2312, Big5 level 1 and symbols, hints removed."
        if family.subset
        else "Original Version, the files unchanged."
    )
    return f"{family.name}, from the npm package {family.package}\n{done}\n{notice}\n\n{'-' * 59}\n{text.strip()}\n"


def make(family: Family) -> None:
    """Write the fonts of one family and its licence."""
    with tempfile.TemporaryDirectory() as folder, download(family.package, Path(folder)) as archive:
        notice = ""
        for name, target in family.files.items():
            content = member(archive, name)
            notice = str(TTFont(io.BytesIO(content), lazy=True)["name"].getDebugName(0))
            if family.subset:
                content = subset(content, characters())
            (FOLDER / target).write_bytes(content)
            print(f"{len(content) / 1e6:5.2f} MB  {target}")
        text = member(archive, family.licence).decode()
        path = FOLDER / f"OFL-{family.name.replace(' ', '')}.txt"
        path.write_text(licence(family, notice, text), encoding="utf-8", newline="\n")


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for family in FAMILIES:
        make(family)


if __name__ == "__main__":
    main()
