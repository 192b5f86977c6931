"""Printed beside a figure: of the data and of the parameters logarithms count alone."""

import sympy

from bloqs.communication.model.outline import alternating
from bloqs.communication.model.tomography import TomographyCost
from bloqs.communication.symbols import N, P
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim

LAYERS, ERROR = 2, 0.1
"""Layers of the figure, and the error of each gradient, which do not grow."""


def cost() -> sympy.Expr:
    """Copies of one block's state by threshold search, times qubits sent for a copy of each."""
    l, n, m = sympy.symbols("l n m", integer=True, positive=True)
    forwards = sympy.summation((2 * l - 1) * n, (m, 1, 2 * l))
    back = sympy.summation((2 * l - m) * (n + 1), (m, 1, 2 * l))
    sent = l * (2 * l - 1) * (3 * n + 1)
    step("a state of each block, there and back", sympy.factor(forwards + back), sent)
    whole = sent.subs({l: LAYERS, n: sympy.log(N) / sympy.log(2)})
    searches = sympy.floor(1600 * sympy.log(2 * N)) + 1
    failure = sympy.log(20 * searches)
    return sympy.expand(whole * searches * (sympy.log(2 * P) ** 2 + failure) * failure * 6400)


def measure(N: float, P: int) -> Measurement:
    """Qubits for the states of all blocks, by the library's counts, at a constant of 1."""
    known = TomographyCost(entries=N, parameters=P, epsilon=ERROR, delta=0.05)
    outline = alternating(int(N).bit_length() - 1, LAYERS, P, 1)
    copy = outline.block_states("uncontrolled").qubits
    return Measurement(value=float(known.copies_for(1.0)) * float(copy))


THEOREM = GrowthClaim(
    says="All gradients of two layers within a fixed error take, by shadow tomography of every "
    "block and up to the constant of threshold search, Theta(log(N)**2 (log(P)**2 + l) l) qubits "
    "with l = log(log(N)): powers of logarithms of the sizes of data and of blocks.",
    cost=cost,
    relation="Theta",
    function=sympy.log(N) ** 2
    * (sympy.log(P) ** 2 + sympy.log(sympy.log(N)))
    * sympy.log(sympy.log(N)),
    regime="N->oo, P->oo",
    measure=measure,
    instances=tuple(
        {N: 2.0**size, P: many} for size, many in ((10, 10**3), (100, 10**6), (900, 10**12))
    ),
    least=5e8,
    most=4e9,
    false_twin=sympy.log(N) * sympy.log(P) ** 2,
    twin_says="The qubits of a copy, or the searches, do not grow with the data.",
    source="[GMSM24] Figure 2; [BO21] threshold search; derived",
    assumptions=("The error is that of each gradient, and all copies of a block are stored.",),
)
