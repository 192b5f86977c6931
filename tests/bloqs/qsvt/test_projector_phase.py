"""The phase of a projector: action in every form, cost, limits."""

import numpy as np
import pytest
from qualtran import DecomposeTypeError

from bloqs.qsvt.projector_phase import ProjectorPhase
from bloqs.simulation.runner import Runner
from estimator import symbols
from estimator.costs.cost import cost_by_annotation, cost_by_counting

FORMS = pytest.mark.parametrize(
    ("is_controlled", "is_signed"), [(False, False), (False, True), (True, False), (True, True)]
)


def wanted(phi, w, is_controlled, is_signed):
    """Phases over control, sign and flags, each big-endian."""
    flags = np.exp(1j * phi * np.where(np.arange(2**w) == 0, 1, -1))
    signed = np.concatenate([flags, flags.conj()]) if is_signed else flags
    return np.concatenate([np.ones(len(signed)), signed]) if is_controlled else signed


@FORMS
def test_phases_of_every_basis_state(is_controlled, is_signed, random_state):
    """All in superposition, absolute phases; the inverse undoes them."""
    for w in (1, 2, 3):
        bloq = ProjectorPhase(0.7, w, is_controlled, is_signed)
        start = random_state(2 ** (w + is_controlled + is_signed))
        found = Runner.of(bloq).run(start)
        np.testing.assert_allclose(
            found, wanted(0.7, w, is_controlled, is_signed) * start, atol=1e-9, err_msg=f"{w=}"
        )
        np.testing.assert_allclose(
            Runner.of(bloq.adjoint()).run(found), start, atol=1e-9, err_msg=f"{w=}"
        )


@FORMS
def test_cost(is_controlled, is_signed):
    """w - 1 ANDs and one rotation, two under control; symbols give the same."""
    for w in (1, 2, 3, 6):
        bloq = ProjectorPhase(0.7, w, is_controlled, is_signed)
        symbolic = ProjectorPhase(symbols.theta, symbols.a, is_controlled, is_signed)
        for form in (bloq, bloq.adjoint()):
            counted = cost_by_counting(form)
            assert cost_by_annotation(form) == counted, f"{w=}"
            assert cost_by_annotation(symbolic).subs({symbols.a: w}) == counted, f"{w=}"
            assert (counted.toffoli, counted.rotations) == (w - 1, 1 + is_controlled), f"{w=}"
            assert counted.qubits == 2 * w - 1 + is_controlled + is_signed, f"{w=}"


def test_refuses_no_flags():
    with pytest.raises(ValueError, match="at least one flag, got w=0"):
        ProjectorPhase(0.1, 0)


@pytest.mark.parametrize("bloq", [ProjectorPhase(0.1, symbols.a), ProjectorPhase(symbols.theta, 2)])
def test_symbols_have_no_circuit(bloq):
    with pytest.raises(DecomposeTypeError, match="symbolic size or phase"):
        bloq.decompose_bloq()
