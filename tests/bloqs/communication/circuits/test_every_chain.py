"""Protocols of parties: closed form, keys and flattened circuit agree, in every form."""

from collections import Counter

import numpy as np
import pytest
import sympy
from qualtran import BloqBuilder, CtrlSpec
from qualtran.resource_counting import get_bloq_callee_counts, get_cost_value

from bloqs.communication.circuits.data_parallel import BranchTree, DataParallel
from bloqs.communication.circuits.dense_coding import DenseCoding, PairCoding
from bloqs.communication.circuits.form_shot import FormReading, FormShot
from bloqs.communication.circuits.fourier_shot import FourierShot, PhaseLayer
from bloqs.communication.circuits.inner_product_walk import BitFlips, InnerProductWalk, ParityOf
from bloqs.communication.circuits.matching_shots import (
    EqualOrOrthogonalShot,
    HiddenMatchingShot,
    MatchingBasis,
)
from bloqs.communication.circuits.pauli_block import PauliBlock
from bloqs.communication.circuits.pauli_rotation import PauliRotation
from bloqs.communication.circuits.subspace_shots import RazShot, VectorInSubspace
from bloqs.communication.circuits.vector_tree import VectorTree
from bloqs.communication.model.matching_problem import Matching
from bloqs.communication.symbols import L, P, n
from bloqs.messages.party_block import PartyBlock
from bloqs.messages.private import Private
from bloqs.same_calls import SAME_CALLS
from bloqs.simulation.runner import Runner
from bloqs.wires import Wires
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.costs.holders import audit
from estimator.costs.keys import MessageCounts, Messages, PartyQubits, Rounds
from estimator.costs.messages import message_of
from estimator.symbols import theta

FORMS = {
    "plain": (lambda bloq: bloq, 0),
    "adjoint": (lambda bloq: bloq.adjoint(), 0),
    "controlled": (lambda bloq: bloq.controlled(), 1),
    "on zero": (lambda bloq: bloq.controlled(CtrlSpec(cvs=0)), 1),
    "controlled adjoint": (lambda bloq: bloq.controlled().adjoint(), 1),
    "adjoint controlled": (lambda bloq: bloq.adjoint().controlled(), 1),
}


def alice(values):
    return Private("Alice", tuple(values))


def bob(values):
    return Private("Bob", tuple(values))


def rows(rng, size, columns=None):
    found = np.linalg.qr(rng.normal(size=(size, size)))[0][:, :columns]
    return tuple(tuple(map(float, row)) for row in found)


def matching(rng, size):
    """No shift, from N = 8 on; of four places every matching is one."""
    while True:
        edges = Matching.of_share(size, 0.5, rng).edges
        if size < 8 or len({i ^ j for i, j in edges}) > 1:
            return edges


def centred(size):
    """Numbers with a mean of zero."""
    return tuple(float(2 * x + 1 - size) for x in range(size))


def strings(qubits, layers):
    """Those of which every gate is needed."""
    m = (qubits - 1) * layers
    return alice([1 - k // (qubits - 1) % 2 for k in range(m)]), bob([1] * m)


def phases(qubits, layers, times=1):
    gates = (PauliRotation("X" * qubits, 0.3), PauliRotation("Z" + "Y" * (qubits - 1), 0.5))
    block = PartyBlock("Bob", PauliBlock(qubits, gates))
    scales, x = tuple(map(float, range(2**qubits))), Private("Alice", 0.7)
    layer = PartyBlock("Alice", PhaseLayer(qubits, scales, x))
    return FourierShot(qubits, (block,) * (layers + 1), (layer,) * layers, times)


def form(rng, qubits, way):
    q = rng.normal(size=(2**qubits, 2**qubits))
    return FormShot.of(q + q.T, rng.normal(size=2**qubits), way)


def all_ones(m, **changes):
    return DenseCoding(m, alice([1] * m), bob([1] * m), **changes)


def symbolic_phases():
    block = PartyBlock("Bob", PauliBlock(n, number=P))
    return FourierShot(n, (block, block), (PartyBlock("Alice", PhaseLayer(n)),), L)


CHAINS = {
    "vector in subspace": (
        lambda rng, k, l: VectorInSubspace(
            k, alice(rng.normal(size=2**k)), bob(rows(rng, 2**k, 2**k // 2))
        ),
        lambda: VectorInSubspace(n),
        lambda k, l: (1, k),
    ),
    "raz": (
        lambda rng, k, l: RazShot(
            k,
            alice(rng.normal(size=2**k)),
            alice(rows(rng, 2**k, 2**k // 2)),
            bob(rows(rng, 2**k)),
        ),
        lambda: RazShot(n),
        lambda k, l: (2, k),
    ),
    "hidden matching": (
        lambda rng, k, l: HiddenMatchingShot(
            k, alice(rng.integers(0, 2, 2**k)), bob(matching(rng, 2**k))
        ),
        lambda: HiddenMatchingShot(n),
        lambda k, l: (1, k),
    ),
    "equal or orthogonal": (
        lambda rng, k, l: EqualOrOrthogonalShot(
            k, alice(rng.integers(0, 2, 2**k)), bob(rng.integers(0, 2, 2**k))
        ),
        lambda: EqualOrOrthogonalShot(n),
        lambda k, l: (1, k),
    ),
    "inner product": (
        lambda rng, k, l: InnerProductWalk(k + 1, l, *strings(k + 1, l)),
        lambda: InnerProductWalk(n + 1, L),
        lambda k, l: (2 * l - 1, k + 1),
    ),
    "dense coding": (
        lambda rng, k, l: all_ones(k * l),
        lambda: DenseCoding(n * L),
        lambda k, l: (1, -(-k * l // 2)),
    ),
    "dense coding without pairs": (
        lambda rng, k, l: all_ones(k * l, has_pairs=False),
        lambda: DenseCoding(n * L, has_pairs=False),
        lambda k, l: (2, -(-k * l // 2)),
    ),
    "fourier": (
        lambda rng, k, l: phases(k, l),
        symbolic_phases,
        lambda k, l: (2 * l, k),
    ),
    "form in its eigenbasis": (
        lambda rng, k, l: form(rng, k, "eigenbasis"),
        lambda: FormShot(n),
        lambda k, l: (1, k),
    ),
    "form by block-encoding": (
        lambda rng, k, l: form(rng, k, "block-encoding"),
        lambda: FormShot(n, way="block-encoding"),
        lambda k, l: (1, k),
    ),
}
LAYERED = ("inner product", "dense coding", "dense coding without pairs", "fourier")


@pytest.mark.parametrize("name", CHAINS)
@pytest.mark.parametrize("change", FORMS.values(), ids=[*FORMS])
def test_closed_form_key_and_circuit_agree(name, change, lists_its_steps, rng):
    """Messages and qubits; a control travels with every message; nobody acts across parties."""
    make, _, moves = CHAINS[name]
    changed, riders = change
    for k in (1, 3):
        for layers in (1, 3) if name in LAYERED else (1,):
            bloq, (messages, width) = changed(make(rng, k, layers)), moves(k, layers)
            stated, counted = cost_by_annotation(bloq), cost_by_counting(bloq)
            assert stated == counted
            assert lists_its_steps(bloq)
            assert stated.messages == MessageCounts(messages * (width + riders), messages)
            assert stated.messages == counted.messages == get_cost_value(bloq, Messages())
            assert stated.rounds == counted.rounds == messages == get_cost_value(bloq, Rounds())
            assert [*stated.parties] == ["Alice", "Bob"]


@pytest.mark.slow
@pytest.mark.parametrize("name", CHAINS)
@pytest.mark.parametrize("change", FORMS.values(), ids=[*FORMS])
def test_all_sizes_agree(name, change, rng):
    """Up to n = 5 qubits and L = 6 layers."""
    make, _, moves = CHAINS[name]
    changed, riders = change
    for k in range(1, 6):
        for layers in range(1, 7) if name in LAYERED else (1,):
            bloq, (messages, width) = changed(make(rng, k, layers)), moves(k, layers)
            stated, counted = cost_by_annotation(bloq), cost_by_counting(bloq)
            assert stated.messages == MessageCounts(messages * (width + riders), messages)
            assert stated.messages == counted.messages
            assert stated.rounds == counted.rounds == messages


@pytest.mark.parametrize("name", CHAINS)
@pytest.mark.parametrize("is_controlled", [False, True])
def test_symbolic_is_concrete(name, is_controlled, rng):
    """Every gate, message and qubit of each party, where no gate is left out."""
    make, symbolic, _ = CHAINS[name]
    bloq = symbolic()
    formula = cost_by_annotation(bloq.controlled() if is_controlled else bloq)
    for k, layers in ((1, 1), (3, 2)):
        made = make(rng, k, layers)
        made = made.controlled() if is_controlled else made
        found, at = cost_by_annotation(made), formula.subs({n: k, L: layers, P: 2, theta: 0.3})
        assert at.messages == found.messages
        assert at.rounds == found.rounds
        for each in ("rotations", "toffoli", "t", "cliffords", "qubits"):
            assert getattr(at, each) == getattr(found, each), each
        assert at.parties == found.parties == get_cost_value(made, PartyQubits())


@pytest.mark.parametrize("change", FORMS.values(), ids=[*FORMS])
def test_halves_of_data(change, rng):
    """A message of n + 1 qubits, and news of bits; the register goes once."""
    changed, riders = change
    for k in (1, 3):
        halves = alice(rng.normal(size=2**k)), bob(rng.normal(size=2**k))
        bloq = changed(DataParallel(k, *halves, 20))
        stated, counted = cost_by_annotation(bloq), cost_by_counting(bloq)
        assert stated.messages == counted.messages == MessageCounts(k + 1 + riders, 1, 20, 0, 1)
        assert stated.rounds == counted.rounds == 1
        assert stated.rotations == counted.rotations


@pytest.mark.parametrize("is_controlled", [False, True])
def test_halves_of_data_in_symbols(is_controlled, rng):
    formula = cost_by_annotation(DataParallel(n, norm_bits=20, is_controlled=is_controlled))
    for k in (1, 4):
        halves = alice(rng.normal(size=2**k)), bob(rng.normal(size=2**k))
        bloq = DataParallel(k, *halves, 20, is_controlled=is_controlled)
        assert formula.subs({n: k}) == cost_by_annotation(bloq)


@pytest.mark.parametrize("name", CHAINS)
def test_a_control_decides_and_the_inverse_undoes(name, rng):
    """The whole matrix, at 2 qubits a register."""
    bloq = CHAINS[name][0](rng, 2, 1)
    size = 2 ** bloq.signature.n_qubits()
    plain = Runner.of(bloq).columns(range(size))
    np.testing.assert_allclose(plain @ plain.conj().T, np.eye(size), atol=1e-9)
    wanted = np.eye(2 * size, dtype=complex)
    wanted[size:, size:] = plain
    once = Runner.of(bloq.controlled()).columns(range(2 * size))
    np.testing.assert_allclose(once, wanted, atol=1e-9)
    back = Runner.of(bloq.adjoint()).columns(range(size))
    np.testing.assert_allclose(back, plain.conj().T, atol=1e-9)


def named(bloq):
    """How often each bloq is called, with any angle for every angle."""
    found = Counter()
    for part, times in get_bloq_callee_counts(bloq, generalizer=SAME_CALLS):
        found[part] += times
    return found


GENERIC = {
    "string": (BitFlips, lambda k: BitFlips(k, alice([1] * (k - 1))), 2),
    "parity": (ParityOf, lambda k: ParityOf(k, bob([1] * (k - 1))), 2),
    "pairs": (PairCoding, lambda k: PairCoding(k, alice([1] * (2 * k))), 1),
    "phases": (PhaseLayer, lambda k: PhaseLayer(k, centred(2**k), Private("Alice", 0.7)), 1),
    "tree": (VectorTree, lambda k: VectorTree(k, alice(range(1, 2**k + 1))), 1),
}
"""Blocks by their size alone, with data of which every gate is needed, and the least size."""


@pytest.mark.parametrize("is_controlled", [False, True])
@pytest.mark.parametrize("name", GENERIC)
def test_without_data_every_gate_there_can_be_is_counted(name, is_controlled):
    """At sizes from the smallest, and in letters."""
    plain, made, least = GENERIC[name]
    for k in (least, least + 1, 4):
        bare, full = plain(k), made(k)
        if is_controlled:
            bare, full = bare.controlled(), full.controlled()
        assert named(bare) == named(full)
        letters = named(plain(n).controlled() if is_controlled else plain(n))
        counts = {part: sympy.sympify(times).subs(n, k) for part, times in letters.items()}
        assert {part: times for part, times in counts.items() if times} == named(full)


FOREIGN = {
    "a subspace": lambda: MatchingBasis(1, bob([(0, 1)])),
    "a string": lambda: BitFlips(2, bob([1])),
    "a datum": lambda: PhaseLayer(1, (0.0, 1.0), Private("Bob", 0.7)),
    "bits on pairs": lambda: PairCoding(1, bob([1, 0])),
    "a form": lambda: FormReading(1, bob([(1.0, 0.0), (0.0, 0.5)])),
    "half of the data": lambda: BranchTree(1, 1, bob([1.0, 2.0])),
}


@pytest.mark.parametrize("block", FOREIGN.values(), ids=[*FOREIGN])
def test_data_of_somebody_else_are_refused(block):
    """Plain, inverted and within a block of theirs."""
    bloq = block()
    for each in (bloq, bloq.adjoint(), PartyBlock("Bob", bloq)):
        with pytest.raises(ValueError, match=r"data or blocks of Bob"):
            PartyBlock("Alice", each)


@pytest.mark.parametrize("name", [*CHAINS])
def test_a_register_that_moves_without_a_message_is_refused(name, rng):
    """The same steps without the messages; with them the audit lets it pass."""
    bloq = CHAINS[name][0](rng, 2, 1)

    def circuit(has_messages):
        builder, soquets = BloqBuilder.from_signature(bloq.signature)
        wires = Wires(builder)
        for register, soquet in soquets.items():
            wires.split(register, soquet)
        for step in bloq.written_steps:
            if has_messages or message_of(step.bloq) is None:
                wires.on(step.bloq, **dict(step.places))
        return builder.finalize(**wires.registers(bloq.signature))

    audit(circuit(has_messages=True))
    with pytest.raises(ValueError, match=r"Alice|Bob"):
        audit(circuit(has_messages=False))


@pytest.mark.parametrize("name", [*CHAINS])
def test_two_controls_are_refused(name, rng):
    bloq = CHAINS[name][0](rng, 2, 1)
    with pytest.raises(ValueError, match="takes one qubit as its control"):
        bloq.controlled().controlled()
