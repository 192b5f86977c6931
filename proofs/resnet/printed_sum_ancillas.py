"""Printed: a sum of vectors needs 1 + a + b ancillas, in the last line of the proof."""

from bloqs.encodings.vector_sum import VectorSum
from proofs.claim import Measurement
from proofs.counting import ancillas
from proofs.erratum import Erratum
from proofs.leaves import VectorLeaf


def observe(a: int, b: int) -> Measurement:
    """Ancillas of a circuit that encodes the sum."""
    return ancillas(VectorSum(VectorLeaf(1, 1, a), VectorLeaf(2, 1, b), 0.5, norm=0.25))


ERRATUM = Erratum(
    says="The sum of vectors encoded with a and b ancillas takes 1 + a + b.",
    corrected_says="It takes max(a, b) + 1, as the lemma itself says.",
    see="encodings.vector_sum_ancillas",
    relation="==",
    observe=observe,
    printed=lambda a, b: 1.0 + a + b,
    corrected=lambda a, b: max(a, b) + 1.0,
    instances=({"a": 2, "b": 1}, {"a": 1, "b": 3}),
    twin_says="max(a, b) + 1 is what is printed, as it is in the statement.",
    source="[RHGPR25] Lem. 1, proof",
)
