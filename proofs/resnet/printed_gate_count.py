"""Printed: how the depth of a convolution grows with the number of channels."""

from proofs.claim import Measurement
from proofs.erratum import Erratum


def observe(D: int, C: int) -> Measurement:
    """By how much (D C**1.5) amplifications of C**2 D**3 gates grow when C is quadrupled."""

    def depth(channels: int) -> float:
        amplification, terms = D * channels**1.5, channels**2 * D**3
        return amplification * terms

    return Measurement(value=depth(4 * C) / depth(C))


ERRATUM = Erratum(
    says="D C**(3/2) repetitions of a circuit of depth C**2 D**3 have depth C**3 D**4: eightfold "
    "twice, 64-fold, for four times the channels.",
    corrected_says="They have depth C**(7/2) D**4: 128-fold for four times the channels.",
    see="resnet.kernel_norms",
    relation="==",
    observe=observe,
    printed=lambda D, C: 4.0**3,
    corrected=lambda D, C: 4.0**3.5,
    instances=({"D": 3, "C": 4}, {"D": 5, "C": 16}),
    twin_says="C**(7/2) is what is printed.",
    source="[RHGPR25] Lem. 5",
)
