"""Theorem G: a short sentence has gradients that do not vanish with n."""

import sympy

from bloqs.hypergraph.model.sentence_loss import TrainedSentence
from bloqs.hypergraph.model.training import single_variance
from bloqs.hypergraph.symbols import angle, k
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.hypergraph.gate_variance import gate_variance
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """The other k - 1 modes are all one with probability 2**(1 - k); else the angle is not seen."""
    loss = sympy.Rational(1, 2) * (1 - sympy.cos(angle)) * 2 ** (1 - k)
    slope = sympy.diff(loss, angle)
    circle = (angle, -sympy.pi, sympy.pi)
    step("no slope on average", sympy.integrate(slope, circle))
    square = sympy.integrate(sympy.sin(angle) ** 2, circle) / (2 * sympy.pi)
    step("a sine squared is a half", square, sympy.Rational(1, 2))
    return (slope / sympy.sin(angle)) ** 2 * square


def measure(k: int) -> Measurement:
    """From the gates, at three values of the angle and half a turn apart, with one mode idle."""
    return gate_variance(TrainedSentence((tuple(range(k)),), 0, (True,)), k + 1, single_variance(k))


THEOREM = Theorem(
    says="Where one edge of k modes is written by an angle and its stabilizer is asked for, the "
    "derivative of the loss has variance 2**-(2 k + 1) over uniform angles, whatever n is.",
    relation="==",
    value=2 ** (-(2 * k + 1)),
    derive=derive,
    measure=measure,
    instances=({k: 2}, {k: 3}, {k: 4}),
    false_twin=2 ** (-2 * k),
    twin_says="The square of a sine is one on average.",
    source="ours; derived",
    tolerance=1e-9,
)
