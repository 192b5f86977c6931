"""Ways of one task: what each sends, its rounds, local gates and leakage, by hand."""

from math import ceil, comb, log, log2

import pytest

from bloqs.communication.answers.compare_ways import GRADIENT, MEASURES, Sizes, ways_of

SIZES = Sizes(n=10, layers=2, parameters=5, groups=2, epsilon=0.1, delta=0.05)
TREE = 1023 + 1022
"""Rotations and CNOTs that encode 1024 numbers."""

COPIES = ceil(2 * log(2 * 5 / 0.05) / 0.1**2)
RUNS = ceil(log(2 * 5 / 0.05) / 0.1**2)


def costs_of(way, group, sizes=SIZES, swept="N"):
    (found,) = [x for x in ways_of(swept, lambda _: sizes) if (x.name, x.group) == (way, group)]
    return found.at(0)


@pytest.mark.parametrize(
    ("convention", "shots"), [("guaranteed", ceil(2 * log(40) / 0.01)), ("equal confidence", 400)]
)
def test_sampling(convention, shots):
    """Every shot encodes the data and runs 2 L blocks; three messages, of which one goes back."""
    found = costs_of("sampled", f"loss, {convention}")
    assert found["sent"] == shots * 3 * 10
    assert found["rounds"] == 3
    assert found["gates"] == shots * (TREE + 4 * 5)
    assert found["leaks"] == shots * (2 + 1) * 10


def test_amplitude_estimation():
    """Seven clocks of 127 iterates, each with the data twice; half of the qubits go each way."""
    found = costs_of("amplitude-estimated", "loss, guaranteed")
    assert (found["sent"], found["rounds"]) == (58_674, 127 * 6)
    assert found["gates"] == 7 * (2 * 127 + 1) * (TREE + 4 * 5)
    assert found["leaks"] == found["sent"]


@pytest.mark.parametrize(
    ("way", "shots"),
    [("grouped", 2 * COPIES), ("hadamard", 5 * COPIES), ("shift", 2 * 5 * RUNS)],
)
def test_gradients_of_the_last_block(way, shots):
    """One layer: a message a copy. Copies tell no more than their symmetric subspace."""
    found = costs_of(way, GRADIENT)
    assert (found["sent"], found["rounds"]) == (10 * shots, 1)
    assert found["gates"] == shots * (TREE + 2 * 5)
    copies = log2(comb(1024 + shots - 1, shots))
    assert found["leaks"] == pytest.approx(min(2 * 10 * shots, copies), rel=1e-9)


@pytest.mark.parametrize("convention", ["guaranteed", "equal confidence"])
@pytest.mark.parametrize("layers", [1, 2])
def test_classical_ways(layers, convention):
    """Bob learns what is sent, and no more than the data."""
    sizes = SIZES.moved(layers=layers)
    for way in ("shipping", "sketch"):
        found = costs_of(way, f"loss, {convention}", sizes)
        assert found["rounds"] == 2 * layers - 1
        assert found["leaks"] == min(found["sent"], 64 * 1024)


def test_what_a_swept_size_matters_to():
    """No loss depends on P, and the gradient is of one layer."""
    groups = {
        swept: {x.group for x in ways_of(swept, lambda _: SIZES)}
        for swept in ("N", "L", "P", "1/epsilon")
    }
    losses = {"loss, guaranteed", "loss, equal confidence"}
    assert groups == {
        "N": losses | {GRADIENT}, "L": losses, "P": {GRADIENT}, "1/epsilon": losses | {GRADIENT},
    }  # fmt: skip


def test_who_is_classical_and_what_is_compared():
    ways = ways_of("N", lambda _: SIZES)
    assert {x.name for x in ways if x.is_classical} == {"shipping", "sketch", "shipping or sketch"}
    assert {x.name for x in ways if not x.is_classical} == {
        "sampled", "amplitude-estimated", "grouped", "shift", "hadamard",
    }  # fmt: skip
    assert [x.group for x in ways if x.name == "amplitude-estimated"] == ["loss, guaranteed"]
    assert [x.key for x in MEASURES if x.is_compared] == ["sent"]
    assert all({*x.compared} == {"sent"} for x in ways if x.is_classical)


@pytest.mark.parametrize("parameters", [1, 1000])
def test_the_classical_rival_of_a_gradient(parameters):
    """One message that serves all; Bob learns no more than the data."""
    sizes = SIZES.moved(parameters=parameters, epsilon=0.001, n=3)
    found = costs_of("shipping or sketch", GRADIENT, sizes)
    assert found["rounds"] == 1
    assert found["sent"] == 8 * ceil(log2(8**0.5 / (1.001**0.5 - 1)))
    assert found["leaks"] == min(found["sent"], 64 * 8)
