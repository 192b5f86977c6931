"""A QROAM load in rows of about the root of the table's size costs that root."""

import sympy

from bloqs.data_loading.qroam_clean import QROAMClean
from estimator.symbols import a, b, beta
from proofs.claim import Measurement
from proofs.counting import counted
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """An AND for every row but two, and b exchanges for every entry of a row but one."""
    rows, entries = 2 ** (a - beta), 2**beta
    step("rows times entries are the table", rows * entries, 2**a)
    return rows - 2 + b * (entries - 1)


def measure(a: int, b: int) -> Measurement:
    """ANDs and controlled swaps of one load in rows of 2**ceil(a / 2)."""
    return counted(QROAMClean((1,) * 2**a, a, b, (a + 1) // 2))


THEOREM = GrowthClaim(
    says="A QROAM load of 2**a entries in rows of 2**ceil(a / 2) takes Theta(2**(a / 2)) Toffoli "
    "gates for entries of a fixed number of bits.",
    cost=cost,
    relation="Theta",
    function=2 ** (a / 2),
    regime="a->oo, b>=1, beta=ceiling(a/2)",
    measure=measure,
    instances=tuple({a: size, b: 2} for size in (3, 5, 6, 8, 9)),
    least=1.5,
    most=4.0,
    false_twin=2 ** (a / 3),
    twin_says="Rows and swaps can be balanced down to a third of the bits.",
    source="[BGMMB19] App. B",
)
