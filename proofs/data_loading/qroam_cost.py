"""QROAM: rows of a table by unary iteration, the entry within a row by swaps."""

import sympy

from bloqs.data_loading.qroam_clean import QROAMClean
from estimator.symbols import a, b, beta
from proofs.claim import Measurement
from proofs.counting import counted
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """Iteration over the rows costs an AND for every inner node of their tree but the root.

    The swaps of one address bit halve the entries that can still be wanted: with 2**k of them
    left there are 2**(k - 1) exchanges of entries, each of b bits.
    """
    x, k = sympy.symbols("x k", integer=True, positive=True)
    rows = 2 ** (a - beta)
    nodes = x - 1
    step("one row has no inner node", nodes.subs(x, 1))
    step("doubling the rows joins two trees", 2 * nodes + 1, nodes.subs(x, 2 * x))
    exchanges = 2**k - 1
    step("one entry needs no exchange", exchanges.subs(k, 0))
    step("twice the entries", 2**k + exchanges, exchanges.subs(k, k + 1))
    return nodes.subs(x, rows) - 1 + b * exchanges.subs(k, beta)


def measure(a: int, b: int, beta: int) -> Measurement:
    """ANDs and controlled swaps of one load."""
    return counted(QROAMClean((1,) * 2**a, a, b, beta))


THEOREM = Theorem(
    says="A QROAM load of 2**a entries of b bits in rows of 2**beta uses 2**(a - beta) - 2 ANDs "
    "and b (2**beta - 1) controlled swaps.",
    relation="==",
    value=2 ** (a - beta) - 2 + b * (2**beta - 1),
    derive=derive,
    measure=measure,
    instances=tuple(
        {a: size[0], b: size[1], beta: size[2]}
        for size in ((2, 1, 1), (3, 2, 1), (4, 3, 1), (4, 2, 2), (5, 1, 3))
    ),
    false_twin=2 ** (a - beta) - 2 + (2**beta - 1),
    twin_says="An entry is exchanged by one controlled swap, however wide it is.",
    source="[BGMMB19] App. B",
)
