"""How many bits a loss can depend on: the bound that limits both kinds of messages."""

from itertools import product

import numpy as np
import sympy

from bloqs.communication.model.evaluate import loss
from bloqs.communication.model.inner_product import inner_product_model, string_length
from bloqs.communication.symbols import L, n
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """n - 1 bits a layer; and what an exact protocol of q qubits could tell."""
    l = sympy.Symbol("l", integer=True, positive=True)
    bits = sympy.summation(n - 1, (l, 1, L))
    q = sympy.Symbol("q", positive=True)
    one_way, back = sympy.symbols("one_way back", positive=True)
    step("forwards and backwards, as many go either way", one_way + back - (back + one_way))
    told = 2 * q  # Holevo's bound with entanglement, q qubits from Alice to Bob in all
    least = sympy.solve(sympy.Eq(told, bits), q)[0]
    step("half of the bits", least, bits / 2)
    return sympy.expand(bits)


def measure(n: int, L: int) -> Measurement:
    """Logarithm of the rank of the losses over all strings of both parties."""
    m = string_length(n, L)
    strings = [*product((0, 1), repeat=m)]
    table = [[loss(inner_product_model(n, a, b)) for b in strings] for a in strings]
    return Measurement(value=float(np.log2(np.linalg.matrix_rank(np.array(table)))), stated=m)


THEOREM = Theorem(
    says="Losses of L layers on n qubits, from L = 1 on, have a table of rank 2**((n - 1) L) over "
    "strings of both parties, the inner product's; so every exact protocol sends at least "
    "(n - 1) L/2 qubits, entangled or not.",
    relation="==",
    value=(n - 1) * L,
    derive=derive,
    measure=measure,
    instances=({n: 2, L: 1}, {n: 2, L: 3}, {n: 4, L: 1}, {n: 3, L: 2}),
    false_twin=n * L,
    twin_says="All qubits hold bits; qubit 0 adds up.",
    source="[CDNT98] the inner product; derived",
    tolerance=1e-9,
)
