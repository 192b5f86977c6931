"""Beyond the paper: what plain qubits force exactly, for few modes and whatever is read."""

from math import log2
from typing import Any

from bloqs.hypergraph.model.bounds import bound, upper_bits_at_cut
from bloqs.hypergraph.rivals.sharing_families import SharingSearch
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement


def by_machine(n: int, k: int) -> dict[str, Any]:
    """Bits of the best forgetful machine that is known, which any reads allow."""
    return {"bits": upper_bits_at_cut(n, k)}


def by_search(n: int, k: int) -> tuple[dict[str, Any], Measurement]:
    """Bits that any machine keeps: all families but the smallest are excluded, exactly."""
    bits = log2(SharingSearch(n, k).least_latents())
    return {"bits": bits}, Measurement(value=bits)


def as_printed(n: int, k: int) -> dict[str, Any]:
    """C(n, k) - 1."""
    return {"bits": bound("paper").value(n, k)}


THEOREM = AgreementClaim(
    says="On plain qubits, if a read may be any measurement, a classical machine of zero error "
    "keeps exactly C(n, 2) - 1 bits at the cut for k = 2 and n = 2, 3, 4, none for n = k = 3, and "
    "2 bits for n = 4, k = 3, where at most five of the sixteen states can share a latent.",
    stated=by_machine,
    found=by_search,
    instances=lambda: [{"n": n, "k": k} for n, k in ((2, 2), (3, 2), (4, 2), (3, 3), (4, 3))],
    false_twin=as_printed,
    twin_says="Two states share a latent, and no more.",
    source="ours; derived",
    assumptions=(
        "Causal, and of zero error.",
        "Reads may be any measurement, the exclusion of six states among them: fewer reads may "
        "force less.",
    ),
)
