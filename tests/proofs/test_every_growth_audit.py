"""What the ledger prints of growth, for claims and their false twins, agrees with its values."""

import pytest
import sympy

from estimator.growth.decide import decide
from estimator.growth.report import answer_as_text
from estimator.growth_audit.audit import audit
from proofs.derivation import recording
from proofs.growth_claim import PATIENCE, GrowthClaim
from proofs.ledger import claims

CLAIMS = {name: each for name, each in claims().items() if isinstance(each, GrowthClaim)}
QUICK = [name for name in CLAIMS if name.startswith(("data_loading.", "ntk.", "resnet.exact"))]


def texts(name):
    """The answers about a claim and about its twin."""
    claim = CLAIMS[name]
    with recording():
        cost = claim.cost()
    for function in (claim.function, claim.false_twin):
        asked = cost, claim.relation, sympy.sympify(function), claim.regime
        yield answer_as_text(decide(*asked, patience=PATIENCE), claim.regime)


@pytest.mark.parametrize(
    ("names", "points"),
    [(QUICK, 12), pytest.param(sorted(CLAIMS), 60, marks=pytest.mark.slow)],
)
def test_printed_growth_agrees(tmp_path, names, points):
    assert len(names) >= 8
    file = tmp_path / "answers.txt"
    file.write_text("\n".join(text for name in names for text in texts(name)))
    found = audit(file, points)
    assert found.passed, found
    assert found["audit"]["evaluated"] == found["audit"]["claims"] >= len(names)
    assert found["audit"]["points"] >= points * len(names)
