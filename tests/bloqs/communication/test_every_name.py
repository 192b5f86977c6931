"""Bloqs of parties are called what they are, with a dagger if they are inverted."""

import pytest
from qualtran import BloqExample

from bloqs import communication
from bloqs.communication.circuits.dense_coding import DenseCoding, PairCoding
from bloqs.communication.circuits.fourier_shot import FourierShot, fourier_shot_example
from bloqs.messages.party_block import PartyBlock
from bloqs.messages.send import Send
from bloqs.messages.tell import Tell
from estimator.discover import instances_of

EXAMPLES = instances_of(BloqExample, communication)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_inverse_has_a_dagger(name):
    bloq = EXAMPLES[name].make()
    kind, said = type(bloq).__name__, str(bloq)
    assert said.startswith(f"{kind}(")
    assert str(bloq.adjoint()) == said.replace(kind, f"{kind}†", 1)[:75]
    assert str(bloq.adjoint().adjoint()) == said


def test_layers_of_data_are_counted_with_their_repetitions():
    shot = fourier_shot_example.make()
    thrice = FourierShot(shot.n, shot.blocks, shot.layers, 3)
    assert (len(shot.layers), shot.times) == (2, 1)
    assert (str(shot), str(thrice)) == (
        "FourierShot(2 layers of data)",
        "FourierShot(6 layers of data)",
    )


@pytest.mark.parametrize(
    ("bloq", "said"),
    [
        (Send("Alice", "Bob", 3), "Send(Alice to Bob)"),
        (Send("Alice", "Bob", 3, is_teleported=True), "Send(Alice to Bob, teleported)"),
        (Tell("Bob", "Alice", 3), "Tell(Bob to Alice)"),
        (DenseCoding(6), "DenseCoding(6 bits)"),
        (DenseCoding(6, has_pairs=False), "DenseCoding(6 bits, pairs made)"),
        (PartyBlock("Alice", PairCoding(3, length=5)), "Alice's PairCoding(3 pairs)"),
    ],
)
def test_names(bloq, said):
    assert str(bloq) == said
