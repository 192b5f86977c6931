"""Signs of constants, held against numbers: a sign is never the wrong one."""

import mpmath
import pytest
import sympy

from estimator.growth import decide
from estimator.growth_checker.sign import direction_or_none
from estimator.growth_numbers.sign import sign_or_none
from estimator.symbols import asked
from estimator.verdict import Verdict

k, m = asked("k"), asked("m")
VALUES = [mpmath.mpf(x) for x in ("0.01", "0.5", "1", "2", "5")]
SHIFTED = sympy.Max(2**k - 1, 0)
TOWERS = [
    2 * 2**k - 1 - 3**SHIFTED,
    3**SHIFTED - 2 * 2**k + 1,
    3**SHIFTED - 2**k,
    5 ** (2**k) - 2**k - 3,
    3 ** (2**k) - 2 * 2**k + 1,
    2 * 2**k - 1 - 3 ** (2**k - 1),
    3 ** (2**k - 1) - 2 * 2**k + 1,
    5 ** (3**k) - 2 ** (3**k),
    2 * 2**k - 1 - 3 ** (2**k),
    2 ** (2 ** (2**k)) - 2 ** (2**k) - 1,
    2**k - 3 ** (2**k) + 2,
    2**k * 3**m - 2**k - 3**m + 1,
    2 ** (3**k) - 3 ** (2**m),
]
"""Powers within powers: names put for the inner and the outer ones must differ."""

SOMEWHERE_ZERO = [
    1 / (k - 1),
    1 / (k - 2) ** 2,
    2 / (k**2 - 3 * k + 1),
    sympy.sqrt(2) / (2**k - 2),
    k**2 - 2 * k * m + m**2,
    k**4 - 2 * k**2 * m**2 + m**4,
]
"""Undefined or zero for some values: at those there is no sign, whatever it is elsewhere."""

PLAIN = [2**k - 1, 3**k - 1, k**2 - k + 1, sympy.log(k + 2) - sympy.log(k + 1), k - 2]


@pytest.mark.parametrize("decide", [sign_or_none, direction_or_none])
@pytest.mark.parametrize("value", TOWERS + SOMEWHERE_ZERO + PLAIN, ids=str)
def test_a_sign_is_that_of_every_number(value, decide):
    """At values from small to large, for one symbol and for two apart."""
    found = decide(value)
    if found is None:
        return
    compute = sympy.lambdify((k, m), value, "mpmath")
    with mpmath.workdps(60):
        for one in VALUES:
            for two in VALUES:
                assert compute(one, two) * found > 0


@pytest.mark.parametrize("decide", [sign_or_none, direction_or_none])
def test_signs_that_are_plain_are_found(decide):
    """Else the test above would say nothing."""
    assert [decide(value) for value in PLAIN] == [1, 1, 1, 1, None]
    assert [decide(value) for value in SOMEWHERE_ZERO] == [None] * len(SOMEWHERE_ZERO)


def test_a_tower_in_an_exponent_is_not_mistaken_for_its_base():
    """At k = 5 the left exponent is 3**31, the right one 63."""
    answer = decide("N**(3**Max(2**k-1,0))", "O", "N**(2*2**k-1)", "N->oo, k const")
    assert answer.verdict is not Verdict.HOLDS


@pytest.mark.parametrize(
    ("f", "g"),
    [
        ("1/((k-2)*N + 1)", "1/N"),
        ("1/(1 + (k-2)*N**2)", "1/N"),
        ("1/((k-2)**2*N + 1)", "1/N"),
    ],
)
def test_what_may_vanish_is_not_divided_by(f, g):
    """For k = 2 the left side is one, which no multiple of 1/N bounds."""
    answer = decide(f, "O", g, "N->oo, k const")
    assert answer.verdict is Verdict.UNDECIDED
    assert answer.reason == "HOLDS iff k != 2"
