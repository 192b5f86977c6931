"""What a page says of a claim besides its own words: verdict, reading, limits, whose is what."""

import re

from attrs import frozen

from proofs.agreement import AgreementClaim
from proofs.certificate_claim import CertificateClaim
from proofs.claim import AbstractClaim, Finding
from proofs.coverage_claim import SIGNIFICANCE, CoverageClaim
from proofs.erratum import Erratum
from proofs.growth_claim import GrowthClaim
from proofs.inequality import InequalityClaim
from proofs.ledger_view import Entry, is_reading, mark_of, verdicts
from proofs.open_question import OpenQuestion
from proofs.operator_claim import OperatorClaim
from proofs.papers import papers_of
from proofs.record_claim import RecordClaim
from proofs.theorem import Theorem

NOISE = 1e-12
"""Differences below this are rounding errors, which depend on the machine: their digits are not
told."""


@frozen
class Standing:
    """Where a claim stands in the lists by verdict.

    Args:
        key: short, for links.
        name: heading of the list.
        says: what it means, in one sentence.
    """

    key: str
    name: str
    says: str


STANDINGS = (
    Standing("error", "Could not be examined", "Something broke down; that is not a verdict."),
    Standing("rejected", "Rejected", "A route says that the claim does not hold."),
    Standing(
        "printed", "Fails as printed",
        "An instance refutes what is printed, and none refutes the corrected statement.",
    ),
    Standing(
        "reading", "Fails as we read it",
        "What is refuted is our reading of what is printed, which may not be what is meant.",
    ),
    Standing(
        "open", "Undecided",
        "What is known here neither shows the statement nor refutes it, and that was checked.",
    ),
    Standing(
        "derived", "Holds: derived and measured",
        "A derivation shows it, and independent measurements agree.",
    ),
    Standing(
        "certified", "Holds: certified",
        "A checker accepted a certificate for each instance.",
    ),
    Standing(
        "measured", "Holds: measured",
        "Every instance that was run agrees; nothing is derived for other instances.",
    ),
)  # fmt: skip
"""Every verdict there is, what needs attention first."""


def standing(entry: Entry) -> Standing:
    """The list of a claim."""
    named = {each.key: each for each in STANDINGS}
    if entry.finding is None:
        return named["error"]
    if not entry.accepted:
        return named["rejected"]
    if isinstance(entry.claim, Erratum):
        return named["reading" if is_reading(entry) else "printed"]
    if isinstance(entry.claim, OpenQuestion):
        return named["open"]
    if isinstance(entry.claim, CertificateClaim):
        return named["certified"]
    return named["measured" if entry.finding.symbolic is None else "derived"]


def verdict_word(entry: Entry) -> str:
    """The word that `quledger check` says."""
    return mark_of(entry)[0]


def said(claim: AbstractClaim, finding: Finding) -> str:
    """What `quledger check` says of a finding, rounding errors without their digits."""
    number = r"worst gap ([\w.+-]+)"
    return re.sub(number, lambda found: _gap(float(found[1])), verdicts(claim, finding))


def _gap(number: float) -> str:
    if 0 < abs(number) < NOISE:
        return f"worst gap below {NOISE:.0e}, which is rounding"
    return f"worst gap {number:.1e}"


def number_text(number: object) -> str:
    """Six digits of a number; one that is nothing but rounding is `< 1e-12`."""
    if isinstance(number, str):
        return number
    value = float(number)  # type: ignore[arg-type]
    if 0 < abs(value) < NOISE:
        return f"< {NOISE:.0e}"
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.6g}"


def doc_of(value: object) -> str:
    """What a function of a claim says of itself, on one line; empty if it is a lambda."""
    return "" if value is None else " ".join((getattr(value, "__doc__", "") or "").split())


def reading(claim: AbstractClaim) -> str:
    """How we read the statement, in one or two sentences; a formula may follow."""
    if isinstance(claim, Erratum):
        sign = {"==": "equals", "<=": "is at most"}[claim.relation]
        how = claim.reading or "Word for word; we put nothing in."
        return f"{how} Tested as: the observed number {sign} the stated one, in every instance."
    if isinstance(claim, Theorem):
        sign = {"==": "is, for all values of the symbols,", "<=": "is at most"}[claim.relation]
        return f"As a formula: the quantity of the statement {sign}"
    if isinstance(claim, InequalityClaim):
        return "As a bound: for all admissible values the quantity of the statement is at most"
    if isinstance(claim, GrowthClaim):
        return (
            f"As a growth relation: as {claim.regime}, the cost is {claim.relation} of the "
            "function below, with thresholds beyond which it holds for all variables at once."
        )
    if isinstance(claim, OperatorClaim):
        return (
            "As arrays: what the circuit encodes differs from a specification in plain NumPy by no "
            f"more than is allowed, in the {claim.norm} norm, in every instance."
        )
    if isinstance(claim, AgreementClaim):
        return "As numbers with names: two routes to them agree exactly, in every instance."
    if isinstance(claim, CoverageClaim):
        return "As frequencies: among independent errors, no larger share than allowed is beyond."
    if isinstance(claim, OpenQuestion):
        return (
            "As a lower bound: the best number that is proved is below the stated one, and no "
            "machine that is known does with less."
        )
    if isinstance(claim, CertificateClaim):
        return "As certificates: for each instance one that a separate checker accepts."
    return "As a record of runs: each arm gets the verdict that is stated."


def numbers_say(claim: AbstractClaim) -> str:
    """What the numbers in the table of instances are; empty if a page has said it already."""
    if isinstance(claim, Erratum):
        return (
            "Observed is what came out, beside what the printed and the corrected statement say "
            "of the same instance. One instance that the printed statement misses refutes it."
        )
    if isinstance(claim, OpenQuestion):
        return (
            "Proved is the best lower bound that is known here, stated the number of the "
            "statement, reached what a known construction does with. It is open as long as what is "
            "proved is below what is stated, and what is stated is not above what is reached. What "
            "each is taken from stands under “How it was decided”."
        )
    if isinstance(claim, Theorem):
        return "The formula, evaluated, beside what was measured without it."
    if isinstance(claim, GrowthClaim):
        ends = f"{claim.least:g} to {claim.most:g}" if claim.least else f"at most {claim.most:g}"
        return (
            "The measured cost at growing sizes, the function above, and their ratio, which must "
            f"be {ends} throughout."
        )
    if isinstance(claim, OperatorClaim):
        return "The distance that was measured, and the largest one that is allowed."
    if isinstance(claim, AgreementClaim):
        return "What one route says, and what the other finds."
    return ""


def limits(claim: AbstractClaim, finding: Finding | None) -> list[str]:
    """What is not shown, one sentence each."""
    if finding is None:
        return ["Nothing: the claim could not be examined."]
    found = [*_of_kind(claim)]
    fidelities = {run.fidelity for run in finding.measurements}
    if "counted" in fidelities:
        found.append("Gates were counted in circuits, which were not executed for this.")
    if fidelities & {"dilated", "block by block"}:
        found.append("Some parts of the circuits ran as matrices, not gate by gate.")
    if claim.assumptions:
        found.append("Anything where an assumption does not hold.")
    if finding.symbolic is not None:
        found.append("That the derivation is about the circuit, but where instances were measured.")
    found.append("That no other reading of the source is possible.")
    return found


def _of_kind(claim: AbstractClaim) -> list[str]:
    if isinstance(claim, Erratum):
        there = f"; see {claim.see}" if claim.see else ", which is here only not refuted"
        return [
            f"That the corrected statement holds for all sizes{there}.",
            "That what the source concludes from the printed statement is wrong.",
        ]
    if isinstance(claim, Theorem):
        return (
            ["That the quantity comes near its bound, but in the instances."]
            if claim.relation == "<="
            else ["That no other construction needs less."]
        )
    if isinstance(claim, InequalityClaim):
        return [
            "Anything by the random points alone: they can refute a bound, not prove it.",
            f"That the bound is attained; a point that reaches {claim.tightness:g} of it is known.",
        ]
    if isinstance(claim, GrowthClaim):
        return [
            "That constants and thresholds are the best ones.",
            "Where the derived cost is a bound on a cost, that the cost itself grows as fast.",
        ]
    if isinstance(claim, OperatorClaim):
        return ["Other sizes and data than those of the instances: no formula is derived."]
    if isinstance(claim, AgreementClaim):
        return ["Other instances: two routes can agree on these and part elsewhere."]
    if isinstance(claim, CoverageClaim):
        return [
            "Other data than those of the instances.",
            f"Certainty: a decision is wrong with a chance of at most {SIGNIFICANCE:g}.",
        ]
    if isinstance(claim, OpenQuestion):
        return ["The statement, and its contrary: both stay possible."]
    if isinstance(claim, CertificateClaim):
        return ["Other instances.", "That the checker itself is free of mistakes."]
    return [
        "That the recorded numbers would come out again.",
        "Other data, networks or settings than those of the record.",
    ]


def whose(claim: AbstractClaim) -> list[tuple[str, str]]:
    """(what, whose) of the parts of a page."""
    keys = ", ".join(dict.fromkeys(f"[{key}]" for key, _ in papers_of(claim.source)))
    is_ours = claim.source.startswith("ours") or not keys
    if isinstance(claim, Erratum):
        author = keys or "the source"
        return [
            ("the printed statement", f"{author}, retold in our words"),
            ("reading, correction, counterexamples, verdict", "ours"),
        ]
    if isinstance(claim, OpenQuestion) and not is_ours:
        statement = f"{keys}, retold in our words"
    elif is_ours:
        statement = f"ours, with the use of {keys}" if keys else "ours"
    else:
        statement = f"{keys}, retold in our words, as far as the source below says"
    rest = "assumptions, derivation, circuits, instances, false twin, verdict"
    if isinstance(claim, RecordClaim):
        rest = "margin, correction, false twin, verdict"
    return [("the statement", statement), (rest, "ours")]
