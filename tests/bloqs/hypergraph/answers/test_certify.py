"""The verb certify: what it says, what it writes, what it refuses."""

import json
import subprocess
import sys
from fractions import Fraction

import pytest
from typer.testing import CliRunner

from bloqs.hypergraph.answers.certificate_kinds import CHECKERS, KINDS
from bloqs.hypergraph.rivals import machine_search
from bloqs.hypergraph.rivals.certificate import Certificate
from estimator.cli import app

RUNNER = CliRunner()


def certify(*words):
    """(exit status, what it prints)."""
    done = RUNNER.invoke(app, ["certify", *map(str, words)])
    return done.exit_code, done.output


def said(*words):
    """Exit status, and the facts as data."""
    status, output = certify(*words, "--json")
    return status, json.loads(output)["certified"]


@pytest.mark.parametrize(
    "words",
    [
        ("square-compatible", "--states", 3),
        ("square-compatible", "--states", 2, "--starts", "every"),
        ("exclusion", "--overlaps", "1/4,1/4,1/4"),
        ("exclusion", "--form", "I", "--form", "W(0,1,2)", "--form", "W(0,1,3)"),
        ("polygon", "--form", "W(0,1)", "--form", "W(2,3)"),
        ("residual", "--form", "I", "--form", "W(0,1,2:1)", "--form", "W(0,1,3:1)", "--q", 4),
        ("mermin",),
    ],
)
def test_a_certificate_is_written_and_checked(words, tmp_path):
    """Both accept; for another name or task the file is refused; broken it is refused."""
    file = tmp_path / "one.json"
    status, facts = said(*words, "--output", file)
    assert status == 0
    assert facts["accepted"]
    assert facts["size"] == len(file.read_text())
    assert said("--check", file)[1]["answer"] == facts["answer"]
    assert said(*words, "--check", file)[0] == 0
    status, output = certify("graphs", "--states", 2, "--check", file)
    assert status == 2
    assert "another task" in output
    text = file.read_text()
    for broken in (text[: len(text) // 2], text.replace("complete", "compiete", 1)):
        file.write_text(broken)
        assert certify("--check", file)[0] == 2


def test_evidence_that_shows_nothing_is_a_no(tmp_path):
    """A file with a right digest and wrong evidence: exit status 1, and why."""
    file = tmp_path / "one.json"
    said("edge", "--states", 1, "--output", file)
    plain = json.loads(file.read_text())
    table = [[[0, "." if arrow[1] == "." else "1"] for arrow in plain["evidence"]["table"][0]]]
    wrong = Certificate(
        name="machine", task=plain["task"], answer=plain["answer"], evidence={"table": table}
    )
    file.write_text(wrong.text())
    status, facts = said("--check", file)
    assert status == 1
    assert not facts["accepted"]
    assert "cannot be" in facts["checked"]


OVERLAPS = {"overlaps": ["1/4", "1/4", "1/4"]}


@pytest.mark.parametrize(
    ("name", "task", "evidence"),
    [
        ("exclusion", OVERLAPS, {"measurement": []}),
        ("exclusion", OVERLAPS, {"measurement": {"root": -1, "probabilities": "none"}}),
        ("exclusion", {"overlaps": [1, 2, 3]}, {"reason": {}}),
        ("exclusion", {"forms": 5, "modes": 3, "q": 2}, {"reason": {}}),
        ("machine", {"machine": "edge", "states": 1, "starts": "one"}, {"proof": 5, "lines": 1}),
        ("machine", {"machine": "edge", "states": 1, "starts": "one"}, {"table": {"a": 1}}),
        ("mermin", {"orders": [2, 3, 4, 5]}, {"squares": [None]}),
        ("polygon", {"forms": ["W(0,1)"]}, {"classes": 1}),
        ("polygon", {"forms": [5, "I"], "modes": 2, "q": 2}, {"classes": 1}),
        ("residual", {"forms": [None], "modes": 3, "q": 2}, {"states": [], "turns": []}),
        ("matching", {"most_modes": 4}, {"rows": [[]]}),
    ],
)
def test_evidence_of_another_form_is_a_no(name, task, evidence, tmp_path):
    """A right digest of anything else: exit status 1, and one line says what is wrong."""
    file = tmp_path / "one.json"
    file.write_text(Certificate(name=name, task=task, answer="yes", evidence=evidence).text())
    status, facts = said("--check", file)
    assert status == 1
    assert not facts["accepted"]
    assert "\n" not in facts["checked"]


def test_a_measurement_with_a_long_root_is_shown(tmp_path):
    """A checker accepts a root of any length that it is multiplied out of."""
    file = tmp_path / "one.json"
    said("exclusion", "--overlaps", "1/5,1/5,1/4", "--output", file)
    plain = json.loads(file.read_text())
    given = plain["evidence"]["measurement"]
    scale = 10**200
    longer = [[[p, str(Fraction(q) / scale)] for p, q in row] for row in given["probabilities"]]
    measurement = {"root": given["root"] * scale**2, "probabilities": longer}
    wide = Certificate(
        name="exclusion", task=plain["task"], answer=plain["answer"],
        evidence={"measurement": measurement},
    )  # fmt: skip
    before = json.loads(certify("--check", file, "--json")[1])["measurement"]
    file.write_text(wide.text())
    status, output = certify("--check", file, "--json")
    assert status == 0
    for one, other in zip(before, json.loads(output)["measurement"], strict=True):
        assert list(one) == list(other)
        assert [one[k] for k in one if k != "answer"] == pytest.approx(
            [other[k] for k in other if k != "answer"]
        )


def test_a_search_that_is_broken_off_says_so(tmp_path, monkeypatch):
    """Exit status 1, no such claim, and the file says it too; one that goes on has more lines."""
    monkeypatch.setattr(machine_search, "BUDGET", 500)
    file = tmp_path / "one.json"
    words = ("square", "--states", 5, "--patience", "0.01", "--output", file)
    status, facts = said(*words)
    assert status == 1
    assert facts["complete"] is False
    assert "incomplete" in facts["answer"]
    status, facts = said("--check", file)
    assert status == 1
    assert "incomplete" in facts["checked"]
    before = json.loads(file.read_text())["evidence"]["lines"]
    status, facts = said(*words, "--resume", file)
    assert (status, facts["complete"]) == (1, False)
    assert json.loads(file.read_text())["evidence"]["lines"] > before > 0


def test_a_search_that_goes_on_is_for_the_task_and_not_done(tmp_path):
    file = tmp_path / "one.json"
    words = ("edge", "--states", 1)
    certify(*words, "--output", file)
    status, output = certify("edge", "--states", 2, "--resume", file)
    assert (status, "another task" in output) == (2, True)
    status, output = certify(*words, "--resume", file)
    assert (status, "a certificate that is complete" in output) == (2, True)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((), "needs the name"),
        (("pairs", "--resume", "x"), "takes no parameter, got resume"),
        (("graphs", "--states", "4", "--resume", "-", "--check", "-"), "leave --resume out"),
        (("graphs", "--states", "4", "--resume", "/no/such/file"), "can be read"),
        (("nothing",), "a certificate is one of"),
        (("graphs",), "name --states"),
        (("graphs", "--states", "0"), "states"),
        (("graphs", "--states", "3", "--q", "4"), "takes"),
        (("pairs", "--states", "3"), "no parameter"),
        (("exclusion",), "thrice"),
        (("exclusion", "--overlaps", "1,2,3"), "squared overlaps"),
        (("exclusion", "--overlaps", "0,0,0", "--form", "I"), "got both"),
        (("polygon",), "name --form"),
        (("residual", "--form", "I", "--form", "W(0,1)", "--form", "W(0,1)"), "overlaps"),
        (("mermin", "--output", "/no/such/folder/x"), "existing folder"),
        (("--check", "/no/such/file"), "can be read"),
        (("--check", "-", "--output", "x"), "not written"),
        (("--list", "--n", "4"), "takes nothing, got n"),
        (("--list", "graphs"), "takes nothing, got certificate"),
        (("graphs", "--states", "4", "--patience", "3", "--check", "-"), "leave --patience out"),
    ],
)
def test_what_is_no_task_is_refused(words, reason):
    """One sentence, exit status 2."""
    status, output = certify(*words)
    assert status == 2
    assert reason in " ".join(output.split())


def test_the_list_names_all():
    """With what each takes; and each has a checker."""
    status, output = certify("--list", "--json")
    assert status == 0
    assert [row["certificate"] for row in json.loads(output)["certificates"]] == [
        each.name for each in KINDS
    ]
    assert {each.kind for each in KINDS} == {*CHECKERS}


def test_a_check_loads_no_solver(tmp_path):
    """Nor anything that searches."""
    file = tmp_path / "one.json"
    certify("square-compatible", "--states", 2, "--output", file)
    code = (
        "import sys\nfrom estimator.cli import run\n"
        f"try: run(['certify', '--check', {str(file)!r}])\nexcept SystemExit as end: assert not "
        "end.code\nfound = [x for x in sys.modules if x.startswith('pysat') or "
        "x.endswith('_search')]\nassert found == ['bloqs.hypergraph.model.product_search'], found"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
