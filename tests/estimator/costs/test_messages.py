"""Messages by key and by the tags of the flattened circuit, of messages written by anyone."""

import cirq
import pytest
from attrs import field, frozen
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
from estimator.costs.messages import (
    NO_MESSAGES,
    HasParties,
    Owners,
    Sent,
    has_parties,
    message_of,
    owners_of_data,
)
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


@pytest.mark.parametrize(
    ("sent", "counts", "ridden"),
    [
        (Sent("A", "B", 3), (3, 1, 0, 0, 0), (5, 0, 0)),
        (Sent("A", "B", 3, 4), (3, 1, 4, 0, 0), (5, 4, 0)),
        (Sent("A", "B", 0, 4), (0, 0, 4, 0, 1), (0, 4, 0)),
        (Sent("A", "B", 0, 6, 3), (0, 1, 6, 3, 0), (0, 10, 5)),
        (Sent("A", "B", 1, 6, 3), (1, 1, 6, 3, 0), (1, 10, 5)),
        (Sent("A", "B"), (0, 0, 0, 0, 1), (0, 0, 0)),
        (Sent("A", "B", n), (n, 1, 0, 0, 0), (n + 2, 0, 0)),
    ],
)
def test_what_one_message_counts_as(sent, counts, ridden):
    """In the order qubits, messages, bits, pairs, news; with two qubits more."""
    found = sent.counts
    assert (found.qubits, found.messages, found.bits, found.ebits, found.news) == counts
    assert sent.is_news is bool(counts[4])
    more = sent.with_riders(2)
    assert (more.qubits, more.bits, more.ebits) == ridden
    assert sent.with_riders(0) == sent
    back = sent.back()
    assert (back.source, back.destination, back.back()) == ("B", "A", sent)
    assert back.counts == found


@pytest.mark.parametrize(
    ("counts", "is_any"),
    [
        (MessageCounts(), False),
        (MessageCounts(qubits=3, bits=2, ebits=1), False),
        (MessageCounts(messages=1), True),
        (MessageCounts(news=1), True),
        (MessageCounts(messages=1, news=1), True),
        (MessageCounts(messages=n), True),
    ],
)
def test_messages_and_news_are_what_is_counted(counts, is_any):
    assert bool(counts) is is_any


def test_each_column_is_added_and_multiplied_by_itself():
    one, two = MessageCounts(1, 2, 3, 4, 5), MessageCounts(10, 20, 30, 40, 50)
    assert one + two == MessageCounts(11, 22, 33, 44, 55)
    assert one * 3 == 3 * one == MessageCounts(3, 6, 9, 12, 15)
    assert (n * one).subs({n: 2}) == MessageCounts(2, 4, 6, 8, 10)
    assert NO_MESSAGES == MessageCounts() == 0 * two


SILENT = Calls(((CNOT(), 3),))


@frozen
class Block(Bloq):
    """Somebody's, or nobody's if there is no name."""

    owner: object

    @property
    def signature(self):
        return Signature.build(x=1)

    def build_call_graph(self, ssa):
        return {XGate(): 1}


@frozen
class Record:
    """A value with a field that is worked out, and not counted."""

    given: object
    found: object = field(init=False, default=Block("A"))


@pytest.mark.parametrize(
    ("bloq", "owners", "is_any"),
    [
        (XGate(), set(), False),
        (SILENT, set(), False),
        (TO, set(), True),
        (TO.adjoint(), set(), True),
        (TO.controlled(), set(), True),
        (Calls(((SILENT, 1), (TO, 2))), set(), True),
        (Block("A"), {"A"}, True),
        (Block("A").adjoint(), {"A"}, True),
        (Block("A").controlled(), {"A"}, True),
        (Block(None), set(), False),
        (Block(3), set(), False),
        (Calls(((Block("A"), 1), (Block("B"), 2), (CNOT(), 1))), {"A", "B"}, True),
        (Calls(((Calls(((Block("A"), 1),)), n),)), {"A"}, True),
    ],
)
def test_who_is_in_a_bloq(bloq, owners, is_any):
    """Whoever has a name; a message alone is nobody's block, and a party's all the same."""
    assert get_cost_value(bloq, Owners()) == owners
    assert get_cost_value(bloq, HasParties()) is is_any
    assert has_parties(bloq) is is_any


@pytest.mark.parametrize(
    ("value", "owners"),
    [
        (3, set()),
        ("A", set()),
        ((1, "text", None, True, 2.5, 1j), set()),
        (Record(1), set()),
        (Record((Sent("A", "B"),)), set()),
        ({1: Calls(())}, set()),
        ((TO, Block("A")), set()),
        ([object()], set()),
        (line(TO), set()),
    ],
)
def test_what_nobody_owns(value, owners):
    """Bloqs are not entered, nor what is worked out from fields."""
    assert owners_of_data(value) == owners


def test_keys_say_what_they_count():
    assert [str(key) for key in (Messages(), Owners(), HasParties())] == [
        "messages",
        "owners",
        "parties",
    ]
    assert [key.zero() for key in (Messages(), Owners(), HasParties())] == [
        MessageCounts(),
        frozenset(),
        False,
    ]
