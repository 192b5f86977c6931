"""A cell takes constant time, however many modes there are."""

import sympy

from bloqs.hypergraph.circuits.cell import HRNNCell
from bloqs.hypergraph.symbols import n
from estimator.costs.counted import flat_depth
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim

ORDER = 4
"""Modes of the edge whose stabilizer is read."""


def cost() -> sympy.Expr:
    """H, a CNOT onto the mode of X, the sign on the ancilla and k - 1 modes, H.

    The sign is a ladder of k - 2 ANDs, one after another, and a CZ; uncomputing is free.
    """
    k = sympy.Symbol("k", integer=True, positive=True)
    turns, ladder = 2, (k - 2) + 1
    step("one after another", turns + 1 + ladder, k + 2)
    return (k + 2).subs(k, ORDER)


def measure(n: int) -> Measurement:
    """Layers of the circuit of such a read."""
    cell = HRNNCell(n, "MK", (n - 1, 0, 1, n // 2))
    return Measurement(value=float(flat_depth(cell)), qubits=n, fidelity="counted")


THEOREM = GrowthClaim(
    says="A cell that reads the stabilizer of one edge takes Theta(1) layers of gates in the "
    "number of modes n, here for k = 4: constant time where any modes can meet in a gate.",
    assumptions=(
        "Which modes a token names is classical control.",
        "Gates act between any two modes.",
        "Measuring, and uncomputing ANDs by it, counts as no layer.",
    ),
    cost=cost,
    relation="Theta",
    function=sympy.Integer(1),
    regime="n->oo",
    measure=measure,
    instances=tuple({n: size} for size in (5, 20, 200)),
    least=6.0,
    most=6.0,
    false_twin=sympy.log(n),
    twin_says="A tree over the modes is climbed to those that are read.",
    source="[AG26] abstract of the first version; derived",
)
