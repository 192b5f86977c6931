"""Features and gradient states: their states, and their messages by three routes."""

import numpy as np
import pytest
from attrs import evolve
from qualtran import CtrlSpec, DecomposeTypeError

from bloqs.communication.circuits.features import BackwardFeature, ForwardFeature
from bloqs.communication.circuits.gradient_state import GradientState
from bloqs.communication.circuits.inference_shot import InferenceShot
from bloqs.communication.circuits.loss_iterate import LossEstimation, LossIterate
from bloqs.communication.circuits.pauli_block import PauliBlock
from bloqs.communication.circuits.vector_tree import VectorTree
from bloqs.communication.model.blocks import Block, Gate, PartyModel
from bloqs.communication.model.evaluate import backward_feature, forward_feature, gradient_state
from bloqs.communication.model.outline import Moves, alternating
from bloqs.communication.symbols import L, P, n
from bloqs.messages.party_block import PartyBlock
from bloqs.messages.private import Private
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.costs.keys import MessageCounts

FORMS = ("uncontrolled", "controlled")


def random_model(rng, qubits, owners, gates=2):
    blocks = []
    for owner in owners:
        letters = ["".join(rng.choice(list("IXYZ"), qubits)) for _ in range(gates)]
        blocks.append(Block(owner, [Gate(x, float(rng.uniform(-3, 3))) for x in letters]))
    return PartyModel(qubits, rng.normal(size=2**qubits), blocks)


def printed_state(model, k):
    """The gradient state of the form that controls its blocks."""
    parts = [forward_feature(model, k), backward_feature(model, k)]
    return np.concatenate(parts) / np.sqrt(2)


@pytest.mark.parametrize("owners", [("A",), ("A", "B"), ("A", "B") * 2, ("A", "C", "C", "B", "A")])
def test_states_are_those_of_the_model(owners, rng):
    for qubits in (1, 3):
        model = random_model(rng, qubits, owners)
        shot = InferenceShot.of(model)
        for k in range(1, len(owners) + 1):
            pairs = {
                ForwardFeature(shot, 1, k): forward_feature(model, k),
                BackwardFeature(shot, 1, k): backward_feature(model, k),
                GradientState(shot, 1, k): gradient_state(model, k),
                GradientState(shot, 1, k, "controlled"): printed_state(model, k),
            }
            for bloq, state in pairs.items():
                np.testing.assert_allclose(Runner.of(bloq).run(0), state, atol=1e-9)
            for form in FORMS:
                cost = cost_by_annotation(GradientState(shot, 1, k, form))
                assert cost.messages == counts(model.outline.state(k, form))


def counts(moves):
    return MessageCounts(moves.qubits, moves.messages)


def layered(rng, qubits, layers):
    """Alice and Bob in turn, the same blocks in each layer."""
    model = random_model(rng, qubits, ("Alice", "Bob"))
    once = InferenceShot.of(model)
    return InferenceShot(qubits, once.encode, once.blocks, layers)


CHANGES = {
    "plain": (lambda bloq: bloq, 0),
    "adjoint": (lambda bloq: bloq.adjoint(), 0),
    "controlled": (lambda bloq: bloq.controlled(), 1),
    "on zero": (lambda bloq: bloq.controlled(CtrlSpec(cvs=0)), 1),
    "controlled adjoint": (lambda bloq: bloq.controlled().adjoint(), 1),
}


def expected(kind, k, layers, width):
    """Messages and their qubits, from the numbers of blocks."""
    last = 2 * layers
    if kind == "forward":
        return Moves(k - 1, (k - 1) * width)
    if kind == "backward":
        return Moves(2 * last - k - 1, (2 * last - k - 1) * width)
    return alternating(width, layers).state(k, kind)


def built(kind, shot, layer, block):
    if kind == "forward":
        return ForwardFeature(shot, layer, block)
    if kind == "backward":
        return BackwardFeature(shot, layer, block)
    return GradientState(shot, layer, block, kind)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("kind", ["forward", "backward", *FORMS])
@pytest.mark.parametrize(
    "layers", [1, 2, 3, *(pytest.param(k, marks=pytest.mark.slow) for k in (4, 5, 6))]
)
def test_closed_form_key_and_circuit_agree(change, kind, layers, rng):
    altered, riders = CHANGES[change]
    for qubits in (1, 3) if layers < 4 else range(1, 6):
        shot = layered(rng, qubits, layers)
        for k in range(1, 2 * layers + 1):
            bloq = altered(built(kind, shot, (k + 1) // 2, 2 - k % 2))
            stated, counted = cost_by_annotation(bloq), cost_by_counting(bloq)
            assert stated == counted
            moves = expected(kind, k, layers, qubits + riders)
            assert stated.messages == counted.messages == counts(moves)
            assert stated.rounds == counted.rounds == moves.messages
            assert stated.parties.get("Alice", 0) <= qubits + riders + (kind in FORMS) + 1


@pytest.mark.parametrize("form", FORMS)
def test_over_all_blocks(form, rng):
    """3 L (2 L - 1) messages, L (2 L - 1)(3 n + 1) qubits, or (3 n + 2) with controlled blocks."""
    for layers in (1, 2, 3):
        shot = layered(rng, 2, layers)
        states = [GradientState(shot, a, b, form) for a in range(1, layers + 1) for b in (1, 2)]
        total = sum((cost_by_annotation(x).messages for x in states), MessageCounts())
        width = {"uncontrolled": 7, "controlled": 8}[form]
        pairs = layers * (2 * layers - 1)
        assert total == MessageCounts(pairs * width, 3 * pairs)


@pytest.mark.parametrize("is_controlled", [False, True])
@pytest.mark.parametrize("form", FORMS)
def test_symbolic_is_concrete(form, is_controlled, rng):
    block = PauliBlock(n, number=P)
    blocks = PartyBlock("Alice", block), PartyBlock("Bob", block)
    general = InferenceShot(n, PartyBlock("Alice", VectorTree(n)), blocks, L)
    for k in (1, 2):
        made = GradientState(general, 1, k, form, is_controlled=is_controlled)
        formula = cost_by_annotation(made)
        for qubits, layers in ((1, 1), (3, 2)):
            shot = plain(qubits, layers)
            bloq = GradientState(shot, 1, k, form, is_controlled=is_controlled)
            found = cost_by_annotation(bloq)
            at = formula.subs({n: qubits, L: layers, P: 2})
            assert at == found


def plain(qubits, layers):
    """Gates whose circuit has no CNOT, so that those of symbols are the same."""
    model = PartyModel(
        qubits,
        [1.0] * 2**qubits,
        [Block(x, [Gate("Z" + "I" * (qubits - 1), 0.3)] * 2) for x in ("Alice", "Bob")],
    )
    once = InferenceShot.of(model)
    return InferenceShot(qubits, once.encode, once.blocks, layers)


def test_what_is_no_block_is_refused(rng):
    shot = layered(rng, 1, 2)
    with pytest.raises(ValueError, match="of a layer from 1 to 2, got layer 3"):
        ForwardFeature(shot, 3, 1)
    with pytest.raises(ValueError, match="of a block from 1 to 2 of its layer, got block 0"):
        BackwardFeature(shot, 1, 0)
    with pytest.raises(ValueError, match="uncontrolled or controlled, got 'free'"):
        GradientState(shot, 1, 1, "free")
    with pytest.raises(ValueError, match="walks through a plain model"):
        GradientState(shot.adjoint(), 1, 1)
    with pytest.raises(ValueError, match="takes one qubit as its control"):
        GradientState(shot, 1, 1).controlled().controlled()


def every_walk(shot):
    """Of each block, in either form, and through all."""
    for layer in range(1, shot.layers + 1):
        for block in range(1, len(shot.blocks) + 1):
            yield from (built(kind, shot, layer, block) for kind in ("forward", "backward", *FORMS))
    yield from (shot, LossIterate(shot), LossEstimation(shot, 2))


@pytest.mark.parametrize("change", ["plain", "controlled"])
@pytest.mark.parametrize("source", ["A", "D"])
def test_call_graphs_name_the_steps(source, change, lists_its_steps, rng):
    """Each block or its inverse, and who sends to whom; also of data of somebody else."""
    altered, _ = CHANGES[change]
    for owners, layers in ((("A", "B", "B", "C"), 1), (("A",), 2), (("A", "B", "A"), 2)):
        plain = InferenceShot.of(random_model(rng, 1, owners, gates=1))
        data = PartyBlock(source, VectorTree(1, Private(source, (0.6, -0.8))))
        for bloq in every_walk(evolve(plain, encode=data, layers=layers)):
            assert lists_its_steps(altered(bloq)), bloq


@pytest.mark.parametrize("is_controlled", [False, True])
def test_any_symbol_is_a_size_without_a_circuit(is_controlled, rng):
    """The register's width alone, the number of layers alone, or the layer of the block alone."""
    general = PauliBlock(n, number=P)
    wide = InferenceShot(n, PartyBlock("Alice", VectorTree(n)), (PartyBlock("Alice", general),))
    deep = evolve(layered(rng, 1, 1), layers=L)
    flat = layered(rng, 1, 2)
    bloqs = [*(built(kind, flat, L, 2) for kind in ("forward", "backward", *FORMS))]
    for shot in (wide, evolve(wide, layers=2), deep):
        bloqs += [shot, LossIterate(shot), LossEstimation(shot, 2)]
        bloqs += [built(kind, shot, 1, 1) for kind in ("backward", *FORMS)]
    bloqs += [built("forward", wide, 1, 1), LossEstimation(flat, n)]
    for bloq in bloqs:
        with pytest.raises(DecomposeTypeError, match="symbolic size, so it has no circuit"):
            (bloq.controlled() if is_controlled else bloq).decompose_bloq()
