"""The state error of every solver that inverts by one polynomial."""

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems.circuits.transform_solver import TransformSolver
from bloqs.linear_systems.model.condition import sine_of
from bloqs.linear_systems.model.inverse import KINDS, inverse_of
from bloqs.linear_systems.model.perturbation import perturbed_inverse
from bloqs.linear_systems.model.window import Window, best_window_inverse
from estimator.symbols import epsilon
from proofs.derivation import step
from proofs.inequality import Draw, InequalityClaim
from proofs.linear_systems.random_systems import LinearSystem, random_system
from proofs.perturbed import Array

ORDER = 9
"""Of the polynomial of the worst case."""

WINDOWS = ((Window(0.3, 0.4), 0.1), (Window(0.4, 0.8), 0.01))
"""Promises, with the error asked for: programs are solved once for each."""


def derive() -> sympy.Expr:
    """Components scaled by 1 - s to 1 + s turn a vector by an angle of sine s at most.

    With weights p and 1 - p the cosine is least where the mean of the factors is (1 - s**2); the
    distance of unit vectors at that angle is what is asked for if s = epsilon sqrt(1 -
    epsilon**2 / 4).
    """
    s, p = sympy.symbols("s p", positive=True)
    mean = p * (1 + s) + (1 - p) * (1 - s)
    square = p * (1 + s) ** 2 + (1 - p) * (1 - s) ** 2
    worst = sympy.solve(sympy.numer(sympy.together(sympy.diff(mean**2 / square, p))), p)
    step("how many places attain it", len(worst), 2)
    at = next(x for x in worst if sympy.simplify(mean.subs(p, x)) != 0)
    step("weights in the worst case", at, (1 - s) / 2)
    step("square of the least cosine", (mean**2 / square).subs(p, at), 1 - s**2)
    cosine = 1 - epsilon**2 / 2
    sine = sympy.sqrt(sympy.factor(1 - cosine**2))
    step("the sine of a distance", sine**2, epsilon**2 * (1 - epsilon**2 / 4))
    return sympy.sqrt(2 - 2 * cosine)


def _point(system: LinearSystem, outputs: Array, error: float, stated: float) -> Draw:
    """Values of a polynomial in place of 1 over the singular values."""
    left, _, right = np.linalg.svd(system.matrix)
    found = right.conj().T @ (outputs * (left.conj().T @ system.vector))
    off = float(np.linalg.norm(found / np.linalg.norm(found) - system.direction))
    return Draw(at={epsilon: error}, value=off, stated=stated)


def _stated(system: LinearSystem, kind: str, error: float) -> float:
    """What a solver with exact parts says of its normalised output."""
    bloq = TransformSolver.of(
        MatrixOracle(3, 2),
        VectorOracle(3, 0),
        system.condition,
        min(system.norm, system.condition),
        error,
        kind,
        with_phases=False,
    )
    return float(bloq.state_error)


def draw(rng: Generator) -> Draw:
    """Relative, absolute and binomial polynomials, one of a window, and a perturbed identity."""
    kind = (*KINDS, "window", "perturbation")[rng.integers(len(KINDS) + 2)]
    error, condition = float(10 ** rng.uniform(-4, -0.3)), float(rng.uniform(1.2, 12))
    size, seed = int(rng.integers(2, 6)), int(rng.integers(2**32))
    if kind == "perturbation":
        system = random_system("indefinite", size, condition, seed)
        strength = float(rng.uniform(0.01, 0.6))
        whole = np.eye(size) + strength * system.matrix
        found = perturbed_inverse(strength, sine_of(error)).polynomial
        values, basis = np.linalg.eigh(system.matrix)
        x = np.linalg.solve(whole, system.vector)
        state = basis @ (found.evaluate(values) * (basis.conj().T @ system.vector))
        off = state / np.linalg.norm(state) - x / np.linalg.norm(x)
        return Draw(at={epsilon: error}, value=float(np.linalg.norm(off)))
    if kind == "window":
        window, error = WINDOWS[rng.integers(len(WINDOWS))]
        ratio = window.upper / window.lower
        unit = random_system("general", size, ratio, seed)
        system = LinearSystem(window.upper * unit.matrix, unit.vector, 1 / window.lower)
        inside = best_window_inverse(window, system.norm, sine_of(error))
        values = np.linalg.svd(system.matrix, compute_uv=False)
        return _point(system, inside.polynomial.evaluate(values), error, error)
    system = random_system("general", size, condition, seed)
    values = np.linalg.svd(system.matrix, compute_uv=False)
    polynomial = inverse_of(kind, condition, sine_of(error)).bounded()
    return _point(system, polynomial.evaluate(values), error, _stated(system, kind, error))


def worst() -> Draw:
    """Singular values at neighbouring extremes of the residual, weighted as in the derivation."""
    condition = 3.0
    s = 1 / np.cosh(ORDER * np.log((condition + 1) / (condition - 1)))
    error = float(np.sqrt(2 - 2 * np.sqrt(1 - s**2)) * (1 + 1e-9))
    least = 1 / condition**2
    place = np.sqrt((1 + least - (1 - least) * np.cos(np.pi / ORDER)) / 2)
    values = np.array([place, 1 / condition])
    polynomial = inverse_of("relative", condition, sine_of(error)).bounded()
    factors = values * polynomial.evaluate(values)
    larger = factors / factors.sum()  # of the solution, square of the other's component
    x = np.sqrt(larger[::-1])
    vector = values * x
    system = LinearSystem(np.diag(values), vector / np.linalg.norm(vector), condition)
    return _point(system, polynomial.evaluate(values), error, _stated(system, "relative", error))


THEOREM = InequalityClaim(
    says="Every solver that inverts by one polynomial - relative, absolute, binomial, in a window "
    "or of a perturbed identity - leaves a normalised state within epsilon of the solution, as its "
    "polynomial errs by epsilon sqrt(1 - epsilon**2 / 4) in relative terms.",
    bound=epsilon,
    derive=derive,
    draw=draw,
    draws=100,
    worst=worst,
    false_twin=epsilon / 2,
    twin_says="Half of it: the mean of the errors scales the state and turns nothing.",
    source="ours",
)
