"""Expressions, thresholds and witnesses of growth answers, as a reader wants to see them."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from estimator.expressions.regime import restored
from estimator.expressions.tree import MINUS, Tree


def text_of(tree: Tree, level: int = 0) -> str:
    """A tree in Python's notation."""
    kind = tree[0]
    if kind == "q":
        value = str(tree[1])
        return f"({value})" if level > 1 and not value.isdigit() else value
    if kind in "cx":
        return str(tree[1])
    if kind == "f":
        return f"{tree[1]}({', '.join(text_of(part) for part in tree[2:])})"
    if kind == "^":
        return _power_text(tree, level)
    if kind == "+":
        found = " + ".join(text_of(part, 1) for part in tree[1:]).replace("+ -", "- ")
        return f"({found})" if level > 1 else found
    minus, found = "", ""
    for part in tree[1:]:
        if part == MINUS:
            minus = "" if minus else "-"
        elif part[0] == "^" and part[2] == MINUS:
            found = f"{found or 1}/{text_of(part[1], 3)}"
        else:
            found += ("*" if found else "") + text_of(part, 2)
    found = minus + found if found else f"{minus}1"
    return f"({found})" if level > 2 or (minus and level > 1) else found


def _power_text(tree: Tree, level: int) -> str:
    base, exponent = tree[1:]
    if exponent == ("q", Fraction(1, 2)):
        return f"sqrt({text_of(base)})"
    if exponent == MINUS:
        found = f"1/{text_of(base, 3)}"
        return f"({found})" if level > 1 else found
    found = f"{text_of(base, 4)}**{text_of(exponent, 4)}"
    return f"({found})" if level > 3 else found


def key_text(key: Any, vanishing: frozenset[str]) -> str:
    """One factor of a monomial."""
    if key[0] == "o":
        return f"Y{key[1]}"
    if key[0] == "e":
        return f"exp({monomial_text(key[1], vanishing)})"
    found = text_of(restored(("x", key[1]), vanishing))
    if not key[2] and not found.isidentifier():
        return f"({found})"
    for _ in range(key[2]):
        found = f"log({found})"
    return found


def monomial_text(each: Any, vanishing: frozenset[str]) -> str:
    """A monomial."""
    factors = []
    for key, e in each:
        base = key_text(key, vanishing)
        power = str(e)
        factors.append(base if e == 1 else f"{base}**{power if power.isdigit() else f'({power})'}")
    return "*".join(factors) or "1"


def sum_text(terms: Any, vanishing: frozenset[str]) -> str:
    """A sum, given as (monomial, coefficient) pairs."""
    parts = []
    for each, c in terms:
        factor = str(c)
        if each == ():
            parts.append(factor)
        elif c == 1:
            parts.append(monomial_text(each, vanishing))
        elif c == -1:
            parts.append(f"-{monomial_text(each, vanishing)}")
        else:
            simple = factor.replace("/", "").replace("-", "").isalnum()
            factor = factor if simple else f"({factor})"
            parts.append(f"{factor}*{monomial_text(each, vanishing)}")
    return " + ".join(parts).replace("+ -", "- ") or "0"


def threshold_text(name: str, level: int, value: Any, vanishing: frozenset[str]) -> str:
    """A threshold, e.g. N >= exp(3) or eps <= exp(-3)."""
    size = str(value)
    for step in range(level):
        size = f"exp({size})" if step < level - 1 or name not in vanishing else f"exp(-{size})"
    if name not in vanishing:
        return f"{name} >= {size}"
    return f"{name} <= {size}" if level else f"{name} <= 1/{size}"


def thresholds_text(witness: Mapping[str, Any], vanishing: frozenset[str]) -> list[str]:
    """All thresholds of a witness, those that depend on constants last."""
    found = [
        threshold_text(name, level, value, vanishing)
        for name, (level, value) in sorted(witness["variables"].items())
        if name not in witness["pinned"]
    ]
    for name, level, value in witness["extra"]:
        found.append(threshold_text(name, level, f"({value})", vanishing))
    return found


ATOMS = (
    "values of which only the bounds below are used; where one stands for the first time after "
    "them, the line says of what"
)
"""What a chain says of the parts that it keeps whole."""


def steps_text(witness: Mapping[str, Any], vanishing: frozenset[str]) -> list[str]:
    """The chain of a witness, one line for each step that is more than reading a symbol."""
    lines, atoms = [], 0
    for step in witness["steps"]:
        main, error = (sum_text(step[side], vanishing) for side in ("main", "error"))
        if step["node"] is None:
            lines.append(f"{main} <= Y{atoms} <= {error}  [atom: {step['rule']}]")
            atoms += 1
        elif step["rule"] not in ("number", "symbol"):
            blur = f" up to {error}" if step["error"] else ""
            node = text_of(restored(step["node"], vanishing))
            lines.append(f"{node} = {main}{blur}  [{step['rule']}]")
    if atoms:
        names = ", ".join(f"Y{number}" for number in range(atoms))
        lines.insert(0, f"{names}: {ATOMS}")
    for each, weights, steps in witness["moves"]:
        mean = " * ".join(
            f"({monomial_text(b, vanishing)})" + (f"**({w})" if w != 1 else "") for b, w in weights
        )
        used = [_bound_text(step, vanishing) for step in steps]
        why = f"  because {'; '.join(used)}" if used else ""
        lines.append(f"{monomial_text(each, vanishing)} against {mean}{why}  [domination]")
    return lines


def _bound_text(step: Any, vanishing: frozenset[str]) -> str:
    key, a, other, d, inner = step
    if inner == ("exp",):
        base = monomial_text(key[1], vanishing)
        return f"({base})**({a}) <= (({a})/(e*({d})))**({a}) * {key_text(key, vanishing)}**({d})"
    left = f"{key_text(key, vanishing)}**({a})"
    if inner == ("mean",):
        right = " * ".join(
            f"{key_text(k, vanishing)}**({e})" for k, e in zip(other, d, strict=True)
        )
        return f"{left} <= {right}"
    right = f"{key_text(other, vanishing)}**({d})"
    return f"{left} <= {'' if inner else f'(({a})/(e*({d})))**({a}) * '}{right}"
