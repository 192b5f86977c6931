"""The diagonal in place of the kernel."""

import sympy
from numpy.random import Generator

from bloqs.ntk.model.activation import Reals
from bloqs.ntk.model.bounds import diagonal_error
from bloqs.ntk.model.system import MaskedSystem
from bloqs.ntk.symbols import row_sum
from proofs.derivation import step
from proofs.inequality import Draw, InequalityClaim
from proofs.ntk.instances import pairs, random_system, system_of


def derive() -> sympy.Expr:
    """K**-1 - 1 = K**-1 (1 - K), in the norm that goes with largest entries.

    There |1 - K| <= r, and x = |K**-1| has x <= 1 + r x.
    """
    x = sympy.Symbol("x", positive=True)
    inverse = sympy.solve(sympy.Eq(x, 1 + row_sum * x), x)[0]
    step("a series of powers of r", inverse, 1 / (1 - row_sum))
    return inverse * row_sum


def _point(system: MaskedSystem, k: Reals) -> Draw:
    guess, r = system.predict(k), system.row_sum
    return Draw(
        at={row_sum: r},
        value=abs(guess.f - guess.f_D) / guess.one_norm,
        stated=diagonal_error(r),
    )


def draw(rng: Generator) -> Draw:
    """Any matrix of this kind and any k_*."""
    return _point(*random_system(rng))


def worst() -> Draw:
    """Two points of different classes."""
    system = system_of(pairs(0.6), pairs(0), [1, -1])
    return _point(system, system.labels)


THEOREM = InequalityClaim(
    says="With row sums of at most r < 1, the diagonal alone predicts within r/(1 - r) of the "
    "kernel in units of the 1-norm of k_*.",
    bound=row_sum / (1 - row_sum),
    derive=derive,
    draw=draw,
    draws=150,
    worst=worst,
    false_twin=row_sum,
    twin_says="To first order.",
    source="[ZNL21] abstract, for an error of O(1/n); the bound derived",
)
