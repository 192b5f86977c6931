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


def test_seconds_of_a_step_on_the_surface_code():
    """Those of a shot, times shots and circuits."""
    report = quledger.cost("contrastive", W=8, L=2, **PRICES)
    shot, step = report["physical"]["seconds"], report["physical_step"]["seconds"]
    assert step == pytest.approx(4_147_200 * shot)
    assert report["physical"]["qubits"] > 1000


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
    ],
)
def test_refused_in_one_sentence(words, says):
    run = typed("cost", "contrastive", *words)
    assert run.exit_code == 2
    assert says in " ".join(run.output.split())


def test_json_and_growth():
    """One object; the growth of its costs, CNOTs among them."""
    run = typed("cost", "contrastive", "--W", "8", "--L", "2", "--json")
    assert json.loads(run.stdout)["gates"]["cnot"] == 32
    assert "CNOT ~ 2*L*W" in typed("growth", "contrastive").stdout


@pytest.mark.parametrize(
    ("words", "boxes"),
    [
        (("--W", "4", "--L", "2"), ("AngleEncoding", "RY layer", "ring of CRX", "MeasureZ")),
        ((), ("AngleEncoding", "RY layer", "\u22ef", "MeasureZ")),
        (("--form", "measured"), ("RY layer", "MeasuredRing(W=W)")),
        (("--ansatz", "line", "--W", "3", "--L", "1"), ("reverse-ladder of CX",)),
    ],
)
def test_it_is_drawn(words, boxes, tmp_path):
    """As a circuit, its parts in order, with numbers and in letters."""
    file = tmp_path / "circuit.txt"
    run = typed("draw", "contrastive", *words, "--kind", "circuit", "-o", str(file))
    assert run.exit_code == 0
    row = file.read_text().splitlines()[-1]
    places = [row.find(each) for each in boxes]
    assert -1 not in places
    assert places == sorted(places)


def test_it_takes_no_time():
    """Symbols in half a second, twenty qubits and fifty layers in one, after import."""
    quledger.cost("contrastive")
    for arguments, most in (({}, 0.5), ({"W": 20, "L": 50}, 1.0)):
        start = time.process_time()
        quledger.cost("contrastive", ansatz="14", **arguments).plain()
        assert time.process_time() - start < most
