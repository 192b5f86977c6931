"""How many states a classical machine needs at least, and where few are enough."""

from functools import cache

from attrs import evolve

from bloqs.hypergraph.rivals.certificate import Certificate
from bloqs.hypergraph.rivals.machine_check import check_machine
from bloqs.hypergraph.rivals.machine_search import search_machine
from bloqs.hypergraph.rivals.machine_task import machine_task
from proofs.certificate_claim import CertificateClaim

NO, YES = "no machine with", "a machine with"
ROWS = (
    ("square-compatible", 2, "every", NO),
    ("square-compatible", 3, "every", YES),
    ("paulis-compatible", 3, "one", YES),
    ("paulis-compatible", 3, "every", NO),
    ("square", 4, "one", NO),
    ("edge", 1, "one", YES),
    ("graphs", 4, "one", NO),
)
"""Tokens and start, states, which states must be right starts, and what there is."""


@cache
def search(name: str, states: int, starts: str) -> Certificate:
    """A table, or a proof that there is none; once for the claim and its twin."""
    return search_machine(machine_task(name, states, starts))


def answer(name: str, states: int, starts: str) -> str:
    """As the rows say."""
    (said,) = [row[3] for row in ROWS if row[:3] == (name, states, starts)]
    return f"{said} {states} state{'s' if states > 1 else ''} is right"


def bent(certificate: Certificate) -> Certificate:
    """A table in which the first state answers the first read the other way; or a proof for one
    state more."""
    if "table" not in certificate.evidence:
        states = certificate.task["states"] + 1
        return evolve(
            certificate,
            task={**certificate.task, "states": states},
            answer=f"no machine with {states} states is right",
        )
    first, *rest = certificate.evidence["table"]
    place = next(k for k, (_, said) in enumerate(first) if said != ".")
    turned = [list(arrow) for arrow in first]
    turned[place][1] = "10"[int(turned[place][1])]
    return certificate.altered(table=[turned, *rest])


THEOREM = CertificateClaim(
    says="Reads of the Peres-Mermin square that commute need 3 states, and 3 are enough; in any "
    "order from the mixed state they need 5. All 15 Pauli strings of two modes, reads that "
    "commute, have a machine with 3 states, none of which each state is a right start. Graphs on "
    "three modes with X and Z read need 5, more than 2**(C(3,2) - 1) and than 2**2; on two modes "
    "1 is enough.",
    assumptions=(
        "Zero error: what quantum mechanics forbids is never said.",
        "A machine is deterministic; a random one can be made so without more states.",
        "These are bounds for all times, not at the cut between writes and reads.",
    ),
    search=search,
    answer=answer,
    checker=check_machine,
    instances=tuple({"name": row[0], "states": row[1], "starts": row[2]} for row in ROWS),
    false_twin=bent,
    twin_says="A bent arrow does as well, or the proof of one state less.",
    source="ours",
)
