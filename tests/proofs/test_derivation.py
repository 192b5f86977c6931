"""Steps: what follows passes and is recorded, what does not is an error with its name."""

import pytest
import sympy

from estimator.symbols import e_0, e_1, n
from proofs.derivation import DerivationError, bound, norm_at_most, recording, step

A, B, X = sympy.symbols("A B X", commutative=False)
x, y = sympy.symbols("x y", real=True)


def test_a_step_must_vanish():
    """A step says its name and what is left over; one that vanishes says nothing."""
    step("square", (n + 1) ** 2 - n**2 - 2 * n - 1)
    step("square", (n + 1) ** 2, n**2 + 2 * n + 1)
    step("angles", sympy.cos(x) ** 2 + sympy.sin(x) ** 2, 1)
    with pytest.raises(DerivationError, match="odd one: expected 0, SymPy is left with 1 too much"):
        step("odd one", (n + 1) - n)
    with pytest.raises(DerivationError, match="no way: expected n, SymPy is left with -n"):
        step("no way", 0, n)


def test_a_bound_must_not_be_exceeded():
    """Squares of real numbers and products of positive ones are seen; a doubt is an error."""
    bound("squares", 2 * x * y, x**2 + y**2)
    bound("equal", n, n)
    bound("positive", n, n**2 + n)
    bound("after factoring", 4 * n, (n + 1) ** 2)
    with pytest.raises(DerivationError, match="wrong way: SymPy does not see that"):
        bound("wrong way", n + 1, n)
    with pytest.raises(DerivationError, match="unknown sign: SymPy does not see that"):
        bound("unknown sign", 0, x)


def test_norms_are_bounded_term_by_term():
    """Moduli of numbers, products of norms, powers."""
    found = norm_at_most("n", 2 * A * B - 3 * A**2, {A: e_0, B: e_1})
    assert sympy.expand(found - 2 * e_0 * e_1 - 3 * e_0**2) == 0
    assert norm_at_most("cancels", A - A + B, {A: e_0, B: e_1}) == e_1
    with pytest.raises(DerivationError, match="n: no bound on the norm of X"):
        norm_at_most("n", A * X, {A: e_0})


def test_noncommuting_operators_do_not_commute():
    step("in order", (A + B) * B, A * B + B**2)
    with pytest.raises(DerivationError, match="out of order"):
        step("out of order", A * B, B * A)


def test_steps_are_recorded_in_order():
    """Inside the block only, those that passed only, and not those of an outer block."""
    step("before", n, n)
    with recording() as outer:
        step("first", 2 * n, n + n)
        with recording() as inner:
            bound("second", n, n + 1)
        norm_at_most("third", A, {A: e_0})
        with pytest.raises(DerivationError):
            step("fails", n, 0)
    assert [taken.name for taken in outer] == ["first", "third"]
    assert [str(taken) for taken in inner] == ["n <= n + 1"]
    assert str(outer[0]) == "2*n = 2*n"
    assert str(outer[1]) == "norm(A) <= e_0"
