"""Loading a data point by a read-only memory made of gates."""

import sympy

from bloqs.data_loading.loaders import QROMLoader
from bloqs.ntk.symbols import bits, d, n
from proofs.claim import Measurement
from proofs.counting import counted
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """An AND for every point but two; entries are copied by CNOTs."""
    a = sympy.Symbol("a", positive=True)
    step("ANDs of a tree over the address", (2 * 2 ** (a - 1) - 2).subs(a, sympy.log(n, 2)), n - 2)
    return n - 2


def measure(n: int, d: int, b: int) -> Measurement:
    """Toffoli gates of one load of d entries of b bits."""
    address = (n - 1).bit_length()
    return counted(QROMLoader().lookup((1,) * n, address, d * b))


THEOREM = GrowthClaim(
    says="Loading one of n data points by QROM takes Theta(n) Toffoli gates, however short they "
    "are: no logarithm is left.",
    cost=cost,
    relation="Theta",
    function=n,
    regime="n->oo",
    measure=measure,
    instances=tuple({n: size, d: 2, bits: 4} for size in (16, 64, 256)),
    least=0.8,
    most=1.0,
    false_twin=sympy.log(n),
    twin_says="As deep as a memory is in hardware of its own.",
    source="[BGBWMPFN18] Fig. 10; [ZNL21] its authors' programs, for the loads",
)
