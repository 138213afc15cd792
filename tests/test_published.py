"""The published edition in git is what the repository builds today."""

import json
from pathlib import Path

import pytest

from lusong_analysis.pdf.read import read, squeeze
from lusong_analysis.verify import verify

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


def test_the_published_edition_is_of_another_day(edition):
    """What was built on the day of its commit is, to the byte, what is built today with the same libraries."""
    (published,) = (folder for folder in PUBLISHED if folder.name == edition.name)
    then, now = (json.loads((folder / "manifest.json").read_text("utf-8")) for folder in (published, edition))
    same = then["versions"] == now["versions"]  # another Python prints the same text in other bytes
    files = sorted(published.glob("*/*.pdf"))
    assert files
    for file in files:
        of_today = edition / file.relative_to(published)
        assert file.read_bytes() == of_today.read_bytes() if same else printed(file) == printed(of_today)


@pytest.mark.parametrize("folder", PUBLISHED, ids=lambda folder: folder.name)
def test_a_published_edition_is_small(folder):
    """What lies in git of an edition stays under six megabytes."""
    sizes = [file.stat().st_size for file in folder.rglob("*") if "charts" not in file.parts]
    assert 0 < sum(sizes) < 6_000_000


@pytest.mark.parametrize("folder", PUBLISHED, ids=lambda folder: folder.name)
def test_a_published_edition_still_verifies(folder):
    """Every report in git proves its figures to the program of today, whichever program made it."""
    files = sorted(folder.rglob("*.pdf"))
    assert files
    assert [] == [str(problem) for file in files for problem in verify(file.read_bytes()).problems]
