"""A Clifford circuit after which commuting strings of Pauli matrices are read bit by bit."""

from collections.abc import Sequence

from attrs import define, frozen

from bloqs.communication.model.pauli import check_letters, commute

Clifford = tuple[str, tuple[int, ...]]
"""A gate, "H", "S^-1" or "CNOT", and its qubits, the control first."""


@frozen
class CommonBasis:
    """What to do before the bits are read, and what they mean.

    Args:
        gates: of the circuit C, in order.
        reads: of each string P, the qubits on which C P C^+ has a Z; it has no other letter.
        signs: of each, 1 or -1: P is this times the product of the Z.
    """

    gates: tuple[Clifford, ...]
    reads: tuple[tuple[int, ...], ...]
    signs: tuple[int, ...]


@define
class _String:
    """A string under gates: which qubits have an X part and a Z part, and its sign."""

    x: list[bool]
    z: list[bool]
    sign: int = 1

    def after(self, gate: Clifford) -> None:
        name, qubits = gate
        q = qubits[-1]
        if name == "CNOT":
            c = qubits[0]
            if self.x[c] and self.z[q] and self.x[q] == self.z[c]:
                self.sign = -self.sign
            self.x[q] ^= self.x[c]
            self.z[c] ^= self.z[q]
        elif name == "H":
            if self.x[q] and self.z[q]:
                self.sign = -self.sign
            self.x[q], self.z[q] = self.z[q], self.x[q]
        else:
            if self.x[q] and not self.z[q]:
                self.sign = -self.sign
            self.z[q] ^= self.x[q]


def common_basis(strings: Sequence[str]) -> CommonBasis:
    """The circuit for strings of equal length that commute in pairs.

    One string after another is turned to Z on a qubit of its own, beside letters Z on qubits that
    earlier ones have. Later strings commute with those, so they have neither X nor Y there.

    Raises:
        ValueError: if a string is none, or two do not commute.

    Source: [AG04], whose rules for gates on strings these are.
    """
    if not strings:
        return CommonBasis((), (), ())
    n = len(strings[0])
    for k, one in enumerate(strings):
        check_letters(one, n)
        for two in strings[:k]:
            if not commute(one, two):
                raise ValueError(f"strings that are read together commute, got {two} and {one}")
    found = [_String([c in "XY" for c in s], [c in "YZ" for c in s]) for s in strings]
    gates: list[Clifford] = []
    taken: set[int] = set()

    def do(name: str, *qubits: int) -> None:
        gates.append((name, qubits))
        for each in found:
            each.after((name, qubits))

    for string in found:
        support = [q for q in range(n) if q not in taken and (string.x[q] or string.z[q])]
        for q in support:
            if string.x[q] and string.z[q]:
                do("S^-1", q)
            if string.x[q]:
                do("H", q)
        for q in support[:-1]:
            do("CNOT", q, support[-1])
        taken |= set(support[-1:])
    reads = [tuple(q for q in range(n) if string.z[q]) for string in found]
    return CommonBasis(tuple(gates), tuple(reads), tuple(string.sign for string in found))
