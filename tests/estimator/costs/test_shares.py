"""Where a cost goes, also where there is more of it than floating point holds."""

import pytest
from attrs import frozen
from qualtran import Bloq, Signature
from qualtran.bloqs.basic_gates import TGate, Toffoli

from estimator.costs.prices import PriceList
from estimator.costs.shares import REST, ROTATIONS, where_it_goes


@frozen
class Few(Bloq):
    """So many T gates."""

    gates: int

    @property
    def signature(self):
        return Signature.build(x=1)

    def build_call_graph(self, ssa):
        return {TGate(): self.gates}


@frozen
class Many(Bloq):
    """Calls of two others, and Toffoli gates."""

    calls: int

    @property
    def signature(self):
        return Signature.build(x=3)

    def build_call_graph(self, ssa):
        return {Few(3): self.calls, Few(5): 2 * self.calls, Toffoli(): self.calls}


@pytest.mark.parametrize("calls", [1, 10**6, 10**400])
def test_shares_of_any_number_of_calls(calls):
    bloq = Many(calls)
    shares = where_it_goes(bloq, PriceList.of(bloq), 23)
    assert [share.share for share in shares] == pytest.approx([10 / 17, 4 / 17, 3 / 17])
    assert not {ROTATIONS, REST} & {share.name for share in shares}
