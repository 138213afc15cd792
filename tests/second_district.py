"""A second district, made up and marked as such: the real data under other names and codes, some values changed."""

from __future__ import annotations

import re
from pathlib import Path

from folders import copy, records, write

DISTRICT, CITY, OTHER_DISTRICT = "990203", "990200", "990202"
# No area of GB/T 2260 begins with 99.
CODE = re.compile(r"^43(?=[0-9]{4}$)")
NAMES = {
    "芦淞": "示例",
    "株洲": "样本",
    "湖南": "模型",
    "荷塘": "空白",
    "Lusong": "Example",
    "Zhuzhou": "Sample City",
    "Hunan": "Model Province",
    "Hetang": "Blank",
}
# Words of the real data and what stands in their place, in the number and in the words of the source alike.
VALUES = {
    "apparel-revenue-2019": ("808", "717"),
    "lusong-iva-growth-2019": ("12.5", "13.4"),
    "env-key-enterprises-2020h1": ("105", "117"),
}


def make_second_district(folder: Path) -> Path:
    """A data package of a made-up district, with a city and a province that are made up too.

    Keys stay, as notebooks ask for them; names, codes, the values of ``VALUES`` and the addresses of sources are
    other ones. Every area and every source says that it is made up.

    Parameters
    ----------
    folder : Path
        Where the package goes: into ``data`` in it.

    Returns
    -------
    Path
        The folder of the package.
    """
    data = copy(folder)
    for path in data.glob("*.csv"):
        write(data, path.stem, [_made_up(path.stem, row) for row in records(data, path.stem)])
    return data


def _made_up(table: str, row: dict[str, str]) -> dict[str, str]:
    """A row under other names and codes."""
    cells = {column: _renamed(column, text) for column, text in row.items()}
    if table == "areas" and row["ref_area"].startswith("43"):
        cells |= {"name_zh": f"{cells['name_zh']}（虚构）", "name_en": f"{cells['name_en']} (made up)"}
    if table == "sources":
        cells |= {"title": f"虚构：{cells['title']}", "title_en": f"Made up: {cells['title_en']}"}
        cells |= {"publisher": f"{cells['publisher']}（虚构）", "publisher_en": f"{cells['publisher_en']} (made up)"}
        cells["url"] = f"https://example.org/{row['source_id']}"
    if row.get("observation_id") in VALUES and table == "observations":
        before, after = VALUES[row["observation_id"]]
        assert before == row["obs_value"]
        assert before in row["as_printed"]
        cells |= {"obs_value": after, "as_printed": cells["as_printed"].replace(before, after)}
    return cells


def _renamed(column: str, text: str) -> str:
    if column in ("ref_area", "parent"):
        return CODE.sub("99", text)
    for before, after in NAMES.items():
        text = text.replace(before, after)
    return text
