"""What is known while a document is being written."""

import pytest

from lusong_analysis.pdf.draft import Draft, ExportError, cell_at


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ([3, 3, 2], [2, 2, 2]),
        ([2, 5, 3, 2], [2, 3, 3, 2]),
        ([2, 3, 4, 5, 6, 6], [2, 3, 4, 5, 6, 6]),
    ],
)
def test_levels_are_never_skipped(written, printed):
    """Headings under a title go down one level at a time, and equal ones under one parent stay equal."""
    draft = Draft()
    assert printed == [draft.level(level) for level in written]


def test_a_second_heading_of_level_one_stands_beside_the_title():
    """After a title of level 1 another heading of level 1 is level 1 as well, and an anchor one below."""
    draft = Draft(levels=[(1, 1)])
    assert [2, 1, 2, 2] == [draft.level(3), draft.level(1), draft.below(), draft.level(3)]


def test_a_name_belongs_to_its_first_anchor():
    """The first thing of a name keeps it; a second one is known by its other names, or by none."""
    draft = Draft()
    assert ["E1", "b", None] == [draft.anchor("E1"), draft.anchor("E1", "b"), draft.anchor("b")]


def test_a_cell_is_named_by_number_and_first_words():
    """Long first lines are cut, and a cell without words has its number only."""
    assert "cell 2 ('## Revenue')" == str(cell_at(2, "\n  ## Revenue\ntext"))
    assert "cell 3" == str(cell_at(3, ""))
    assert 40 == len(cell_at(4, "x" * 100).words)


def test_all_problems_stand_in_one_line():
    """The message of an export that failed has every problem and no line break."""
    error = ExportError(["cell 1: a", "cell 2: b"])
    assert ("cell 1: a; cell 2: b", ("cell 1: a", "cell 2: b")) == (str(error), error.problems)


def test_a_missing_alternative_text_is_named_in_the_language_of_the_document():
    """Without one the picture is the output of its cell, with a warning; if strict, a problem that names the cure."""
    chinese, english = Draft(language="zh", cell=cell_at(7, "")), Draft(cell=cell_at(7, ""))
    assert "第7个单元格的输出" == chinese.alternative(None, "输出", "output")
    assert "output of cell 7" == english.alternative(" ", "输出", "output")
    assert ["cell 7: the output has no alternative text; 'output of cell 7' stands in for it"] == english.warnings
    strict = Draft(strict=True, cell=cell_at(7, ""))
    strict.alternative("", "输出", "output")
    assert [True] == ["say in metadata 'alt'" in problem for problem in strict.problems]
