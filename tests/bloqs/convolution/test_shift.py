"""Shift: where every basis state goes, the encoded blocks, inverse, cost, limits."""

from itertools import product

import numpy as np
import pytest
from qualtran import DecomposeTypeError

from bloqs.convolution.shift import Shift
from bloqs.simulation.runner import Runner
from estimator import symbols
from estimator.costs.cost import Cost, cost_by_annotation, cost_by_counting

SIZES = [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3), (3, 1), (3, 2), (3, 4)]
KINDS = list(product((False, True), (False, True), (1, -1)))
"""Whether it wraps, whether the shift is signed, direction."""


def shifted(state, m, d, wraps, signed, direction):
    """Basis state by basis state; `state` has shape (2**d, coordinates with overflow above)."""
    out, span = np.zeros_like(state), 2 ** (m if wraps else m + 1)
    for v, x in np.ndindex(state.shape):
        by = v - 2**d if signed and v >= 2 ** (d - 1) else v
        out[v, (x + direction * by) % span] = state[v, x]
    return out


@pytest.mark.parametrize(("m", "d"), SIZES)
def test_adds_the_shift(m, d, random_state):
    """On every shift and coordinate with every overflow bit at once; the inverse takes it back."""
    for wraps, signed, direction in KINDS:
        shift = Shift(m, d, wraps, signed, direction)
        start = random_state(2 ** (d + m + (not wraps)))
        found = Runner.of(shift).run(start)
        wanted = shifted(start.reshape(2**d, -1), m, d, wraps, signed, direction).reshape(-1)
        np.testing.assert_allclose(
            found, wanted, atol=1e-7, err_msg=f"{wraps=}, {signed=}, {direction=}"
        )
        np.testing.assert_allclose(
            Runner.of(shift.adjoint()).run(found),
            start,
            atol=1e-7,
            err_msg=f"{wraps=}, {signed=}, {direction=}",
        )
        assert shift.adjoint().adjoint() == shift, f"{wraps=}, {signed=}, {direction=}"


def test_measurement_outcomes_do_not_matter(random_state):
    """Carries are taken away by measurement."""
    for seed in range(4):
        start = random_state(2**6)
        wanted = shifted(start.reshape(4, -1), 3, 2, False, True, -1).reshape(-1)
        found = Runner.of(Shift(3, 2, False, True, -1)).run(start, seed)
        np.testing.assert_allclose(found, wanted, atol=1e-7, err_msg=f"{seed=}")


@pytest.mark.parametrize(("m", "d"), [(1, 2), (2, 2), (2, 3), (3, 3)])
def test_overflow_found_in_zero_means_still_inside(m, d):
    """The block with the overflow bit in zero is a power of the one-pixel shift, up to v = -2^m."""
    runner, M = Runner.of(Shift(m, d, wraps=False, signed=True, direction=1)), 2**m
    for v in range(-(2**d) // 2, 2**d // 2):
        if abs(v) <= M:
            first = (v % 2**d) * 2 * M
            block = [runner.run(first + x)[first : first + M] for x in range(M)]
            np.testing.assert_allclose(np.stack(block, axis=1), np.eye(M, k=-v), atol=1e-7)


def test_costs_one_and_per_carry():
    """m AND, m - 1 where there is no overflow bit, and no other gate; claimed equals counted."""
    for wraps, signed, direction in KINDS:
        for m, d in [*SIZES, (5, 2), (2, 6)]:
            shift = Shift(m, d, wraps, signed, direction)
            counted = cost_by_counting(shift)
            ands = m - 1 if wraps else m
            assert cost_by_annotation(shift) == counted, f"{wraps=}, {signed=}, {direction=}"
            assert counted == Cost(toffoli=ands, measurements=ands, qubits=counted.qubits), (
                f"{wraps=}, {signed=}, {direction=}"
            )


def test_symbolic_cost_is_the_counted_one():
    """In two's complement, as in every centred convolution."""
    for wraps, direction in product((False, True), (1, -1)):
        claimed = cost_by_annotation(Shift(symbols.m, symbols.d, wraps, True, direction))
        for m, d in [*SIZES, (5, 2), (2, 6), (6, 6)]:
            counted = cost_by_counting(Shift(m, d, wraps, True, direction))
            assert claimed.subs({symbols.m: m, symbols.d: d}) == counted, f"{wraps=}, {direction=}"


@pytest.mark.parametrize(("m", "d"), [(0, 1), (1, 0), (-1, 2)])
def test_refuses_sizes_out_of_range(m, d):
    with pytest.raises(ValueError, match=f"Shift needs m >= 1 and d >= 1, got m={m}, d={d}"):
        Shift(m, d, wraps=False, signed=False, direction=1)


def test_refuses_a_direction_that_is_none():
    with pytest.raises(ValueError, match="direction must be 1 or -1, got 0"):
        Shift(1, 1, wraps=False, signed=False, direction=0)


def test_symbolic_size_means_no_circuit():
    with pytest.raises(DecomposeTypeError, match="symbolic size, so it has no circuit"):
        Shift(symbols.m, 2, wraps=False, signed=True, direction=1).decompose_bloq()
