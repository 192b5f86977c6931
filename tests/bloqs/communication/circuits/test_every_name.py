"""Bloqs of parties are called what they are, with a dagger if they are inverted."""

import pytest
import sympy
from qualtran import BloqExample

from bloqs.communication import circuits
from bloqs.communication.circuits.dense_coding import DenseCoding, PairCoding, PairMaking
from bloqs.communication.circuits.fourier_shot import FourierShot, fourier_shot_example
from bloqs.communication.circuits.inner_product_walk import BitFlips, ParityOf
from bloqs.messages.party_block import PartyBlock
from estimator.discover import instances_of

EXAMPLES = instances_of(BloqExample, circuits)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_inverse_has_a_dagger(name):
    bloq = EXAMPLES[name].make()
    kind, said = type(bloq).__name__, str(bloq)
    assert said.startswith(f"{kind}(")
    assert str(bloq.adjoint()) == said.replace(kind, f"{kind}†", 1)[:75]
    assert str(bloq.adjoint().adjoint()) == said


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_wire_of_a_register_is_named(name):
    """As many wires as the register has, of concrete size or in letters; none but the control."""
    bloq = EXAMPLES[name].make()
    named = getattr(bloq, "wire_names", {})
    for reg in bloq.signature:
        if reg.name in named:
            sizes = [size for _, size in named[reg.name]]
            assert sympy.simplify(sum(sizes) - reg.bitsize) == 0, reg.name
    assert {reg.name for reg in bloq.signature} - named.keys() <= {"ctrl"}


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
        (DenseCoding(6), "DenseCoding(6 bits)"),
        (DenseCoding(6, has_pairs=False), "DenseCoding(6 bits, pairs made)"),
        (PartyBlock("Alice", PairCoding(3, length=5)), "Alice's PairCoding(3 pairs)"),
    ],
)
def test_names(bloq, said):
    assert str(bloq) == said


@pytest.mark.parametrize(
    ("bloq", "named"),
    [
        (BitFlips(4), {"system": [1, 3]}),
        (ParityOf(4), {"system": [1, 3]}),
        (DenseCoding(5), {"sent": [3], "kept": [3], "answer": [1]}),
        (PairMaking(2), {"sent": [2], "kept": [2]}),
        (PairCoding(2), {"sent": [2]}),
    ],
)
def test_sizes_of_what_is_named(bloq, named):
    assert {name: [size for _, size in parts] for name, parts in bloq.wire_names.items()} == named
