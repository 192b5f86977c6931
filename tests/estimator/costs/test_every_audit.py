"""How deep circuits of parties are looked into, by their number of steps."""

import pytest
from attrs import frozen
from qualtran import Bloq, QBit, Signature
from qualtran.bloqs.basic_gates import CNOT, XGate
from qualtran.bloqs.bookkeeping import Allocate, Free

from bloqs.messages.send import Send
from estimator.costs.holders import Audited, PartyQubits, audit, depth_of_audit, holders_of
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


@frozen
class Works(Bloq):
    """A block of one qubit with a work qubit inside; of nobody if there is no name."""

    owner: str | None

    @property
    def signature(self):
        return Signature.build(x=1)

    def build_composite_bloq(self, bb, x):
        work = bb.add(Allocate(QBit()))
        for _ in range(2):
            x, work = bb.add(CNOT(), ctrl=x, target=work)
        bb.add(Free(QBit()), reg=work)
        return {"x": x}


@frozen
class Sends(Bloq):
    """Such a block before a message and after it, beside a qubit that stays."""

    after: str | None = "Bob"

    @property
    def signature(self):
        return Signature.build(x=1, stays=1)

    def build_composite_bloq(self, bb, x, stays):
        stays = bb.add(Works("Alice"), x=stays)
        x = bb.add(Works("Alice"), x=x)
        x = bb.add(TO, message=x)
        return {"x": bb.add(Works(self.after), x=x), "stays": stays}


@pytest.mark.parametrize("is_fine", [False, True])
def test_work_qubits_are_held_by_who_works(is_fine):
    """With one qubit beside: the work of a block, and not of both at once."""
    assert holders_of(Works("Alice"), is_fine).qubits == {"Alice": 2}
    assert holders_of(Works(None), is_fine).qubits == {}
    assert holders_of(Sends(), is_fine).qubits == {"Alice": 3, "Bob": 2}
    assert holders_of(Sends(None), is_fine).qubits == {"Alice": 3, "Bob": 2}
    steps = holders_of(Sends(), is_fine).steps
    assert [(step.before, step.after) for step in steps] == [
        (("Alice",), ("Alice",)),
        (("Alice",), ("Alice",)),
        (("Alice",), ("Bob",)),
        (("Bob",), ("Bob",)),
    ]
