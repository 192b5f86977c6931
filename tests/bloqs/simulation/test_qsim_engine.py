"""qsim behind the same runner: the states of the array, up to single precision."""

import sys

import cirq
import numpy as np
import pytest
from qualtran.bloqs.qft import QFTTextBook

from bloqs.convolution.adder import adder_convolution_example
from bloqs.simulation.engine import ARRAY
from bloqs.simulation.qsim_engine import QSIM
from bloqs.simulation.runner import Runner, encoded_image, encoded_matrix

LINE = cirq.LineQubit.range(6)
WITHIN = 1e-5
GATES = (
    *(cirq.X, cirq.Y**0.3, cirq.Z**0.2, cirq.H, cirq.S, cirq.T**-1, cirq.Ry(rads=0.7)),
    *(cirq.CNOT, cirq.CZ**0.3, cirq.SWAP, cirq.CCX, cirq.CSWAP, cirq.GlobalPhaseGate(1j)),
    cirq.ControlledGate(cirq.Ry(rads=0.9)),
    cirq.MatrixGate(cirq.testing.random_unitary(8, random_state=7)),
)


def test_the_same_states(circuit_on, drawn, states):
    """Circuits of all kinds of gates, from basis states and superpositions, in several columns."""
    for _ in range(3):
        circuit = circuit_on(drawn(GATES, 40))
        by_array, by_qsim = ARRAY.load(circuit, np.complex128), QSIM.load(circuit, np.complex64)
        for start in ([0, 17, 63], states(2)):
            found, wanted = by_qsim.run(start, 0), by_array.run(start, 0)
            assert found.amplitudes.dtype == np.complex64
            np.testing.assert_allclose(found.amplitudes, wanted.amplitudes, atol=WITHIN)


def test_whatever_is_measured(circuit_on, feedback, states):
    """Outcomes that are drawn beforehand decide what is left out, and nothing has happened."""
    work = cirq.NamedQubit("work")
    circuit = circuit_on([op for qubit in LINE for op in feedback(qubit, work)])
    starts = states(2)
    for seed in range(6):
        final = QSIM.load(circuit, np.complex64).run(starts, seed)
        np.testing.assert_allclose(final.amplitudes, starts, atol=WITHIN)
        assert final.dirt < WITHIN


def test_bloqs_run_on_it(rng):
    """A convolution, measured work qubits and all, and a Fourier transform."""
    bloq = adder_convolution_example.make()
    wanted = encoded_matrix(bloq)
    np.testing.assert_allclose(encoded_matrix(bloq, engine=QSIM), wanted, atol=10 * WITHIN)
    image = rng.normal(size=wanted.shape[1])
    found = encoded_image(bloq, image, engine=QSIM)
    np.testing.assert_allclose(found, wanted @ image, atol=100 * WITHIN)
    runner = Runner.of(QFTTextBook(4), engine=QSIM)
    assert runner.fidelity == "gate by gate"
    np.testing.assert_allclose(
        runner.run(3), np.exp(2j * np.pi * 3 * np.arange(16) / 16) / 4, atol=1e-6
    )


def test_dirt_is_seen(circuit_on):
    """A work qubit that is left turned."""
    work = cirq.NamedQubit("work")
    final = QSIM.load(circuit_on([cirq.Ry(rads=0.2)(work)], LINE[:1]), np.complex64).run([1], 0)
    assert final.dirt == pytest.approx(np.sin(0.1), abs=1e-6)


def test_an_uneven_measurement_is_refused(circuit_on):
    circuit = circuit_on([cirq.Ry(rads=0.3)(LINE[0]), cirq.measure(LINE[0], key="k")], LINE[:1])
    with pytest.raises(ValueError, match="two outcomes of the same chance; here a branch has the"):
        QSIM.load(circuit, np.complex64).run([0], 0)


def test_what_it_cannot_do_is_refused(circuit_on, monkeypatch):
    """Double precision, a reset without a measurement, and to run without being installed."""
    circuit = circuit_on([cirq.H(LINE[0])], LINE[:1])
    with pytest.raises(ValueError, match=r"single precision \(complex64\), not complex128"):
        QSIM.load(circuit, np.complex128)
    with pytest.raises(ValueError, match="resets qubits just measured"):
        QSIM.load(circuit_on([cirq.H(LINE[0]), cirq.reset(LINE[0])]), np.complex64)
    monkeypatch.setitem(sys.modules, "qsimcirq", None)
    with pytest.raises(ValueError, match="needs qsimcirq; install it with pip install"):
        QSIM.load(circuit, np.complex64)
