"""The comparison of the digits network at a held-out digit, number by number by other routes."""

import io
import json
import math
from pathlib import Path

import numpy as np
import pytest
from attrs import evolve
from scipy.signal import correlate2d
from scipy.special import erf
from typer.testing import CliRunner

from bloqs.resnet.answers.compare_input import compare_input, input_report, sampled_at
from bloqs.resnet.answers.compare_sizes import sizes_report
from bloqs.resnet.model.recognition import residual_network_of
from bloqs.resnet.rivals.sampler_cost import expected_cost
from estimator import cli
from estimator.ask.question import COMPARE, asked_of
from estimator.ask.registry import candidates, meant
from estimator.network.image import held_out_digit
from estimator.network.onnx_reader import read_network
from estimator.report.terminal import console, show
from estimator.report.text import short

ROOT = Path(__file__).parents[4]
DIGITS = str(ROOT / "examples" / "digits_resnet.onnx")
DIGIT = 3
EPSILON = 0.005


def run(*words):
    return CliRunner().invoke(cli.app, [str(word) for word in words])


@pytest.fixture(scope="module")
def answer():
    """Regimes 1 and 3, active memory, few samples: a few seconds."""
    given = {
        "digit": DIGIT, "epsilon": EPSILON, "confidence": 0.95, "sampler_epsilon": 0.5,
        "samples": 60,
    }  # fmt: skip
    found = meant(DIGITS, candidates(COMPARE, DIGITS), list(given))
    asked = asked_of(found.question, given, Path(DIGITS), found.system.home)
    choices = {
        "regimes": ("1", "3"), "variants": ("tight", "fixed_point"),
        "memories": ("bucket-brigade",), "start": 2**7, "stop": 2**31,
    }  # fmt: skip
    return compare_input(asked, choices)


@pytest.fixture(scope="module")
def evaluated():
    """Every block by SciPy: (W x, x + f(W x), its length), and the output block's three."""
    network = read_network(DIGITS)
    (dense,) = network.dense
    x = np.repeat(held_out_digit(DIGIT)[0] / np.linalg.norm(held_out_digit(DIGIT)[0]), 2, axis=0)
    x, found = x / math.sqrt(2), []
    for layer in network.convolutions:
        y = np.stack(
            [
                sum(correlate2d(x[j], layer.kernel[i, j], mode="same") for j in range(2))
                for i in range(2)
            ]
        )
        total = x + erf(0.8 * y)
        found.append((y, total, float(np.linalg.norm(total))))
        x = total / np.linalg.norm(total)
    x = x.ravel()
    y = dense.matrix @ x**2
    total = 0.51 * x + 0.49 * y
    found.append((y, total, float(np.linalg.norm(total))))
    return found


def test_lengths(answer, evaluated):
    assert answer.facts.lengths == pytest.approx([each[2] for each in evaluated], abs=1e-6)
    measured = [each for each in answer.circuits if each.lengths == "measured"]
    shortest = min(evaluated[0][2], evaluated[1][2])
    assert [each.length for each in measured] == pytest.approx([shortest] * len(measured), abs=1e-6)
    proved = [each for each in answer.circuits if each.lengths == "proved"]
    worst = 1 - 1.6 / math.sqrt(math.pi)
    assert [each.length for each in proved] == pytest.approx([worst] * len(proved))


def test_nonlinearity(answer, evaluated):
    for found, (y, _, _) in zip(answer.facts.nonlinearities, evaluated[:2], strict=True):
        f = erf(0.8 * y)
        tangent = 1.6 / math.sqrt(math.pi) * y
        assert found == pytest.approx(np.linalg.norm(f - tangent) / np.linalg.norm(f), rel=1e-4)


def test_signal_of_the_matrix(answer, evaluated):
    y, total, _ = evaluated[2]
    skip = (total - 0.49 * y) / 0.51
    assert answer.facts.signal.signal == pytest.approx(np.linalg.norm(y), abs=1e-6)
    assert answer.facts.signal.bound == pytest.approx(np.sqrt((skip**4).sum()), abs=1e-6)


def test_margin_and_runs(answer, evaluated):
    """Hoeffding by hand, and the pairwise number is the smallest of the three."""
    _, total, length = evaluated[2]
    p = ((total / length) ** 2).reshape(16, -1).sum(axis=1)
    best, second = np.sort(p)[::-1][:2]
    assert answer.facts.best == np.argmax(p)
    assert answer.facts.margin == pytest.approx(best - second, abs=1e-6)
    (row,) = answer.facts.runs
    gap = best - second
    assert row.exact.hoeffding == pytest.approx(2 * math.log(15 / 0.05) / gap**2, rel=1e-3)
    off = gap - 2 * EPSILON / math.sqrt(2)
    assert row.off.hoeffding == pytest.approx(2 * math.log(15 / 0.05) / off**2, rel=1e-3)
    assert row.exact.pairwise < row.exact.chernoff < row.exact.hoeffding


def test_classical_flop_by_hand(answer):
    """N = 128: input 3 N + 1; two blocks of 36 N, 3 N and 3 N + 1; the output; the pool 2 N."""
    N = 128
    by_hand = (3 * N + 1) + 2 * (36 * N + 3 * N + 3 * N + 1)
    by_hand += N + 2 * N**2 + 3 * N + (3 * N + 1) + 2 * N
    assert answer.facts.flops == by_hand


def test_the_sampler_ran_and_agreed(answer):
    run = answer.facts.sampler
    assert run.agrees
    assert run.error_bound <= run.epsilon == 0.5
    assert run.count == 60


def test_active_memory(answer):
    """Routers over 2**13 cells: address bit t meets those above depth t, in and out, data all."""
    bits = max(each.point.bits for each in answer.circuits)
    (memory,) = [each for each in answer.facts.memory if each.regime == "1"]
    assert memory.cells == 127 + 128 * 127 + 128
    routers = [2**t for t in range(13)]
    address = 2 * sum(each - 1 for each in routers)
    assert memory.query == address + 2 * bits * sum(routers)
    assert memory.load == sum(2 * (2 * (2**a - 1 - a) + 2 * bits * (2**a - 1)) for a in range(1, 7))


def test_circuits_cost_what_the_command_says(answer):
    """The same network by `quledger cost`, with the measured lengths typed in."""
    (each,) = [
        x for x in answer.circuits if (x.regime, x.variant, x.lengths) == ("1", "tight", "measured")
    ]
    *_, output_length = answer.facts.lengths
    words = ("--param", f"epsilon={EPSILON}", "--param", f"length={each.length!r}")
    words += ("--param", f"output_length={output_length!r}", "--loader", "bucket-brigade")
    result = run("cost", DIGITS, "--regime", "1", "--output", "linear-pool", *words, "--json")
    (cost,) = json.loads(result.stdout)
    assert each.point.gates == cost["gates"]["toffoli"] + cost["gates"]["cswap"]
    assert each.point.qubits == cost["qubits"]
    assert each.point.calls == cost["facts"]["calls of the input"]
    assert each.point.cells == cost["facts"]["QRAM cells"]
    assert cost["toffoli_depth"] == each.point.depth


def test_proved_lengths_cost_more(answer):
    by = {(x.regime, x.variant, x.lengths): x.point.gates for x in answer.circuits}
    for (regime, variant, lengths), gates in by.items():
        if lengths == "measured":
            assert by[regime, variant, "proved"] > gates


def test_larger_images_have_the_network_s_numbers(answer):
    values = answer.question.settings.values
    assert (values["k"], values["C"], values["D"], values["order"]) == (2, 2, 3, 1)
    survival = answer.facts.sampler.survival
    assert values["acceptance"] == pytest.approx(math.sqrt(survival[0] * survival[1]))
    grown = sizes_report(answer.question)
    assert {tuple(row["searched"]) for row in grown["crossovers"]} == {(2**7, 2**31)}
    data = json.loads(json.dumps(input_report(answer).plain()))
    assert {"honesty", "circuits", "left_out"} <= set(data)
    assert data["left_out"] is None


def test_the_sampler_is_priced_at_the_circuits_distance(answer):
    """With the acceptances of its run; asked what the run was asked, the price fits it."""
    facts, run = answer.facts, answer.facts.sampler
    network = residual_network_of(read_network(DIGITS))
    psi = network.vector_of(held_out_digit(DIGIT)[0])
    sampled = sampled_at(network, psi, answer.question.settings, run)
    assert facts.priced == expected_cost(sampled, 128)
    assert sampled.epsilon == pytest.approx(EPSILON / math.sqrt(2))
    again = expected_cost(evolve(sampled, epsilon=run.epsilon), 128, run.count)
    assert 0.5 < again.flops / run.flops < 2
    assert 0.5 < again.lookups / run.lookups < 2


def test_cost_with_an_image_shows_the_facts(answer):
    """`cost --digit` says the same as the comparison, without the sampler's run."""
    result = run("cost", DIGITS, "--param", "b=16", "--digit", DIGIT, "--json")
    found = json.loads(result.stdout)
    assert len(found) == 3
    honest = found[2]["honesty"]
    assert honest["flops"] == answer.facts.flops
    assert honest["nonlinearities"] == pytest.approx(list(answer.facts.nonlinearities))
    assert honest["margin"] == pytest.approx(answer.facts.margin)
    assert honest["sampler"] is None
    assert [row["confidence"] for row in honest["runs"]] == [0.9, 0.99, 0.999]
    text = run("cost", DIGITS, "--param", "b=16", "--digit", DIGIT).stdout
    assert f"{answer.facts.flops:,}" in text
    assert f"{answer.facts.nonlinearities[0]:.2e}" in text


def test_gates_are_held_against_what_the_circuit_computes(answer):
    """Without the output matrix its FLOP do not count either; N = 128 as above."""
    N = 128
    blocks = (3 * N + 1) + 2 * (36 * N + 3 * N + 3 * N + 1)
    whole = blocks + N + 2 * N**2 + 3 * N + (3 * N + 1) + 2 * N
    by_output = {"linear-pool": whole, "pool": blocks + 2 * N}
    assert {each.output for each in answer.circuits} == set(by_output)
    for each in answer.circuits:
        assert each.flops == by_output[each.output]
        assert each.plain()["gates_per_flop"] == each.point.gates / by_output[each.output]
    stream = io.StringIO()
    show(input_report(answer), console(stream, 200))
    lines = [line for line in stream.getvalue().splitlines() if "3 fixed_point circuit *" in line]
    shown = [
        each for each in answer.circuits if (each.regime, each.variant) == ("3", "fixed_point")
    ]
    for line, each in zip(lines, shown, strict=True):
        assert line.split()[-1] == short(each.point.gates / by_output["pool"])
