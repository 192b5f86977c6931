"""What entropic mirror descent sends: the parameters count by logarithms alone."""

import sympy

from bloqs.communication.model.counts import mirror_training
from bloqs.communication.model.outline import alternating
from bloqs.communication.symbols import L, N, P, epsilon, kappa, radius
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim

BALL = 2.0
"""Radius of the ball of the runs that are counted."""


def cost() -> sympy.Expr:
    """The gap of the mean iterate is kappa if each of its two parts is a half."""
    T, D = sympy.symbols("T D", positive=True)
    error = kappa / (4 * radius)
    step("half from the errors of gradients", 2 * radius * error, kappa / 2)
    descent = radius * (1 + error) * sympy.sqrt(2 * sympy.log(2 * D) / T)
    updates = 8 * radius**2 * (1 + error) ** 2 * sympy.log(2 * D) / kappa**2
    step("half from the descent", sympy.simplify(descent.subs(T, updates)), kappa / 2)
    many = (1 / epsilon**2 + 2 / epsilon + 1) * sympy.log(2 * D) / 2
    step(
        "by the error of a gradient", sympy.expand(updates.subs(kappa, 4 * radius * epsilon)), many
    )
    times = sympy.ceiling(many.subs(D, 2 * L * P))
    copies = sympy.ceiling(2 * sympy.log(80 * L * P * times) / epsilon**2)
    n = sympy.log(N) / sympy.log(2)
    return times * copies * L * (2 * L - 1) * (3 * n + 1)


def measure(N: float, L: int, P: int, epsilon: float) -> Measurement:
    """Qubits that the protocol states, one group a block."""
    outline = alternating(int(N).bit_length() - 1, L, P, 1)
    counts = mirror_training(outline, 4 * BALL * epsilon, 0.05, BALL)
    return Measurement(value=float(counts.qubits))


THEOREM = GrowthClaim(
    says="Entropic mirror descent in an l1 ball of radius R to a gap of kappa, by commuting "
    "groups, takes Theta(L**2 log(N) log(L P) log(L P/epsilon)/epsilon**4) qubits, where epsilon = "
    "kappa/(4 R) is the error of each gradient.",
    cost=cost,
    relation="Theta",
    function=L**2 * sympy.log(N) * sympy.log(L * P) * sympy.log(L * P / epsilon) / epsilon**4,
    regime="N->oo, L->oo, P->oo, epsilon->0",
    measure=measure,
    instances=(
        tuple(
            {N: 2.0**size, L: layers, P: many, epsilon: error}
            for size, layers, many, error in (
                (10, 2, 10, 0.1),
                (100, 5, 10**4, 1e-2),
                (900, 40, 10**9, 1e-4),
            )
        )
    ),
    least=12,
    most=45,
    false_twin=L**2 * sympy.log(N) * P / epsilon**4,
    twin_says="Every parameter has copies of its own.",
    source="ours; derived, for a convex loss with gradients up to 1",
)
