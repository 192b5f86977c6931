"""Phase-gradient state: amplitudes, inverse, cost for coarse and fine angles, limits."""

import numpy as np
import pytest
from qualtran import BloqBuilder, DecomposeTypeError

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.phase_gradient import PhaseGradient, gradient_calls, gradient_size
from bloqs.simulation.runner import Runner
from estimator import symbols
from estimator.costs.cost import Cost, cost_by_annotation, cost_by_counting


@pytest.mark.parametrize("b", [4, 5, 7])
def test_amplitudes(b):
    """exp(-2 pi i k / 2^b) / sqrt(2^b), most significant bit first."""
    wanted = np.exp(-2j * np.pi * np.arange(2**b) / 2**b) / np.sqrt(2**b)
    np.testing.assert_allclose(Runner.of(PhaseGradient(b)).run(), wanted, atol=1e-9)


def test_inverse_gives_the_qubits_back_in_zero():
    builder = BloqBuilder()
    state = builder.add(PhaseGradient(5))
    builder.add(PhaseGradient(5, is_adjoint=True), gradient=state)
    np.testing.assert_allclose(Runner.of(builder.finalize()).run(), [1], atol=1e-9)


@pytest.mark.parametrize("b", [4, 5, 32, 40, 45, 60, 256])
def test_every_qubit_but_three_is_a_rotation(b):
    """However fine: by symbols, by annotation, by gates, and for the inverse."""
    wanted = Cost(t=1, rotations=b - 3, qubits=b)
    assert cost_by_annotation(PhaseGradient(symbols.b)).subs({symbols.b: b}) == wanted
    for form in (PhaseGradient(b), PhaseGradient(b).adjoint()):
        assert cost_by_annotation(form) == cost_by_counting(form) == wanted


def test_only_adders_need_it():
    assert gradient_size(Rotation.PHASE_GRADIENT, 7) == 7
    assert gradient_size(Rotation.BITWISE, 7) == 0
    assert gradient_calls(Rotation.BITWISE, 7) == {}
    assert set(gradient_calls(Rotation.PHASE_GRADIENT, 7).values()) == {1}


def test_refuses_few_qubits():
    """Below four qubits there are no three gates and the rest."""
    with pytest.raises(ValueError, match="needs at least 4 qubits, got b=3"):
        PhaseGradient(3)


def test_symbolic_size_means_no_circuit():
    with pytest.raises(DecomposeTypeError, match="symbolic size"):
        PhaseGradient(symbols.b).decompose_bloq()
