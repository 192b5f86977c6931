"""What the circuit of an OpenQASM file costs."""

from functools import partial

from estimator.ask.question import Asked
from estimator.costs.answer import cost_report, pricing
from estimator.costs.any_bloq import with_room
from estimator.exchange.elementary import ANGLES
from estimator.exchange.file_circuit import FileCircuit
from estimator.exchange.file_gates import ConditionedGate
from estimator.exchange.qasm_reader import read_file
from estimator.exchange.translation import translated
from estimator.report.model import Report


def cost(asked: Asked) -> Report:
    """What the circuit of a file costs, gate by gate.

    Raises:
        ValueError: if there is no file, it is no OpenQASM that Cirq reads, or too large.
    """
    if asked.file is None:
        raise ValueError("circuit-file is about a file: name it, as in quledger cost FILE.qasm")
    pricing(asked)
    circuit = read_file(asked.file)
    try:
        bloq, angles = translated(circuit, asked.file.name)
    except ValueError as problem:
        raise ValueError(f"{asked.file}: {problem}") from None
    facts = {f"angles: {kind}": angles[kind] for kind in ANGLES if angles[kind]}
    conditioned = conditions_in(bloq)
    notes = []
    if conditioned:
        notes.append(
            f"gates under a condition on measured bits are counted as if it held: {conditioned:,}"
        )
    name = asked.file.name
    return with_room(partial(cost_report, bloq, asked, title=name, facts=facts, notes=notes))


def conditions_in(bloq: FileCircuit) -> int:
    """Gates that wait for the outcome of a measurement."""
    return sum(isinstance(step.bloq, ConditionedGate) for step in bloq.written_steps)
