"""At k = 2 the bound is tight up to 2 n + 3 bits, at all times and not at the cut alone."""

from math import log2

import sympy
from numpy.random import Generator

from bloqs.hypergraph.model.bounds import bound, upper_bits_always
from bloqs.hypergraph.symbols import n
from proofs.derivation import bound as at_least
from proofs.derivation import step
from proofs.inequality import Draw, InequalityClaim


def derive() -> sympy.Expr:
    """n signs, and 2**i + 1 = 2**i (1 + 2**-i) choices; logarithms are below slopes."""
    i = sympy.Symbol("i", integer=True, positive=True)
    x = sympy.Symbol("x", nonnegative=True)
    powers = sympy.summation(i, (i, 1, n))
    edges = sympy.expand_func(sympy.binomial(n, 2))
    step("powers of two less edges", sympy.expand(powers - edges), n)
    at_least("1 + x is at most exp(x)", 1 - sympy.exp(-x), sympy.Integer(1))
    rest = sympy.summation(2 ** (-i), (i, 1, n))
    at_least("a geometric sum", rest, sympy.Integer(1))
    slope = 1 / sympy.log(2)
    at_least("1/log(2) is at most 2", slope, sympy.Integer(2))
    return n + n + 1 + 2


def stabilizer_states(modes: int) -> int:
    """Their number: n Paulis one after another that commute and are new, by ways to choose them."""
    ways, bases = 1, 1
    for chosen in range(modes):
        ways *= 4**modes // 2**chosen - 2**chosen
        bases *= 2**modes - 2**chosen
    return 2**modes * ways // bases


def point(modes: int) -> Draw:
    """Bits to number all stabilizer states, counted and as stated, less the bound of Theorem B."""
    upper = max(log2(stabilizer_states(modes)), upper_bits_always(modes))
    return Draw(at={n: modes}, value=upper - bound("pauli").value(modes, 2))


def draw(rng: Generator) -> Draw:
    """From 2 to 200 modes."""
    return point(int(rng.integers(2, 201)))


THEOREM = InequalityClaim(
    says="A classical machine that numbers the stabilizer states keeps n + sum of log2(2**i + 1) "
    "bits at all times, at most 2 n + 3 above the C(n, 2) - 1 that every machine keeps at the cut.",
    bound=2 * n + 3,
    derive=derive,
    draw=draw,
    draws=100,
    worst=lambda: point(200),
    false_twin=2 * n - 3,
    twin_says="The stabilizer states are about as many as graphs.",
    source="[AG04] number of stabilizer states; derived",
    assumptions=("Edges of two modes and reads of Pauli strings.",),
)
