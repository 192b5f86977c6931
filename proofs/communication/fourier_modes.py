"""How many frequencies a loss has whose data are phases."""

import numpy as np
import sympy
from scipy.stats import unitary_group

from bloqs.communication.model.fourier import coefficients, most_frequencies, separated_scales
from bloqs.communication.symbols import L, N
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """Differences of N marks of a ruler, in every layer; scales keep the sums apart."""
    i = sympy.Symbol("i", integer=True, positive=True)
    pairs = 2 * sympy.summation(i - 1, (i, 1, N))
    step("ordered pairs", pairs, N * (N - 1))
    reach = sympy.Symbol("reach", integer=True, positive=True)
    base = 2 * reach + 1  # sums of lower layers reach less than half of a step of the next
    l = sympy.Symbol("l", integer=True, positive=True)
    lower = (base**l - 1) / 2
    step("one layer more", lower.subs(l, l + 1) - lower, reach * base**l)
    step("lower layers reach half a step", 2 * lower + 1, base**l)
    return (sympy.expand(pairs) + 1) ** L


def measure(N: int, L: int) -> Measurement:
    """Coefficients that are not zero for random blocks, by a transform of the loss."""
    rng = np.random.default_rng(N + L)
    blocks = [unitary_group.rvs(N, random_state=rng) for _ in range(L + 1)]
    found = coefficients(blocks, separated_scales(N, L))
    return Measurement(value=len(found), stated=float(most_frequencies(N, L)))


THEOREM = Theorem(
    says="A loss with data in the phases of L layers of N entries has (N (N - 1) + 1)**L "
    "frequencies at most, attained by rulers at scales that are kept apart; 3**L for N = 2.",
    relation="==",
    value=(N * (N - 1) + 1) ** L,
    derive=derive,
    measure=measure,
    instances=({N: 2, L: 1}, {N: 2, L: 4}, {N: 4, L: 1}, {N: 4, L: 2}),
    false_twin=N ** (2 * L),
    twin_says="Each pair of entries has a frequency, also an entry with itself.",
    source="[GMSM24] abstract, expressivity by depth; [SSM21] frequencies of encodings; derived",
)
