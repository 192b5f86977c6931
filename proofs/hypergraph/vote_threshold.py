"""Theorem E in numbers: how many derivatives vote, and from which n the bound exceeds n."""

from fractions import Fraction
from itertools import count, pairwise
from typing import Any

from bloqs.hypergraph.model.bounds import bound, derivatives_needed
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement


def stated(k: int) -> dict[str, Any]:
    """As the library has them."""
    return {"votes": derivatives_needed(k), "first n": bound("uniform").first_advantage(k)}


def found(k: int) -> tuple[dict[str, Any], Measurement]:
    """Votes one after another, as a walk of exact probabilities; sets counted by Pascal's rule."""
    walk, votes = {0: Fraction(1)}, 0
    while True:
        votes += 1
        after: dict[int, Fraction] = {}
        for wrong, chance in walk.items():
            after[wrong] = after.get(wrong, Fraction(0)) + chance * Fraction(3, 4)
            after[wrong + 1] = after.get(wrong + 1, Fraction(0)) + chance * Fraction(1, 4)
        walk = after
        lost = sum((chance for wrong, chance in walk.items() if 2 * wrong >= votes), Fraction(0))
        if votes % 2 and lost < Fraction(1, 2 ** (k + 1)):
            break
    before = [1]
    for n in count(1):
        row = [1, *(x + y for x, y in pairwise(before)), 1]
        small = sum(before[:k])
        if len(row) > k and row[k] - 1 - votes * (n + small) > n:
            return {"votes": votes, "first n": n}, Measurement(value=votes)
        before = row
    raise AssertionError("the bound exceeds n somewhere")


def one_vote_fewer(k: int) -> dict[str, Any]:
    """An even number of votes, one less."""
    return stated(k) | {"votes": derivatives_needed(k) - 1}


THEOREM = AgreementClaim(
    says="At k = 2, ..., 6 a majority of t = 5, 9, 13, 17, 21 derivatives is right outside less "
    "than 2**-(k + 1) of the points if each is wrong with probability below 1/4, and C(n, k) - 1 - "
    "t (n + sum over j < k of C(n - 1, j)) exceeds n first at n = 24, 32, 56, 90, 132.",
    stated=stated,
    found=found,
    instances=lambda: [{"k": k} for k in range(2, 7)],
    false_twin=one_vote_fewer,
    twin_says="A vote fewer does as well.",
    source="[KL08] polynomials by their derivatives; ours; derived",
    assumptions=("Votes of random derivatives are independent at each point.",),
)
