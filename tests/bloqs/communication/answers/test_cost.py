"""What inference, gradients and training take: numbers of the papers, letters, refusals."""

import time
from math import ceil, log

import pytest
import sympy

import quledger
from bloqs.communication.symbols import L, P, delta, epsilon, g, kappa, n, radius

SIZES = {"n": 10, "L": 2, "epsilon": 0.1, "delta": 0.05}
"""At which the numbers below were derived by hand."""


def row(report, variant):
    (found,) = [x for x in report["variants"] if x["variant"] == variant]
    return found


def formula(report, variant, key):
    table = next(part for part in report.parts if part.key == "variants")
    return next(x for x in table.rows if x["variant"] == variant)[key]


def test_inference_at_numbers():
    report = quledger.cost("communication-inference", **SIZES)
    sampled, estimated = row(report, "sampled"), row(report, "amplitude-estimated")
    assert (sampled["shots"], sampled["qubits"], sampled["bits"]) == (738, 22_140, 10)
    assert (sampled["messages"], sampled["rounds"]) == (2_214, 2_214)
    assert sampled["encoding_gates"] == 738 * (2 * 1024 - 3)
    assert (estimated["qubits"], estimated["rounds"], estimated["shots"]) == (58_674, 762, 7)
    assert report["sent"]["qubits"] == 22_140
    assert {x["counted"] for x in report["variants"]} == {
        "circuit of a shot, M times",
        "closed form",
    }
    assert any(
        "side by side, with or without --parallel" in line for line in report["protocol_notes"]
    )
    together = quledger.cost("communication-inference", parallel=True, **SIZES)
    assert row(together, "sampled")["rounds"] == 3


def test_gradient_at_numbers():
    report = quledger.cost("communication-gradient", P=1000, g=1, **SIZES)
    shift = row(report, "shift")
    assert (shift["shots"], shift["qubits"]) == (2 * 4000 * 1199, 287_760_000)
    assert shift["bits"] == 24_000
    assert row(report, "grouped")["qubits"] == 6 * 31 * 2_397
    assert row(report, "hadamard")["qubits"] == 1000 * 6 * 31 * 2_397
    alone = quledger.cost("communication-gradient", P=3, g=3, **SIZES)
    assert row(alone, "grouped")["qubits"] == row(alone, "hadamard")["qubits"]
    controlled = quledger.cost(
        "communication-gradient", P=1000, g=1, form="controlled", variant="grouped", **SIZES
    )
    assert row(controlled, "grouped")["qubits"] == 6 * 32 * 2_397


def test_training_at_numbers():
    sizes = {"n": 10, "L": 2, "P": 50, "g": 1, "delta": 0.05, "R": 1}
    report = quledger.cost("communication-training", kappa=0.1, **sizes)
    assert report["updates"]["greedy"] == report["updates"]["fine-tuning"] == 2_133
    step = 0.1 / 4  # error of a gradient: 8 R**2 (1 + error)**2 ln(2 D)/kappa**2 updates
    assert report["updates"]["mirror"] == ceil(8 * (1 + step) ** 2 * log(400) / 0.01)
    by_error = quledger.cost("communication-training", epsilon=0.025, **sizes)
    assert row(by_error, "greedy") == row(report, "greedy")
    assert row(report, "fine-tuning")["qubits"] == 3 * 10 * row(report, "fine-tuning")["shots"]


@pytest.mark.parametrize(
    ("name", "variant", "key", "wanted"),
    [
        ("inference", "sampled", "qubits",
         (2 * L - 1) * n * sympy.ceiling(2 * sympy.log(2 / delta) / epsilon**2)),
        ("gradient", "grouped", "qubits",
         L * (2 * L - 1) * (3 * n + 1) * g
         * sympy.ceiling(2 * sympy.log(4 * L * P / delta) / epsilon**2)),
        ("gradient", "shift", "messages",
         4 * L * P * (2 * L - 1) * sympy.ceiling(sympy.log(4 * L * P / delta) / epsilon**2)),
    ],
)  # fmt: skip
def test_letters_where_nothing_is_named(name, variant, key, wanted):
    report = quledger.cost(f"communication-{name}")
    assert sympy.expand(formula(report, variant, key) - wanted) == 0
    assert "error of the loss" in report.glossary["epsilon"]


@pytest.mark.parametrize("failure", [1e-12, 0.01, 0.05, 0.5, 0.9])
def test_formulas_of_estimates_are_those_of_numbers(failure):
    letters = quledger.cost("communication-inference")
    assert "least odd number of estimates" in letters.glossary["MedianRuns(delta)"]
    numbers = quledger.cost("communication-inference", delta=failure)
    found = formula(letters, "amplitude-estimated", "shots").subs(delta, failure)
    assert found == row(numbers, "amplitude-estimated")["shots"]


def test_what_is_shown_of_each_protocol_is_its_own():
    """Short forms of formulas do not mix up protocols that have facts of one name."""
    text = quledger.cost("communication-inference").text(full=True)
    first, second = text.split("amplitude-estimated", 1)
    assert "2*log(2/delta)/epsilon" in "".join(first.split())
    assert "MedianRuns(delta)" not in "".join(first.split())
    assert "MedianRuns(delta)" in "".join(second.split())


def test_symbolic_cost_is_quick():
    quledger.cost("communication-gradient")
    started = time.process_time()
    quledger.cost("communication-gradient", L=3)
    assert time.process_time() - started < 1


def test_tomography_has_a_symbol_or_a_named_constant():
    given = {"P": 1000, "variant": "tomography", **SIZES}
    with pytest.raises(ValueError, match=r"no source states; name one \(--constant"):
        quledger.cost("communication-gradient", **given)
    one = quledger.cost("communication-gradient", constant=1, **given)
    two = quledger.cost("communication-gradient", constant=2, **given)
    assert one["sent"]["shots"] > 1e11
    assert two["sent"]["shots"] == pytest.approx(2 * one["sent"]["shots"], rel=1e-9)
    letters = quledger.cost("communication-gradient", P=1000, **SIZES)
    assert "c_TS" in letters.glossary
    said = " ".join(letters["protocol_notes"])
    assert "from 9e+07 to 2e+08 parameters" in said
    assert "stores n + 1 qubits for each" in said
    assert "unit constants" not in " ".join(
        quledger.cost("communication-gradient")["protocol_notes"]
    )


@pytest.mark.parametrize(
    ("readout", "form", "error", "riders"),
    [("Z", "uncontrolled", 0.1, 1), ("Z", "controlled", 0.1, 2), ("projector", None, 0.2, 1)],
)
def test_tomography_at_numbers(readout, form, error, riders):
    """A search for each update and one more, each block failing with a fourth of delta."""
    given = {"variant": "tomography", "constant": 1, "P": 1000, "readout": readout, **SIZES}
    report = quledger.cost("communication-gradient", **given, **({"form": form} if form else {}))
    searches = int(16 * log(2 * 1024) / error**2) + 1
    failure = log(searches / (0.05 / 4))
    copies = ceil(searches * (log(2 * 1000) ** 2 + failure) * failure / (error / 8) ** 2)
    assert report["sent"] == {
        "shots": 4 * copies, "qubits": 6 * (30 + riders) * copies, "messages": 18 * copies,
        "bits": 0, "rounds": 6, "encoding_gates": 4 * copies * 2045,
    }  # fmt: skip
    assert row(report, "tomography")["counted"] == "published form"


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("inference", {"epsilon": 1.5}, "epsilon must be a number >= 1e-12 and <= 1, got '1.5'"),
        ("inference", {"delta": 1}, "delta must be a number >= 1e-12 and < 1, got '1'"),
        ("inference", {"L": -1}, "L must be a whole number >= 1"),
        ("inference", {"n": 4, "N": 64}, "N=64 takes n=6 qubits, got n=4"),
        ("inference", {"variant": "shadow"}, "must be one of sampled, amplitude-estimated"),
        ("gradient", {"P": 3, "g": 4}, "got g=4 and P=3"),
        ("training", {"kappa": 0.1, "epsilon": 0.1}, "epsilon = kappa/4"),
        ("training", {"epsilon": 0.3}, "at most 0.25, got 0.3"),
        ("training", {"epsilon": 0.1, "variant": "mirror"}, "give --kappa instead"),
        ("inference", {"variant": "amplitude-estimated", "parallel": True}, "leave --parallel out"),
        ("gradient", {"variant": "shift", "g": 2}, "g matters to grouped alone, got it with shift"),
        ("gradient", {"variant": "shift", "form": "controlled"}, "leave --form out"),
        ("gradient", {"variant": "grouped", "constant": 2}, "constant matters to tomography"),
        ("gradient", {"variant": "tomography", "parallel": True}, "leave --parallel out"),
        ("training", {"variant": "greedy", "R": 2}, "R matters to mirror alone, got it with greed"),
        ("training", {"gradient": "shift", "g": 2}, "leave --g out"),
        ("training", {"gradient": "shift", "form": "controlled"}, "leave --form out"),
        ("training", {"variant": "fine-tuning", "form": "controlled"}, "leave --form out"),
    ],
)
def test_refused(name, given, said):
    with pytest.raises(ValueError, match=r".") as refused:
        quledger.cost(f"communication-{name}", **given)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "given", "key", "value"),
    [
        ("inference", {"epsilon": 1, "variant": "sampled"}, "shots", 8),  # 2 ln(40) = 7.4
        ("inference", {"n": 1, "L": 1, "epsilon": 1, "variant": "sampled"}, "qubits", 8),
        ("gradient", {"P": 1, "g": 1, "variant": "grouped", "epsilon": 1, "L": 1}, "shots", 18),
        ("training", {"epsilon": 0.25, "variant": "greedy", "P": 1, "g": 1, "L": 1},
         "shots", 22 * 2 * 240),
        ("training", {"kappa": 0.4, "epsilon": 0.1, "variant": "greedy", "P": 1, "g": 1, "L": 1},
         "shots", 134 * 2 * 1856),
        ("protocol", {"variant": "hidden-matching", "alpha": 0.5, "n": 1}, "shots", 1),
        ("protocol", {"variant": "inner-product", "n": 2, "L": 1}, "qubits", 2),
    ],
)  # fmt: skip
def test_the_ends_of_what_is_allowed(name, given, key, value):
    """Smallest sizes, largest errors, and kappa = 4 epsilon said twice; delta = .05."""
    one = {} if given.get("variant") == "inner-product" else {"delta": 0.05}
    assert quledger.cost(f"communication-{name}", **given, **one)["sent"][key] == value


@pytest.mark.parametrize(("layers", "bits"), [(1, 7380), (2, 22140), (3, 36900)])
def test_what_bob_learns_is_bounded_both_ways(layers, bits):
    """The less of twice what he hears and all that is sent: 738 shots of 10 qubits a message."""
    report = quledger.cost("communication-inference", n=10, L=layers, epsilon=0.1, delta=0.05)
    assert report["leakage"] == bits


def test_seconds_of_entangled_pairs():
    """A pair for each qubit sent, of every protocol, in numbers and in letters."""
    asked = {"n": 10, "L": 2, "epsilon": 0.1, "delta": 0.05, "ebit_rate": 1e6}
    report = quledger.cost("communication-inference", **asked)
    assert len(report["ebit_seconds"]) == len(report["variants"]) >= 2
    for row in report["variants"]:
        assert report["ebit_seconds"][row["variant"]] == pytest.approx(row["qubits"] / 1e6)
    assert report["units"]["ebit_seconds"]["sampled"] == "seconds"
    letters = quledger.cost("communication-inference", variant="sampled", ebit_rate=1e6)
    found = sympy.sympify(letters["ebit_seconds"]["sampled"])
    assert sympy.simplify(found * 10**6 - sympy.sympify(letters["variants"][0]["qubits"])) == 0
    del asked["ebit_rate"]
    assert "ebit_seconds" not in quledger.cost("communication-inference", **asked).plain()


def test_letters_of_mirror_descent_and_tomography_are_those_of_numbers():
    """A gradient errs by 1 at most: 13 copies for each of 4 groups, and 1 update; so does Z."""
    letters = quledger.cost("communication-training", variant="mirror")
    at = {n: 5, L: 2, P: 3, g: 1, delta: 0.05, radius: 0.01, kappa: 0.5}
    numbers = quledger.cost(
        "communication-training", variant="mirror", n=5, L=2, P=3, g=1, delta=0.05, R=0.01,
        kappa=0.5,
    )  # fmt: skip
    assert formula(letters, "mirror", "shots").subs(at) == numbers["sent"]["shots"] == 52
    wide = {"n": 3, "L": 1, "P": 5, "delta": 0.1, "constant": 1, "variant": "tomography"}
    projector = quledger.cost("communication-gradient", epsilon=0.9, readout="projector", **wide)
    plain = quledger.cost("communication-gradient", epsilon=1, **wide)
    assert projector["sent"] == plain["sent"]
