"""End to end, with amplitude estimation."""

from math import log

import sympy

from bloqs.ntk.symbols import attempts, d, n, overlap
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim
from proofs.ntk.random_sphere import medians


def cost() -> sympy.Expr:
    """The root of shots times attempts, times a load."""
    shots = sympy.pi / 2 * d / sympy.Rational(455, 1000)
    total = sympy.sqrt(attempts) / overlap * sympy.log(n)
    step("roots", sympy.sqrt(attempts / overlap**2) * sympy.log(n), total)
    dimension = 4 * sympy.log(n)
    return total.subs({overlap: 1 / sympy.sqrt(shots), attempts: 4 * d}).subs(d, dimension)


def measure(n: int) -> Measurement:
    """From medians over test points."""
    found = medians(n)
    return Measurement(value=(found.shots * found.attempts) ** 0.5 * log(n))


THEOREM = GrowthClaim(
    says="With ideal memory, a sign found by amplitude estimation takes Theta((log n)**2) steps: "
    "not O(log n).",
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
    least=3,
    most=20,
    false_twin=sympy.log(n),
    twin_says="O(log n), as it is said of the whole algorithm.",
    source="[ZNL21] abstract, for O(log n); derived",
)
