"""Text, calls and sequences as Typst source."""

from hypothesis import given
from hypothesis import strategies as st

from lusong_analysis.pdf.source import array, call, dictionary, labelled, literal, raw, sequence, terminal


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"])))
def test_no_text_ends_its_literal_early(text):
    """Whatever the text, its quotation marks and backslashes are escaped, so that it reads back as it is."""
    written = literal(text)
    assert text == written[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    assert 0 == written[1:-1].replace("\\\\", "").replace('\\"', "").count('"')


def test_line_breaks_are_kept_and_control_characters_are_not():
    """A newline and a tab stay in the text, a bell does not."""
    assert '"a\\nb\\tc"' == literal("a\nb\tc\x07")


def test_sequences_of_none_one_and_many():
    """Nothing is empty content, one piece is itself, several stand in a block."""
    assert ["[]", '"a"', '{"a"; "b"}'] == [sequence([]), sequence(['"a"', ""]), sequence(['"a"', '"b"'])]


def test_calls_leave_out_what_is_not_given():
    """A named argument that is None is left out, and an underscore becomes a hyphen."""
    assert 'f(mime-type: "x", "a")' == call("f", '"a"', mime_type='"x"', alt=None)


def test_arrays_and_dictionaries_of_nothing_and_of_one():
    """An array of one keeps its comma, and an empty dictionary its colon."""
    assert ["()", "(1, )", "(:)", '("a": 1)'] == [array([]), array(["1"]), dictionary([]), dictionary([("a", "1")])]


def test_a_label_takes_any_name():
    """Names of anchors are texts, so a label is made from one."""
    assert '[#x#label("中 \\"文\\"")]' == labelled("x", '中 "文"')


def test_long_words_may_break_and_short_ones_stay():
    """A word of 80 signs may break after each eight, and a word of 50 stays whole."""
    assert 10 == raw("x" * 80).count("xxxxxxxx\u200b")
    assert 0 == raw("x" * 50).count("\u200b")


def test_an_empty_line_is_no_empty_paragraph():
    """A line of nothing holds a space, or a screen reader would find an empty element."""
    assert 'raw(block: true, "a\\n \\nb")' == raw("a\n\nb")


def test_terminal_text_loses_colours_and_rewritten_lines():
    """Colour codes are dropped, and of a progress bar only the last state is left."""
    assert "red\n100%" == terminal("\x1b[31mred\x1b[0m\n10%\r100%\n")
