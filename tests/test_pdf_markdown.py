"""Markdown as JupyterLab reads it."""

import pytest

from lusong_analysis.pdf.markdown import parse_markdown
from pdf_page import typst_of


@pytest.mark.parametrize(
    ("markdown", "bold"),
    [("这是**“引号”**后面", "“引号”"), ("**产值（亿元）**增长", "产值（亿元）"), ("**《规划》**指出", "《规划》")],
)
def test_emphasis_works_beside_chinese_punctuation(markdown, bold):
    """Bold words that end in a Chinese mark are bold although no space follows."""
    assert bold == parse_markdown(markdown).select_one("strong").get_text()


def test_prices_are_no_formulas():
    """A dollar sign before a number stays a dollar sign, and a formula keeps its LaTeX."""
    body = parse_markdown("价格 $5 与 $10 不变\n\n$x < y$ 与 $$z$$ 是公式")
    assert ["x < y", "z"] == [tag.get_text() for tag in body.select(".math")]
    assert "价格 $5 与 $10 不变" in body.get_text()


def test_lines_of_chinese_join_without_a_space():
    """A line break between two Chinese characters is nothing, between two words a space, between both a space."""
    assert ['par("一行二行，三行")', 'par("one two")'] == typst_of("一行\n二行，\n三行\n\none\ntwo")
    assert ['par({strong("粗体"); "文字"})'] == typst_of("**粗体**\n文字")


def test_raw_html_and_comments():
    """Inline HTML keeps its meaning, comments are dropped."""
    assert ['par({"H"; sub("2"); "O"; linebreak(); strong("b"); " "; emph("e")})'] == typst_of(
        "H<sub>2</sub>O<!-- no --><br><b>b</b> <em>e</em>"
    )


def test_markdown_within_html_blocks():
    """After an empty line Markdown goes on inside a block of HTML."""
    assert ['par(strong("bold"))'] == typst_of("<div>\n\n**bold**\n\n</div>")


def test_tasks_definitions_and_footnotes():
    """Tasks carry their box, terms their meaning, and a footnote cited twice is one note."""
    assert ['enum(numbering: number => task(("☑", "☐", ).at(number - 1)), "a", "b")'] == typst_of("- [x] a\n- [ ] b")
    assert ['terms(terms.item("T", "D"))'] == typst_of("T\n: D")
    assert ['par({"a"; [#footnote("note")#label("footnote 1")]; " b"; footnote(label("footnote 1"))})'] == typst_of(
        "a[^1] b[^1]\n\n[^1]: note"
    )


def test_scripts_are_no_links():
    """An address that runs code stays the text it is."""
    assert ['par("[x](javascript:alert)")'] == typst_of("[x](javascript:alert)")
