"""A notebook of outputs that uses every block of the publication, as the report writes them, with short and long texts."""

from nbformat.v4 import new_notebook

from lusong_analysis.pdf.exporter import PDFUAExporter
from lusong_analysis.report import markup
from pdf_page import shown, text

TEMPLATE = "lusong_analysis.report:publication.typ"
WIDTH = 485.75
AREA = {"zh": "芦淞区", "en": "Lusong District"}
EVIDENCE = {
    "zh": [
        ("超过808亿元", "“服饰产业技工贸收入超过808亿元”，读作 (808, ∞)亿元；服饰产业技工贸收入，芦淞区，2019年"),
        (
            "低于3.7%",
            "(target / revenue) ** (1 / years) - 1，其中 revenue = E1，target = E7，years = 6；得 (−∞, 3.61711)%",
        ),
        ("712亿元", "“服饰产业规模达712亿元”，读作 [711.5, 712.5)亿元；服饰产业规模，芦淞区，2024年"),
        ("38家", "“专业服装市场38家”，读作 38家；专业市场，芦淞区，2025年"),
        ("超过20万人", "“从业人员超20万人”，读作 (200000, ∞)人；从业人员，芦淞区，2025年"),
        ("超过700亿元", "“服饰技工贸总额超700亿元”，读作 (700, ∞)亿元；服饰产业技工贸收入，芦淞服饰城，时间未载明"),
        ("1000亿元", "“力争到2018年服饰产业技工贸总产出突破1000亿元”，读作 1000亿元；服饰产业技工贸收入目标，2018年"),
        ("1015.3亿元", "“实现总规模1015.3亿元”，读作 [1015.25, 1015.35)亿元；服饰产业规模，株洲市，2020年"),
    ],
    "en": [
        ("over 80.8 billion yuan", "“{zh}”, taken as (80.8, ∞) billion yuan; apparel revenue, Lusong District, 2019"),
        (
            "under 3.7% a year",
            "(target / revenue) ** (1 / years) - 1, where revenue = E1, target = E7, years = 6; gives (−∞, 3.61711)% a year",
        ),
        (
            "71.2 billion yuan",
            "“{zh}”, taken as [71.15, 71.25) billion yuan; scale of the apparel industry, Lusong, 2024",
        ),
        ("38 markets", "“{zh}”, taken as 38 markets; specialised markets, Lusong District, 2025"),
        ("over 200,000 people", "“{zh}”, taken as (200,000, ∞) people; people at work, Lusong District, 2025"),
        (
            "over 70 billion yuan",
            "“{zh}”, taken as (70, ∞) billion yuan; apparel revenue, Lusong Apparel City, no date",
        ),
        (
            "100 billion yuan",
            "“{zh}”, taken as 100 billion yuan; target for the apparel revenue, Lusong District, 2018",
        ),
        ("101.53 billion yuan", "“{zh}”, taken as [101.525, 101.535) billion yuan; scale, Zhuzhou city, 2020"),
    ],
}
WORDS = {
    "zh": {
        "title": "服饰产业链：收入、市场与目标",
        "summary": "2019年，芦淞区服饰产业技工贸收入{1}。以此为下限，若要在2025年达到{7}，所需年均增速{2}；"
        "此后刊载的产业规模与总产值口径不同，不能与它连成一条线。",
        "keys": [
            "技工贸收入，2019年",
            "达到千亿目标所需年均增速，至2025年",
            "产业规模，2024年",
            "服装专业市场，2025年",
            "从业人员，2025年",
        ],
        "sections": ["收入说明了什么？", "市场成交额能连成一条线吗？", "各来源的数字", "不一致与未知"],
        "say": [
            (
                "收入是下限，不是一个点",
                "报道写明，全区服饰产业完成技工贸收入{1}。“超过”二字有确切含义：真实数值在其上，上端没有给出。"
                "技工贸收入是技术、工业与贸易收入之和，同一件服装在生产与批发环节可能各计一次，因此它**不是增加值**，"
                "不能与地区生产总值相除。更早的报道称服饰技工贸总额{6}。",
                (1, 6),
            ),
            (
                "千亿目标两次提出，原定年份没有实绩数字",
                "“千亿”作为目标至少提出过两次，技工贸总产出的目标为{7}。"
                "两个年份都没有刊载实绩，是否达到无法判断。目标不是测量值，本报告把它与测量值分开列示。",
                (7,),
            ),
            ("基数是下限，增速就是上限", "由于基数是下限，所需年均增速{2}。", (2, 1, 7, 3, 4, 5, 6)),
            ("这里计算的是算术要求，不是预测", "收入若更高，所需增速只会更低。", (1,)),
        ],
        "plain": "只有指标、地域、对象相同且写明年份的数字才能相连。目标不是实绩，单独标出。",
        "chart": ("目标年份越晚，所需增速越低：年均{2}", "由{1}增至{7}所需的年均增速，%，按目标年份；横线为上限"),
        "long_chart": (
            "市场成交额只有整数报道，各自成点，不相连：2018年与2019年都是同一个下限，此前此后没有任何测量值可以引用",
            "芦淞服饰市场群年成交额，亿元；实心点为刊载值，空心点为推算值，菱形为目标；箭头向上表示只知下限，其上端未知",
        ),
        "alternative": "柱形图，每根柱代表一个目标年份，柱高为所需年均增速的上限，目标年份越晚，上限越低。",
        "source": "来源：株洲日报（2020年10月）；红网（2016年9月21日）；本报告计算。凭证 {1}、{2}、{7}。",
        "bars": "低于",
        "table": (
            "四种口径并存，只有同组的数字可以相互比较",
            "芦淞区与株洲市服饰产业的收入、规模与成交额，当年价格，亿元；等级：A 官方，B 报刊，C 转载",
        ),
        "heads": ["指标", "地区", "时期", "亿元", "原文", "等级", "凭证"],
        "rows": [
            ["技工贸收入"],
            ["服饰技工贸总额", "芦淞区", "2016年", "超过700", "服饰技工贸总额超700亿元", "B", 6],
            ["服饰产业技工贸收入", "芦淞区", "2019年", "超过808", "超过808亿元", "B", 1],
            ["产业规模与总产值（定义与上组不同）"],
            ["服饰产业规模", "芦淞区", "2024年", "712", "服饰产业规模达712亿元", "B", 3],
            ["服饰产业总规模", "株洲市", "2020年", "1015.3", "实现总规模1015.3亿元", "B", 8],
            ["其中工业", "株洲市", "2020年", "346.45", "——", "B", 8],
        ],
        "events": (
            ["时间", "事件", "来源", "等级"],
            "第{}届芦淞服饰节在芦淞服饰市场群开幕，来自各地的客商到场洽谈采购",
        ),
        "conflict": (
            "**本土原创品牌数。**两家报道对同一事项的说法没有交集。",
            ["来源", "原文", "读作", "等级"],
            [
                ["红网（2025年12月30日）", "不足1000个", "低于1000个", "B"],
                ["科技日报（2026年2月12日）", "1000余个", "超过1000个", "B"],
            ],
            "**本报告采用**{4}（科技日报）：先看等级，再看发表先后，再看区间宽窄。",
        ),
        "unknown": [
            "**收入如何得出。**报道没有给出调查方法，也没有拆分技术、工业、贸易三项。重复计算有多大，无法估计。",
            "**其后各年的技工贸收入。**没有查到芦淞区的刊载值；其他年份的产业规模不能代替。",
            "**市场成交额的统计范围。**早年是全部商品市场，其后是服饰市场群；是否含网上交易，未说明。",
        ],
        "missing": "没有可计算的增速：各来源未载明同口径的上一年数字。",
        "appendix": (
            "附录：凭证与来源",
            "正文中每个带链接的数字都可在此核对：印出的文字、所取的值或公式、来源，以及它出现的页。点击页码可返回原处。",
            ["编号", "印出的文字", "所取的值或公式", "来源", "页"],
            "来源",
            "等级：A 官方，B 报刊，C 转载或二手。",
            ["编号", "来源", "等级", "查阅方式"],
            "附件 evidence.json 的 SHA-256 校验值：",
        ),
        "reference": "刘毅，罗金鹏. 逐梦·芦淞：这里的“高质量发展”富有速度与激情[N]. 株洲日报，2020年10月.",
        "read": "网页摘录存本",
        "comma": "、",
        "evidence": "凭证",
    },
    "en": {
        "title": "The apparel chain: revenue, markets and targets",
        "summary": "In 2019 the apparel industry of Lusong District, Zhuzhou, had a technology, industry and trade revenue of {1}. "
        "To reach {7} by 2025 the growth needed is {2}. Later figures measure something else and cannot be joined to it.",
        "keys": [
            "technology, industry, trade revenue, 2019",
            "growth needed for 100 billion by 2025",
            "scale of the industry, 2024",
            "specialised in apparel, 2025",
            "working in the industry, 2025",
        ],
        "sections": [
            "What does the published revenue say?",
            "Can the market’s turnover be joined to one line?",
            "What each source printed",
            "Conflicts and gaps",
        ],
        "say": [
            (
                "Revenue is a floor, not a point",
                "The press report says that the district’s apparel industry had a revenue of {1}. “Over” has an exact "
                "meaning: the true value lies above it, and no upper end is given. The measure adds technology, industry and trade; one "
                "garment may count at the factory and again at the wholesaler. It is **not value added** and must not be divided by GDP. "
                "An earlier report gives {6} without a year.",
                (1, 6),
            ),
            (
                "Two targets of 100 billion, no printed result",
                "The party congress of the district set {7} as a target. No result was printed for "
                "that year, so whether it was met cannot be decided. A target is no measurement; the two stand apart in this report.",
                (7,),
            ),
            (
                "A floor in the base, a ceiling in the growth",
                "Because the base is a floor, the growth needed is {2}.",
                (2, 1, 7, 3, 4, 5, 6),
            ),
            ("This is arithmetic, not a forecast", "The higher the true revenue, the less growth is needed.", (1,)),
        ],
        "plain": "Only figures of the same indicator, area and object, each with a stated year, can be joined. Targets are not results and are "
        "marked as such.",
        "chart": (
            "The later the target year, the less is needed: {2}",
            "Average yearly growth needed from {1} to {7}, %, by target year; the line is an upper bound",
        ),
        "long_chart": (
            "Turnover is known only in round numbers, each a point of its own that is joined to no other one before or after it",
            "Yearly turnover of the Lusong apparel markets, billion yuan; solid points printed, hollow point computed, diamonds "
            "targets; an arrow marks a lower bound",
        ),
        "alternative": "Bar chart, one bar for each target year; the height is the upper bound of the yearly growth needed, and falls with every year.",
        "source": "Source: Zhuzhou Daily (October 2020); Rednet (21 September 2016); own computation. Evidence {1}, {2}, {7}.",
        "bars": "under ",
        "table": (
            "Four measures stand side by side; only figures of one group compare",
            "Apparel in Lusong District and Zhuzhou city, billion yuan at current prices; "
            "grades: A official, B press, C copy",
        ),
        "heads": ["Measure", "Area", "Period", "Billion yuan", "Words of the source", "Grade", "Evidence"],
        "rows": [
            ["Technology, industry and trade revenue"],
            ["Apparel total", "Lusong", "2016", "over 70", "服饰技工贸总额超700亿元", "B", 6],
            ["Apparel industry", "Lusong", "2019", "over 80.8", "超过808亿元", "B", 1],
            ["Scale and gross output (defined otherwise than the group above)"],
            ["Scale of the industry", "Lusong", "2024", "71.2", "服饰产业规模达712亿元", "B", 3],
            ["Total scale", "Zhuzhou", "2020", "101.53", "实现总规模1015.3亿元", "B", 8],
            ["of it industry", "Zhuzhou", "2020", "34.645", "–", "B", 8],
        ],
        "events": (
            ["Date", "Event", "Source", "Grade"],
            "The apparel festival of Lusong, held for the {}th time, opens in the market quarter; buyers from many places come to negotiate",
        ),
        "conflict": (
            "**Local original brands.** Two reports on the same thing have no value in common.",
            ["Source", "Words", "Read as", "Grade"],
            [
                ["Rednet (30 December 2025)", "不足1000个", "under 1,000", "B"],
                ["Science and Technology Daily (12 February 2026)", "1000余个", "over 1,000", "B"],
            ],
            "**This report uses** {4} (Science and Technology Daily): by grade first, then the newest, then the narrowest.",
        ),
        "unknown": [
            "**How was the revenue obtained?** The report names no method and does not split technology, industry and trade. How much is counted "
            "twice cannot be estimated.",
            "**What was the revenue of the years after?** No figure for Lusong was found; the scale of other years cannot stand for it.",
            "**What does the markets’ turnover cover?** All goods markets in early years, the apparel markets later; whether online sales are in it is not said.",
        ],
        "missing": "There is no growth rate: no source prints a figure of the year before by the same definition.",
        "appendix": (
            "Appendix: evidence and sources",
            "Every linked figure in the text can be checked here: the words printed, the value taken or the formula, the source, "
            "and the pages where it stands. The page numbers lead back.",
            ["No.", "Printed", "Value or formula", "Source", "Page"],
            "Sources",
            "Grades: A official, B press, C copy or secondary page.",
            ["No.", "Source", "Grade", "Read"],
            "SHA-256 of the attached evidence.json:",
        ),
        "reference": "Liu Yi and Luo Jinpeng, “Chasing dreams: high-quality development here has speed and passion” (逐梦·芦淞：这里的“高质量发展”富有速度与激情), "
        "Zhuzhou Daily, October 2020.",
        "read": "in a stored excerpt",
        "comma": ", ",
        "evidence": "Evidence",
    },
}


def figures(template, language, form='[{0}](#E{1} "hover")'):
    """The template with its figures as links to their evidence."""
    for number, (words, _) in enumerate(EVIDENCE[language], start=1):
        template = template.replace(f"{{{number}}}", form.format(words.replace(" ", "\u00a0"), number))
    return template


def linked(template, language):
    """The same in HTML."""
    return figures(template, language, '<a href="#E{1}">{0}</a>')


def bars(language, height=150):
    """A chart over the full grid, with text down to the smallest size that a chart may have."""
    font = {"zh": "'Noto Sans SC'", "en": "'Source Sans 3', 'Noto Sans SC'"}[language]
    base = height - 18
    parts = []
    for place in range(6):
        x, high = 25 + place * 80, (base - 20) * 0.8**place
        parts.append(f'<rect x="{x}" y="{base - high}" width="48" height="{high}" fill="#b9cfe0"/>')
        for y, words in (
            (base - high - 5, f"{WORDS[language]['bars']}{23 - place * 4}.7"),
            (base + 14, str(2020 + place)),
        ):
            style = f"font-family: {font}; font-size: 8px; text-anchor: middle"
            parts.append(f'<text x="{x + 24}" y="{y}" style="{style}" fill="#1b1f24">{words}</text>')
    size = f'width="{WIDTH}pt" height="{height}pt" viewBox="0 0 {WIDTH} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>'


def chart(language, name="chart", height=150):
    """A chart with title, measure line and sources."""
    words = WORDS[language]
    title, measure = (figures(line, language) for line in words[name])
    return shown(
        {"image/svg+xml": bars(language, height), "text/plain": words["alternative"]},
        **{"image/svg+xml": {"alt": words["alternative"]}},
        block="chart",
        caption=f"**{title}**\\\n{measure}",
        note=figures(words["source"], language),
    )


def say(language, number):
    """A paragraph with its finding in the margin."""
    finding, template, evidence = WORDS[language]["say"][number]
    links = WORDS[language]["comma"].join(f"[E{one}](#E{one})" for one in evidence)
    aside = f"{finding}\\\n{WORDS[language]['evidence']} {links}"
    return shown({"text/markdown": figures(template, language)}, block="say", aside=aside)


def table(language):
    """A table in groups, with bound words, decimals and quotations in Chinese."""
    words = WORDS[language]
    title, measure = words["table"]
    rows = ""
    for row in words["rows"]:
        if len(row) == 1:
            rows += f'<tr><th colspan="7">{row[0]}</th></tr>'
            continue
        *cells, number = row
        cells[3] = f'<a href="#E{number}">{cells[3]}</a>'
        cells[4] = f'<span lang="zh">{cells[4]}</span>'
        cells.append(f'<a href="#E{number}">E{number}</a>')
        sides = ["left", "left", "left", "right", "left", "left", "left"]
        rows += (
            "<tr>"
            + "".join(f'<td style="text-align: {side}">{cell}</td>' for side, cell in zip(sides, cells, strict=True))
            + "</tr>"
        )
    heads = "".join(f'<th scope="col">{head}</th>' for head in words["heads"])
    html = f"<table><caption><strong>{title}</strong><br>{measure}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return shown({"text/html": html, "text/plain": "table"}, block="table", note=figures(words["source"], language))


def long_table(language, rows=30):
    """A table of events over more than one page."""
    heads, event = WORDS[language]["events"]
    cells = [
        [f"{1990 + row}", event.format(row), "Zhuzhou Daily" if language == "en" else "株洲日报", "B"]
        for row in range(1, rows + 1)
    ]
    html = markup.table(
        heads, cells, caption=f"<strong>{WORDS[language]['events'][1].split(',')[0].format('')}</strong>"
    )
    return shown(
        {"text/html": html, "text/plain": "table"}, block="table", note=figures(WORDS[language]["source"], language)
    )


def opening(language, keys=5):
    """Title, summary, key figures."""
    words = WORDS[language]
    items = "\n".join(
        f"- {figures(f'{{{number}}}', language)}\\\n  {key}" for number, key in enumerate(words["keys"][:keys], start=1)
    )
    return [
        text(f"# {words['title']}"),
        shown({"text/markdown": figures(words["summary"], language)}, block="summary"),
        shown({"text/markdown": items}, block="key_figures"),
    ]


def conflict(language):
    """Sources that disagree."""
    claim, heads, rows, rule = WORDS[language]["conflict"]
    bold = [part.replace("**", "<strong>", 1).replace("**", "</strong>", 1) for part in (claim, linked(rule, language))]
    html = f"<p>{bold[0]}</p>{markup.table(heads, rows)}<p>{bold[1]}</p>"
    return shown({"text/html": html, "text/plain": claim}, block="conflict")


def not_known(language):
    """Open questions, and a sentence in the place of a figure that is missing."""
    return [
        shown({"text/markdown": "\n".join(f"- {point}" for point in WORDS[language]["unknown"])}, block="not_known"),
        shown({"text/markdown": WORDS[language]["missing"]}, block="missing"),
    ]


def appendix(language, sources=7, area=""):
    """Evidence with its pages, sources, and the attachment with the facts about the document."""
    heading, introduction, heads, second, grades, source_heads, fingerprint = WORDS[language]["appendix"]
    rows = []
    for number, (printed, how) in enumerate(EVIDENCE[language], start=1):
        quoted = f'<span lang="zh">{EVIDENCE["zh"][number - 1][1].split("”")[0].removeprefix("“")}</span>'
        formula = how.replace("{zh}", quoted)
        for operand in ("E1", "E7"):
            formula = formula.replace(f"= {operand},", f'= <a href="#{operand}">{operand}</a>,').replace(
                f"= {operand}，", f'= <a href="#{operand}">{operand}</a>，'
            )
        cited = f'<a href="#S{number % sources + 1}">[{number % sources + 1}]</a>'
        rows.append([f'<a id="E{number}">E{number}</a>', printed, formula, cited, f'<a href="#E{number}"></a>'])
    address = "https://zz.rednet.cn/content/646956/74/15582699_a_rather_long_address_of_a_page.html"
    listed = [
        [
            f'<a id="S{number}">[{number}]</a>',
            f'{WORDS[language]["reference"]} <a href="{address}">{address}</a>',
            "B",
            WORDS[language]["read"],
        ]
        for number in range(1, sources + 1)
    ]
    parts = [
        {"text/markdown": f"## {heading}"},
        {"text/markdown": introduction},
        {"text/html": markup.table(heads, rows), "text/plain": ""},
        {"text/markdown": f"### {second}"},
        {"text/markdown": grades},
        {"text/html": markup.table(source_heads, listed), "text/plain": ""},
        {"text/markdown": f"{fingerprint}\n\n`{'0123456789abcdef' * 4}`"},
    ]
    facts = {"language": language, "date": "2026-11-01", "template": TEMPLATE, "subject": area or AREA[language]}
    told = {"application/vnd.example+json": {"attachment": "evidence.json", "description": "What"}}
    ending = shown({"application/vnd.example+json": {"a": 1}, "text/plain": ""}, **told, **facts)
    return [*(shown(part, block="appendix") for part in parts), ending]


def cells(language):
    """The whole notebook."""
    words = WORDS[language]
    one, two, three, four = (text(f"## {section}") for section in words["sections"])
    return [
        *opening(language),
        one,
        *(say(language, number) for number in range(3)),
        chart(language),
        two,
        text(words["plain"]),
        say(language, 3),
        chart(language, "long_chart", height=230),
        three,
        say(language, 1),
        table(language),
        four,
        conflict(language),
        *not_known(language),
        long_table(language),
        *appendix(language),
    ]


def publish(*some, **traits):
    """The PDF of a notebook with these cells."""
    return PDFUAExporter(strict=True, **traits).from_notebook_node(new_notebook(cells=list(some)))[0]
