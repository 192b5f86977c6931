"""How far the solution's state is from that of the masked system."""

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.ntk.model.bounds import state_error
from bloqs.ntk.model.system import MaskedSystem
from bloqs.ntk.symbols import row_sum
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim
from proofs.ntk.instances import pairs, random_system, system_of


def derive() -> sympy.Expr:
    """Either unit solution is within a chord of the labels: so they are within two of each other.

    |K x - x| <= r |x| in the l2 norm, so the angle t of x and K x = y has a sine of at most r. Its
    chord is sin t / cos(t/2), and cos(t/2) >= cos t = sqrt(1 - r**2).
    """
    t, w = sympy.symbols("t w", positive=True)
    step("a chord from its sine", 2 * sympy.sin(t / 2) * sympy.cos(t / 2), sympy.sin(t))
    r = w / (1 + w)  # below one
    bound("cos t is at least 1 - r", (1 - r) ** 2, 1 - r**2)
    chord = row_sum / (1 - row_sum)
    step("two chords", 2 * chord, 2 * row_sum / (1 - row_sum))
    return 2 * chord


def _point(system: MaskedSystem) -> Draw:
    one, other = (x / np.linalg.norm(x) for x in (system.exact_solution, system.solution))
    r = system.row_sum
    stated = state_error(r)
    return Draw(
        at={row_sum: r},
        value=float(np.linalg.norm(one - other)),
        stated=stated if stated < 2 else None,
    )


def draw(rng: Generator) -> Draw:
    """Any matrix of this kind and any mask."""
    return _point(random_system(rng)[0])


def worst() -> Draw:
    """Three pairs that lose and one that gains, the diagonal kept: an angle of sine r."""
    r = 0.5
    return _point(system_of(pairs(r, r, r, -r), pairs(0, 0, 0, 0), [1] * 6 + [-1] * 2))


THEOREM = InequalityClaim(
    says="With row sums of at most r < 1, the unit solutions of the kernel and of a masked kernel "
    "are within 2 r/(1 - r) of each other in the l2 norm, and so are their overlaps with a state.",
    bound=2 * row_sum / (1 - row_sum),
    derive=derive,
    draw=draw,
    draws=150,
    worst=worst,
    false_twin=row_sum,
    twin_says="The sine of the angle is the chord.",
    source="ours; derived",
)
