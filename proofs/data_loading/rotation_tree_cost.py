"""A vector loaded by a tree of looked-up angles, one addition a level."""

import sympy

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_tree import RotationTree
from estimator.symbols import b, n
from proofs.claim import Measurement
from proofs.counting import counted
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """Level l looks up one of 2**l angles and takes it away again, and adds it once.

    A lookup of L >= 2 entries costs L - 2 ANDs and one of a single entry none, an addition of b
    bits b - 1: a carry into every bit but the lowest.
    """
    k = sympy.Symbol("k", integer=True, positive=True)
    lookups = 2**k - 2 * k
    step("the first level looks nothing up", lookups.subs(k, 1))
    step("one level more", lookups + (2**k - 2), lookups.subs(k, k + 1))
    additions = n * (b - 1)
    step("one addition a level", additions.subs(n, n + 1) - additions, b - 1)
    return 2 * lookups.subs(k, n) + additions


def measure(n: int, b: int) -> Measurement:
    """Toffoli-like gates of the circuit for the vector 1, ..., 2**n."""
    row = tuple(float(x) for x in range(1, 2**n + 1))
    return counted(RotationTree((row,), 0, n, b, QROMLoader(), Rotation.PHASE_GRADIENT))


THEOREM = Theorem(
    says="Loading a vector of 2**n entries with b-bit angles by unary iteration and phase-gradient "
    "additions uses 2 * 2**n + n (b - 5) Toffoli gates.",
    relation="==",
    value=2 * 2**n + n * (b - 5),
    derive=derive,
    measure=measure,
    instances=tuple({n: size[0], b: size[1]} for size in ((1, 4), (2, 4), (3, 5), (4, 4), (5, 6))),
    false_twin=2**n + n * (b - 3),
    twin_says="Angles need not be taken away again.",
    source="[RHGPR25] Lem. D.1 for the tree; the count is ours, with the adder of [Gid18] Fig. 1",
)
