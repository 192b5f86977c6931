"""Printed: ancillas of the convolution of the network that is analysed."""

import numpy as np

from bloqs.convolution.kernel import Kernel
from bloqs.convolution.published_claims import PublishedClaims
from proofs.claim import Measurement
from proofs.erratum import Erratum


def observe(C: int, D: int) -> Measurement:
    """3 + 8 D as in the lemma, and the bits of an index that tells all C**2 D**2 taps apart.

    The lemma's own index has two channels and two taps, each of whole bits.
    """
    kernel = Kernel.of(np.ones((C, C, D, D)))
    index = 2 * kernel.c + 2 * kernel.d
    stated = PublishedClaims(kernel, 5).amplified_ancillas
    return Measurement(value=float(3 + 8 * D + index), stated=float(stated))


ERRATUM = Erratum(
    says="The block-encoding of a convolution between 16 channels with a 3 x 3 kernel has "
    "b = 27 ancillas, and a residual block 2 b + 9 = 63 more.",
    corrected_says="It has b = 3 + 8 D + 2 (4 + 2) = 39 by Lemma 5, and a residual block 87 more.",
    see="resnet.adder_ancillas",
    relation="==",
    observe=observe,
    printed=lambda C, D: 27.0,
    corrected=lambda C, D: 39.0,
    instances=({"C": 16, "D": 3},),
    twin_says="39 is what is printed.",
    source="[RHGPR25] Thm. 2, by Lem. 5",
)
