"""Expressions, thresholds and witnesses of growth answers, as a reader wants to see them.

What is printed reads back as it is meant: no name stands for two things, and every formula can be
typed into a question again.
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import sympy
from attrs import frozen

from estimator.expressions.regime import restored
from estimator.expressions.tree import MINUS, Tree
from estimator.symbols import asked


@frozen
class Notation:
    """How names are written so that none means two things.

    Args:
        vanishing: symbols that go to zero; a tree has their names for their reciprocals.
        taken: names of symbols, which must stand for nothing else.
    """

    vanishing: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()

    def free(self, name: str) -> str:
        """A name, with a number if it is taken."""
        number, found = 0, name
        while found in self.taken:
            number += 1
            found = f"{name}{number}"
        return found

    def symbol(self, name: str) -> str:
        """A symbol; a curve's parameter, #t or #n, has no name that is taken."""
        return self.free(name[1:]) if name.startswith("#") else name

    def atom(self, number: int) -> str:
        """The name of an atom of a witness."""
        letter = "Y"
        while any(re.fullmatch(rf"{letter}\d+", name) for name in self.taken):
            letter += "_"
        return f"{letter}{number}"

    def named(self, name: str) -> str:
        """pi or E, by a formula if a symbol has that name."""
        other = {"pi": "(gamma(1/2)**2)", "E": "exp(1)"}[name]
        return other if name in self.taken else name


PLAIN = Notation()
"""No name is taken."""


def text_of(tree: Tree, level: int = 0, notation: Notation = PLAIN) -> str:
    """A tree in Python's notation."""
    kind = tree[0]
    if kind == "q":
        value = str(tree[1])
        return f"({value})" if level > 1 and not value.isdigit() else value
    if kind in "cx":
        return notation.symbol(tree[1]) if kind == "x" else notation.named(tree[1])
    if kind == "f":
        return f"{tree[1]}({', '.join(text_of(part, 0, notation) for part in tree[2:])})"
    if kind == "^":
        return _power_text(tree, level, notation)
    if kind == "+":
        found = " + ".join(text_of(part, 1, notation) for part in tree[1:]).replace("+ -", "- ")
        return f"({found})" if level > 1 else found
    minus, found = "", ""
    for part in tree[1:]:
        if part == MINUS:
            minus = "" if minus else "-"
        elif part[0] == "^" and part[2] == MINUS:
            found = f"{found or 1}/{text_of(part[1], 3, notation)}"
        else:
            found += ("*" if found else "") + text_of(part, 2, notation)
    found = minus + found if found else f"{minus}1"
    return f"({found})" if level > 2 or (minus and level > 1) else found


def _power_text(tree: Tree, level: int, notation: Notation) -> str:
    base, exponent = tree[1:]
    if exponent == ("q", Fraction(1, 2)):
        return f"sqrt({text_of(base, 0, notation)})"
    if exponent == MINUS:
        found = f"1/{text_of(base, 3, notation)}"
        return f"({found})" if level > 1 else found
    found = f"{text_of(base, 4, notation)}**{text_of(exponent, 4, notation)}"
    return f"({found})" if level > 3 else found


def number_text(value: Any, notation: Notation = PLAIN) -> str:
    """A number of a witness: a fraction or a SymPy expression."""
    if isinstance(value, sympy.Basic):
        taken = [x for x in (sympy.pi, sympy.E) if str(x) in notation.taken]
        value = value.xreplace({x: asked(notation.named(str(x))) for x in taken})
        ours = [x for x in value.free_symbols if x.name.startswith("#")]
        value = value.xreplace({x: asked(notation.symbol(x.name)) for x in ours})
    return str(value)


def key_text(key: Any, notation: Notation) -> str:
    """One factor of a monomial."""
    if key[0] == "o":
        return notation.atom(key[1])
    if key[0] == "e":
        return f"exp({monomial_text(key[1], notation)})"
    found = text_of(restored(("x", key[1]), notation.vanishing), 0, notation)
    if not key[2] and not found.isidentifier():
        return f"({found})"
    for _ in range(key[2]):
        found = f"log({found})"
    return found


def monomial_text(each: Any, notation: Notation) -> str:
    """A monomial."""
    factors = []
    for key, e in each:
        base = key_text(key, notation)
        power = number_text(e, notation)
        factors.append(base if e == 1 else f"{base}**{power if power.isdigit() else f'({power})'}")
    return "*".join(factors) or "1"


def sum_text(terms: Any, notation: Notation) -> str:
    """A sum, given as (monomial, coefficient) pairs."""
    parts = []
    for each, c in terms:
        factor = number_text(c, notation)
        if each == ():
            parts.append(factor)
        elif c == 1:
            parts.append(monomial_text(each, notation))
        elif c == -1:
            parts.append(f"-{monomial_text(each, notation)}")
        else:
            simple = factor.replace("/", "").replace("-", "").isalnum()
            factor = factor if simple else f"({factor})"
            parts.append(f"{factor}*{monomial_text(each, notation)}")
    return " + ".join(parts).replace("+ -", "- ") or "0"


def threshold_text(name: str, level: int, size: str, notation: Notation) -> str:
    """A threshold, e.g. N >= exp(3) or eps <= exp(-3)."""
    is_small = name in notation.vanishing
    for step in range(level):
        size = f"exp({size})" if step < level - 1 or not is_small else f"exp(-{size})"
    shown = notation.symbol(name)
    if not is_small:
        return f"{shown} >= {size}"
    return f"{shown} <= {size}" if level else f"{shown} <= 1/{size}"


def thresholds_text(witness: Mapping[str, Any], notation: Notation) -> list[str]:
    """All thresholds of a witness, those that depend on constants last."""
    found = [
        threshold_text(name, level, str(value), notation)
        for name, (level, value) in sorted(witness["variables"].items())
        if name not in witness["pinned"]
    ]
    for name, level, value in witness["extra"]:
        found.append(threshold_text(name, level, f"({number_text(value, notation)})", notation))
    return found


ATOMS = "values of which only the bounds below are used"
"""What a chain says of the parts that it keeps whole."""


def steps_text(witness: Mapping[str, Any], notation: Notation) -> list[str]:
    """The chain of a witness, one line for each step that is more than reading a symbol."""
    lines, atoms = [], 0
    for step in witness["steps"]:
        main, error = (sum_text(step[side], notation) for side in ("main", "error"))
        if step["node"] is None:
            meant = _atom_text(step, atoms, witness["steps"], notation)
            lines.append(f"{main} <= {notation.atom(atoms)} <= {error}  [atom: {meant}]")
            atoms += 1
        elif step["rule"] not in ("number", "symbol"):
            blur = f" up to {error}" if step["error"] else ""
            node = text_of(restored(step["node"], notation.vanishing), 0, notation)
            lines.append(f"{node} = {main}{blur}  [{step['rule']}]")
    if atoms:
        names = ", ".join(map(notation.atom, range(atoms)))
        lines.insert(0, f"{names}: {ATOMS}")
    lines += _floor_lines(witness, notation)
    for each, weights, steps in witness["moves"]:
        mean = " * ".join(
            f"({monomial_text(b, notation)})"
            + (f"**({number_text(w, notation)})" if w != 1 else "")
            for b, w in weights
        )
        used = [_bound_text(step, notation) for step in steps]
        why = f"  because {'; '.join(used)}" if used else ""
        lines.append(f"{monomial_text(each, notation)} against {mean}{why}  [domination]")
    return lines


def _atom_text(step: Any, number: int, steps: Any, notation: Notation) -> str:
    """The rule by which an atom is bounded, and what it is."""
    rule, data = step["rule"], step["data"]

    def shown(tree: Tree, level: int = 0) -> str:
        return text_of(restored(tree, notation.vanishing), level, notation)

    if rule == "sum":
        below = monomial_text(data[2], notation)
        found = shown(data[0]) if below == "1" else f"{shown(data[0], 3)}/({below})"
    elif rule == "log":
        found = f"log({notation.atom(data[0])})"
    elif rule == "largest":
        found = f"Max({shown(data[0])}, {shown(data[1])})"
    elif rule in ("size", "rounded", "remainder"):
        found = shown(data[0])
    elif rule == "between":
        found = shown(data[1])
    elif rule in ("exp of part", "exp of bounded"):
        whole = next(each for each in steps if each["node"] == data[0])
        found = f"exp({sum_text([pair for pair in whole['main'] if pair[0] == data[1]], notation)})"
    elif rule == "falling":
        top, k = shown(data[0]), number_text(data[1], notation)
        found = f"gamma({top} + 1)/gamma({top} + 1 - ({k}))"
    elif rule == "exp of error":
        (whole,) = (each for each in steps if each["node"] == data[0])
        blur = sum_text([pair for pair in whole["error"] if pair[0] in data[1]], notation)
        rest = f"{shown(data[0])} - ({sum_text(whole['main'], notation)})"
        found = f"exp(Max(-({blur}), Min({blur}, {rest})))"
    else:
        return str(rule)
    return f"{rule}, {notation.atom(number)} = {found}"


def _floor_lines(witness: Mapping[str, Any], notation: Notation) -> list[str]:
    """What the right side is at least, where that is less than its terms."""
    if not witness.get("floor") or not witness["floor"][1]:
        return []
    side, eaten = witness["floor"]
    (step,) = (each for each in witness["steps"] if each["node"] == witness["g"])
    against = {m for m, kind, *_ in eaten if kind == "main"}
    left = []
    for m, c in step["main"]:
        if m not in against:
            paid = sum(share for *_, shares, _ in eaten for p, share in shares if p == m)
            left.append((m, side * (1 - paid) * c))
    g = text_of(restored(witness["g"], notation.vanishing), 0, notation)
    shown = g if side > 0 else f"-({g})"
    return [f"{shown} >= {sum_text(left, notation)}  [floor]"]


def _bound_text(step: Any, notation: Notation) -> str:
    key, _, other, _, inner = step
    if inner == ("mean",):
        a, *powers = (number_text(x, notation) for x in (step[1], *step[3]))
        right = " * ".join(
            f"{key_text(k, notation)}**({e})" for k, e in zip(other, powers, strict=True)
        )
        return f"{key_text(key, notation)}**({a}) <= {right}"
    a, d = (number_text(x, notation) for x in (step[1], step[3]))
    factor = f"(({a})/(exp(1)*({d})))**({a}) * "
    if inner == ("exp",):
        base = monomial_text(key[1], notation)
        return f"({base})**({a}) <= {factor}{key_text(key, notation)}**({d})"
    left, right = f"{key_text(key, notation)}**({a})", f"{key_text(other, notation)}**({d})"
    return f"{left} <= {'' if inner else factor}{right}"
