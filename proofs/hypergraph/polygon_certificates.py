"""Linear families of hypergraphs: a measurement that excludes them, or why they share a latent."""

from bloqs.hypergraph.rivals.certificate import Certificate
from bloqs.hypergraph.rivals.exclusion_task import forms_from_texts, forms_task
from bloqs.hypergraph.rivals.polygon_check import check_polygon
from bloqs.hypergraph.rivals.polygon_search import search_polygon
from proofs.certificate_claim import CertificateClaim

EXCLUDED = "some measurement excludes the states of the family"
SHARED = "no measurement excludes the states of the family: they can share a latent"
ROWS = (
    (2, ("W(0,1)",), SHARED),
    (3, ("W(0,1)", "W(0,2)"), EXCLUDED),
    (4, ("W(0,1)", "W(2,3)"), EXCLUDED),
    (4, ("W(0,1,2)", "W(0,1,3)"), SHARED),
    (4, ("W(0,1,2)", "W(0,1,3)", "W(0,2,3)", "W(1,2,3)"), EXCLUDED),
    (6, tuple(f"W({','.join(v for v in '012345' if v != w)})" for w in "012345"), SHARED),
)
"""Modes, generators, and what is so."""


def search(modes: int, forms: tuple[str, ...]) -> Certificate:
    """A matrix of a measurement, or roots of sizes."""
    return search_polygon(forms_task(forms_from_texts(forms, modes, 2)))


def answer(modes: int, forms: tuple[str, ...]) -> str:
    """As the rows say."""
    (said,) = [row[2] for row in ROWS if row[:2] == (modes, forms)]
    return said


def weakened(certificate: Certificate) -> Certificate:
    """The identity times the sizes in place of the matrix, or no root of the others."""
    if "matrix" in certificate.evidence:
        sizes = [row["points"] for row in certificate.evidence["classes"]]
        rows = [
            [str(size) if a == b else "0" for b in range(len(sizes))]
            for a, size in enumerate(sizes)
        ]
        return certificate.altered(matrix=rows)
    none = [0 for _ in certificate.evidence["other_roots"]]
    return certificate.altered(other_roots=none)


THEOREM = CertificateClaim(
    says="A linear family is excluded by some measurement if and only if the square root of its "
    "largest class is at most the sum of the others: on plain qubits two edges of order 3 with a "
    "common pair share a latent, and all hypergraphs of order 5 on six modes do.",
    assumptions=(
        "Shown for the families that are listed, exactly; each has its own evidence.",
        "A family that no measurement excludes shares a latent: see the polygon criterion.",
    ),
    search=search,
    answer=answer,
    checker=check_polygon,
    instances=tuple({"modes": row[0], "forms": row[1]} for row in ROWS),
    false_twin=weakened,
    twin_says="Any matrix with the sizes on its diagonal does, and any roots.",
    source="ours",
)
