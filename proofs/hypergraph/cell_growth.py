"""A cell is of constant size, however many modes there are."""

import sympy

from bloqs.hypergraph.circuits.cell import HRNNCell
from bloqs.hypergraph.symbols import k, n
from proofs.claim import Measurement
from proofs.counting import counted
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """A ladder of ANDs over the ancilla and all but one of the other modes."""
    step("qubits of the sign, ancilla and k - 1 modes", 1 + (k - 1), k)
    step("ANDs of a sign on k qubits", k - 2, k - 2)
    return (k - 2).subs(k, 4)


def measure(n: int) -> Measurement:
    """Toffoli-like gates of a read of the stabilizer of an edge of order four."""
    return counted(HRNNCell(n, "MK", (n - 1, 0, 1, n // 2)))


THEOREM = GrowthClaim(
    says="A cell that reads the stabilizer of one edge takes Theta(1) Toffoli gates in the number "
    "of modes n: k - 2 of them, here for k = 4.",
    assumptions=("Which modes a token names is classical control.",),
    cost=cost,
    relation="Theta",
    function=sympy.Integer(1),
    regime="n->oo",
    measure=measure,
    instances=tuple({n: size} for size in (5, 20, 200)),
    least=2.0,
    most=2.0,
    false_twin=sympy.log(n),
    twin_says="A tree over the modes chooses which of them are read.",
    source="[AG26] abstract; derived",
)
