"""The helpers that look at pages find what is wrong with them."""

from pages import characters, lonely_headings, overlaps, short_pages
from pdf_page import export, picture, shown, text

BREAK = {"text/x-typst": "#pagebreak()"}


def test_a_page_that_ends_too_early_is_found():
    """A page cut off after a line is short, the last page never is, and a full one is not."""
    some = text("# T\n\nwords"), shown(BREAK), text("\n\n".join(["words"] * 60))
    assert [1] == [page for page, missing in short_pages(export(*some)) if missing > 0.5]


def test_a_heading_at_the_foot_is_found():
    """A heading, or a caption, with nothing below it on its page is lonely; one with text is not."""
    some = text("# T\n\nwords\n\n## Alone"), shown(BREAK), text("words\n\n## Not alone\n\nwords")
    assert [(1, "Alone")] == lonely_headings(export(*some))
    assert [(1, "Figure1Below")] == lonely_headings(export(text("# T"), picture(alt="a", caption="Below")))


def test_texts_over_each_other_are_found():
    """Two paragraphs in one place meet; those below each other do not."""
    over = shown({"text/x-typst": "first words\n\n#v(-20pt)\n\nsecond words"})
    assert [(1, "firstwords", "secondwords")] == overlaps(export(text("# T"), over))
    assert [] == overlaps(export(text("# T\n\nfirst\n\nsecond")))


def test_characters_have_place_size_and_tags():
    """Sizes are those on the page, also inside pictures; what has no tags is an artifact."""
    found = characters(export(text("# T\n\nwords"), picture("abc", alt="a"), date="2026-11-01"))
    assert {("Document", "P"): 10.2, ("Document", "Figure"): 7.5} == {
        character.path: round(character.size, 1) for character in found if character.path[-1:] in (("P",), ("Figure",))
    }
    assert "Page1of1" in "".join(character.text for character in found if not character.path)
