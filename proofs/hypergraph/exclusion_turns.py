"""Six turns about three states make the reflections of the measurement that excludes one."""

from bloqs.hypergraph.answers.turns_search import search_turns
from bloqs.hypergraph.rivals.certificate import Certificate
from bloqs.hypergraph.rivals.exclusion_task import forms_from_texts, forms_task
from bloqs.hypergraph.rivals.turns_check import check_turns
from proofs.certificate_claim import CertificateClaim

ROWS = (
    (2, ("I", "W(0,1)", "W(2,3)")),
    (2, ("W(0,1)", "W(0,2)", "W(1,3) W(0,2)")),
    (4, ("I", "W(0,1,2:1)", "W(0,1,3:1)")),
)
"""Size of the field, three forms on four modes."""


def search(q: int, forms: tuple[str, ...]) -> Certificate:
    """Angles of the turns."""
    return search_turns(forms_task(forms_from_texts(forms, 4, q)))


def answer(q: int, forms: tuple[str, ...]) -> str:
    """For each of them."""
    return "six turns each take two vectors of the basis to states, within 1e-10"


def five_turns(certificate: Certificate) -> Certificate:
    """Without the last turn."""
    turns = [{**each, "angles": each["angles"][:-1]} for each in certificate.evidence["turns"]]
    return certificate.altered(turns=turns)


THEOREM = CertificateClaim(
    says="The vectors e_1 and e_2 of a basis that excludes three states go to one of the states by "
    "six turns exp(i phi |psi_s><psi_s|), s in a circle, within 1e-10: a reflection about e_j is "
    "one about a state between turns.",
    assumptions=("Shown for the forms that are listed, in floating point.",),
    search=search,
    answer=answer,
    checker=check_turns,
    instances=tuple({"q": q, "forms": forms} for q, forms in ROWS),
    false_twin=five_turns,
    twin_says="The last turn can be left out.",
    source="ours",
)
