"""Regime 1 in gates, with a memory that is a circuit: at least the cells of the output matrix."""

import sympy

from bloqs.data_loading.loaders import BucketBrigadeLoader
from bloqs.resnet.model.block_plan import Output
from bloqs.resnet.model.memory import Regime
from estimator.costs.cost import cost_by_annotation
from estimator.symbols import N, b, epsilon
from proofs.claim import Measurement
from proofs.derivation import bound, step
from proofs.growth_claim import GrowthClaim
from proofs.resnet.network_growth import network


def cost() -> sympy.Expr:
    """The last level of a column's tree alone: half of the matrix, and every cell has a router.

    A query carries b bits down and up a tree of routers, one less than there are cells, and each
    router swaps under control both times, whatever the address.
    """
    t = sympy.Symbol("t", integer=True, nonnegative=True)
    routers = 2**t - 1
    step("a memory of one cell", routers.subs(t, 0))
    step("one depth more", routers.subs(t, t + 1), routers + 2**t)
    cells = N * N / 2
    bound("the last level has half of all angles of a column", N / 2, N - N / 2)
    step("a tree of routers over N**2 / 2 cells", routers.subs(2**t, cells), cells - 1)
    return 2 * b * (cells - 1)


def measure(N: int, epsilon: float, b: int) -> Measurement:
    """Toffoli-like gates of an inference with one residual block."""
    memory, access = BucketBrigadeLoader(), Regime.INPUT_AND_WEIGHTS
    found = network(memory, access, 1, N, epsilon, b, Output.LINEAR_POOL)
    return Measurement(value=float(cost_by_annotation(found).toffolis))


THEOREM = GrowthClaim(
    says="In regime 1 with a memory of gates an inference takes Omega(b N**2) of them, no fewer "
    "than the classical product with the output matrix: only the depth is polylogarithmic.",
    assumptions=("The memory is a bucket brigade, in which every query drives every router.",),
    cost=cost,
    relation="Omega",
    function=b * N**2,
    regime="N->oo, epsilon->0, b->oo",
    measure=measure,
    instances=tuple(
        {N: 2**size, epsilon: error, b: bits}
        for size, error, bits in ((4, 1e-2, 30), (8, 1e-2, 32), (20, 1e-3, 60), (40, 1e-3, 60))
    ),
    least=100.0,
    most=2e4,
    false_twin=b * N**3,
    twin_says="Each of the N columns is looked up by a query of its own.",
    source="ours; [RHGPR25] App. D has the lower bound for active memory",
)
