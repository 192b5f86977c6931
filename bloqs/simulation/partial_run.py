"""Runs of a residual network's parts: what is left whole, what a run took, how far it has got.

Projector phases, tested vector-encodings in a box and rotation levels become one gate each, as do
the stand-ins of `bloqs.simulation.partial_run`; every other gate is run.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import attrs
import cirq
import numpy as np
from attrs import frozen
from qualtran import Bloq

from bloqs.abstract import AbstractVectorEncoding
from bloqs.data_loading.rotation_level import RotationLevel
from bloqs.data_loading.rotation_level import as_one_gate as as_rotation
from bloqs.qsvt.nonzero_phase import NonzeroPhase
from bloqs.qsvt.nonzero_reflection import NonzeroReflection
from bloqs.qsvt.phase_pair import PhasePair
from bloqs.qsvt.projector_phase import ProjectorPhase
from bloqs.simulation.array_state import State
from bloqs.simulation.boxed_vector import BoxedVector
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.engine import Watch, unwatched
from bloqs.simulation.fast_gates import (
    DenseGate,
    FlagPhase,
    FlagPhasePair,
    Matrix,
    NonzeroFlagPhase,
)
from bloqs.simulation.runner import Runner
from bloqs.simulation.stand_in import as_one_gate
from bloqs.simulation.vector_dilation import VectorDilation
from estimator.costs.circuit import Blocks, Circuit, circuit_of

LARGEST_RUN = 24
"""Qubits of one run: a state of 256 MiB."""

LARGEST_UNITARY = 10
"""Qubits of a part that becomes one matrix: 16 MiB."""

ROUNDING = 1e-14
"""Imaginary parts up to which a matrix is taken for real, since that costs half as much."""


@frozen
class NetworkRun:
    """One run of a vector-encoding.

    Args:
        vector: Array of shape (2**n,): the amplitudes where all ancillas are zero, not multiplied
            by alpha.
        runner: what was run.
        calls: how often each class that was left whole occurs in the circuit.
    """

    vector: State = attrs.field(eq=False, repr=False)
    runner: Runner
    calls: Mapping[type[Bloq], int]


def run(
    bloq: AbstractVectorEncoding,
    dtype: type[np.complexfloating] = np.complex128,
    watch: Watch = unwatched,
) -> NetworkRun:
    """Run a vector-encoding of concrete size.

    Args:
        bloq: without controls.
        dtype: precision of the amplitudes.
        watch: is told how far the run has got.

    Raises:
        ValueError: if it needs more than `LARGEST_RUN` qubits.
    """
    qubits = bloq.signature.n_qubits()
    if qubits > LARGEST_RUN:
        raise ValueError(
            f"{bloq} needs {qubits} qubits, more than the {LARGEST_RUN} that are simulated here; "
            f"choose a smaller image, or run less as one circuit"
        )
    circuit, calls = _in_blocks(bloq)
    runner = Runner(bloq, circuit, _whole(calls), dtype)
    flags = 2**bloq.ancilla_bitsize
    found = runner.run(watch=watch).reshape(-1, flags)[:, 0].astype(np.complex128)
    times: Counter[type[Bloq]] = Counter()
    for (kind, _), number in calls.items():
        times[kind] += number
    return NetworkRun(found, runner, times)


Calls = Counter[tuple[type[Bloq], frozenset[type[Bloq]]]]
"""Parts left whole, by class, each with the classes that were left whole inside of it."""


def _in_blocks(bloq: Bloq) -> tuple[Circuit, Calls]:
    calls: Calls = Counter()

    def noted(part: Any) -> cirq.Gate:
        calls[type(part), _inside(part)] += 1
        return BLOCKS[type(part)](part)

    return circuit_of(bloq, blocks=dict.fromkeys(BLOCKS, noted)), calls


def _whole(calls: Calls) -> frozenset[type[Bloq]]:
    return frozenset().union(*({kind, *inside} for kind, inside in calls))


def _inside(part: Bloq) -> frozenset[type[Bloq]]:
    return _circuit_unitary(part.encoding)[1] if isinstance(part, BoxedVector) else frozenset()


@lru_cache(maxsize=16)
def _circuit_unitary(bloq: Bloq) -> tuple[Matrix, frozenset[type[Bloq]]]:
    """The unitary of a circuit, run on every basis state at once, and what was left whole."""
    circuit, calls = _in_blocks(bloq)
    return _unitary_of(Runner(bloq, circuit, _whole(calls))), _whole(calls)


def _unitary_of(runner: Runner) -> Matrix:
    qubits = runner.bloq.signature.n_qubits()
    if qubits > LARGEST_UNITARY:
        raise ValueError(
            f"{runner.bloq} has {qubits} qubits, more than the {LARGEST_UNITARY} of a part that is "
            f"one gate; choose a smaller image"
        )
    unitary = runner.columns(range(2**qubits))
    is_real = np.abs(unitary.imag).max() <= ROUNDING
    return np.ascontiguousarray(unitary.real) if is_real else unitary


def as_matrix(bloq: Bloq) -> DenseGate:
    """A whole sub-bloq as the matrix of its circuit, for `blocks` of a run block by block.

    Every gate of the circuit is run on every basis state, once for each bloq and not again for its
    inverse.

    Args:
        bloq: passes all its registers through.

    Raises:
        ValueError: if it has more than `LARGEST_UNITARY` qubits.
    """
    if getattr(bloq, "is_adjoint", False):
        return as_matrix(bloq.adjoint()) ** -1
    return DenseGate(_gate_by_gate(bloq))


@lru_cache(maxsize=16)
def _gate_by_gate(bloq: Bloq) -> Matrix:
    return _unitary_of(Runner.of(bloq))


def _boxed(part: BoxedVector) -> cirq.Gate:
    """One matrix for a circuit, inverted and controlled as the box says."""
    unitary = _circuit_unitary(part.encoding)[0]
    gate = DenseGate(unitary.conj().T if part.is_adjoint else unitary)
    return cirq.ControlledGate(gate) if part.is_controlled else gate


BLOCKS: Mapping[type[Bloq], Callable[[Any], cirq.Gate]] = {
    Dilation: as_one_gate,
    VectorDilation: as_one_gate,
    BoxedVector: _boxed,
    RotationLevel: as_rotation,
    PhasePair: FlagPhasePair,
    ProjectorPhase: FlagPhase,
    NonzeroPhase: NonzeroFlagPhase,
    NonzeroReflection: NonzeroFlagPhase,
}
"""What each part that is left whole becomes."""


STAND_INS: Blocks = MappingProxyType({Dilation: as_one_gate, VectorDilation: as_one_gate})
"""To be given as `blocks` of a run, with other blocks or alone."""
