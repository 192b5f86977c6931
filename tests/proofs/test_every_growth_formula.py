"""What a growth claim derives in symbols is, to the last unit, what is counted at its sizes.

The engine sees leading terms alone, and a ratio within constants little more.
"""

import pytest
import sympy

import proofs.communication
from bloqs.communication.symbols import gamma, radius
from estimator.discover import instances_of
from proofs.communication import classification_growth, mirror_growth
from proofs.growth_claim import GrowthClaim

CLAIMS = instances_of(GrowthClaim, proofs.communication)
SPARED = {radius: sympy.Rational(mirror_growth.BALL)}
"""Values of symbols that do not grow."""


def exactly(claim, size):
    """The formula at one of the sizes, in rational numbers."""
    at = {symbol: sympy.nsimplify(x, rational=True) for symbol, x in size.items()}
    if claim is classification_growth.THEOREM:  # assumed there: the margin is for its arc sine
        at[gamma] = sympy.asin(at[gamma])
    return claim.cost().subs({**SPARED, **at}).evalf(40)


@pytest.mark.parametrize("name", CLAIMS)
def test_the_formula_is_what_is_counted(name):
    claim = CLAIMS[name]
    for size in claim.instances:
        counted = claim.measure(**{str(symbol): x for symbol, x in size.items()})
        assert float(exactly(claim, size)) == pytest.approx(counted.value, rel=1e-14)


def test_all_of_the_system_are_seen():
    assert len(CLAIMS) >= 15
