"""The words of numbers in Chinese and English, and where such a word is no number.

A number that is typed can go wrong silently, so none may be. These rules tell 三成 from 一成不变 and "half" from
"half-hearted". The order: NFKC (８０８ and ① are digits too), names, then ordinals and idioms are masked, and the
rules look at what is left. A mask is as long as what it hides, so that places stay places.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

PLACEHOLDER = "\ufffc"  # stands where a placeholder stood: a scale typed behind it is a typed number
MASK = "\ue000"
UNITS_WITH_DIGITS = re.compile(r"(?<![A-Za-z])[kcdmh]?m[²³]|[㎡㎢㎥㎞㎝]|CO₂")
SIMPLE = str.maketrans(
    "億萬個項條噸畝兩戶臺輛雙級層過數餘來開點幾種類處張從約達",
    "亿万个项条吨亩两户台辆双级层过数余来开点几种类处张从约达",
)
DIGITS = r"(?:(?<!\w)[-−+])?\d(?:[\d.,:/]*\d)?(?:\s*[十百千万亿]+)?[%‰]?"


def _words(text: str) -> str:
    return "|".join(text.split())


# --- Chinese -----------------------------------------------------------------------------------------------------

ANY = "[一二两三四五六七八九十百千万亿〇零廿卅]"
SOME = "[二两三四五六七八九]"
POWER = "[十百千万亿]"
# A run that may count: not 一, 万 or 亿 alone (统一, 万元 as a unit), and not an enumeration (其二).
RUN = f"(?<!其)(?={ANY}*[二两三四五六七八九十百千廿卅]|{ANY}{{2}}){ANY}+"
# 成 counts tenths, but 三成立 and 一成不变 do not; the same for 分.
TENTHS = "成(?!立|为|长|员|果|就|本|功|交|品|都|熟|语|型|效|群|不变|分)"
MEASURES = _words(
    f"""个 家 项 条 件 台 套 架 辆 艘 座 栋 幢 间 层 所 处 片 张 份 册 篇 句 支 只 匹 棵 根 颗 粒 枚 副 双
    幅(?!度) 组 股 笔 场 轮 回 趟 步 批 届 次 级 种 类 款 块 段(?!式) 盏 桩 口 名 位 户 人 倍 折 岁
    大(?!学|会|街|道|路|桥|厦|队|连|类) 株(?!洲)
    企业 项目 部门 基地 平台 园区 行业 单位 部委 品牌 机场 航线 工厂 公司 领域 环节 渠道 方面 街道 社区 工作日
    省 市 县 区 镇 乡 村 国 年 月 日 天 周 晚(?!会|上|间|报) 小时 分钟 秒 元 美元 欧元 港元 日元 块 毛 角钱 分钱
    亩 公顷 平方 立方 公里 里(?!程|面|边) 米 厘米 毫米 吨 公斤 千克 斤 克 千瓦 度(?!假|量|数|空间) 点 % {TENTHS}
    分(?!之|天下|公司|厂|院|校|局|店|法|类|行|别|工|布|析|配|管|解|开|为|钟)"""
)

CLAUSE_END = r"(?=[，。；、！,.;:!：）)\s的]|$)"
CHINESE_RANKS = (
    f"连续第{SOME}{ANY}*个?(?:年|月|季|届|次)",
    f"第{SOME}{ANY}*(?:位|名|大(?!学|会|街|道|类|队|厦))|第十{ANY}*(?:位|名)",
    rf"(?:排名|排|位居|位列|名列|居|列|升至|升到|跃居|跃升至|跻身)[^，。；、,.;\s]{{0,8}}第[二三四五六七八九十]{ANY}*(?!、第){CLAUSE_END}",
    rf"(?<=[国省市区县球界部业])第[二三四五六七八九十]{ANY}*(?!、第){CLAUSE_END}",
)

# Ordinals name a congress, a census, a quarter, a phase or a plan; they count nothing.
CHINESE_ORDINALS = (
    f"第{ANY}+",
    f"{ANY}+届(?={ANY}+[次中]|{MASK}|人大|政协|党代|人民|市委|区委|省委|县委|中央|全国|理事|委员)(?:{ANY}+[次中])?",
    f"(?<!召开)(?<!召开了)(?<!举行)(?<!举行了)(?<!组织)(?<!参加){ANY}+次(?=会议|全会|全体|常委会|大会|代表大会|集体学习|普查|人口普查|经济普查)",
    f"前{ANY}+个?(?:月|季度)|(?<!连续)(?<!最近)(?<!过去){ANY}季度",
    "资质(?:等级)?(?:在|为)?[一二三四]级|[一二三四]级资质",
    "(?:十[六七八九]|二十[一二]?)大(?!类)|党的[一二三四五六七八九]大|十[一二三四五六]五(?!年|个|家|项)",
    "[十百][大强佳]|五百强",
)

# Words that begin like a number and are none, whatever stands before them: 网上百货, 社会上万众一心.
CHINESE_WORDS = (
    "百(?:姓|货|花|科|度|合|灵|叶|态|业|般|味|宝|战|折|舸|废|感|川|鸟|草|色|事|思|炼|尺|步|发|依|家(?:争鸣|姓|号|讲坛))",
    "千(?:金|古|秋|钧|层|岛|兆|帕|伏|卡|瓦|克|禧|方百计|篇一律|载难逢|变万化|差万别|丝万缕|辛万苦|山万水|头万绪|言万语|锤百炼|姿百态|军万马|家万户|百年|叶|手)",
    "千万(?=不|别|要|注意|记|小心|勿)",
    "万(?:一|无一失|事|般|全|物|能|众|象|有|古|幸|岁|千|紫|水千山|马|丈|维|用|达|科|向|宝|豪|隆|宁|源|州|载|元户|里长城|家灯火)",
    "亿万(?=人民|群众|农民|富翁|百姓|观众|网民)",
    "十(?:分(?!钟|之)|足|字|全十美|堰|里长|年(?:树木|磨))",
    f"(?<!{ANY}个)百分点|百分(?:比|数|制|率)|万分(?!之)",
    "[统单同唯专划]一[半成倍]|一成不变",
)

# Words that hold a numeral and a measure; behind 近, 上 or 数 they would be numbers (近百年).
CHINESE_IDIOMS = _words(
    """每[百千万](?=人|户|名|元|台|辆|件|公顷|平方公里) 百公里(?=油耗|耗|能耗|电耗)
    百年 千年 百日(?=攻坚|会战|誓师|行动|冲刺|大战) 百里 千里 万里 千米 万国 千字文
    一千零一夜 信心百倍 百倍(?=努力|珍惜|信心)
    事半功倍 加倍(?=努力|珍惜|小心) 二次(?=元|创业|开发|利用|污染|加工|曝光|供水|装修|分配|配送|供应|函数|回归) 二级市场
    二元(?=结构|经济|化|论|体制) 二人(?=转|世界|台) 三级(?=跳|甲等|医院|联赛) 三元(?=材料|锂|乙丙|催化|正极|电池|前驱体)
    三次产业 一二三产业 二三产业 三口之家 三位一体 五位一体 三人行 三国(?=演义|时期|志|鼎立) 三天两头 三把火
    三轮(?=车|摩托) 两轮(?=车|电动|摩托) 三番五次 三令五申 三点一线 三台县 三折叠 入木三分 两口子 两回事
    两条腿走路 两点(?=之间|论) 四处(?=奔|寻|求|可见|游|走|散|漂|张|碰|流|筹|弥) 四周(?=环|皆|都|围|边|的) 四分五裂 四季
    五台山 五家渠 七台河 七分饱 八国联军 九级风 九州 二十四节气 二十国集团 三十六计 三百六十行 七十二行
    五十步笑百步 五年规划 五年计划 三年行动计划 三年行动方案 [一二三四五六七八九]区三线 一带一路"""
)

CHINESE_RULES = (
    DIGITS,
    f"{ANY}+分之{ANY}*|分之{ANY}+|百分百",
    f"(?:零|{ANY})点{ANY}+(?:{MEASURES})?",
    f"(?<![统单同唯专]){ANY}比{ANY}(?![{ANY[1:-1]}般])",
    f"[几数]?{ANY}*(?:{SOME}|一){POWER}{ANY}*[余多来几]?个?(?:{MEASURES})?",  # 二十, 两千: whatever follows
    f"[十百千万][百千万亿]{ANY}*[余多来]?(?:{MEASURES})?",  # 千亿, 百万
    f"{RUN}[余多来几]?(?:{MEASURES})",
    f"(?:连续|最近|过去)的?{ANY}+季度|[百千万亿]余|{ANY}*十[几余]|{ANY}个半(?!年|岛|导|径|成)|{ANY}年半(?!年|期)|半个|(?<![上下前后每])半(?:年(?!度|报|期)|月(?!刊|谈)|小时)",
    f"一(?:倍|半(?!岛|导|径)|个百分点|{TENTHS})",
    f"(?:好?几|数)[十百千万亿]+(?:余|多)?(?:{MEASURES})?|数?以[十百千万亿]+计|以[百千万亿]计",
    f"[近上过超逾破达约]了?[百千万亿]+(?:余|多)?(?:{MEASURES})?|前[二三四五六七八九十]{ANY}*(?:强|名|位)?(?!个?月|季)",
    # 万 and 亿 alone belong to a unit (单位：万人, 以亿元计, 万元产值能耗) unless something is counted by them
    f"(?<![位：:以按用（(/每、])[万亿](?!元)(?:{MEASURES})(?!计|为单位|[）)])",
    "[万亿]元(?=以上|以下|以内|级|大关|(?!计|为|地区|工业|产值)[\u4e00-\u9fff]{0,4}(?:企业|项目|楼宇|俱乐部|工程|订单|产业|村|镇))",
    f"翻了?[一二两三四五六七八九几]?番|翻了?{ANY}?倍|[翻双成加]倍|双位数|倍增|减半|过半|近半|半数|大半(?!辈子|生|天|夜)|对半|折半",
    "零增长|(?:为|等于|是)零(?!售|部|件|距|星|散|食|工|碳|容忍)",
    "[壹贰叁肆伍陆柒捌玖]+[拾佰仟万亿]|[壹贰叁肆伍陆柒捌玖拾佰仟]+[元圆]",
    f"{PLACEHOLDER}\\s*[十百千万亿%‰]+",
)

# --- English -----------------------------------------------------------------------------------------------------

SMALL = _words(
    """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety"""
)
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
LARGE = "hundred|thousand|million|billion|trillion|dozen|hundreds|thousands|millions|billions|trillions|dozens"
NUMBER = f"(?:{SMALL}|{LARGE}|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)"
PART = "third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twentieth|hundredth|thousandth"
ORDINAL = f"second|{PART}|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth"
LATER = (
    r"(?=\s+(?:of|more|less|fewer|higher|lower|larger|smaller|as|above|below|on|from|since|compared|or)\b"
    r"|\s*[,.;:)]|\s*$)"
)

ENGLISH_RANKS = (
    rf"\b(?:rank(?:s|ed|ing)?|place[sd]|c[ao]mes?|finish(?:es|ed)|st(?:ands|ood))\s+(?:\w+\s+)?(?:{ORDINAL})\b(?!\s+time)",
    rf"\b(?:{ORDINAL})[- ](?:largest|biggest|highest|lowest|smallest|most|best|longest|fastest|strongest)\b",
    rf"\b(?:{ORDINAL})\s+(?:place|rank|consecutive|straight|successive)\b",
)

ENGLISH_IDIOMS = (
    rf"\b(?:{TENS})-(?:first|{ORDINAL})\b",
    rf"\b(?:part|chapter|section|phase|stage|step|tier|volume)\s+(?:{SMALL})\b(?!-)",
    rf"\bfirst\s+(?:{SMALL})\s+(?:months|quarters)\b",
    r"\b(?:first|second|latter|former)\s+half\b|(?<!a\s)\bhalf[- ]year(?:ly|s)?\b",
    r"\bhalf-(?:hearted|baked|open|finished|life|way|truth)\w*",
    r"\b(?:three|five|ten)-year\s+(?:action\s+)?(?:plan|programme|program)s?\b",
    r"\bdoubl(?:e|y)[- ](?:count|check|click|entry|sided|standard|taxation|blind|edged|spac)\w*|\bdouble\s+as\b",
    r"\b(?:two|three|four|five|six)-(?:way|sided|tailed|dimensional|wheel|axis|phase|stroke|star)\w*\b|\btwenty-foot\b|\bthree-sector\b",
    r"\bthree\s+strata\s+of\s+industry\b|\b(?:composition|structure)\s+(?:by|of)\s+(?:the\s+)?three\s+industries\b",
    r"\bgroup\s+of\s+(?:seven|eight|twenty)\b|\bhundred-day\b",
    r"\b(?:between|of|from)\s+the\s+two\b(?=\s*(?:[.,;:)?!]|$|(?:is|are|was|were|has|have|does|do|can|and|in|at|by)\b))",
    r"\bper\s+(?:hundred|thousand|million)\b|\bdouble\s+eleven\b|\b(?:net|non)[- ]zero\b|\bzero-\w+",
    r"\bzero\s+(?:sum|tolerance|waste|emissions?)\b|\bground\s+zero\b",
    rf"\b(?:in|unit:|units?\s+of|measured\s+in|figures\s+in)\s+(?:hundred\s+)?(?:{LARGE})(?:\s+of)?\s+"
    r"(?:yuan|renminbi|rmb|dollars|us|people|persons|tonnes|tons)\b",
)

ENGLISH_RULES = (
    rf"{DIGITS}(?:[\s-]+(?:{LARGE})\b)*",
    rf"\b(?:(?:one|an?|several|many|few)[\s-]+)?{NUMBER}(?:[\s-]+(?:and[\s-]+)?(?:{NUMBER}|one)\b)*"
    rf"(?:[\s-]?fold|[\s-](?:thirds|quarters|halves|(?:{PART})s))?\b",
    rf"\b(?:{SMALL}|hundred|thousand|million)fold\b",
    r"\bhal(?:f|ves?|ved|ving)\b|\bdoubl(?:es?|ed|ing)\b|\b(?:tripl|trebl|quadrupl|quintupl)(?:es?|ed|ing)\b|\b(?:twice|thrice)\b",
    rf"\b(?:thirds|(?:{PART})s)\b|\b(?:a|one)[\s-]+quarter[\s-]+of\b|\bone[\s-](?:{PART})\b(?!\s+part)",
    rf"\b(?:a|an)\s+(?:{PART}|quarter)\s+(?:of|more|less|higher|lower|larger|smaller|above|below)\b",
    rf"\b(?:by|to|nearly|almost|about|over|under|than|only|roughly|around|some|or)\s+(?:a|an|one)\s+(?:{PART}|quarter){LATER}",
    rf"\bone\s+in\s+(?:every|each|{PLACEHOLDER})|\bone\s+(?:percentage\s+point|per\s?cent)\b",
    rf"\bzero\b|{PLACEHOLDER}\s*(?:%|‰|per\s?cent\b|percentage\s+point)",
)


def _pattern(parts: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)


RANKS = {"zh": _pattern(CHINESE_RANKS), "en": _pattern(ENGLISH_RANKS)}
NO_NUMBERS = {
    "zh": _pattern(
        (
            f"(?<!{ANY})(?:{'|'.join(CHINESE_WORDS)})",
            f"(?<![{ANY[1:-1]}几数近上过超逾破达约])(?:{CHINESE_IDIOMS})",
            f"(?<!{ANY})(?:{'|'.join(CHINESE_ORDINALS)})",
        )
    ),
    "en": _pattern(ENGLISH_IDIOMS),
}
RULES = {"zh": _pattern(CHINESE_RULES), "en": _pattern(ENGLISH_RULES)}


def typed_numbers(text: str, language: str, names: Iterable[str] = ()) -> list[str]:
    """The words of a plain text that are numbers, in their order.

    Parameters
    ----------
    text : str
        Text as a reader sees it; for the source of a template or a Markdown cell see :func:`printed`.
    language : str
        zh or en.
    names : iterable of str
        Names that may hold digits or number words, as the glossary lists them.

    Returns
    -------
    list of str
        The offending words after NFKC; empty where there is none.
    """
    shown = unicodedata.normalize("NFKC", _mask(text, UNITS_WITH_DIGITS))
    masked = _mask(shown.translate(SIMPLE), _names(tuple(names)))
    spans = [match.span() for match in RANKS[language].finditer(masked)]
    masked = _mask(masked, NO_NUMBERS[language])
    spans += [match.span() for match in RULES[language].finditer(masked)]
    return [shown[start:end].strip() for start, end in _joined(spans)]


def printed(source: str) -> str:
    """Markdown or a template without what prints no words: placeholders, addresses, code, formulas, comments.

    Parameters
    ----------
    source : str
        Source of a Markdown cell, or a text of ``report.say``.
    """
    return PRINTED.sub(lambda match: PLACEHOLDER if match["placeholder"] else " ", source)


FENCE = re.compile(r"^(`{3,}|~{3,})[^\n]*\n.*?^\1[^\n]*$", re.DOTALL | re.MULTILINE)
PRINTED = re.compile(
    r"""
    (?P<placeholder> (?<!\{)\{[^\W\d]\w*(?:\.\w+)*(?::\w*)?\}(?!\}) )
    | ^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^(?P=fence)[^\n]*$  # a block of code
    | (?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)            # a code span
    | \$\$.+?\$\$ | (?<![\d\\$])\$(?![\s$])(?:\\.|[^$\\\n])+?(?<!\s)\$(?!\d)   # formulas, as dollarmath reads them
    | (?<=\])\([^()\s]*(?=[\s)]) | ^\s*\[[^\]]+\]:\s*\S+    # the target of a link; its title is printed
    | <https?://[^>]*> | https?://[^\s<>()（）。，；"”]+ | <!--.*?-->
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


@lru_cache(maxsize=16)
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    # A name ends where its number ends: "608" allows neither 1608 nor 608亿.
    forms = sorted(
        {unicodedata.normalize("NFKC", name) for name in names if name.strip()}, key=lambda form: (-len(form), form)
    )
    forms = [form.translate(SIMPLE) for form in forms]
    bounded = [
        (r"(?<![\d.,A-Za-z])" if form[0].isascii() and form[0].isalnum() else "")
        + re.escape(form)
        + (r"(?![\d%A-Za-z]|[.,]\d|\s*[十百千万亿])" if form[-1].isascii() and form[-1].isalnum() else "")
        for form in forms
    ]
    return _pattern(bounded or [r"(?!)"])


def _mask(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda match: MASK * len(match[0]), text)


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if last is None:
            last = (start, end)
        elif start < last[1]:
            last = (last[0], max(end, last[1]))
        else:
            yield last
            last = (start, end)
    if last is not None:
        yield last
