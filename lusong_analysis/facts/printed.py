"""The numbers that stand in a source's words: 超过808亿元, 1.5万平方米, 四届, 千亿, 20多万人, six billion yuan."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
ENGLISH_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ENGLISH_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SIMPLIFIED = str.maketrans("萬億兩餘", "万亿两余")
_ENGLISH_SCALE = rf"(?:\b(?:{'|'.join(ENGLISH_SCALES)})\b)"
# The mark that ends a figure says whether its scale stands at a later one: 346.4、514.5亿元; 3-8亿元; 1.34/0.31亿元.
_FIGURE = re.compile(
    r"(?P<digits>(?:\d{1,3}(?:,\d{3}(?!\d))+|\d+)(?:\.\d+)?)\s*[多余]?"
    rf"(?P<scale>[十百千万亿]+|{_ENGLISH_SCALE}|)(?P<list>[、和至:~—–/-]?)"
)
_ENGLISH = re.compile(rf"\b(?P<words>{'|'.join(_ENGLISH_WORDS)})\b\s*(?P<scale>{_ENGLISH_SCALE}?)")
_WORDS = re.compile(r"(?P<words>[零〇一二两三四五六七八九十百千]+)[多余]?(?P<scale>[万亿]*)")
_RATIO = re.compile(r"\d+(?:\.\d+)?(?::\d+(?:\.\d+)?){2,}")


class Printed(NamedTuple):
    """A number in the words: its digits (empty where it is written in words) and its full value."""

    digits: str
    value: Fraction
    listed: bool = False


def numbers(words: str) -> Iterator[Printed]:
    """Each number in the words; ``listed`` where its scale may stand at a later one."""
    text = _normal(words)
    for match in _FIGURE.finditer(text):
        digits = match["digits"].replace(",", "")
        listed = bool(match["list"]) and not match["scale"]
        yield Printed(digits, Fraction(digits) * _product(match["scale"]), listed)
    for match in _WORDS.finditer(text):
        yield Printed("", Fraction(_below_ten_thousand(match["words"]) * _product(match["scale"])))
    for match in _ENGLISH.finditer(text):
        yield Printed("", Fraction(_ENGLISH_WORDS.index(match["words"]) * _product(match["scale"])))


def ratio(words: str) -> list[Fraction]:
    """The terms of a printed ratio, 1.5:43:55.5; empty where there is none."""
    match = _RATIO.search(_normal(words))
    return [Fraction(term) for term in match[0].split(":")] if match else []


def prints(words: str, value: str, unit: str) -> bool:
    """Whether the words print the value [unit].

    In the unit's own scale it must stand digit for digit (15.60 is not 15.6, it claims to be ten times as exact); in
    another scale or in words the numbers must be equal (1.5万平方米 for 15000 平方米, six billion yuan for 60 亿元).
    """
    size = abs(Fraction(value))
    prefix = re.match("[万亿]*", unit)
    full = size * _product(prefix[0] if prefix else "")
    for number in numbers(words):
        same_scale = bool(number.digits) and Fraction(number.digits) == size
        if same_scale and (number.value == full or number.listed):
            if number.digits == value.removeprefix("-"):
                return True
        elif number.value == full:
            return True
    return False


def _normal(words: str) -> str:
    return unicodedata.normalize("NFKC", words).translate(_SIMPLIFIED).lower()


def _product(scale: str) -> int:
    if scale in ENGLISH_SCALES:
        return ENGLISH_SCALES[scale]
    product = 1
    for character in scale:
        product *= SCALES[character]
    return product


def _below_ten_thousand(words: str) -> int:
    total, digit = 0, 0
    for character in words:
        if character in SCALES:
            # 千 alone is one thousand, and so is 一千.
            total += (digit or 1) * SCALES[character]
            digit = 0
        else:
            digit = DIGITS[character]
    return total + digit
