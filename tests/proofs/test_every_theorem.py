"""Every claim of the ledger is accepted, and its nearest false neighbour is not."""

import ast
import importlib
import inspect
import re
from functools import cache
from pathlib import Path

import pytest

import proofs
from estimator.discover import instances_of
from estimator.verdict import Verdict
from proofs.examine import examine
from proofs.ledger import claims
from proofs.theorem import OperatorClaim, Theorem

THEOREMS = instances_of(Theorem, proofs)
CLAIMS = {**THEOREMS, **instances_of(OperatorClaim, proofs)}
FOLDER = Path(proofs.__path__[0])


@cache
def finding(name):
    return examine(CLAIMS[name])


@cache
def twin(name):
    return examine(CLAIMS[name], twin=True)


@pytest.mark.parametrize("name", CLAIMS)
def test_accepted(name):
    """Each route a claim has says it holds, on every instance."""
    found, claim = finding(name), CLAIMS[name]
    assert found.accepted
    assert found.numeric is Verdict.HOLDS
    assert found.symbolic is (Verdict.HOLDS if name in THEOREMS else None)
    assert len(found.measurements) == len(claim.instances) >= 2


@pytest.mark.parametrize("name", CLAIMS)
def test_false_twin_is_rejected_by_measurement_alone(name):
    """Measuring tells the claim from the claim one nearly makes."""
    assert twin(name).numeric is Verdict.FAILS
    assert not twin(name).accepted
    assert twin(name).worst_gap > finding(name).worst_gap


@pytest.mark.parametrize("name", THEOREMS)
def test_false_twin_is_rejected_by_derivation_alone(name):
    """Deriving does as well."""
    assert twin(name).symbolic is not Verdict.HOLDS


@pytest.mark.parametrize("name", CLAIMS)
def test_measurements_are_of_something(name):
    """Every number comes from a circuit with qubits and gates, and says how it was come by."""
    for run in finding(name).measurements:
        assert run.qubits > 0
        assert run.gates > 0
        assert run.fidelity in ("counted", "gate by gate", "block by block", "dilated", "vector")
    if name not in THEOREMS:
        assert all(run.fidelity != "counted" for run in finding(name).measurements)


@pytest.mark.parametrize("name", CLAIMS)
def test_instances_differ(name):
    """No instance is listed twice, so that none counts twice as evidence."""
    instances = [tuple(sorted((str(k), v) for k, v in x.items())) for x in CLAIMS[name].instances]
    assert len(instances) == len(set(instances))


@pytest.mark.parametrize("name", THEOREMS)
def test_instances_tell_the_twin_apart_more_than_once(name):
    """The twin disagrees at two instances or more: one would be luck."""
    claim = CLAIMS[name]
    gaps = [(claim.value - claim.false_twin).subs(instance) for instance in claim.instances]
    assert sum(gap != 0 for gap in gaps) >= 2


@pytest.mark.parametrize("name", CLAIMS)
def test_module_is_named_after_its_one_claim(name):
    """One claim a file, called THEOREM, in <construct>_<claim>.py."""
    module, variable = name.split(":")
    assert variable == "THEOREM"
    assert sum(other.split(":")[0] == module for other in CLAIMS) == 1
    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)+", module.split(".")[-1])


@pytest.mark.parametrize("name", CLAIMS)
def test_routes_share_nothing(name):
    """Derivation and specification name no bloq; measuring never looks at the value."""
    module = importlib.import_module(name.split(":")[0])
    bloqs = {
        alias.asname or alias.name
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] in ("bloqs", "qualtran")
        for alias in node.names
    }
    claim = CLAIMS[name]
    formal = [claim.derive] if name in THEOREMS else [claim.specification, claim.false_twin]
    for function in formal:
        assert not names(function.__code__) & bloqs
    run = claim.measure if name in THEOREMS else claim.simulate
    assert not names(run.__code__) & {"THEOREM", "derive", "specification"}


def names(code):
    """Every global name a function uses, functions inside it included."""
    inner = [names(each) for each in code.co_consts if inspect.iscode(each)]
    return set(code.co_names).union(*inner)


@pytest.mark.parametrize("name", CLAIMS)
def test_source_is_cited_with_a_place(name):
    """A source is a key with a locator, or says that the claim is ours."""
    source = CLAIMS[name].source
    keys = re.findall(r"\[\w+\] [A-Z][a-z]+\.? ?[\w.]+", source)
    assert keys or source.startswith("ours"), source


def test_claims_are_distinct():
    """No two claims say the same sentence."""
    said = [claim.says for claim in CLAIMS.values()]
    assert len(said) == len(set(said)) >= 9
    assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in said)


def test_the_ledger_has_every_claim():
    """What `quledger check` examines is exactly what there is."""
    assert {f"proofs.{name}:THEOREM" for name in claims()} == CLAIMS.keys()


@pytest.mark.parametrize(
    "path",
    sorted(path for path in FOLDER.glob("*/*.py") if path.name != "__init__.py"),
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_folders_hold_claims(path):
    """A file in a paper folder holds a claim, or is imported by one that does."""
    module = f"proofs.{path.parent.name}.{path.stem}"
    holds = any(name.split(":")[0] == module for name in CLAIMS)
    siblings = [other.read_text() for other in path.parent.glob("*.py") if other != path]
    assert holds or any(f"from {module} import" in text for text in siblings)
