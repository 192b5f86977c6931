"""The finite part of Theorem B: of three graph states on four modes one is excluded."""

from functools import cache

from bloqs.hypergraph.rivals.certificate import Certificate
from bloqs.hypergraph.rivals.pairs_check import check_pairs
from bloqs.hypergraph.rivals.pairs_search import search_pairs
from proofs.certificate_claim import CertificateClaim


@cache
def search() -> Certificate:
    """Once for the claim and its twin."""
    return search_pairs()


def answer() -> str:
    """How many pairs are excluded at once, after one answer, and after two."""
    return (
        "each of 999936 pairs is excluded: 968016 by one fixed list of four commuting Pauli "
        "strings, 5040 after one answer, 26880 after two"
    )


def not_adaptive(certificate: Certificate) -> Certificate:
    """With the first list of each strategy in its place."""

    def flat(way: object) -> object:
        while isinstance(way, list) and len(way) == 3:
            way = way[1]
        return way

    rows = [{**row, "way": flat(row["way"]), "reads": 0} for row in certificate.evidence["orbits"]]
    return certificate.altered(orbits=rows)


THEOREM = CertificateClaim(
    says="Of three states (-1)**f on four qubits, f quadratic with quadratic parts that differ, "
    "reads of Pauli strings exclude one for sure: of 999936 ordered pairs of differences 968016 "
    "by one list of four strings that commute, 5040 after one answer and 26880 after two; fewer "
    "answers do not do.",
    assumptions=(
        "Triples are taken up to the gates that write the first state, CNOTs, and the order of "
        "the three; all of these take Pauli strings to Pauli strings.",
        "That n > 4 modes need no more than four: Z is read on the others.",
    ),
    search=search,
    answer=answer,
    checker=check_pairs,
    instances=({},),
    false_twin=not_adaptive,
    twin_says="A fixed list of reads does for every pair.",
    source="ours; exhaustive",
)
