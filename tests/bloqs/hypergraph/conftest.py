"""Random sentences, and their meaning by Kronecker products, which the product never uses."""

import functools

import numpy as np
import pytest

from bloqs.hypergraph.model.field import multiply, trace
from bloqs.hypergraph.model.tokens import (
    FlipToken,
    IdleToken,
    PauliToken,
    WriteToken,
)

PAULI = {"X": np.array([[0, 1], [1, 0]]), "Y": np.array([[0, -1j], [1j, 0]]), "Z": np.diag([1, -1])}


def kron(factors):
    """Matrices of qubits 0, 1, ..., qubit 0 the least significant bit."""
    return functools.reduce(lambda old, new: np.kron(new, old), factors)


def matrix(token, n, m):
    """The unitary of a token, or the observable that it reads."""
    size = n * m
    if isinstance(token, IdleToken):
        return np.eye(2**size)
    if isinstance(token, PauliToken):
        factors = [np.eye(2)] * size
        for (mode, bit), letter in token.letters:
            factors[mode * m + bit] = PAULI[letter]
        return kron(factors)
    if isinstance(token, WriteToken):
        found = []
        for x in range(2**size):
            value = token.weight
            for mode in token.edge:
                value = multiply(value, x >> (mode * m) & (2**m - 1), m)
            sign = (-1) ** trace(value, m)
            found.append(sign if token.angle is None else np.exp(1j * token.angle * value))
        return np.diag(found)
    controls = token.controls if isinstance(token, FlipToken) else token.rest
    target = token.target if isinstance(token, FlipToken) else token.center
    on = [np.eye(2)] * size
    for mode, bit in controls:
        on[mode * m + bit] = np.diag([0, 1])
    factors = [np.eye(2)] * size
    factors[target[0] * m + target[1]] = PAULI["X"]
    flip = kron(factors)
    if isinstance(token, FlipToken):
        return kron(on) @ flip + np.eye(2**size) - kron(on)
    return flip @ (np.eye(2**size) - 2 * kron(on))


def dense_run(sentence, record):
    """(probability, state not normalised) of a record."""
    state = np.full(2**sentence.qubits, 2 ** (-sentence.qubits / 2), dtype=complex)
    for token, said in zip(sentence.tokens, record, strict=True):
        moved = matrix(token, sentence.modes, sentence.field_bits) @ state
        state = moved if said == "." else (state + (1 - 2 * int(said)) * moved) / 2
    return np.vdot(state, state).real, state


@pytest.fixture
def dense():
    return dense_run


@pytest.fixture
def random_text():
    """Maker of random sentences as text: (generator, n, k, length, q, letters) -> text."""

    def make(random, n, k, length, q=2, angles=False):
        bits = q.bit_length() - 1

        def place(mode):
            return f"{mode}.{random.integers(bits)}" if q > 2 else str(mode)

        parts = []
        for _ in range(length):
            some = [int(v) for v in random.permutation(n)]
            size = int(random.integers(1, k + 1))
            edge = ",".join(map(str, some[:size]))
            kind = random.integers(9)
            if kind < 3:
                parts.append(f"W({edge}:{random.integers(q)})" if q > 2 else f"W({edge})")
            elif kind == 3:
                parts.append(f"W({edge};{random.normal()!r})" if angles else "I")
            elif kind == 4:
                letters = [f"{random.choice(list('XYZ'))}{place(v)}" for v in some[:4]]
                parts.append(f"MP({'*'.join(letters[: 1 + int(random.integers(4))])})")
            elif kind == 5:
                parts.append(f"M{random.choice(list('XZ'))}({place(some[0])})")
            elif kind == 6:
                rest = ",".join(place(v) for v in some[1 : max(2, k)])
                parts.append(f"MK({place(some[0])};{rest})")
            elif kind == 7:
                parts.append(f"CX({place(some[0])},{place(some[1])})")
            elif n > 2:
                parts.append(f"CCX({place(some[0])},{place(some[1])},{place(some[2])})")
        return " ".join(parts) or "I"

    return make
