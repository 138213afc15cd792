"""Elements of a piece of HTML by name and class."""

from lusong_analysis.pdf.elements import all_inside, children, first_inside, inside
from lusong_analysis.pdf.markdown import parse_html

HTML = '<p class="a b">One <em>two</em></p><div><p class="c">three<!-- p --></p><ul><li class="a">four</li></ul></div>'


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
    assert [tag.get_text() for tag in all_inside(body, "p", "li")] == ["One two", "three", "four"]
    assert [tag.name for tag in (first_inside(body, "li", "em"), first_inside(body, "div")) if tag] == ["em", "div"]
    assert first_inside(body, "table") is None


def test_elements_are_found_by_any_of_their_classes():
    """An element is found by each of its classes, once, and only if it has the name too; a part of a class is none."""
    body = parse_html(HTML)
    assert [tag.get_text() for tag in all_inside(body, classes=("b", "a"))] == ["One two", "four"]
    assert [tag.get_text() for tag in all_inside(body, "li", classes=("b", "a"))] == ["four"]
    assert all_inside(body, classes=["ab"]) == []
