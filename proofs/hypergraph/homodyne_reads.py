"""Open: whether plain homodyne reads of qumodes force any memory."""

from itertools import combinations
from math import inf

import numpy as np
import sympy

from bloqs.hypergraph.model.bounds import bound
from bloqs.hypergraph.model.lie_closure import commutator, qumode_generators
from proofs.open_question import OpenQuestion

TRIES = 20


def shown(n: int, k: int) -> float:
    """Bits that reads of p_v - h(q) force: none, if numbers q and p answer each as they must.

    If they did not, nothing would be known; that counts as more than any number.

    A write adds its slope to p. The nullifiers of what was written then read zero, always.
    """
    q = sympy.symbols(f"q0:{n}", real=True)
    rng = np.random.default_rng(n)
    for _ in range(TRIES):
        edges = [edge for edge in combinations(range(n), k) if rng.integers(2)]
        phase = sum(sympy.prod([q[v] for v in edge]) for edge in edges)
        at = {each: sympy.Rational(int(rng.integers(-9, 10)), 7) for each in q}
        for v in range(n):
            kept = slope(edges, v, n, k, at)
            if kept != sympy.diff(phase, q[v]).subs(at):
                return inf
    return 0.0


def slope(
    edges: list[tuple[int, ...]], v: int, n: int, k: int, at: dict[sympy.Symbol, sympy.Rational]
) -> sympy.Expr:
    """What the writes add to p_v at a point, from brackets with its displacement."""
    momentum, *_ = [g for g in qumode_generators(n, k) if g.keys() == {((0,) * n, unit(n, (v,)))}]
    total, values = sympy.Integer(0), list(at.values())
    for edge in edges:
        bracket = commutator(momentum, {(unit(n, edge), (0,) * n): (0, 1)})
        for (powers, _), (_, factor) in bracket.items():
            total += factor * sympy.prod(x**p for x, p in zip(values, powers, strict=True))
    return total


def unit(n: int, modes: tuple[int, ...]) -> tuple[int, ...]:
    """Powers of a product of modes."""
    return tuple(int(v in modes) for v in range(n))


def field_bound(n: int, k: int) -> float:
    """What exclusions force over a field of 8 elements."""
    return bound("field").value(n, k, 3)


THEOREM = OpenQuestion(
    says="Homodyne reads of p_v - h(q), ideal squeezing, force C(n, k) - 1 bits.",
    reason="2 n real numbers, a value for each q and p, answer every such read as they must; "
    "they show no bound, and being of unlimited precision they are no machine of so many bits.",
    shown=shown,
    stated=lambda n, k: bound("paper").value(n, k),
    reached=field_bound,
    instances=({"n": 4, "k": 2}, {"n": 4, "k": 3}, {"n": 5, "k": 3}),
    false_twin=field_bound,
    twin_says="What modular reads or exclusions force, homodyne reads force.",
    source="ours; open",
    assumptions=("Reads are linear in p; modular reads and those of a finite field are not.",),
)
