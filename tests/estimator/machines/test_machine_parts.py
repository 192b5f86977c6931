"""The table of models: a column for each that answers, a reason for each that does not."""

import importlib.util

import pytest

from estimator.ask.hardware_presets import PRESETS
from estimator.machines import qdk_package
from estimator.machines.beverland import beverland
from estimator.machines.gidney_fowler import gidney_fowler
from estimator.machines.logical_counts import LogicalCounts, Machine
from estimator.machines.machine_parts import duration_text, machine_parts
from estimator.machines.qdk_estimator import qdk_estimate
from estimator.machines.qdk_qre import qre_estimate
from estimator.report.model import Report
from estimator.report.terminal import text

COUNTS = LogicalCounts(t=10**6, rotations=10, toffoli=10**5, measurements=10**5, qubits=30)
MACHINE = Machine(hardware=PRESETS["superconducting_e3"], t_per_rotation=23)


def report(counts=COUNTS, machine=MACHINE):
    return Report(title="a run", parts=machine_parts(counts, machine))


def without_qdk(monkeypatch):
    """As if the package were not installed."""
    found = importlib.util.find_spec
    monkeypatch.setattr(
        qdk_package, "find_spec", lambda name: None if name == "qdk" else found(name)
    )


def test_every_number_is_that_of_its_model():
    """JSON has a row for each model, a reader a column, with the same numbers."""
    made = report()
    rows = {row["model"]: row for row in made["physical_models"]}
    models = {
        "gidney_fowler": gidney_fowler,
        "beverland": beverland,
        "qdk_estimator": qdk_estimate,
        "qdk_qre": qre_estimate,
    }
    assert list(rows) == list(models)
    shown = text(made, 120)
    for name, model in models.items():
        found = model(COUNTS, MACHINE)
        for key in ("qubits", "seconds", "distance", "factories", "factory", "failure", "bound"):
            assert rows[name][key] == made[name][key] == getattr(found, key), (name, key)
        assert f"{found.qubits:,}" in shown
    assert made["kinds"]["physical_models"]["qubits"] == "estimate"


def test_what_is_assumed_is_said():
    """The machine's own numbers, and those that were named in their place."""
    named = Machine(
        hardware=PRESETS["gate_ns_e4"],
        failure_budget=0.1,
        named=frozenset({"failure_budget"}),
    )
    made = report(machine=named)
    assert made["machine"]["hardware"] == "gate_ns_e4"
    assert made["machine"]["cycle_seconds"] == pytest.approx(4e-7)
    assert made["kinds"]["machine"]["failure_budget"] == "exact"
    assert made["kinds"]["machine"]["physical_error"] == "assumed"
    notes = made["machine_notes"]
    assert len(notes) == 4
    for word in ("routing", "fast data block", "third of the budget", "15-to-1", "d cycles"):
        assert any(word in line for line in notes), word
    assert not any("sixth" in line for line in notes)
    assert any("a sixth of a cycle" in line for line in report()["machine_notes"])


def test_without_qdk_one_line_says_how_to_get_it(monkeypatch):
    """Qualtran's two models answer; nothing is imported."""
    without_qdk(monkeypatch)
    made = report()
    assert [row["model"] for row in made["physical_models"]] == ["gidney_fowler", "beverland"]
    lines = [line for line in made["machine_notes"] if "pip install" in line]
    assert lines == [
        "qdk.estimator, qdk.qre: none, as qdk is not installed; pip install 'quledger[qdk]' adds "
        "its column"
    ]


def test_a_model_that_cannot_says_why_and_the_others_answer():
    """Three rounds of distillation do what two levels cannot."""
    made = report(LogicalCounts(toffoli=2 * 10**13, qubits=1000))
    names = [row["model"] for row in made["physical_models"]]
    assert "qdk_estimator" in names
    assert "gidney_fowler" not in names
    assert set(made["gidney_fowler"].values()) == {None}
    assert any("Gidney-Fowler: none, as no two levels" in line for line in made["machine_notes"])


@pytest.mark.parametrize(
    ("gates", "why"), [(10**30, "292 years"), (10**400, "a number is beyond floating point")]
)
def test_what_no_model_can_is_refused(gates, why):
    """In one sentence with every reason, once each."""
    with pytest.raises(ValueError, match=f"no physical cost: .*{why}") as caught:
        report(LogicalCounts(t=gates), MACHINE)
    assert "\n" not in str(caught.value)
    assert str(caught.value).count(why) == 1


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(5e-7, "0.5 us"), (0.0021, "2.1 ms"), (90, "1.5 minutes"), (320772, "3.71 days"),
     (4e8, "12.7 years"), (1e20, "3.17e+12 years")],
)  # fmt: skip
def test_durations_in_words(seconds, shown):
    assert duration_text(seconds) == shown
