"""The ledger and the explanation of one claim: what is printed, what is returned."""

import json

import numpy as np
import pytest
import sympy
from attrs import evolve

from estimator.symbols import n
from proofs import explain, ledger
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.erratum import Erratum
from proofs.operator_claim import OperatorClaim
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
IDENTITY = OperatorClaim(
    says="Nothing happens.",
    specification=lambda size: np.eye(size),
    simulate=lambda size: (np.eye(size), square(size=size)),
    instances=({"size": 2}, {"size": 3}),
    false_twin=lambda size: -np.eye(size),
    twin_says="The sign changes.",
    bound=lambda size: 1e-9,
    norm="spectral",
    source="ours",
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


def giving(monkeypatch, given):
    monkeypatch.setattr(ledger, "claims", lambda names=(), paper=None: given)
    monkeypatch.setattr(explain, "claims", lambda names=(), paper=None: given)


def test_the_ledger_counts_what_is_not_accepted(monkeypatch, capsys):
    """The ledger examines all claims it is given, shows each, and counts the rejected."""
    giving(monkeypatch, {"a.square": SQUARE, "b.false": FALSE, "c.nothing": IDENTITY})
    assert ledger.run([], as_json=True) == 1
    rows = json.loads(capsys.readouterr().out)
    assert [row["accepted"] for row in rows] == [True, False, True]
    assert [row["symbolic"] for row in rows] == ["holds", "fails", None]
    assert [row["kind"] for row in rows] == ["Theorem", "Theorem", "OperatorClaim"]
    assert rows[0]["papers"] == [{"key": "GSLW18", "place": "Thm. 17"}]
    assert rows[0]["assumptions"] == ["The square is flat."]
    assert ledger.run([], as_json=False) == 1
    shown = capsys.readouterr().out
    assert shown.count("holds    ") == 2
    assert "REJECTED" in shown
    assert "not accepted: b.false" in shown


def test_a_claim_that_crashes_does_not_take_the_others_down(monkeypatch, capsys):
    """It is an error with its message, counts as not accepted, and the rest is examined."""
    giving(monkeypatch, {"a.crash": CRASHING, "b.square": SQUARE})
    assert ledger.run([], as_json=False) == 1
    shown = capsys.readouterr().out
    assert "ERROR    a.crash" in shown
    assert "ZeroDivisionError: integer division" in shown
    assert "holds    b.square" in shown
    assert ledger.run([], as_json=True) == 1
    rows = json.loads(capsys.readouterr().out)
    assert rows[0]["problem"].startswith("ZeroDivisionError")
    assert "symbolic" not in rows[0]


def test_an_interruption_does(monkeypatch):
    """Ctrl-C is not an error of a claim."""

    def interrupted():
        raise KeyboardInterrupt

    giving(monkeypatch, {"a.stop": evolve(SQUARE, derive=interrupted)})
    with pytest.raises(KeyboardInterrupt):
        ledger.run([], as_json=False)


def test_an_erratum_shows_both_statements(monkeypatch, capsys):
    """As printed it FAILS, the corrected statement stands beside it; the exit status is good."""
    giving(monkeypatch, {"a.square": SQUARE, "b.printed": PRINTED})
    assert ledger.run([], as_json=False) == 0
    shown = capsys.readouterr().out
    assert "FAILS    b.printed" in shown
    assert "printed: 2 + 2 is 5." in shown
    assert "corrected: 2 + 2 is 4. (see a.square)" in shown
    assert "printed fails by 1; corrected survives" in shown
    assert "the claim holds; 1 printed statement fails, corrected it does not" in shown
    assert ledger.run([], as_json=True) == 0
    rows = json.loads(capsys.readouterr().out)
    assert (rows[1]["corrected"], rows[1]["see"]) == ("2 + 2 is 4.", "a.square")
    right = evolve(PRINTED, printed=PRINTED.corrected)
    giving(monkeypatch, {"b.printed": right})
    assert ledger.run([], as_json=False) == 1
    assert "REJECTED b.printed" in capsys.readouterr().out


def test_names_are_parts_of_names():
    """Each word chooses every claim whose name contains it; one that matches none is refused."""
    assert list(ledger.claims(["qrom"])) == ["data_loading.qrom_cost"]
    assert len(ledger.claims(["qrom", "shift"])) == 2
    assert ledger.claims([]).keys() > ledger.claims(["resnet"]).keys()
    with pytest.raises(ValueError, match="no claim matches nothing, void; there is"):
        ledger.claims(["nothing", "qrom", "void"])


@pytest.mark.parametrize("paper", ["2510.07195", "RHGPR25", "arXiv:2510.07195v1"])
def test_papers_choose_claims(paper):
    """Those that cite it, and no other; together with names, those that fit both."""
    found = ledger.claims([], paper)
    assert 20 <= len(found) < len(ledger.claims())
    assert all("RHGPR25" in claim.source for claim in found.values())
    assert list(ledger.claims(["vector_sum_error"], paper)) == ["encodings.vector_sum_error"]
    with pytest.raises(ValueError, match="no claim matches qrom_cost and cites"):
        ledger.claims(["qrom_cost"], paper)


def test_explanation_of_a_theorem(monkeypatch, capsys):
    """Statement with its symbols, assumptions, steps, instances, the twin and its fall, source."""

    def derive():
        """Row by row."""
        step("rows times columns", n * n, n**2)
        return n**2

    giving(monkeypatch, {"a.square": evolve(SQUARE, derive=derive)})
    assert explain.explain("square")
    shown = " ".join(capsys.readouterr().out.split())
    for text in (
        "holds a.square",
        "n: log2 of the length of a loaded vector [qubits]",
        "Assumptions The square is flat.",
        "Row by row. 1. rows times columns: n**2 = n**2 Derivation holds.",
        "n=2: 4 (1 qubits, 1 gates, counted) n=3: 9",
        "False twin One entry more. Formula: n**2 + 1 Falls: derivation fails; measurement fails",
        "Source [GSLW18] Thm. 17 [GSLW18] is arXiv:1806.01838",
    ):
        assert text in shown


def test_explanation_says_whether_all_is_well(monkeypatch, capsys):
    """Not for a false claim, a crash, or a twin that does not fall."""
    for claim in (FALSE, CRASHING, evolve(SQUARE, false_twin=sympy.expand(n * n))):
        giving(monkeypatch, {"a.square": claim})
        assert not explain.explain("a.square")
    assert "ERROR" in capsys.readouterr().out


def test_explanation_of_an_erratum(monkeypatch, capsys):
    giving(monkeypatch, {"b.printed": PRINTED})
    assert explain.explain("printed")
    shown = capsys.readouterr().out
    for text in ("FAILS", "Printed: 2 + 2 is 5.", "Corrected: 2 + 2 is 4.", "See a.square."):
        assert text in shown


def test_one_claim_is_explained():
    """A full name, its last part, or a part of one name only."""
    assert explain.claim_named("data_loading.qrom_cost")[0] == "data_loading.qrom_cost"
    assert explain.claim_named("qrom_cost")[0] == "data_loading.qrom_cost"
    assert explain.claim_named("qrom")[0] == "data_loading.qrom_cost"
    assert explain.claim_named("kernel_n")[0] == "resnet.kernel_norms"
    with pytest.raises(ValueError, match=r"vector_sum is part of 3 names: encodings.vector_sum_"):
        explain.claim_named("vector_sum")
    with pytest.raises(ValueError, match="no claim matches nope"):
        explain.claim_named("nope")
