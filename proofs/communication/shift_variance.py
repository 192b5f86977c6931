"""A gradient from shifted runs scatters no more than one from a test with as many shots."""

import sympy
from numpy.random import Generator

from bloqs.communication.model.blocks import Block, Gate, PartyModel
from bloqs.communication.model.evaluate import gradients, loss, shifted
from bloqs.communication.symbols import M, derivative
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim


def derive() -> sympy.Expr:
    """M values of 1 or -1 for each sign, against 2 M of a test."""
    up, down = sympy.symbols("up down", real=True)
    variance = (1 - up**2 + 1 - down**2) / (4 * M)
    mean, gap = (up + down) / 2, (up - down) / 2
    step("mean and gap", variance, (1 - gap**2 - mean**2) / (2 * M))
    bound("the mean only helps", 0, sympy.Symbol("mean", real=True) ** 2)
    return (1 - derivative**2) / (2 * M)


def _point(model: PartyModel, shots: int) -> Draw:
    up, down = (loss(shifted(model, 0, 0, turn)) for turn in (0.5, -0.5))
    slope = gradients(model)[0][0]
    return Draw(
        at={M: shots, derivative: slope},
        value=((1 - up**2) + (1 - down**2)) / (4 * shots),
    )


def draw(rng: Generator) -> Draw:
    """A random rotation between random others."""
    strings = ["".join(rng.choice([*"XYZ"], 2)) for _ in range(4)]
    gates = [Gate(x, float(rng.uniform(-3, 3)), i == 0) for i, x in enumerate(strings)]
    model = PartyModel(2, rng.normal(size=4), (Block("Alice", gates),))
    return _point(model, int(rng.integers(1, 1000)))


def worst() -> Draw:
    """Losses that are opposite at the two shifts."""
    return _point(PartyModel(1, [1.0, 0.0], (Block("Alice", (Gate("X", 0.6),)),)), 10)


THEOREM = InequalityClaim(
    says="Half the difference of M values for each sign of the shift has a variance of at most "
    "(1 - h**2)/(2 M), that of a test with 2 M values, h the derivative.",
    bound=(1 - derivative**2) / (2 * M),
    derive=derive,
    draw=draw,
    draws=100,
    worst=worst,
    false_twin=(1 - derivative**2) / (4 * M),
    twin_says="Half of that of the test.",
    source="ours; derived",
    assumptions=("Each parameter is the angle of one Pauli rotation.",),
)
