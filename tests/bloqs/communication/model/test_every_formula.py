"""A formula in letters, with numbers put in, is what the function gives for those numbers."""

import pytest
import sympy

from bloqs.communication.model.amplitude import clock_length, value_bits
from bloqs.communication.model.inner_product import least_qubits, string_length
from bloqs.communication.model.leakage import guess_probability, interactive_bits, leaked_bits
from bloqs.communication.model.schedule import (
    greedy_updates,
    greedy_updates_with,
    mirror_error,
    mirror_updates,
)
from bloqs.communication.model.shots import (
    equal_confidence_shots,
    gradient_copies,
    loss_shots,
    result_bits,
    shift_result_bits,
    shift_shots,
    spread_shots,
)
from bloqs.communication.model.tomography import TomographyCost, most_updates

FIRST = {
    clock_length: [(1,), (0.5,), (0.1,), (0.003,)],
    value_bits: [(2,), (8,), (1024,)],
    least_qubits: [(2, 1), (3, 1), (2, 3), (10, 7)],
    string_length: [(2, 1), (10, 7)],
    leaked_bits: [(2, 1), (8, 3), (16, 0)],
    interactive_bits: [(10, 3), (3, 10), (0, 0)],
    guess_probability: [(8, 3), (3, 8)],
    greedy_updates: [(1,), (0.3,), (0.01,)],
    greedy_updates_with: [(0.25, 0.1), (0.01, 1)],
    mirror_error: [(0.1, 2), (0.5, 0.25)],
    mirror_updates: [(0.1, 2, 50), (1, 0.5, 1)],
    loss_shots: [(1, 0.5), (0.1, 0.05), (0.01, 1e-6)],
    equal_confidence_shots: [(1,), (0.3,), (0.01,)],
    gradient_copies: [(1, 1, 0.5), (12, 0.1, 0.05)],
    shift_shots: [(1, 1, 0.5), (12, 0.1, 0.05)],
    spread_shots: [(2, 0.1, 0.05), (0.5, 3, 0.9)],
    result_bits: [(1,), (7,), (8,), (738,)],
    shift_result_bits: [(1,), (7,), (8,), (1199,)],
    most_updates: [(2, 1), (1024, 0.1)],
}
"""Functions, and numbers for their first arguments."""


def letters(number):
    return sympy.symbols(f"x:{number}", positive=True)


def put_in(formula, symbols, numbers):
    exact = [sympy.nsimplify(x, rational=True) for x in numbers]
    return float(sympy.sympify(formula).subs(dict(zip(symbols, exact, strict=True))).evalf(30))


@pytest.mark.parametrize(
    ("of", "numbers"), [(of, each) for of, some in FIRST.items() for each in some]
)
def test_letters_are_for_numbers(of, numbers):
    symbols = letters(len(numbers))
    assert put_in(of(*symbols), symbols, numbers) == pytest.approx(of(*numbers), rel=1e-12)


@pytest.mark.parametrize("of", [loss_shots, gradient_copies, shift_shots, clock_length])
def test_a_probability_is_read_in_half_the_error(of):
    """A projector has half the range of Z: an error of e is one of 2 e in Z."""
    numbers = {loss_shots: (0.05,), clock_length: ()}.get(of, (12, 0.05))
    at = (lambda e: (numbers[0], e, numbers[1])) if len(numbers) == 2 else lambda e: (e, *numbers)
    for error in (0.01, 0.2, 0.5):
        assert of(*at(error), "projector") == of(*at(2 * error), "Z") == of(*at(2 * error))
    (symbol,) = letters(1)
    found = put_in(of(*at(symbol), "projector"), [symbol], [0.2])
    assert found == pytest.approx(of(*at(0.4)))


@pytest.mark.parametrize("numbers", [(2, 1, 1, 0.5), (1024, 1000, 0.1, 0.05)])
def test_tomography(numbers):
    symbols = letters(4)
    names = ("entries", "parameters", "epsilon", "delta")
    formula = TomographyCost(**dict(zip(names, symbols, strict=True)))
    cost = TomographyCost(**dict(zip(names, numbers, strict=True)))
    assert put_in(formula.form, symbols, numbers) == pytest.approx(cost.form)
    assert put_in(formula.copies_for(3.0), symbols, numbers) == pytest.approx(3 * cost.form)
