"""A lookup of L entries by unary iteration costs L - 2 ANDs, whatever their width."""

import sympy
from attrs import evolve

from bloqs.data_loading.unary_iteration import UnaryIteration
from estimator.costs.cost import cost_by_annotation
from estimator.symbols import L
from estimator.symbols import b as width
from proofs.claim import Measurement
from proofs.counting import counted
from proofs.derivation import step
from proofs.theorem import Theorem

ENTRIES = L


def derive() -> sympy.Expr:
    """Each inner node of the address tree but the root forks its control with one AND.

    A binary tree with L leaves has L - 1 inner nodes: joining two trees with x and L - x leaves
    adds one.
    """
    x = sympy.Symbol("x", integer=True, positive=True)
    nodes = L - 1
    step("one leaf has no inner node", nodes.subs(L, 1))
    step("joining trees of x and L - x leaves", nodes.subs(L, x) + nodes.subs(L, L - x) + 1, nodes)
    return nodes - 1


def measure(L: int) -> Measurement:
    """ANDs in the circuit that loads the numbers 0, ..., L - 1, and what is stated in symbols."""
    run = counted(UnaryIteration(tuple(range(L)), L, (L - 1).bit_length()))
    stated = cost_by_annotation(UnaryIteration(None, ENTRIES, width)).toffolis
    return evolve(run, stated=int(stated.subs(ENTRIES, L)))


THEOREM = Theorem(
    says="A QROM lookup of L entries uses exactly L - 2 Toffoli gates.",
    relation="==",
    value=L - 2,
    derive=derive,
    measure=measure,
    instances=tuple({L: size} for size in (2, 3, 4, 5, 8, 13, 16)),
    false_twin=L - 1,
    twin_says="The root of the address tree costs an AND as well, as it does under a control.",
    source="[BGBWMPFN18] Sec. III.A",
)
