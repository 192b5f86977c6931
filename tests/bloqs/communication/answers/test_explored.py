"""Columns that move say at numbers what the answers and the comparison say there."""

import pytest
import sympy

import quledger
from bloqs.communication import symbols as own
from bloqs.communication.answers import explored
from bloqs.communication.answers.compare_exact import exact_table
from bloqs.communication.answers.compare_ways import Sizes, ways_of
from estimator.ask.question import COST, asked_of
from estimator.ask.registry import candidates

NUMBERS = {"n": 10, "L": 2, "P": 1000, "g": 1, "epsilon": 0.1, "delta": 0.05}
LETTERS = {"n": own.n, "L": own.L, "P": own.P, "g": own.g, "epsilon": own.epsilon,
           "delta": own.delta, "kappa": own.kappa, "R": own.radius, "alpha": own.share,
           "vartheta": own.slack}  # fmt: skip


def columns(name, at, **given):
    """The columns in letters, at numbers; those of which letters are left are left out."""
    (found,) = [x for x in candidates(COST, f"communication-{name}")
                if x.question.name == f"communication-{name}"]  # fmt: skip
    asked = asked_of(found.question, given, None, found.system.home)
    put = {LETTERS[name]: sympy.nsimplify(value) for name, value in at.items()}
    at_numbers = {
        each.key: sympy.sympify(each.value).subs(put) for each in getattr(explored, name)(asked)
    }
    return {key: float(x) for key, x in at_numbers.items() if not x.free_symbols}


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("n", [2, 10, 40])
def test_the_loss_is_that_of_the_comparison(layers, n):
    sizes = Sizes(n=n, layers=layers, parameters=1000, groups=1, epsilon=0.1, delta=0.05)
    ways = {(x.group, x.name): x.at(1)["sent"] for x in ways_of("N", lambda size: sizes)}
    found = columns("inference", {"n": n, "L": layers, "epsilon": 0.1, "delta": 0.05})
    pairs = {
        ("loss, guaranteed", "sampled"): "sampled.qubits",
        ("loss, guaranteed", "amplitude-estimated"): "amplitude-estimated.qubits",
        ("loss, guaranteed", "shipping"): "guaranteed.shipping",
        ("loss, guaranteed", "sketch"): "guaranteed.sketch",
        ("loss, equal confidence", "sampled"): "equal-confidence.sampled",
        ("loss, equal confidence", "shipping"): "equal-confidence.shipping",
        ("loss, equal confidence", "sketch"): "equal-confidence.sketch",
    }
    for way, key in pairs.items():
        assert found[f"rival.{key}"] == pytest.approx(ways[way], rel=1e-12), way
    block = columns("gradient", NUMBERS | {"n": n, "L": layers})
    task = "gradient of the last block, one layer, guaranteed"
    for name in ("grouped", "shift", "hadamard"):
        assert block[f"rival.last-block.{name}"] == ways[task, name]
    cheaper = ways[task, "shipping or sketch"]
    assert block["rival.last-block.classical"] == pytest.approx(cheaper, rel=1e-12)


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("inference", {"n": 10, "L": 2, "epsilon": 0.1, "delta": 0.05}),
        ("gradient", NUMBERS),
        ("training", {"n": 10, "L": 2, "P": 50, "g": 1, "kappa": 0.1, "delta": 0.05, "R": 1}),
        ("protocol", {"n": 10, "L": 2, "P": 5, "alpha": 0.25, "delta": 0.05}),
        ("protocol", {"n": 3, "L": 1, "P": 1, "alpha": 0.5, "delta": 0.01}),
    ],
)
def test_every_protocol_is_that_of_the_answer(name, sizes):
    """The table of the answer at numbers, from formulas."""
    given = {"constant": 2} if name == "gradient" else {}
    found = columns(name, sizes, **given)
    rows = quledger.cost(f"communication-{name}", **sizes, **given)["variants"]
    for row in rows:
        for key in ("shots", "qubits", "messages", "bits", "rounds", "encoding_gates"):
            if row[key] is not None:
                assert found[f"rival.{row['variant']}.{key}"] == pytest.approx(row[key], rel=1e-12)


def test_exact_protocols_are_those_of_the_comparison():
    at = {"n": 7, "L": 3, "P": 5, "alpha": 0.5, "delta": 0.05, "vartheta": 0.1}
    found = columns("protocol", at)
    for row in exact_table({"n": 7, "L": 3}).rows:
        name = row["variant"]
        assert found[f"rival.{name}.qubits"] == row["qubits"]
        if name != "data-parallel":
            assert found[f"rival.{name}.shipping"] == row["shipping"]
            assert found[f"rival.{name}.leaks"] == pytest.approx(row["leaks"])
    assert found["rival.raz.right"] == pytest.approx(0.99)
    assert found["rival.hidden-matching.right"] == 1
