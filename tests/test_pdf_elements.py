"""Elements of a piece of HTML by name and class."""

from lusong_analysis.pdf.elements import children, classed, first, inside, named
from lusong_analysis.pdf.markdown import parse_html

HTML = '<p class="a b">One <em>two</em></p><div><p class="c">three<!-- p --></p><ul><li>four</li></ul></div>'


def test_all_elements_inside_come_as_they_stand():
    """Elements come in the order of the document, at any depth; texts and comments are none."""
    assert [tag.name for tag in inside(parse_html(HTML))] == ["p", "em", "div", "p", "ul", "li"]


def test_children_stand_directly_in_an_element():
    """Only what stands directly in an element is its child, of the names asked for or of any."""
    body = parse_html(HTML)
    assert [tag.name for tag in children(body)] == ["p", "div"]
    assert [tag.get_text() for tag in children(body, "p", "li")] == ["One two"]


def test_elements_are_found_by_name_at_any_depth():
    """All elements of some names are found, or the first of them; none is None."""
    body = parse_html(HTML)
    assert [tag.get_text() for tag in named(body, ["p", "li"])] == ["One two", "three", "four"]
    assert [tag.name for tag in (first(body, "li", "em"), first(body, "div")) if tag] == ["em", "div"]
    assert first(body, "table") is None


def test_elements_are_found_by_any_of_their_classes():
    """An element is found by each of its classes, once; a part of a class's name is none."""
    body = parse_html(HTML)
    assert [tag.get_text() for tag in classed(body, "b", "a", "c")] == ["One two", "three"]
    assert classed(body, "ab") == []
