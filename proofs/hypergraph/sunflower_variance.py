"""Theorem G: a plateau comes with the number of edges at a mode, not with the modes."""

import sympy

from bloqs.hypergraph.model.sentence_loss import TrainedSentence, grid_variance
from bloqs.hypergraph.model.training import sunflower_variance
from bloqs.hypergraph.symbols import angle, petals
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """Products of two bits: those of the first edge are one twice, of others alike."""
    circle = (angle, -sympy.pi, sympy.pi)
    square = sympy.integrate(sympy.sin(angle) ** 2, circle) / (2 * sympy.pi)
    step("a sine squared is a half", square, sympy.Rational(1, 2))
    one = sympy.Rational(1, 4)
    alike = one**2 + (1 - one) ** 2
    step("a product of two bits twice the same", alike, sympy.Rational(5, 8))
    return square / 4 * one**2 * alike ** (petals - 1)


def measure(r: int) -> Measurement:
    """From a state vector on 2 r + 1 modes, on a grid of angles that integrates exactly."""
    edges = tuple((0, 2 * j + 1, 2 * j + 2) for j in range(r))
    trained = TrainedSentence(edges, 0, (True,) * r)
    found = grid_variance(lambda angles: trained.circuit_loss(2 * r + 1, angles), r)
    return Measurement(value=found, stated=float(sunflower_variance(r)))


THEOREM = Theorem(
    says="With r edges of three modes that share one mode alone, the derivative of the loss at "
    "that mode has variance (5/8)**(r - 1)/128 over uniform angles, whatever n is.",
    relation="==",
    value=sympy.Rational(5, 8) ** (petals - 1) / 128,
    derive=derive,
    measure=measure,
    instances=tuple({petals: r} for r in (1, 2, 3, 4)),
    false_twin=sympy.Rational(1, 2) ** (petals - 1) / 128,
    twin_says="Two products of two bits are alike by chance a half.",
    source="ours; derived",
    tolerance=1e-9,
)
