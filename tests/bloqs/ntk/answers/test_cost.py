"""What a prediction costs: the golden instance, digits, sizes nobody simulates, refusals."""

import json

import numpy as np
import pytest
import sympy
from typer.testing import CliRunner

import quledger
from bloqs.ntk.model.shots import hadamard_shots
from estimator import cli


def run(*words):
    return CliRunner().invoke(cli.app, ["cost", "ntk", *map(str, words)])


def refusal(*words):
    """The one line of a refused command, its only output."""
    found = run(*words)
    assert (found.exit_code, found.stdout) == (2, ""), found.exception
    (line,) = found.stderr.splitlines()
    return line


def solvers(report):
    return {row["solver"].removesuffix(" *"): row for row in report["predictions"]}


@pytest.mark.parametrize(
    ("depth", "kappa", "kappa_eff", "alpha", "overlap"),
    [(8, 5.789193, 5.8381, 1.71981, 0.65986), (24, 1.044866, 1.0457, 1.02275, 0.40149)],
)
def test_golden_instance(golden, depth, kappa, kappa_eff, alpha, overlap):
    report = quledger.cost("ntk", depth=str(depth), clip=0.9, **golden)
    assert report["kernel"]["kappa"] == pytest.approx(kappa, abs=5e-7)
    assert report["kernel"]["s"] == 3
    assert report["encoding"]["kappa_eff"] == pytest.approx(kappa_eff, abs=5.1e-5)
    assert report["encoding"]["alpha"] == pytest.approx(alpha, abs=5.1e-6)
    uniform = quledger.cost("ntk", depth=str(depth), variant="uniform", **golden)
    assert uniform["encoding"]["alpha"] == pytest.approx(3)
    found = solvers(report)
    assert {"walk-definite", "perturbation"} <= found.keys()
    read = report["read_out"]
    for row in found.values():
        wanted = hadamard_shots(read["overlap"], 1 / read["attempts"], row["success"], 0.05)
        assert row["shots"] == pytest.approx(wanted)


def test_honesty_stands_before_every_number(golden):
    printed = run("--data", golden["data"], "--depth", 24).stdout.splitlines()
    first = next(i for i, line in enumerate(printed) if line.startswith("At this depth"))
    assert "inversion" in printed[first]
    assert not any(line.startswith(("points asked", "kappa")) for line in printed[:first])


def test_steps_add_up_to_the_prediction():
    """Of the shortcut: calls of parts are those of the whole circuit, and it holds all T gates."""
    report = quledger.cost("ntk", data="digits:8v9", n=16, depth="10", solver="shortcut")
    steps = {row["step"]: row for row in report["steps"]}
    row = solvers(report)["shortcut"]
    test = steps["Hadamard test"]
    assert test["t_in_all"] == pytest.approx(row["t"])
    assert steps["masked kernel"]["calls"] == pytest.approx(row["degree"] * test["calls"])
    assert steps["|k_*>"]["t"] + steps["solution, shortcut"]["t"] <= test["t"]


def test_without_inversion_only_the_labels_are_left():
    report = quledger.cost("ntk", data="digits:8v9", n=16, depth="30", variant="diagonal")
    assert list(solvers(report)) == ["labels"]
    assert report["inversion"]["diagonal_signs"] == 0
    assert "encoding" not in report.plain() or report["encoding"] == {}


def test_a_median_needs_more_shots():
    given = {"data": "digits:8v9", "n": 16, "depth": "10", "solver": "shortcut"}
    zero, median = (quledger.cost("ntk", threshold=x, **given) for x in ("zero", "median"))
    assert solvers(median)["shortcut"]["shots"] > solvers(zero)["shortcut"]["shots"]


@pytest.mark.parametrize("reading", ["swap", "amplitude-estimation"])
def test_read_outs(reading):
    """A swap test takes more than the Hadamard test, amplitude estimation fewer calls of |k_*>."""
    given = {"data": "digits:8v9", "n": 16, "depth": "30", "variant": "diagonal"}
    one, plain = quledger.cost("ntk", read_out=reading, **given), quledger.cost("ntk", **given)
    found, other = solvers(one)["labels"], solvers(plain)["labels"]
    if reading == "swap":
        tests = [row for row in one["steps"] if row["step"].startswith("swap")]
        assert len(tests) in (2, 4)  # two where no kernel value is negative
        assert sum(row["calls"] for row in tests) == found["shots"] > 4 * other["shots"]
    else:
        assert found["shots"] < other["shots"]


def test_unequal_classes_and_any_number_of_points():
    report = quledger.cost("ntk", data="digits:8v9", n=13, depth="12", solver="qsvt-relative")
    assert "13 points fill 16 rows" in " ".join(report["notes"])


def test_images():
    given = {"data": "digits:8v9", "n": 4, "network": "convolution", "depth": "3",
             "preparation": "table", "test_points": 6, "solver": "walk-general"}  # fmt: skip
    report = quledger.cost("ntk", threshold="median", **given)
    assert "Theta(n)" in " ".join(report["notes"])


def test_numbers_without_data():
    report = quledger.cost("ntk", n=2**30, variant="uniform", loader="ideal")
    found, model = solvers(report), report["model"]
    assert model["kappa_eff"] == pytest.approx(model["s"], rel=1e-6)
    assert found["window"]["t"] < found["qsvt-relative"]["t"]
    assert report["settings"]["d"] == 84
    table = quledger.cost("ntk", n=2**30, solver="shortcut")
    assert solvers(table)["shortcut"]["toffoli"] > 1e3 * found["shortcut"]["toffoli"]


def test_formulas_are_those_of_the_numbers():
    """Shots and degree at the numbers of 2**12 points."""
    symbolic = quledger.cost("ntk", variant="weighted")
    facts = {row.key: sympy.sympify(row.value) for part in symbolic.parts if part.key == "facts"
             for row in part.rows}  # fmt: skip
    numbers = quledger.cost("ntk", n=2**12, solver="shortcut", variant="uniform")
    model, row = numbers["model"], solvers(numbers)["shortcut"]
    given = {"R": model["attempts"], "o": model["inverse_square"] ** -0.5, "epsilon": 0.02,
             "delta_f": 0.05, "alpha": model["alpha"], "r_S": model["masked_row_sum"]}  # fmt: skip
    at = {symbol: given[symbol.name] for fact in facts.values() for symbol in fact.free_symbols
          if symbol.name in given}  # fmt: skip
    assert int(facts["d_shortcut"].subs(at)) == row["degree"]
    assert float(facts["shots"].subs(at)) == pytest.approx(row["shots"], rel=0.05)


@pytest.mark.parametrize(
    ("changed", "words", "message"),
    [
        (
            {"X": lambda X: np.concatenate([X[:7], X[1:2]])},
            (),
            "rows 1 and 7 are the same direction (delta = 0)",
        ),
        ({"X": lambda X: np.concatenate([X[:7], -X[1:2]])}, (), "rows 1 and 7 are antipodal"),
        ({"X": lambda X: np.where(X[2] == X, np.nan, X)}, (), "row 2 holds NaN or infinity"),
        ({"X": lambda X: np.where(X[3] == X, 0, X)}, (), "row 3 is zero and has no direction"),
        ({"y": np.ones(8)}, (), "all 8 labels are +1"),
        ({"y": np.arange(8)}, (), "row 0 has 0"),
        ({"X_test": [[np.inf, 1]]}, (), "X_test holds finite real numbers"),
        ({"X_test": [[0, 0]]}, (), "row 0 of X_test is zero"),
        ({"X_test": [[1, 0, 0]]}, (), "a point of 2 entries in each row"),
        ({"X_test": None}, (), "no points"),
        ({}, ("--depth", 5000), "is 0, too small for floating point; go less deep"),
        ({}, ("--depth", "0.5"), "got '0.5'"),
        ({}, ("--depth", "0"), "depth is the number of hidden layers, a whole number from 1"),
        ({}, ("--depth", "deep"), "got 'deep'"),
        ({}, ("--clip", "1"), "clip must be a number > 0 and < 1, got '1'"),
        ({}, ("--clip", "0"), "clip must be a number > 0 and < 1, got '0'"),
        ({}, ("--mask", "some"), "mask is one of random, xor, biased, diagonal"),
        ({}, ("--mask", "none.npy"), "there is no file 'none.npy'"),
        ({}, ("--network", "convolution", "--depth", "3"), "square images"),
        ({}, ("--network", "convolution", "--depth", "4"), "a multiple of 3"),
        ({}, ("--solver", "window", "--depth", "4"), "a window needs r_S below 1"),
        ({}, ("--d", "3"), "data say what d is"),
        ({}, ("--n", "9"), "has 8 points"),
    ],
)
def test_bad_data(points, changed, words, message):
    assert message in refusal("--data", points(**changed), *words)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda kept: kept.__setitem__((0, 1), 1), "entries (0, 1) and (1, 0) differ"),
        (lambda kept: kept.__setitem__((2, 2), 0), "entry 2 is left out"),
        (lambda kept: kept.__setitem__((0, 0), 0.5), "0 and 1 alone"),
    ],
)
def test_bad_masks(points, tmp_path, change, message):
    kept = np.eye(8)
    change(kept)
    np.save(tmp_path / "mask.npy", kept)
    assert message in refusal("--data", points(), "--mask", tmp_path / "mask.npy")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--mask", "xor"), "mask is about data; give --data"),
        (("--network", "critical-relu"), "do not die out"),
        (("--n", "1024", "--depth", "2"), "go deeper, or give --data"),
        (("--n", "1024", "--read-out", "swap"), "four swap tests depend on signs"),
        (("--solver", "cks"), "formulas are those of the shortcut"),
        (("--data", "digits:8v8"), "two different digits"),
        (("--data", "points.csv"), "FILE.npz"),
    ],
)
def test_refusals(words, message):
    assert message in refusal(*words)


def test_four_swap_tests_are_refused_where_signs_do_not_follow():
    words = ("--data", "digits:8v9", "--n", 64, "--depth", 3, "--read-out", "swap")
    assert "y_i x_i" in refusal(*words)


def test_a_window_too_wide_for_a_polynomial(golden):
    """Asked for alone it is refused, among all it is left out."""
    given = {"depth": "4", "epsilon": 1e-3, **golden}
    plain = quledger.cost("ntk", solver="walk-general", **given)["kernel"]["masked_row_sum"]
    given["shift"] = plain / 0.995 - 1
    report = quledger.cost("ntk", **given)
    assert report["kernel"]["masked_row_sum"] == pytest.approx(0.995)
    found = solvers(report)
    assert "walk-definite" in found
    assert "window" not in found
    with pytest.raises(ValueError, match="no polynomial of degree up to"):
        quledger.cost("ntk", solver="window", **given)


@pytest.mark.parametrize("network", ["erf", "relu"])
@pytest.mark.parametrize("variance", [1.0, 0.0027])
def test_automatic_depth_is_the_least_that_does(network, variance):
    """All kernels beside the diagonal are at most 1/n**2 there, in the published form too."""
    given = {"data": "digits:8v9", "n": 8, "network": network, "input_variance": variance,
             "solver": "shortcut", "test_points": 4}  # fmt: skip
    report = quledger.cost("ntk", **given)
    assert report["kernel"]["k_max"] <= 1 / 64
    depth = report["depths"]["exact_depth"]
    assert report["settings"]["depth"] == depth
    before = quledger.cost("ntk", depth=str(depth - 1), **given)
    assert before["kernel"]["k_max"] > 1 / 64


@pytest.mark.parametrize("typed", ["2**3", "8e0"])
def test_depths_are_numbers_like_others(golden, typed):
    report = quledger.cost("ntk", depth=typed, solver="shortcut", **golden)
    assert report["settings"]["depth"] == 8


def test_lengths_are_mended_with_a_word(points):
    found = run("--data", points(X=lambda X: 2 * X), "--depth", 8, "--json")
    report = json.loads(found.stdout)
    assert "8 of 8 rows were divided by their length." in report["notes"]
