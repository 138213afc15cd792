"""What the cells of the data package may look like, and how that is said to whoever typed one."""

from __future__ import annotations

KEY = r"^[a-z0-9]+([_-][a-z0-9]+)*$"
AREA = r"^([0-9]{6}|[A-Z]{2}|_Z)$"
NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"
POSITIVE = r"^[0-9]+(\.[0-9]+)?$"
WHOLE = r"^[1-9][0-9]*$"
KEYS = rf"^{KEY[1:-1]}(; {KEY[1:-1]})*$"
DAY = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
PERIOD = r"^[0-9]{4}(-(Q[1-4]|S[12]|[0-9]{2}(-[0-9]{2})?))?(/P[1-9][0-9]*[DMY])?$"
ADDRESS = r"^https?://[^\s/]+\.[^\s]*$"
NOUN = r"^[^|]+\|[^|]+$"

RULES = {
    KEY: "A key is lower-case letters a to z, digits, '-' and '_'.",
    KEYS: "Keys are parted by a semicolon and a space: one; another.",
    AREA: "An area is six digits of GB/T 2260 (430203), two letters of ISO 3166 (VN), or _Z where none applies.",
    NUMBER: "A number is written as printed, in digits only: 808, 15.60, -7.7; the unit and the bound have columns.",
    POSITIVE: "It is a number, 0 or more: 0 (exact), 0.1, 1, 10.",
    WHOLE: "It is a whole number, 1 or more: 1, 2, 3.",
    DAY: "A date is 2020, 2020-10 or 2020-10-31 (spreadsheets rewrite dates: format the column as text).",
    PERIOD: "A period is 2019, 2020-Q1, 2020-S1 (half-year), 2020-09, 2020-09-24 or 2025-01-01/P9M"
    " (spreadsheets rewrite dates: format the column as text).",
    ADDRESS: "An address begins with http:// or https://.",
    NOUN: "A noun is English for one and for many, parted by a bar: problem|problems.",
}


def optional(pattern: str) -> str:
    """The same pattern, or an empty cell."""
    return f"^({pattern[1:-1]})?$"


RULES |= {optional(pattern): rule for pattern, rule in RULES.items()}
