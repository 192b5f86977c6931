"""How deep circuits of parties are looked into, by their number of steps."""

import pytest
from attrs import frozen
from qualtran import Bloq, Signature
from qualtran.bloqs.basic_gates import CNOT, XGate

from bloqs.messages.send import Send
from estimator.costs.holders import Audited, PartyQubits, audit, depth_of_audit
from estimator.symbols import n

TO = Send("Alice", "Bob", 1)


@frozen
class Listed(Bloq):
    """A call graph without a circuit."""

    callees: tuple

    @property
    def signature(self):
        return Signature.build(x=1)

    def build_call_graph(self, ssa):
        return dict(self.callees)


def listed(*callees):
    return Listed(callees)


INNER = listed((XGate(), 2500))


@pytest.mark.parametrize(
    ("bloq", "depth"),
    [
        (listed((CNOT(), 9000)), None),
        (Send("Alice", "Bob", n), Audited.NOTHING),
        (TO, Audited.GATES),
        (listed((TO, 5000)), Audited.GATES),
        (listed((TO, 5001)), Audited.CALLS),
        (listed((TO, 4000), (XGate(), 1000)), Audited.GATES),
        (listed((TO, 4000), (XGate(), 1001)), Audited.CALLS),
        (listed((TO, 1), (XGate(), n)), Audited.CALLS),
        (listed((TO, 1), (INNER, 2499)), Audited.GATES),  # its steps once, however often it is
        (listed((TO, 1), (INNER, 2500)), Audited.CALLS),
        (listed((TO, 1), (listed((INNER, 1)), 1), (INNER, 1)), Audited.GATES),
    ],
)
def test_depth(bloq, depth):
    """Up to 5,000 steps of different bloqs gate by gate; of unknown numbers not."""
    assert depth_of_audit(bloq) is depth
    audit(bloq)


def test_qubits_of_nobody():
    assert PartyQubits().zero() == {}
    assert str(PartyQubits()) == "qubits of each party"
