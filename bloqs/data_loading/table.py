"""What every table of a lookup must satisfy, and what its lookup does to numbers."""

from importlib import import_module
from typing import Any

from qualtran import Bloq, ConnectionT
from qualtran.symbolics import SymbolicInt, is_symbolic

Table = tuple[int, ...] | None


def check_table(table: Table, length: SymbolicInt, bitsize: SymbolicInt) -> None:
    """Refuse a table that has the wrong length or an entry that does not fit.

    Args:
        table: the entries, or `None`, which is never refused.
        length: number of entries it must have.
        bitsize: width of an entry. Unit: qubits.

    Raises:
        ValueError: if it does not.
    """
    if table is None:
        return
    if not is_symbolic(length) and len(table) != length:
        raise ValueError(f"table must have {length} entries, got {len(table)}; pad it with zeros")
    if is_symbolic(bitsize):
        return
    if bad := [entry for entry in table if not 0 <= entry < 2**bitsize]:
        raise ValueError(f"table entry {bad[0]} does not fit into {bitsize} bits")


def after_lookup(table: tuple[int, ...], address: Any, target: Any, **ctrl: Any) -> dict[str, Any]:
    """The registers after the entry is XORed onto the target, unless a control is zero.

    Args:
        table: the entries.
        address: number of one of them.
        target: a number of as many bits as an entry, most significant bit first.
        ctrl: the control under its name, or nothing.
    """
    entry = table[int(address)] if all(ctrl.values()) else 0
    return {**ctrl, "address": address, "target": int(target) ^ entry}


def tensors_of_lookup(
    bloq: Bloq, incoming: dict[str, ConnectionT], outgoing: dict[str, ConnectionT]
) -> list[Any]:
    """What `my_tensors` of a bloq that takes numbers to numbers answers.

    Qualtran makes them with quimb, which takes a second to import and is only now.
    """
    tensor = import_module("qualtran.simulation.tensor")
    return tensor.my_tensors_from_classical_action(bloq, incoming, outgoing)
