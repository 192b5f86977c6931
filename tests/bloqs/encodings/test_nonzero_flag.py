"""The flag of a nonzero register: action, cost, limits."""

import numpy as np
import pytest

from bloqs.encodings.nonzero_flag import NonzeroFlag
from bloqs.simulation.runner import Runner
from estimator import symbols
from estimator.costs.cost import Cost, cost_by_counting


@pytest.mark.parametrize("is_controlled", [False, True])
@pytest.mark.parametrize("w", [1, 2, 3, 4])
def test_flips_the_flag_beside_nonzero(w, is_controlled, random_state):
    """On every basis state at once, for every control; the inverse undoes it."""
    bloq = NonzeroFlag(w, is_controlled=is_controlled)
    start = random_state(2 ** (w + 1 + is_controlled)).reshape(1 + is_controlled, 2**w, 2)
    wanted = start.copy()
    wanted[-1, 1:] = start[-1, 1:, ::-1]
    found = Runner.of(bloq).run(start.reshape(-1))
    np.testing.assert_allclose(found, wanted.reshape(-1), atol=1e-9)
    back = Runner.of(bloq.adjoint()).run(found)
    np.testing.assert_allclose(back, start.reshape(-1), atol=1e-9)


@pytest.mark.parametrize("w", [1, 2, 3, 5])
def test_cost(w, costs_agree):
    costs_agree(NonzeroFlag(w))
    counted = cost_by_counting(NonzeroFlag(w))
    assert counted == Cost(toffoli=w - 1, measurements=w - 1, qubits=2 * w)
    assert cost_by_counting(NonzeroFlag(w).controlled()).toffoli == w


@pytest.mark.parametrize("w", [2, 3, 6])
def test_symbolic_cost(w, substitutes):
    substitutes(NonzeroFlag(symbols.a), {symbols.a: w}, NonzeroFlag(w))


def test_refuses_an_empty_register():
    with pytest.raises(ValueError, match="at least one qubit, got w=0"):
        NonzeroFlag(0)
