"""An encoding of a vector behind leading zeros, read as one of the vector alone."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.encodings.sub_encoding import without_leading_zeros
from estimator.symbols import epsilon
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim
from proofs.perturbed import unit_vector
from proofs.stated import StatedVector

FLAGS = 2
"""Leading zeros. Unit: qubits."""


def derive() -> sympy.Expr:
    """Entries behind zeros are a part of all entries, so they err by no more than all do.

    The circuit leaves y for entries x of psi, and z for entries that are meant to be zero.
    """
    x, y = (
        sympy.Matrix(sympy.symbols("x:2", real=True)),
        sympy.Matrix(sympy.symbols("y:2", real=True)),
    )
    z, alpha = sympy.Matrix(sympy.symbols("z:2", real=True)), sympy.Symbol("alpha", real=True)
    meant, left = sympy.kronecker_product(sympy.Matrix([1, 0]), x), y.col_join(z)
    whole, part = (error.dot(error) for error in (meant - alpha * left, x - alpha * y))
    others = alpha**2 * z.dot(z)
    step("squared errors of |0> psi", sympy.expand(whole), part + others)
    bound("so what errs behind zeros is a part", part, part + others)
    rest, slack = sympy.symbols("rest slack", nonnegative=True)
    bound("of at most the square of epsilon", epsilon**2 - slack - rest, epsilon**2)
    return sympy.sqrt(epsilon**2)


def _point(psi: Any, alpha: float, error: Any) -> Draw:
    """What is left where the leading qubits are zero, times the alpha that the library states."""
    whole = np.kron(np.eye(1, 2**FLAGS)[0], psi)
    e = float(np.linalg.norm(error))
    n = len(whole).bit_length() - 1
    bloq = without_leading_zeros(StatedVector(alpha, e, n), FLAGS)
    left = ((whole + error) / alpha)[: len(psi)]
    return Draw(
        at={epsilon: e},
        value=float(np.linalg.norm(psi - float(bloq.alpha) * left)),
        stated=float(bloq.epsilon),
    )


def draw(rng: Generator) -> Draw:
    """A complex vector of two to eight entries, and errors before and behind other values."""
    psi = unit_vector(rng, 2 ** int(rng.integers(1, 4)))
    error = rng.uniform(0.01, 0.5) * unit_vector(rng, len(psi) * 2**FLAGS)
    if rng.integers(2):
        error[len(psi) :] *= rng.uniform(0, 1)
    return _point(psi, float(rng.uniform(1, 5)), error)


def worst() -> Draw:
    """An error along the vector alone."""
    psi = np.array([0.6, 0.8j])
    return _point(psi, 3.0, 0.2 * np.kron(np.eye(1, 2**FLAGS)[0], psi))


THEOREM = InequalityClaim(
    says="An encoding of |0>_b psi with alpha and error epsilon is one of psi with the same alpha "
    "and an error of at most epsilon in the l2 norm, its b leading qubits read as flags.",
    assumptions=("psi has length 1.",),
    bound=epsilon,
    derive=derive,
    draw=draw,
    draws=300,
    worst=worst,
    false_twin=epsilon / sympy.sqrt(2),
    twin_says="At least half of the squared error falls where a flag is one, and is left out.",
    source="[RHGPR25] Lem. B.11",
)
