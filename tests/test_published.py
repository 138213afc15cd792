"""The published edition in git is what the repository builds today."""

import json
from pathlib import Path

from lusong_analysis.pdf.read import read, squeeze

PUBLISHED = sorted(file.parent for file in (Path(__file__).parents[1] / "reports").glob("[0-9]*/manifest.json"))


def printed(file):
    """The words of a PDF, and the figures that its evidence holds."""
    document = read(file.read_bytes())
    record = json.loads(document.attachments["evidence.json"])
    figures = [(figure["anchor"], figure["text"], figure["formula"]) for figure in record["figures"]]
    return squeeze("".join(piece.text for piece in document.pieces)), figures


def test_the_published_edition_is_current(edition):
    """Every report in git prints the text and figures that this checkout builds, and none is missing."""
    (published,) = (folder for folder in PUBLISHED if folder.name == edition.name)
    built = {file.relative_to(edition): printed(file) for file in sorted(edition.rglob("*.pdf"))}
    held = {file.relative_to(published): printed(file) for file in sorted(published.rglob("*.pdf"))}
    assert built.keys() == held.keys()
    assert [] == [str(name) for name in built if built[name] != held[name]]


def test_the_published_edition_is_small():
    """What lies in git stays under six megabytes."""
    sizes = [file.stat().st_size for folder in PUBLISHED for file in folder.rglob("*") if "charts" not in file.parts]
    assert 0 < sum(sizes) < 6_000_000
