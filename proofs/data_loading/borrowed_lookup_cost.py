"""A lookup through borrowed qubits runs everything twice, so that what they held cancels."""

import sympy

from bloqs.data_loading.select_swap import SelectSwap
from estimator.symbols import a, b, beta
from proofs.claim import Measurement
from proofs.counting import counted
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """Rows twice; swaps there and back, and both again without the rows.

    The borrowed qubits hold g. Each round XORs the row onto them, swaps, copies the front and
    swaps back; the rows cancel in pairs, and the copies are entry XOR g and g.
    """
    entry, g, k = sympy.symbols("entry g k", integer=True)
    with_rows, without = (entry + g) % 2, g % 2
    for values in ((u, v) for u in (0, 1) for v in (0, 1)):
        both = (with_rows + without).subs({entry: values[0], g: values[1]}) % 2
        step(f"two copies of {values} leave the entry", both, values[0])
    rows = 2 ** (a - beta)
    exchanges = 2**k - 1
    step("one entry needs no exchange", exchanges.subs(k, 0))
    step("twice the entries", 2**k + exchanges, exchanges.subs(k, k + 1))
    iteration, swaps = rows - 2, b * exchanges.subs(k, beta)
    step("two rounds", 2 * (iteration + 2 * swaps), 2 * iteration + 4 * swaps)
    return 2 * iteration + 4 * swaps


def measure(a: int, b: int, beta: int) -> Measurement:
    """ANDs and controlled swaps of one lookup."""
    return counted(SelectSwap((1,) * 2**a, a, b, beta))


THEOREM = Theorem(
    says="A lookup of 2**a entries of b bits through b 2**beta borrowed qubits uses "
    "2 (2**(a - beta) - 2) ANDs and 4 b (2**beta - 1) controlled swaps.",
    relation="==",
    value=2 * (2 ** (a - beta) - 2) + 4 * b * (2**beta - 1),
    derive=derive,
    measure=measure,
    instances=tuple(
        {a: size[0], b: size[1], beta: size[2]}
        for size in ((2, 1, 1), (3, 2, 1), (4, 3, 1), (4, 2, 2))
    ),
    false_twin=2 ** (a - beta) - 2 + 2 * b * (2**beta - 1),
    twin_says="One round is enough, as for qubits that are known to hold zero.",
    source="[LKS18] Fig. 1(d)",
)
