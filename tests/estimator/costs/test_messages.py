"""Messages by key and by the tags of the flattened circuit, of messages written by anyone."""

import cirq
import pytest
from attrs import frozen
from qualtran import Bloq, BloqBuilder, Controlled, CtrlSpec, DecomposeTypeError, QUInt, Signature
from qualtran.bloqs.basic_gates import CNOT, XGate
from qualtran.resource_counting import GateCounts, QECGatesCost, get_cost_value

from estimator.costs.circuit import circuit_of
from estimator.costs.cost import (
    cost_by_annotation,
    cost_by_counting,
    message_counts,
    message_rounds,
)
from estimator.costs.keys import MessageCounts, Messages, Rounds
from estimator.costs.messages import Sent, message_of
from estimator.symbols import a, n


@frozen
class Parcel(Bloq):
    """A message of somebody else: it knows neither adjoint nor control."""

    source: str
    destination: str
    width: object
    bits: int = 0
    ebits: int = 0

    @property
    def qubits(self):
        return 0 if self.bits else self.width

    @property
    def signature(self):
        return Signature.build(x=self.width)

    def decompose_bloq(self):
        raise DecomposeTypeError("sealed")

    def my_static_costs(self, cost_key):
        return GateCounts() if isinstance(cost_key, QECGatesCost) else NotImplemented

    def as_cirq_op(self, qubit_manager, x):
        tag = Sent(self.source, self.destination, self.qubits, self.bits, self.ebits)
        return cirq.IdentityGate(len(x)).on(*x).with_tags(tag), {"x": x}


@frozen
class Calls(Bloq):
    """A call graph without a circuit."""

    callees: tuple[tuple[Bloq, object], ...]

    @property
    def signature(self):
        return Signature.build(x=1)

    def build_call_graph(self, ssa):
        return dict(self.callees)


def line(*parcels):
    """Parcels one after another, a gate before each."""
    builder = BloqBuilder()
    x = builder.add_register("x", parcels[0].width)
    for parcel in parcels:
        bits = builder.split(x)
        bits[0] = builder.add(XGate(), q=bits[0])
        x = builder.add(parcel, x=builder.join(bits))
    return builder.finalize(x=x)


def side_by_side(*parcels):
    """Parcels that wait for nothing."""
    builder = BloqBuilder()
    soquets = {f"x{i}": builder.add_register(f"x{i}", x.width) for i, x in enumerate(parcels)}
    for name, parcel in zip(soquets, parcels, strict=True):
        soquets[name] = builder.add(parcel, x=soquets[name])
    return builder.finalize(**soquets)


TO, BACK = Parcel("A", "B", 3), Parcel("B", "A", 3)
TELEPORTED = Parcel("A", "B", 3, bits=6, ebits=3)
CASES = {
    "one": (TO, (3, 1, 0, 0)),
    "back": (TO.adjoint(), (3, 1, 0, 0)),
    "controlled": (TO.controlled(), (4, 1, 0, 0)),
    "on three qubits": (Controlled(TO, CtrlSpec(cvs=(1, 0, 1))), (6, 1, 0, 0)),
    "on an integer": (Controlled(TO, CtrlSpec(QUInt(4), 6)), (7, 1, 0, 0)),
    "news": (Parcel("A", "B", 0, bits=4), (0, 0, 4, 0, 1)),
    "news, controlled": (Parcel("A", "B", 0, bits=4).controlled(), (0, 0, 4, 0, 1)),
    "news and a message": (Calls(((Parcel("A", "B", 0, bits=n), 2), (TO, 1))), (3, 1, 2 * n, 0, 2)),
    "teleported, controlled": (TELEPORTED.controlled(), (0, 1, 8, 4)),
    "there and back": (line(TO, BACK), (6, 2, 0, 0)),
    "there and back, controlled": (line(TO, BACK).controlled(), (8, 2, 0, 0)),
    "symbolic": (Calls(((Parcel("A", "B", n), 2 * a), (TO, 1))), (2 * a * n + 3, 2 * a + 1, 0, 0)),
    "gate": (CNOT(), (0, 0, 0, 0)),
}


@pytest.mark.parametrize("name", CASES)
def test_messages_are_counted_through_wrappers(name):
    bloq, wanted = CASES[name]
    assert get_cost_value(bloq, Messages()) == MessageCounts(*wanted)


@pytest.mark.parametrize("protocol", [line(TO, BACK, TO), side_by_side(TO, BACK), TO, TELEPORTED])
def test_the_circuit_has_as_many(protocol):
    """By tags; the key knows nothing of circuits."""
    circuit = circuit_of(protocol)
    assert message_counts(circuit) == get_cost_value(protocol, Messages())
    assert message_rounds(circuit) == get_cost_value(protocol, Rounds())


def test_rounds_are_the_longest_chain():
    """Of messages that wait for each other; a call graph has them all in a row."""
    assert get_cost_value(line(TO, BACK, TO), Rounds()) == 3
    assert get_cost_value(side_by_side(TO, BACK, TO), Rounds()) == 1
    assert get_cost_value(Calls(((TO, 2 * n), (CNOT(), 5))), Rounds()) == 2 * n
    assert get_cost_value(CNOT(), Rounds()) == 0
    assert get_cost_value(Parcel("A", "B", 0, bits=4), Rounds()) == 0
    assert get_cost_value(Calls(((Parcel("A", "B", 0, bits=4), 3), (TO, n))), Rounds()) == n


@frozen
class Named(Bloq):
    """It has a destination, and is no message: it says neither who sends nor what."""

    destination: str = "B"

    @property
    def signature(self):
        return Signature.build(x=1)


def test_a_destination_makes_no_message():
    assert message_of(Named()) is None
    assert message_of(Named().adjoint()) is None


def test_an_inverse_goes_the_other_way():
    assert message_of(TO.adjoint().controlled()) == Sent("B", "A", 4)
    assert message_of(TO.controlled().adjoint().adjoint()) == Sent("A", "B", 4)
    assert message_of(CNOT()) is None


def test_columns_of_a_cost():
    """Both routes; symbols get numbers in all of them."""
    cost = cost_by_annotation(line(TO, BACK))
    assert cost == cost_by_counting(line(TO, BACK))
    assert (cost.messages, cost.rounds) == (MessageCounts(6, 2), 2)
    assert cost.parties == {"A": 3, "B": 3}
    symbolic = cost_by_annotation(Calls(((Parcel("A", "B", n), 2),)))
    assert symbolic.subs({n: 3}).messages == MessageCounts(6, 2)
    assert symbolic.parties == {"A": n, "B": n}
    assert symbolic.subs({n: 3}).parties == {"A": 3, "B": 3}


def test_counts_are_values():
    left = MessageCounts(n * (n + 1), 2)
    assert left == MessageCounts(n**2 + n, 2)
    assert hash(left) == hash(MessageCounts(n**2 + n, 2))
    assert 2 * left == left + left == left * 2
    assert not MessageCounts()
    assert MessageCounts(bits=3, news=1)
    with pytest.raises(TypeError, match="unsupported operand"):
        left + 1
    with pytest.raises(TypeError, match="unsupported operand"):
        left * left
    with pytest.raises(TypeError, match="Messages needs MessageCounts from every bloq, got 3"):
        Messages().validate_val(3)
