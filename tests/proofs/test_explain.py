"""The explanation of one claim: what is said, and whether all is well."""

import io

import pytest
from attrs import evolve
from sympy import expand
from typer.testing import CliRunner

from estimator.cli import app
from estimator.report.terminal import console, show
from estimator.symbols import n
from proofs import explain
from proofs.claim import Measurement
from proofs.data_loading.qrom_cost import THEOREM as QROM
from proofs.derivation import step
from proofs.erratum import Erratum
from proofs.theorem import Theorem


def square(**sizes):
    (size,) = sizes.values()
    return Measurement(value=size**2, qubits=1, gates=1, fidelity="counted")


SQUARE = Theorem(
    says="A square has n**2 entries.",
    assumptions=("The square is flat.",),
    relation="==",
    value=n**2,
    derive=lambda: n * n,
    measure=square,
    instances=({n: 2}, {n: 3}),
    false_twin=n**2 + 1,
    twin_says="One entry more.",
    source="[GSLW18] Thm. 17",
)
PRINTED = Erratum(
    says="2 + 2 is 5.",
    corrected_says="2 + 2 is 4.",
    see="a.square",
    relation="==",
    observe=lambda x: Measurement(value=x + x),
    printed=lambda x: 5.0,
    corrected=lambda x: 4.0,
    instances=({"x": 2},),
    twin_says="4 is what is printed.",
    source="[RHGPR25] Lem. 1",
)
FALSE = evolve(SQUARE, value=SQUARE.false_twin, says="A square has n**2 + 1 entries.")
CRASHING = evolve(SQUARE, derive=lambda: 1 // 0, says="A square is a division by zero.")


def shown(claim, name="a.square"):
    """The explanation as one line of text, and whether all is well."""
    report, stream = explain.explanation(name, claim), io.StringIO()
    show(report, console(stream, 80))
    return " ".join(stream.getvalue().split()), report.passed


def test_explanation_of_a_theorem():
    """Statement with its symbols, assumptions, steps, instances, the twin and its fall, source."""

    def derive():
        """Row by row."""
        step("rows times columns", n * n, n**2)
        return n**2

    text, passed = shown(evolve(SQUARE, derive=derive))
    assert passed
    for part in (
        "holds a.square",
        "n: log2 of the length of a loaded vector [qubits]",
        "Assumptions The square is flat.",
        "Derivation Shown: the formula above is the count, in one step, which SymPy checks. "
        "Row by row. 1. rows times columns: n**2 = n**2 Derivation holds.",
        "n=2: 4 (1 qubits, 1 gates, counted) n=3: 9",
        "False twin One entry more. Formula: n**2 + 1 It falls: derivation fails; measurement "
        "fails",
        "Source [GSLW18] Thm. 17 [GSLW18] is arXiv:1806.01838",
    ):
        assert part in text


def test_explanation_says_whether_all_is_well():
    """Not for a false claim, a crash, or a twin that does not fall."""
    for claim in (FALSE, CRASHING, evolve(SQUARE, false_twin=expand(n * n))):
        text, passed = shown(claim)
        assert not passed
        assert ("ERROR" in text) == (claim is CRASHING)


def test_explanation_of_an_erratum():
    text, passed = shown(PRINTED, "b.printed")
    assert passed
    for part in ("FAILS", "Printed: 2 + 2 is 5.", "Corrected: 2 + 2 is 4.", "See a.square."):
        assert part in text


def test_one_claim_is_explained():
    """A full name, its last part, or a part of one name only."""
    assert explain.claim_named("data_loading.qrom_cost")[0] == "data_loading.qrom_cost"
    assert explain.claim_named("qrom_cost")[0] == "data_loading.qrom_cost"
    assert explain.claim_named("data_loading.qrom")[0] == "data_loading.qrom_cost"
    assert explain.claim_named("kernel_n")[0] == "resnet.kernel_norms"
    with pytest.raises(ValueError, match=r"vector_sum is part of 3 names: encodings.vector_sum_"):
        explain.claim_named("vector_sum")
    with pytest.raises(ValueError, match="no claim matches nope"):
        explain.claim_named("nope")


def run(*words):
    return CliRunner().invoke(app, words)


def test_the_command_shows_the_derivation():
    found = run("explain", "qrom_cost")
    assert found.exit_code == 0
    assert "1. one leaf has no inner node: 0 = 0" in found.stdout
    assert "False twin" in found.stdout


def test_the_command_shows_the_witness_of_growth():
    """The steps that the checker verified, constants and thresholds included."""
    text = " ".join(run("explain", "rotation_tree_growth").stdout.split())
    assert "HOLDS" in text
    assert "for all n >=" in text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nope"], "no claim matches nope"),
        (["qr"], "qr is part of"),
        ([""], "is part of"),
        ([], "explain needs CLAIM"),
        (["select_cost", "qrom"], "explain takes one CLAIM, got 'qrom' too"),
    ],
)
def test_the_command_refuses(words, message):
    found = run("explain", *words)
    assert found.exit_code == 2
    assert message in found.stderr
    assert len(found.stderr.strip().splitlines()) == 1


def test_the_command_rejects_a_false_claim(monkeypatch):
    false = evolve(QROM, value=QROM.false_twin)
    monkeypatch.setattr("proofs.data_loading.qrom_cost.THEOREM", false)
    found = run("explain", "qrom_cost")
    assert found.exit_code == 1
    assert "REJECTED" in found.stdout


def test_what_an_explanation_says_of_operators_and_errata():
    """Nothing is derived of an operator; nothing refutes a corrected statement."""
    operator = " ".join(run("explain", "shift_operator").stdout.split())
    assert "There is none: the operator that the circuit encodes is measured" in operator
    erratum = " ".join(run("explain", "printed_control_depth").stdout.split())
    assert "It falls as an erratum: no instance refutes it" in erratum
    reading = " ".join(run("explain", "printed_quartic_speedup").stdout.split())
    assert "Read by us: In gates, of a memory made of gates" in reading
