"""A message under every kind of control, and what it refuses."""

import numpy as np
import pytest
from qualtran import BloqBuilder, CBit, CtrlSpec, DecomposeTypeError, QBit, QUInt
from qualtran.bloqs.basic_gates import XGate
from qualtran.drawing import Text, TextBox

from bloqs.messages.send import Send
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.costs.keys import MessageCounts
from estimator.costs.messages import Sent, message_of
from estimator.symbols import n

SPECS = {
    "one": CtrlSpec(),
    "zero": CtrlSpec(cvs=0),
    "array": CtrlSpec(cvs=(1, 0, 1)),
    "two registers": CtrlSpec(qdtypes=(QBit(), QUInt(2)), cvs=(np.array(1), np.array(3))),
    "integer": CtrlSpec(QUInt(3), 5),
}


@pytest.mark.parametrize("riders", [0, 2])
@pytest.mark.parametrize("name", SPECS)
def test_controls_ride_along(name, riders, rng):
    """Under whatever control; every wire comes out where it went in."""
    send, spec, builder = Send("Alice", "Bob", 2, riders), SPECS[name], BloqBuilder()
    types = spec.activation_function_dtypes()
    bits = [builder.add_register(f"c{k}", 1) for k in range(spec.num_qubits)]
    given = {"message": builder.add_register("x", 2)}
    if riders:
        given["riders"] = np.array([builder.add_register(f"r{k}", 1) for k in range(riders)])
    controls, start = [], 0
    for dtype, shape in types:
        own = bits[start : start + dtype.num_qubits * int(np.prod(shape))]
        start += len(own)
        whole = own[0] if dtype == QBit() else builder.join(np.array(own), dtype)
        controls.append(np.array(own) if shape else whole)
    back, out = send.get_ctrl_system(spec)[1](builder, controls, given)
    ends = []
    for (dtype, shape), soquet in zip(types, back, strict=True):
        whole = shape or dtype == QBit()
        ends += list(np.asarray(soquet if whole else builder.split(soquet)).flat)
    *rode, x = out
    names = {f"c{k}": end for k, end in enumerate(ends)} | {"x": x}
    names |= {f"r{k}": each for k, each in enumerate(rode[0] if rode else [])}
    bloq, width = builder.finalize(**names), 2 + riders + spec.num_qubits
    assert cost_by_annotation(bloq) == cost_by_counting(bloq)
    assert cost_by_annotation(bloq).messages == MessageCounts(width, 1)
    state = rng.normal(size=2**width)
    state /= np.linalg.norm(state)
    np.testing.assert_allclose(Runner.of(bloq).run(state), state, atol=1e-12)


def test_adjoint_goes_back_and_control_travels():
    send = Send("Alice", "Bob", 3)
    assert send.adjoint() == Send("Bob", "Alice", 3)
    assert send.controlled() == Send("Alice", "Bob", 3, 1)
    assert send.controlled().controlled() == Send("Alice", "Bob", 3, 2)
    assert message_of(send.controlled().adjoint()) == Sent("Bob", "Alice", 4)


@pytest.mark.parametrize("width", [1, 4, n])
@pytest.mark.parametrize("riders", [0, 1])
def test_price_of_teleportation(width, riders):
    """One pair and two bits a qubit, controls included, and no qubit."""
    sent = message_of(Send("Alice", "Bob", width, riders, is_teleported=True).controlled())
    each = width + riders + 1
    assert (sent.qubits, sent.ebits, sent.bits) == (0, each, 2 * each)


REFUSED = {
    "needs the name of a party, got ''": lambda: Send("", "Bob", 1),
    "needs the name of a party, got 3": lambda: Send("Alice", 3, 1),
    "two parties, got Bob at both ends": lambda: Send("Bob", "Bob", 1),
    "width of at least 1 qubit, got 0": lambda: Send("Alice", "Bob", 0),
    "at least 0 riders, got -1": lambda: Send("Alice", "Bob", 1, -1),
    "control of it is a classical bit": lambda: Send("Alice", "Bob", 1).get_ctrl_system(
        CtrlSpec(CBit(), 1)
    ),
}


@pytest.mark.parametrize("match", REFUSED)
def test_what_is_no_message_is_refused(match):
    with pytest.raises(ValueError, match=match):
        REFUSED[match]()


def test_a_gate_is_no_message():
    assert message_of(XGate()) is None


@pytest.mark.parametrize("riders", [0, 1, 2])
def test_the_tensor_is_the_identity(riders):
    """On the message and on everything that rides along."""
    send = Send("Alice", "Bob", 2, riders)
    np.testing.assert_array_equal(send.tensor_contract(), np.eye(2 ** (2 + riders)))


def test_what_is_said_and_drawn_of_a_message():
    """Who sends to whom on every wire, and nothing beside them."""
    send = Send("Alice", "Bob", 3, 2)
    assert str(send) == "Send(Alice to Bob)"
    assert str(send.adjoint()) == "Send(Bob to Alice)"
    assert str(Send("Alice", "Bob", 3, is_teleported=True)) == "Send(Alice to Bob, teleported)"
    assert send.wire_symbol(None) == Text("")
    for reg in send.signature:
        assert send.wire_symbol(reg, (0,)) == TextBox("Alice\N{RIGHTWARDS ARROW}Bob")


@pytest.mark.parametrize("riders", [0, 2])
def test_bits_arrive_as_they_were_sent(riders):
    """And there is no circuit inside."""
    send, bits = Send("Alice", "Bob", 4, riders), np.array([1, 0])
    sent = {"message": 11, **({"riders": bits} if riders else {})}
    found = dict(zip((reg.name for reg in send.signature), send.call_classically(**sent),
                     strict=True))  # fmt: skip
    assert found["message"] == 11
    assert not riders or found["riders"].tolist() == [1, 0]
    with pytest.raises(DecomposeTypeError, match="is one gate, the identity"):
        send.decompose_bloq()


@pytest.mark.parametrize(("width", "riders"), [(3, 0), (1, 2), (n, 1)])
@pytest.mark.parametrize("is_teleported", [False, True])
def test_what_goes_through_which_channel(width, riders, is_teleported):
    send = Send("Alice", "Bob", width, riders, is_teleported=is_teleported)
    each = width + riders
    wanted = (0, each, 2 * each) if is_teleported else (each, 0, 0)
    assert (send.qubits, send.ebits, send.bits) == wanted
