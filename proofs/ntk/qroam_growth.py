"""Loading a data point by a read-only memory in blocks."""

from math import log2

import sympy

from bloqs.data_loading.qroam_clean import QROAMClean
from bloqs.ntk.symbols import bits, d, n
from proofs.claim import Measurement
from proofs.counting import counted
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """An AND for every row but two, and d b exchanges for every point of a row but one."""
    points = sympy.Symbol("points", positive=True)
    total = n / points - 2 + d * bits * (points - 1)
    best = sympy.sqrt(n / (d * bits))
    step("rows are best where", sympy.diff(total, points).subs(points, best))
    least = total.subs(points, best)
    step("there", least, 2 * sympy.sqrt(n * d * bits) - d * bits - 2)
    return least


def measure(n: int, d: int, b: int) -> Measurement:
    """Toffoli gates of one load in rows of the power of two nearest to the best."""
    address = (n - 1).bit_length()
    return counted(QROAMClean((1,) * n, address, d * b, round(log2(n / (d * b)) / 2)))


THEOREM = GrowthClaim(
    says="Loading one of n data points of d entries of b bits by QROAM takes "
    "Theta(sqrt(n d b)) Toffoli gates: nothing is gained for fewer than d b points.",
    cost=cost,
    relation="Theta",
    function=sympy.sqrt(n * d * bits),
    regime="n->oo, d const, b const",
    measure=measure,
    instances=tuple({n: size, d: 2, bits: 2} for size in (64, 256, 1024)),
    least=1.4,
    most=2.0,
    false_twin=n ** sympy.Rational(1, 3),
    twin_says="Rows and swaps can be balanced down to a third of the bits.",
    source="[BGMMB19] App. B; [ZNL21] its authors' programs, for the loads",
)
