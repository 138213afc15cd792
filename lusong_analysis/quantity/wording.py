"""How a quantity reads: bound word, digits, scale and unit, in Chinese and English."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.interval import finite
from lusong_analysis.quantity.quantity import Quantity
from lusong_analysis.quantity.rounding import Printed, Sign, places, printed, rounded, significant, ten_to
from lusong_analysis.quantity.units import Unit, parts

LANGUAGES = ("zh", "en")
SPECS = ("", "suffix", "sign", "cell")

# 以上 and 以下 include their number, 超过 does not (Civil Code of the PRC, art. 1259): so > has no suffix form.
WORDS: dict[str, dict[Sign, str]] = {
    "zh": {"=": "{}", ">": "超过{}", ">=": "不低于{}", "<": "低于{}", "<=": "不超过{}", "range": "{}～{}"},
    "en": {"=": "{}", ">": "over {}", ">=": "at least {}", "<": "under {}", "<=": "at most {}", "range": "{} to {}"},
}
SUFFIXES: dict[Sign, str] = {">=": "{}以上", "<=": "{}以下"}
SIGNS: dict[Sign, str] = {"=": "{}", ">": ">{}", ">=": "≥{}", "<": "<{}", "<=": "≤{}", "range": "{}–{}"}
ABOUT = {"zh": "约{}", "en": "about {}"}

NO_BREAK = "\u00a0"
MINUS = "\u2212"

SCALES = {
    "zh": ((12, "万亿"), (8, "亿"), (4, "万"), (0, "")),
    "en": ((12, f"{NO_BREAK}trillion"), (9, f"{NO_BREAK}billion"), (6, f"{NO_BREAK}million"), (0, "")),
}
# Table cells keep one scale a column, whatever the size of the number.
COLUMN_SCALES = {"亿元": (9, "billion yuan"), "万亿元": (12, "trillion yuan"), "万元": (6, "million yuan")}


def text(quantity: Quantity, language: str, spec: str = "") -> str:
    """A figure as it stands in a sentence: 超过808亿元, over 80.8 billion yuan.

    Parameters
    ----------
    quantity : Quantity
        A figure that is not absent.
    language : str
        ``zh`` or ``en``.
    spec : str
        ``suffix`` puts the bound behind the number in Chinese where the language has such a form, ``sign`` writes
        ``>`` for chart labels, ``cell`` leaves out the unit for the head of a column, a whole number coarsens to so
        many significant digits.

    Raises
    ------
    QuantityError
        The figure is absent, or the spec is unknown.
    """
    # A report prints a figure again and again.
    if (language, spec) not in quantity.said:
        quantity.said[language, spec] = _text(quantity, language, spec)
    return quantity.said[language, spec]


def _text(quantity: Quantity, language: str, spec: str) -> str:
    if quantity.absent:
        msg = "an absent figure has no words of its own; print it through say, chart or table"
        raise QuantityError(msg)
    if spec not in SPECS and not (spec.isdecimal() and int(spec)):
        msg = f"unknown spec {spec!r}; use one of {', '.join(filter(None, SPECS))} or a number of digits"
        raise QuantityError(msg)
    quantity = _in_units_of(quantity, language)
    what = printed(quantity, int(spec) if spec.isdecimal() else None)
    numerator, denominator = parts(quantity.unit)
    if spec == "cell":
        numbers, pattern = _in_column(what, quantity.unit, language), "{}"
    else:
        numbers, pattern = _scaled(what, numerator, language, quantity.noun)
    words = _bound(what.sign, language, spec, about=quantity.about)
    if what.sign == "range" and language == "zh" and pattern == "{}%":
        return _per(words.format(*(pattern.format(number) for number in numbers)), denominator, language, spec)
    if language == "zh" or spec == "sign":
        # 3～8个工作日, 10%以上: the unit belongs to the number, the bound word around both.
        first = [*numbers[:-1], pattern.format(numbers[-1])]
        return _per(words.format(*first), denominator, language, spec)
    return _per(pattern.format(words.format(*numbers)), denominator, language, spec)


def column_unit(unit: str, language: str) -> str:
    """The unit as the head of a column of ``cell`` texts: 亿元, billion yuan."""
    if unit in ("1", "点"):
        return ""
    if language == "zh":
        return unit.removesuffix("/年") if unit == "%/年" else unit
    numerator, denominator = parts(_english_unit(unit))
    scaled = COLUMN_SCALES.get(numerator.unit)
    words = scaled[1] if scaled else numerator.en_many.format("").strip()
    return words if denominator is None else f"{words} {denominator.per_en}"


def _bound(sign: Sign, language: str, spec: str, *, about: bool) -> str:
    if spec == "sign":
        return ("≈" if about else "") + SIGNS[sign]
    if language == "zh" and spec == "suffix":
        if about and sign == "=":
            return "{}左右"
        if sign in SUFFIXES:
            return SUFFIXES[sign]
    words = WORDS[language][sign]
    if not about:
        return words
    if sign in ("=", "range"):
        return ABOUT[language].format(words)
    # 超过约480亿元: the edge itself is soft.
    return words.format(ABOUT[language])


def _per(words: str, denominator: Unit | None, language: str, spec: str) -> str:
    if denominator is None or spec == "cell":
        return words
    return f"{denominator.per_zh}{words}" if language == "zh" else f"{words} {denominator.per_en}"


def _english_unit(unit: str) -> str:
    return "公顷" if unit == "亩" else unit


def _in_units_of(quantity: Quantity, language: str) -> Quantity:
    """The quantity in a unit that the language has words for: a reader of English knows hectares."""
    if language == "zh" or quantity.unit != "亩":
        return quantity
    old, _ = parts(quantity.unit)
    new, _ = parts(_english_unit(quantity.unit))
    by = old.factor / new.factor
    return Quantity(
        None if quantity.value is None else quantity.value * by,
        quantity.interval.scaled(by),
        new.unit,
        quantity.formula,
        quantity.subject,
        quantity.about,
        finest=None if quantity.finest is None else quantity.finest * by,
        noun=quantity.noun,
    )


def _in_column(what: Printed, unit: str, language: str) -> list[str]:
    numerator, _ = parts(unit)
    if language == "en" and numerator.unit in COLUMN_SCALES:
        by = numerator.factor / ten_to(COLUMN_SCALES[numerator.unit][0])
        return _numbers(what, by, language)
    by = parts(unit)[0].factor if language == "en" and unit in ("万人", "万平方米") else Fraction(1)
    return _numbers(what, by, language)


def _scaled(what: Printed, unit: Unit, language: str, noun: str) -> tuple[list[str], str]:
    """The numbers in the language's own scale (亿 or billion) and the pattern of the unit."""
    money = unit.dimension == "money"
    by = unit.factor if unit.dimension in ("money", "person") or unit.unit == "万平方米" else Fraction(1)
    if money or (language == "zh" and unit.dimension == "person") or (language == "zh" and unit.unit == "万平方米"):
        largest = max(abs(number) for number in what.numbers) * by
        power, scale = next((power, scale) for power, scale in SCALES[language] if largest >= 10**power or not power)
        numbers = _numbers(what, by / ten_to(power), language)
        base = {"money": ("元", f"{NO_BREAK}yuan"), "person": ("人", ""), "area": ("平方米", "")}[unit.dimension]
        return numbers, "{}" + scale + base[0 if language == "zh" else 1]
    numbers = _numbers(what, by, language)
    if language == "zh":
        return numbers, unit.zh
    one, many = _english_nouns(unit, noun)
    return numbers, (one if numbers == ["1"] else many).replace(" ", NO_BREAK, 1)


def _english_nouns(unit: Unit, noun: str) -> tuple[str, str]:
    if noun and unit.dimension in ("firm", "item", "event", "batch", "tier", "person"):
        one, _, many = noun.partition("|")
        return f"{{}} {one}", f"{{}} {many or one}"
    return unit.en_one, unit.en_many


def _numbers(what: Printed, by: Fraction, language: str) -> list[str]:
    """The numbers as text; a scale moves the point, and never adds or drops a digit that was printed."""
    numbers = [number * by for number in what.numbers] if by != 1 else list(what.numbers)
    decimals = places(what.step * by)
    decimals = max(decimals, *(places(number) for number in numbers))
    return [_number(number, decimals, language) for number in numbers]


def _number(number: Fraction, decimals: int, language: str) -> str:
    digits = f"{abs(round(number * 10**decimals)):0{decimals + 1}d}"
    whole, point = (digits[:-decimals], f".{digits[-decimals:]}") if decimals else (digits, "")
    grouped = f"{int(whole):,}" if language == "en" else whole
    return (MINUS if number < 0 else "") + grouped + point


def reading(quantity: Quantity, language: str, *, first: bool = False) -> str:
    """What a figure is taken to be, unrounded to six digits: (80.8, ∞) billion yuan, [5.1, 5.3].

    The ends are rounded outward; ``≈`` stands before a value with more digits. ``first`` is of the first
    editions, which put the unit of a rank behind it as any other.
    """
    quantity = _in_units_of(quantity, language)
    numerator, _ = parts(quantity.unit)
    by = Fraction(1)
    if language == "en" and numerator.unit in COLUMN_SCALES:
        by = numerator.factor / ten_to(COLUMN_SCALES[numerator.unit][0])
    elif language == "en" and quantity.unit in ("万人", "万平方米"):
        by = numerator.factor
    interval = quantity.interval.scaled(by)
    if not interval.width:
        body = _six_digits(Fraction(interval.low), "nearest")
    else:
        low = _six_digits(interval.low, "down") if finite(interval.low) else f"{MINUS}∞"
        high = _six_digits(interval.high, "up") if finite(interval.high) else "∞"
        body = f"{'[' if interval.low_closed else '('}{low}, {high}{']' if interval.high_closed else ')'}"
    if numerator.dimension == "rank" and not first:
        return (numerator.zh if language == "zh" else numerator.en_many).format(body)
    unit = column_unit(quantity.unit, language)
    return body + (unit if language == "zh" or unit.startswith("%") else f" {unit}") if unit else body


def _six_digits(number: Fraction, way: Literal["nearest", "down", "up"]) -> str:
    decimals = places(number)
    if decimals < 6:
        return _number(number, decimals, "zh")
    near = rounded(number, significant(number, 6), way)
    return ("" if near == number or way != "nearest" else "≈") + _number(near, places(near), "zh")
