"""Open: what a machine keeps that is wrong now and then."""

from itertools import combinations
from math import log2

from bloqs.hypergraph.model.bounds import bound
from bloqs.hypergraph.model.exclusion import classes
from bloqs.hypergraph.model.sentence import sentence_from_text
from bloqs.hypergraph.rivals.trackers import cut_latents, cut_machine
from proofs.open_question import OpenQuestion


def shown(n: int) -> float:
    """1 bit, if some two graph states are orthogonal: then a sentence tells them apart."""
    masks = [1 << v | 1 << u for v, u in combinations(range(n), 2)]
    for chosen in range(1, 2 ** len(masks)):
        form = tuple(mask for j, mask in enumerate(masks) if chosen >> j & 1)
        if classes([form], n)[0,] == 2 ** (n - 1):
            return 1.0
    return 0.0


def reached(n: int) -> float:
    """Bits of the machine that forgets one edge; it makes no error at all."""
    writes = [f"W({v},{u})" for v, u in combinations(range(n), 2)]
    alphabet = sentence_from_text(" ".join([*writes, "MX(0)"]), modes=n)
    return log2(cut_latents(cut_machine(alphabet, 0, "write*read*", 10**4)))


THEOREM = OpenQuestion(
    says="A machine that may say impossible things with a probability below 1/2 still keeps "
    "C(n, 2) - 1 bits.",
    reason="Two states that share a latent are excluded by an answer that is impossible, not by "
    "one that is rare; for rare ones only a bit is shown here, and matrices of exact probabilities "
    "have ranks that never show more than 2 n bits.",
    shown=shown,
    stated=lambda n: bound("pauli").value(n, 2),
    reached=reached,
    instances=({"n": 3}, {"n": 4}),
    false_twin=reached,
    twin_says="The bound at zero error is one at bounded error.",
    source="[AG26] summary, which says approximate; ours for the measure; open",
    assumptions=("Error: total variation distance of records, sentence by sentence.",),
)
