"""Sweeps agree with single costs; rivals with their bounds and runs; rankings with the totals."""

import numpy as np
import pytest

import quledger
from bloqs.linear_systems.answers import compare
from bloqs.linear_systems.model.condition import sine_of
from bloqs.linear_systems.rivals.conjugate_gradients import VECTOR_FLOP, steps_bound
from bloqs.linear_systems.rivals.elimination import dense_flop


@pytest.fixture(autouse=True, scope="module")
def fewer_sizes():
    """A sweep of numbers at 8 sizes, of which 6 are shown."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compare, "SIZES", 8)
        yield


@pytest.fixture(scope="module")
def numbers(fewer_sizes):
    return quledger.compare("qlss", N=64, sparsity=5, ancillas=2, least_epsilon=1e-4,
                            largest_kappa=1000)  # fmt: skip


@pytest.fixture(scope="module")
def system():
    A = np.eye(6) * 3 - np.eye(6, k=1) - np.eye(6, k=-1)
    return A, quledger.compare("qlss", matrix=A, rhs=np.arange(1, 7), epsilon=0.02,
                               least_epsilon=1e-3)  # fmt: skip


def costs_of(report, sweep, size):
    axis = {"kappa": "kappa", "epsilon": "1/epsilon"}[sweep]
    rows = report[f"{sweep}_costs"]
    return {row["way"]: row for row in rows if row[axis] == size}


def test_totals_are_those_of_cost(numbers):
    """At the last size of either sweep: worst right-hand side, T of a rotation as in `cost`."""
    last = {
        "kappa": ({"kappa": 1000, "epsilon": 0.01}, 1000.0),
        "epsilon": ({"kappa": 20, "epsilon": 1e-4}, 1e4),
    }
    for sweep, (at, size) in last.items():
        single = quledger.cost("qlss", N=64, ancillas=2, norm=1, **at)
        found = costs_of(numbers, sweep, size)
        for row in single["solvers"]:
            if row["t"] is not None:
                ours = found[row["solver"]]
                assert ours["calls"] == pytest.approx(row["matrix_calls"])
                assert ours["vector_calls"] == pytest.approx(row["vector_calls"])
                assert ours["t"] == pytest.approx(float(row["t"]))
                assert ours["qubits"] == row["qubits"]
                copies = 64 / at["epsilon"] ** 2
                assert ours["full"] == pytest.approx(ours["t"] * copies)


@pytest.mark.parametrize("is_definite", [True, False])
def test_conjugate_gradients_by_their_bound(numbers, is_definite):
    found = costs_of(numbers, "kappa", 1000.0)[f"CG, {'definite' if is_definite else 'any'} A"]
    steps = steps_bound(1000.0, sine_of(0.01), is_definite)
    products = 1 if is_definite else 2
    assert found["calls"] == steps * products
    assert found["t"] == found["full"] == steps * 64 * (2 * 5 * products + VECTOR_FLOP)


def test_rankings_are_those_of_the_totals(numbers):
    """The cheapest at every size that is shown, among the proven and among all; no gap."""
    basis = {row["way"]: row["assumption"].split(";")[0] for row in numbers["kappa_ways"]}
    ranks = [row for row in numbers["kappa_ranking"] if row["by"] == "calls of A"]
    sizes = sorted({row["kappa"] for row in numbers["kappa_costs"]})
    for among in ("proven", "all"):
        reigns = [row for row in ranks if row["among"] == among]
        assert reigns[0]["from"] == sizes[0]
        assert reigns[-1]["to"] == sizes[-1]
        for size in sizes:
            rows = costs_of(numbers, "kappa", size)
            least = min(
                row["calls"] for name, row in rows.items()
                if not row["classical"] and (among == "all" or basis[name] == "proven")
            )  # fmt: skip
            (now,) = (x for x in reigns if x["from"] <= size <= x["to"])
            assert rows[now["cheapest"]]["calls"] == least


def test_prices_of_calls_move_the_crossover():
    """Dear oracles: T is above the FLOP of a small system, and below those of a large one."""
    given = {"largest_kappa": 30, "least_epsilon": 0.05, "matrix_t": 1000, "vector_t": 10}
    texts = {}
    for size in (16, 2**30):
        report = quledger.compare("qlss", N=size, **given)
        texts[size] = {
            row["text"] for row in report["kappa_crossovers"]
            if row["way"] == "shortcut" and row["measure"] == "t"
        }  # fmt: skip
    assert texts == {16: {"never up to 30"}, 2**30: {"already at 2"}}


def test_a_system_of_a_user(system):
    """Over epsilon, on its own circuits; conjugate gradients as they ran on the six unknowns."""
    A, report = system
    at = quledger.cost("qlss", matrix=A, rhs=np.arange(1, 7), epsilon=1e-3)
    found = costs_of(report, "epsilon", 1000.0)
    for row in at["solvers"]:
        if row["t"] is not None:
            assert found[row["solver"]]["t"] == pytest.approx(float(row["t"]))
    facts = report["read_out"]
    assert facts["copies"] == 6 / 0.02**2
    assert facts["error"] <= 0.02
    assert facts["flop"] == facts["steps"] * (2 * 16 + VECTOR_FLOP * 6)
    assert found["CG"]["t"] == at["conjugate_gradients"]["flop"]
    assert found["elimination"]["t"] == at["elimination"] == facts["elimination"]
    assert found["elimination"]["calls"] == 0


def test_elimination_where_kappa_is_large(numbers):
    """It does not grow with kappa: any matrix of 64 unknowns is solved for less than by CG."""
    found = costs_of(numbers, "kappa", 1000.0)
    assert found["elimination"]["t"] == found["elimination"]["full"] == dense_flop(64)
    assert found["elimination"]["t"] < found["CG, any A"]["t"] / 20


def test_pictures(numbers, system, tmp_path):
    """A panel for calls and one for T, of each sweep; every curve is named."""
    assert [len(each.charts) for each in (numbers, system[1])] == [4, 2]
    system[1].picture(str(tmp_path / "a.svg"))
    assert (tmp_path / "a.svg").read_text().count("shortcut") >= 2


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"rhs": np.ones(2)}, "give --matrix"),
        ({"matrix": np.eye(2), "kappa": 3.0}, "leave kappa out"),
        ({"matrix": np.eye(2), "sparsity": 3, "N": 4}, "leave N, sparsity out"),
        ({"largest_kappa": 1.0}, "> 2"),
        ({"least_epsilon": 0.5}, "< 0.1"),
        ({"kappa": 0.5}, "kappa must be a number >= 1"),
        ({"epsilon": 0.0}, "epsilon must be a number >= 1e-12 and < 1"),
        ({"matrix": np.zeros((2, 2))}, "singular"),
    ],
)
def test_refusals(given, message):
    with pytest.raises(ValueError, match=message):
        quledger.compare("qlss", **given)
