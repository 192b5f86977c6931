"""One of several Pauli strings, by a table of them."""

from typing import Any

import attrs
from attrs import frozen
from qualtran import Bloq, QUInt, Register, bloq_example
from qualtran.bloqs.basic_gates import CNOT, CZ, SGate, ZGate
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import AbstractLoader
from bloqs.data_loading.loaders import QROMLoader
from bloqs.linear_systems.circuits.word_step import AbstractWordStep
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wire, Wires
from estimator import symbols


@frozen(cache_hash=True)
class PauliStep(AbstractWordStep):
    r"""Applies $|l\rangle \psi \to |l\rangle i^{k_l} X^{x_l} Z^{z_l} \psi$.

    Args:
        strings: $(x_l, z_l, k_l)$ of the $2^c$ colours, x and z of n bits and k in 0..3, or `None`
            when only the sizes matter.
        c: log2 of their number, at least 1. Unit: qubits.
        n: width of the index, at least 1. Unit: qubits.
        loader: the memory that holds the strings.
        is_controlled: whether a control decides between this and the identity.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        colour: QUInt(c).
        index: QUInt(n).

    Cost: one lookup of 2**c words of 2 n + 2 bits and its unload, n CZ, n CNOT, a Z and an S.

    Raises:
        ValueError: if a string does not fit, or as the lookup.

    Source: elementary.
    """

    strings: tuple[tuple[int, int, int], ...] | None
    c: SymbolicInt
    n: SymbolicInt
    loader: AbstractLoader
    is_controlled: bool = False

    def __attrs_post_init__(self) -> None:
        for x, z, k in self.strings or ():
            if not 0 <= k < 4 or not 0 <= min(x, z) <= max(x, z) < 2 ** int(self.n):
                raise ValueError(
                    f"a Pauli string needs x and z of {self.n} bits and k in 0..3, got {(x, z, k)}"
                )
        self.lookup  # noqa: B018  refuse what it refuses

    @property
    def word_bitsize(self) -> SymbolicInt:
        return 2 * self.n + 2

    @property
    def words(self) -> tuple[int, ...] | None:
        if self.strings is None:
            return None
        size = 2 ** int(self.n)
        return tuple((k * size + z) * size + x for x, z, k in self.strings)

    @property
    def targets(self) -> list[Register]:
        return [Register("index", QUInt(self.n))]

    @property
    def wire_names(self) -> dict[str, Any]:
        """What the registers hold; see `estimator.drawing.wire_names`."""
        return {"colour": (("colour", self.c),), "index": (("index", self.n),)}

    @property
    def gates(self) -> dict[Bloq, SymbolicInt]:
        return {ZGate(): 1, SGate(): 1, CZ(): self.n, CNOT(): self.n}

    @property
    def work(self) -> SymbolicInt:
        return 0

    def act(self, wires: Wires, word: list[Wire], targets: dict[str, list[Wire]]) -> None:
        n, index = int(self.n), targets["index"]
        wires.gate(ZGate(), q=word[0])
        wires.gate(SGate(), q=word[1])
        for bit, qubit in zip(word[2 : 2 + n], index, strict=True):
            wires.cz(bit, qubit)
        for bit, qubit in zip(word[2 + n :], index, strict=True):
            wires.cnot(bit, qubit)

    def adjoint(self) -> "PauliStep":
        back = self.strings and tuple(
            (x, z, (2 * (x & z).bit_count() - k) % 4) for x, z, k in self.strings
        )
        return attrs.evolve(self, strings=back)

    def __str__(self) -> str:
        return f"PauliStep(2**{self.c} strings, n={self.n})"


@bloq_example(generalizer=SAME_CALLS)
def _pauli_step() -> PauliStep:
    return PauliStep(((0, 1, 0), (2, 3, 1), (1, 0, 2), (3, 3, 2)), 2, 2, QROMLoader())


@bloq_example(generalizer=SAME_CALLS)
def _pauli_step_controlled() -> PauliStep:
    return PauliStep(((1, 0, 2), (1, 1, 1)), 1, 1, QROMLoader(), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _pauli_step_symbolic() -> PauliStep:
    return PauliStep(None, symbols.c, symbols.n, QROMLoader())
