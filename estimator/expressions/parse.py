"""Reads an expression typed by a user, without ever running it.

Python's own parser makes the syntax tree; only numbers, names, + - * / **, and calls by name are
let through, with caps on length, depth and the size of numbers. Every refusal says where.
"""

import ast
from difflib import get_close_matches
from fractions import Fraction

import sympy
from attrs import frozen

from estimator.expressions.tree import (
    FUNCTIONS,
    MINUS,
    Tree,
    named_call,
    plus,
    raised,
    times,
    whole,
)

LONGEST = 40_000
"""Characters of one expression."""

DEEPEST = 150
"""Levels of nesting."""

BITS = 14_000
"""Of a number written out or computed from numbers; it has fewer digits than Python writes out."""

CLOSE = 0.65
"""Likeness, as `difflib` measures it, from which an unknown function is a misspelt one."""

KNOWN = (*FUNCTIONS, "sqrt", "log2", "log10")
"""Functions that an expression may call."""

NAMED: dict[str, Tree] = {"pi": ("c", "pi"), "E": ("c", "E")}


class GrowthSyntaxError(ValueError):
    """What was typed is not an expression."""


def parse_expression(text: str, taken: frozenset[str] = frozenset()) -> Tree:
    """The tree of an expression.

    Args:
        text: in Python's notation; `log` is natural, `log(x, 2)` and `log2(x)` are to base 2.
        taken: names that are symbols of the regime, even if they also name a number (`E`).

    Raises:
        GrowthSyntaxError: if it is not one, or too large; the message names the position.
    """
    if len(text) > LONGEST:
        raise GrowthSyntaxError(
            f"an expression has at most {LONGEST} characters, got {len(text)}, so it stops at "
            f"position {LONGEST + 1}"
        )
    stripped = text.strip()
    if not stripped:
        raise GrowthSyntaxError("an expression is needed at position 1, got nothing")
    if "\n" in stripped or "\0" in stripped:
        raise GrowthSyntaxError("an expression is one line of text, got a line break or a NUL")
    if "#" in text:
        raise GrowthSyntaxError(
            f"an expression has no comments, got # at position {text.index('#') + 1} of "
            f"{_short(text)}"
        )
    offset = len(text) - len(text.lstrip())
    try:
        body = ast.parse(stripped, mode="eval").body
        return _Reader(stripped, offset, taken).read(body, 0)
    except SyntaxError as problem:
        place = (problem.offset or len(stripped) + 1) + offset
        raise GrowthSyntaxError(f"{problem.msg} at position {place} of {_short(text)}") from None
    except (RecursionError, MemoryError):
        raise GrowthSyntaxError(f"{_short(text)} is nested too deeply at position 1") from None


@frozen
class Denominator:
    """What an expression divides by.

    Args:
        tree: of it.
        place: of its first character, counted from 1.
    """

    tree: Tree
    place: int


def denominators(text: str, taken: frozenset[str] = frozenset()) -> tuple[Denominator, ...]:
    """Everything that an expression, which was understood, divides by, as it is written."""
    stripped = text.strip()
    reader = _Reader(stripped, len(text) - len(text.lstrip()), taken)
    reader.read(ast.parse(stripped, mode="eval").body, 0)
    return tuple(reader.denominators)


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "...")


class _Reader:
    """Turns Python's syntax tree into ours."""

    def __init__(self, text: str, offset: int, taken: frozenset[str]) -> None:
        self.text, self.offset, self.taken = text, offset, taken
        self.denominators: list[Denominator] = []

    def place(self, node: ast.AST) -> int:
        column = getattr(node, "col_offset", 0)
        return len(self.text.encode()[:column].decode(errors="ignore")) + 1 + self.offset

    def refuse(self, node: ast.AST, problem: str) -> GrowthSyntaxError:
        return GrowthSyntaxError(f"{problem} at position {self.place(node)} of {_short(self.text)}")

    def read(self, node: ast.AST, depth: int) -> Tree:
        if depth > DEEPEST:
            raise self.refuse(node, f"more than {DEEPEST} levels of nesting")
        if isinstance(node, ast.Constant):
            return self.number(node)
        if isinstance(node, ast.Name):
            if node.id in NAMED and node.id not in self.taken:
                return NAMED[node.id]
            if node.id in ("oo", "zoo", "nan", "inf", "I") and node.id not in self.taken:
                raise self.refuse(node, f"{node.id} is not a real number")
            return ("x", node.id)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
            inner = self.read(node.operand, depth + 1)
            return inner if isinstance(node.op, ast.UAdd) else self.fold(node, times(MINUS, inner))
        if isinstance(node, ast.BinOp):
            return self.operation(node, depth)
        if isinstance(node, ast.Call):
            return self.function(node, depth)
        raise self.refuse(node, f"{type(node).__name__} is not allowed in an expression")

    def number(self, node: ast.Constant) -> Tree:
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            raise self.refuse(node, f"{node.value!r} is not a number")
        if isinstance(node.value, int):
            return self.fold(node, whole(node.value))
        written = ast.get_source_segment(self.text, node) or str(node.value)
        mantissa, _, power = written.lower().partition("e")
        if abs(int(power or 0)) > 5000 or len(mantissa) > 5000:
            raise self.refuse(node, f"the number is outside 2**-{BITS} .. 2**{BITS}")
        return self.fold(node, whole(Fraction(written.replace("_", ""))))

    def operation(self, node: ast.BinOp, depth: int) -> Tree:
        if isinstance(node.op, ast.BitXor):
            raise self.refuse(node.right, "^ is not a power, write **")
        spine: list[ast.BinOp] = []
        walk: ast.AST = node
        while isinstance(walk, ast.BinOp) and not isinstance(walk.op, ast.Pow | ast.BitXor):
            spine.append(walk)
            walk = walk.left
        if not spine:
            base, power = self.read(node.left, depth + 1), self.read(node.right, depth + 1)
            if power[0] == "q" and power[1] < 0:
                self.denominators.append(Denominator(base, self.place(node.left)))
            return self.power(node, base, power)
        result = self.read(walk, depth + 1)
        for step in reversed(spine):
            right = self.read(step.right, depth + 1)
            if isinstance(step.op, ast.Add):
                result = self.joined("+", result, right)
            elif isinstance(step.op, ast.Sub):
                result = self.joined("+", result, self.fold(step, times(MINUS, right)))
            elif isinstance(step.op, ast.Mult):
                result = self.joined("*", result, right)
            elif isinstance(step.op, ast.Div):
                if right == whole(0):
                    raise self.refuse(step.right, "division by zero")
                self.denominators.append(Denominator(right, self.place(step.right)))
                result = self.joined("*", result, self.power(step.right, right, MINUS))
            elif isinstance(step.op, ast.Mod):
                if right == whole(0):
                    raise self.refuse(step.right, "division by zero")
                result = named_call("Mod", [result, right])
            else:
                raise self.refuse(step.right, f"{type(step.op).__name__} is not allowed")
            result = self.fold(step, result)
        return result

    @staticmethod
    def joined(kind: str, left: Tree, right: Tree) -> Tree:
        """Flat: a sum of sums is one sum."""
        parts = [*(left[1:] if left[0] == kind else (left,))]
        parts += [*(right[1:] if right[0] == kind else (right,))]
        return plus(*parts) if kind == "+" else times(*parts)

    def fold(self, node: ast.AST, tree: Tree) -> Tree:
        """Numbers among numbers, computed."""
        if tree[0] in "+*" and all(part[0] == "q" for part in tree[1:]):
            total = Fraction(0) if tree[0] == "+" else Fraction(1)
            for part in tree[1:]:
                total = total + part[1] if tree[0] == "+" else total * part[1]
            tree = whole(total)
        if tree[0] == "q" and _bits(tree[1]) > BITS:
            raise self.refuse(node, f"a number has more than {BITS} bits")
        return tree

    def power(self, node: ast.AST, base: Tree, exponent: Tree) -> Tree:
        if base[0] == "q" and exponent[0] == "q":
            if base[1] == 0 and exponent[1] <= 0:
                raise self.refuse(node, "division by zero" if exponent[1] else "0**0")
            if abs(exponent[1]) * max(_bits(base[1]), 1) > BITS:
                raise self.refuse(node, f"a power of numbers has more than {BITS} bits")
            if exponent[1].denominator == 1:
                return self.fold(node, whole(base[1] ** int(exponent[1])))
        return raised(base, exponent)

    def function(self, node: ast.Call, depth: int) -> Tree:
        if not isinstance(node.func, ast.Name) or node.keywords:
            raise self.refuse(node, "a call is a name and arguments in parentheses")
        name = node.func.id
        if any(isinstance(part, ast.Starred) for part in node.args):
            raise self.refuse(node, "* is not allowed in front of an argument")
        parts = [self.read(part, depth + 1) for part in node.args]
        tree = named_call(name, parts)
        if tree[0] == "f" and tree[1] in FUNCTIONS:
            fewest, most = FUNCTIONS[tree[1]]
            if not fewest <= len(parts) <= most:
                raise self.refuse(node, f"{name} takes {fewest} argument(s), got {len(parts)}")
        is_unknown = tree[0] == "f" and tree[1] not in FUNCTIONS and not hasattr(sympy, name)
        meant = get_close_matches(name, KNOWN, n=1, cutoff=CLOSE) if is_unknown else []
        if meant:
            raise self.refuse(node, f"there is no function {name}, did you mean {meant[0]}?")
        if name in ("factorial", "gamma", "binomial") and parts[0][0] == "q" and parts[0][1] > 500:
            raise self.refuse(node, f"{name} of a number above 500")
        return tree


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())
