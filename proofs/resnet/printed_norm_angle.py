"""Printed: the angle by which the norm of a column is stored."""

from math import acos, cos, pi

from proofs.claim import Measurement
from proofs.erratum import Erratum

BITS = 20


def _stored(norm: float) -> float:
    """The fraction b / D of a half turn that is stored for this norm."""
    return round(acos(norm) / pi * 2**BITS) / 2**BITS


def observe(norm: float) -> Measurement:
    """The norm itself, which a rotation by the stored angle must leave on zero."""
    return Measurement(value=norm)


ERRATUM = Erratum(
    says="The stored b_j, arccos(a_j) D / pi, satisfy arccos(b_j pi / D) = a_j.",
    corrected_says="They satisfy cos(b_j pi / D) = a_j.",
    see="encodings.squared_product_operator",
    relation="==",
    observe=observe,
    printed=lambda norm: acos(_stored(norm) * pi),
    corrected=lambda norm: cos(_stored(norm) * pi),
    instances=({"norm": 0.9}, {"norm": 0.6}),
    tolerance=4 / 2**BITS,
    twin_says="The cosine is what is printed.",
    source="[RHGPR25] Lem. B.13",
)
