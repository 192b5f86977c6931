"""Ancillas of a sum of encoded vectors, counted among the qubits of its circuit."""

import sympy

from bloqs.encodings.vector_sum import VectorSum
from estimator.symbols import a_0, a_1
from proofs.claim import Measurement
from proofs.counting import ancillas
from proofs.derivation import bound, step
from proofs.leaves import VectorLeaf
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """The two parts never run on the same amplitude, so one register serves both.

    It must hold the ancillas of either, no more; the flag that tells the parts apart must not be
    among them, since where it is one the other part has left garbage there.
    """
    larger = sympy.symbols("larger", integer=True, nonnegative=True)  # by how much one is larger
    cases = {"first": (a_0 + larger, a_0), "second": (a_1, a_1 + larger)}
    for larger_one, (first, second) in cases.items():
        shared = sympy.Max(first, second)
        bound(f"if the {larger_one} needs more, it holds the ancillas of the first", first, shared)
        bound(f"and of the second, if the {larger_one} needs more", second, shared)
        step(f"and the {larger_one} fills it", (shared - first) * (shared - second))
    return sympy.Max(a_0, a_1) + 1


def measure(a_0: int, a_1: int) -> Measurement:
    """Qubits of the circuit beyond those of the vector."""
    return ancillas(VectorSum(VectorLeaf(1, 1, a_0), VectorLeaf(2, 1, a_1), 0.5, 0.25))


THEOREM = Theorem(
    says="The sum of two vectors encoded with a_0 and a_1 ancillas has max(a_0, a_1) + 1.",
    relation="==",
    value=sympy.Max(a_0, a_1) + 1,
    derive=derive,
    measure=measure,
    instances=({a_0: 1, a_1: 1}, {a_0: 1, a_1: 3}, {a_0: 3, a_1: 2}),
    false_twin=a_0 + a_1 + 1,
    twin_says="Each part keeps ancillas of its own, as in the last line of the published proof.",
    source="[RHGPR25] Lem. 1",
)
