"""What the encoding takes, which the claim of few messages leaves out."""

import numpy as np
import sympy

from bloqs.communication.circuits.vector_tree import VectorTree
from bloqs.communication.symbols import N
from proofs.claim import Measurement
from proofs.counting import counted
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """A binary tree: a rotation at each inner node, a CNOT at each but the root's."""
    j, n = sympy.symbols("j n", integer=True, positive=True)
    nodes = sympy.summation(2**j, (j, 0, n - 1))
    below = sympy.summation(2**j, (j, 1, n - 1))
    step("inner nodes", sympy.simplify(nodes), 2**n - 1)
    step("without the root", sympy.simplify(nodes - below), 1)
    return (N - 1) + (N - 2)


def measure(N: int) -> Measurement:
    """Gates of the circuit that encodes random numbers of both signs, one by one."""
    data = tuple(float(x) for x in np.random.default_rng(N).normal(size=N))
    return counted(VectorTree(N.bit_length() - 1, data), lambda op: True)


THEOREM = GrowthClaim(
    says="In every shot the data are encoded by Theta(N) gates of their owner, N - 1 rotations and "
    "N - 2 CNOTs, which no count of messages contains: the advantage is whatever this costs, and "
    "it is not one of time.",
    cost=cost,
    relation="Theta",
    function=N,
    regime="N->oo",
    measure=measure,
    instances=tuple({N: size} for size in (8, 32, 128)),
    least=1.5,
    most=2.0,
    false_twin=sympy.log(N),
    twin_says="A gate for each qubit that is sent.",
    source="[GMSM24] abstract, regardless of the encoding; derived",
    assumptions=("Data are dense, and nothing about them is known beforehand.",),
)
