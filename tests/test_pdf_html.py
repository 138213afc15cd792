"""Blocks of HTML: headings, lists, figures."""

from pdf_page import typst


def test_the_first_heading_of_level_one_is_the_title():
    """It is kept for the head of the document, wherever it stands, and the others go below it."""
    statements, draft = typst("<h3>first</h3><h1>The <em>title</em></h1><h3>jump</h3><h2>back</h2><h1>part</h1>")
    assert '[#heading(level: 1, {"The "; emph("title")})#label("The-title")]' == draft.title
    assert "The title" == draft.title_text
    assert [
        '[#heading(level: 2, "first")#label("first")]',
        '[#heading(level: 2, "jump")#label("jump")]',
        '[#heading(level: 2, "back")#label("back")]',
        '[#heading(level: 1, "part")#label("part")]',
    ] == statements


def test_a_heading_is_found_by_text_slug_id_and_anchor():
    """All its names lead to one label: an anchor's, its id, its text with hyphens, its text."""
    _, draft = typst('<p><a id="before"></a></p><h2 id="own"><a name="within"></a>One two</h2>')
    assert dict.fromkeys(["before", "within", "own", "One-two", "One two"], "before") == draft.anchors


def test_an_empty_heading_is_none():
    """A heading that holds nothing is not printed."""
    assert [] == typst("<h2> </h2>")[0]


def test_lists_are_tight_or_loose_and_start_where_they_say():
    """An item with paragraphs makes its list loose; a numbered list begins at its start."""
    assert ['list("a", {"b"; list("c")})'] == typst("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>")[0]
    assert ['enum(tight: false, start: 3, par("a"))'] == typst('<ol start="3"><li><p>a</p></li></ol>')[0]


def test_quotations_code_and_rules():
    """Each is a block of its own."""
    statements, _ = typst("<blockquote><p>q</p></blockquote><pre><code>x = 1\n</code></pre><hr>")
    assert ['quote(block: true, par("q"))', 'listing(raw(block: true, "x = 1"))', "divider()"] == statements


def test_text_beside_blocks_is_a_paragraph():
    """Text that stands between blocks, and text inside nested ones, is printed as paragraphs."""
    statements, _ = typst("<div>a <section>b</section> c</div>")
    assert ['par("a")', 'par("b")', 'par("c")'] == statements


def test_only_the_sections_of_markdown_are_footnotes():
    """Another element with the class of Markdown's footnotes is printed like any other."""
    statements, _ = typst(
        '<div class="footnotes"><p class="footnotes-sep">a</p></div><ul><li class="footnote-item">b</ul>'
    )
    assert ['par("a")', 'list("b")'] == statements


def test_a_figure_gives_its_caption_to_its_table():
    """The caption of a figure around a table is the table's, unless that has one."""
    table = "<table><tr><th>a</th></tr><tr><td>b</td></tr></table>"
    statements, _ = typst(f"<figure>{table}<figcaption>Cap</figcaption></figure>")
    assert [True] == [statement.startswith('figure(kind: table, caption: "Cap", data(') for statement in statements]


def test_a_formula_between_words_ends_the_paragraph():
    """A displayed formula is a block, and the words after it begin a new paragraph."""
    statements, _ = typst('<p>a</p><div class="math">x</div>b')
    assert [
        'par("a")',
        'math.equation(block: true, alt: "x", eval(mode: "math", "x"))',
        'par("b")',
    ] == statements
