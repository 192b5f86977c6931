"""Equal phases in every layer give few frequencies."""

import numpy as np
import sympy
from scipy.stats import unitary_group

from bloqs.communication.model.fourier import coefficients, equal_pauli_frequencies
from bloqs.communication.symbols import L
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """Sums of L differences -1, 0 and 1 are the whole numbers from -L to L."""
    i = sympy.Symbol("i", integer=True)
    count = sympy.summation(1, (i, -L, L))
    step("one layer", count.subs(L, 1), 3)
    return count


def measure(L: int) -> Measurement:
    """Coefficients that are not zero for random blocks of one qubit."""
    rng = np.random.default_rng(L)
    blocks = [unitary_group.rvs(2, random_state=rng) for _ in range(L + 1)]
    found = coefficients(blocks, [(0, 1)] * L)
    return Measurement(value=len(found), stated=float(equal_pauli_frequencies(L)))


THEOREM = Theorem(
    says="The same phases of one qubit in all L layers of data give 2 L + 1 frequencies.",
    relation="==",
    value=2 * L + 1,
    derive=derive,
    measure=measure,
    instances=tuple({L: layers} for layers in (1, 2, 5)),
    false_twin=3**L,
    twin_says="As if the layers were at scales that are kept apart.",
    source="[SSM21] repeated Pauli encodings",
)
