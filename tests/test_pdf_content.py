"""Content taken apart by the page: what is measured of a text."""

import json
import shutil

import pytest
import typst

from lusong_analysis.pdf.press import HERE, fonts


@pytest.fixture
def measure(tmp_path):
    """A function that measures some Typst: width and height [pt]."""
    shutil.copy(HERE / "content.typ", tmp_path)
    (tmp_path / "settled.json").write_text("[]")

    def sizes(*bodies):
        told = "".join(
            f"#context {{ let it = size-of({body}); [#metadata((it.width.pt(), it.height.pt()))<size>] }}\n"
            for body in bodies
        )
        source = '#import "/content.typ": measured, size-of\n' + told
        (tmp_path / "main.typ").write_text(source)
        found = typst.query(str(tmp_path / "main.typ"), "<size>", field="value", root=str(tmp_path), font_paths=fonts())
        return json.loads(found)

    return sizes


def test_paragraphs_are_measured_one_under_the_other(measure):
    """Two paragraphs are as wide as the wider one, and higher than one."""
    one, both, other = measure('par("a")', '{ par("a"); par("wider") }', 'par("wider")')
    assert one[0] < both[0] == other[0]
    assert both[1] > 2 * one[1]


def test_links_marks_and_stand_ins_are_looked_through(measure):
    """A link is as wide as its words, a mark has no width, and of what stands for something that is measured."""
    plain, link, other = measure(
        '"word"', '{ [#metadata((other: 1))]; link("https://a.b", "word") }', 'measured("word", "another word")'
    )
    assert plain == link == other
