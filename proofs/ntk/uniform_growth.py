"""The uniform encoding's condition number grows although the kernel's does not."""

import sympy

from bloqs.ntk.symbols import n
from proofs.claim import Measurement
from proofs.derivation import bound
from proofs.growth_claim import GrowthClaim
from proofs.ntk.instances import deep_system


def cost() -> sympy.Expr:
    """s matchings, each with the weight of the diagonal, over the smallest eigenvalue 1 - r."""
    s = 1 + sympy.ceiling(sympy.log(n))
    r = 1 / n
    bound("entries below n**-2 in n - 1 places", (n - 1) / n**2, r)
    return s / (1 - r)


def measure(n: int) -> Measurement:
    """alpha |K_S**-1| of a system whose kernel beside the diagonal is below n**-2."""
    return Measurement(value=deep_system(n, seed=n).kappa_eff("uniform"))


THEOREM = GrowthClaim(
    says="With one weight for all matchings, the condition number that a solver sees is "
    "Theta(log n), however close the kernel is to its diagonal.",
    assumptions=("The mask is of the XOR kind with 1 + ceil(ln n) entries a row.",),
    cost=cost,
    relation="Theta",
    function=sympy.log(n),
    regime="n->oo",
    measure=measure,
    instances=tuple({n: size} for size in (4, 32, 256)),
    least=1.0,
    most=2.0,
    false_twin=sympy.Integer(1),
    twin_says="That of the kernel, which is 1 + O(1/n).",
    source="ours; derived",
)
