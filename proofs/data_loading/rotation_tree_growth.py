"""Loading a vector without QRAM takes as many gates as it has entries."""

import sympy

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_tree import RotationTree
from estimator.symbols import b, n
from proofs.claim import Measurement
from proofs.counting import counted
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """Level l looks one of 2**l angles up and takes it away, 2**l - 2 ANDs each, and adds it."""
    k = sympy.Symbol("k", integer=True, positive=True)
    lookups = 2**k - 2 * k
    step("the first level looks nothing up", lookups.subs(k, 1))
    step("one level more", lookups + (2**k - 2), lookups.subs(k, k + 1))
    return 2 * lookups.subs(k, n) + n * (b - 1)


def measure(n: int, b: int) -> Measurement:
    """Toffoli-like gates of the circuit for the vector 1, ..., 2**n."""
    row = tuple(float(x) for x in range(1, 2**n + 1))
    return counted(RotationTree((row,), 0, n, b, QROMLoader(), Rotation.PHASE_GRADIENT))


THEOREM = GrowthClaim(
    says="Loading a vector of 2**n entries by unary iteration takes Theta(2**n) Toffoli gates for "
    "angles of a fixed number of bits.",
    cost=cost,
    relation="Theta",
    function=2**n,
    regime="n->oo, b>=4",
    measure=measure,
    instances=tuple({n: size, b: 6} for size in (1, 2, 3, 5, 6, 8)),
    least=2.0,
    most=4.0,
    false_twin=n * 2**n,
    twin_says="Every level costs as much as the last one.",
    source="[RHGPR25] Sec. 4.1.2 for the O(N) of a load; the count is ours",
)
