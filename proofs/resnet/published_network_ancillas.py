"""Ancillas of published blocks inside each other stay below what is printed."""

import sympy
from attrs import evolve

from bloqs.resnet.model.block_plan import Variant
from bloqs.resnet.symbols import blocks
from estimator.symbols import a_0, a_1, n
from proofs.claim import Measurement
from proofs.counting import ancillas
from proofs.derivation import step
from proofs.resnet.doubled_ancillas import after_blocks
from proofs.resnet.nested_blocks import nested, stated_ancillas
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """The parts of a sum run one after the other, so its wider branch counts.

    The skip path is the vector and the flag that de-amplifies it; the activation is the image of
    the vector under the weights and its diagonal, which has n qubits, two flags and the image's
    own, and the sign of its transform. The flag of the sum and the sign of the normalisation
    follow. A first-order recursion with factor 2 is solved by what it leaves unchanged.
    """
    a = sympy.Symbol("a", integer=True, nonnegative=True)
    skip, image = a + 1, a + a_1
    activation = image + (n + image + 2) + 1
    step("the activation is the wider branch", sympy.Max(skip, activation), activation)
    after = activation + 1 + 1
    return after_blocks(after, a, 5)


def measure(k: int, n: int, a_0: int, a_1: int) -> Measurement:
    """Qubits that the circuit touches, less those of the vector; and the library's formula."""
    network = nested(k, n, a_0, a_1, erf_degree=3, sign_degree=1, variant=Variant.PUBLISHED)
    run = ancillas(network.nested)
    return evolve(run, stated=stated_ancillas(k, n, a_0, a_1, Variant.PUBLISHED))


THEOREM = Theorem(
    says="k published residual blocks with weights of b ancillas, on an input of n qubits and a "
    "ancillas, need at most 2**k (a + 2 b + n + 9).",
    relation="<=",
    value=2**blocks * (a_0 + 2 * a_1 + n + 9),
    derive=derive,
    measure=measure,
    instances=tuple(
        {blocks: k, n: size, a_0: input_own, a_1: own}
        for k, size, input_own, own in ((1, 1, 0, 1), (1, 2, 2, 1), (2, 1, 2, 1))
    ),
    false_twin=2**blocks * (a_0 + 2 * a_1 + n),
    twin_says="The flags of the two transforms and of the sum are not counted.",
    source="[RHGPR25] Lem. 7, for the circuits of `ResidualBlock`",
)
