"""Theorem F: a causal model with a window must see all writes but one."""

from typing import Any

from bloqs.hypergraph.model.bounds import bound
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement
from proofs.hypergraph.pauli_game import PauliGame


def stated(n: int) -> dict[str, Any]:
    """As many writes as the bound has bits, one token for each edge, idle or not."""
    return {"writes": bound("pauli").value(n, 2)}


def found(n: int) -> tuple[dict[str, Any], Measurement]:
    """The fewest of the last writes that leave all graphs alike in them an answer in common.

    Where reads exclude them, one of these graphs has no answer that it can give, so the model is
    wrong there, whatever it answers; where they do not, answers for all of them exist.
    """
    game = PauliGame(n)
    edges = n * (n - 1) // 2
    for seen in range(edges + 1):
        alike = range(2 ** (edges - seen))  # graphs of the first edges, which the window has left
        if not game.excluded(frozenset(game.written[graph] for graph in alike)):
            return {"writes": seen}, Measurement(value=seen)
    raise AssertionError("a single graph is never excluded")


def every_write(n: int) -> dict[str, Any]:
    """The window has to hold all of them."""
    return {"writes": n * (n - 1) // 2}


THEOREM = AgreementClaim(
    says="Of writes in a fixed order, one token for each edge of two modes, a causal model with a "
    "window, a Transformer with a fixed context among them, must see the last C(n, 2) - 1 when "
    "the reads of Pauli strings begin, and these are enough; shown here for n = 2 and 3.",
    stated=stated,
    found=found,
    instances=lambda: [{"n": 2}, {"n": 3}],
    false_twin=every_write,
    twin_says="The window holds every write.",
    source="[AG26] abstract; derived",
    assumptions=(
        "Causal: an answer is given before the next token is read.",
        "Nothing but the window is kept, and errors are none.",
    ),
)
