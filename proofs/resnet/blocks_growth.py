"""Calls of the input by k residual blocks: a power 2 k of a logarithm."""

import sympy

from bloqs.data_loading.loaders import IdealQRAMLoader
from bloqs.resnet.model.block_plan import Output
from bloqs.resnet.model.memory import Regime
from bloqs.resnet.symbols import blocks
from estimator.symbols import N, epsilon
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim
from proofs.resnet.network_growth import network

BITS = 90
"""Of an angle, which is fine enough for all errors here. Unit: qubits."""

LENGTH = 0.5
"""Length of a block's sum before normalisation that is promised. Unit: 1."""

LOG = sympy.log(sympy.sqrt(N) / epsilon)


def cost() -> sympy.Expr:
    """Each block calls the one before as often as its activation and its normalisation ask.

    A degree is at most 2 (l / 3 + sqrt(l**2 / 9 + s**2 l)) + 1 for a slope s: s = nu for the
    activation, with l = log(4 s / sqrt(pi)) + log(sqrt(N) / epsilon); s = sqrt(g) / LENGTH with
    g = log(2 / epsilon) for the normalisation, with l <= 5 + 2 g.
    """
    l, s, g = sympy.symbols("l s g", positive=True)
    root = l / 3 + sympy.sqrt(l) * s
    step(
        "sqrt(u + v) <= sqrt(u) + sqrt(v), squared",
        root**2 - (l**2 / 9 + s**2 * l),
        2 * s * l ** sympy.Rational(3, 2) / 3,
    )
    degree = 2 * (l / 3 + root) + 1
    step("the root of a product is below the mean", (g + l) ** 2 - 4 * g * l, (g - l) ** 2)
    slope = sympy.Rational(8, 5)
    activation = degree.subs({s: slope, l: sympy.log(4 * slope / sympy.sqrt(sympy.pi)) + LOG})
    steepness = 1 / sympy.Rational(LENGTH)
    sign = 2 * (2 * l / 3 + steepness * (g + l) / 2) + 1
    normalisation = sign.subs(l, 5 + 2 * g).subs(g, sympy.log(2 / epsilon))
    runs = (activation * normalisation) ** blocks
    step("one block more", runs.subs(blocks, blocks + 1), runs * activation * normalisation)
    return runs


def measure(k: int, N: int, epsilon: float) -> Measurement:
    """Calls of the input of a network of k blocks that was built for that error."""
    memory, access = IdealQRAMLoader(), Regime.INPUT_AND_WEIGHTS
    found = network(memory, access, k, N, epsilon, BITS, Output.NONE)
    return Measurement(value=float(found.layer_calls[0].total))


THEOREM = GrowthClaim(
    says="k residual blocks call the preparation of their input "
    "O((5 log(sqrt(N) / epsilon))**(2 k)) times.",
    assumptions=("The lengths of the blocks' sums are bounded from below by a constant.",),
    cost=cost,
    relation="O",
    function=(5 * LOG) ** (2 * blocks),
    regime="N->oo, epsilon->0, k const",
    measure=measure,
    instances=tuple(
        {blocks: k, N: 2**size, epsilon: error}
        for k in (1, 2, 3)
        for size, error in ((10, 1e-1), (14, 1e-2), (20, 1e-5), (40, 1e-8))
    ),
    least=0.0,
    most=0.25,
    false_twin=(5 * LOG) ** blocks,
    twin_says="Each block adds one logarithm, not two.",
    source="[RHGPR25] Lem. 7",
)
