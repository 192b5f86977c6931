"""Squares of nine observables without values, with hyperedges in place of Z."""

from bloqs.hypergraph.rivals.certificate import Certificate
from bloqs.hypergraph.rivals.mermin_check import check_mermin
from bloqs.hypergraph.rivals.mermin_search import search_mermin
from proofs.certificate_claim import CertificateClaim


def answer() -> str:
    """What the products are."""
    return "five contexts multiply to 1, the third row to C_S Z; no values fit where S is all 1"


def all_one(certificate: Certificate) -> Certificate:
    """With 1 for every product."""
    squares = [{**each, "products": [[0, []]] * 6} for each in certificate.evidence["squares"]]
    return certificate.altered(squares=squares)


THEOREM = CertificateClaim(
    says="With C_{S,b}Z in place of Z_b, |S| = k - 2, the nine observables of the Peres-Mermin "
    "square are Hermitian and commute in six contexts, k = 2 to 5; five multiply to 1 and the "
    "third row to C_S Z, so that values fit at most five of six where S is all 1.",
    search=search_mermin,
    answer=answer,
    checker=check_mermin,
    instances=({},),
    false_twin=all_one,
    twin_says="All six contexts multiply to 1.",
    source="ours; k = 2 is the square of Peres and Mermin",
)
