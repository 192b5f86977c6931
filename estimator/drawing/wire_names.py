"""What wires hold, in words."""

from collections.abc import Iterator, Mapping
from itertools import chain, repeat
from math import prod

from attrs import frozen
from qualtran import Bloq, Register
from qualtran.symbolics import SymbolicInt

WORDS = {"ctrl": "control", "q": "qubit", "ancilla": "flags"}
"""Words for registers of bloqs that say nothing about theirs."""

WORK = "work"
"""A qubit that comes from zero and returns there, on which gates alone act."""


@frozen
class Part:
    """Consecutive bits of a register that hold one thing.

    Args:
        name: what they hold.
        size: how many they are. Unit: bits.
    """

    name: str
    size: SymbolicInt


def parts_of(bloq: Bloq, register: Register) -> tuple[Part, ...]:
    """What the bits of one register hold, most significant first.

    A bloq says so in its property `wire_names`: register -> (name, width), ...

    Raises:
        ValueError: if the widths that the bloq gives do not add up to that of the register.
    """
    said: Mapping[str, tuple[tuple[str, SymbolicInt], ...]] = getattr(bloq, "wire_names", {})
    if register.name not in said:
        return (Part(WORDS.get(register.name, register.name), register.bitsize),)
    parts = tuple(Part(name, size) for name, size in said[register.name] if size != 0)
    total = sum((part.size for part in parts), 0)
    if total - register.bitsize != 0:
        raise ValueError(
            f"{bloq} names {total} wires of its register {register.name}, which has "
            f"{register.bitsize}; name each of them once"
        )
    return parts


def register_word(bloq: Bloq, register: Register, index: tuple[int, ...] = ()) -> str:
    """What a register holds as a whole, in one word or a few."""
    parts = parts_of(bloq, register)
    name = parts[0].name if len(parts) == 1 else WORDS.get(register.name, register.name)
    return name + index_text(register, index)


def work_words(bloq: Bloq) -> Iterator[str]:
    """What the qubits that a bloq allocates hold, one after another in the order of allocation.

    A bloq says so in its property `work_names`, in the form of `wire_names`; the rest is `WORK`.
    """
    said: tuple[tuple[str, SymbolicInt], ...] = getattr(bloq, "work_names", ())
    numbered = (
        f"{name}[{k}]" if size > 1 else name for name, size in said for k in range(int(size))
    )
    return chain(numbered, repeat(WORK))


def index_text(register: Register, index: tuple[int, ...]) -> str:
    """Which of several equal registers it is, if there are several."""
    return f"[{', '.join(map(str, index))}]" if index and prod(register.shape) > 1 else ""
