"""The phase is on the all-ones state and nowhere else."""

import numpy as np
import pytest

from bloqs.hypergraph.circuits.hyperedge_phase import HyperedgePhase
from bloqs.hypergraph.symbols import k
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation
from estimator.symbols import theta


def diagonal(bloq):
    """What a run gives each basis state."""
    size = 2 ** bloq.signature.n_qubits()
    return Runner.of(bloq).run(np.full(size, size**-0.5)) * size**0.5


@pytest.mark.parametrize("size", [1, 2, 3, 5])
@pytest.mark.parametrize("angle", [None, 0.7, -2.5])
@pytest.mark.parametrize("is_controlled", [False, True])
def test_phase_of_all_ones(size, angle, is_controlled):
    """A control is one qubit more that has to be one; nothing is left on it alone."""
    bloq = HyperedgePhase(size) if angle is None else HyperedgePhase(size, angle, is_trainable=True)
    bloq = bloq.controlled() if is_controlled else bloq
    wanted = np.ones(2 ** (size + is_controlled), dtype=complex)
    wanted[-1] = -1 if angle is None else np.exp(1j * angle)
    np.testing.assert_allclose(diagonal(bloq), wanted, atol=1e-12)
    np.testing.assert_allclose(diagonal(bloq.adjoint()), wanted.conj(), atol=1e-12)


@pytest.mark.parametrize(
    ("is_trainable", "qubits", "ands"), [(False, "2*k - 2", "k - 2"), (True, "2*k - 1", "k - 1")]
)
def test_cost_in_the_order(is_trainable, qubits, ands):
    angle = {"theta": theta} if is_trainable else {}
    cost = cost_by_annotation(HyperedgePhase(k, **angle, is_trainable=is_trainable))
    assert (str(cost.qubits), str(cost.toffoli)) == (qubits, ands)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ({"k": 0}, "at least one mode, got k=0"),
        ({"k": 2, "theta": float("nan"), "is_trainable": True}, "finite angle, got theta=nan"),
        ({"k": 2, "theta": 0.5}, "has the angle pi, got theta=0.5"),
    ],
)
def test_refusals(arguments, why):
    with pytest.raises(ValueError, match=why):
        HyperedgePhase(**arguments)
