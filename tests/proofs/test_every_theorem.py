"""Every claim of the ledger is accepted, and its nearest false neighbour is not."""

import ast
import importlib
import inspect
import re
from functools import cache
from pathlib import Path

import pytest
import sympy

import proofs
from estimator.discover import instances_of
from estimator.verdict import Verdict
from proofs.agreement import AgreementClaim
from proofs.claim import AbstractClaim
from proofs.erratum import Erratum
from proofs.growth_claim import GrowthClaim
from proofs.inequality import InequalityClaim
from proofs.ledger import claims
from proofs.operator_claim import OperatorClaim
from proofs.papers import papers_of
from proofs.theorem import Theorem

CLAIMS = instances_of(AbstractClaim, proofs)
FOLDER = Path(proofs.__path__[0])
KINDS = (Theorem, InequalityClaim, GrowthClaim, OperatorClaim, AgreementClaim, Erratum)


def of(*kinds):
    return pytest.mark.parametrize("name", [n for n, c in CLAIMS.items() if isinstance(c, kinds)])


DERIVED = of(Theorem, InequalityClaim, GrowthClaim)
EVERY = pytest.mark.parametrize("name", CLAIMS)


@cache
def finding(name):
    return CLAIMS[name].examine()


@cache
def twin(name):
    return CLAIMS[name].examine(twin=True)


@EVERY
def test_accepted(name):
    """Each route a claim has says it holds, on every instance."""
    found = finding(name)
    assert found.accepted, found
    assert found.numeric is Verdict.HOLDS
    derived = isinstance(CLAIMS[name], (Theorem, InequalityClaim, GrowthClaim))
    assert found.symbolic is (Verdict.HOLDS if derived else None)


@EVERY
def test_false_twin_is_rejected_by_measurement_alone(name):
    """Measuring tells the claim from the claim one nearly makes."""
    assert twin(name).numeric is Verdict.FAILS
    assert not twin(name).accepted


@DERIVED
def test_false_twin_is_rejected_by_derivation_alone(name):
    """Deriving does as well."""
    assert twin(name).symbolic is not Verdict.HOLDS


@of(Theorem, OperatorClaim, AgreementClaim)
def test_a_twin_is_farther_off(name):
    """The twin fails by more than rounding: its gap is larger than the claim's."""
    assert twin(name).worst_gap > finding(name).worst_gap


@of(InequalityClaim)
def test_a_bound_is_approached(name):
    """Some point comes near the bound, and the twin's is exceeded by a hundredth."""
    assert 0.4 < finding(name).worst_ratio <= 1 + 1e-9
    assert twin(name).worst_ratio > 1.01


@of(GrowthClaim)
def test_growth_is_measured_over_a_range(name):
    """The largest size costs at least twice the smallest: otherwise no growth would be seen.

    Where none is claimed, the function that is refused as too large has to grow so instead.
    """
    claim = CLAIMS[name]
    runs = [run.value for run in finding(name).measurements]
    if sympy.sympify(claim.function).is_number:
        runs = [float(claim.false_twin.subs(sizes)) for sizes in claim.instances]
    assert max(runs) >= 2 * min(runs) > 0


@DERIVED
def test_a_derivation_has_steps(name):
    """A derivation takes at least one step that SymPy checks: it does not just restate."""
    steps = finding(name).steps
    assert steps
    assert len({step.name for step in steps}) == len(steps)


@of(Erratum)
def test_the_corrected_claim_exists(name):
    """An erratum points to a claim of the ledger, or to none."""
    see = CLAIMS[name].see
    assert see is None or see in claims()
    assert not isinstance(claims().get(see), Erratum)


@of(Theorem, OperatorClaim, AgreementClaim)
def test_measurements_are_of_something(name):
    """Every number comes from a circuit with qubits and gates, and says how it was come by."""
    for run in finding(name).measurements:
        assert run.fidelity in (
            "counted",
            "computed",
            "gate by gate",
            "block by block",
            "dilated",
            "vector",
        )
        assert (run.qubits > 0 and run.gates >= 0) or run.fidelity == "computed"
    if isinstance(CLAIMS[name], OperatorClaim):
        fidelities = {run.fidelity for run in finding(name).measurements}
        assert not fidelities & {"counted", "computed"}


@of(Theorem, OperatorClaim, GrowthClaim, Erratum)
def test_instances_differ(name):
    """No instance is listed twice, so that none counts twice as evidence."""
    instances = [tuple(sorted((str(k), v) for k, v in x.items())) for x in CLAIMS[name].instances]
    assert len(instances) == len(set(instances))


@of(Theorem)
def test_instances_tell_the_twin_apart_more_than_once(name):
    """The twin disagrees at two instances or more: one would be luck."""
    claim = CLAIMS[name]
    gaps = [(claim.value - claim.false_twin).subs(instance) for instance in claim.instances]
    assert sum(gap != 0 for gap in gaps) >= 2


@EVERY
def test_module_is_named_after_its_one_claim(name):
    """One claim a file, called THEOREM or ERRATUM, in <construct>_<claim>.py."""
    module, variable = name.split(":")
    assert variable == ("ERRATUM" if isinstance(CLAIMS[name], Erratum) else "THEOREM")
    assert sum(other.split(":")[0] == module for other in CLAIMS) == 1
    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)+", module.split(".")[-1])
    printed = module.split(".")[-1].split("_")[0] in ("printed", "qualtran")
    assert printed == isinstance(CLAIMS[name], Erratum)


@EVERY
def test_routes_share_nothing(name):
    """Derivation and specification name no bloq; measuring never looks at the claim."""
    claim = CLAIMS[name]
    if isinstance(claim, (AgreementClaim, Erratum)):
        return  # two routes through the library, and statements of others
    module = importlib.import_module(name.split(":")[0])
    bloqs = {
        alias.asname or alias.name
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] in ("bloqs", "qualtran")
        for alias in node.names
    }
    formal, run = routes(claim)
    for function in formal:
        assert not names(function.__code__) & bloqs
    assert not names(run.__code__) & {"THEOREM", "derive", "cost", "specification"}


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


@EVERY
def test_source_is_cited_with_a_place(name):
    """A source is a key with a locator, or says that the claim is ours."""
    source = CLAIMS[name].source
    places = [place for _, place in papers_of(source)]
    assert any(places) or source == "ours" or source.startswith("ours;"), source


def test_claims_are_distinct():
    """No two claims say the same sentence, and each twin says what it would be."""
    said = [claim.says for claim in CLAIMS.values()]
    assert len(said) == len(set(said)) >= 60
    sentences = said + [claim.twin_says for claim in CLAIMS.values()]
    sentences += [text for claim in CLAIMS.values() for text in claim.assumptions]
    sentences += [c.corrected_says for c in CLAIMS.values() if isinstance(c, Erratum)]
    bad = [text for text in sentences if not text.endswith((".", "?"))]
    assert not bad


def test_every_kind_of_claim_is_there():
    """Counts, inequalities, growth, simulations, agreements and errata."""
    assert {type(claim) for claim in CLAIMS.values()} == set(KINDS)


def test_the_ledger_has_every_claim():
    """What `quledger check` examines is exactly what there is."""
    modules = {name.split(":")[0] for name in CLAIMS}
    assert {f"proofs.{name}" for name in claims()} == modules


@pytest.mark.parametrize(
    "path",
    sorted(path for path in FOLDER.glob("*/*.py") if path.name != "__init__.py"),
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_folders_hold_claims(path):
    """A file in a folder holds a claim, or is imported by one that does."""
    module = f"proofs.{path.parent.name}.{path.stem}"
    holds = any(name.split(":")[0] == module for name in CLAIMS)
    siblings = [other.read_text() for other in path.parent.glob("*.py") if other != path]
    assert holds or any(f"from {module} import" in text for text in siblings)
