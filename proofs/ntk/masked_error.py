"""A masked kernel in place of the kernel."""

import sympy
from numpy.random import Generator

from bloqs.ntk.model.activation import Reals
from bloqs.ntk.model.bounds import masked_error
from bloqs.ntk.model.system import MaskedSystem
from bloqs.ntk.symbols import row_sum
from proofs.derivation import norm_at_most
from proofs.inequality import Draw, InequalityClaim
from proofs.ntk.instances import pairs, random_system, system_of


def derive() -> sympy.Expr:
    """K**-1 - K_S**-1 = K_S**-1 (K_S - K) K**-1: what the mask takes away has row sums below r."""
    names = ("K_S_inverse", "taken", "K_inverse")
    left, taken, right = (sympy.Symbol(name, commutative=False) for name in names)
    inverse = 1 / (1 - row_sum)
    return norm_at_most(
        "difference of inverses",
        left * taken * right,
        {left: inverse, taken: row_sum, right: inverse},
    )


def _point(system: MaskedSystem, k: Reals) -> Draw:
    guess, r = system.predict(k), system.row_sum
    return Draw(
        at={row_sum: r},
        value=abs(guess.f - guess.f_S) / guess.one_norm,
        stated=masked_error(r),
    )


def draw(rng: Generator) -> Draw:
    """Any matrix of this kind, any mask and any k_*."""
    return _point(*random_system(rng))


def worst() -> Draw:
    """Two points of different classes, of which only the diagonal is kept."""
    system = system_of(pairs(0.6), pairs(0), [1, -1])
    return _point(system, system.labels)


THEOREM = InequalityClaim(
    says="With row sums of at most r < 1, a masked kernel predicts within r/(1 - r)**2 of the "
    "kernel in units of the 1-norm of k_*.",
    bound=row_sum / (1 - row_sum) ** 2,
    derive=derive,
    draw=draw,
    draws=150,
    worst=worst,
    false_twin=row_sum,
    twin_says="To first order.",
    source="[ZNL21] abstract, for an error of O(1/n); the bound derived",
)
