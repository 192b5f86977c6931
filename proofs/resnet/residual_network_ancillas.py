"""Ancillas of residual blocks inside each other, counted among the qubits of their circuit."""

import sympy
from attrs import evolve

from bloqs.resnet.model.block_plan import Variant
from bloqs.resnet.symbols import blocks
from estimator.symbols import a_0, a_1, n
from proofs.claim import Measurement
from proofs.counting import ancillas
from proofs.resnet.doubled_ancillas import after_blocks
from proofs.resnet.nested_blocks import nested, stated_ancillas
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """A block holds the vector and the weights once for itself and once in its diagonal.

    The diagonal's copy of the image is n qubits and its flags. Three more qubits are the sign of
    the activation's polynomial, the flag of the sum and the sign of the normalisation. A first
    order recursion with factor 2 is solved by what it leaves unchanged.
    """
    a = sympy.Symbol("a", integer=True, nonnegative=True)
    image, diagonal = a + a_1, n + a + a_1
    after = image + diagonal + 3
    return after_blocks(after, a, 3)


def measure(k: int, n: int, a_0: int, a_1: int) -> Measurement:
    """Qubits that the circuit touches, less those of the vector; and the library's formula."""
    run = ancillas(nested(k, n, a_0, a_1, erf_degree=3, sign_degree=1).nested)
    return evolve(run, stated=stated_ancillas(k, n, a_0, a_1, Variant.TIGHT))


THEOREM = Theorem(
    says="k residual blocks with weights of b ancillas, on an input of n qubits and a ancillas, "
    "have 2**k a + (2**k - 1) (2 b + n + 3).",
    relation="==",
    value=2**blocks * a_0 + (2**blocks - 1) * (2 * a_1 + n + 3),
    derive=derive,
    measure=measure,
    instances=tuple(
        {blocks: k, n: size, a_0: input_own, a_1: own}
        for k, size, input_own, own in (
            (1, 2, 2, 1),
            (2, 1, 2, 1),
            (3, 1, 0, 1),
        )
    ),
    false_twin=a_0 + blocks * (2 * a_1 + n + 3),
    twin_says="Ancillas of a block are added to those of the one before, which is held only once.",
    source="[RHGPR25] Lem. 7, which needs 9 in place of 3 and drops what is subtracted",
)
