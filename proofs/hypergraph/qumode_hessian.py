"""Theorem G: the quadratic loss of a qumode is as well conditioned as can be."""

from itertools import combinations

import numpy as np
import sympy

from bloqs.hypergraph.model.sentence_loss import qumode_loss
from bloqs.hypergraph.symbols import k, spread
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """Twice the second moment of a product of k - 1 independent normal q."""
    q = sympy.Symbol("q", real=True)
    density = sympy.exp(-(q**2) / (2 * spread**2)) / (sympy.sqrt(2 * sympy.pi) * spread)
    whole = (q, -sympy.oo, sympy.oo)
    step("odd moments vanish, so different edges do not mix", sympy.integrate(q * density, whole))
    second = sympy.integrate(q**2 * density, whole)
    step("the second moment of a q", second, spread**2)
    return 2 * second ** (k - 1)


def measure(k: int, sigma: float) -> Measurement:
    """By Gauss-Hermite quadrature of squares of sums over all edges at a mode, k + 1 modes."""
    edges = list(combinations(range(k), k - 1))
    nodes, weights = np.polynomial.hermite_e.hermegauss(4)
    q = sigma * np.array(np.meshgrid(*[nodes] * k)).reshape(k, -1)
    mass = np.prod(np.meshgrid(*[weights / weights.sum()] * k), axis=0).ravel()
    products = np.array([np.prod(q[list(edge)], axis=0) for edge in edges])
    hessian = 2 * (mass * products) @ products.T
    off = hessian - np.diag(np.diag(hessian))
    value = float(hessian[0, 0]) if np.allclose(off, 0) else float("nan")
    away, here = (qumode_loss([d], [k], sigma, 1 / (2 * sigma)) for d in (1.0, 0.0))
    return Measurement(value=value, stated=2 * (away - here))


THEOREM = Theorem(
    says="The mean square of the nullifier of v has the Hessian 2 sigma**(2 (k - 1)) times one on "
    "the edges of k modes at v: convex, of condition number 1.",
    relation="==",
    value=2 * spread ** (2 * (k - 1)),
    derive=derive,
    measure=measure,
    instances=({k: 2, spread: 0.5}, {k: 3, spread: 1.5}, {k: 4, spread: 1.25}),
    false_twin=2 * k * spread ** (2 * (k - 1)),
    twin_says="Each edge is at k modes, which one nullifier would see.",
    source="ours; derived",
    assumptions=("Positions are independent and normal, of equal spread sigma.",),
    tolerance=1e-9,
)
