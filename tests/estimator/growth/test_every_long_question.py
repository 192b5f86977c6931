"""Questions of many terms are answered, and within the time that is allowed."""

import pytest

from estimator.growth.decide import decide
from estimator.verdict import Verdict

TERMS = "+".join(f"{i % 7 + 1}*N**{i}" for i in range(1500))
GRID = "+".join(f"N**{i}*M**{j}" for i in range(38) for j in range(38))
LARGEST = f"Max({','.join(f'N**({i}/10)' for i in range(99))})"
MEANS = f"Max({','.join(f'N**{i}*M**{98 - i}' for i in range(99))})"


@pytest.mark.parametrize(
    ("f", "relation", "g", "regime", "verdict"),
    [
        (TERMS, "Theta", "N**1499", "N->oo", Verdict.HOLDS),
        (TERMS, "o", "N**1499", "N->oo", Verdict.FAILS),
        (GRID, "O", "N**37*M**37", "N->oo, M->oo", Verdict.HOLDS),
        (LARGEST, "Theta", "N**(49/5)", "N->oo", Verdict.HOLDS),
        (LARGEST, "O", "N**(97/10)", "N->oo", Verdict.FAILS),
        (MEANS, "O", "N**98+M**98", "N->oo, M->oo", Verdict.HOLDS),
    ],
)
def test_many_terms_are_no_hindrance(f, relation, g, regime, verdict):
    """Polynomials of 1,500 terms, the largest of 99."""
    assert decide(f, relation, g, regime, patience=20).verdict is verdict
