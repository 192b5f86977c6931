"""The ledger: what is examined, what is said of it, what the command does with it."""

import io
import json

import numpy as np
import pytest
from attrs import evolve
from typer.testing import CliRunner

from estimator.ask.question import Asked
from estimator.cli import app
from estimator.report.terminal import console, show
from estimator.symbols import n
from proofs import ledger
from proofs.claim import Measurement
from proofs.erratum import Erratum
from proofs.operator_claim import OperatorClaim
from proofs.resnet.printed_output_length import ERRATUM
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
    """What the ledger finds when it is asked."""
    monkeypatch.setattr(ledger, "claims", lambda names=(), paper=None, about=(): given)


def examined():
    return ledger.check(Asked())


def text_of(report):
    stream = io.StringIO()
    show(report, console(stream, 80))
    return stream.getvalue()


def test_the_ledger_says_what_is_not_accepted(monkeypatch):
    """The ledger examines all claims it is given, shows each, and passes if all are accepted."""
    giving(monkeypatch, {"a.square": SQUARE, "b.false": FALSE, "c.nothing": IDENTITY})
    found = examined()
    assert found.passed is False
    rows = found["claims"]
    assert [row["accepted"] for row in rows] == [True, False, True]
    assert [row["symbolic"] for row in rows] == ["holds", "fails", None]
    assert [row["kind"] for row in rows] == ["Theorem", "Theorem", "OperatorClaim"]
    assert rows[0]["papers"] == [{"key": "GSLW18", "place": "Thm. 17"}]
    assert rows[0]["assumptions"] == ["The square is flat."]
    shown = text_of(found)
    assert shown.count("holds    ") == 2
    assert "REJECTED" in shown
    assert "not accepted: b.false" in shown


def test_a_claim_that_crashes_does_not_take_the_others_down(monkeypatch):
    """It is an error with its message, counts as not accepted, and the rest is examined."""
    giving(monkeypatch, {"a.crash": CRASHING, "b.square": SQUARE})
    found = examined()
    assert found.passed is False
    shown = text_of(found)
    assert "ERROR    a.crash" in shown
    assert "ZeroDivisionError: integer division" in shown
    assert "holds    b.square" in shown
    assert found["claims"][0]["problem"].startswith("ZeroDivisionError")
    assert found["claims"][0]["symbolic"] is None


def test_workers_change_nothing_but_the_seconds(monkeypatch):
    """Verdicts, problems, order and text are those of one process."""
    claims = [SQUARE, FALSE, IDENTITY, CRASHING] * 3
    giving(monkeypatch, {f"a.claim_{k}": claim for k, claim in enumerate(claims)})
    one, three = (ledger.check(Asked(values={"workers": k})) for k in (1, 3))
    assert text_of(one) == text_of(three)
    for row, other in zip(one["claims"], three["claims"], strict=True):
        assert {**row, "seconds": 0} == {**other, "seconds": 0}


def test_an_interruption_does(monkeypatch):
    """Ctrl-C is not an error of a claim."""

    def interrupted():
        raise KeyboardInterrupt

    giving(monkeypatch, {"a.stop": evolve(SQUARE, derive=interrupted)})
    with pytest.raises(KeyboardInterrupt):
        examined()


def test_an_erratum_shows_both_statements(monkeypatch):
    """As printed it FAILS, the corrected statement stands beside it; the ledger passes."""
    giving(monkeypatch, {"a.square": SQUARE, "b.printed": PRINTED})
    found = examined()
    assert found.passed is True
    shown = text_of(found)
    assert "FAILS    b.printed" in shown
    assert "printed: 2 + 2 is 5." in shown
    assert "corrected: 2 + 2 is 4. (see a.square)" in shown
    assert "printed fails by 1; corrected survives" in shown
    assert "the claim holds; 1 printed statement fails, corrected it does not" in shown
    row = found["claims"][1]
    assert (row["corrected"], row["see"]) == ("2 + 2 is 4.", "a.square")
    giving(monkeypatch, {"b.printed": evolve(PRINTED, printed=PRINTED.corrected)})
    assert examined().passed is False
    assert "REJECTED b.printed" in text_of(examined())


def test_progress_is_told_of_every_claim(monkeypatch):
    giving(monkeypatch, {"a.square": SQUARE, "b.printed": PRINTED})
    told = []

    def track(steps, label):
        for step in steps:
            told.append((label, step[0]))
            yield step

    ledger.check(Asked(tracker=track))
    assert told == [("checking", "a.square"), ("checking", "b.printed")]


def run(*words):
    return CliRunner().invoke(app, words)


def test_the_command_names_claims_without_examining_them(monkeypatch):
    """Every claim, or those that are chosen."""
    monkeypatch.setattr(ledger, "examined", lambda *_: pytest.fail("examined"))
    found = run("check", "--list", "--json")
    assert found.exit_code == 0
    assert {row["claim"] for row in json.loads(found.stdout)["claims"]} == set(ledger.claims())
    shown = run("check", "data_loading.qrom", "--list").stdout
    assert "data_loading.qrom_cost" in shown


def test_an_erratum_is_no_failure_of_the_command():
    """A printed statement that fails as recorded leaves the exit status at zero."""
    found = run("check", "printed_output_length", "qrom_cost")
    assert found.exit_code == 0
    assert "FAILS    resnet.printed_output_length" in found.stdout
    assert "the claim holds; 1 printed statement fails" in found.stdout


def test_a_printed_statement_that_does_not_fail_is_one(monkeypatch):
    """If the printed statement were right, recording it as wrong would be the mistake."""
    right = evolve(ERRATUM, printed=ERRATUM.corrected)
    monkeypatch.setattr("proofs.resnet.printed_output_length.ERRATUM", right)
    found = run("check", "printed_output")
    assert found.exit_code == 1
    assert "REJECTED" in found.stdout


def test_the_command_chooses_papers():
    """--paper takes the arXiv number or the key, and refuses others in one line."""
    rows = json.loads(run("check", "_cost", "--paper", "1805.03662", "--json").stdout)["claims"]
    assert [row["claim"] for row in rows] == ["data_loading.qrom_cost"]
    found = run("check", "--paper", "1234.5678")
    assert found.exit_code == 2
    assert "quledger: no claim cites a paper '1234.5678'" in found.stderr


def test_names_are_parts_of_names():
    """Each word chooses every claim whose name contains it; one that matches none is refused."""
    assert list(ledger.claims(["data_loading.qrom"])) == ["data_loading.qrom_cost"]
    assert len(ledger.claims(["data_loading.qrom", "resnet.shift"])) == 2
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
