"""Open: the number of the paper, for the paper's own reads, units and modes."""

from bloqs.hypergraph.model.bounds import bound
from bloqs.hypergraph.model.field import least_field
from bloqs.hypergraph.rivals.forgetful import ForgetfulMachine, best_family
from proofs.open_question import OpenQuestion


def on_plain_qubits(n: int, k: int) -> float:
    """What no proof for all readings exceeds: a machine's bits, were modes plain qubits."""
    return ForgetfulMachine(n, k, best_family(n, k)).bits


def over_fields(n: int, k: int) -> float:
    """What is proved if a mode is an element of a field, reads are Z and exclusions."""
    bits = least_field(k).bit_length() - 1
    return bound("field").value(n, k, bits)


THEOREM = OpenQuestion(
    says="Classical networks need C(n, k) - 1 units of memory for the translation that the authors "
    "construct, k >= 3.",
    reason="Summaries of the paper leave open what is read, what a unit of memory is and whether "
    "a mode is a qubit: over fields the number is proved, on plain qubits it fails, whatever is "
    "read.",
    shown=on_plain_qubits,
    stated=lambda n, k: bound("paper").value(n, k),
    reached=over_fields,
    instances=({"n": 4, "k": 3}, {"n": 5, "k": 3}, {"n": 6, "k": 4}),
    false_twin=over_fields,
    twin_says="Modes are elements of a field, and reads are exclusions.",
    source="[AG26] abstract and summary; open",
    assumptions=("One unit is one bit, and errors are none.",),
)
