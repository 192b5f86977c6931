"""Running circuits: what is encoded is found, and a run that proves nothing is refused."""

import cirq
import numpy as np
import pytest
from attrs import frozen
from qualtran import Bloq, QUInt, Signature
from qualtran.bloqs.arithmetic import Add
from qualtran.bloqs.basic_gates import CNOT, Hadamard, Ry, Swap, TGate, Toffoli, XGate
from qualtran.bloqs.mcmt import And

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding
from bloqs.convolution.adder import adder_convolution_channels_example, adder_convolution_example
from bloqs.simulation.runner import (
    MAX_QUBITS,
    Fidelity,
    Runner,
    encoded_image,
    encoded_matrix,
    encoded_vector,
    measured,
)

WEIGHT = 0.3


@frozen
class Mixture(AbstractBlockEncoding):
    """2 (cos^2 I + sin^2 CNOT) on two qubits, by one rotated flag and a Toffoli; two more flags."""

    alpha = 2.0
    epsilon = 0.0
    system_bitsize = 2
    ancilla_bitsize = 2

    def build_composite_bloq(self, bb, system, ancilla):
        x, y = bb.split(system)
        flag, other = bb.split(ancilla)
        flag = bb.add(Ry(2 * WEIGHT), q=flag)
        (flag, x), work = bb.add(And(), ctrl=[flag, x])
        work, y = bb.add(CNOT(), ctrl=work, target=y)
        flag, x = bb.add(And().adjoint(), ctrl=[flag, x], target=work)
        flag = bb.add(Ry(-2 * WEIGHT), q=flag)
        return {"system": bb.join([x, y], QUInt(2)), "ancilla": bb.join([flag, other])}


def mixture():
    """The operator `Mixture` encodes, without any bloq."""
    cnot = np.eye(4)[[0, 1, 3, 2]]
    return 2 * (np.cos(WEIGHT) ** 2 * np.eye(4) + np.sin(WEIGHT) ** 2 * cnot)


@frozen
class Tilted(AbstractVectorEncoding):
    """Three times (cos, sin) with probability one half, beside a flag."""

    alpha = 3.0
    epsilon = 0.0
    system_bitsize = 1
    ancilla_bitsize = 1

    def build_composite_bloq(self, bb, system, ancilla):
        return {
            "system": bb.add(Ry(2 * WEIGHT), q=system),
            "ancilla": bb.add(Hadamard(), q=ancilla),
        }


@frozen
class Dirty(Bloq):
    """Frees a work qubit that still holds something: forbidden."""

    gate: Bloq

    @property
    def signature(self):
        return Signature.build(x=1)

    def build_composite_bloq(self, bb, x):
        work = bb.allocate(1)
        x, work = bb.add(CNOT(), ctrl=x, target=work)
        (work,) = bb.split(work)
        work = bb.add(self.gate, q=work)
        bb.free(work)
        return {"x": x}


def test_matrix_is_the_specification():
    """Every column, flags in zero, alpha included, is that of the operator written by hand."""
    np.testing.assert_allclose(encoded_matrix(Mixture()), mixture(), atol=1e-12)


def test_columns_can_be_chosen():
    """Chosen columns come in the order asked for, as Python or NumPy numbers."""
    for columns in ([3, 1], np.array([3, 1]), range(3, 0, -2)):
        found = encoded_matrix(Mixture(), columns=columns)
        np.testing.assert_allclose(found, mixture()[:, [3, 1]], atol=1e-12)


def test_image_is_the_matrix_times_the_vector(rng):
    """One run on a superposition, of any norm and phase, is the operator applied to it."""
    for _ in range(3):
        vector = 7 * (rng.normal(size=4) + 1j * rng.normal(size=4))
        np.testing.assert_allclose(encoded_image(Mixture(), vector), mixture() @ vector, atol=1e-11)


def test_vector_is_the_specification():
    """The encoded vector carries alpha and the branch of the flag."""
    wanted = 3 / np.sqrt(2) * np.array([np.cos(WEIGHT), np.sin(WEIGHT)])
    np.testing.assert_allclose(encoded_vector(Tilted()), wanted, atol=1e-12)


def test_results_do_not_depend_on_the_seed():
    """Whatever the measurements inside say, the same operator comes out."""
    found = [encoded_matrix(Mixture(), seed=seed) for seed in range(8)]
    np.testing.assert_allclose(found, [found[0]] * 8, atol=1e-12)


def test_measurements_inside_are_random():
    """The circuit measures, and seeds differ in what it measures: the test above is not idle."""
    circuit = cirq.Circuit(Runner.of(Mixture()).circuit.operations)
    assert circuit.has_measurements()
    keys = sorted(circuit.all_measurement_key_names())
    start = cirq.Circuit(cirq.H.on_each(*circuit.all_qubits()))
    seen = {
        int(cirq.Simulator(seed=seed).simulate(start + circuit).measurements[keys[0]][0])
        for seed in range(16)
    }
    assert seen == {0, 1}


def test_gates_are_run_not_contracted(monkeypatch):
    """No sub-bloq answers with the tensor it declares instead of its circuit."""

    def forbidden(*_, **__):
        raise AssertionError("a tensor was contracted")

    monkeypatch.setattr(Bloq, "tensor_contract", forbidden)
    for tensors in (And, Toffoli, Add, TGate, CNOT, Ry):
        monkeypatch.setattr(tensors, "tensor_contract", forbidden)
        monkeypatch.setattr(tensors, "my_tensors", forbidden)
    np.testing.assert_allclose(encoded_matrix(Mixture()), mixture(), atol=1e-12)
    encoded_matrix(adder_convolution_example.make(), columns=[0])


@pytest.mark.parametrize("gate", [XGate(), Hadamard(), Ry(0.01)])
def test_a_dirty_work_qubit_is_found(gate):
    """A circuit that does not return its work qubits in zero is an assertion, not an answer."""
    with pytest.raises(AssertionError, match="leaves its work qubits dirty by"):
        Runner.of(Dirty(gate)).run(0)


def test_dirt_in_one_branch_is_found():
    """It is enough that one input leaves the work qubit dirty."""
    runner = Runner.of(Dirty(TGate()))
    np.testing.assert_allclose(runner.run(0), [1, 0], atol=1e-12)
    with pytest.raises(AssertionError, match="dirty"):
        runner.run(1)
    with pytest.raises(AssertionError, match="dirty"):
        runner.run(np.array([0.8, 0.6]))


def test_a_large_circuit_is_refused_by_its_qubits():
    """Above the limit the refusal says how many qubits there would be, before running."""
    size = MAX_QUBITS // 2
    runner = Runner.of(Swap(size))
    assert runner.qubits == 2 * size
    with pytest.raises(ValueError, match=f"needs {2 * size + 2} qubits, more than the"):
        Runner.of(Swap(size + 1))
    large = adder_convolution_channels_example.make()
    with pytest.raises(ValueError, match=r"needs \d+ qubits, more than the"):
        encoded_matrix(large)


@pytest.mark.parametrize("vector", [np.zeros(4), np.ones(3), np.ones(8), np.full(4, np.nan)])
def test_a_vector_that_is_no_state_is_refused(vector):
    """Zero, the wrong length and NaN cannot be prepared."""
    with pytest.raises(ValueError, match="needs a nonzero, finite vector of length 4"):
        encoded_image(Mixture(), vector)


def test_a_run_takes_what_it_says():
    """Register and work qubits are counted once each, gates one by one, and fidelity is named."""
    found = measured(Mixture())
    circuit = Runner.of(Mixture()).circuit
    assert found["qubits"] == 2 + 2 + 1
    assert found["gates"] == len(circuit.operations)
    assert found["fidelity"] == "gate by gate"


def test_a_block_is_named_as_one():
    """A run that leaves a sub-bloq whole says so, and gives what the block does."""
    swapped = cirq.MatrixGate(np.eye(8)[[0, 1, 2, 3, 4, 5, 7, 6]], name="whole Toffoli")
    runner = Runner.of(Toffoli(), {Toffoli: lambda bloq: swapped})
    assert runner.fidelity is Fidelity.BLOCK_BY_BLOCK
    assert runner.gates == 1
    for start in range(8):
        wanted = np.eye(8)[start ^ (start >= 6)]
        np.testing.assert_allclose(runner.run(start), wanted, atol=1e-12)
        np.testing.assert_allclose(Runner.of(Toffoli()).run(start), wanted, atol=1e-7)


def test_fewer_digits_are_enough():
    """Single precision gives the same state up to a millionth."""
    runner = Runner.of(Mixture(), dtype=np.complex64)
    found = runner.run(4 * 2)
    assert found.dtype == np.complex64
    np.testing.assert_allclose(found, Runner.of(Mixture()).run(4 * 2), atol=1e-6)
