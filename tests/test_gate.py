import json
from pathlib import Path

import pytest

from lusong_analysis.facts.package import Package, open_package
from lusong_analysis.facts.rows import Area, Event, Indicator, Observation, Organisation, Term
from lusong_analysis.problem import Problem
from lusong_analysis.report.gate import check_notebook, glossary_names

PROJECT = Path(__file__).parents[1]
CELLS = [
    ("markdown", "zh", "# 服饰"),
    ("markdown", "en", "# Apparel"),
    ("code", "parameters", 'edition: str = "2026-11"'),
]
IMPORTS = "from lusong_analysis.report import Report, charts\n\nreport = Report(language=language)"
FIGURES = """revenue = report.figure("technology_industry_trade_revenue", time_period="2019")
city = report.figure("apparel_chain_total_scale", ref_area="430200")
until = report.parameter("horizon")
growth = required_growth(revenue, city, until)"""


def observation(key, indicator, ref_area, time_period, obs_value, unit, as_printed, **cells):
    """A statement of the small package."""
    blank = dict.fromkeys(Observation.columns(), "")
    row = {"observation_id": key, "indicator": indicator, "ref_area": ref_area, "time_period": time_period}
    words = {"obs_value": obs_value, "unit": unit, "as_printed": as_printed, "bound": "=", "source_id": "paper"}
    return Observation(**(blank | row | words | cells))


def indicator(key):
    """An indicator of the small package."""
    words = dict.fromkeys(("name_zh", "name_en", "definition_zh", "definition_en"), key)
    return Indicator(indicator=key, noun_en="", dimension="money", measure_type="flow", comparable_with="", **words)


def area(code, name):
    """An area of the small package."""
    return Area(ref_area=code, name_zh=name, name_en=name, parent="", level="district")


def package():
    """A package of four statements, a market, a project and a name."""
    rows = [
        observation(
            "revenue-2019", "technology_industry_trade_revenue", "430203", "2019", "808", "亿元", "超过808亿元"
        ),
        observation("scale-2020", "apparel_chain_total_scale", "430200", "2020", "1015.3", "亿元", "总规模1015.3亿元"),
        observation("turnover-2018", "market_cluster_annual_turnover", "430203", "2018", "500", "亿元", "500亿元"),
        observation("turnover-2019", "market_cluster_annual_turnover", "430203", "2019", "600", "亿元", "600亿元"),
        observation("firms", "firms", "430203", "", "105", "家", "105家企业", counterpart="lusong_market_cluster"),
    ]
    market = dict.fromkeys(Organisation.columns(), "") | {"kind": "market", "ref_area": "430203", "source_id": "p"}
    market |= dict.fromkeys(("name_zh", "name_en", "as_printed"), "market") | {"organisation": "lusong_market_cluster"}
    project = dict.fromkeys(Event.columns(), "") | {"kind": "project", "event": "centre", "ref_area": "430203"}
    project |= dict.fromkeys(("name_zh", "name_en", "as_printed", "source_id"), "centre")
    term = Term(term="bases", zh="一城四基地", en="one city and four bases", kind="name", source_id="paper")
    return Package(
        folder=Path(),
        areas={"430203": area("430203", "芦淞区"), "430200": area("430200", "株洲市")},
        indicators={row.indicator: indicator(row.indicator) for row in rows},
        sources={},
        observations={row.observation_id: row for row in rows},
        corrections={},
        chains={},
        segments={},
        links={},
        organisations={"lusong_market_cluster": Organisation(**market)},
        events={"centre": Event(**project)},
        glossary={"bases": term},
    )


def write(folder, *cells):
    """A notebook of cells (type, tag, source)."""
    made = [
        {"cell_type": kind, "metadata": {"tags": [tag] if tag else []}, "source": source.splitlines(keepends=True)}
        for kind, tag, source in cells
    ]
    path = folder / "01_apparel.ipynb"
    path.write_text(json.dumps({"cells": made, "nbformat": 4}), "utf-8")
    return path


def code(folder, *sources):
    """What is wrong with code cells that follow title, parameters, imports and figures (cells 1 to 5)."""
    cells = [*CELLS, ("code", "", IMPORTS), ("code", "", FIGURES), *(("code", "", source) for source in sources)]
    return [str(problem) for problem in check_notebook(write(folder, *cells), package())]


def markdown(folder, *cells):
    """What is wrong with Markdown cells (tag, source)."""
    made = write(folder, *(("markdown", tag, source) for tag, source in cells))
    return [str(problem) for problem in check_notebook(made, package())]


def say(zh="收入{revenue}。", en="Revenue {revenue}.", figures="revenue=revenue"):
    """A call of report.say."""
    return f"report.say(zh={zh!r}, en={en!r}, {figures})"


@pytest.mark.parametrize("path", sorted((PROJECT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_the_notebooks_of_the_project_pass(path):
    """Every notebook of the project passes its own gate."""
    assert [] == check_notebook(path, open_package(PROJECT / "data"))


def test_a_notebook_of_plain_calls_passes(tmp_path):
    """Figures, sentences, a chart and a table without a typed number are what a notebook is made of."""
    chart = "fan = required_growth_by_year(revenue, city, until)\nreport.chart(\n    charts.bounds_by_year(fan),\n"
    chart += '    zh="到{until}，"\n    "{growth}",\n    en="{growth} by {until}", until=until, growth=growth)'
    table = 'report.table(report.history("firms", "apparel_chain_total_scale"), zh="并列", en="Side by side")'
    words = say("据{revenue.source}，{revenue.period}{revenue:suffix}", "{revenue:2}, says {revenue.source}")

    assert [] == code(tmp_path, say(), chart, table, words)


def test_the_glossary_holds_names_in_both_languages():
    """The names that may hold numbers are the glossary's Chinese and English forms."""
    assert ["一城四基地", "one city and four bases"] == glossary_names(package())


# --- Markdown ----------------------------------------------------------------------------------------------------


def test_a_typed_number_in_markdown_names_its_place_and_the_statement_that_says_it(tmp_path):
    """The words, the cell, the language and a matching observation stand in the message."""
    assert [
        "01_apparel, cell 1, zh: found '808亿'. It is a typed number (a digit). "
        "Say it with report.say and a placeholder: observation revenue-2019 says 超过808亿元.",
        "01_apparel, cell 2, en: found '80.8 billion'. It is a typed number (a digit). "
        "Say it with report.say and a placeholder: observation revenue-2019 says 超过808亿元.",
        "01_apparel, cell 2, en: found 'two'. It is a typed number (a number word). "
        "Say it with report.say and a placeholder.",
    ] == markdown(tmp_path, ("zh", "收入为808亿元。"), ("en", "Revenue is 80.8 billion yuan in two markets."))


def test_a_cell_without_a_language_is_held_to_both(tmp_path):
    """A Markdown cell without a tag is printed in both languages, so both rules hold."""
    assert [
        "01_apparel, cell 1: found '三成'. It is a typed number (a number word). "
        "Say it with report.say and a placeholder.",
        "01_apparel, cell 1: found 'two'. It is a typed number (a number word). "
        "Say it with report.say and a placeholder.",
    ] == markdown(tmp_path, ("", "三成, two"))


def test_names_of_the_glossary_pass_in_markdown(tmp_path):
    """A name that the glossary holds may stand in a text, whatever numbers it holds."""
    assert [] == markdown(tmp_path, ("zh", "一城四基地"), ("en", "One city and four bases"))


def test_what_prints_no_words_passes_in_markdown(tmp_path):
    """Addresses, code and formulas may hold digits."""
    text = "[公报](https://example.org/2019) `as_of=2020` $1/(1+g)$\n```\n2019\n```"

    assert [] == markdown(tmp_path, ("", text))


def test_a_numbered_list_is_refused_with_its_own_cure(tmp_path):
    """The numbers of a list are printed too; a list begins its lines with a hyphen."""
    rule = "found '1.'. The numbers of a list are typed numbers. Begin its lines with '-'."

    assert [f"01_apparel, cell 1: {rule}"] == markdown(tmp_path, ("", "1. 一件事"))


def test_a_placeholder_in_markdown_is_refused(tmp_path):
    """Nobody fills a placeholder in a Markdown cell, so the reader would see its braces."""
    problems = markdown(tmp_path, ("", "收入{revenue}"))

    assert [
        "01_apparel, cell 1: found '{revenue}'. A Markdown cell fills no placeholder. "
        "Say it in a code cell: report.say(zh=…, en=…)."
    ] == problems


def test_a_cell_without_its_pair_is_refused(tmp_path):
    """A text in one language stands beside the same in the other; empty cells need none."""
    assert [
        "01_apparel, cell 3: found 'a cell tagged zh alone'. A cell in one language stands beside its pair in the "
        "other. Write the cell in en next to it and tag it en."
    ] == markdown(tmp_path, ("zh", "甲"), ("en", "A"), ("zh", "乙"), ("en", " "))


def test_a_pair_may_begin_with_either_language(tmp_path):
    """English first, Chinese second is a pair as well."""
    assert [] == markdown(tmp_path, ("en", "## A"), ("zh", "## 甲"))


def test_headings_of_a_pair_have_the_same_levels(tmp_path):
    """Number and levels of headings are compared; a # in a block of code is none."""
    assert [
        "01_apparel, cells 1 and 2: found 'zh # ##; en # ###'. The headings of a pair have the same number and "
        "levels. Give both the same headings."
    ] == markdown(tmp_path, ("zh", "# 甲\n\n## 乙"), ("en", "# A\n\n### B"))
    assert [] == markdown(tmp_path, ("zh", "# 甲\n```\n# 注\n```"), ("en", "# A"))


# --- code --------------------------------------------------------------------------------------------------------


def test_a_typed_number_in_a_text_names_the_figure_that_holds_it(tmp_path):
    """Where a figure of the call holds the number, the message says which placeholder to use."""
    problems = code(tmp_path, say(zh="{revenue.period}收入808亿元。", en="In 2019 revenue was {revenue}."))

    assert [
        "01_apparel, cell 6, zh: found '808亿'. It is a typed number (a digit). "
        "Put it in a placeholder: {revenue} holds 超过808亿元.",
        "01_apparel, cell 6, en: found '2019'. It is a typed number (a digit). "
        "Put it in a placeholder: {revenue.period}.",
    ] == problems[:2]


def test_both_languages_are_gated_whichever_is_built(tmp_path):
    """A number word in either text is found, adjacent strings being one text."""
    source = 'report.say(zh="收入的三" "成。{revenue}", en="A third " "of it. {revenue}", revenue=revenue)'

    assert ["01_apparel, cell 6, zh: found '三成'", "01_apparel, cell 6, en: found 'A third of'"] == [
        problem.partition(". ")[0] for problem in code(tmp_path, source)
    ]


def test_notes_are_texts_too(tmp_path):
    """note_zh and note_en are held to the same rules, and need each other."""
    source = 'report.say(zh="{revenue}", en="{revenue}", note_zh="三成", revenue=revenue)'

    assert [
        "01_apparel, cell 6, note_zh: found '三成'. It is a typed number (a number word). "
        "Put it in a placeholder and get it with report.figure.",
        "01_apparel, cell 6: found 'note_zh without note_en'. A text stands in both languages. Add note_en.",
    ] == code(tmp_path, source)


@pytest.mark.parametrize(
    "source",
    [
        "years = 6",
        "years = -6.5",
        'print("2019")',
        'print("三成")',
        'print("Half of it")',
        "first = parts[0]",
        'revenue = report.figures("firms", until="2025")',
    ],
)
def test_code_holds_no_number(tmp_path, source):
    """No number may stand outside the parameters cell, in a string neither in digits nor in words."""
    problems = code(tmp_path, source)

    assert 1 == len(problems)
    assert "cell 6, line 1" in problems[0]
    assert "It is a typed number (a" in problems[0]
    assert "Ask for it with report.figure or report.parameter" in problems[0]


def test_true_and_false_are_no_numbers(tmp_path):
    """A switch is no number, although Python counts with it."""
    assert [] == code(tmp_path, "charts.style(grid=True)")


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("def f():\n    pass", "A cell asks, computes and says by plain calls."),
        ("class A:\n    pass", "A cell asks, computes and says by plain calls."),
        ("f = lambda: revenue", "A cell asks, computes and says by plain calls."),
        ("for x in parts:\n    x", "A cell asks, computes and says by plain calls."),
        ("while x:\n    x", "A cell asks, computes and says by plain calls."),
        ("if x:\n    x", "A cell asks, computes and says by plain calls."),
        ("y = x if x else z", "A cell asks, computes and says by plain calls."),
        ("y = [x for x in parts]", "A cell asks, computes and says by plain calls."),
        ("y = dict(x for x in parts)", "A cell asks, computes and says by plain calls."),
        ("with x:\n    x", "A cell asks, computes and says by plain calls."),
        ("y = until - start", "Arithmetic in a cell hides typed numbers."),
        ("x += y", "Arithmetic in a cell hides typed numbers."),
        ('y = f"{x}"', "An f-string hides its words from the gate."),
    ],
)
def test_a_cell_is_plain_calls(tmp_path, source, rule):
    """A function, a loop, a condition, arithmetic or an f-string in a cell is refused with what to do instead."""
    problems = code(tmp_path, source)

    assert 1 == len(problems)
    assert rule in problems[0]


@pytest.mark.parametrize("text", ['f"收入{revenue}"', '"收入" + "{revenue}"', "words", '"收入{}".format(revenue)'])
def test_a_text_is_one_plain_string(tmp_path, text):
    """f-strings, sums and variables as text are refused, because the gate could not see their words."""
    problems = code(tmp_path, f'report.say(zh={text}, en="{{revenue}}", revenue=revenue)')

    assert 1 == len(problems)
    assert problems[0].startswith("01_apparel, cell 6, zh: found")
    assert "A text is one plain string, so that every word of it can be checked." in problems[0]


def test_syntax_errors_name_the_line(tmp_path):
    """What Python cannot read is refused with its cell and line; a magic is named as such."""
    assert [
        "01_apparel, cell 6, line 2: found 'y = ('. Python cannot read it: '(' was never closed. Mend this line.",
        "01_apparel, cell 7, line 1: found '%matplotlib inline'. Python cannot read it: invalid syntax. "
        "A cell is plain Python, without magics.",
    ] == code(tmp_path, "x = revenue\ny = (", "%matplotlib inline")


@pytest.mark.parametrize(
    ("arguments", "found", "todo"),
    [
        (
            '"market_turnover"',
            "'market_turnover'. It is an unknown indicator.",
            "Did you mean 'market_cluster_annual_turnover' (430203: 2018, 2019)?",
        ),
        ('"xyz"', "'xyz'. It is an unknown indicator.", "The names stand in the tables of data/."),
        (
            '"market_cluster_annual_turnover", time_period="2017"',
            "'2017'. It is an unknown time_period.",
            "Held are 430203: 2018, 2019.",
        ),
        (
            '"firms", counterpart="nobody"',
            "'nobody'. It is an unknown counterpart.",
            "Held are lusong_market_cluster.",
        ),
        ('"firms", ref_area="430201"', "'430201'. It is an unknown ref_area.", "Did you mean '430203'?"),
        (
            '"firms", counterpart="market_cluster"',
            "'market_cluster'. It is an unknown counterpart.",
            "Did you mean 'lusong_market_cluster'?",
        ),
    ],
)
def test_names_in_strings_are_looked_up(tmp_path, arguments, found, todo):
    """An unknown indicator, period, area or counterpart is refused with the nearest name and with what is held."""
    assert [f"01_apparel, cell 6, line 1: found {found} {todo}"] == code(tmp_path, f"x = report.figure({arguments})")


def test_every_indicator_of_a_call_is_looked_up(tmp_path):
    """report.figures and report.history name several indicators; a project may be a counterpart."""
    source = (
        'a, b = report.figures("firms", "nothing")\nc = report.history("nowhere")\n'
        'd = report.figure("firms", counterpart="centre")'
    )

    assert ["01_apparel, cell 6, line 1: found 'nothing'", "01_apparel, cell 6, line 2: found 'nowhere'"] == [
        problem.partition(". ")[0] for problem in code(tmp_path, source)
    ]


def test_a_parameter_is_looked_up_in_the_model(tmp_path):
    """report.parameter names a parameter."""
    assert ["01_apparel, cell 6, line 1: found 'horizn'. It is an unknown parameter. Did you mean 'horizon'?"] == code(
        tmp_path, 'x = report.parameter("horizn")'
    )


def test_a_question_that_no_report_answers_is_found(tmp_path):
    """A mistyped question is told with the nearest one, or with all that there are; another name is no report."""
    problems = code(tmp_path, 'x = report.figur("firms")\nreport.xyz\nother.figur')

    near, far = problems
    assert near == ("01_apparel, cell 6, line 1: found 'report.figur'. A report has no figur. Did you mean 'figure'?")
    assert far.startswith(
        "01_apparel, cell 6, line 2: found 'report.xyz'. A report has no xyz. It has agreement, area,"
    )


def test_an_argument_that_a_question_does_not_take_is_found(tmp_path):
    """A mistyped argument is told with the nearest one or with all that the question takes; figures have any name."""
    source = (
        'report.figure("firms", ref_aera="city")\nreport.parameter("horizon", of="x")\nreport.say(zh="", en="", of=x)'
    )

    assert [
        "01_apparel, cell 6, line 1: found 'ref_aera='. report.figure takes no ref_aera. Did you mean 'ref_area'?",
        "01_apparel, cell 6, line 2: found 'of='. report.parameter takes no of. It takes name.",
    ] == [problem for problem in code(tmp_path, source) if "takes no" in problem]


def test_an_import_of_what_is_not_there_is_found(tmp_path):
    """A mistyped name or module of this package is found before anything runs; other packages are not looked into."""
    lines = (
        "from lusong_analysis.measures.growth import requird_growth, nothing_like_it",
        "from lusong_analysis.measure import required_growth",
        "from pandas import Nothing",
    )
    near, far, module = code(tmp_path, "\n".join(lines))

    assert near.startswith("01_apparel, cell 6, line 1: found 'requird_growth'. lusong_analysis.measures.growth ")
    assert near.endswith("Did you mean 'required_growth'?")
    assert far.startswith("01_apparel, cell 6, line 1: found 'nothing_like_it'. ")
    assert module.startswith("01_apparel, cell 6, line 2: found 'lusong_analysis.measure'. It cannot be imported: ")


def test_names_that_are_given_away(tmp_path):
    """What was a report is none after another assignment or import; an alias of Report makes one."""
    lines = (
        "from lusong_analysis.measures import pipeline",
        "from lusong_analysis.report import Report as R, graph",
        "city, report = R(language=language), 'other'",
        "report.anything, city.figur",
        "revenue = R(language=language).figure('firms')",
        "revenue.anything, report.__class__()",
        "from somewhere import city",
        "city.figur",
    )
    (found,) = code(tmp_path, "\n".join(lines))

    assert found.startswith("01_apparel, cell 6, line 4: found 'city.figur'. A report has no figur.")


def test_a_report_of_another_name_is_known(tmp_path):
    """Whatever the report is called, its strings are names."""
    problems = code(tmp_path, 'city_report = Report(language=language)\nx = city_report.figure("firmz")')

    assert [
        "01_apparel, cell 6, line 2: found 'firmz'. It is an unknown indicator. Did you mean 'firms' "
        "(430203: no period)?"
    ] == problems


# --- placeholders ------------------------------------------------------------------------------------------------


def test_both_texts_use_the_same_placeholders(tmp_path):
    """A figure that one language prints and the other does not is refused."""
    assert [
        "01_apparel, cell 6: found '{growth}'. zh uses {growth}, en does not. Use it in both languages or in none."
    ] == code(tmp_path, say(zh="{revenue}，{growth}", figures="revenue=revenue, growth=growth"))


def test_every_placeholder_is_given_and_every_figure_is_used(tmp_path):
    """A placeholder without a figure, and a figure without a placeholder, are refused."""
    assert [
        "01_apparel, cell 6: found '{revenu}'. The call gives no such figure. Did you mean 'revenue'?",
        "01_apparel, cell 6: found 'revenue='. No text uses this figure. Use {revenue}, or take it out.",
    ] == code(tmp_path, say(zh="{revenu}", en="{revenu}"))


def test_figures_are_given_by_name(tmp_path):
    """What hides in ** cannot be checked."""
    problems = code(tmp_path, say(figures="revenue=revenue, **others"))

    assert ["01_apparel, cell 6: found '**'. A figure is given under its name. Write revenue=revenue."] == problems


@pytest.mark.parametrize(
    ("placeholder", "rule"),
    [
        ("{revenue.value}", "A figure has no value."),
        ("{revenue.sorce}", "A figure has no sorce. Did you mean 'source'?"),
        ("{revenue:.2f}", "There is no form .2f."),
        ("{revenue:sufix}", "There is no form sufix. Did you mean 'suffix'?"),
        ("{revenue:0}", "There is no form 0."),
        ("{revenue!r}", "A placeholder is a name: {revenue}."),
        ("{revenue.source.title}", "A placeholder is a name: {revenue}."),
        ("{revenue[unit]}", "A placeholder is a name: {revenue}."),
    ],
)
def test_a_placeholder_reaches_only_what_is_allowed(tmp_path, placeholder, rule):
    """Attributes and forms are those of the table; nothing else can be reached from a template."""
    problems = code(tmp_path, say(zh=f"{{revenue}}{placeholder}"))

    assert rule in problems[0]
    assert problems[0].startswith(f"01_apparel, cell 6, zh: found '{placeholder}'")


def test_a_broken_template_is_refused(tmp_path):
    """A brace that is not closed is named with the way to write one."""
    problems = code(tmp_path, say(zh="收入{revenue}，{"))

    assert "It is no template: " in problems[0]
    assert "A placeholder is {name}; braces themselves are {{ and }}." in problems[0]


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("zh", "收入超过{revenue}。", "超过"),
        ("zh", "收入约**{revenue}**。", "约"),
        ("zh", "收入近{revenue}。", "近"),
        ("en", "Revenue is over {revenue}.", "over"),
        ("en", "At least {revenue} was sold.", "At least"),
        ("en", "It is about **{revenue}**.", "about"),
    ],
)
def test_a_bound_word_before_a_figure_is_refused(tmp_path, language, text, word):
    """The figure words its own bound, so the template types none."""
    assert [
        f"01_apparel, cell 6, {language}: found {word!r}. It stands before {{revenue}}, which words its own bound. "
        "Take it out."
    ] == code(tmp_path, say(**{language: text}))


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("zh", "收入不低于{revenue}。", "不低于"),
        ("en", "It is above {revenue}.", "above"),
        ("en", "No more than {revenue} was sold.", "No more than"),
    ],
)
def test_a_word_that_compares_before_a_figure_is_left_to_the_report(tmp_path, language, text, word):
    """What is above or below is decided by two intervals, not by a template."""
    assert [
        f"01_apparel, cell 6, {language}: found {word!r}. It stands before {{revenue}}, which words its own bound. "
        "Take it out; report.comparison says what is above or below."
    ] == code(tmp_path, say(**{language: text}))


@pytest.mark.parametrize(
    ("language", "text", "word"), [("zh", "{revenue}以上", "以上"), ("en", "{revenue} or more", "or more")]
)
def test_a_bound_word_behind_a_figure_is_refused(tmp_path, language, text, word):
    """The same holds behind a figure, where Chinese puts 以上."""
    assert [
        f"01_apparel, cell 6, {language}: found {word!r}. It stands behind {{revenue}}, which words its own bound. "
        "Take it out."
    ] == code(tmp_path, say(**{language: text}))


@pytest.mark.parametrize(
    "text", ["签约{revenue}", "最近{revenue}", "附近{revenue}", "{revenue}以来", "超过{revenue.area}{revenue}"]
)
def test_words_that_only_end_like_a_bound_pass(tmp_path, text):
    """签约 is no 约 and 最近 no 近; a name may follow 超过."""
    assert [] == code(tmp_path, say(zh=text))


# --- one name, one formula ---------------------------------------------------------------------------------------


def test_a_name_stands_for_one_formula_in_the_whole_notebook(tmp_path):
    """The same placeholder for another formula is refused; both are written as the author wrote them."""
    first = say("{growth}", "{growth}", "growth=growth")
    second = "growth = growth_between(revenue, city)\n" + first

    assert [
        "01_apparel, cell 7: found '{growth}'. It is already required_growth(revenue, city, until). "
        "Choose another name for growth_between(revenue, city)."
    ] == code(tmp_path, first, second)


def test_a_name_may_be_said_again_and_computed_again(tmp_path):
    """The same formula under the same name is no problem, even if it is written twice or in another variable."""
    again = 'revenue = report.figure("technology_industry_trade_revenue", time_period="2019")\nsame = revenue\n'

    assert [] == code(tmp_path, say(), again + say(figures="revenue=same"))


def test_a_formula_changes_when_a_figure_under_it_does(tmp_path):
    """A variable assigned anew changes every formula that is computed from it."""
    first = say("{growth}", "{growth}", "growth=growth")
    second = 'revenue = report.figure("firms")\ngrowth = required_growth(revenue, city, until)\n' + first
    problems = code(tmp_path, first, second)

    assert 1 == len(problems)
    assert "Choose another name for required_growth(report.figure('firms'), " in problems[0]


def test_figures_asked_for_together_keep_their_places(tmp_path):
    """Of several figures in one assignment each is a formula of its own."""
    source = 'a, b = report.figures("firms", "apparel_chain_total_scale")\n'
    texts = say("{a}", "{a}", "a=a"), say("{a}", "{a}", "a=b")

    assert [
        "01_apparel, cell 7: found '{a}'. It is already report.figures('firms', 'apparel_chain_total_scale')[0]. "
        "Choose another name for report.figures('firms', 'apparel_chain_total_scale')[1]."
    ] == code(tmp_path, source + texts[0], texts[1])


# --- areas -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word"),
    [("芦淞区的收入为{revenue}。", "芦淞"), ("芦淞的收入为{revenue}。", "芦淞"), ("株洲市：{revenue}。", "株洲")],
)
def test_a_typed_area_is_refused(tmp_path, text, word):
    """The name of an area of the data, whole or without its rank, is asked for and not typed."""
    assert [
        f"01_apparel, cell 6, zh: found '{word}'. "
        "It is the name of an area, and the notebook may be built for another. "
        "Ask for it: {area} with area=report.area, {x.area}, {x.counterpart}, {x.name}, report.organisation(…)."
    ] == code(tmp_path, say(zh=text))


def test_a_typed_area_is_refused_in_headings_and_labels(tmp_path):
    """What stands in Markdown or in a chart is an author's word as well."""
    assert ["芦淞"] == [found.split("'")[1] for found in markdown(tmp_path, ("zh", "# 芦淞区"), ("en", "# District"))]
    assert ["株洲"] == [found.split("'")[1] for found in code(tmp_path, 'label = ("株洲市工业", "industry")')]


def test_an_area_that_is_asked_for_passes(tmp_path):
    """A placeholder prints the name of whichever area the report is about."""
    assert [] == code(tmp_path, say("{area}：{revenue}。", "{area}: {revenue}.", "area=report.area, revenue=revenue"))


# --- the file ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", ["", "[]", '{"worksheets": []}', '{"cells": [{}]}'])
def test_what_is_no_notebook_is_a_problem(tmp_path, content):
    """A file that cannot be read as a notebook is one problem, not a crash."""
    path = tmp_path / "01_apparel.ipynb"
    path.write_text(content, "utf-8")
    problems = check_notebook(path, package())

    assert ["01_apparel"] == [problem.place for problem in problems]
    assert [True] == [isinstance(problem, Problem) for problem in problems]


def test_all_problems_come_at_once(tmp_path):
    """Every cell is looked at, whatever was found before."""
    cells = [("markdown", "", "808"), ("code", "", "x = ("), ("code", "", "y = 6"), ("markdown", "", "two")]

    assert ["cell 1", "cell 2, line 1", "cell 3, line 1", "cell 4"] == [
        problem.place.partition(", ")[2] for problem in check_notebook(write(tmp_path, *cells), package())
    ]
