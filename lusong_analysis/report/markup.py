"""HTML tables for the screen, which the exporter sets on paper."""

from __future__ import annotations

from collections.abc import Sequence


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], *, caption: str = "", numeric: Sequence[bool] = ()
) -> str:
    """A table of cells that are HTML already; numeric columns stand right."""
    right = [*numeric, *[False] * (len(heads) - len(numeric))]

    def cells(tag: str, texts: Sequence[str]) -> str:
        scope = ' scope="col"' if tag == "th" else ""
        return "".join(
            f'<{tag}{scope} style="text-align: {"right" if at_right else "left"}">{text}</{tag}>'
            for text, at_right in zip(texts, right, strict=True)
        )

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    head = f"<caption>{caption}</caption>" if caption else ""
    return f"<table>{head}<thead><tr>{cells('th', heads)}</tr></thead><tbody>{body}</tbody></table>"


# On the screen; on paper the template draws the boxes, and knows them by their words: strong for what is at home, em
# for what nobody is.
LOOKS = {
    "local": "border: 1.5px solid #17456b; background: #fff; color: #1b1f24",
    "beyond": "border: 1px solid #59626c; background: #eef2f5; color: #1b1f24",
    "gap": "border: 1.5px dashed #b1431d; color: #b1431d; background: none",
    "link": "border-left: 3px solid #17456b; background: none",
    "": "background: none",
}


def bands(heads: Sequence[str], rows: Sequence[Sequence[tuple[str, str, int]]], *, caption: str = "") -> str:
    """A table drawn as bands of boxes.

    Parameters
    ----------
    heads : sequence of str
        The heads of the first column and of all boxes.
    rows : sequence of sequence of tuple
        Each cell as its look, its HTML and over how many rows it reaches; an empty look is the head of a band.
    caption : str
        What stands over it.
    """
    spans = [1, max(len(row) for row in rows) - 1]
    head = "".join(
        f'<th scope="col"{_span("col", span)} style="text-align: left">{text}</th>'
        for text, span in zip(heads, spans, strict=True)
    )
    within = "text-align: left; vertical-align: top; padding: 4px 8px"

    def cell(look: str, text: str, deep: int) -> str:
        return f'<td{_span("row", deep)} style="{within}; {LOOKS[look if text else ""]}">{text}</td>'

    body = "".join(f"<tr>{''.join(cell(*one) for one in row)}</tr>" for row in rows)
    style = "border-collapse: separate; border-spacing: 6px"
    head = f"<caption>{caption}</caption><thead><tr>{head}</tr></thead>"
    return f'<table style="{style}">{head}<tbody>{body}</tbody></table>'


def _span(way: str, count: int) -> str:
    return f' {way}span="{count}"' if count > 1 else ""
