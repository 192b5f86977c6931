"""What training takes: published numbers, letters, what is assumed, refusals, time."""

import json
import time

import pytest
import sympy
from typer.testing import CliRunner

import quledger
from bloqs.contrastive.model.ansatz_parts import KINDS
from bloqs.contrastive.model.ansatz_sizes import sizes_of
from bloqs.contrastive.symbols import B, L, S, W
from estimator.cli import app

PRICES = {
    "synthesis": "ancilla-free",
    "rotation_error": 0.01 / 56,
    "physical_error": 1e-3,
    "cycle_seconds": 1e-6,
    "failure_budget": 0.01,
    "routing_overhead": 0.5,
}


def row(report, table, name):
    rows = {next(iter(x.values())): x for x in report[table]}
    return rows[name]


def formula(report, table, name, key):
    part = next(each for each in report.parts if each.key == table)
    return next(x for x in part.rows if next(iter(x.values())) == name)[key]


def typed(*words):
    return CliRunner().invoke(app, words)


def test_the_published_ring():
    """Nothing but width and layers named: ring, 256 images, 100 shots, and said so."""
    report = quledger.cost("contrastive", W=8, L=2)
    assert report["ansatz"] == {
        "angles": 32,
        "angles_that_matter": 32,
        "controlled_angles": 16,
        "depth": 19,
        "two_qubit_depth": 16,
        "cnot_depth": 32,
    }
    assert (report["gates"]["cnot"], report["gates"]["rotations"]) == (32, 56)
    assert report["gates"]["measurements"] == 8
    two = row(report, "rules", "two-term")
    assert (two["circuits"], two["shots"]) == (41_472, 4_147_200)
    assert (two["circuits_of_epoch"], two["circuits_of_run"]) == (4_022_784, 8_045_568)
    assert row(report, "rules", "four-term")["circuits"] == 57_856
    assert row(report, "rules", "light-cone")["circuits"] == 50_688
    assert report["probe"] == {"steps": 97, "probe": 3_000_000, "cached_probe": 30_000}
    t_gates = {x["synthesis"]: x["circuit"] for x in report["syntheses"]}
    assert t_gates == {
        "ancilla-free": 2_128,
        "repeat-until-success": 1_344,
        "mixed-fallback": 672,
    }
    assert report["classical"]["network_parameters"] == 144
    said = " ".join(report["assumptions"])
    assert "as published, since not named: ansatz ring, B 256, S 100, images 25000" in said


@pytest.mark.parametrize(
    ("error", "wanted"), [(1e-3, [2_688, 1_568, 784]), (1e-2, [2_128, 1_344, 672])]
)
def test_t_gates_by_every_synthesis(error, wanted):
    report = quledger.cost("contrastive", W=8, L=2, circuit_error=error)
    names = ("ancilla-free", "repeat-until-success", "mixed-fallback")
    assert [row(report, "syntheses", name)["circuit"] for name in names] == wanted
    assert "circuit_error" not in " ".join(report["assumptions"])


def test_all_to_all_and_its_line():
    """40 rotations, 84 CNOTs against 21; every rule is exact and runs as many circuits."""
    full, line = (quledger.cost("contrastive", ansatz=x, W=8, L=3) for x in ("all-to-all", "line"))
    assert [x["gates"]["cnot"] for x in (full, line)] == [84, 21]
    assert [x["gates"]["rotations"] for x in (full, line)] == [40, 40]
    t_gates = {x["synthesis"]: x["circuit"] for x in full["syntheses"]}
    assert sorted(t_gates.values()) == [480, 920, 1_440]
    circuits = {x["rule"]: (x["circuits"], x["gradient"]) for x in full["rules"]}
    for rule in ("two-term", "light-cone", "decomposed"):
        assert circuits[rule] == (41_472, "exact")


@pytest.mark.parametrize("kind", KINDS)
def test_letters_are_the_numbers(kind):
    """Every formula of the answer in letters, at W = 8 and L = 2, is the answer at numbers."""
    letters = quledger.cost("contrastive", ansatz=kind, letters=True)
    numbers = quledger.cost("contrastive", ansatz=kind, W=8, L=2)
    at = {W: 8, L: 2, B: 256, S: 100}
    for rule in [x["rule"] for x in numbers["rules"]]:
        for key in ("circuits", "shots", "circuits_of_run"):
            found = sympy.sympify(formula(letters, "rules", rule, key)).subs(at)
            assert found == row(numbers, "rules", rule)[key]
    parts = {part.key: part for part in letters.parts}
    for key in ("ansatz", "gates", "classical", "probe"):
        for fact in parts[key].rows:
            assert sympy.sympify(fact.value).subs(at) == numbers[key][fact.key], fact.key
    assert {"B", "L", "S", "W"} <= letters.plain()["symbols"].keys()


def test_gates_are_those_of_the_ansatz():
    """CNOTs and rotations of the circuit are those of the closed form, in both forms."""
    for form in ("plain", "measured"):
        report = quledger.cost("contrastive", W=20, L=50, form=form)
        sizes = sizes_of("ring", 20, 50, form)
        assert report["gates"]["cnot"] == sizes.cnots
        assert report["gates"]["rotations"] == sizes.rotations
        assert report["counted"]["cnot"] == sizes.cnots


def test_measurements_between_layers():
    report = quledger.cost("contrastive", W=8, L=2, between="half-measured")
    assert report["gates"]["measurements"] == 12


def test_angles_of_farhi_are_redundant():
    report = quledger.cost("contrastive", ansatz="farhi", W=4, L=2)
    assert report["ansatz"]["angles"] == 12
    assert any("2 W - 1" in line for line in report["assumptions"])


def test_qubits_and_seconds_on_the_surface_code():
    """At errors of 1e-3 and cycles of 1 us, as worked out with other code; each T synthesis."""
    report = quledger.cost("contrastive", W=8, L=2)
    rows = {x["synthesis"]: x for x in report["surface_code"]}
    found = rows["ancilla-free"]
    assert found["qubits"] == pytest.approx(1.5e5, rel=0.03)
    assert found["shot_seconds"] == pytest.approx(0.21, abs=0.005)
    assert found["step_seconds"] == pytest.approx(4_147_200 * found["shot_seconds"])
    assert found["step_days"] == pytest.approx(10, abs=0.5)
    assert rows["mixed-fallback"]["step_days"] == pytest.approx(found["step_days"] / 3, rel=0.1)
    assert "physical_error 0.001, cycle_seconds 1e-06" in " ".join(report["assumptions"])


def test_the_surface_code_as_named():
    """Twice as slow a cycle takes twice as long; the engine's own answer is that of a shot."""
    slow = quledger.cost("contrastive", W=8, L=2, **{**PRICES, "cycle_seconds": 2e-6})
    plain = quledger.cost("contrastive", W=8, L=2)
    one, two = (row(x, "surface_code", "ancilla-free") for x in (plain, slow))
    assert two["shot_seconds"] == pytest.approx(2 * one["shot_seconds"])
    assert slow["physical"]["seconds"] == two["shot_seconds"]
    assert slow["physical"]["qubits"] == two["qubits"]
    assert "physical_error" not in " ".join(slow["assumptions"])


def test_the_surface_code_of_a_machine():
    """Its cycle and its error, in place of those that are assumed."""
    whole = quledger.cost("contrastive", W=8, L=2, physical="gate_ns_e4")
    same = {**PRICES, "physical_error": 1e-4, "cycle_seconds": 4e-7}
    for name in ("ancilla-free", "mixed-fallback"):
        one = row(whole, "surface_code", name)
        assert one == row(quledger.cost("contrastive", W=8, L=2, **same), "surface_code", name)
    assert "physical_error" not in " ".join(whole["assumptions"])
    assert len(whole["physical_models"]) == 4
    pairs = quledger.cost("contrastive", W=8, L=2, physical="maj_ns_e6")
    assert "no surface code on maj_ns_e6" in pairs["no_surface_code"][0]


def test_no_surface_code_for_what_nothing_meets():
    """Said in one line if its numbers are assumed, refused if they are named."""
    sizes = {"W": 4096, "L": 10**6}
    report = quledger.cost("contrastive", **sizes)
    assert "surface_code" not in report.plain()
    assert "failure_budget 0.01 cannot be met" in report["no_surface_code"][0]
    with pytest.raises(ValueError, match="cannot be met"):
        quledger.cost("contrastive", **sizes, **PRICES)


def test_bounds_for_shots():
    """Figures worked out with other code at S = 100, W = 8 and 5 %; shots for each accuracy."""
    found = quledger.cost("contrastive", W=8, L=2)["shot_bounds"]
    names = ("epsilon", "delta", "one", "largest", "l2", "shots_for")
    wanted = (0.1, 0.05, 0.2716, 0.3397, 0.975, 1154)
    assert [found[name] for name in names] == pytest.approx(wanted, abs=5e-4)
    for epsilon, shots in ((0.3, 129), (0.05, 4_615), (0.01, 115_367)):
        report = quledger.cost("contrastive", W=8, L=2, epsilon=epsilon, delta=0.05)
        assert report["shot_bounds"]["shots_for"] == shots
        assert "delta" not in " ".join(report["assumptions"])
    letters = quledger.cost("contrastive", letters=True)
    at, part = {W: 8, S: 100}, next(x for x in letters.parts if x.key == "shot_bounds")
    for fact in part.rows:
        assert float(sympy.sympify(fact.value).subs(at)) == pytest.approx(found[fact.key])


def test_on_the_published_device():
    """CNOTs as counted with other code; 71 CNOTs of 0.43 us are less than 31 us in a row."""
    report = quledger.cost("contrastive", W=8, L=2, calibration="ibmq_paris")
    routed, shot = report["routed"], report["device_shot"]
    assert (routed["cnots_before"], routed["cnots_after"]) == (32, 71)
    assert shot["shot_seconds"] == pytest.approx(shot["busy_seconds"] + 250e-6)
    assert 32 * 0.29e-6 + 4e-6 < shot["busy_seconds"] < 71 * 0.77e-6 + 5e-6
    times = row(report, "device_times", "two-term")
    assert times["step"] == pytest.approx(4_147_200 * shot["shot_seconds"])
    assert times["epoch"] == pytest.approx(97 * times["step"])
    assert times["run"] == pytest.approx(194 * times["step"])
    assert times["jobs"] == 47
    assert shot["probe_seconds"] == pytest.approx(3e8 * shot["shot_seconds"])
    law = report["shrinkage"]
    assert (law["gates"], law["readout"]) == pytest.approx((0.838, 0.787), abs=1e-3)
    assert law["price"] == pytest.approx(1 / law["readout"] ** 2)
    assert any("250 us between two shots" in line for line in report["device"])


def test_on_a_device_of_a_file(tmp_path):
    """A line of three qubits, no delay stated: every gate and the readout in a row."""
    qubit = {
        "single_error": 0.001, "single_ns": 50, "one_for_zero": 0.02, "zero_for_one": 0.03,
        "readout_ns": 4000, "T1_us": 80, "T2_us": 80,
    }  # fmt: skip
    device = {
        "device": "three", "date": "2026-01-01", "source": "made up",
        "qubits": [{"qubit": k, **qubit} for k in range(3)],
        "pairs": [{"qubits": [k + 1, k], "error": 0.01, "ns": 400} for k in range(2)],
    }  # fmt: skip
    file = tmp_path / "three.json"
    file.write_text(json.dumps(device))
    asked = {"ansatz": "line", "W": 2, "L": 1, "calibration": str(file)}
    report = quledger.cost("contrastive", **asked)
    assert report["routed"] == {"cnots_before": 1, "cnots_after": 1}
    busy = 3 * 50 + 400 + 4000  # RX, RY, CNOT, RY
    assert report["device_shot"]["shot_seconds"] == pytest.approx(busy * 1e-9)
    assert "shrinkage" not in report.plain()
    assert "jobs" not in report["device_times"][0]
    assert any("states no delay" in line for line in report["device"])
    half = quledger.cost("contrastive", **{**asked, "L": 2}, between="half-measured")
    longer = quledger.cost("contrastive", **{**asked, "L": 2})
    more = half["device_shot"]["shot_seconds"] - longer["device_shot"]["shot_seconds"]
    assert more == pytest.approx(4000e-9)  # one readout of a qubit between the layers


def test_the_measured_form_has_no_time_on_a_device():
    report = quledger.cost("contrastive", W=8, L=2, form="measured", calibration="ibmq_paris")
    assert report["routed"] == {"cnots_before": 18, "cnots_after": 36}
    assert "device_times" not in report.plain()
    assert "gates that wait for outcomes" in report["no_time"][0]


@pytest.mark.parametrize(
    ("content", "words", "says"),
    [
        (None, ("--W", "8", "--L", "2"), "cannot be read: No such file or directory; name a file"),
        ("{", ("--W", "8", "--L", "2"), "a calibration is JSON, and this is not"),
        ("[]", ("--W", "8", "--L", "2"), "a calibration has device, date, source, qubits, pairs"),
        ("{}", (), "a calibration lacks 'device'"),
    ],
)
def test_calibrations_that_are_none(content, words, says, tmp_path):
    file = tmp_path / "device.json"
    if content is not None:
        file.write_text(content)
    run = typed("cost", "contrastive", *words, "--calibration", str(file))
    assert run.exit_code == 2
    assert says in " ".join(run.output.replace("\n", " ").split())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--loader", "select-swap"), "has no --loader"),
        (("--regime", "L->oo"), "has no --regime"),
        (("--W", "1"), "W must be a whole number >= 2"),
        (("--W", "3", "--ansatz", "13"), "does not exist at W=3"),
        (("--L", "0"), "L must be a whole number >= 1"),
        (("--S", "0"), "S must be a whole number >= 1"),
        (("--S", "-5"), "S must be a whole number >= 1"),
        (("--B", "1"), "B must be a whole number >= 2"),
        (("--B", "30000"), "a batch has at most as many images as there are, got B=30000"),
        (("--ansatz", "bell"), "ansatz must be one of ring, 14_half"),
        (("--ansatz", "14", "--form", "measured"), "only the ring has a measured form"),
        (("--circuit-error", "0"), "circuit_error must be a number > 0"),
        (("--epsilon", "0"), "epsilon must be a number > 0"),
        (("--epsilon", "nan"), "epsilon must be a number > 0"),
        (("--delta", "1"), "delta must be a number > 0 and < 1"),
        (("--calibration", "ibmq_paris"), "in letters cannot be routed onto a device; name --W"),
        (("--calibration", "ibmq_rome", "--W", "8", "--L", "2"), "name a file, or ibmq_paris"),
        (
            ("--calibration", "ibmq_paris", "--W", "28", "--L", "1"),
            "ibmq_paris has 27 qubits, and the circuit needs 28",
        ),
        (
            ("--calibration", "ibmq_paris", "--W", "27", "--L", "100000"),
            "at most 20000 CNOTs is routed onto a device, got 5400000",
        ),
    ],
)
def test_refused_in_one_sentence(words, says):
    run = typed("cost", "contrastive", *words)
    assert run.exit_code == 2
    assert says in " ".join(run.output.split())


def test_json_and_growth():
    """One object; the growth of gates, depths, circuits, shots, T, and of the simulation."""
    run = typed("cost", "contrastive", "--W", "8", "--L", "2", "--json")
    assert json.loads(run.stdout)["gates"]["cnot"] == 32
    found = json.loads(typed("growth", "contrastive", "--json").stdout)
    leading = {
        "CNOT": "2*L*W",
        "CNOT depth": "2*L*W",
        "circuits of a step, light-cone": "3072*L*W",
        "shots for 0.1 at every output": "200*log(W)",
        "T of a circuit, ancilla-free": "9*L*W*log2(W) + 9*L*log2(L)*W",
        "without qubits, exact values and gradients, our engine": "16896*2**W*L*W",
    }
    assert {name: found[name]["leading"] for name in leading} == leading
    assert {found[name]["relation"] for name in leading} == {"~"}


@pytest.mark.parametrize(
    ("words", "boxes"),
    [
        (("--W", "4", "--L", "2"), ("InputLayer", "RY layer", "ring of CRX", "MeasureZ")),
        ((), ("InputLayer", "RY layer", "\u22ef", "MeasureZ")),
        (("--form", "measured"), ("RY layer", "MeasuredRing(W=W)")),
        (("--ansatz", "line", "--W", "3", "--L", "1"), ("reverse-ladder of CX",)),
        (
            ("--between", "half-measured", "--W", "4", "--L", "2"),
            ("ring of CRX", "MeasureZ", "ring of CRX", "MeasureZ"),
        ),
        (("--between", "half-measured"), ("ring of CRX", "MeasureZ", "\u22ef", "MeasureZ")),
    ],
)
def test_it_is_drawn(words, boxes, tmp_path):
    """As a circuit, its parts in order, with numbers and in letters."""
    file = tmp_path / "circuit.txt"
    run = typed("draw", "contrastive", *words, "--kind", "circuit", "-o", str(file))
    assert run.exit_code == 0
    drawn, at = file.read_text().split("features", 1)[1], 0
    for each in boxes:
        at = drawn.find(each, at) + len(each)
        assert at >= len(each), each


def test_it_takes_no_time():
    """Symbols in half a second, twenty qubits and fifty layers in one, after import."""
    quledger.cost("contrastive")
    for arguments, most in (({}, 0.5), ({"W": 20, "L": 50}, 1.0)):
        start = time.process_time()
        quledger.cost("contrastive", ansatz="14", **arguments).plain()
        assert time.process_time() - start < most
