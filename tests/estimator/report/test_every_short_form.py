"""Every symbolic question about a cost: what a person reads is short, defined, and exact."""

import re
from itertools import product

import pytest
import sympy
from sympy.core.function import AppliedUndef

import quledger
from estimator.ask.question import COST
from estimator.ask.registry import questions
from estimator.expressions.parse import parse_expression
from estimator.report.naming import LINES, put
from estimator.report.parts import Fact, Facts, Table, rows_of, shown

CHOICES = ("variant", "loader", "rotation", "regime", "output")
QUICK_LOADERS = ("qroam-clean", "bucket-brigade")
"""The longest formulas, and those of the question without a word more."""

QUICK_NETWORKS = (("tight", None), ("tight", 2), ("published", 2))
"""Variant and number of blocks."""

BOUND = (sympy.Sum, sympy.Product)
"""What `growth` cannot read."""


ABOUT_FILES = ("circuit-file", "convolution-at-image", "communication-file", "network")
"""Questions that a file is needed for."""


def asked():
    """Name and parameters of every symbolic question; those that take long are slow."""
    for found in questions(COST):
        question = found.question
        choices = [name for name in CHOICES if name in question.spellings]
        if question.target or question.name in ABOUT_FILES:
            continue
        for values in product(*(question.parameter(name).of for name in choices)):
            given = dict(zip(choices, values, strict=True))
            first = {name: question.parameter(name).of[0] for name in choices}
            changed = {name for name in choices if given[name] != first[name]}
            is_quick = changed <= {"variant", "loader"} and given.get("loader") in QUICK_LOADERS
            for more in more_of(question.name, given):
                if question.name == "resnet":
                    is_quick = (given["variant"], more.get("k")) in QUICK_NETWORKS and not (
                        changed - {"variant"}
                    )
                words = "-".join(map(str, [question.name, *values, *more.values()]))
                marks = [] if is_quick else [pytest.mark.slow]
                yield pytest.param(question.name, {**given, **more}, id=words, marks=marks)


def more_of(name, given):
    """Parameters besides the choices, if any: with a number of blocks, layers have names.

    Choices that do not go together are left out.
    """
    if name != "resnet":
        return [{}]
    if given["output"] != "linear-pool":
        return [{}, {"k": 2}, {"k": 3}] if given["rotation"] == "phase-gradient" else [{"k": 2}]
    is_refused = given["regime"] == "3" or given["variant"] == "fixed_point"
    return [] if is_refused else [{"k": 2}, {"k": 3}]


def is_formula(value):
    return isinstance(value, sympy.Expr) and not value.is_number


def formulas(report):
    """Each formula that is shown, but for the definitions at the end: place, value, text."""
    for part in shown(report):
        if isinstance(part, Fact | Facts) and part.key != "names":
            for row in rows_of(part):
                if is_formula(row.value):
                    yield (part.key, row.key), row.value, row.style.text(row.value)
        elif isinstance(part, Table):
            for number, row in enumerate(part.rows):
                for column in part.columns:
                    value = row.get(column.key)
                    if is_formula(value):
                        yield (part.key, number, column.key), value, column.style.text(value)


def definitions(report):
    """What stands at the end, by name."""
    return {
        row.key: (row.value, row.style.text(row.value))
        for part in shown(report)
        if part.key == "names"
        for row in part.rows
    }


def objects(values):
    """Symbols and functions of symbols in some formulas, by their text."""
    found = set()
    for value in filter(is_formula, values):
        found |= value.free_symbols | value.atoms(AppliedUndef)
    return {str(each): each for each in found}


def put_back(formula, meant):
    """The formula with all names replaced by what they stand for."""
    while names := (formula.free_symbols | formula.atoms(AppliedUndef)) & meant.keys():
        for name in names:
            formula = put(formula, name, meant[name])
    return formula


def same(one, other):
    """Whether two formulas are equal, a maximum branch by branch."""
    if isinstance(other, sympy.Max):
        return {sympy.expand(x) for x in one.args} == {sympy.expand(x) for x in other.args}
    return one == other or sympy.expand(one - other) == 0


def lines_taken(text, lines):
    """Lines that a text takes in a column of a terminal; `None` if it is nowhere."""
    wanted, beginning = text.replace(" ", ""), text.split()[0][:6]
    for number, line in enumerate(lines):
        for start in (found.start() for found in re.finditer(re.escape(beginning), line)):
            if start and line[start - 2 : start].strip():
                continue
            read = ""
            for taken, each in enumerate(lines[number:], start=1):
                read += each[start:].split("  ")[0].replace(" ", "")
                if read == wanted:
                    return taken
                if not wanted.startswith(read):
                    break
    return None


@pytest.mark.parametrize(("name", "given"), [*asked()])
def test_a_symbolic_cost_has_a_short_form(name, given):
    """Short cells, all names defined, the full formula when they are put back, and readable."""
    report = quledger.cost(name, **given)
    short = report.form()
    full, defined = {place: value for place, value, _ in formulas(report)}, definitions(short)
    named = objects([*full.values(), *(value for value, _ in defined.values())])
    named |= objects(value for _, value, _ in formulas(short))
    own = {row.key: row.value for part in shown(report) if isinstance(part, Facts)
           for row in part.rows if row.key in defined}  # fmt: skip
    rows = {symbol: full["gates", key] for key, symbol in short.breakdown().rows.items()
            if ("gates", key) in full}  # fmt: skip
    meant = {named[key]: sympy.sympify(value) for key, (value, _) in defined.items()
             if key in named and key not in own}  # fmt: skip
    known = {named[key]: sympy.sympify(value) for key, value in own.items() if key in named}

    def is_exact(found, wanted):
        back = put_back(found, {**meant, **rows})
        return same(back, wanted) or same(put_back(back, known), put_back(wanted, known))

    for place, value, _ in formulas(short):
        assert is_exact(value, full[place]), place
    for key, value in own.items():
        found, _ = defined[key]
        assert found == value or is_exact(found, value), key

    in_tables = {part.key for part in shown(short) if isinstance(part, Table)}
    most = {text: LINES + (place[0] in in_tables) for place, _, text in formulas(short)}
    texts = [text for _, _, text in formulas(short)]
    texts += [text for value, text in defined.values() if is_formula(value)]
    lines = short.text().splitlines()
    for text in texts:  # cells of a table are squeezed by those beside them
        allowed = most.get(text, LINES)
        assert (lines_taken(text, lines) or allowed + 1) <= allowed, text

    values = [value for _, value, _ in formulas(short)]
    values += [value for value, _ in defined.values() if is_formula(value)]
    glossary = " ".join(short.glossary)
    for value in values:
        for symbol in value.free_symbols:
            assert symbol.name in defined or is_in(symbol.name, glossary), symbol
        for function in value.atoms(sympy.Function):
            word = type(function).__name__
            assert hasattr(sympy, word) or re.search(rf"\b{word}\(", glossary), function

    for name in {symbol.name for symbol in meant | rows if symbol.is_Symbol}:
        assert name.isidentifier()
        assert not hasattr(sympy, name)
    for value, text in zip(values, texts, strict=True):
        if value.has(*BOUND):
            continue
        parse_expression(text)  # what is pasted into `growth`
        if not value.has(sympy.Float, sympy.Max, sympy.Min):
            functions = {type(x).__name__: type(x) for x in value.atoms(sympy.Function)}
            read = sympy.sympify(text, locals={x.name: x for x in value.free_symbols} | functions)
            assert same(read, value), text

    data = report.plain()
    unkept = {part.key for part in report.parts if part.place == "shown"}
    for place, value, text in formulas(report.form(full=True)):
        if place[0] in unkept:  # the same as data has keys of its own
            continue
        plain = data
        for key in dict.fromkeys(place):
            plain = plain[key]
        assert (value, text) == (full[place], plain)


def is_in(name, glossary):
    """Whether a symbol is explained, alone or with others of its kind: `f_1 to f_8`."""
    if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", glossary):
        return True
    stem, number = re.fullmatch(r"(.*?)(\d*)", name).groups()
    families = re.findall(rf"(?<!\w){re.escape(stem)}(\d+) (?:and|to) ", glossary)
    ends = re.findall(rf" (?:and|to) {re.escape(stem)}(\d+)", glossary)
    return any(int(x) <= int(number) <= int(y) for x, y in zip(families, ends, strict=True))
