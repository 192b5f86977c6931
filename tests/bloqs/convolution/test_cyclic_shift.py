"""Cyclic shifts by phases between Fourier transforms: operator, control, cost, limits."""

from itertools import product

import numpy as np
import pytest
import sympy
from qualtran import DecomposeTypeError

from bloqs.convolution.cyclic_shift import CyclicShift
from bloqs.simulation.runner import Runner, encoded_matrix
from estimator import symbols
from estimator.costs.cost import cost_by_annotation, cost_by_counting


def rolled(m, power):
    """The permutation by NumPy: column x has its one at x + power."""
    return np.roll(np.eye(2**m), power, axis=0)


@pytest.mark.parametrize(
    ("m", "power"),
    [
        *((1, power) for power in (1, -1, 2, 3, -5)),
        *((3, power) for power in (1, -1, 2, 3, -5)),
        (2, -5),
        (4, 3),
        *(
            pytest.param(m, power, marks=pytest.mark.slow)
            for m, power in product((2, 4), (1, -1, 2, 3, -5))
            if (m, power) not in ((2, -5), (4, 3))
        ),
    ],
)
def test_shifts_round_the_image(m, power):
    """Every column, gate by gate; the inverse shifts back."""
    shift = CyclicShift(m, power)
    np.testing.assert_allclose(encoded_matrix(shift), rolled(m, power), rtol=0, atol=1e-10)
    back = encoded_matrix(shift.adjoint())
    np.testing.assert_allclose(back, rolled(m, -power), rtol=0, atol=1e-10)


@pytest.mark.parametrize("power", [1, -3, 9])
def test_basis_states_are_shifted_classically(power):
    """Qualtran's classical simulator; the last column of three qubits goes round."""
    for bloq, step in ((CyclicShift(3, power), power), (CyclicShift(3, power).adjoint(), -power)):
        for x in range(8):
            assert bloq.call_classically(system=x) == ((x + step) % 8,)
            for ctrl in (0, 1):
                found = bloq.controlled().call_classically(ctrl=ctrl, system=x)
                assert found == (ctrl, (x + ctrl * step) % 8)
    with pytest.raises(NotImplementedError):
        CyclicShift(3, None).call_classically(system=1)


@pytest.mark.parametrize(("m", "power"), [(1, 1), (1, 2), (2, -1), (3, 1), (3, 6)])
def test_control_decides_and_leaves_no_phase(m, power, random_state):
    """Both values of the control at once; no measurement outcome matters."""
    start = random_state(2 ** (m + 1))
    for bloq, sign in ((CyclicShift(m, power), 1), (CyclicShift(m, power).adjoint(), -1)):
        runner = Runner.of(bloq.controlled())
        wanted = [start[: 2**m], rolled(m, sign * power) @ start[2**m :]]
        for seed in (0, 1):
            found = runner.run(start, seed=seed)
            np.testing.assert_allclose(found, np.concatenate(wanted), rtol=0, atol=1e-10)


def test_published_cost_of_eight_qubits():
    """A textbook transform of 8 qubits has 28 controlled phases, 7 of them S, 6 T, 15 neither."""
    counted = cost_by_counting(CyclicShift(8, 1))
    assert (counted.toffoli, counted.t, counted.rotations) == (2 * 28, 2 * 6 + 1, 2 * 15 + 5)
    assert counted.qubits == 9
    controlled = cost_by_counting(CyclicShift(8, 1).controlled())
    assert (controlled.toffoli, controlled.t, controlled.rotations) == (56 + 7, 13, 35)


@pytest.mark.parametrize("m", [3, 4, 6])
def test_symbolic_cost_is_the_counted_one(m):
    """For a step, for its inverse, and for a shift by more, whatever its number."""
    for is_controlled in (False, True):
        for power, numbers in ((1, (1, -1)), (None, (2, -3, 4, 2**m))):
            symbolic = CyclicShift(symbols.m, power, is_controlled=is_controlled)
            claimed = cost_by_annotation(symbolic).subs({symbols.m: m})
            sized = CyclicShift(m, power, is_controlled=is_controlled)
            for number in numbers:
                bloq = CyclicShift(m, number, is_controlled=is_controlled)
                assert claimed == cost_by_counting(bloq) == cost_by_counting(bloq.adjoint()), (
                    f"{is_controlled=}"
                )
                assert cost_by_annotation(sized) == claimed, f"{is_controlled=}"


def test_a_shift_by_any_power_costs_the_same_on_two_pixels():
    """One bit: a Z or nothing, so no gate that is counted."""
    for power in (1, 2, 3, None):
        cost = cost_by_annotation(CyclicShift(1, power).controlled())
        assert (cost.toffoli, cost.rotations, cost.qubits) == (0, 0, 2)


def test_alpha_is_one_and_there_is_no_ancilla():
    shift = CyclicShift(symbols.m, 1)
    assert (shift.alpha, shift.epsilon, shift.ancilla_bitsize) == (1, 0, 0)
    assert sympy.sympify(cost_by_annotation(shift).qubits) == symbols.m + 1


@pytest.mark.parametrize(
    ("m", "power", "message"),
    [
        (0, 1, "needs a coordinate of m >= 1 qubits, got m=0"),
        (3, 0, "needs a power that is not 0, got 0"),
    ],
)
def test_refuses(m, power, message):
    with pytest.raises(ValueError, match=message):
        CyclicShift(m, power)


def test_no_power_or_size_means_no_circuit():
    with pytest.raises(DecomposeTypeError, match="has no power, so it has no circuit"):
        CyclicShift(3, None).decompose_bloq()
    with pytest.raises(DecomposeTypeError, match="symbolic size, so it has no circuit"):
        CyclicShift(symbols.m, 1).decompose_bloq()
