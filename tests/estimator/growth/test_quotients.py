"""Quotients that mean nothing are refused, and no others."""

import pytest

from estimator.expressions.parse import GrowthSyntaxError
from estimator.growth.decide import decide
from estimator.verdict import Verdict


@pytest.mark.parametrize(
    ("f", "regime", "place"),
    [
        ("(N-M)/(N-M)", "N->oo, M->oo", 8),
        ("N*(N-M)**2/(N**2-M*N)", "N->oo, M->oo", 13),
        ("N + (k-1)/(k-1)", "N->oo, k const", 12),
        ("(1/eps-N)*(1/eps-N)**-1", "N->oo, eps->0", 12),
        ("(N-N)/(N-N)", "N->oo", 8),
        ("N/(k-k)", "N->oo, k const", 4),
        ("N/(N*M-M*N)", "N->oo, M const", 4),
    ],
)
def test_an_undefined_quotient_is_refused(f, regime, place):
    """On either side, with the position of what is divided by."""
    for sides in ((f, "N"), ("N", f)):
        with pytest.raises(GrowthSyntaxError, match=rf"at position {place}\b"):
            decide(sides[0], "O", sides[1], regime)


@pytest.mark.parametrize(
    ("f", "regime"),
    [
        ("(N-1)/(N-1)", "N->oo"),
        ("(k-1)/(k-1)", "N->oo, k>1"),
        ("(N*M-N-M)/(N*M-N-M)", "N->oo, M->oo"),
        ("(N-log(N))**-2", "N->oo"),
    ],
)
def test_a_quotient_that_is_defined_in_the_end_is_not(f, regime):
    assert decide(f, "O", "N", regime).verdict is Verdict.HOLDS
