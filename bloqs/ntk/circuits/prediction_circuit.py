"""One run of a prediction: preparation of the kernel values, solver, read-out."""

from enum import StrEnum
from functools import cached_property

import numpy as np
from attrs import field, frozen
from qualtran import Bloq, Register, Signature, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.linear_systems.circuits.matching import MatchingEncoding
from bloqs.linear_systems.circuits.transform_solver import TransformSolver
from bloqs.ntk.circuits.class_signs import ClassSigns
from bloqs.ntk.circuits.computed_kernel import (
    computed_kernel_example,
    computed_kernel_symbolic_example,
)
from bloqs.ntk.circuits.tabulated_kernel import TabulatedKernel, tabulated_kernel_example
from bloqs.readout.amplitude_estimation import AmplitudeEstimation
from bloqs.readout.encoded_swap_test import EncodedSwapTest
from bloqs.readout.flagged_test import FlaggedHadamardTest
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


class Reading(StrEnum):
    """How a prediction is read out."""

    HADAMARD = "hadamard"
    """A Hadamard test whose outcome is zero where a flag is raised: gives the sign."""
    SWAP = "swap"
    """A swap test of the two states: gives the modulus."""
    AMPLITUDE = "amplitude"
    """Amplitude estimation of an outcome of the Hadamard test; two of them give the sign."""


@frozen(cache_hash=True)
class PredictionCircuit(AbstractComposite):
    r"""One run of the prediction $\langle k_* | K_S^{-1} | y \rangle$ of a new point.

    Args:
        kernel: $|k_*\rangle$: `TabulatedKernel`, `ComputedKernel`, or another vector-encoding.
        solution: $K_S^{-1}|y\rangle$, normalised: any solver; the labels themselves for the
            diagonal.
        overlap: of the two states. It is in what amplitude estimation is sure of alone. Unit: 1.
        reading: how it is read out.
        m: bits of the clock of amplitude estimation. Unit: qubits.
        is_difference: whether amplitude estimation is of the outcome -1, not +1.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers: those of `read`.

    Cost: that of `read`, which calls kernel and solution once; 2**m times and 2**m - 1 times their
        inverses for amplitude estimation.

    Raises:
        ValueError: as `read`.

    Source: [ZNL21] App. A.3 and A.4; the read-out with flags is derived.
    """

    kernel: AbstractVectorEncoding
    solution: AbstractVectorEncoding
    overlap: SymbolicFloat
    reading: Reading = Reading.HADAMARD
    m: SymbolicInt = field(default=1, kw_only=True)
    is_difference: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        self.read  # noqa: B018  refuse what it refuses

    @cached_property
    def read(self) -> Bloq:
        """The read-out with all that it holds, without control."""
        parts = self.kernel, self.solution
        if self.reading is Reading.SWAP:
            return EncodedSwapTest(*parts)
        test = FlaggedHadamardTest(*parts, self.overlap, is_difference=self.is_difference)
        return AmplitudeEstimation(test, self.m) if self.reading is Reading.AMPLITUDE else test

    @property
    def signature(self) -> Signature:
        own: list[Register] = list(self.read.signature)
        return Signature([*self.control_registers, *own])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        names: dict[str, WireNames] = getattr(self.read, "wire_names")  # noqa: B009
        return names

    @property
    def step(self) -> Bloq:
        """The read-out, controlled if this is."""
        return with_control(self.read, self.is_controlled)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {self.step: 1}

    def write(self, wires: Wires) -> None:
        there = {reg.name: self.wires_of(reg.name) for reg in self.step.signature}
        wires.on(self.step, **there)

    def __str__(self) -> str:
        return f"PredictionCircuit{'†' if self.is_adjoint else ''}({self.reading})"


@bloq_example(generalizer=SAME_CALLS)
def prediction_circuit_example() -> PredictionCircuit:
    kernel = TabulatedKernel.of(np.array([1.0, -0.5]), 4, QROMLoader(), Rotation.BITWISE)
    masked = np.array([[1.0, 0.25], [0.25, 1.0]])
    encoding = MatchingEncoding.of(masked, 4, QROMLoader(), Rotation.BITWISE)
    solver = TransformSolver.of(encoding, ClassSigns(1), 5 / 3, 5 / 3, 0.3)
    return PredictionCircuit(kernel, solver, 0.95)


@bloq_example(generalizer=SAME_CALLS)
def _prediction_circuit_controlled() -> PredictionCircuit:
    kernel = tabulated_kernel_example.make()
    return PredictionCircuit(kernel, ClassSigns(2), 0.5, Reading.SWAP, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _prediction_circuit_by_amplitude() -> PredictionCircuit:
    kernel = computed_kernel_example.make()
    return PredictionCircuit(kernel, ClassSigns(1), 0.5, Reading.AMPLITUDE, is_difference=True)


@bloq_example(generalizer=SAME_CALLS)
def _prediction_circuit_symbolic() -> PredictionCircuit:
    kernel = computed_kernel_symbolic_example.make()
    return PredictionCircuit(kernel, ClassSigns(symbols.n), symbols.delta)
