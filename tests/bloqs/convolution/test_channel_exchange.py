"""Channel exchange: where every basis state goes, the encoded unit matrices, control, cost."""

import numpy as np
import pytest
from qualtran import DecomposeTypeError

from bloqs.convolution.channel_exchange import ChannelExchange
from bloqs.simulation.runner import Runner
from estimator import symbols
from estimator.costs.cost import Cost, cost_by_annotation, cost_by_counting


def exchanged(state, is_adjoint=False):
    """|i, j, channel, fresh> to |i, j, fresh ^ i, channel ^ j>; the inverse with i and j traded."""
    out = np.zeros_like(state)
    for i, j, q, f in np.ndindex(state.shape):
        before, after = (i, j) if is_adjoint else (j, i)
        out[i, j, f ^ after, q ^ before] = state[i, j, q, f]
    return out


@pytest.mark.parametrize("c", [1, 2])
def test_exchanges(c, random_state):
    """On every i, j, channel and fresh register at once; and the inverse takes it back."""
    bloq, start = ChannelExchange(c), random_state(2 ** (4 * c))
    shape = (2**c,) * 4
    found = Runner.of(bloq).run(start)
    back = Runner.of(bloq.adjoint()).run(start)
    np.testing.assert_allclose(found, exchanged(start.reshape(shape)).reshape(-1), atol=1e-9)
    np.testing.assert_allclose(back, exchanged(start.reshape(shape), True).reshape(-1), atol=1e-9)
    np.testing.assert_allclose(Runner.of(bloq.adjoint()).run(found), start, atol=1e-9)


@pytest.mark.parametrize("c", [1, 2])
def test_encodes_the_unit_matrices(c):
    """With the fresh register in zero before and after: |i><j|; its inverse |j><i|."""
    size = 2**c
    bloq = ChannelExchange(c)
    runner, inverse = Runner.of(bloq), Runner.of(bloq.adjoint())
    for i in range(size):
        for j in range(size):
            unit = np.zeros((size, size))
            unit[i, j] = 1
            for run, wanted in ((runner, unit), (inverse, unit.T)):
                starts = [((i * size + j) * size + q) * size for q in range(size)]
                block = [run.run(start).reshape((size,) * 4)[i, j, :, 0] for start in starts]
                np.testing.assert_allclose(np.stack(block, axis=1), wanted, atol=1e-9)


@pytest.mark.parametrize("is_adjoint", [False, True])
@pytest.mark.parametrize("c", [1, 2])
def test_control_decides(c, is_adjoint, random_state):
    """Off, with i = j = 0: the identity. On: the exchange. Both at once, phases kept."""
    shape = (2**c,) * 4
    start = random_state(2 ** (4 * c + 1)).reshape(2, *shape)
    start[0, 1:] = 0
    start[0, 0, 1:] = 0
    start /= np.linalg.norm(start)
    bloq = ChannelExchange(c, is_controlled=True, is_adjoint=is_adjoint)
    found = Runner.of(bloq).run(start.reshape(-1)).reshape(2, *shape)
    np.testing.assert_allclose(found[0], start[0], atol=1e-9)
    np.testing.assert_allclose(found[1], exchanged(start[1], is_adjoint), atol=1e-9)


def test_cost_is_clifford():
    """Nothing but Clifford gates; c CSWAP under control; four registers and no work qubits."""
    for controlled, cswaps in ((False, 0), (True, symbols.c)):
        claimed = cost_by_annotation(ChannelExchange(symbols.c, controlled))
        assert claimed == Cost(cswap=cswaps, qubits=4 * symbols.c + int(controlled))
        for c in (1, 2, 5):
            bloq = ChannelExchange(c, controlled)
            assert claimed.subs({symbols.c: c}) == cost_by_counting(bloq)
            assert cost_by_annotation(bloq) == cost_by_counting(bloq.adjoint())


def test_refuses_a_single_channel():
    with pytest.raises(ValueError, match="ChannelExchange needs c >= 1, got c=0"):
        ChannelExchange(0)


def test_symbolic_size_means_no_circuit():
    with pytest.raises(DecomposeTypeError, match="symbolic size, so it has no circuit"):
        ChannelExchange(symbols.c).decompose_bloq()
