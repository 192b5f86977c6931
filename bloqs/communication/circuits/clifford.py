"""Clifford gates by name, and what each becomes under a control."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from qualtran import Bloq
from qualtran.bloqs.basic_gates import CNOT, CZ, Hadamard, SGate, TGate, Toffoli, XGate, ZGate
from qualtran.symbolics import SymbolicInt

from bloqs.wires import Wire, Wires

Named: TypeAlias = tuple[str, tuple[Wire, ...]]
"""A gate, one of "X", "Z", "H", "S", "S^-1", "CNOT", "CZ", and its wires, a control first."""

Placed: TypeAlias = tuple[Bloq, tuple[Wire, ...]]

PLAIN: dict[str, Bloq] = {
    "X": XGate(),
    "Z": ZGate(),
    "H": Hadamard(),
    "S": SGate(),
    "S^-1": SGate(is_adjoint=True),
    "CNOT": CNOT(),
    "CZ": CZ(),
}


def expanded(gates: Iterable[Named], control: Sequence[Wire] = ()) -> list[Placed]:
    """The gates in order; under a control, H and S take T gates, CNOT and CZ a Toffoli.

    Args:
        gates: by name.
        control: one wire, or none.
    """
    if not control:
        return [(PLAIN[name], wires) for name, wires in gates]
    (switch,) = control
    return [each for name, wires in gates for each in _controlled(name, wires, switch)]


def _controlled(name: str, wires: tuple[Wire, ...], switch: Wire) -> list[Placed]:
    q = wires[-1:]
    if name in ("X", "Z"):
        return [(CNOT() if name == "X" else CZ(), (switch, *q))]
    if name == "H":
        up: list[Bloq] = [SGate(), Hadamard(), TGate()]
        down: list[Bloq] = [gate.adjoint() for gate in reversed(up)]
        return [*((gate, q) for gate in up), (CNOT(), (switch, *q)), *((gate, q) for gate in down)]
    if name in ("S", "S^-1"):
        turn = TGate() if name == "S" else TGate().adjoint()
        flip: Placed = (CNOT(), (switch, *q))
        return [(turn, (switch,)), (turn, q), flip, (turn.adjoint(), q), flip]
    both: Placed = (Toffoli(), (switch, *wires))
    return [both] if name == "CNOT" else [(Hadamard(), q), both, (Hadamard(), q)]


def clifford_calls(gates: Iterable[Named], is_controlled: bool) -> dict[Bloq, SymbolicInt]:
    """The same by number."""
    placed = expanded(gates, ["switch"] if is_controlled else [])
    calls: Counter[Any] = Counter(gate for gate, _ in placed)
    return dict(calls)


def write_clifford(wires: Wires, gates: Iterable[Named], control: Sequence[Wire] = ()) -> None:
    """Write the same."""
    for gate, places in expanded(gates, control):
        if isinstance(gate, Toffoli):
            wires.toffoli(*places)
        elif isinstance(gate, CNOT):
            wires.cnot(*places)
        elif isinstance(gate, CZ):
            wires.cz(*places)
        else:
            wires.gate(gate, q=places[0])
