"""Blocks with an owner: what they do is what is inside, and nothing of others may be inside."""

import pytest
from attrs import frozen
from qualtran import Bloq, Signature
from qualtran.bloqs.mcmt import And

from bloqs.encodings.diagonal import diagonal_encoding_example
from bloqs.messages.party_block import PartyBlock
from bloqs.messages.private import Private
from estimator.costs.cost import cost_by_annotation
from estimator.costs.holders import holders_of

INNER = diagonal_encoding_example.make()


@frozen
class Loaded(Bloq):
    """A circuit made of private data."""

    data: Private

    @property
    def signature(self):
        return Signature.build(x=1)

    def build_call_graph(self, ssa):
        return {}


@frozen
class Deep(Loaded):
    """The same, one bloq further inside."""

    def build_call_graph(self, ssa):
        return {Loaded(self.data): 2}


@frozen
class Mixed(Loaded):
    """The same around a block of Alice."""

    def build_call_graph(self, ssa):
        return {PartyBlock("Alice", INNER): 1}


@pytest.mark.parametrize("is_controlled", [False, True])
def test_costs_what_is_inside(is_controlled):
    inner = INNER.controlled() if is_controlled else INNER
    block = PartyBlock("Alice", INNER, is_controlled=is_controlled)
    assert cost_by_annotation(block) == cost_by_annotation(inner)
    found = holders_of(block)
    assert {name for bits in found.enter.values() for name in bits} == {"Alice"}
    assert found.qubits == {"Alice": cost_by_annotation(inner).qubits}


@pytest.mark.parametrize("cls", [Loaded, Deep, Mixed])
def test_foreign_data_are_refused_when_the_block_is_built(cls):
    bloq = cls(Private("Bob", (0.5, 0.25)))
    PartyBlock(
        "Alice" if cls is Mixed else "Bob", cls(Private("Alice", 0.5)) if cls is Mixed else bloq
    )
    with pytest.raises(ValueError, match="data or blocks of Bob; let them run it"):
        PartyBlock("Alice", bloq)


def test_a_foreign_block_is_refused():
    with pytest.raises(ValueError, match="data or blocks of Bob"):
        PartyBlock("Alice", PartyBlock("Bob", INNER))
    with pytest.raises(ValueError, match="a block needs the name of a party, got ''"):
        PartyBlock("", INNER)


def test_registers_of_a_block_pass_through():
    with pytest.raises(ValueError, match="a block of a party"):
        PartyBlock("Alice", And())


def test_private_data_have_an_owner():
    with pytest.raises(ValueError, match="private data needs the name of a party, got None"):
        Private(None, 3)
