"""Printed of the source of the separation: contextual pairs may share a latent all the same."""

from itertools import combinations
from math import comb, nan

from bloqs.hypergraph.model.phase_polynomial import PhasePolynomial
from bloqs.hypergraph.rivals.forgetful import ForgetfulMachine, best_family
from proofs.claim import Measurement
from proofs.erratum import Erratum
from proofs.hypergraph.printed_plain_memory import is_right

SENTENCES = 8


def are_contextual(n: int, k: int) -> bool:
    """Whether no two hypergraphs have common values for their stabilizers.

    The product of X^A (-1)^(D_A f) for both is (-1)^(D_A (f + f')) up to a shift; with values 1 for
    each it is 1 everywhere, for every A.
    """
    masks = [sum(1 << v for v in edge) for edge in combinations(range(n), k)]
    for chosen in range(1, 2 ** len(masks)):
        form = PhasePolynomial(mask for j, mask in enumerate(masks) if chosen >> j & 1)
        if not any(list(form.derivative(direction)) for direction in range(1, 2**n)):
            return False
    return True


def observe(n: int, k: int) -> Measurement:
    """Bits of a machine that is never wrong, if all pairs are contextual."""
    machine = ForgetfulMachine(n, k, best_family(n, k))
    is_seen = are_contextual(n, k) and is_right(machine, SENTENCES)
    return Measurement(value=float(machine.bits) if is_seen else nan)


def known(n: int, k: int) -> float:
    """Without the edges that nobody needs, those of the best machine that is known here."""
    return float(comb(n, k) - {2: 1, 3: 2, 4: 4}.get(k, k + 1))


ERRATUM = Erratum(
    says="Contextuality is the source of the separation of memories.",
    reading="Modes are plain qubits, and it is taken for enough: hypergraphs whose stabilizers "
    "have no common values need a latent state each, C(n, k) bits at the cut.",
    corrected_says="All pairs of hypergraphs are contextual, yet two share a latent at k = 2, four "
    "at k = 3, and all at k = n - 1 = 5: fewer bits do, and none there.",
    see="hypergraph.shared_latent",
    relation="==",
    observe=observe,
    printed=lambda n, k: float(comb(n, k)),
    corrected=known,
    instances=({"n": 4, "k": 2}, {"n": 4, "k": 3}, {"n": 5, "k": 4}, {"n": 6, "k": 5}),
    twin_says="That contextual pairs share latents is what is printed.",
    source="[AG26] abstract",
)
