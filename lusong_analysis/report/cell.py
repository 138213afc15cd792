"""The code cells of a notebook, read and not run: plain calls, no typed number or area, names that the data holds."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import re
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from lusong_analysis.facts.package import Package
from lusong_analysis.problem import Problem, did_you_mean
from lusong_analysis.quantity.wording import SPECS
from lusong_analysis.report.cure import typed_number
from lusong_analysis.report.numerals import PLACEHOLDER, printed, typed_numbers
from lusong_analysis.report.parameters import Parameters
from lusong_analysis.report.places import typed_areas
from lusong_analysis.report.properties import COUNTED
from lusong_analysis.report.report import Report
from lusong_analysis.report.text import ATTRIBUTES

TEXT = re.compile(r"(?:\w+_)?(zh|en)")  # keywords that hold words: zh, en, note_zh, note_en
KEYS = ("indicator", "time_period", "ref_area", "counterpart", "chain", "kind")
# What the first arguments of a question name; all else names an indicator.
ASKED = {"parameter": "parameter", "event": "event", "events": "event", "changes": "report"}
ASKED |= {"count": "table", "counts": "table", "name_of": "ref_area", "organisation": "organisation"}
FIELD = re.compile(r"(?P<name>[^\W\d]\w*)(?:\.(?P<attribute>\w+))?")
# Words that set a bound, and the verbs and nouns that end like one: 签约 is no 约, 附近 no 近.
BOUND_BEFORE = {
    "zh": re.compile(
        "(不低于|不少于|不超过|不高于|不多于|超过|超出|突破|不足|不到|不满|低于|高于|少于|多于|大于|小于|至少|至多|最多|最少|大约|接近|将近|逾"
        "|(?<![签节合预契制履违条公誓相])约|(?<!高)超|(?<![附最邻临靠])近)$"
    ),
    "en": re.compile(
        r"\b(at least|at most|up to|(?:no|not) (?:more|less|fewer) than|(?:more|less|fewer|greater|higher|lower) than"
        r"|over|under|above|below|about|around|approximately|roughly|nearly|almost|exceed(?:s|ed|ing)?|in excess of)$",
        re.IGNORECASE,
    ),
}
BOUND_BEHIND = {
    "zh": re.compile("^(以上|以下|以内|左右|上下|余(?![额下款])|多(?=[家个人名元亩]))"),
    "en": re.compile(
        r"^(or (?:more|less|fewer|over|under)|and (?:over|more|above)|at (?:least|most))\b", re.IGNORECASE
    ),
}
_PLAIN_CALLS = ("A cell asks, computes and says by plain calls.", "Write a function in the package and call it here.")
_MEASURES = ("Arithmetic in a cell hides typed numbers.", "Use a measure, as years_until(revenue.period, until).")
_TEMPLATES = ("An f-string hides its words from the gate.", "Write a plain string with placeholders: {revenue}.")
Part = tuple[str, str | None, str | None, str | None]  # of a template: literal, field, form, conversion
FORBIDDEN: dict[type[ast.AST], tuple[str, str]] = {
    **dict.fromkeys((ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda), _PLAIN_CALLS),
    **dict.fromkeys((ast.For, ast.AsyncFor, ast.While, ast.If, ast.IfExp, ast.Match), _PLAIN_CALLS),
    **dict.fromkeys((ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp), _PLAIN_CALLS),
    **dict.fromkeys((ast.Try, ast.TryStar, ast.With, ast.AsyncWith, ast.NamedExpr), _PLAIN_CALLS),
    **dict.fromkeys((ast.BinOp, ast.AugAssign), _MEASURES),
    ast.JoinedStr: _TEMPLATES,
}


@dataclass(frozen=True)
class Formula:
    """What a name stands for: as the author wrote it, and with every variable written out."""

    source: str
    written_out: ast.expr

    @property
    def identity(self) -> str:
        """One text for one formula."""
        return ast.unparse(self.written_out)


@dataclass
class Code:
    """One walk through the code of a notebook, cell by cell: what its names stand for so far.

    Parameters
    ----------
    notebook : str
        Its name.
    package : Package
        The data package, to look names up in.
    names : sequence of str
        Names that may hold numbers.
    """

    notebook: str
    package: Package
    names: Sequence[str]
    variables: dict[str, Formula] = field(default_factory=dict)
    figures: dict[str, Formula] = field(default_factory=dict)
    reports: set[str] = field(default_factory=lambda: {"report"})
    makers: set[str] = field(default_factory=lambda: {Report.__name__})  # what Report is called

    def check(self, number: int, source: str) -> Iterator[Problem]:
        """What is wrong with the next code cell."""
        place = f"{self.notebook}, cell {number}"
        try:
            statements = ast.parse(source).body
        except SyntaxError as error:
            line = (error.text or "").strip()
            todo = "A cell is plain Python, without magics." if line[:1] in ("%", "!", "?") else "Mend this line."
            yield Problem(f"{place}, line {error.lineno}", line, f"Python cannot read it: {error.msg}.", todo)
            return
        for statement in statements:
            yield from self._node(place, statement)
            if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
                for target in statement.targets if isinstance(statement, ast.Assign) else [statement.target]:
                    self._assign(target, self._formula(statement.value))

    def _node(self, place: str, node: ast.AST) -> Iterator[Problem]:
        """What is wrong with a piece of code. Texts and keys are looked at as such, all else for digits."""
        line = f"{place}, line {getattr(node, 'lineno', 1)}"
        if type(node) in FORBIDDEN:
            yield Problem(line, ast.unparse(node).splitlines()[0][:70], *FORBIDDEN[type(node)])
            return
        if isinstance(node, ast.Constant):
            for word in self._numbers(node.value):
                yield typed_number(line, word, "Ask for it with report.figure or report.parameter", self.package)
            yield from typed_areas(line, str(node.value), self.package)
            return
        seen: set[ast.expr] = set()
        if isinstance(node, ast.Attribute) and self._question(node):
            yield from _attribute(line, node)
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from self._import(line, node)
        if isinstance(node, ast.Call):
            if question := self._question(node.func):
                yield from _arguments(line, question, [part.arg for part in node.keywords if part.arg])
            texts = {part.arg: part.value for part in node.keywords if part.arg and TEXT.fullmatch(part.arg)}
            keys = self._keys(node)
            seen = {*texts.values(), *(value for _, value in keys)}
            yield from self._unknown(line, [(kind, str(value.value)) for kind, value in keys])
            if texts:
                yield from self._call(place, node, texts)
        for child in ast.iter_child_nodes(node):
            if not seen & {child, getattr(child, "value", None)}:
                yield from self._node(place, child)

    def _numbers(self, value: object) -> list[str]:
        """The numbers in a constant: in words where it is a string that could be printed, else in digits."""
        if isinstance(value, str) and (" " in value or not value.isascii()):
            return typed_numbers(printed(value), "en" if value.isascii() else "zh", self.names)
        return re.findall(r"\d[\d.,]*\d|\d", "" if isinstance(value, bool) else str(value))

    # --- texts -------------------------------------------------------------------------------------------------

    def _call(self, place: str, call: ast.Call, texts: Mapping[str, ast.expr]) -> Iterator[Problem]:
        """What is wrong with a call that prints words."""
        given = {part.arg: part.value for part in call.keywords if part.arg and part.arg not in (*texts, *KEYS)}
        figures = {name: self._formula(value) for name, value in given.items()}
        used: dict[str, set[str]] = {}
        for keyword, value in texts.items():
            where = f"{place}, {keyword}"
            if not isinstance(value, ast.Constant) or not isinstance(value.value, str):
                rule = "A text is one plain string, so that every word of it can be checked."
                todo = "Write adjacent strings without + and f; figures stand in placeholders."
                yield Problem(where, ast.unparse(value)[:70], rule, todo)
                continue
            try:
                parts = list(string.Formatter().parse(value.value))
            except ValueError as error:
                todo = "A placeholder is {name}; braces themselves are {{ and }}."
                yield Problem(where, value.value[:40], f"It is no template: {error}.", todo)
                continue
            used[keyword] = {re.split(r"\W", name)[0] for _, name, *_ in parts if name}
            yield from self._text(where, keyword[-2:], parts, figures)
        for keyword in texts:
            other = keyword[:-2] + ("en" if keyword.endswith("zh") else "zh")
            if other not in texts:
                yield Problem(place, f"{keyword} without {other}", "A text stands in both languages.", f"Add {other}.")
            elif keyword in used and other in used:
                for name in sorted(used[keyword] - used[other]):
                    rule = f"{keyword} uses {{{name}}}, {other} does not."
                    yield Problem(place, f"{{{name}}}", rule, "Use it in both languages or in none.")
        if len(used) == len(texts):
            yield from _given(place, given, set().union(*used.values()))
        if any(part.arg is None for part in call.keywords):
            yield Problem(place, "**", "A figure is given under its name.", "Write revenue=revenue.")
        for name, formula in figures.items():
            known = self.figures.setdefault(name, formula)
            if known.identity != formula.identity:
                same = known.source == formula.source
                old, new = (known.identity, formula.identity) if same else (known.source, formula.source)
                yield Problem(place, f"{{{name}}}", f"It is already {old}.", f"Choose another name for {new}.")

    def _text(
        self, place: str, language: str, parts: Sequence[Part], figures: Mapping[str, Formula]
    ) -> Iterator[Problem]:
        """What is wrong with one template."""
        expressions = {name: formula.written_out for name, formula in figures.items()}
        words = "".join(literal + ("" if name is None else PLACEHOLDER) for literal, name, *_ in parts)
        for word in typed_numbers(printed(words), language, self.names):
            cure = "Put it in a placeholder and get it with report.figure"
            yield typed_number(place, word, cure, self.package, expressions)
        yield from typed_areas(place, words, self.package)
        behind = [*(literal for literal, *_ in parts), ""][1:]
        for (before, name, spec, conversion), after in zip(parts, behind, strict=True):
            if name is not None:
                yield from _placeholder(place, name, spec or "", conversion)
                if "." not in name:
                    yield from _bound(place, language, name, before, after)

    # --- names -------------------------------------------------------------------------------------------------

    def _formula(self, value: ast.expr) -> Formula:
        variables = self.variables

        class Writer(ast.NodeTransformer):
            def visit_Name(self, node: ast.Name) -> ast.expr:
                return variables[node.id].written_out if node.id in variables else node

        written_out = Writer().visit(ast.parse(ast.unparse(value), mode="eval").body)
        if isinstance(value, ast.Name) and value.id in variables:
            return variables[value.id]
        return Formula(ast.unparse(value), written_out)

    def _assign(self, target: ast.expr, formula: Formula) -> None:
        if isinstance(target, ast.Name):
            made = formula.written_out
            if isinstance(made, ast.Call) and isinstance(made.func, ast.Name) and made.func.id in self.makers:
                self.reports.add(target.id)
            else:
                self.reports.discard(target.id)
                self.variables[target.id] = formula
        elif isinstance(target, ast.Tuple | ast.List):
            given = formula.written_out
            for position, part in enumerate(target.elts):
                one: ast.expr = ast.Subscript(given, ast.Constant(position), ast.Load())
                if isinstance(given, ast.Tuple | ast.List) and len(given.elts) == len(target.elts):
                    one = given.elts[position]
                self._assign(part, Formula(f"{formula.source}[{position}]", one))

    def _import(self, place: str, node: ast.Import | ast.ImportFrom) -> Iterator[Problem]:
        """Take note of what is imported; names that a module of this package does not have are wrong."""
        names = {alias.asname or alias.name.partition(".")[0]: alias.name for alias in node.names}
        self.reports -= names.keys()
        self.makers |= {name for name, imported in names.items() if imported == Report.__name__}
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from _missing(place, node.module, names.values())

    def _keys(self, call: ast.Call) -> list[tuple[str, ast.Constant]]:
        """The strings of a call that name something, each with what it names."""
        values = [(part.arg, part.value) for part in call.keywords if part.arg in KEYS]
        if question := self._question(call.func):
            values += [(ASKED.get(question, "indicator"), value) for value in call.args]
        return [
            (kind, value)
            for kind, value in values
            if kind and isinstance(value, ast.Constant) and isinstance(value.value, str)
        ]

    def _question(self, asked: ast.expr) -> str:
        """What is asked of a report; empty where it is asked of something else."""
        if isinstance(asked, ast.Attribute) and isinstance(asked.value, ast.Name) and asked.value.id in self.reports:
            return asked.attr
        return ""

    def _unknown(self, place: str, keys: Sequence[tuple[str, str]]) -> Iterator[Problem]:
        """The names that the data does not hold, each with the nearest or with what is held."""
        package = self.package
        indicators = [name for kind, name in keys if kind == "indicator"]
        rows = [row for row in package.observations.values() if row.indicator in indicators]
        known: dict[str, Iterable[str]] = {
            "indicator": package.indicators,
            "table": COUNTED,
            "parameter": Parameters.model_fields,
            "report": [self.notebook],
            "ref_area": package.areas,
            "event": package.events,
            "organisation": package.organisations,
            "chain": package.chains,
            "kind": {row.kind for row in package.events.values()},
            "counterpart": [*package.organisations, *package.events],
            "time_period": {row.time_period for row in rows} if rows else [name for _, name in keys],
        }
        for kind, name in keys:
            if not name or name in known[kind]:
                continue
            near = get_close_matches(name, list(known[kind]), n=1) if kind != "time_period" else []
            held = {
                "indicator": _held(package, near),
                "time_period": _held(package, indicators),
                "counterpart": ", ".join(sorted({row.counterpart for row in rows} - {""})),
            }.get(kind, ", ".join(known[kind]))
            if near:
                todo = f"Did you mean {near[0]!r}{f' ({held})' if kind == 'indicator' and held else ''}?"
            else:
                todo = f"Held are {held}." if held else "The names stand in the tables of data/."
            yield Problem(place, name, f"It is an unknown {kind}.", todo)


def _attribute(place: str, node: ast.Attribute) -> Iterator[Problem]:
    """A question that no report answers."""
    name = node.attr
    if not hasattr(Report, name) and not name.startswith("_"):
        known = [name for name in dir(Report) if not name.startswith("_")]
        todo = did_you_mean(name, known) or f"It has {', '.join(known)}."
        yield Problem(place, ast.unparse(node), f"A report has no {name}.", todo)


def _arguments(place: str, question: str, given: Iterable[str]) -> Iterator[Problem]:
    """Arguments that a question does not take; where it takes any, they are figures."""
    asked = None if question.startswith("_") else getattr(Report, question, None)
    if not inspect.isfunction(asked):
        return
    parameters = list(inspect.signature(asked).parameters.values())[1:]
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
        return
    known = [parameter.name for parameter in parameters if parameter.kind is not parameter.VAR_POSITIONAL]
    for name in given:
        if name not in known:
            todo = did_you_mean(name, known) or f"It takes {', '.join(known) or 'none'}."
            yield Problem(place, f"{name}=", f"report.{question} takes no {name}.", todo)


def _missing(place: str, module: str, names: Iterable[str]) -> Iterator[Problem]:
    """Names that a module of this package does not have."""
    if module.partition(".")[0] != __name__.partition(".")[0]:
        return
    try:
        held = importlib.import_module(module)
    except Exception as error:  # whatever a module that somebody works on may raise
        rule = f"It cannot be imported: {type(error).__name__}: {error}."
        yield Problem(place, module, rule, "Correct its name, or mend it.")
        return
    known = [name for name in dir(held) if not name.startswith("_")]
    for name in names:
        if name == "*" or hasattr(held, name):
            continue
        if hasattr(held, "__path__") and importlib.util.find_spec(f"{module}.{name}"):
            continue  # a module of its own
        todo = did_you_mean(name, known) or f"It has {', '.join(known)}."
        yield Problem(place, name, f"{module} has no {name}.", todo)


def _placeholder(place: str, name: str, spec: str, conversion: str | None) -> Iterator[Problem]:
    form = FIELD.fullmatch(name)
    shown = f"{{{name}{f'!{conversion}' if conversion else ''}{f':{spec}' if spec else ''}}}"
    if form is None or conversion:
        yield Problem(place, shown, "A placeholder is a name: {revenue}.", "Give the figure under a name.")
        return
    if form["attribute"] and form["attribute"] not in ATTRIBUTES:
        todo = did_you_mean(form["attribute"], ATTRIBUTES) or f"A figure has {', '.join(ATTRIBUTES)}."
        yield Problem(place, shown, f"A figure has no {form['attribute']}.", todo)
    if spec not in SPECS and not (spec.isdecimal() and int(spec)):
        todo = did_you_mean(spec, SPECS) or f"Forms are {', '.join(filter(None, SPECS))} or a number of digits."
        yield Problem(place, shown, f"There is no form {spec}.", todo)


def _bound(place: str, language: str, name: str, before: str, after: str) -> Iterator[Problem]:
    found = BOUND_BEFORE[language].search(before.rstrip("*_ \n"))
    if found:
        rule = f"It stands before {{{name}}}, which words its own bound."
        compares = re.search(r"于$|than$|above|below", found[1], re.IGNORECASE)
        todo = "Take it out; report.comparison says what is above or below." if compares else "Take it out."
        yield Problem(place, found[1], rule, todo)
    found = BOUND_BEHIND[language].search(after.lstrip("*_ \n"))
    if found:
        rule = f"It stands behind {{{name}}}, which words its own bound."
        yield Problem(place, found[1], rule, "Take it out.")


def _given(place: str, given: Iterable[str], used: set[str]) -> Iterator[Problem]:
    """Placeholders without a figure, and figures without a placeholder."""
    given = set(given)
    for name in sorted(used - given):
        todo = did_you_mean(name, given) or f"Add {name}=… to the call."
        yield Problem(place, f"{{{name}}}", "The call gives no such figure.", todo)
    for name in sorted(given - used):
        yield Problem(place, f"{name}=", "No text uses this figure.", f"Use {{{name}}}, or take it out.")


def _held(package: Package, indicators: Iterable[str]) -> str:
    """The areas and periods of some indicators, as 430203: 2018, 2019."""
    periods: dict[str, set[str]] = {}
    for row in package.observations.values():
        if row.indicator in indicators:
            periods.setdefault(row.ref_area, set()).add(row.time_period or "no period")
    return "; ".join(f"{area}: {', '.join(sorted(codes))}" for area, codes in sorted(periods.items()))
