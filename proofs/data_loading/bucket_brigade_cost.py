"""A bucket-brigade query as a circuit of routers."""

import sympy

from bloqs.data_loading.bucket_brigade import BucketBrigade
from estimator.symbols import a, b
from proofs.counting import counted
from proofs.theorem import Measurement, Theorem


def derive() -> sympy.Expr:
    """Depth t has 2**t routers; address bit t passes t depths twice, a target bit all of them."""
    t, u = sympy.symbols("t u", integer=True, nonnegative=True)
    passing = sympy.summation(2**u, (u, 0, t - 1))
    address = sympy.summation(passing, (t, 0, a - 1))
    return 2 * address + 2 * b * sympy.summation(2**u, (u, 0, a - 1))


def measure(a: int, b: int) -> Measurement:
    """Controlled swaps in the circuit of one query."""
    return counted(BucketBrigade((1,) * 2**a, a, b))


THEOREM = Theorem(
    says="A bucket-brigade query of 2**a cells of b bits uses 2 (2**a - 1 - a) + 2 b (2**a - 1) "
    "controlled swaps.",
    relation="==",
    value=2 * (2**a - 1 - a) + 2 * b * (2**a - 1),
    derive=derive,
    measure=measure,
    instances=({a: 1, b: 1}, {a: 2, b: 1}, {a: 2, b: 3}, {a: 3, b: 2}, {a: 4, b: 1}),
    false_twin=2 * (2**a - 1 - a) + b * (2**a - 1),  # the bus goes down and comes back up
    source="[GLM08] Fig. 3 for the architecture; the count is ours",
)
