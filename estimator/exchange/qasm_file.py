"""The circuit of a bloq in OpenQASM 3, down to the gates that the ledger counts.

An AND is a Toffoli into a new qubit; it is taken back by a measurement in the basis of X and a CZ
where that gave one [Gid18] Fig. 3. A condition is written `== 1` or `== 0`, which every reader
knows. Phases of the whole are left out.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import cirq
import sympy
from attrs import define, field
from qualtran import DecomposeNotImplementedError, DecomposeTypeError
from qualtran.bloqs.mcmt import And

from estimator.costs.any_bloq import with_room
from estimator.costs.circuit import Circuit, circuit_of
from estimator.costs.gate_sets import COUNTS_AS_ROTATION, is_countable
from estimator.costs.script import Placed
from estimator.exchange.elementary import eighths
from estimator.report.formula import pasteable
from estimator.report.model import Report
from estimator.report.parts import Facts
from estimator.report.text import bloq_name

MOST_GATES = 100_000
"""Gates beside Clifford gates of a circuit that is written."""

MOST_OPERATIONS = 1_000_000
"""Operations of a circuit that is written."""

HEAD = ("toffoli", "cswap", "t", "rotations")
"""Facts that say how many gates there are."""

NAMES: dict[cirq.Gate, str] = {
    cirq.CNOT: "cx", cirq.CZ: "cz", cirq.SWAP: "swap", cirq.CCNOT: "ccx", cirq.CSWAP: "cswap",
    cirq.H: "h",
}  # fmt: skip
EIGHTHS = {
    "z": ("", "t", "s", "s;t", "z", "z;t", "sdg", "tdg"),
    "x": ("", "", "sx", "", "x", "", "", ""),
    "y": ("", "", "", "", "y", "", "", ""),
}
"""Gates with a name, by axis and multiple of pi/4; those after each other with a semicolon."""


def written(reports: Sequence[Report], ending: str) -> bytes:
    """The circuit as text.

    Raises:
        ValueError: if a size or an angle is a symbol, there is no circuit, or it is too large; how
            large is said before it is written down.
    """
    report = reports[0]
    _check_size(report)
    numbers = iter(range(MOST_OPERATIONS))

    def keep(operation: cirq.Operation) -> bool:
        if next(numbers, None) is None:
            raise ValueError(
                f"OpenQASM of more than {MOST_OPERATIONS:,} operations is not written; ask about "
                "smaller sizes"
            )
        return is_countable(operation)

    try:
        circuit = with_room(lambda: circuit_of(report.bloq, keep))
    except (DecomposeTypeError, DecomposeNotImplementedError) as problem:
        said = " ".join(str(problem).split())[:200]
        raise ValueError(f"{bloq_name(report.bloq)} has no circuit to write: {said}") from None
    return _text(circuit, report).encode()


def _check_size(report: Report) -> None:
    """Refuse what is symbolic, calls oracles or has too many gates.

    Raises:
        ValueError: if it is.
    """
    facts = {part.key: part.rows for part in report.parts if isinstance(part, Facts)}
    for row in facts.get("queries", ()):
        if row.value != 0:
            raise ValueError(
                f"{report.title} calls the oracle {row.key}, which has no gates to write; name a "
                "loader that has a circuit"
            )
    counts = {row.key: sympy.sympify(row.value) for row in facts.get("gates", ())}
    found = [counts[name] for name in HEAD if name in counts]
    symbols = sorted({str(symbol) for value in found for symbol in value.free_symbols})
    if symbols:
        raise ValueError(
            f"OpenQASM has numbers for every size, and {report.title} has the symbols "
            f"{', '.join(symbols)}; give values for them"
        )
    total = sum(found, sympy.Integer(0))
    if total > MOST_GATES:
        raise ValueError(
            f"OpenQASM of {int(total):,} gates beside Clifford gates is not written, at most of "
            f"{MOST_GATES:,}; ask about smaller sizes"
        )


@define
class _Lines:
    """Statements, and the classical bits that they use."""

    at: dict[cirq.Qid, str]
    bits: dict[str, int] = field(factory=dict)
    inputs: set[str] = field(factory=set)
    fixed: int = 0
    lines: list[str] = field(factory=list)

    def bit(self, key: str) -> str:
        return f"c[{self.bits.setdefault(key, len(self.bits))}]"

    def add(self, name: str, qubits: Sequence[cirq.Qid], when: str = "") -> None:
        self.lines.append(f"{when}{name} {', '.join(self.at[qubit] for qubit in qubits)};")

    def placed(self, each: Placed) -> None:
        gate, qubits = each.gate, each.qubits
        when = self.condition(each.conditions)
        if isinstance(gate, cirq.MeasurementGate):
            self.lines.append(f"{self.bit(str(gate.mkey))} = measure {self.at[qubits[0]]};")
        elif isinstance(gate, cirq.ResetChannel):
            self.lines.append(f"reset {self.at[qubits[0]]};")
        elif isinstance(gate, (cirq.IdentityGate, cirq.GlobalPhaseGate)):
            pass
        elif isinstance(gate, And):
            self.conjunction(gate, qubits)
        elif gate in NAMES:
            self.add(NAMES[gate], qubits, when)
        else:
            for name in self.turn(gate, COUNTS_AS_ROTATION in each.tags):
                self.add(name, qubits, when)

    def conjunction(self, gate: And, qubits: Sequence[cirq.Qid]) -> None:
        flipped = [q for q, value in zip(qubits, (gate.cv1, gate.cv2), strict=False) if not value]
        a, b, target = qubits
        for qubit in flipped:
            self.add("x", [qubit])
        if gate.uncompute:
            bit = self.bit(f"and {len(self.bits)}")
            self.add("h", [target])
            self.lines.append(f"{bit} = measure {self.at[target]};")
            self.add("cz", [a, b], f"if ({bit} == 1) ")
            self.lines.append(f"reset {self.at[target]};")
        else:
            self.add("ccx", qubits)
        for qubit in flipped:
            self.add("x", [qubit])

    def condition(self, conditions: Sequence[Any]) -> str:
        found = [self.equation(each) for each in conditions]
        return f"if ({' && '.join(found)}) " if found else ""

    def equation(self, condition: Any) -> str:
        if isinstance(condition, cirq.KeyCondition):
            return f"{self.bit(str(condition.key))} == 1"
        name, value = condition.expr.args
        return f"{self.bit(str(name))} == {int(value)}"

    def turn(self, gate: Any, counts: bool) -> Iterator[str]:
        """Names of the gates that a turn about an axis is."""
        kinds = {"x": cirq.XPowGate, "y": cirq.YPowGate, "z": cirq.ZPowGate}
        axis = next((name for name, kind in kinds.items() if isinstance(gate, kind)), None)
        if axis is None:
            raise ValueError(f"OpenQASM is not written for {gate}")
        if isinstance(gate.exponent, sympy.Basic) and not gate.exponent.is_number:
            yield f"r{axis}({self.formula(gate.exponent)})"
            return
        eighth = eighths(gate.exponent)
        self.fixed += int(counts and eighth is not None)
        if eighth == 0:
            return
        if eighth is not None and EIGHTHS[axis][eighth]:
            yield from EIGHTHS[axis][eighth].split(";")
        else:
            yield f"r{axis}(pi*{float(gate.exponent)!r})"

    def formula(self, power: sympy.Expr) -> str:
        """An angle with symbols, which become inputs of the program.

        Raises:
            ValueError: if it is no formula that OpenQASM can write.
        """
        angle = pasteable(sympy.expand(power * sympy.pi))
        plain = (sympy.Add, sympy.Mul, sympy.Pow, sympy.Number, sympy.Symbol, type(sympy.pi))
        wrong = [x for x in sympy.preorder_traversal(angle) if not isinstance(x, plain)]
        if wrong:
            raise ValueError(f"OpenQASM has no {wrong[0]!s:.60} in its angles; give numbers")
        self.inputs.update(symbol.name for symbol in angle.free_symbols)
        return str(angle).replace("**", "^")


def _text(circuit: Circuit, report: Report) -> str:
    order = list(dict.fromkeys((*circuit.inputs, *circuit.outputs, *circuit.work)))
    lines = _Lines({qubit: f"q[{k}]" for k, qubit in enumerate(order)})
    for each in circuit.placed:
        lines.placed(each)
    title = " ".join(report.title.split())
    head = ["OPENQASM 3.0;", 'include "stdgates.inc";', f"// {title}"]
    first = 0
    for register in report.bloq.signature.lefts():
        last = first + int(register.total_bits())
        more = f" to q[{last - 1}], most significant first" if last - first > 1 else ""
        head.append(f"// {register.name}: q[{first}]{more}")
        first = last
    if lines.fixed:
        head.append(
            f"// rotations by multiples of pi/4, which the cost counts as rotations: {lines.fixed}"
        )
    head += [f"input float[64] {name};" for name in sorted(lines.inputs)]
    head.append(f"qubit[{max(1, circuit.peak, len(order))}] q;")
    head += [f"bit[{len(lines.bits)}] c;"] if lines.bits else []
    return "\n".join([*head, *lines.lines]) + "\n"
