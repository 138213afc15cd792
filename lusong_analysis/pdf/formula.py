"""Formulas: LaTeX turned into Typst's mathematics."""

from __future__ import annotations

import re

from lusong_analysis.pdf.source import call, literal

WRAPPED = re.compile(
    r"\s*(?:\$\$(?P<double>.*)\$\$|\$(?P<single>.*)\$|\\\[(?P<bracket>.*)\\\]|\\\((?P<round>.*)\\\)"
    r"|\\begin\{(?:equation|displaymath|math)\*?\}(?P<named>.*)\\end\{(?:equation|displaymath|math)\*?\})\s*",
    re.DOTALL,
)


def bare(latex: str) -> str:
    """LaTeX without the signs that say "here is mathematics"."""
    found = WRAPPED.fullmatch(latex)
    return next(part for part in found.groups() if part is not None).strip() if found else latex.strip()


def formula(latex: str, block: bool) -> str:
    """A formula; its LaTeX is the alternative text. What Typst does not know fails when the page is set."""
    from tylax import latex_to_typst

    latex = bare(latex)
    converted = latex_to_typst(latex).strip()
    if converted.startswith("$") and converted.endswith("$"):  # so it comes back from align and gather
        converted = converted[1:-1].strip()
    mathematics = call("eval", literal(converted), mode=literal("math"))
    return call("math.equation", mathematics, block="true" if block else None, alt=literal(" ".join(latex.split())))
