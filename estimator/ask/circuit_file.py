"""The question about a circuit from elsewhere, written in OpenQASM."""

from estimator.ask.question import COST, Question, System
from estimator.ask.synthesis import PRICING

CIRCUIT_FILE = System(
    name="circuit-file",
    says="Circuits from elsewhere.",
    source="[CBSG17] Sec. 2 and App. A",
    home="estimator.exchange",
    questions=(
        Question(
            verb=COST,
            name="circuit-file",
            says="What the circuit of an OpenQASM file costs, version 2 or 3 as Cirq reads it.",
            source="[CBSG17] Sec. 2 and App. A",
            answer="file_cost:cost",
            parameters=PRICING,
            suffixes=(".qasm",),
            examples=(("cost examples/adder.qasm", "a circuit in OpenQASM"),),
        ),
    ),
)
