"""The filter of phase estimation: its response by brute force, bounds, bits, rows."""

import numpy as np
import pytest

from bloqs.linear_systems.model.hhl import (
    CONSTANTS,
    angle_bits,
    check_clock,
    clock_bits,
    error_bound,
    evolution_error,
    evolution_times,
    filter_table,
    filter_values,
    plan,
    published_plan,
    response,
)
from bloqs.linear_systems.model.plan import Provenance
from bloqs.readout.clock import ClockWindow
from estimator.polynomials.exponential import exponential_minimal_degree

FORMS = ("walk", "evolution")


def phase_of(eigenvalue, form):
    return np.arccos(eigenvalue) if form == "walk" else np.pi / 2 * eigenvalue


def brute(eigenvalue, condition, m, window, form):
    """The probability of each y, from its sum over the steps, times what the flag is turned by."""
    size = 2**m
    t = np.arange(size)
    weights = np.ones(size) / np.sqrt(size)
    if window is ClockWindow.SINE:
        weights = np.sqrt(2 / size) * np.sin(np.pi * (t + 0.5) / size)
    total = 0.0
    for y in range(size):
        turn = 2 * np.pi * y / size
        likely = abs(weights @ np.exp(1j * t * (phase_of(eigenvalue, form) - turn))) ** 2 / size
        level = (
            np.cos(turn) if form == "walk" else ((turn + np.pi) % (2 * np.pi) - np.pi) * 2 / np.pi
        )
        if abs(level) * 2 * condition >= 1 - 1e-9 and not (form == "evolution" and 2 * y == size):
            total += likely / (2 * condition * level)
    return total


def grid_error(condition, m, window, form):
    """Largest |2 kappa lambda g - 1| on eight points for each y of the clock, and both ends."""
    size, fine = 2**m, 8 * 2**m
    weights = np.ones(size) / np.sqrt(size)
    if window is ClockWindow.SINE:
        weights = np.sqrt(2 / size) * np.sin(np.pi * (np.arange(size) + 0.5) / size)
    overlap = np.correlate(weights, weights, "full")[size - 1 :]
    terms = overlap * np.fft.fft(filter_values(condition, m, form)) / size
    found = 2 * np.fft.ifft(terms, fine).real * fine - terms[0].real
    turn = 2 * np.pi * np.arange(fine) / fine
    at = np.cos(turn) if form == "walk" else turn * 2 / np.pi
    inside = (at >= (1 - 1e-9) / condition) & (at <= 1) & (turn <= np.pi)
    ends = np.array([1 / condition, 1.0])
    at = np.append(at[inside], ends)
    found = np.append(found[inside], response(ends, condition, m, window, form))
    return abs(2 * condition * at * found - 1).max()


@pytest.mark.parametrize("window", ClockWindow)
@pytest.mark.parametrize("form", FORMS)
def test_response(window, form):
    for m, condition in ((1, 1.0), (4, 2.5), (6, 7.0)):
        at = np.array([-1, -1 / condition, 0.0, 0.6, 1])
        wanted = [brute(x, condition, m, window, form) for x in at]
        found = response(at, condition, m, window, form)
        np.testing.assert_allclose(found, wanted, atol=1e-12)


@pytest.mark.parametrize("window", ClockWindow)
@pytest.mark.parametrize("form", FORMS)
def test_no_eigenvalue_errs_more_than_is_proven(window, form):
    """Nor, where the measured law is used, than it says."""
    for condition in (1.0, 1.3, 4.0, 30.0):
        for m in range(1, 11):
            size = 2**m
            found = grid_error(condition, m, window, form)
            assert found <= error_bound(condition, size, window, form)
            power = 1 if window is ClockWindow.UNIFORM else 2
            assert m < 4 or found <= CONSTANTS[form, window] * (condition / size) ** power
            at = np.random.default_rng(m).uniform(1 / condition, 1, 50)
            off = abs(2 * condition * at * response(at, condition, m, window, form) - 1)
            assert off.max() <= found * (1 + 0.1) + 1e-9, (condition, m)


@pytest.mark.parametrize("window", ClockWindow)
@pytest.mark.parametrize("form", FORMS)
def test_the_measured_law_is_no_looser_than_it_must_be(window, form):
    """Somewhere it is attained within a sixth."""
    power = 1 if window is ClockWindow.UNIFORM else 2
    reached = max(
        grid_error(condition, m, window, form) * (2**m / condition) ** power
        for condition in (30.0, 40.0, 250.0, 300.0)
        for m in range(5, 12)
    )
    assert CONSTANTS[form, window] * 5 / 6 <= reached <= CONSTANTS[form, window]


@pytest.mark.parametrize("window", ClockWindow)
@pytest.mark.parametrize("form", FORMS)
def test_bits_are_the_fewest(window, form):
    for condition, error in ((1.0, 0.3), (20.0, 1e-2), (1e6, 1e-9)):
        m = clock_bits(condition, error, window, form)
        assert error_bound(condition, 2.0**m, window, form) <= error
        assert m == 1 or error_bound(condition, 2.0 ** (m - 1), window, form) > error
        fewer = clock_bits(condition, error, window, form, is_proven=False)
        assert fewer <= m


def test_angles_are_rounded_finely_enough():
    """Where the filter is not zero, to the share of its least value."""
    condition, m, error = 5.0, 6, 1e-3
    b = angle_bits(condition, error)
    for form in FORMS:
        table = np.array(filter_table(condition, m, form, b))
        wanted = filter_values(condition, m, form)
        off = abs(np.cos(2 * np.pi * table / 2**b) - wanted)
        assert off.max() * 2 * condition <= error
        assert off[wanted == 0].max() < 1e-12


def test_rows():
    """Calls of one estimate and its inverse, and a success that falls with the norm."""
    for is_proven, provenance in ((True, Provenance.PROVEN), (False, Provenance.PRACTICAL)):
        row = plan(20, 1e-2, 20, is_proven=is_proven)
        assert row.provenance is provenance
        m = row.degrees["clock"]
        assert row.matrix_calls == 2 * (2**m - 1)
        assert row.success == 0.25
    assert plan(20, 1e-2, 1).success == pytest.approx(1 / 1600)
    assert plan(20, 1e-2, 1, calls_a_step=2).matrix_calls == 2 * plan(20, 1e-2, 1).matrix_calls


def test_rows_of_evolutions():
    """Three times a degree for each bit of the clock, there and back."""
    for is_proven, provenance in ((True, Provenance.PROVEN), (False, Provenance.PRACTICAL)):
        row = plan(20, 1e-2, 20, form="evolution", is_proven=is_proven)
        assert row.provenance is provenance
        m = row.degrees["clock"]
        assert m == clock_bits(
            20, 0.0098 * np.sqrt(1 - 1e-4 / 4), ClockWindow.SINE, "evolution", is_proven
        )
        truncated = 1e-4 * np.sqrt(1 - 1e-4 / 4) / (64 * 20 * m**2)
        times = np.pi / 2 * 2.0 ** np.arange(m)
        fewest = sum(3 * exponential_minimal_degree(t, truncated) for t in times)
        assert row.degrees["degree"] == fewest
        assert row.matrix_calls == 2 * fewest
        twice = plan(20, 1e-2, 20, form="evolution", is_proven=is_proven, calls_a_step=2)
        assert twice.matrix_calls == 2 * row.matrix_calls


def test_times_of_evolutions():
    """Powers of two; for long clocks as many of their mean, which take hardly more calls."""
    np.testing.assert_allclose(evolution_times(5), np.pi / 2 * 2.0 ** np.arange(5))
    for m in (25, 40):
        times = evolution_times(m)
        assert len(times) == m
        assert sum(times) == pytest.approx(np.pi / 2 * (2.0**m - 1))
        each = [exponential_minimal_degree(np.pi / 2 * 2.0**j, 1e-9) for j in range(m)]
        mean = sum(exponential_minimal_degree(t, 1e-9) for t in times)
        assert sum(each) <= mean <= 1.001 * sum(each)


@pytest.mark.parametrize("m", [1, 3])
def test_what_evolutions_that_err_do(m, rng):
    """Leave and come back: as far off as is allowed, for unitaries that do it in phase."""
    for eta in (1e-4, 1e-2):
        angle = np.arccos(1 - eta)
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        off = abs(np.linalg.matrix_power(turn, 2 * m)[0, 0] - 1)
        assert 0.9 * 4 * m**2 * eta <= off <= 4 * m**2 * eta
    share = evolution_error(5.0, m, 0.1)
    assert 2 * 5.0 * 4 * m**2 * share == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("condition", "error", "calls"),
    [
        (1.05, 1e-2, 3.6e3),
        (8, 1e-2, 2.7e4),
        (20, 1e-2, 5.3e4),
        (20, 1e-6, 8.6e8),
        (100, 1e-6, 3.4e9),
    ],
)
def test_published_count(condition, error, calls):
    """Of a solver benchmark, for the right-hand side of largest norm, to two digits."""
    row = published_plan(condition, error, condition)
    assert row.expected_matrix_calls == pytest.approx(calls, rel=0.02)
    assert row.provenance is Provenance.FORMULA


def test_refusals():
    with pytest.raises(ValueError, match="1 to 20 bits, got 21"):
        check_clock(21)
    with pytest.raises(ValueError, match=r"between 1 and kappa=4, got 5"):
        plan(4, 0.1, 5)
    with pytest.raises(ValueError, match=r"in \(0, 1\), got 1"):
        clock_bits(4, 1, ClockWindow.SINE, "walk")
    with pytest.raises(ValueError, match=r"at least 1 and finite, got 0\.5"):
        published_plan(0.5, 0.1, 1)
