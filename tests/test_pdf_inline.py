"""Running text: spaces, links and anchors."""

from pdf_page import typst, typst_of


def test_white_space_is_html_s():
    """Runs of white space are one space, also across elements, and none stands at the start; a hard space stays."""
    statements, _ = typst("<p>  a \n b <b> c</b>\u00a0d </p>")
    assert ['par({"a b "; strong("c"); "\u00a0d"})'] == statements


def test_a_link_to_an_anchor_is_a_jump_and_its_title_is_dropped():
    """A local link names its place, decoded; a link's title belongs to the screen."""
    statements, draft = typst('<p><a href="#%E4%B8%AD" title="hover">x</a> <a href="https://a.b/?c=1">y</a></p>')
    assert ['par({jump("中", "x"); " "; link("https://a.b/?c=1", "y")})'] == statements
    assert ["中"] == [name for name, _ in draft.jumps]


def test_chinese_and_digits_keep_their_distance_at_the_edge_of_a_link():
    """A link is kept unbroken in a box, so the quarter space at its edges is written."""
    gap = "h(weak: true, 0.25em)"
    statements, _ = typst('<p>达到<a href="#E">1000亿元</a>，占<a href="#E">超过3%</a>以上</p>')
    assert [f'par({{"达到"; {gap}; jump("E", "1000亿元"); "，占"; jump("E", "超过3%"); {gap}; "以上"}})'] == statements


def test_an_anchor_is_never_empty():
    """An anchor prints what it holds, or else its own name, one level below the current heading."""
    statements, draft = typst('<h1>T</h1><h2>S</h2><p><a id="E1"></a></p><p><a name="E2">two</a></p>')
    assert [
        'par({anchor("E1", 3, "E1"); h(weak: true, 0.4em)})',
        'par(anchor("E2", 3, "two"))',
    ] == statements[1:]
    assert {"E1", "E2"} <= set(draft.anchors)


def test_the_second_anchor_of_a_name_is_plain_text():
    """Links go to the first one, and the log says so."""
    statements, draft = typst('<p><a id="E1">a</a> <a id="E1">b</a></p>')
    assert ['par({anchor("E1", 2, "a"); " "; "b"})'] == statements
    assert 1 == len(draft.warnings)


def test_words_in_another_language():
    """A lang attribute sets the language of what it holds."""
    statements, _ = typst('<p>in <span lang="zh">芦淞区</span></p>')
    assert ['par({"in "; foreign("zh", "芦淞区")})'] == statements


def test_what_cannot_be_printed_is_said():
    """A video is left out with a word to the log, a script without one."""
    statements, draft = typst("<p>a<video src=x></video><script>alert(1)</script></p>")
    assert ['par("a")'] == statements
    assert ["cell 0: <video> cannot be printed and is left out"] == draft.warnings


def test_a_line_does_not_begin_with_a_semicolon():
    """After the box of a link a line could end; a sign that prints nothing keeps semicolon and colon with it."""
    statements, _ = typst('<p><a href="#E">3%</a>；<a href="#E">4%</a>，后</p>')
    assert ['par({jump("E", "3%"); "\u2060；"; jump("E", "4%"); "，后"})'] == statements


def test_a_link_around_nothing_is_an_entry_of_an_index():
    """It prints pages, in Markdown's form and in HTML's; an anchor with a link around nothing stays an anchor."""
    assert ['par(pages("E1"))'] == typst_of("[](#E1)")
    statements, draft = typst('<table><tr><th>a<th>b</tr><tr><td>c<td><a href="#%E4%B8%AD"></a></tr></table>')
    assert 'pages("中")' in statements[0]
    assert (["中"], ["中"]) == (draft.entries, [name for name, _ in draft.jumps])
    assert ['par({anchor("E2", 2, "E2"); h(weak: true, 0.4em)})'] == typst('<p><a id="E2" href="#E1"></a></p>')[0]
