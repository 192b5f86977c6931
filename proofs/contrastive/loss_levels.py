"""The loss of a network that tells no view from another."""

import numpy as np
import sympy

from bloqs.contrastive.model.contrastive_loss import nt_xent
from bloqs.contrastive.symbols import B
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.theorem import Theorem

TEMPERATURE = 0.07
"""That of the published program; the loss of equal views does not depend on it."""


def derive() -> sympy.Expr:
    """The other view is one of the 2 B - 1 rows that are not the row itself, all alike."""
    i = sympy.Symbol("i", integer=True, positive=True)
    score = sympy.Symbol("s", real=True)
    total = sympy.summation(sympy.exp(score), (i, 1, 2 * B - 1))
    step("rows but for one", total, (2 * B - 1) * sympy.exp(score))
    return -sympy.log(sympy.simplify(sympy.exp(score) / total))


def measure(B: int) -> Measurement:
    """Of views that all point in one direction, at lengths of their own."""
    rng = np.random.default_rng(B)
    views = rng.uniform(0.5, 2.0, size=(2, B, 1)) * rng.normal(size=8)
    return Measurement(value=nt_xent(views[0], views[1], TEMPERATURE)[0])


THEOREM = Theorem(
    says="The contrastive loss of B images whose views are all alike is ln(2 B - 1), 6.236 for "
    "B = 256: the first losses of the published run, 9.13, are worse than that, the last, 4.92, "
    "better.",
    relation="==",
    value=sympy.log(2 * B - 1),
    derive=derive,
    measure=measure,
    instances=({B: 2}, {B: 16}, {B: 256}),
    false_twin=sympy.log(2 * B),
    twin_says="A row is compared with itself as well.",
    source="[JAXAKJ22], its code, for the loss and its curve; derived",
    tolerance=1e-9,
)
