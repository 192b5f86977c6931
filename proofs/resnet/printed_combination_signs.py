"""Printed: a linear combination by roots of its weights, prepared and unprepared."""

import numpy as np

from proofs.claim import Measurement
from proofs.erratum import Erratum


def observe(first: complex, second: complex) -> Measurement:
    """Coefficient of Z in what U_b' SELECT U_b encodes, for the identity and Z, |b| = 1 each.

    U_b prepares the roots of the weights, U_b' is its inverse.
    """
    root = np.sqrt(np.array([first, second], dtype=complex)) / np.sqrt(2)
    U_b = np.array([[root[0], -root[1].conj()], [root[1], root[0].conj()]])
    identity, Z = np.eye(2), np.diag([1.0, -1.0])
    select = np.kron(np.diag([1, 0]), identity) + np.kron(np.diag([0, 1]), Z)
    prepare = np.kron(U_b, identity)
    encoded = 2 * (prepare.conj().T @ select @ prepare)[:2, :2]
    return Measurement(value=float((np.trace(encoded @ Z) / 2).real))


ERRATUM = Erratum(
    says="With sqrt(b_j) prepared and unprepared around the choice of U_j, the circuit encodes "
    "sum b_j U_j.",
    corrected_says="It encodes sum |b_j| U_j; the phase of b_j belongs in the choice of U_j.",
    see="encodings.linear_combination_operator",
    relation="==",
    observe=observe,
    printed=lambda first, second: float(np.real(second)),
    corrected=lambda first, second: abs(second),
    instances=({"first": 1.0, "second": -1.0}, {"first": 1.0, "second": 1.0j}),
    twin_says="The sum with moduli is what is printed.",
    source="[RHGPR25] Lem. B.5",
)
