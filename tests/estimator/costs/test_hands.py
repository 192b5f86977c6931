"""Hands against all assignments: a circuit passes if and only if parties can hold its qubits."""

from itertools import product

import numpy as np
import pytest
from attrs import frozen
from qualtran import Bloq, BloqBuilder, DecomposeNotImplementedError, QBit, Signature
from qualtran.bloqs.basic_gates import CNOT, XGate
from qualtran.bloqs.bookkeeping import Allocate, Free

from bloqs.messages.send import Send
from estimator.costs.hands import Hands, Walk, fine
from estimator.costs.holders import holders_of

PARTIES = ("Alice", "Bob", "Carol")
WIRES = 3


@frozen
class Own(Bloq):
    """A gate of one party."""

    owner: str

    @property
    def signature(self):
        return Signature.build(q=1)

    def build_composite_bloq(self, bb, q):
        return {"q": bb.add(XGate(), q=q)}


def random_steps(rng, number):
    """Gates on two wires, blocks on one, and messages, a few more of these."""
    steps = []
    for kind in rng.choice(["gate", "block", "message", "message"], number):
        if kind == "gate":
            steps.append(("gate", *map(int, rng.permutation(WIRES)[:2])))
        elif kind == "block":
            steps.append(("block", int(rng.integers(WIRES)), str(rng.choice(PARTIES))))
        else:
            source, destination = map(str, rng.permutation(PARTIES)[:2])
            steps.append(("message", int(rng.integers(WIRES)), source, destination))
    return steps


def circuit(steps):
    builder = BloqBuilder()
    at = [builder.add_register(f"w{k}", 1) for k in range(WIRES)]
    for kind, wire, *rest in steps:
        if kind == "gate":
            (other,) = rest
            at[wire], at[other] = builder.add(CNOT(), ctrl=at[wire], target=at[other])
        elif kind == "block":
            at[wire] = builder.add(Own(rest[0]), q=at[wire])
        else:
            at[wire] = builder.add(Send(*rest, 1), message=at[wire])
    return builder.finalize(**{f"w{k}": x for k, x in enumerate(at)})


def ways_to_hold(steps):
    """Who holds each wire first and last, in every assignment that breaks no rule."""
    sends = sum(kind == "message" for kind, *_ in steps)
    found = []
    for held in product(PARTIES, repeat=WIRES + sends):
        here, new, holds = [*range(WIRES)], WIRES, True
        for kind, wire, *rest in steps:
            mine = held[here[wire]]
            if kind == "gate":
                holds &= mine == held[here[rest[0]]]
            elif kind == "block":
                holds &= mine == rest[0]
            else:
                holds &= mine == rest[0] and held[new] == rest[1]
                here[wire], new = new, new + 1
        if holds:
            found.append((held[:WIRES], tuple(held[x] for x in here)))
    return found


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_circuits_pass_if_someone_can_hold_their_qubits(number, rng):
    """A holder is told where all assignments agree on one, and else is nobody in particular."""
    passed = 0
    for _ in range(12):
        steps = random_steps(rng, number)
        ways = ways_to_hold(steps)
        if not ways:
            with pytest.raises(ValueError, match="needs its qubits"):
                holders_of(circuit(steps))
            continue
        passed += 1
        holders = holders_of(circuit(steps))
        for side, found in enumerate((holders.enter, holders.leave)):
            for wire in range(WIRES):
                names = {way[side][wire] for way in ways}
                assert found[f"w{wire}"] == (names.pop() if len(names) == 1 else None,), steps
    assert passed


def test_joined_tokens_are_in_one_hand(rng):
    """Against sets that are merged one by one."""
    for _ in range(20):
        hands, sets = Hands(), []
        for _ in range(10):
            sets.append({hands.new()})
        for one, two in rng.integers(0, 10, (8, 2)):
            assert hands.join(int(one), int(two))
            first, second = (next(x for x in sets if token in x) for token in (one, two))
            if first is not second:
                sets.remove(second)
                first |= second
        for one, two in np.ndindex(10, 10):
            together = any({one, two} <= x for x in sets)
            assert (hands.find(one) == hands.find(two)) == together
        assert hands.give(0, "Alice")
        mine = next(x for x in sets if 0 in x)
        assert {token for token in range(10) if hands.holder(token) == "Alice"} == mine
        for token in range(10):
            assert hands.give(token, "Bob") == (token not in mine)
        assert hands.join(0, 0)
        for token in {*range(10)} - mine:
            assert not hands.join(0, token)
            assert not hands.join(token, 0)


def test_a_work_qubit_is_held_while_it_is_there():
    """From where it is made to where it is freed, both of which are steps; splits are none."""
    builder = BloqBuilder()
    x, y = builder.split(builder.add_register("x", 2))
    work = builder.add(Allocate(QBit()))
    for _ in range(2):
        x, work = builder.add(CNOT(), ctrl=x, target=work)
    builder.add(Free(QBit()), reg=work)
    x = builder.join(np.array([x, y]))
    x = builder.add(Send("Alice", "Bob", 2), message=x)
    found = holders_of(builder.finalize(x=x))
    assert found.qubits == {"Alice": 3, "Bob": 2}
    moved = [(len(step.before), len(step.after)) for step in found.steps]
    assert moved == [(0, 1), (2, 2), (2, 2), (1, 0), (2, 2)]


@frozen
class Listed(Bloq):
    """A call graph without a circuit."""

    calls: tuple

    @property
    def signature(self):
        return Signature.build(x=1)

    def build_call_graph(self, ssa):
        return dict.fromkeys(self.calls, 1)


TOLD = Send("Alice", "Bob", 1)


@pytest.mark.parametrize("calls", [(TOLD,), (Own("Alice"), Own("Bob")), (Own("Alice"), TOLD)])
def test_nobody_holds_what_moves_in_no_circuit(calls):
    with pytest.raises(DecomposeNotImplementedError):
        holders_of(Listed(calls))


@pytest.mark.parametrize("name", ["Alice", "Bob"])
def test_a_single_owner_holds_what_has_no_circuit(name):
    """And nobody what nobody owns."""
    assert holders_of(Listed((Own(name),))).enter == {"x": (name,)}
    assert holders_of(Listed((XGate(),))).enter == {"x": (None,)}


def test_a_token_is_joined_once():
    """The one that is known keeps its party, whichever side it is on."""
    for order in (1, -1):
        hands = Hands()
        known, free = hands.new("Alice"), hands.new()
        assert hands.join(*(known, free)[::order])
        assert [hands.holder(x) for x in (known, free)] == ["Alice", "Alice"]
        other = hands.new("Bob")
        assert not hands.join(free, other)
        assert not hands.give(free, "Bob")
        assert hands.holder(other) == "Bob"
        assert hands.join(free, hands.new("Alice"))


@pytest.mark.parametrize("number", [0, 1, 5])
def test_work_qubits_are_new_tokens(number):
    """Whether they are clean or borrowed; freed ones are not handed out again."""
    walk = Walk(circuit([]), fine)
    seen = {*walk.lefts}
    for take in (walk.qalloc, walk.qborrow):
        tokens = take(number)
        assert len({*tokens} - seen) == number
        seen |= {*tokens}
        walk.qfree(tokens)
    assert len(seen) == WIRES + 2 * number
