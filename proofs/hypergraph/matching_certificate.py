"""Theorem D for up to four modes, by all sets of points."""

from bloqs.hypergraph.rivals.certificate import Certificate
from bloqs.hypergraph.rivals.matching_check import check_matching
from bloqs.hypergraph.rivals.matching_search import search_matching
from proofs.certificate_claim import CertificateClaim


def answer() -> str:
    """Sums of C(n-1, j) up to k, written out; and with edges of k modes alone."""
    return (
        "bits kept at (n,k): (2,<=2): 2, (2,2): 0, (3,<=2): 4, (3,2): 1, (3,<=3): 4, (3,3): 0, "
        "(4,<=2): 7, (4,2): 3, (4,<=3): 8, (4,3): 0, (4,<=4): 8, (4,4): 0"
    )


def one_less(certificate: Certificate) -> Certificate:
    """One bit less in each row that has any."""
    rows = [{**row, "bits": max(0, row["bits"] - 1)} for row in certificate.evidence["rows"]]
    return certificate.altered(rows=rows)


THEOREM = CertificateClaim(
    says="For n <= 4 and edges of at most k modes, a machine that answers any one matching of all "
    "points without error keeps exactly sum over j <= k of C(n-1, j) bits; with edges of k modes "
    "alone 0, 1, 0, 3, 0 and 0 bits at (2,2), (3,2), (3,3), (4,2), (4,3) and (4,4).",
    assumptions=("Every perfect matching of the 2**n points can be read.",),
    search=search_matching,
    answer=answer,
    checker=check_matching,
    instances=({},),
    false_twin=one_less,
    twin_says="One bit less is enough.",
    source="ours; exhaustive",
)
