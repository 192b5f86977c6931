"""A bucket-brigade query as a circuit of routers."""

import sympy

from bloqs.data_loading.bucket_brigade import BucketBrigade
from estimator.symbols import a, b
from proofs.claim import Measurement
from proofs.counting import counted
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """Depth t has 2**t routers; address bit t passes t depths twice, a target bit all of them."""
    t = sympy.Symbol("t", integer=True, nonnegative=True)
    passed = 2**t - 1
    step("no router above the root", passed.subs(t, 0))
    step(
        "routers above depth t + 1: those above t and those of t",
        passed.subs(t, t + 1),
        passed + 2**t,
    )
    stored = 2**a - 1 - a
    step("no address bit passes nothing", stored.subs(a, 0))
    step(
        "one address bit more passes all depths before its own",
        stored.subs(a, a + 1),
        stored + passed.subs(t, a),
    )
    return 2 * stored + 2 * b * passed.subs(t, a)


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
    false_twin=2 * (2**a - 1 - a) + b * (2**a - 1),
    twin_says="The bus carries an entry down and never comes back up.",
    source="[GLM08] Fig. 3 for the architecture; the count is ours",
)
