"""Shifts of the published convolution: amplified exactly, multiplied, counted as a family."""

from itertools import product

import numpy as np
import pytest

from bloqs.composite import controlled_form
from bloqs.convolution.kernel import Kernel, Padding
from bloqs.convolution.published_shift import ShiftFamily, one_sided_shift
from bloqs.encodings.projector import ProjectorEncoding
from bloqs.encodings.tensor_encoding import TensorEncoding
from bloqs.simulation.runner import Fidelity, Runner, encoded_matrix
from estimator.costs.cost import cost_by_annotation, cost_by_counting


def family(D, offset, m, shares=False, wraps=False):
    kernel = Kernel(tuple(map(float, range(1, D * D + 1))), 1, 1, D, offset, wraps)
    return ShiftFamily(kernel, m, shares)


def sizes_only(shifts):
    K = shifts.kernel
    kernel = Kernel(None, K.C_out, K.C_in, K.D, K.offset, K.wraps)
    return ShiftFamily(kernel, shifts.m, shifts.shares_ancillas)


@pytest.mark.parametrize("m", [1, 2, 3])
def test_step_encodes_the_shift_with_alpha_one(m):
    """Gate by gate, with the right sign, two ancillas instead of the four published."""
    step = one_sided_shift(m)
    assert (step.alpha, step.epsilon, step.ancilla_bitsize) == (1, 0, 2)
    assert Runner.of(step).fidelity is Fidelity.GATE_BY_GATE
    wanted = np.eye(2**m, k=-1)
    np.testing.assert_allclose(encoded_matrix(step), wanted, rtol=0, atol=1e-10)
    np.testing.assert_allclose(encoded_matrix(step.adjoint()), wanted.T, rtol=0, atol=1e-10)


@pytest.mark.parametrize(
    ("s", "shares"), [(2, False), (2, True), (3, False), (3, True), (-2, False), (-3, True)]
)
def test_products_encode_powers(s, shares):
    """On four pixels; ancillas 2 l, or l + 1 if shared, against the 4 l published."""
    bloq = family(7, 3, 2, shares).shift(s)
    assert bloq.ancilla_bitsize == (abs(s) + 1 if shares else 2 * abs(s)) < 4 * abs(s)
    assert bloq.alpha == 1
    found = encoded_matrix(bloq)
    np.testing.assert_allclose(found, np.eye(4, k=-s), rtol=0, atol=1e-10)


@pytest.mark.parametrize("s", [1, -2])
def test_control_decides(s, random_state):
    """Off leaves pixels and ancillas alone; on is the block, with the phase of the start."""
    for shares in (False, True):
        bloq = family(7, 3, 2, shares).shift(s)
        off, on = random_state(8).reshape(2, 4)
        start = np.zeros((2, 4, 2**bloq.ancilla_bitsize), dtype=complex)
        start[:, :, 0] = off, on
        found = Runner.of(controlled_form(bloq)).run(start.reshape(-1)).reshape(start.shape)
        np.testing.assert_allclose(found[0], start[0], rtol=0, atol=1e-10, err_msg=f"{shares=}")
        np.testing.assert_allclose(
            found[1, :, 0], np.eye(4, k=-s) @ on, rtol=0, atol=1e-10, err_msg=f"{shares=}"
        )


def test_a_term_is_a_tensor_product():
    """|1><0| on the channel, two pixels on in the column and one back in the row; gate by gate."""
    shifts = family(7, 3, 2, shares=True)
    projector = ProjectorEncoding(1, 0, 1, swaps=False)
    bloq = TensorEncoding((projector, shifts.shift(2), shifts.shift(-1)))
    assert bloq.ancilla_bitsize == 1 + 3 + 2
    wanted = np.kron(np.kron([[0, 0], [1, 0]], np.eye(4, k=-2)), np.eye(4, k=1))
    runner, flags = Runner.of(bloq), 2**bloq.ancilla_bitsize
    for x in (3, 6, 10, 27):
        found = runner.run(x * flags).reshape(-1, flags)[:, 0]
        np.testing.assert_allclose(found, wanted[:, x], rtol=0, atol=1e-10)
    assert wanted[:, [6, 10]].any()
    assert not wanted[:, 27].any()


@pytest.mark.parametrize(("D", "offset"), [(2, 0), (3, 1), (3, 2), (4, 1), (5, 0), (8, 3)])
def test_closed_form_of_all_shifts_is_their_sum(D, offset):
    """The same gates, whether the shifts are listed or only how far they go."""
    for m, (shares, wraps) in product((1, 2, 3), ((False, False), (True, False), (False, True))):
        shifts = family(D, offset, m, shares, wraps)
        listed, closed = shifts.controlled_calls(), sizes_only(shifts).controlled_calls()
        assert len(listed) == D - 1, f"{m=}, {shares=}, {wraps=}"

        def total(calls):
            costs = [(cost_by_annotation(bloq), times) for bloq, times in calls.items()]
            names = ("t", "toffoli", "rotations", "measurements")
            return [sum(getattr(cost, name) * times for cost, times in costs) for name in names]

        assert total(listed) == total(closed), f"{m=}, {shares=}, {wraps=}"
        widest = max(bloq.ancilla_bitsize for bloq in listed)
        assert shifts.ancilla_bitsize == sizes_only(shifts).ancilla_bitsize == widest, (
            f"{m=}, {shares=}, {wraps=}"
        )


def test_every_shift_has_the_work_qubits_of_a_step():
    """By counting, for products of both kinds and on a periodic image."""
    for shares, wraps in ((False, False), (True, False), (False, True)):
        shifts = family(7, 3, 2, shares, wraps)
        for s in (-3, -1, 1, 2):
            bloq = controlled_form(shifts.shift(s))
            work = cost_by_counting(bloq).qubits - bloq.signature.n_qubits()
            step = controlled_form(shifts.step)
            assert work == cost_by_counting(step).qubits - step.signature.n_qubits() > 0


def test_no_shift_is_nothing():
    shifts = ShiftFamily(Kernel.of(np.ones((2, 1, 1, 1)), Padding.TOP_LEFT), 2, False)
    assert shifts.shift(0) is None
    assert shifts.step is None
    assert shifts.ancilla_bitsize == 0
    assert shifts.controlled_calls() == {}
