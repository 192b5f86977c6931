"""Theorem A: the recurrent model says what the Born rule says, record by record."""

from typing import Any

from bloqs.hypergraph.model.phase_engine import PhaseEngine
from bloqs.hypergraph.model.sentence import Sentence, sentence_from_text
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement
from proofs.hypergraph.gate_run import gate_probability

UNIT = 2**20
"""Probabilities are whole multiples of its inverse, as far as these sentences go."""

SENTENCES = (
    "W(0,1) W(1,2) MP(X1*Z0*Z2) MX(0) MZ(2)",
    "W(0,1,2) W(1,2,3) MX(1) MK(0;1,2) CX(0,3) MZ(3)",
    "W(0,1,2) MX(0) W(0,2,3) MX(2) MP(Y0*Z1)",
)


def records(sentence: Sentence) -> list[str]:
    """Every record there could be, allowed or not, as answers of the reads alone."""
    return [f"{number:0{sentence.reads}b}" for number in range(2**sentence.reads)]


def by_polynomials(text: str) -> dict[str, Any]:
    """Probabilities by the engine of phase polynomials, for each record."""
    sentence = sentence_from_text(text)
    found = PhaseEngine(16).records(sentence, 2**sentence.reads)
    said = {record.replace(".", ""): float(chance) for record, chance in found.items()}
    return {record: round(UNIT * said.get(record, 0.0)) for record in records(sentence)}


def by_gates(text: str) -> tuple[dict[str, Any], Measurement]:
    """The same from the circuit."""
    sentence = sentence_from_text(text)
    runs = {record: gate_probability(sentence, record) for record in records(sentence)}
    return {record: round(UNIT * run.value) for record, run in runs.items()}, runs["0" * 3]


def without_the_last_write(text: str) -> dict[str, Any]:
    """The last edge is forgotten."""
    tokens = text.split()
    last = max(j for j, token in enumerate(tokens) if token.startswith("W"))
    return by_polynomials(" ".join([*tokens[:last], "I", *tokens[last + 1 :]]))


THEOREM = AgreementClaim(
    says="A recurrent model with n latent qubits, one ancilla and cells whose gates depend on k "
    "alone gives every record with its probability under the Born rule: no error, no divergence.",
    stated=by_polynomials,
    found=by_gates,
    instances=lambda: [{"text": text} for text in SENTENCES],
    false_twin=without_the_last_write,
    twin_says="The last edge need not be kept.",
    source="[AG26] summary; derived",
    assumptions=("Which modes a token names is classical control.", "Tokens are ours."),
)
