"""When a measurement leaves out one of three states: the measurement, or why there is none."""

from fractions import Fraction

from bloqs.hypergraph.rivals.certificate import Certificate
from bloqs.hypergraph.rivals.exclusion_check import check_exclusion
from bloqs.hypergraph.rivals.exclusion_search import search_exclusion
from bloqs.hypergraph.rivals.exclusion_task import forms_from_texts, forms_task
from proofs.certificate_claim import CertificateClaim

CAN = "one of three states can be left out"
CANNOT = "no measurement leaves out one of three states"
ROWS = (
    ("1/4 1/4 1/4", CAN),
    ("1/2 1/5 1/10", CAN),
    ("1/5 1/5 2/5", CANNOT),
    ("0 1/2 1/2", CAN),
    ("1/4 1/4 250000001/1000000000", CANNOT),
)
"""Squared overlaps 12, 13, 23: equality, inside, outside, an orthogonal pair, a hair outside."""
FORMS = ((2, CANNOT), (4, CAN))
"""Over q: 0, x_0 x_1 x_2 and x_0 x_1 x_3."""


def search(overlaps: str = "", q: int = 0) -> Certificate:
    """From overlaps, or of the three forms over a field."""
    if overlaps:
        return search_exclusion({"overlaps": overlaps.split()})
    weight = ":1" if q > 2 else ""
    texts = ("I", f"W(0,1,2{weight})", f"W(0,1,3{weight})")
    return search_exclusion(forms_task(forms_from_texts(texts, 4, q)))


def answer(overlaps: str = "", q: int = 0) -> str:
    """As the rows say."""
    return dict(ROWS)[overlaps] if overlaps else dict(FORMS)[q]


def slipped(certificate: Certificate) -> Certificate:
    """A probability moved by a millionth, or a reason with larger entries."""
    if "measurement" in certificate.evidence:
        given = certificate.evidence["measurement"]
        first, *rest = given["probabilities"]
        p, q = first[1]
        moved = [first[0], [str(Fraction(p) + Fraction(1, 10**6)), q], first[2]]
        return certificate.altered(measurement={**given, "probabilities": [moved, *rest]})
    given = certificate.evidence["reason"]
    n = [[str(100 * Fraction(x)) for x in row] for row in given["n"]]
    return certificate.altered(reason={**given, "n": n})


THEOREM = CertificateClaim(
    says="A measurement leaves out one of three pure states if and only if their squared overlaps "
    "have s <= 1 and (1 - s)**2 >= 4 x12 x13 x23, s their sum: 0, x0 x1 x2 and x0 x1 x3 cannot be "
    "excluded on qubits, and can over a field of four.",
    assumptions=("Shown for the cases that are listed, exactly; each has its own evidence.",),
    search=search,
    answer=answer,
    checker=check_exclusion,
    instances=(*({"overlaps": row[0]} for row in ROWS), *({"q": row[0]} for row in FORMS)),
    false_twin=slipped,
    twin_says="A probability that is off by a millionth, or a reason a hundred times as large.",
    source="[CFS02] Sec. III; certificates are ours",
)
