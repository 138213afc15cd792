"""Make the README's pictures: first pages of the built edition as PNG, side by side.

Run `make reports` first, then `python tools/pictures.py`.
"""

from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

ROOT = Path(__file__).parents[1]
PAGES = {"apparel": ("01_apparel", 0), "aviation": ("02_aviation", 1), "evidence": ("01_apparel", -3)}
DPI = 80
GAP = 12  # between two pages [pixel]


def main():
    edition = max(path for path in (ROOT / "reports").iterdir() if (path / "manifest.json").is_file())
    for name, (report, number) in PAGES.items():
        pages = []
        for language in ("zh", "en"):
            with pypdfium2.PdfDocument(edition / language / f"{report}.pdf") as pdf:
                page = pdf[number if number >= 0 else len(pdf) + number]
                pages.append(ImageOps.expand(page.render(scale=DPI / 72).to_pil(), 1, "#c3cad1"))
        sheet = Image.new("RGB", (sum(page.width for page in pages) + GAP, max(page.height for page in pages)), "white")
        left = 0
        for page in pages:
            sheet.paste(page, (left, 0))
            left += page.width + GAP
        target = ROOT / "docs" / "pictures" / f"{name}.png"
        target.parent.mkdir(exist_ok=True)
        few = sheet.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(target, optimize=True)


if __name__ == "__main__":
    main()
