"""Steps that repeat, multiplied out into one gate each, where the matrix is dilated.

Each gate is made of the circuits of one step, run on every basis state. The whole circuits are
compared with reflections and products written as matrices in tests of their own.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import cirq
import numpy as np
import scipy.linalg
from attrs import evolve
from qualtran import Bloq

from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.encodings.zero_reflection import ZeroReflection
from bloqs.linear_systems.circuits.chebyshev_steps import ChebyshevSteps
from bloqs.linear_systems.circuits.qubitised_walk import QubitisedWalk
from bloqs.qsvt.phase_pair import PhasePair
from bloqs.readout.matrix_evolution import MatrixEvolution
from bloqs.simulation.fast_gates import DenseGate, Matrix
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import Runner

LARGEST_STEP = 9
"""Qubits of a step that is multiplied out: 2**9 by 2**9 numbers."""


class PowersGate(cirq.Gate):
    """A power of a unitary for each value of an index, with a sign for odd ones.

    Args:
        phases: of the unitary's eigenvalues, of shape (2**q,). Unit: radians.
        vectors: its eigenvectors as columns, of shape (2**q, 2**q).
        bits: width of the index, whose qubits come first.
        sense: 1, or -1 for the inverse.
    """

    def __init__(self, phases: Matrix, vectors: Matrix, bits: int, sense: int = 1) -> None:
        self.phases, self.vectors, self.bits, self.sense = phases, vectors, bits, sense

    @classmethod
    def of(cls, unitary: Matrix, bits: int) -> "PowersGate":
        """From the unitary itself, an array of shape (2**q, 2**q)."""
        triangle, vectors = scipy.linalg.schur(unitary, output="complex")
        return cls(np.angle(np.diag(triangle)), vectors, bits)

    def __pow__(self, power: Any) -> "PowersGate":
        if power != -1:
            return NotImplemented
        return PowersGate(self.phases, self.vectors, self.bits, -self.sense)

    def _num_qubits_(self) -> int:
        return self.bits + len(self.phases).bit_length() - 1

    def _has_unitary_(self) -> bool:
        return True

    def _apply_unitary_(self, args: cirq.ApplyUnitaryArgs) -> Matrix:
        axes = list(args.axes)
        state = np.moveaxis(args.target_tensor, axes, range(len(axes)))
        flat = np.ascontiguousarray(state).reshape(2**self.bits, len(self.phases), -1)
        index = np.arange(2**self.bits)
        turns = np.exp(1j * self.sense * np.outer(index, self.phases + np.pi))
        turned = self.vectors @ (turns[:, :, None] * (self.vectors.conj().T @ flat))
        return np.moveaxis(turned.astype(flat.dtype).reshape(state.shape), range(len(axes)), axes)


def steps_as_one_gate(steps: ChebyshevSteps) -> cirq.Gate:
    """For each value of the index so many steps, none of them under a control."""
    reflection = ZeroReflection(steps.encoding.ancilla_bitsize)
    size = 2 ** steps.encoding.signature.n_qubits()
    flags = 2 ** int(steps.encoding.ancilla_bitsize)
    about = np.kron(np.ones(size // flags), np.diag(columns_of(reflection)))
    call = columns_of(steps.encoding)
    once = call.conj().T @ (about[:, None] * call * about)
    gate = PowersGate.of(once, int(steps.index_bitsize))
    gate = gate**-1 if steps.is_adjoint else gate
    return cirq.ControlledGate(gate) if steps.is_controlled else gate


def walk_as_one_gate(walk: QubitisedWalk) -> cirq.Gate:
    """A power of the walk."""
    bare = evolve(walk, times=1, is_controlled=False, is_adjoint=False)
    power = power_of(bare, int(walk.times))
    gate = DenseGate(power.conj().T if walk.is_adjoint else power)
    return cirq.ControlledGate(gate) if walk.is_controlled else gate


def evolution_as_one_gate(evolution: MatrixEvolution) -> cirq.Gate:
    """An evolution of any length."""
    unitary = columns_of(evolve(evolution, is_controlled=False, is_adjoint=False))
    gate = DenseGate(unitary.conj().T if evolution.is_adjoint else unitary)
    return cirq.ControlledGate(gate) if evolution.is_controlled else gate


def pair_as_one_gate(pair: PhasePair) -> cirq.Gate:
    """A phase that a parity and a sign choose, of zero flags and of the others."""
    phases = np.array([pair.phi, pair.phi_odd], dtype=float)
    about = -np.ones(2 ** int(pair.w))
    about[0] = 1
    turns = np.multiply.outer(np.multiply.outer(phases, [1.0, -1.0]), about).ravel()
    gate = DenseGate(np.diag(np.exp(1j * turns)))
    return cirq.ControlledGate(gate) if pair.is_controlled else gate


@lru_cache(maxsize=64)
def power_of(bloq: Bloq, times: int) -> Matrix:
    """A power of a circuit's unitary, by squaring."""
    if times == 1:
        return columns_of(bloq)
    half = power_of(bloq, times // 2)
    return half @ half @ columns_of(bloq) if times % 2 else half @ half


@lru_cache(maxsize=32)
def columns_of(bloq: Bloq) -> Matrix:
    """The unitary of a circuit with the matrix dilated, real if it is."""
    blocks = {**STAND_INS, RotationLevel: as_one_gate, PhasePair: pair_as_one_gate}
    found = Runner.of(bloq, blocks).columns(range(2 ** bloq.signature.n_qubits()))
    return found if found.imag.any() else np.ascontiguousarray(found.real)


WHOLE_STEPS: Mapping[type[Bloq], Callable[[Any], cirq.Gate]] = {
    ChebyshevSteps: steps_as_one_gate,
    QubitisedWalk: walk_as_one_gate,
    MatrixEvolution: evolution_as_one_gate,
}
"""What becomes of each."""


def whole_steps_of(system: int, ancillas: int) -> Mapping[type[Bloq], Callable[[Any], cirq.Gate]]:
    """`WHOLE_STEPS` where a step is small, nothing where it is not.

    Args:
        system: qubits of the system.
        ancillas: of the encoding.
    """
    return WHOLE_STEPS if system + ancillas + 1 <= LARGEST_STEP else {}
