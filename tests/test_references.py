"""References as the two traditions write them."""

import pytest

from lusong_analysis.facts.rows import Source
from lusong_analysis.report.references import reference

PAPER = {
    "source_id": "paper",
    "title": "逐梦",
    "title_en": "Chasing dreams",
    "publisher": "株洲日报",
    "publisher_en": "Zhuzhou Daily",
    "via": "",
    "author": "刘毅; 罗金鹏",
    "author_en": "Liu Yi; Luo Jinpeng",
    "medium": "N",
    "url": "",
    "date_published": "2020-10",
    "date_accessed": "2026-11-24",
    "grade": "B",
    "grade_reason": "press",
    "licence": "quoted",
    "language": "zh",
    "access": "page",
}
ONLINE = {"url": "https://example.org/a", "via": "example.org"}


@pytest.mark.parametrize(
    ("changed", "zh", "en"),
    [
        (
            {},
            "刘毅, 罗金鹏. 逐梦[N]. 株洲日报, 2020-10.",
            "Liu Yi and Luo Jinpeng, “Chasing dreams” (逐梦), Zhuzhou Daily, October 2020.",
        ),
        (
            ONLINE,
            "刘毅, 罗金鹏. 逐梦[N/OL]. 株洲日报（example.org转载）, 2020-10[2026-11-24]. https://example.org/a",
            "Liu Yi and Luo Jinpeng, “Chasing dreams” (逐梦), Zhuzhou Daily, carried by example.org, October 2020, "
            "accessed 24 November 2026. https://example.org/a",
        ),
        (
            {"medium": "EB", "author": "", "author_en": "", "date_published": "", "url": "https://example.org/a"},
            "株洲日报. 逐梦[EB/OL]. [日期不详][2026-11-24]. https://example.org/a",
            "“Chasing dreams” (逐梦), Zhuzhou Daily, no date, accessed 24 November 2026. https://example.org/a",
        ),
        (
            {"medium": "R", "author": "", "author_en": "Liu Yi; Luo Jinpeng; Nie Qianchuan"},
            "株洲日报. 逐梦[R]. (2020-10).",
            "Liu Yi, Luo Jinpeng and Nie Qianchuan, “Chasing dreams” (逐梦), Zhuzhou Daily, October 2020.",
        ),
    ],
)
def test_references_follow_their_standards(changed, zh, en):
    """Newspaper, web page and report read as GB/T 7714 says in Chinese, author and title first in English."""
    source = Source(**{**PAPER, **changed})
    assert (zh, en) == tuple("".join(run.text for run in reference(source, language)) for language in ("zh", "en"))


def test_the_address_is_a_link():
    """An address in the list can be followed."""
    runs = reference(Source(**{**PAPER, **ONLINE}), "en")
    assert "https://example.org/a" == runs[-1].anchor == runs[-1].text
