"""The engines, which of them a sentence is run by, and how probabilities are shown."""

from fractions import Fraction
from importlib import import_module

from bloqs.hypergraph.model.clifford_engine import CliffordEngine
from bloqs.hypergraph.model.judge import MOST_BRANCHES
from bloqs.hypergraph.model.phase_engine import PhaseEngine
from bloqs.hypergraph.model.run_record import NEVER, Engine, Probability
from bloqs.hypergraph.model.sentence import Sentence
from bloqs.hypergraph.model.tokens import WriteToken
from bloqs.hypergraph.model.vector_engine import WIDEST_BY_GATES, VectorEngine
from bloqs.hypergraph.rivals.tableau import TableauEngine
from estimator.report.parts import Fact, Notes, Part
from estimator.report.text import SHORT, TEXT

ENGINES: dict[str, Engine] = {
    "stim": CliffordEngine(),
    "phase-polynomial": PhaseEngine(MOST_BRANCHES),
    "state-vector": VectorEngine(),
}
"""By the name that `--engine` takes, in the order in which they are tried."""

TABLEAU, GATES = "stabilizer-tableau", "gate-by-gate"
"""Engines that run what is run by others, sooner; they are chosen by name."""

BY_GATES = f"gate by gate, by name alone: at most {WIDEST_BY_GATES} qubits"
"""Said without loading the circuits."""

TOO_SMALL = "less than 1e-307"
"""A float that is zero, of what can occur; what cannot has a fraction."""

LONGEST = 40
"""Digits of a denominator that is written out."""


def engines_of(name: str | None) -> list[Engine]:
    """The engine of that name, or those that are tried in turn; circuits are loaded if named."""
    if name == GATES:
        return [import_module("bloqs.hypergraph.circuits.gate_engine").GateEngine()]
    if name == TABLEAU:
        return [TableauEngine()]
    return list(ENGINES.values()) if name is None else [ENGINES[name]]


def limits() -> str:
    """What each engine can run, in the order in which they are tried."""
    known = "; ".join(f"{engine.name}: {engine.limit}" for engine in ENGINES.values())
    return f"{known}; {BY_GATES}"


def rounding_notes(sentence: Sentence, engine: str) -> list[Part]:
    """What counts as impossible, where an engine works with floats."""
    has_angle = any(isinstance(x, WriteToken) and x.angle is not None for x in sentence.tokens)
    is_exact = engine in (CliffordEngine.name, TableauEngine.name) or (
        engine == PhaseEngine.name and not has_angle
    )
    said = f"this run is of floats: an answer less likely than {NEVER:g} counts as impossible"
    return [] if is_exact else [Notes(key="rounding", lines=[said], is_section=True)]


def probability_text(chance: Probability) -> str:
    """A fraction; powers of two in a long denominator as such."""
    if not isinstance(chance, Fraction):
        return SHORT.text(chance) if chance else TOO_SMALL
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
