"""Theorem C: over a field that is large enough, no three hypergraph states share a latent."""

from fractions import Fraction
from itertools import combinations
from math import comb, log2

import numpy as np
import sympy

from bloqs.hypergraph.model.bounds import bound
from bloqs.hypergraph.model.exclusion import three_states_excludable
from bloqs.hypergraph.model.field import product_monomials
from bloqs.hypergraph.model.vector_engine import signs
from bloqs.hypergraph.symbols import k, m, n
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """Overlaps are at most 1/2 each: the condition for three states holds, so two share at most."""
    x = sympy.Rational(1, 4)  # the square of 1/2
    left = (1 - 3 * x) ** 2
    step("three states at squared overlaps 1/4: equality", left, 4 * x**3)
    t = sympy.Symbol("t", nonnegative=True)
    slope = sympy.diff((1 - 2 * x - t) ** 2 - 4 * x * x * t, t)
    step("and less of one overlap is more room", slope.subs(t, x), -2 * (1 - 3 * x) - 4 * x**2)
    latents = 2 ** sympy.binomial(n, k) / 2
    return sympy.expand(sympy.expand_log(sympy.log(latents) / sympy.log(2), force=True))


def measure(n: int, k: int, m: int) -> Measurement:
    """Bits, from the largest family in which each three states fail the criterion, exactly."""
    masks = {}
    for edge in combinations(range(n), k):
        places = product_monomials(1, k, m)
        masks[edge] = [
            sum(1 << (m * v + b) for v, b in zip(edge, each, strict=True)) for each in places
        ]
    size = 2 ** (n * m)
    single = [signs(tuple(each), size) for each in masks.values()]
    squares = []
    for graph in range(2 ** len(single)):
        total = np.ones(size, dtype=int)
        for j, each in enumerate(single):
            total = total * each if graph >> j & 1 else total
        squares.append(Fraction(int(total.sum()), size) ** 2)
    shares = 2 if any(0 < x < 1 for x in squares) else 1
    for one, two in combinations(range(1, len(squares)), 2):
        if not three_states_excludable(squares[one], squares[two], squares[one ^ two]):
            shares = 3
    return Measurement(value=log2(2 ** comb(n, k) / shares), stated=bound("field").value(n, k, m))


THEOREM = Theorem(
    says="Over a field of q elements with (1 - 1/q)**(k - 1) >= 1/2, a classical machine of zero "
    "error keeps at least C(n, k) - 1 bits at the cut between writes of weights 0 and 1 and reads "
    "of Z and of one exclusion on at most 2 k modes.",
    relation="==",
    value=sympy.binomial(n, k) - 1,
    derive=derive,
    measure=measure,
    instances=(
        {n: 3, k: 2, m: 1},
        {n: 4, k: 2, m: 1},
        {n: 4, k: 3, m: 2},
        {n: 5, k: 4, m: 3},
    ),
    false_twin=sympy.binomial(n, k),
    twin_says="No two hypergraphs share a latent state.",
    source="[AG26] summary; [CFS02] compatibility of three pure states; derived",
    assumptions=(
        "Causal: an answer is given before the next token is read.",
        "Zero error: what the quantum model never says is never said.",
        "A mode is m qubits: the quantum memory is n m qubits, not n.",
        "Reads are the exclusion of three states, not stabilizers of hypergraphs.",
    ),
)
