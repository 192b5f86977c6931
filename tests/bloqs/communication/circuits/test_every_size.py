"""Sizes and places at the ends of what is allowed, and just beyond them."""

import math

import numpy as np
import pytest
from attrs import evolve

from bloqs.communication.circuits.data_parallel import BranchTree, DataParallel
from bloqs.communication.circuits.dense_coding import DenseCoding, PairCoding
from bloqs.communication.circuits.dense_unitary import DenseUnitary
from bloqs.communication.circuits.features import BackwardFeature, ForwardFeature
from bloqs.communication.circuits.form_shot import FormReading
from bloqs.communication.circuits.fourier_shot import (
    FourierShot,
    PhaseLayer,
    fourier_shot_example,
    fourier_shot_symbolic_example,
)
from bloqs.communication.circuits.gradient_reading import GradientReading
from bloqs.communication.circuits.gradient_state import GradientState
from bloqs.communication.circuits.inference_shot import (
    InferenceShot,
    inference_shot_example,
    inference_shot_symbolic_example,
)
from bloqs.communication.circuits.inner_product_walk import BitFlips, InnerProductWalk, ParityOf
from bloqs.communication.circuits.loss_iterate import LossEstimation
from bloqs.communication.circuits.pauli_block import PauliBlock
from bloqs.communication.circuits.pauli_rotation import PauliRotation
from bloqs.communication.circuits.shots import Shots
from bloqs.communication.symbols import L, n
from bloqs.messages.private import Private

SHOT = inference_shot_example.make()
"""Two layers of two blocks, on two qubits."""
DEEP = inference_shot_symbolic_example.make()
FOURIER = fourier_shot_example.make()
GATES = (PauliRotation("XI", 0.1), PauliRotation("ZI", 0.2))


def alice(*values):
    return Private("Alice", values)


def identity(qubits):
    return tuple(map(tuple, np.eye(2**qubits).tolist()))


CASES = {
    "layer of a feature": (lambda x: ForwardFeature(SHOT, x, 1), (1, 2), (0, 3, -1)),
    "block of a feature": (lambda x: BackwardFeature(SHOT, 2, x), (1, 2), (0, 3, -1)),
    "layer of a state": (lambda x: GradientState(SHOT, x, 1), (1, 2, L), (0, 3)),
    "block of a state": (lambda x: GradientState(SHOT, 1, x), (1, 2), (0, 3)),
    "layer of so many": (lambda x: GradientState(DEEP, x, 1), (1, 10**6, L), (0, -1)),
    "layers": (lambda x: evolve(SHOT, layers=x), (1, 2, L), (0, -1)),
    "blocks": (lambda x: evolve(SHOT, blocks=SHOT.blocks[:x]), (1, 2), (0,)),
    "qubits of a model": (lambda x: evolve(SHOT, n=x), (2,), (1, 3)),
    "clock": (lambda x: LossEstimation(SHOT, x), (1, 2, n), (0, -1)),
    "runs": (lambda x: Shots(SHOT, x), (1, 7, n), (0, -1)),
    "repetitions": (lambda x: evolve(FOURIER, times=x), (1, 2, L), (0, -1)),
    "layers of data": (
        lambda x: FourierShot(FOURIER.n, FOURIER.blocks[: x + 1], FOURIER.layers[:x]),
        (1, 2), (0,)),
    "blocks around data": (
        lambda x: FourierShot(FOURIER.n, FOURIER.blocks[:x], FOURIER.layers), (3,), (1, 2)),
    "scales": (
        lambda x: PhaseLayer(1, tuple(map(float, range(x))), Private("Alice", 0.3)), (2,), (1, 3)),
    "datum": (
        lambda x: PhaseLayer(1, (1.0, 2.0), Private("Alice", x)), (0.0, -5.0),
        (math.inf, math.nan)),
    "gate that is read": (lambda x: GradientReading(2, GATES, (x,)), (0, 1), (-1, 2)),
    "gates of a block": (lambda x: PauliBlock(2, GATES, number=x), (2,), (1, 3)),
    "qubits of a block": (lambda x: PauliBlock(x, GATES), (2,), (1, 3)),
    "qubits of a matrix": (lambda x: DenseUnitary(x, identity(2)), (2,), (1, 3)),
    "branch": (lambda x: BranchTree(1, x, alice(1.0, 2.0)), (0, 1), (2, -1)),
    "bits of a norm": (
        lambda x: DataParallel(1, alice(1.0, 2.0), Private("Bob", (3.0, 1.0)), x), (12, 64), (11,)),
    "bits on pairs": (lambda x: PairCoding(2, alice(*[1] * x)), (3, 4), (2, 5)),
    "bits of a code": (lambda x: DenseCoding(3, alice(*[1] * x)), (3,), (2, 4)),
    "bits of a flip": (lambda x: BitFlips(3, alice(*[1] * x)), (2,), (1, 3)),
    "ones of a parity": (lambda x: ParityOf(4, alice(1, 0, 1), number=x), (2,), (1, 3)),
    "layers of a walk": (
        lambda x: InnerProductWalk(3, x, alice(1, 0, 0, 1), Private("Bob", (1, 1, 0, 1))),
        (2,), (1, 3)),
    "qubits of a form": (lambda x: FormReading(x, Private("Bob", identity(2))), (2,), (1, 3)),
}  # fmt: skip
"""What is made, the values it is made with and those that are refused."""


@pytest.mark.parametrize("name", CASES)
def test_ends(name):
    make, allowed, refused = CASES[name]
    for value in allowed:
        make(value)
    for value in refused:
        with pytest.raises(ValueError, match="got"):
            make(value)


def test_a_symbolic_model_of_phases_is_run_symbolically_often():
    assert fourier_shot_symbolic_example.make().times == L
    assert isinstance(SHOT, InferenceShot)
    assert (SHOT.n, SHOT.layers, len(SHOT.blocks)) == (2, 2, 2)


def test_a_form_is_symmetric_within_rounding():
    """A share of 1e-12 of its largest entry."""
    for gap, is_allowed in ((1e-13, True), (1e-11, False)):
        form = Private("Bob", ((5.0, 1.0 + 5 * gap), (1.0, 2.0)))
        if is_allowed:
            FormReading(1, form)
        else:
            with pytest.raises(ValueError, match="symmetric"):
                FormReading(1, form)
