"""With a weight for each matching the encoding's condition number stays near one."""

import sympy

from bloqs.ntk.symbols import n
from proofs.claim import Measurement
from proofs.derivation import bound
from proofs.growth_claim import GrowthClaim
from proofs.ntk.instances import deep_system


def cost() -> sympy.Expr:
    """The diagonal's weight, and as much for each matching as its largest entry, over 1 - r."""
    s = 1 + sympy.ceiling(sympy.log(n))
    r = 1 / n
    bound("entries below n**-2 in n - 1 places", (n - 1) / n**2, r)
    return (1 + (s - 1) / n**2) / (1 - r)


def measure(n: int) -> Measurement:
    """alpha |K_S**-1| of a system whose kernel beside the diagonal is below n**-2."""
    return Measurement(value=deep_system(n, seed=n).kappa_eff("weighted"))


THEOREM = GrowthClaim(
    says="With a weight for each matching, the condition number that a solver sees is O(1).",
    assumptions=("The mask is of the XOR kind with 1 + ceil(ln n) entries a row.",),
    cost=cost,
    relation="Theta",
    function=sympy.Integer(1),
    regime="n->oo",
    measure=measure,
    instances=tuple({n: size} for size in (16, 64, 256)),
    least=1.0,
    most=1.05,
    false_twin=sympy.log(n),
    twin_says="That of the uniform encoding.",
    source="ours; derived",
)
