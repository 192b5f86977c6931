"""Row sums below one bound the condition number."""

import sympy
from numpy.random import Generator

from bloqs.ntk.model.bounds import condition_bound
from bloqs.ntk.model.system import MaskedSystem
from bloqs.ntk.symbols import row_sum
from proofs.derivation import step
from proofs.inequality import Draw, InequalityClaim
from proofs.ntk.instances import pairs, random_system, system_of


def derive() -> sympy.Expr:
    """At its largest entry, an eigenvector has |lambda - 1| |x_i| <= r |x_i|."""
    x, s = sympy.symbols("x s", positive=True)
    step("sum of a row, every |x_j| being |x_i| at most", row_sum * x / x, row_sum)
    largest, smallest = 1 + row_sum, 1 - row_sum
    step("in units of the smallest", (largest / s).subs(s, smallest), largest / smallest)
    return largest / smallest


def _point(system: MaskedSystem) -> Draw:
    r = system.row_sum
    return Draw(at={row_sum: r}, value=system.exact_condition, stated=condition_bound(r))


def draw(rng: Generator) -> Draw:
    """Any symmetric matrix of this kind."""
    return _point(random_system(rng)[0])


def worst() -> Draw:
    """Two points."""
    return _point(system_of(pairs(0.6), pairs(0), [1, -1]))


THEOREM = InequalityClaim(
    says="A kernel with a diagonal of one and row sums beside it of at most r < 1 has a condition "
    "number of at most (1 + r)/(1 - r).",
    bound=(1 + row_sum) / (1 - row_sum),
    derive=derive,
    draw=draw,
    draws=150,
    worst=worst,
    false_twin=1 + 2 * row_sum,
    twin_says="To first order.",
    source="ours; derived",
)
