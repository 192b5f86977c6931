"""One run of a model: its state, its messages by three routes, and what is refused."""

import numpy as np
import pytest
from qualtran import CtrlSpec
from qualtran.resource_counting import get_cost_value
from scipy.stats import unitary_group

from bloqs.communication.circuits.inference_shot import InferenceShot
from bloqs.communication.circuits.pauli_block import PauliBlock
from bloqs.communication.circuits.pauli_rotation import PauliRotation
from bloqs.communication.circuits.vector_tree import VectorTree
from bloqs.communication.model.blocks import Block, DenseBlock, Gate, PartyModel
from bloqs.communication.model.evaluate import output_state
from bloqs.communication.symbols import L, P, n
from bloqs.messages.party_block import PartyBlock
from bloqs.messages.private import Private
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.costs.keys import MessageCounts, Messages, PartyQubits, Rounds


def random_model(rng, qubits, owners):
    blocks = []
    for owner in owners:
        letters = ["".join(rng.choice(list("IXYZ"), qubits)) for _ in range(3)]
        blocks.append(Block(owner, [Gate(x, rng.uniform(-3, 3)) for x in letters]))
    matrix = unitary_group.rvs(2**qubits, random_state=rng)
    blocks[-1] = DenseBlock(owners[-1], matrix)
    return PartyModel(qubits, rng.normal(size=2**qubits), blocks)


def shot(qubits, layers, **form):
    """Alice and Bob in turn."""
    gates = (PauliRotation("X" * qubits, 0.3), PauliRotation("Z" + "Y" * (qubits - 1), 0.5))
    blocks = [PartyBlock(name, PauliBlock(qubits, gates)) for name in ("Alice", "Bob")]
    data = Private("Alice", tuple(range(1, 2**qubits + 1)))
    encode = PartyBlock("Alice", VectorTree(qubits, data))
    return InferenceShot(qubits, encode, tuple(blocks), layers, **form)


@pytest.mark.parametrize("owners", [("A",), ("A", "B"), ("A", "B") * 2, ("A", "C", "C", "B", "A")])
def test_distributed_is_central(owners, rng):
    """The state is that of the model, exactly, and messages are changes of owner."""
    for qubits in (1, 2, 3, 4):
        model = random_model(rng, qubits, owners)
        bloq = InferenceShot.of(model)
        np.testing.assert_allclose(Runner.of(bloq).run(0), output_state(model), atol=1e-9)
        sends = model.outline.sends
        assert get_cost_value(bloq, Messages()) == MessageCounts(qubits * sends, sends)
        assert cost_by_annotation(bloq) == cost_by_counting(bloq)


FORMS = {
    "plain": (lambda bloq: bloq, 0),
    "adjoint": (lambda bloq: bloq.adjoint(), 0),
    "controlled": (lambda bloq: bloq.controlled(), 1),
    "on zero": (lambda bloq: bloq.controlled(CtrlSpec(cvs=0)), 1),
    "controlled adjoint": (lambda bloq: bloq.controlled().adjoint(), 1),
    "adjoint controlled": (lambda bloq: bloq.adjoint().controlled(), 1),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "layers", [1, 2, *(pytest.param(k, marks=pytest.mark.slow) for k in (3, 4, 5, 6))]
)
def test_closed_form_key_and_circuit_agree(form, layers):
    """2 L - 1 messages of n qubits, and of the control; as many rounds."""
    change, riders = FORMS[form]
    for qubits in (1, 2, 5) if layers < 3 else range(1, 6):
        bloq, sends = change(shot(qubits, layers)), 2 * layers - 1
        stated, counted = cost_by_annotation(bloq), cost_by_counting(bloq)
        assert stated.messages == MessageCounts(sends * (qubits + riders), sends)
        assert stated.messages == counted.messages
        assert stated.rounds == counted.rounds == sends == get_cost_value(bloq, Rounds())
        assert stated.parties == dict.fromkeys(("Alice", "Bob"), qubits + riders)


@pytest.mark.parametrize("is_controlled", [False, True])
def test_symbolic_is_concrete(is_controlled):
    block = PauliBlock(n, number=P)
    blocks = PartyBlock("Alice", block), PartyBlock("Bob", block)
    encode = PartyBlock("Alice", VectorTree(n))
    formula = cost_by_annotation(InferenceShot(n, encode, blocks, L, is_controlled=is_controlled))
    for qubits, layers in ((1, 1), (2, 3), (4, 2)):
        bloq = shot(qubits, layers, is_controlled=is_controlled)
        found, at = cost_by_annotation(bloq), formula.subs({n: qubits, L: layers, P: 2})
        assert at == found
        assert at.parties == found.parties == get_cost_value(bloq, PartyQubits())


def test_many_layers_are_quick():
    """800 messages: the parts are looked at once each."""
    bloq = shot(3, 400)
    assert cost_by_annotation(bloq).messages.messages == 799


def test_what_is_no_shot_is_refused():
    bloq = shot(2, 1)
    with pytest.raises(ValueError, match="takes one qubit as its control"):
        bloq.controlled().controlled()
    with pytest.raises(ValueError, match="takes one qubit as its control"):
        bloq.controlled(CtrlSpec(cvs=(1, 1)))
    with pytest.raises(ValueError, match="at least one block, got none"):
        InferenceShot(2, bloq.encode, ())
    with pytest.raises(ValueError, match="at least one layer, got 0"):
        InferenceShot(2, bloq.encode, bloq.blocks, 0)
    with pytest.raises(ValueError, match="one register, system of 3 qubits"):
        InferenceShot(3, bloq.encode, bloq.blocks)
    model = PartyModel(1, (1.0, 1j), (DenseBlock("Alice", np.eye(2)),))
    with pytest.raises(ValueError, match="real data, got complex numbers"):
        InferenceShot.of(model)
    with pytest.raises(ValueError, match="data or blocks of Alice; let them run it"):
        PartyBlock("Bob", VectorTree(1, Private("Alice", (1.0, 0.0))))
    with pytest.raises(ValueError, match="PauliBlock is on 2 qubits, got a gate XYZ"):
        PauliBlock(2, (PauliRotation("XYZ", 0.3),))
    with pytest.raises(ValueError, match="has 1 gates, got number=2"):
        PauliBlock(1, (PauliRotation("X", 0.3),), number=2)
