"""A circuit that was read, as a bloq of gates that the ledger counts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import cirq
import sympy
from attrs import define, field
from qualtran import Bloq
from qualtran.bloqs.mcmt import And

from estimator.costs.script import Step, Wire
from estimator.exchange.elementary import Elementary
from estimator.exchange.file_circuit import FileCircuit, flat, steps_in
from estimator.exchange.file_gates import ConditionedGate, MeasuredBit, ResetToZero
from estimator.exchange.qasm_reader import BY_ANGLE, ReadCircuit
from estimator.symbols import bare

MOST_STEPS = 2_000_000
"""Elementary gates that are written down, those of a gate of the file once for each angle."""

MOST_NESTED = 100
"""Gates of the file's own inside each other."""

When: TypeAlias = tuple[tuple[str, int], ...]
Written: TypeAlias = tuple[list[Step], Counter[str]]
Values: TypeAlias = Mapping[sympy.Symbol, Any]


def translated(circuit: ReadCircuit, name: str) -> tuple[FileCircuit, Mapping[str, int]]:
    """A circuit as a bloq, and how many of its angles are of which kind.

    Gates that the file defines are bloqs of their own, but for those under a condition.

    Args:
        circuit: as it was read.
        name: of the file.

    Raises:
        ValueError: if it holds what is no gate of OpenQASM, or too many gates.
    """
    at: dict[cirq.Qid, Wire] = {
        cirq.NamedQubit(f"{register}_{k}"): (register, k)
        for register, size in circuit.registers.items()
        for k in range(size)
    }
    registers = tuple(circuit.registers.items())
    return _Translator(circuit.names).body(circuit.operations, at, {}, name, registers)


@define
class _Translator:
    """What has been written down so far.

    Args:
        names: of the gates that the file defines, by their circuits' identity.
    """

    names: Mapping[int, str]
    left: int = field(factory=lambda: MOST_STEPS)
    depth: int = 0
    known: dict[Any, tuple[FileCircuit, Counter[str]]] = field(factory=dict)

    def body(
        self,
        operations: Sequence[cirq.Operation],
        at: Mapping[cirq.Qid, Wire],
        values: Values,
        name: str,
        registers: tuple[tuple[str, int], ...],
    ) -> tuple[FileCircuit, Counter[str]]:
        steps: list[Step] = []
        angles: Counter[str] = Counter()
        for number, operation in enumerate(operations):
            when = tuple(sorted(map(_condition, operation.classical_controls)))
            plain = operation.without_classical_controls()
            found, kinds = self.operation(plain, at, values, when, number)
            self.count(len(found))
            steps += found
            angles.update(kinds)
        return FileCircuit(name, registers, tuple(steps)), angles

    def count(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise ValueError(
                f"the circuit has more than {MOST_STEPS:,} elementary gates, the most that are "
                "written down; split it"
            )

    def operation(
        self,
        operation: cirq.Operation,
        at: Mapping[cirq.Qid, Wire],
        values: Values,
        when: When,
        number: int,
    ) -> Written:
        inner = operation.untagged
        if isinstance(inner, cirq.CircuitOperation):
            return self.own_gate(inner, at, values, when, number)
        wires = [at[qubit] for qubit in operation.qubits]
        gate: Any = operation.gate
        if isinstance(gate, cirq.MeasurementGate):
            return [_step(MeasuredBit(str(gate.mkey)), wires)], Counter()
        if isinstance(gate, cirq.ResetChannel):
            return [_step(_under(ResetToZero(), when), wires)], Counter()
        if values:
            gate = cirq.resolve_parameters(gate, cirq.ParamResolver(dict(values)), recursive=False)
        written = Elementary(len(wires), BY_ANGLE in operation.tags)
        written.gate(gate, range(len(wires)))
        names: list[Wire] = [*wires, *(("work", number, k) for k in range(len(wires)))]
        steps = [
            _step(_under(bloq, when), [names[k] for k in places])
            for bloq, places in written.elements
        ]
        return steps, written.angles

    def own_gate(
        self,
        operation: cirq.CircuitOperation,
        at: Mapping[cirq.Qid, Wire],
        values: Values,
        when: When,
        number: int,
    ) -> Written:
        """A gate that the file defines; under a condition, each gate in it is."""
        given = operation.param_resolver.param_dict.items()
        angles = {bare(str(name)): _resolved(x, values) for name, x in given}
        formal = tuple(operation.qubit_map)
        key = (id(operation.circuit), tuple(angles.values()))
        if key not in self.known:
            if self.depth == MOST_NESTED:
                raise ValueError(
                    f"gates that the file defines are more than {MOST_NESTED} inside each other; "
                    "write some of them out"
                )
            self.depth += 1
            self.known[key] = self.body(
                tuple(operation.circuit.all_operations()),
                {qubit: (str(qubit), 0) for qubit in formal},
                angles,
                _called(self.names.get(id(operation.circuit), "gate"), angles.values()),
                tuple((str(qubit), 1) for qubit in formal),
            )
            self.depth -= 1
        bloq, kinds = self.known[key]
        step = _step(bloq, [at[operation.qubit_map[qubit]] for qubit in formal])
        if not when:
            return [step], kinds
        self.count(steps_in(bloq))
        alone = FileCircuit("", (("of", number),), (step,))
        return [Step(_under(x.bloq, when), x.places) for x in flat(alone).written_steps], kinds


def _resolved(value: Any, values: Values) -> Any:
    """An angle where the angles around it have values."""
    if not isinstance(value, sympy.Basic):
        return float(value)
    found = sympy.sympify(value.xreplace(dict(values)))
    return float(found) if found.is_number else found


def _called(name: str, angles: Any) -> str:
    shown = ", ".join(f"{x:.4g}" if isinstance(x, float) else str(x) for x in angles)
    return f"{name}({shown})" if shown else name


def _condition(condition: Any) -> tuple[str, int]:
    """Name and value of a bit."""
    bit, value = condition.expr.args
    return str(bit), int(value)


def _under(bloq: Bloq, when: When) -> Bloq:
    """A gate under a condition; an AND into a new qubit needs none, as it is taken back."""
    return ConditionedGate(bloq, when) if when and not isinstance(bloq, And) else bloq


def _step(bloq: Bloq, wires: Sequence[Wire]) -> Step:
    """A gate on wires, in the order of its registers."""
    places, left = [], list(wires)
    for register in bloq.signature:
        here = int(register.total_bits())
        places.append((register.name, tuple(left[:here])))
        left = left[here:]
    return Step(bloq, tuple(places))
