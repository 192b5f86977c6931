"""The reflection about zero: action, cost, limits."""

import numpy as np
import pytest

from bloqs.encodings.zero_reflection import ZeroReflection
from bloqs.simulation.runner import Runner
from estimator import symbols
from estimator.costs.cost import Cost, cost_by_counting


@pytest.mark.parametrize("is_controlled", [False, True])
@pytest.mark.parametrize("w", [1, 2, 3, 4])
def test_flips_the_sign_of_zero(w, is_controlled, random_state):
    """On every basis state at once, for every control; it is its own inverse."""
    bloq = ZeroReflection(w, is_controlled=is_controlled)
    start = random_state(2 ** (w + is_controlled)).reshape(1 + is_controlled, 2**w)
    wanted = start.copy()
    wanted[-1, 0] *= -1
    for form in (bloq, bloq.adjoint()):
        found = Runner.of(form).run(start.reshape(-1))
        np.testing.assert_allclose(found, wanted.reshape(-1), atol=1e-9)


@pytest.mark.parametrize("w", [1, 2, 3, 5])
def test_cost(w, costs_agree):
    """No rotation, no T beside the ANDs."""
    costs_agree(ZeroReflection(w))
    ands = max(0, w - 2)
    wanted = Cost(toffoli=ands, measurements=ands, qubits=w + ands)
    assert cost_by_counting(ZeroReflection(w)) == wanted
    assert cost_by_counting(ZeroReflection(w).controlled()).toffoli == w - 1


@pytest.mark.parametrize("w", [3, 4, 7])
def test_symbolic_cost(w, substitutes):
    substitutes(ZeroReflection(symbols.a), {symbols.a: w}, ZeroReflection(w))


def test_refuses_an_empty_register():
    with pytest.raises(ValueError, match="at least one qubit, got w=0"):
        ZeroReflection(0)
