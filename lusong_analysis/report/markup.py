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
