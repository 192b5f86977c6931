"""Theorem G: all edges at a mode, written at once, have a plateau under uniform angles."""

from itertools import combinations

import sympy

from bloqs.hypergraph.model.sentence_loss import TrainedSentence, grid_variance
from bloqs.hypergraph.model.training import star_variance
from bloqs.hypergraph.symbols import angle, k, n
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.hypergraph.gate_variance import gate_variance
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """Two points of the other modes interfere if all their products agree and the first is one.

    Then the k - 1 modes of the first edge are one in both, and the products that exchange one of
    these for another mode u tell x_u: the points are equal.
    """
    circle = (angle, -sympy.pi, sympy.pi)
    square = sympy.integrate(sympy.sin(angle) ** 2, circle) / (2 * sympy.pi)
    step("a sine squared is a half", square, sympy.Rational(1, 2))
    first = sympy.Rational(1, 2) ** (k - 1)
    second = sympy.Rational(1, 2) ** (n - 1)
    step("n - 1 other modes, k - 1 and the rest", first * sympy.Rational(1, 2) ** (n - k), second)
    return square / 4 * first * second


def measure(n: int, k: int) -> Measurement:
    """On a grid of angles that integrates exactly; from gates for n = 3, else a state vector."""
    edges = tuple((0, *rest) for rest in combinations(range(1, n), k - 1))
    trained, stated = TrainedSentence(edges, 0, (True,) * len(edges)), star_variance(n, k)
    if n == 3:
        return gate_variance(trained, n, stated)
    found = grid_variance(lambda angles: trained.circuit_loss(n, angles), len(edges))
    return Measurement(value=found, stated=float(stated))


THEOREM = Theorem(
    says="Where all edges of k modes at a mode are written by angles and its stabilizer is asked "
    "for, the derivative of the loss has variance 2**-(n + k + 1) over uniform angles.",
    relation="==",
    value=2 ** (-(n + k + 1)),
    derive=derive,
    measure=measure,
    instances=({n: 3, k: 2}, {n: 3, k: 3}, {n: 4, k: 2}, {n: 4, k: 3}, {n: 5, k: 2}),
    false_twin=2 ** (-(2 * k + 1)),
    twin_says="An algebra of polynomial dimension has no plateau.",
    source="ours; derived",
    tolerance=1e-9,
)
