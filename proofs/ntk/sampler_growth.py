"""The classical sampler with the same memory, end to end."""

import sympy

from bloqs.ntk.symbols import attempts, d, n, overlap
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim
from proofs.ntk.random_sphere import medians


def cost() -> sympy.Expr:
    """As many samples as shots, no attempts; each d products and as many layers as the depth."""
    shots = sympy.pi / 2 * d / sympy.Rational(455, 1000)
    step("mean and mean square of a sample", (overlap / sympy.sqrt(attempts)) ** 2 * attempts,
         overlap**2)  # fmt: skip
    dimension = 4 * sympy.log(n)
    return shots.subs(d, dimension) * (dimension + 7 * sympy.log(n))


def measure(n: int) -> Measurement:
    """From medians over test points."""
    found = medians(n)
    return Measurement(value=found.shots * (found.d + found.depth))


THEOREM = GrowthClaim(
    says="A classical sampler with the same memory finds the sign in Theta((log n)**2) steps: no "
    "more than post-selected circuits take, and of the order of amplitude estimation.",
    assumptions=(
        "The data are random directions in d = Theta(log n) dimensions, labelled by a hyperplane.",
        "k_* is clipped at a constant eps', and n/P is proportional to d, as it is measured to be.",
        "A load from memory takes log n steps.",
    ),
    cost=cost,
    relation="Theta",
    function=sympy.log(n) ** 2,
    regime="n->oo",
    measure=measure,
    instances=tuple({n: size} for size in (64, 256, 1024, 4096)),
    least=80,
    most=200,
    false_twin=sympy.log(n) ** 3,
    twin_says="As many as post-selected circuits take.",
    source="ours; derived",
)
