"""A lookup of L entries by unary iteration costs L - 2 ANDs, whatever their width."""

import sympy

from bloqs.data_loading.unary_iteration import UnaryIteration
from estimator.symbols import L
from proofs.counting import counted
from proofs.theorem import Measurement, Theorem, step


def derive() -> sympy.Expr:
    """Each inner node of the address tree but the root forks its control with one AND.

    A binary tree with L leaves has L - 1 inner nodes: joining two trees with x and L - x leaves
    adds one.
    """
    x = sympy.Symbol("x", integer=True, positive=True)
    nodes = L - 1
    step("one leaf", nodes.subs(L, 1))
    step("joining", nodes.subs(L, x) + nodes.subs(L, L - x) + 1 - nodes)
    return nodes - 1


def measure(L: int) -> Measurement:
    """ANDs in the circuit that loads the numbers 0, ..., L - 1."""
    return counted(UnaryIteration(tuple(range(L)), L, (L - 1).bit_length()))


THEOREM = Theorem(
    says="A QROM lookup of L entries uses exactly L - 2 Toffoli gates.",
    relation="==",
    value=L - 2,
    derive=derive,
    measure=measure,
    instances=tuple({L: size} for size in (2, 3, 4, 5, 8, 13, 16)),
    false_twin=L - 1,  # the count with a control
    source="[BGBWMPFN18] Sec. III.A",
)
