"""Who holds what: protocols that pass, and mistakes that are refused wherever they are."""

import time
from dataclasses import dataclass

import cirq
import numpy as np
import pytest
from attrs import frozen
from qualtran import Bloq, BloqBuilder, DecomposeTypeError, QBit, Register, Side, Signature
from qualtran.bloqs.basic_gates import CNOT, MeasureZ, Swap, Toffoli, XGate, ZGate
from qualtran.bloqs.bookkeeping import Allocate, Free
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import GateCounts, QECGatesCost, get_cost_value

from bloqs.messages.send import Send
from estimator.costs import holders
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.costs.holders import Audited, audit, depth_of_audit, holders_of
from estimator.costs.keys import Owners, PartyQubits
from estimator.costs.messages import Sent, has_parties, owners_of_data
from estimator.symbols import n


@frozen
class Datum:
    """A value with an owner."""

    owner: str
    value: float = 0.5


@frozen
class Block(Bloq):
    """Somebody's block of two qubits with a gate inside; `owner` may be nobody."""

    owner: str | None = None
    data: tuple[Datum, ...] = ()

    @property
    def signature(self):
        return Signature.build(x=2)

    def build_composite_bloq(self, bb, x):
        x, y = bb.split(x)
        x, y = bb.add(CNOT(), ctrl=x, target=y)
        return {"x": bb.join(np.array([x, y]))}


@frozen
class Around(Bloq):
    """A bloq with one sub-bloq, on the same registers."""

    inner: Bloq

    @property
    def signature(self):
        return self.inner.signature

    def build_composite_bloq(self, bb, **soqs):
        return bb.add_d(self.inner, **soqs)


def protocol(*steps):
    """Steps on one register of two qubits."""
    builder = BloqBuilder()
    x = builder.add_register("x", 2)
    for step in steps:
        (register,) = step.signature
        (x,) = builder.add_t(step, **{register.name: x})
    return builder.finalize(x=x)


def two_hands(gate, *names):
    """Qubit a goes from Alice to Bob, qubit b back; then a gate on the registers named."""
    builder = BloqBuilder()
    at = {name: builder.add_register(name, 1) for name in "abc"}
    at["a"] = builder.add(Send("Alice", "Bob", 1), message=at["a"])
    at["b"] = builder.add(Send("Bob", "Alice", 1), message=at["b"])
    out = builder.add_t(gate, **dict(zip([r.name for r in gate.signature], [at[x] for x in names],
                                         strict=True)))  # fmt: skip
    at.update(zip(names, out, strict=True))
    return builder.finalize(**at)


TO, BACK = Send("Alice", "Bob", 2), Send("Bob", "Alice", 2)
ALICE, BOB, ANY = Block("Alice"), Block("Bob"), Block()
GOOD = {
    "there and back": protocol(ALICE, TO, BOB, BACK, ALICE),
    "gates of nobody": protocol(ANY, TO, ANY, BACK, ANY),
    "one owner": protocol(ALICE, ANY, ALICE),
    "data": protocol(Block(None, (Datum("Alice"),)), TO, Block("Bob", (Datum("Bob"),))),
    "three parties": protocol(TO, Send("Bob", "Carol", 2), Block("Carol")),
    "hands apart": two_hands(CNOT(), "a", "c"),
}
BAD = {
    "moves without a message": (protocol(ALICE, BOB), "block of Bob on qubits that Alice holds"),
    "foreign block": (protocol(ALICE, TO, ALICE), "block of Alice on qubits that Bob holds"),
    "foreign data": (
        protocol(Block("Alice", (Datum("Alice"),)), Block(None, (Datum("Bob"),))),
        "block of Bob on qubits that Alice holds",
    ),
    "data of two": (
        protocol(Block(None, (Datum("Bob"), Datum("Alice")))),
        "data of Alice and of Bob; one party has them all",
    ),
    "wrong sender": (protocol(ALICE, BACK), "a message from Bob needs its qubits at Bob"),
    "sent twice": (protocol(TO, TO), "a message from Alice needs its qubits at Alice"),
    "a gate across": (two_hands(CNOT(), "a", "b"), "CNOT acts on qubits of Alice and of Bob"),
}
HERE_OR_THERE = "needs its qubits|one party has them all"
FORMS = {
    "plain": lambda bloq: bloq,
    "adjoint": lambda bloq: bloq.adjoint(),
    "inside": Around,
    "twice inside": lambda bloq: Around(Around(bloq)),
    "controlled": lambda bloq: bloq.controlled(),
    "controlled twice": lambda bloq: Around(bloq).controlled().controlled(),
    "controlled adjoint": lambda bloq: Around(bloq).adjoint().controlled(),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", GOOD)
def test_protocols_pass(name, form):
    """And their two costs agree."""
    bloq = FORMS[form](GOOD[name])
    if name == "hands apart" and "controlled" in form:  # a control is in one hand at a time
        with pytest.raises(ValueError, match="needs its qubits"):
            audit(bloq)
        return
    audit(bloq)
    assert holders_of(bloq).qubits == get_cost_value(bloq, PartyQubits())
    if "twice" not in form:
        stated, counted = cost_by_annotation(bloq), cost_by_counting(bloq)
        assert (stated.messages, stated.rounds) == (counted.messages, counted.rounds)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", BAD)
def test_mistakes_are_refused(name, form):
    """By the audit and by both costs, wherever they are."""
    bloq, why = BAD[name]
    bloq, is_same = FORMS[form](bloq), form in ("plain", "inside")
    for ask in (audit, holders_of, cost_by_annotation, cost_by_counting):
        with pytest.raises(ValueError, match=why if is_same else HERE_OR_THERE):
            ask(bloq)


def test_every_qubit_has_a_holder():
    """Who enters, who leaves, and each step between."""
    found = holders_of(GOOD["there and back"])
    assert found.enter == found.leave == {"x": ("Alice", "Alice")}
    assert [step.before[0] for step in found.steps] == ["Alice", "Alice", "Bob", "Bob", "Alice"]
    assert [step.after[0] for step in found.steps] == ["Alice", "Bob", "Bob", "Alice", "Alice"]
    apart = holders_of(GOOD["hands apart"])
    assert apart.leave == {"a": ("Bob",), "b": ("Alice",), "c": ("Bob",)}
    assert holders_of(CNOT()).enter == {"ctrl": (None,), "target": (None,)}


def test_work_qubits_are_those_of_their_first_user():
    builder = BloqBuilder()
    x = builder.add_register("x", 2)
    for sent in (TO, BACK):
        bits = builder.split(x)
        pair, target = builder.add(And(), ctrl=bits)
        target = builder.add(ZGate(), q=target)
        bits = builder.add(And().adjoint(), ctrl=pair, target=target)
        x = builder.add(sent, message=builder.join(bits))
    bloq = builder.finalize(x=x)
    assert holders_of(bloq).qubits == {"Alice": 3, "Bob": 3}
    assert cost_by_counting(bloq).qubits == 3


def test_a_work_qubit_does_not_move_by_itself():
    builder = BloqBuilder()
    x = builder.add_register("x", 1)
    work = builder.add(Allocate(QBit()))
    x, work = builder.add(CNOT(), ctrl=x, target=work)
    x = builder.add(Send("Alice", "Bob", 1), message=x)
    x, work = builder.add(CNOT(), ctrl=x, target=work)
    builder.add(Free(QBit()), reg=work)
    with pytest.raises(ValueError, match="CNOT acts on qubits of Alice and of Bob"):
        audit(builder.finalize(x=x))


@frozen
class Smuggled(Bloq):
    """A message that moves more qubits than it says."""

    source: str = "Alice"
    destination: str = "Bob"
    qubits: int = 0
    bits: int = 5
    ebits: int = 0

    @property
    def signature(self):
        return Signature.build(x=2)

    def decompose_bloq(self):
        raise DecomposeTypeError("sealed")

    def my_static_costs(self, cost_key):
        return GateCounts() if isinstance(cost_key, QECGatesCost) else NotImplemented

    def as_cirq_op(self, qubit_manager, x):
        tag = Sent(self.source, self.destination, self.qubits, self.bits, self.ebits)
        return cirq.IdentityGate(len(x)).on(*x).with_tags(tag), {"x": x}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("qubits", "ebits"), [(0, 0), (1, 0), (0, 1)])
def test_a_message_counts_what_it_moves(form, qubits, ebits):
    message = Smuggled(qubits=qubits, ebits=ebits)
    for bloq in (message, protocol(ALICE, message, BOB)):
        costs = (cost_by_annotation, cost_by_counting) if form == "plain" else ()
        for ask in (audit, holders_of, *costs):
            with pytest.raises(ValueError, match=r"moves \d qubits and says that it sends"):
                ask(FORMS[form](bloq))
    whole = Smuggled(qubits=2 - ebits, ebits=ebits)
    audit(FORMS[form](protocol(ALICE, whole, BOB)))


def test_measured_bits_are_no_qubits():
    """They have a holder all the same."""
    builder = BloqBuilder()
    x, y = (builder.add_register(Register(name, QBit(), side=Side.LEFT)) for name in "xy")
    x = builder.add(MeasureZ(), q=builder.add(Send("Alice", "Bob", 1), message=x))
    y = builder.add(MeasureZ(), q=builder.add(Send("Alice", "Bob", 1), message=y))
    bloq = builder.finalize(c=x, d=y)
    found = holders_of(bloq)
    assert found.qubits == {"Alice": 2, "Bob": 1}
    assert found.leave == {"c": ("Bob",), "d": ("Bob",)}
    assert cost_by_annotation(bloq).parties == {"Alice": 2, "Bob": 1}


def test_a_sub_bloq_on_both_sides_is_taken_apart():
    """It passes if none of its gates is across."""

    @frozen
    class Both(Bloq):
        gate: Bloq | None

        @property
        def signature(self):
            return Signature.build(x=1, y=1)

        def build_composite_bloq(self, bb, x, y):
            if self.gate is not None:
                x, y = bb.add_t(self.gate, **dict(zip(("ctrl", "target"), (x, y), strict=True)))
            return {"x": bb.add(XGate(), q=x), "y": bb.add(XGate(), q=y)}

    audit(two_hands(Both(None), "a", "b"))
    with pytest.raises(ValueError, match=r"Both.* acts on qubits of Alice and of Bob"):
        audit(two_hands(Both(CNOT()), "a", "b"))


@frozen
class Silent(Around):
    """A bloq whose call graph says nothing of what is inside."""

    def build_call_graph(self, ssa):
        return {CNOT(): 1}


@pytest.mark.parametrize("name", [name for name in BAD if name != "a gate across"])
def test_what_a_call_graph_hides_is_refused_where_gates_are_counted(name):
    bloq = Silent(BAD[name][0])
    sent = protocol(Silent(TO), bloq)
    for each in (bloq, sent) if name in ("wrong sender", "sent twice") else (sent,):
        with pytest.raises(ValueError, match=HERE_OR_THERE):
            cost_by_counting(each)
    assert cost_by_counting(Silent(GOOD["there and back"])).messages.messages == 2


@pytest.mark.parametrize("form", ["plain", "twice inside"])
@pytest.mark.parametrize("hidden", [ALICE, TO])
def test_what_a_call_graph_hides_is_refused_where_parties_are_seen(hidden, form, monkeypatch):
    """By every cost, but for a circuit so long that call graphs are taken at their word."""
    bloq = FORMS[form](protocol(ALICE, TO, Silent(protocol(hidden)), BACK))
    for ask in (audit, cost_by_annotation):
        with pytest.raises(ValueError, match=HERE_OR_THERE):
            ask(bloq)
    monkeypatch.setattr(holders, "MOST_STEPS", 1)
    audit(bloq)


@frozen
class Listed(Bloq):
    """A call graph and no circuit."""

    callees: tuple[Bloq, ...]

    @property
    def signature(self):
        return Signature.build(x=2)

    def build_call_graph(self, ssa):
        return dict.fromkeys(self.callees, 1)


def test_what_has_no_circuit_is_a_block_of_its_only_owner():
    audit(protocol(ALICE, TO, Listed((BOB, ANY))))
    for bad in (protocol(ALICE, Listed((BOB, ANY)), TO), protocol(TO, Around(Listed((ALICE,))))):
        for ask in (audit, holders_of, cost_by_annotation):
            with pytest.raises(ValueError, match="needs its qubits at its owner"):
                ask(bad)


def test_symbolic_sizes_have_no_holders():
    send = Send("Alice", "Bob", n)
    audit(send)
    assert depth_of_audit(send) is Audited.NOTHING
    assert get_cost_value(send, PartyQubits()) == {"Alice": n, "Bob": n}
    with pytest.raises(DecomposeTypeError, match="symbolic size"):
        holders_of(send)


def test_owners():
    assert get_cost_value(GOOD["there and back"], Owners()) == {"Alice", "Bob"}
    assert get_cost_value(GOOD["data"], Owners()) == {"Alice", "Bob"}
    assert get_cost_value(Around(Swap(2)), Owners()) == frozenset()
    assert get_cost_value(Toffoli(), PartyQubits()) == {}
    assert owners_of_data(((Datum("A"), 3, (Datum("B"),)), "text")) == {"A", "B"}


@dataclass(frozen=True)
class Table:
    """Data of somebody among others, not made with attrs."""

    entries: object


class Plain(Bloq):
    """A bloq made with neither."""

    def __init__(self, data):
        self.data = data

    signature = Signature.build(x=2)


DATUM = Datum("Bob")
HIDDEN = {
    "tuple": (1, (DATUM,)),
    "list": [DATUM],
    "set": frozenset([DATUM]),
    "dictionary": {"a": DATUM},
    "keys": {DATUM: 1},
    "dataclass": Table((DATUM,)),
    "bloq": Plain([Table(DATUM)]),
}


@frozen
class Mixed(Around):
    """A bloq with data of its own around another."""

    data: Datum


@pytest.mark.parametrize(
    "inner",
    [ALICE, Block(None, (Datum("Alice"),)), Around(ALICE)],
    ids=["block", "data", "inside"],
)
def test_data_around_blocks_of_others_are_foreign(inner):
    assert get_cost_value(Mixed(inner, Datum("Bob")), Owners()) == {"Alice", "Bob"}
    for form in FORMS.values():
        for bloq in (Mixed(inner, Datum("Bob")), protocol(Mixed(inner, Datum("Bob")), TO)):
            with pytest.raises(ValueError, match="needs its qubits at its owner"):
                audit(form(bloq))
        audit(form(protocol(Mixed(inner, Datum("Alice")), TO, BOB)))
    both = Around(protocol(inner, TO, Block(None, (Datum("Bob"),))))
    audit(Mixed(both, Datum("Bob")))  # who has them runs a block inside


@pytest.mark.parametrize("where", HIDDEN)
def test_data_have_an_owner_wherever_they_are(where):
    assert owners_of_data(HIDDEN[where]) == {"Bob"}
    if where == "bloq":
        assert has_parties(HIDDEN[where])
        return
    bloq = Block(None, (HIDDEN[where],))
    if where in ("list", "dictionary", "keys"):  # no field of a bloq with a hash
        return
    with pytest.raises(ValueError, match="block of Bob on qubits that Alice holds"):
        audit(protocol(ALICE, bloq))


def test_many_messages_are_quick():
    """800 of them, costed and audited gate by gate; it matters how many steps are different."""
    steps = [ALICE, TO, BOB, BACK]
    bloq, start = protocol(*400 * steps), time.process_time()
    assert cost_by_annotation(bloq).messages.messages == 800
    assert depth_of_audit(bloq) is Audited.GATES
    assert time.process_time() - start < 2.0  # seconds; less than one where nothing else runs
    ways = depth_of_audit(protocol(*1250 * steps)), depth_of_audit(Around(CNOT()))
    assert ways == (Audited.CALLS, None)
