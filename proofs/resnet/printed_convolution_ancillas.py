"""Printed: ancillas of a network's convolution, the index of its taps left out."""

from bloqs.convolution.kernel import Kernel
from bloqs.convolution.published_claims import PublishedClaims
from proofs.claim import Measurement
from proofs.erratum import Erratum


def observe(c: int, D: int) -> Measurement:
    """What Lemma 5 gives for 2**c channels and a D x D kernel, after amplification."""
    kernel = Kernel(None, 2**c, 2**c, D, 0, wraps=False)
    return Measurement(value=float(PublishedClaims(kernel).amplified_ancillas))


ERRATUM = Erratum(
    says="By Lemma 5 a 3 x 3 convolution between 16 channels has 3 + 8 D = 27 ancillas, so that k "
    "blocks have 2**k (63 + n).",
    corrected_says="Lemma 5 gives 3 + 8 D + 2 log2(C D), with whole qubits 39, and blocks "
    "2**k (87 + n): 27 leaves out the index of channels and taps.",
    see="resnet.published_network_ancillas",
    relation="==",
    observe=observe,
    printed=lambda c, D: 3.0 + 8 * D,
    corrected=lambda c, D: 3.0 + 8 * D + 2 * (c + (D - 1).bit_length()),
    instances=({"c": 4, "D": 3}, {"c": 0, "D": 1}, {"c": 2, "D": 4}),
    twin_says="With the index is what is printed.",
    source="[RHGPR25] Thm. 2, by Lem. 5",
)
