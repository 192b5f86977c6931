"""Two phases and a qubit that chooses: action in every form, cost, limits."""

import numpy as np
import pytest
from qualtran import DecomposeTypeError

from bloqs.qsvt.phase_pair import PhasePair
from bloqs.simulation.runner import Runner
from estimator import symbols
from estimator.costs.cost import cost_by_annotation, cost_by_counting

FORMS = pytest.mark.parametrize("is_controlled", [False, True])


def wanted(phi, phi_odd, w, is_controlled):
    """Phases over control, parity, sign and flags, each big-endian."""
    zero = np.where(np.arange(2**w) == 0, 1, -1)
    on = np.concatenate([phase * sense * zero for phase in (phi, phi_odd) for sense in (1, -1)])
    return np.exp(1j * np.concatenate([0 * on, on])) if is_controlled else np.exp(1j * on)


@FORMS
def test_phases_of_every_basis_state(is_controlled, random_state):
    """All in superposition but the one that is excluded: parity one without the control."""
    for w in (1, 2, 3):
        bloq = PhasePair(0.7, -1.1, w, is_controlled)
        start = random_state(2 ** (w + 2 + is_controlled))
        if is_controlled:
            excluded = start.reshape(2, 2, -1)
            excluded[0, 1] = 0
            start = start / np.linalg.norm(start)
        found = Runner.of(bloq).run(start)
        np.testing.assert_allclose(
            found, wanted(0.7, -1.1, w, is_controlled) * start, atol=1e-9, err_msg=f"{w=}"
        )
        np.testing.assert_allclose(
            Runner.of(bloq.adjoint()).run(found), start, atol=1e-9, err_msg=f"{w=}"
        )


@FORMS
def test_cost(is_controlled):
    """w - 1 ANDs, and two rotations where two whole phases would be four under their control."""
    for w in (1, 2, 3, 6):
        bloq = PhasePair(0.7, 0.2, w, is_controlled)
        symbolic = PhasePair(symbols.theta, 0.2, symbols.a, is_controlled)
        for form in (bloq, bloq.adjoint()):
            cost = cost_by_annotation(form)
            assert cost == cost_by_counting(form), f"{w=}"
            assert cost.toffoli == w - 1, f"{w=}"
            assert cost.rotations == (3 if is_controlled else 2), f"{w=}"
            assert cost.qubits == 2 * w + 1 + is_controlled, f"{w=}"
        assert cost_by_annotation(symbolic).subs({symbols.a: w}) == cost_by_annotation(bloq), (
            f"{w=}"
        )


def test_limits():
    with pytest.raises(ValueError, match="PhasePair needs at least one flag, got w=0"):
        PhasePair(0.1, 0.2, 0)
    with pytest.raises(DecomposeTypeError, match="symbolic size or phase, so it has no circuit"):
        PhasePair(symbols.theta, 0.2, 2).decompose_bloq()
