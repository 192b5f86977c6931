"""Sizes from which quantum sends less, as printed, and checked on both sides."""

from math import ceil, log, pi, sqrt

import pytest

from bloqs.communication.rivals.window import (
    cheapest,
    classical_bits,
    first_size,
    gradient_window,
    last_block_bits,
    last_block_qubits,
    sampled_qubits,
    windows,
)


@pytest.mark.parametrize(
    ("epsilon", "shipping", "cheaper"), [(0.1, 9, 13), (0.03, 13, 18), (0.01, 16, 22)]
)
def test_equal_confidence(epsilon, shipping, cheaper):
    found = {(w.convention, w.against): w.first for w in windows(1, epsilon, 0.05)}
    assert found["equal confidence", ("shipping",)] == shipping
    assert found["equal confidence", ("shipping", "sketch")] == cheaper
    assert found["guaranteed", ("shipping",)] == shipping + 1
    for n, is_less in ((cheaper - 1, False), (cheaper, True)):
        bits = classical_bits(n, 1, epsilon, 0.05, "equal confidence")
        sent = sampled_qubits(n, 1, epsilon, 0.05, "equal confidence")
        assert (sent < cheapest(bits)[1]) == is_less


@pytest.mark.parametrize(("parameters", "shift"), [(10**3, 29), (10**4, 36), (10**6, 50)])
def test_gradients_of_the_last_block(parameters, shift):
    """Shift against the best classical; one group from 12; tomography at unit constants far on."""
    assert gradient_window(parameters, 0.1, 0.05, "shift") == shift
    assert gradient_window(parameters, 0.1, 0.05, "grouped") == 12
    assert 65 <= gradient_window(parameters, 0.1, 0.05, "tomography") <= 70
    with pytest.raises(ValueError, match="got 'guess'"):
        last_block_qubits(3, 1, 0.1, 0.05, "guess")


@pytest.mark.parametrize(("parameters", "shift"), [(1, 10), (10, 18), (50, 22)])
def test_few_parameters_have_a_cheaper_sketch(parameters, shift):
    """One sketch by Chebyshev's inequality is shorter than a median: 4.5 against 48 at P = 1."""
    assert gradient_window(parameters, 0.1, 0.05, "shift") == shift
    bits = last_block_bits(30, parameters, 0.1, 0.05)
    variance = 0.1**2 * 0.05 / parameters
    assert bits == pytest.approx(pi * sqrt(2**30 / (2 * variance)), rel=0.02)


@pytest.mark.parametrize(("qubits", "parameters"), [(1, 1), (5, 7)])
def test_qubits_of_the_last_block(qubits, parameters):
    """A register for each copy: by the formulas of the protocols, with an error of 0.2."""
    many = log(2 * parameters / 0.1)
    searches = int(16 * log(2 * 2**qubits) / 0.04) + 1
    failure = log(searches / 0.1)
    wanted = {
        "grouped": ceil(2 * many / 0.04),
        "hadamard": parameters * ceil(2 * many / 0.04),
        "shift": 2 * parameters * ceil(many / 0.04),
        "tomography": searches * (log(2 * parameters) ** 2 + failure) * failure / 0.025**2,
    }
    for variant, copies in wanted.items():
        found = last_block_qubits(qubits, parameters, 0.2, 0.1, variant)
        assert found == pytest.approx(qubits * copies, rel=1e-12), variant


def test_first_size():
    """From where on it is always less, not where it first is."""
    assert first_size(lambda n: 5, lambda n: {3: 9}.get(n, n)) == 6
    assert first_size(lambda n: 100, lambda n: n) is None
    assert first_size(lambda n: 0, lambda n: n) == 1
    assert first_size(lambda n: 0, lambda n: n - 4) == 5  # equal at 4, which is not less
    assert first_size(lambda n: 90 - n, lambda n: 1) == 90
    assert first_size(lambda n: 9 - n, lambda n: 1, 9) == 9


def test_more_layers():
    """Chains are no better than shipping at small sizes."""
    bits = classical_bits(10, 2, 0.1, 0.05, "guaranteed")
    assert cheapest(bits)[0] == "shipping"
    assert cheapest(classical_bits(60, 2, 0.1, 0.05, "guaranteed"))[0] == "chain"
