"""Formulas from LaTeX."""

import pytest

from lusong_analysis.pdf.formula import bare, formula
from pdf_page import page, text


@pytest.mark.parametrize(
    "latex", ["x^2", "$x^2$", "$$x^2$$", r"\[x^2\]", r"\(x^2\)", r"\begin{equation}x^2\end{equation}"]
)
def test_signs_of_mathematics_are_taken_off(latex):
    """However a formula is marked, what is left is its LaTeX."""
    assert "x^2" == bare(latex)


def test_the_alternative_text_is_the_latex():
    """A formula says its LaTeX to who cannot see it."""
    assert 'math.equation(alt: "\\\\frac{a}{b}", eval(mode: "math", "a/b"))' == formula(r"\frac{a}{b}", block=False)


def test_formulas_are_set():
    """Fractions, sums, Chinese words and aligned lines all come out as Formula with an alternative text."""
    document = page(
        text("$x_{收入}$ and\n\n$$\\sum_{i=1}^n \\frac{s_i^2}{n} \\text{ 元}$$"),
        text("\\begin{x}\n\n$$\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}$$"),
    )
    assert 3 == len(
        {piece.elements[piece.path.index("Formula")] for piece in document.pieces if "Formula" in piece.path}
    )
