"""Functions of matrices: the block that runs against NumPy's, claims, costs, refusals."""

import numpy as np
import pytest
import scipy.linalg
import scipy.sparse

import quledger
from bloqs.linear_systems.answers import transform as answer

CASES = {
    "exp(-4*(1-x))": lambda A: scipy.linalg.expm(4 * A - 4 * np.eye(len(A))),
    "cos(2*x)": lambda A: scipy.linalg.cosm(2 * A),
    "x**3": lambda A: A @ A @ A,
    "1 + x": lambda A: np.eye(len(A)) + A,
}


def matrix_of(size):
    A = np.random.default_rng(size).normal(size=(size, size))
    return (A + A.T) / (2 * size)


def block_of(report, size):
    """What the circuit of a report encodes, for the rows of the matrix."""
    bloq = report.bloq
    flags = 2**bloq.ancilla_bitsize
    runner = answer.Runner.of(bloq, answer.BLOCKS)
    columns = runner.columns([x * flags for x in range(size)])[::flags][:size]
    return report["run"]["subnormalisation"] * columns


@pytest.mark.parametrize("text", CASES)
@pytest.mark.parametrize("size", [2, 3, 8])
def test_the_block_is_the_function(text, size):
    """By SciPy's own functions of matrices; singular and padded ones among them."""
    A = matrix_of(size)
    if size == 3:
        A[:, 2] = A[2] = 0
    report = quledger.simulate("transform", matrix=A, polynomial=text, degree=24)
    run = report["run"]
    assert report.passed
    missed = np.linalg.norm(block_of(report, size) - CASES[text](A), 2)
    assert missed <= run["claimed"]
    assert missed == pytest.approx(run["error"], abs=1e-12)
    parts = [run["even"], run["odd"]]
    assert run["subnormalisation"] == pytest.approx(sum(parts))
    assert (min(parts) == 0) == (text in ("cos(2*x)", "x**3"))


@pytest.mark.parametrize("how", ["blocks", "gates"])
def test_circuits_of_the_matrix(how):
    """With the encoding's own gates; a short polynomial is what it is to a proved error."""
    report = quledger.simulate(
        "transform", matrix=[[0.6, 0.2], [0.2, -0.4]], polynomial="exp(x)", degree=3, b=8, run=how
    )
    run = report["run"]
    assert report.passed
    assert run["fidelity"] == {"blocks": "block by block", "gates": "gate by gate"}[how]
    assert 1e-4 < run["error"] <= run["polynomial_error"] + 0.1 <= run["claimed"] + 0.1


def test_x_can_be_what_is_encoded():
    """A over alpha: the same circuit as for the matrix over alpha."""
    A = 7 * matrix_of(4)
    over = quledger.simulate(
        "transform", matrix=A, polynomial="exp(-4*(1-x))", degree=20, argument="encoded"
    )
    block = block_of(over, 4)
    wanted = CASES["exp(-4*(1-x))"](A / over["run"]["alpha"])
    assert np.linalg.norm(block - wanted, 2) <= over["run"]["claimed"]


def test_another_block_does_not_pass(monkeypatch):
    """Exit status 1 for a block that is not the function."""
    function = answer.function_of
    monkeypatch.setattr(answer, "function_of", lambda given: function(given) + 1e-3)
    report = quledger.simulate("transform", matrix=np.eye(2), polynomial="cos(x)", degree=12)
    assert report.passed is False


def test_cost_counts_the_calls():
    """As many as the polynomial's degree; sparse and dense are one matrix."""
    A = scipy.sparse.diags_array([0.2, 0.5, 0.2], offsets=[-1, 0, 1], shape=(8, 8))
    given = {"polynomial": "exp(x)", "degree": 6}
    reports = [quledger.cost("transform", matrix=x, **given) for x in (A, A.toarray())]
    one, two = (report["facts"] for report in reports)
    assert one == two
    assert one["degree"] == 6
    assert one["subnormalisation"] >= np.exp(np.linalg.norm(A.toarray(), 2))
    assert one["polynomial_error"] < 1e-3
    gates = [report["gates"]["t_count"] for report in reports]
    assert gates[0] == gates[1]
    longer = quledger.cost("transform", matrix=A, polynomial="exp(x)", degree=12)
    assert 1.8 < longer["gates"]["t_count"] / gates[0] < 3


def test_without_a_matrix_the_cost_is_a_formula():
    """With numbers put in it is that of an oracle's transform."""
    formula, number = quledger.cost("transform"), quledger.cost("transform", degree=7)
    queries = formula["queries"]["matrix"]
    assert number["queries"]["matrix"] == 7
    assert str(queries) == "degree"
    assert formula["facts"]["subnormalisation"] == "M_even + M_odd"
    assert formula["facts"]["epsilon"] == "epsilon_P"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"matrix": None}, "needs --matrix"),
        ({"polynomial": None}, "needs --polynomial"),
        ({"degree": None}, "needs --degree"),
        ({"matrix": np.array([[1.0, 1.0], [0.0, 1.0]])}, "needs a Hermitian one"),
        ({"matrix": np.zeros((2, 2))}, "the matrix is zero"),
        ({"matrix": np.ones((2, 3))}, "needs a square one"),
        ({"matrix": np.array([[np.inf]])}, "finite entries"),
        ({"matrix": np.array([[1, 1j], [-1j, 1]])}, "has complex entries"),
        ({"degree": 0}, "degree must be a whole number >= 1"),
        ({"polynomial": "1/x"}, "not seen to be analytic"),
        ({"polynomial": "exp(x"}, "position"),
        ({"polynomial": "0"}, "0 is a constant to degree 5"),
        ({"polynomial": "2"}, "2 is a constant to degree 5"),
        ({"matrix": np.eye(300)}, "256 rows at most, got 300"),
        ({"matrix": "none.mtx"}, "there is no file"),
    ],
)
def test_refusals(given, message):
    asked = {"matrix": np.eye(2), "polynomial": "exp(x)", "degree": 5} | given
    with pytest.raises(ValueError, match=message):
        quledger.simulate("transform", **{name: x for name, x in asked.items() if x is not None})


def test_the_encoding_that_is_used_is_named_as_it_is():
    """A name with a hyphen is no difference."""
    A = np.diag([1.0, 2.0, 3.0, 5.0])
    report = quledger.cost("transform", matrix=A, polynomial="x", degree=1, encoding="pauli-sum")
    (facts,) = (part for part in report.parts if part.key == "facts")
    shown = {row.key: row.style.text(row.value) for row in facts.rows}
    assert (shown["encoding"], shown["function"]) == ("pauli-sum", "x")
