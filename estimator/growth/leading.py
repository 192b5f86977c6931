"""The leading term of an expression, or the terms none of which outgrows another."""

from fractions import Fraction

import sympy
from attrs import frozen

from estimator.expressions.tree import Tree, call, from_sympy, plus, raised, times, to_sympy, whole
from estimator.growth.derivation import Derivation
from estimator.growth.prove import ORDERS, enclosure_of
from estimator.growth_numbers import number as num
from estimator.growth_numbers.monomial import CONSTANT, Monomial, quotient
from estimator.growth_numbers.number import HopelessError, Number, UndecidedError


@frozen
class Leading:
    """What an expression grows like.

    Args:
        tree: the sum of the terms that no other term outgrows; `None` if it was not found.
        is_exact: whether the quotient of expression and `tree` goes to one; otherwise the
            expression lies between multiples of it.
    """

    tree: Tree | None
    is_exact: bool

    @property
    def expression(self) -> sympy.Expr | None:
        """`tree` as SymPy has it."""
        return None if self.tree is None else to_sympy(self.tree)


def leading_of(tree: Tree, variables: frozenset[str]) -> Leading:
    """The leading term of a resolved expression."""
    for order in ORDERS:
        try:
            each, derivation = enclosure_of(tree, variables, order)
            ground = derivation.ground
            if not each.main and each.is_exact:
                return Leading(whole(0), True)
            sizes = [(m, "main") for m in each.main] + [(m, "error") for m in each.error]
            best = [
                (m, kind)
                for m, kind in sizes
                if not any(o != m and ground.vanishes(quotient(m, o)) for o in each.main)
            ]
            error = {m for m, kind in best if kind == "error"}
            main = [m for m, kind in best if kind == "main"]
            if not main or (error - set(main) and derivation.truncated):
                if derivation.truncated:
                    continue
                return Leading(None, False)
            written = [written_term(derivation, m, each.main[m]) for m in main]
            exact = not error and all(is_exact for _, is_exact in written)
            if not exact:
                written = [written_term(derivation, m, Fraction(1)) for m in main]
            return Leading(plus(*dict.fromkeys(term for term, _ in written)), exact)
        except HopelessError:
            break
        except UndecidedError:
            continue
    return Leading(None, False)


def written_term(derivation: Derivation, m: Monomial, c: Number) -> tuple[Tree, bool]:
    """A term as an expression, and whether that is all of it."""
    factors, exact = [from_sympy(num.exact(c))], True
    for key, e in m:
        exponent = from_sympy(num.exact(e))
        if key[0] == "v":
            base: Tree = ("x", key[1])
            for _ in range(key[2]):
                base = call("log", base)
            factors.append(raised(base, exponent))
        elif key[0] == "e":
            inner, inner_exact = written_term(derivation, key[1], Fraction(1))
            base_number = num.exp(e)
            if isinstance(base_number, Fraction):
                factors.append(raised(whole(base_number), inner))
            else:
                factors.append(call("exp", times(exponent, inner)))
            exact &= inner_exact
        else:
            base_of, is_whole = _atom(derivation, key[1])
            exact &= is_whole
            if base_of is not None:
                factors.append(raised(base_of, exponent))
    flat = [f for each in factors for f in (each[1:] if each[0] == "*" else (each,))]
    return times(*flat), exact


def _atom(derivation: Derivation, index: int) -> tuple[Tree | None, bool]:
    """The expression an atom stands for; `None` for a bounded factor."""
    made = [step for step in derivation.steps if step.node is None]
    step = made[index]
    if step.rule == "sum":
        return step.data[0], True
    if step.rule == "largest":
        return call("Max", *step.data[:2]), True
    if step.rule == "log":
        inner, exact = _atom(derivation, step.data[0])
        return (None if inner is None else call("log", inner)), exact and inner is not None
    if step.rule in ("rounded", "remainder", "size"):
        return step.data[0], True
    if step.rule == "between":
        return step.data[1], True
    if step.rule == "falling":
        ((m, c),) = step.error.items()
        return written_term(derivation, m, num.mul(c, Fraction(1)))[0], False
    if set(step.main) | set(step.error) != {CONSTANT}:
        raise UndecidedError(f"nothing is known of an atom by the rule {step.rule}")
    return None, False
