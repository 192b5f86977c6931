"""What the circuit of a bloq holds, to be put beside what the bloq states."""

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Any

import cirq
import sympy
from attrs import frozen
from qualtran import Bloq, DecomposeNotImplementedError, DecomposeTypeError
from qualtran.bloqs.mcmt import And

from estimator.costs.circuit import Circuit, circuit_of
from estimator.costs.cost import Cost, cost_of_circuit
from estimator.costs.depth import acts_as_one_gate
from estimator.costs.gate_sets import is_countable
from estimator.costs.script import Placed

MOST_FLATTENED = 20_000
"""Toffoli-like gates, and T gates with rotations, of a circuit that is opened. Unit: gates."""

MOST_OPERATIONS = 400_000
"""Operations that are looked at before a circuit is given up. Unit: operations."""

TOO_LARGE = "it is too large to be opened"


class Reading(Enum):
    """Where the numbers of an answer are from, and whether it says so."""

    STATED = "stated"
    """By bloqs whose circuits are known to hold what they state."""
    COMPARED = "compared"
    """By bloqs of anyone: the answer says what their circuit says."""
    COUNTED = "counted"
    """In the circuit, as the bloqs state nothing."""


@frozen
class Counted:
    """What was found in a circuit.

    Args:
        cost: the gates; `None` if there is no circuit, or it was not opened.
        depth: longest chain of Toffoli-like gates. Unit: layers.
        why: why there is no cost, in words.
        is_broken: whether there should be a circuit, and writing it down fails.
    """

    cost: Cost | None = None
    depth: int | None = None
    why: str = ""
    is_broken: bool = False


class _TooLargeError(Exception):
    """There are more operations than are looked at."""


def counted(bloq: Bloq, stated: Cost | None) -> Counted:
    """The gates in the circuit of a bloq, if it has one that is not too large.

    Args:
        bloq: of any class.
        stated: what the bloq states; `None` if it states nothing.
    """
    if stated is not None:
        if any(stated.queries.values()):
            return Counted(why="it calls an oracle")
        gates = (stated.toffolis, stated.t + stated.rotations)
        sizes = [sympy.sympify(number) for number in gates]
        if not all(size.is_Integer for size in sizes):
            return Counted(why="its size is not a number")
        if max(sizes) > MOST_FLATTENED:
            return Counted(why=TOO_LARGE)
    numbers = _numbers()

    def keep(operation: cirq.Operation) -> bool:
        next(numbers)
        return is_countable(operation)

    try:
        circuit = circuit_of(bloq, keep)
        return Counted(cost_of_circuit(circuit), toffoli_layers(circuit))
    except _TooLargeError:
        return Counted(why=TOO_LARGE)
    except (DecomposeTypeError, DecomposeNotImplementedError) as problem:
        return Counted(why=" ".join(str(problem).split()))
    except RecursionError:
        raise
    except Exception as problem:  # what others write may fail in any way
        said = " ".join(str(problem).partition("{")[0].split())[:200]  # sets have no order
        return Counted(why=f"{type(problem).__name__}: {said}".rstrip(" ,:"), is_broken=True)


def _numbers() -> Iterator[int]:
    yield from range(MOST_OPERATIONS)
    raise _TooLargeError


def said_of(found: Counted, reading: Reading) -> str:
    """What the reader of an answer should know about the circuit, in one sentence."""
    if reading is Reading.COUNTED:
        return "gates and depth are counted in the circuit: the bloq states none"
    if found.cost is not None:
        return "gates are as the bloq states them; they were counted in its circuit as well"
    if found.is_broken:
        return f"gates are as the bloq states them; its circuit cannot be written down: {found.why}"
    return f"gates are as the bloq states them; there was no circuit to count them in: {found.why}"


def toffoli_layers(circuit: Circuit) -> int:
    """Layers of ANDs, Toffolis and CSWAPs of a circuit whose gates are countable. Unit: layers.

    Every gate starts as soon as its qubits are free, across the borders of sub-bloqs. Uncomputing
    an AND is a measurement and free; qubits that are allocated again wait for their last use.
    """
    ready: dict[cirq.Qid, int] = {}
    for gate, qubits, *_ in circuit.placed:
        own = int(
            gate in (cirq.CCNOT, cirq.CSWAP) or (isinstance(gate, And) and not gate.uncompute)
        )
        end = max((ready.get(qubit, 0) for qubit in qubits), default=0) + own
        ready.update(dict.fromkeys(qubits, end))
    return max(ready.values(), default=0)


def flat_cnot_depth(bloq: Bloq) -> int:
    """Longest chain of CNOTs of the flattened circuit. Unit: layers.

    Raises:
        qualtran.DecomposeTypeError: if there is no circuit.
    """
    circuit = circuit_of(bloq, is_countable)
    return packed(circuit, lambda each: int(each.gate == cirq.CNOT))


def flat_two_qubit_depth(bloq: Bloq) -> int:
    """Longest chain of gates on several qubits, a `PairGate` as one of them. Unit: layers.

    Raises:
        qualtran.DecomposeTypeError: if there is no circuit.
    """
    return packed(whole_pairs(bloq), lambda each: int(_is_gate(each) and len(each.qubits) > 1))


def flat_depth(bloq: Bloq) -> int:
    """Moments of the circuit if every gate takes one, a `PairGate` as well. Unit: layers.

    Measurements and resets take none, and neither does uncomputing an AND; what waits for a
    measured bit comes after it.

    Raises:
        qualtran.DecomposeTypeError: if there is no circuit.
    """
    return packed(whole_pairs(bloq), lambda each: int(_is_gate(each)))


def packed(circuit: Circuit, layers: Callable[[Placed], int]) -> int:
    """Layers of a circuit in which every gate starts as soon as its qubits and bits are there.

    Args:
        circuit: any.
        layers: that a gate takes.
    """
    ready: dict[Any, int] = {}
    for each in circuit.placed:
        bits = [str(key) for condition in each.conditions for key in condition.keys]
        measured = each.gate if isinstance(each.gate, cirq.MeasurementGate) else None
        used = (*each.qubits, *bits, *([] if measured is None else [str(measured.mkey)]))
        end = max((ready.get(wire, 0) for wire in used), default=0) + layers(each)
        ready.update(dict.fromkeys(used, end))
    return max(ready.values(), default=0)


def whole_pairs(bloq: Bloq) -> Circuit:
    """The circuit of a bloq in countable gates, in which every `PairGate` is one gate."""
    return circuit_of(bloq, is_countable, _Whole())


class PairOperation(cirq.Gate):
    """A `PairGate` that is not looked into.

    Args:
        bloq: it.
    """

    def __init__(self, bloq: Bloq) -> None:
        self.bloq = bloq

    def _num_qubits_(self) -> int:
        return int(self.bloq.signature.n_qubits())


class _Whole(Mapping[type[Bloq], Callable[[Any], cirq.Gate]]):
    """Every class of `PairGate`, whether it is known yet or not."""

    def __contains__(self, kind: object) -> bool:
        return isinstance(kind, type) and acts_as_one_gate(kind)

    def __getitem__(self, kind: type[Bloq]) -> Callable[[Any], cirq.Gate]:
        return PairOperation

    def __iter__(self) -> Iterator[type[Bloq]]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _is_gate(each: Placed) -> bool:
    free = (cirq.MeasurementGate, cirq.ResetChannel, cirq.IdentityGate, cirq.GlobalPhaseGate)
    return not isinstance(each.gate, free) and not (
        isinstance(each.gate, And) and each.gate.uncompute
    )
