"""Taking a looked-up entry away by measurement costs about twice the root of the table's size."""

import sympy

from bloqs.data_loading.measured_unload import MeasuredUnload
from estimator.symbols import a
from proofs.claim import Measurement
from proofs.counting import counted
from proofs.derivation import step
from proofs.theorem import Theorem

HALF = sympy.floor(a / 2)


def derive() -> sympy.Expr:
    """One-hot wires for the low half of the address, unary iteration over the high half.

    The first bit and its complement are two wires for nothing; every bit more doubles the wires
    with one AND for each, the other half by CNOT.
    """
    k, x = sympy.symbols("k x", integer=True, positive=True)
    wires = 2**k - 2
    step("one bit needs no AND", wires.subs(k, 1))
    step("one bit more, an AND for every wire", wires + 2**k, wires.subs(k, k + 1))
    nodes = x - 1
    step("one leaf has no inner node", nodes.subs(x, 1))
    step("doubling the leaves joins two trees", 2 * nodes + 1, nodes.subs(x, 2 * x))
    return wires.subs(k, HALF) + nodes.subs(x, 2 ** (a - HALF)) - 1


def measure(a: int) -> Measurement:
    """ANDs of one unload of a table of ones."""
    return counted(MeasuredUnload((1,) * 2**a, a, 1))


THEOREM = Theorem(
    says="Unloading an entry of 2**a by measurement uses 2**(a - h) + 2**h - 4 Toffoli gates with "
    "h = floor(a / 2), whatever its width.",
    relation="==",
    value=2 ** (a - HALF) + 2**HALF - 4,
    derive=derive,
    measure=measure,
    instances=tuple({a: size} for size in (2, 3, 4, 5, 6)),
    false_twin=2 ** (a - HALF) + 2**HALF - 2,
    twin_says="The first bit's two wires and the root of the iteration cost an AND each.",
    assumptions=("a is at least 2.",),
    source="[BGMMB19] App. C",
)
