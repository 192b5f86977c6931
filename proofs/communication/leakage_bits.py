"""Bits that copies of a state tell at most."""

import math

import numpy as np
import sympy

from bloqs.communication.model.leakage import leaked_bits
from bloqs.communication.symbols import N, k
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """The symmetric subspace has a dimension for each multiset: with the last entry, or without."""
    d = sympy.binomial(N + k - 1, k)
    without, with_one = d.subs(N, N - 1), d.subs(k, k - 1)
    step("the last entry is in a multiset or is not", sympy.combsimp(d - without - with_one))
    step("one copy", sympy.expand_func(d.subs(k, 1)), N)
    return sympy.log(d) / sympy.log(2)


def measure(N: int, k: int) -> Measurement:
    """Logarithm of the rank of many random products of k equal states."""
    rng, products = np.random.default_rng(N + k), []
    for _ in range(2 * math.comb(N + k - 1, k) + 5):
        state = rng.normal(size=N)
        product: np.ndarray = np.ones(1)
        for _ in range(k):
            product = np.kron(product, state)
        products.append(product / np.linalg.norm(product))
    rank = int(np.linalg.matrix_rank(np.array(products), tol=1e-9))
    return Measurement(value=math.log2(rank), stated=leaked_bits(N, k))


THEOREM = Theorem(
    says="From k copies of a state of N entries nobody learns more than log2 C(N + k - 1, k) bits.",
    relation="==",
    value=sympy.log(sympy.binomial(N + k - 1, k)) / sympy.log(2),
    derive=derive,
    measure=measure,
    instances=({N: 2, k: 1}, {N: 2, k: 5}, {N: 4, k: 3}, {N: 3, k: 4}),
    false_twin=k * sympy.log(N) / sympy.log(2),
    twin_says="Copies tell as much as independent states.",
    source="[GMSM24] abstract, privacy; derived from Holevo's bound",
    tolerance=1e-9,
)
