"""Theorem B: with graphs and Pauli strings, no three written states share a latent state."""

from math import log2

import sympy

from bloqs.hypergraph.model.bounds import bound
from bloqs.hypergraph.symbols import n
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.hypergraph.pauli_game import PauliGame
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """2**C(n,2) states, two a latent; two may be, as states that differ in an edge overlap."""
    edges = sympy.binomial(n, 2)
    a, b = sympy.symbols("a b", real=True)
    signs = [(-1) ** (x * y) for x in (0, 1) for y in (0, 1)]
    step("states that differ in one edge overlap by a half", sum(signs), sympy.Integer(2))
    step("a sum over answers of parts of it: not all vanish", (a + b) - a, b)
    latents = 2**edges / 2
    return sympy.expand(sympy.expand_log(sympy.log(latents) / sympy.log(2), force=True))


def measure(n: int) -> Measurement:
    """Bits, from the largest family that no adaptive reads exclude, all families tried."""
    game = PauliGame(n)
    bits = log2(len(game.written) / game.most_sharing())
    return Measurement(value=bits, stated=bound("pauli").value(n, 2))


THEOREM = Theorem(
    says="A classical machine that never says what the quantum model cannot say, for all writes "
    "of edges of two modes and then reads of Pauli strings on at most four, keeps at least "
    "C(n, 2) - 1 bits at the cut between writes and reads.",
    relation="==",
    value=sympy.binomial(n, 2) - 1,
    derive=derive,
    measure=measure,
    instances=({n: 2}, {n: 3}),
    false_twin=sympy.binomial(n, 2),
    twin_says="No two graphs share a latent state.",
    source="[AG26] summary; ours; derived",
    assumptions=(
        "Causal: an answer is given before the next token is read.",
        "Zero error: what the quantum model never says is never said.",
        "All sentences have one length, or a token that is idle fills them up.",
        "For n above 3: no three graphs share a latent, by exhaustion on four modes, which is a "
        "certificate of its own.",
    ),
)
