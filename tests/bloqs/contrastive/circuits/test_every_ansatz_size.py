"""Gates and depths of every ansatz at W = 2 to 10 and L = 1 to 5, by formula and by counting."""

import pytest

from bloqs.contrastive.model.ansatz_parts import KINDS
from proofs.contrastive import ansatz_depths, ansatz_gates
from proofs.contrastive.every_ansatz import LAYERS, WIDTHS, at_sizes

EXAMINED = [dict(each) for each in at_sizes(WIDTHS, LAYERS)]


@pytest.mark.parametrize("claim", [ansatz_gates.THEOREM, ansatz_depths.THEOREM])
@pytest.mark.parametrize("kind", KINDS)
def test_beyond_what_the_ledger_examines(claim, kind):
    """The routes of both claims, on all sizes that are left."""
    sizes = [x for x in at_sizes(range(2, 11), range(1, 6)) if x["kind"] == kind]
    left = [x for x in sizes if dict(x) not in EXAMINED]
    assert len(left) >= 28
    for size in left:
        assert claim.stated(**size) == claim.found(**size)[0], size
