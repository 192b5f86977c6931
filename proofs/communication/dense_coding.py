"""An exact inner product in as few qubits as there can be."""

import numpy as np
import sympy

from bloqs.communication.circuits.dense_coding import DenseCoding
from bloqs.communication.model.inner_product import least_qubits
from bloqs.communication.symbols import L, n
from bloqs.messages.private import Private
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_counting
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """Each qubit of a pair takes one of four orthogonal states: two bits."""
    x, z = sympy.Matrix([[0, 1], [1, 0]]), sympy.Matrix([[1, 0], [0, -1]])
    pair = sympy.Matrix([1, 0, 0, 1]) / sympy.sqrt(2)
    states = [
        sympy.kronecker_product(x**a * z**b, sympy.eye(2)) * pair for a in (0, 1) for b in (0, 1)
    ]
    table = sympy.Matrix(4, 4, lambda i, j: (states[i].T * states[j])[0])
    step("four states of a pair, told apart", sum(abs(y) for y in table - sympy.eye(4)))
    l = sympy.Symbol("l", integer=True, positive=True)
    bits = sympy.summation(n - 1, (l, 1, L))
    step("bits of all layers", sympy.expand(bits), sympy.expand((n - 1) * L))
    return sympy.ceiling(sympy.expand(bits / 2))


def measure(n: int, L: int) -> Measurement:
    """Qubits in the flattened circuit, if it finds the inner products of random strings."""
    rng, m = np.random.default_rng(n + L), (n - 1) * L
    pairs, bad = (m + 1) // 2, 0.0
    start = np.kron(np.eye(2**pairs).ravel() / 2 ** (pairs / 2), [1.0 + 0j, 0.0])
    for _ in range(4):
        a, b = (tuple(map(int, rng.integers(0, 2, m))) for _ in range(2))
        bloq = DenseCoding(m, Private("Alice", a), Private("Bob", b))
        one = float(np.sum(np.abs(Runner.of(bloq).run(start)[1::2]) ** 2))
        bad = max(bad, abs(one - np.dot(a, b) % 2))
    sent = cost_by_counting(bloq).messages
    value = float(sent.qubits) if bad < 1e-9 and sent.messages == 1 else float("nan")
    return Measurement(value=value, stated=float(least_qubits(n, L)))


THEOREM = Theorem(
    says="With pairs from before one message of ceil((n - 1) L/2) qubits tells the inner product "
    "of strings of (n - 1) L bits for certain, so that the lower bound on exact protocols with "
    "entanglement is tight.",
    relation="==",
    value=sympy.ceiling(sympy.expand((n - 1) * L / 2)),
    derive=derive,
    measure=measure,
    instances=({n: 2, L: 1}, {n: 4, L: 1}, {n: 3, L: 3}, {n: 2, L: 5}),
    false_twin=sympy.floor(sympy.expand((n - 1) * L / 2)),
    twin_says="A last bit without a partner is free.",
    source="[CDNT98] the bound; derived",
)
