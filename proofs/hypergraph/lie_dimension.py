"""Theorem G: how large the algebra of qumode writes and displacements is."""

import sympy

from bloqs.hypergraph.model.lie_closure import closure_dimension
from bloqs.hypergraph.model.training import lie_dimension
from bloqs.hypergraph.symbols import j, k, n
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """Brackets of p_v take a factor q_v away, others vanish: n momenta, a product for each set."""
    q = sympy.symbols("q_0:3", real=True)
    f = sympy.Function("f")(*q)
    monomial = sympy.prod(q)
    bracket = sympy.expand((monomial * f).diff(q[0]) - monomial * f.diff(q[0]))
    step("[d/dq_0, q_0 q_1 q_2] multiplies by q_1 q_2", bracket, q[1] * q[2] * f)
    sets = sympy.binomial(n, j)
    pascal = sympy.binomial(n - 1, j) + sympy.binomial(n - 1, j - 1)
    step("a set of j modes has mode 0 or it has not", sympy.combsimp(sets - pascal))
    return n + sympy.Sum(sets, (j, 0, k))


def measure(n: int, k: int) -> Measurement:
    """Of the closure under commutators."""
    return Measurement(
        value=closure_dimension("qumode", n, k), stated=lie_dimension("qumode", n, k)
    )


THEOREM = Theorem(
    says="Displacements of p and writes of 1 to k modes generate a nilpotent algebra of dimension "
    "n + sum over j <= k of C(n, j): of order n**k.",
    relation="==",
    value=n + sympy.Sum(sympy.binomial(n, j), (j, 0, k)),
    derive=derive,
    measure=measure,
    instances=({n: 2, k: 1}, {n: 3, k: 2}, {n: 4, k: 3}, {n: 5, k: 3}),
    false_twin=n + sympy.Sum(sympy.binomial(n, j), (j, 1, k)),
    twin_says="Nothing commutes to a number, which is in the algebra.",
    source="[AG26] summary; derived",
)
