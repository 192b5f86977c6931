"""Every claim of the ledger is accepted, and its nearest false neighbour is not."""

import ast
import importlib
import inspect
import re
from functools import cache
from pathlib import Path

import pytest
import sympy
from attrs import evolve

import proofs
from estimator.discover import instances_of
from estimator.verdict import Verdict
from proofs.agreement import AgreementClaim
from proofs.certificate_claim import CertificateClaim
from proofs.claim import AbstractClaim
from proofs.coverage_claim import CoverageClaim
from proofs.erratum import Erratum
from proofs.growth_claim import GrowthClaim
from proofs.inequality import InequalityClaim
from proofs.ledger import claims
from proofs.open_question import OpenQuestion
from proofs.operator_claim import OperatorClaim
from proofs.papers import papers_of
from proofs.record_claim import RecordClaim
from proofs.theorem import Theorem

CLAIMS = instances_of(AbstractClaim, proofs)
FOLDER = Path(proofs.__path__[0])
KINDS = (
    *(Theorem, InequalityClaim, GrowthClaim, OperatorClaim, AgreementClaim),
    *(CertificateClaim, CoverageClaim, RecordClaim, Erratum, OpenQuestion),
)
DERIVED = (Theorem, InequalityClaim, GrowthClaim)
MEASURED = (Theorem, OperatorClaim, AgreementClaim)
MEASURING = {
    Theorem: "measure",
    GrowthClaim: "measure",
    OperatorClaim: "simulate",
    AgreementClaim: "found",
    Erratum: "observe",
}
FIDELITIES = {"counted", "computed", "gate by gate", "block by block", "dilated", "vector"}


def of(*kinds):
    return {name: claim for name, claim in CLAIMS.items() if isinstance(claim, kinds)}


def measured_once(claim):
    """The claim with a memory: what is measured does not depend on what is said about it."""
    if isinstance(claim, InequalityClaim):
        return evolve(claim, draw=drawn_once(claim.draw), worst=cache(claim.worst))
    route = MEASURING.get(type(claim))
    return claim if route is None else evolve(claim, **{route: cache(getattr(claim, route))})


def drawn_once(draw):
    """`draw`, which gives what it gave before wherever the randomness is where it was before."""
    known = {}

    def again(rng):
        before = repr(rng.bit_generator.state)
        if before not in known:
            known[before] = draw(rng), rng.bit_generator.state
        point, rng.bit_generator.state = known[before]
        return point

    return again


@pytest.mark.parametrize("name", CLAIMS)
def test_examined(name):
    """A claim holds and its twin does not, by each route of its kind, for a reason of its own."""
    claim = measured_once(CLAIMS[name])
    found, twin = claim.examine(), claim.examine(twin=True)
    accepted(claim, found)
    twin_rejected(claim, twin)
    if isinstance(claim, DERIVED):
        derived_in_steps(found)
    if isinstance(claim, MEASURED):
        twin_is_farther_off(found, twin)
        measured_something(claim, found)
    if isinstance(claim, InequalityClaim):
        bound_is_approached(claim, found, twin)
    if isinstance(claim, GrowthClaim):
        growth_is_measured_over_a_range(claim, found)


def accepted(claim, found):
    """Each route the claim has says it holds, on every instance."""
    assert found.accepted, found
    assert found.numeric is Verdict.HOLDS
    assert found.symbolic is (Verdict.HOLDS if isinstance(claim, DERIVED) else None)


def twin_rejected(claim, twin):
    """Measuring alone tells the claim from the one it nearly makes, and so does deriving."""
    assert twin.numeric is Verdict.FAILS
    assert not twin.accepted
    if isinstance(claim, DERIVED):
        assert twin.symbolic is not Verdict.HOLDS


def derived_in_steps(found):
    """A derivation takes at least one step that SymPy checks: it does not just restate."""
    assert found.steps
    assert len({step.name for step in found.steps}) == len(found.steps)


def twin_is_farther_off(found, twin):
    """The twin fails by more than rounding: its gap is larger than the claim's."""
    assert twin.worst_gap > found.worst_gap


def measured_something(claim, found):
    """Every number comes from a circuit with qubits and gates, and says how it was come by."""
    for run in found.measurements:
        assert run.fidelity in FIDELITIES
        assert (run.qubits > 0 and run.gates >= 0) or run.fidelity == "computed"
    if isinstance(claim, OperatorClaim):
        assert not {run.fidelity for run in found.measurements} & {"counted", "computed"}


def bound_is_approached(claim, found, twin):
    """Some point comes near the bound, and the twin's is exceeded by a hundredth."""
    assert claim.tightness < found.worst_ratio <= 1 + 1e-9
    assert twin.worst_ratio > 1.01


def growth_is_measured_over_a_range(claim, found):
    """The largest size costs at least twice the smallest: otherwise no growth would be seen.

    Where none is claimed, the function that is refused as too large has to grow so instead.
    """
    runs = [run.value for run in found.measurements]
    if sympy.sympify(claim.function).is_number:
        runs = [float(claim.false_twin.subs(sizes)) for sizes in claim.instances]
    assert max(runs) >= 2 * min(runs) > 0


def test_an_erratum_points_to_a_claim():
    """The corrected claim is in the ledger and no erratum itself, or none is named."""
    known = {name for name, claim in claims().items() if not isinstance(claim, Erratum)}
    seen = {name: claim.see for name, claim in of(Erratum).items()}
    assert {name: see for name, see in seen.items() if see not in {None, *known}} == {}


def test_instances_differ():
    """No instance is listed twice, so that none counts twice as evidence."""
    twice = []
    for name, claim in of(Theorem, OperatorClaim, GrowthClaim, Erratum, OpenQuestion).items():
        instances = [tuple(sorted((str(k), v) for k, v in x.items())) for x in claim.instances]
        twice += [name] if len(instances) != len(set(instances)) else []
    assert not twice


@pytest.mark.parametrize("name", of(Theorem))
def test_instances_tell_the_twin_apart_more_than_once(name):
    """The twin disagrees at two instances or more: one would be luck."""
    claim = CLAIMS[name]
    gaps = [(claim.value - claim.false_twin).subs(instance) for instance in claim.instances]
    assert sum(gap != 0 for gap in gaps) >= 2


def test_modules_are_named_after_their_one_claim():
    """One claim a file, called THEOREM or ERRATUM, in <construct>_<claim>.py."""
    modules = [name.split(":")[0] for name in CLAIMS]
    assert [module for module in modules if modules.count(module) > 1] == []
    for name, claim in CLAIMS.items():
        module, variable = name.split(":")
        own = module.split(".")[-1]
        assert variable == ("ERRATUM" if isinstance(claim, Erratum) else "THEOREM"), name
        assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)+", own), name
        printed = own.split("_")[0] in ("printed", "qualtran")
        assert printed == isinstance(claim, Erratum), name


@pytest.mark.parametrize("kind", [*DERIVED, OperatorClaim])
def test_routes_share_nothing(kind):
    """Derivation and specification name no circuit; measuring never looks at the claim.

    Agreements are two routes through the library, and errata statements of others.
    """
    for name, claim in of(kind).items():
        module = importlib.import_module(name.split(":")[0])
        circuits = {
            alias.asname or alias.name
            for node in ast.parse(inspect.getsource(module)).body
            if isinstance(node, ast.ImportFrom) and knows_circuits(node.module)
            for alias in node.names
        }
        formal, run = routes(claim)
        for function in formal:
            assert not names(function.__code__) & circuits, name
        looked_at = names(run.__code__) & {"THEOREM", "derive", "cost", "specification"}
        assert not looked_at, name


def knows_circuits(module):
    """Whether a module is Qualtran's or of bloqs, but for what a system knows before circuits."""
    package, *_, room = [*module.split(".")[:3], ""][:3]
    known = package == "bloqs" and room in ("model", "rivals", "symbols")
    return package in ("bloqs", "qualtran") and not known


def routes(claim):
    """What is derived or specified, and what is measured."""
    if isinstance(claim, OperatorClaim):
        return [claim.specification, claim.false_twin], claim.simulate
    if isinstance(claim, InequalityClaim):
        return [claim.derive], claim.draw
    if isinstance(claim, GrowthClaim):
        return [claim.cost], claim.measure
    return [claim.derive], claim.measure


def names(code):
    """Every global name a function uses, functions inside it included."""
    inner = [names(each) for each in code.co_consts if inspect.iscode(each)]
    return set(code.co_names).union(*inner)


def test_sources_are_cited_with_a_place():
    """A source is a key with a locator, or says that the claim is ours."""
    unplaced = {}
    for name, source in ((name, claim.source) for name, claim in CLAIMS.items()):
        places = [place for _, place in papers_of(source)]
        if not (any(places) or source == "ours" or source.startswith("ours;")):
            unplaced[name] = source
    assert unplaced == {}


def test_claims_are_distinct():
    """No two claims say the same sentence, and each twin says what it would be."""
    said = [claim.says for claim in CLAIMS.values()]
    assert len(said) == len(set(said)) >= 60
    sentences = said + [claim.twin_says for claim in CLAIMS.values()]
    sentences += [text for claim in CLAIMS.values() for text in claim.assumptions]
    sentences += [c.reason for c in CLAIMS.values() if isinstance(c, OpenQuestion)]
    sentences += [c.corrected_says for c in CLAIMS.values() if isinstance(c, Erratum)]
    bad = [text for text in sentences if not text.endswith((".", "?"))]
    assert not bad


def test_every_kind_of_claim_is_there():
    """Counts, inequalities, growth, simulations, agreements, certificates, errata, questions."""
    assert {type(claim) for claim in CLAIMS.values()} == set(KINDS)


def test_the_ledger_has_every_claim():
    """What `quledger check` examines is exactly what there is."""
    modules = {name.split(":")[0] for name in CLAIMS}
    assert {f"proofs.{name}" for name in claims()} == modules


def test_folders_hold_claims():
    """A file in a folder holds a claim, or is imported by one that does."""
    holding = {name.split(":")[0] for name in CLAIMS}
    idle = []
    for path in FOLDER.glob("*/*.py"):
        module = f"proofs.{path.parent.name}.{path.stem}"
        if path.name == "__init__.py" or module in holding or path.parent.name == "pages":
            continue  # pages show claims
        siblings = [other.read_text() for other in path.parent.glob("*.py") if other != path]
        idle += [] if any(f"from {module} import" in text for text in siblings) else [module]
    assert not idle
