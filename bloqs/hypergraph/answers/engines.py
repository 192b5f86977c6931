"""The engines, in the order in which they are tried, and how probabilities are shown."""

from collections.abc import Sequence
from fractions import Fraction

from bloqs.hypergraph.circuits.gate_engine import GateEngine
from bloqs.hypergraph.model.judge import MOST_BRANCHES
from bloqs.hypergraph.model.phase_engine import PhaseEngine
from bloqs.hypergraph.model.run_record import Engine, Probability
from bloqs.hypergraph.model.vector_engine import VectorEngine
from bloqs.hypergraph.rivals.tableau import TableauEngine
from estimator.report.parts import Fact
from estimator.report.text import SHORT, TEXT

ENGINES: dict[str, Engine] = {
    "stabilizer-tableau": TableauEngine(),
    "phase-polynomial": PhaseEngine(MOST_BRANCHES),
    "state-vector": VectorEngine(),
    "gate-by-gate": GateEngine(),
}
"""By the name that `--engine` takes."""

LONGEST = 40
"""Digits of a denominator that is written out."""


def engines_of(name: str | None) -> Sequence[Engine]:
    """The engine of that name, or all in order."""
    return tuple(ENGINES.values()) if name is None else (ENGINES[name],)


def probability_text(chance: Probability) -> str:
    """A fraction; powers of two in a long denominator as such."""
    if not isinstance(chance, Fraction):
        return SHORT.text(chance)
    if chance.denominator == 1 or len(str(chance.denominator)) <= LONGEST:
        return str(chance)
    twos = (chance.denominator & -chance.denominator).bit_length() - 1
    odd = chance.denominator >> twos
    rest = f"({odd}*2**{twos})" if odd > 1 else f"2**{twos}"
    return f"{chance.numerator}/{rest}"


def probability_facts(chance: Probability, log2: float) -> list[Fact]:
    """The probability of a record, exactly where it is known so, and its logarithm.

    Args:
        chance: of it.
        log2: of it; minus infinity if there is none.
    """
    rows = [
        Fact(key="probability", value=float(chance), style=SHORT, place="data"),
        Fact(key="exact_probability", label="probability", value=probability_text(chance),
             style=TEXT),
    ]  # fmt: skip
    if chance:
        rows.append(Fact(key="log2_probability", label="log2 of it", value=log2, style=SHORT))
    return rows
