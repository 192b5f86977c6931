"""How near a matrix scaled by its diagonal is to the best that any diagonal makes of it."""

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.linear_systems.model.diagonal_scaling import DiagonalScaling, scaling_bound
from bloqs.linear_systems.model.diffusion import diffusion
from bloqs.linear_systems.model.matrix import LinearProblem
from bloqs.linear_systems.symbols import entries, kappa
from proofs.derivation import bound, norm_at_most, step
from proofs.inequality import Draw, InequalityClaim
from proofs.perturbed import Array

SIZES = ((16,), (4, 4), (2, 2, 4))
"""Of grids on which something diffuses."""

CONTRAST = 4
"""Powers of ten between its coefficients."""

TRIES = 200
"""Matrices among which the hardest is looked for."""


def derive() -> sympy.Expr:
    """C = D A D is the best, E the roots of its diagonal; then B = E^-1 C E^-1 for every D.

    An entry of the diagonal is e_i^T C e_i, at most |C|. A symmetric matrix has no norm above the
    largest sum of moduli in a row, here of q entries of at most 1.
    """
    C, E = sympy.symbols("C E", commutative=False)
    step("the inverse of B", (E**-1 * C * E**-1) * (E * C**-1 * E), 1)
    entry, minor = sympy.Symbol("c_ij", real=True), sympy.Symbol("minor", positive=True)
    # c_ii c_jj is c_ij**2 + minor, as a definite matrix has positive minors
    bound("square of an entry of B", entry**2 / (entry**2 + minor), 1)
    largest, inverse = sympy.Symbol("C_norm", positive=True), sympy.Symbol("Y", commutative=False)
    sizes = {E: sympy.sqrt(largest), inverse: kappa / largest}
    return entries * norm_at_most("norm of E C^-1 E", E * inverse * E, sizes)


def _point(matrix: Array) -> Draw:
    """Of C itself, so that D is one of all diagonals."""
    found = DiagonalScaling.of(LinearProblem.of(matrix, np.ones(len(matrix))))
    row, condition = int(np.count_nonzero(matrix, axis=1).max()), float(np.linalg.cond(matrix))
    return Draw(
        at={entries: row, kappa: condition},
        value=float(found.after.condition),
        stated=scaling_bound(row, condition),
    )


def draw(rng: Generator) -> Draw:
    """Diffusion that is rough or smooth, or a dense matrix, scaled by some diagonal."""
    kind = int(rng.integers(3))
    if kind == 2:
        matrix = _flat(rng)
    else:
        shape = SIZES[int(rng.integers(len(SIZES)))]
        power = rng.uniform(0, CONTRAST, shape)
        if kind:
            power = np.sort(power, axis=None).reshape(shape)
        matrix = diffusion(10**power)
    by = 10 ** rng.uniform(-1, 1, len(matrix))
    return _point(by[:, None] * matrix * by if rng.integers(2) else matrix)


def _flat(rng: Generator) -> Array:
    """Of four unknowns, with eigenvalues 1, 1, 1/1000 and 1/1000 in random directions."""
    turn, _ = np.linalg.qr(rng.normal(size=(4, 4)))
    matrix = turn @ np.diag([1.0, 1.0, 1e-3, 1e-3]) @ turn.T
    return (matrix + matrix.T) / 2


def worst() -> Draw:
    """The dense matrix, of many, that its own diagonal makes worst."""
    rng = np.random.default_rng(1)
    found = [_point(_flat(rng)) for _ in range(TRIES)]
    return max(found, key=lambda point: point.value / point.at[kappa])


THEOREM = InequalityClaim(
    says="Scaled by the roots of its diagonal, a positive definite matrix with q entries a row has "
    "at most q times the condition number that any scaling by a diagonal gives it.",
    bound=entries * kappa,
    derive=derive,
    draw=draw,
    draws=100,
    worst=worst,
    false_twin=kappa,
    twin_says="No diagonal is better.",
    source="[Slu69], [Hig02] Cor. 7.6 for full rows; derived here for q entries",
    assumptions=("The matrix is symmetric and positive definite.",),
)
