"""Compute the figures of a report again from its attached tables, with Python's standard library and nothing of ours.

Usage: python check_by_hand.py FOLDER, where evidence.json, observations.csv and sources.csv lie as saved from the PDF.
The recipe is that of check-by-hand.md. Exit code 0: all figures agree; 1: some do not; 2: there is nothing to check.
"""

import ast
import csv
import datetime
import json
import math
import operator
import re
import sys
from fractions import Fraction
from itertools import product
from pathlib import Path

SIGNS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
SIGNS[ast.Pow] = operator.pow
SCALES = {"万亿": 10**12, "亿": 10**8, "万": 10**4, "trillion": 10**12, "billion": 10**9, "million": 10**6, "": 1}
SERIES = ("indicator", "ref_area", "counterpart")
KEYS = {"observations": ("observation_id",), "sources": ("source_id",), "indicators": ("indicator",)}
KEYS["points"] = (*SERIES, "time_period")
KINDS = {"~": "about", ">": "floor", ">=": "floor", "<": "ceiling", "<=": "ceiling", "between": "range"}
NUMBER = r"([-−]?)(\d[\d,]*)\.?(\d*)\s?(万亿|亿|万|trillion|billion|million|)"
FLOOR, CEILING = r"(?<!不)超过|不低于|\bover\b|at least", r"(?<!不)低于|不超过|\bunder\b|at most"


def statement(row, counted):
    """What a row says, in its unit: the value, None of a bound or range; two ends, each with whether it is reached."""
    whole, _, decimals = row["obs_value"].partition(".")
    value, last, bound = Fraction(row["obs_value"]), Fraction(1, 10 ** len(decimals)), row["bound"]
    if bound == "=":
        slack = Fraction(row["precision"] or (0 if counted and not decimals else last)) / 2
    elif bound == "~":
        digit = last if decimals else Fraction(10 ** (len(whole) - len(whole.rstrip("0"))))
        slack = min(Fraction(row["precision"] or digit), abs(value) / 2)
    else:
        least = (Fraction(0), True) if value >= 0 else (-math.inf, False)
        low = {">": (value, False), ">=": (value, True), "between": (value, True)}.get(bound, least)
        most = (Fraction(row["obs_value_upper"] or 0), True) if bound == "between" else (math.inf, False)
        return None, low, {"<": (value, False), "<=": (value, True)}.get(bound, most)
    return value, (value - slack, True), (value + slack, True)


def factor(unit, units):
    """How many base units a unit is: yuan, persons, 1 for 100 %. 亿元/家 is a ratio of two."""
    one, _, other = unit.partition("/")
    return units[unit] if unit in units else units[one] / units[other]


def years(code, unit):
    """A period as a formula sees it: its year, or its length [years]."""
    if unit == "period":
        return Fraction(code)
    count, part = re.findall(r"/P(\d+)([MY])", code)[0] if "/" in code else (1, code[4:6])
    return Fraction(int(count) * {"": 12, "Y": 12, "-S": 6, "-Q": 3}.get(part, 1), 12)


def calculate(node, names):
    """An expression with numbers in the place of names: + - * / ** and sum(), nothing else."""
    if isinstance(node, ast.Name):
        return names[node.id][0]
    if isinstance(node, ast.Constant):
        return Fraction(node.value)
    if isinstance(node, ast.BinOp):
        return SIGNS[type(node.op)](calculate(node.left, names), calculate(node.right, names))
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "sum":
        return sum(names[node.args[0].id])
    raise ValueError(f"no arithmetic: {ast.unparse(node)}")


def count(leaf, book):
    """How many statements fulfil the conditions of a count, or how many sources, indicators or data points of them."""
    found = set()
    for row in book["rows"].values():
        if all(holds(row, condition, book) for condition in leaf["where"]):
            found.add(tuple(row[column] for column in KEYS[leaf["table"]]))
    return Fraction(len(found))


def holds(row, condition, book):
    """Whether a statement fulfils a condition; a year may be the first or the last that is asked for."""
    name, way = re.fullmatch("(.+?)(_since|_until|)", condition["property"]).groups()
    found, value = quality(row, name, book), condition["value"]
    return found >= value if way == "_since" else "" < found <= value if way else found == value


def quality(row, name, book):
    """What a statement is by one property."""
    source = book["sources"][row["source_id"]]
    same = book["series"][tuple(row[key] for key in SERIES)]
    if name == "standing":
        return standing([other for other in same if other["time_period"] == row["time_period"]], book)
    if name == "exactness":
        (low, _), (high, _) = ends(row, book)
        return KINDS.get(row["bound"], "exact" if low == high else "rounded")
    if name == "latest":
        return max(last_year(other["time_period"]) for other in same)
    if name == "about":
        return "counterpart" if row["counterpart"] else "area"
    return {"ref_area": row["ref_area"], "published": source["date_published"][:4], **source}[name]


def standing(point, book):
    """Whether the statements on one data point can be compared, can all be true, and are of several sources."""
    if not point[0]["time_period"]:
        return "untimed"
    for one, other in product([ends(row, book) for row in point], repeat=2):
        low = max(one[0], other[0], key=lambda end: (end[0], not end[1]))
        high = min(one[1], other[1])
        if low[0] > high[0] or (low[0] == high[0] and not (low[1] and high[1])):
            return "at_odds"
    return "several" if len({row["source_id"] for row in point}) > 1 else "single"


def ends(row, book):
    """The two ends of what a statement says, in base units, each with whether it is reached."""
    _, *both = statement(row, row["unit"] in book["counted"])
    return [(end * factor(row["unit"], book["units"]), reached) for end, reached in both]


def last_year(code):
    """The year in which a period ends; empty where there is none."""
    start, _, length = code.partition("/P")
    if not length:
        return start[:4]
    year, month, day = (int(part) for part in start.split("-"))
    if length[-1] == "D":
        return str((datetime.date(year, month, day) + datetime.timedelta(int(length[:-1]) - 1)).year)
    # A period that begins on the first of a month ends on the last of another.
    months = int(length[:-1]) * (12 if length[-1] == "Y" else 1) - (day == 1)
    return str(year + (month - 1 + months) // 12)


def compute(formula, book):
    """A formula, as a statement, in base units."""
    if "observation" in formula:
        row = book["rows"][formula["observation"]]
        by, (value, *ends) = factor(row["unit"], book["units"]), statement(row, row["unit"] in book["counted"])
        return None if value is None else value * by, *((end * by, reached) for end, reached in ends)
    if "counted" in formula:
        number = count(formula["counted"], book)
        return number, (number, True), (number, True)
    called, operands = book["formulas"][formula["function"]], []
    units = {operand["name"]: operand["unit"] for operand in called["operands"]}
    for argument in formula["arguments"]:
        unit = units[argument["name"]]
        if code := argument.get("period") or argument.get("value"):
            operands.append((years(code, unit), *[(years(code, unit), True)] * 2))
        else:
            value, *ends = compute(argument, book)
            operands.append((value, *([(value, True)] * 2 if unit == "value" else ends)))
    tree = ast.parse(called["expression"], mode="eval").body

    def at(numbers):
        names = {}
        for argument, number in zip(formula["arguments"], numbers, strict=True):
            names.setdefault(argument["name"], []).append(number)
        result = calculate(tree, names)
        # No fraction is a root: fifteen digits of it.
        return Fraction(f"{result:.14e}") if isinstance(result, float) and math.isfinite(result) else result

    values = [value for value, *_ in operands]
    value = None if None in values else at(values)
    return value, *corners(at, [{low, high} for _, low, high in operands])


def corners(at, operands):
    """The least and the greatest value at all combinations of ends, and whether reached ends reach it."""
    found = []
    for ends in product(*operands):
        numbers, reached = [number for number, _ in ends], all(reached for _, reached in ends)
        found.append((at(numbers), reached, not any(map(math.isinf, numbers))))
    for choose, nothing in ((min, -math.inf), (max, math.inf)):
        end = choose(value for value, *_ in found)
        there = [(reached, finite) for value, reached, finite in found if value == end]
        # An end that only infinity reaches says nothing.
        known = any(finite for _, finite in there)
        yield (end, any(reached for reached, _ in there)) if known else (nothing, False)


def fits(figure, by, value, low, high):
    """Whether words are true: a plain statement prints its number, bounds round outward, else the last digit is right.

    ``by`` is what one of the printed unit is in base units.
    """
    text, printed = figure["text"], []
    numbers = re.findall(NUMBER, text)
    by *= SCALES[numbers[-1][3]]
    plain = "function" not in figure["formula"] and "hectare" not in text
    for minus, whole, decimals, _ in numbers:
        digits = whole.replace(",", "")
        step = by * Fraction(10) ** (-len(decimals) or len(digits) - len(digits.rstrip("0")))
        printed.append(by * Fraction(f"{'-' if minus else ''}{digits}.{decimals or 0}"))
    first, last, step = printed[0], printed[-1], 0 if plain else step
    floor, ceiling = re.search(FLOOR, text), re.search(CEILING, text)
    if first == last and not floor and not ceiling:
        return first == value if plain else first - step <= low and high <= first + step
    return (ceiling or first <= low <= first + step) and (floor or last - step <= high <= last)


def check(figure, book):
    """What is wrong with a printed figure, or nothing."""
    try:
        by = factor(figure["unit"], book["units"])
        value, (low, low_closed), (high, high_closed) = compute(figure["formula"], book)
    except (KeyError, TypeError, ValueError, ArithmeticError, SyntaxError) as error:
        return f"cannot be computed: {error!r}"
    texts = [None if math.isinf(end) else str(end / by) for end in (low, high)]
    found = {"low": texts[0], "high": texts[1], "low_closed": low_closed, "high_closed": high_closed}
    if found != figure["interval"]:
        return f"the record says {figure['interval']}, the table gives {found}"
    # Words scale money and persons themselves: 亿元 is printed as 亿, and as billion; mu as hectares.
    one = figure["unit"].partition("/")[0]
    scaled = re.fullmatch("[万亿]*[元人]|万平方米", one)
    by = Fraction(10000) if "hectare" in figure["text"] else by / book["units"][one] if scaled else by
    return "" if fits(figure, by, value, low, high) else f"the words are not true of {found}"


def table(folder, name):
    """The rows of an attached table by their first column."""
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return {next(iter(row.values())): row for row in csv.DictReader(file)}


def main(folder):
    """Check all figures of the report in a folder; the number of those that differ."""
    record = json.loads((folder / "evidence.json").read_text(encoding="utf-8"))
    rows, sources = table(folder, "observations"), table(folder, "sources")
    figures = [figure for figure in record["figures"] if "interval" in figure]
    units = {unit["unit"]: Fraction(unit["factor"]) for unit in record["rows"]["units"]}
    counted = {unit["unit"] for unit in record["rows"]["units"] if unit["counted"]}
    series = {}
    for row in rows.values():
        series.setdefault(tuple(row[key] for key in SERIES), []).append(row)
    formulas = {called["function"]: called for called in record["formulas"]}
    book = {"rows": rows, "series": series, "sources": sources, "units": units, "counted": counted}
    book["formulas"] = formulas
    wrong = [f"{one['anchor']} {one['figure']}, {one['text']}: {what}" for one in figures if (what := check(one, book))]
    dates = len(record["figures"]) - len(figures)
    print(*wrong, f"{len(figures)} figures, {len(wrong)} differ; {dates} dates of events not computed", sep="\n")
    return len(wrong)


if __name__ == "__main__":
    missing = [name for name in ("evidence.json", "observations.csv") if not (Path(*sys.argv[1:2]) / name).is_file()]
    if len(sys.argv) != 2 or missing:
        sys.exit(print(f"not there: {', '.join(missing)}\n\n{__doc__}", file=sys.stderr) or 2)
    sys.exit(bool(main(Path(sys.argv[1]))))
