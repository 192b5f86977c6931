"""A user's system: encodings side by side, gates on them, conjugate gradients, refusals."""

import numpy as np
import pytest
import scipy.sparse

import quledger
from bloqs.linear_systems.rivals.elimination import dense_flop


def poisson(size):
    return scipy.sparse.diags_array([-1.0, 2.0, -1.0], offsets=[-1, 0, 1], shape=(size, size))


def test_structure_pays():
    """A Poisson matrix by its structure against the same matrix as a dense table."""
    report = quledger.cost("qlss", matrix=poisson(64), rhs=np.ones(64), epsilon=0.01)
    found = {row["encoding"]: row for row in report["encodings"]}
    assert found["shifts"]["alpha"] == found["bands"]["alpha"] == pytest.approx(2 + 1 + 1)
    assert found["matchings"]["alpha"] == pytest.approx(2 + 1 + 1)
    assert found["matchings-uniform"]["alpha"] == pytest.approx(3 * 2)
    assert found["xor-pattern"]["alpha"] == pytest.approx(2 + 6)
    assert found["row-trees"]["alpha"] == pytest.approx(np.sqrt(64 * 4 + 126))
    least = 2 - 2 * np.cos(np.pi / 65)
    for row in found.values():
        assert row["kappa"] == pytest.approx(row["alpha"] / least)
    assert found["shifts"]["used"] == "used"
    assert found["matchings"]["t"] < found["row-trees"]["t"] / 5
    assert found["shifts"]["t"] < found["row-trees"]["t"] / 15
    assert found["shifts"]["qubits"] < found["bands"]["qubits"]


def test_conjugate_gradients_were_run():
    report = quledger.cost("qlss", matrix=poisson(32), rhs=np.arange(32), epsilon=1e-3)
    classical = report["conjugate_gradients"]
    assert 1 <= classical["steps"] <= 32
    assert classical["flop"] == classical["steps"] * (2 * (3 * 32 - 2) + 10 * 32)
    assert classical["error"] <= 1e-3


def test_without_conjugate_gradients_there_is_a_cost_all_the_same(rng):
    """Of a matrix so badly conditioned that floating point keeps them from the error."""
    Q, R = (np.linalg.qr(rng.normal(size=(16, 16)))[0] for _ in range(2))
    A = Q @ np.diag(np.geomspace(1e-12, 1, 16)) @ R
    report = quledger.cost("qlss", matrix=A, rhs=rng.normal(size=16), epsilon=1e-9)
    assert all(part.key != "conjugate_gradients" for part in report.parts)
    (said,) = (x for x in report["notes"] if "conjugate gradients do not reach" in x)
    assert "an error of 1e-09 in floating point; elimination" in said
    assert report["elimination"] == dense_flop(16)


def test_elimination_beats_conjugate_gradients_where_it_does():
    """Of three diagonals: for each unknown eight FLOP, but for the last, which takes one."""
    report = quledger.cost("qlss", matrix=poisson(8), epsilon=0.01)
    assert report["elimination"] == 57 < report["conjugate_gradients"]["flop"]
    scaled = quledger.cost("qlss", matrix=poisson(8), epsilon=0.01, precondition="diagonal")
    assert scaled["elimination"] == 57


def test_gates_of_a_call_are_in_the_total():
    """Expected T of a solver is at least its calls times the T of one call of the matrix."""
    report = quledger.cost("qlss", matrix=poisson(8).toarray(), epsilon=0.05)
    call = next(row["t"] for row in report["encodings"] if row["used"])
    for row in report["solvers"]:
        if row["t"] is not None:
            assert row["t"] >= row["matrix_calls"] * call * (1 - 1e-9)
    assert report["notes"][0].startswith("assumed: the right-hand side")


def test_a_window_brings_its_solver():
    """Promised for A/alpha, and kept."""
    asked = {"matrix": np.diag([1.0, 0.9]), "epsilon": 0.01, "lower": 0.6, "upper": 0.8}
    asked["encoding"] = "row-trees"
    found = {row["solver"]: row for row in quledger.cost("qlss", **asked)["solvers"]}
    assert found["window"]["matrix_calls"] < found["qsvt-relative"]["matrix_calls"]


def test_sparse_and_dense_are_one_system():
    """NumPy's arrays, lists and every kind of SciPy's sparse matrices."""
    dense = poisson(4).toarray()
    kinds = [dense, dense.tolist(), *(scipy.sparse.csr_array(dense).asformat(x)
                                      for x in ("csr", "csc", "coo", "lil"))]  # fmt: skip
    found = [
        quledger.cost("qlss", matrix=A, rhs=[1, 2, 3, 4], epsilon=1e-3)["solvers"] for A in kinds
    ]
    assert all(each == found[0] for each in found)


def test_a_general_matrix_is_not_matched_but_its_dilation_is(rng):
    report = quledger.cost("qlss", matrix=rng.normal(size=(4, 4)), epsilon=0.1)
    found = {row["encoding"] for row in report["encodings"]}
    assert found == {"row-trees", "bands", "pauli-sum", "matchings-dilated"}


def test_a_name_decides():
    """And without one the first of the table, with which the cheapest solver is the cheapest."""
    totals = {}
    for name in (None, "bands", "pauli-sum", "matchings", "row-trees"):
        named = {"encoding": name} if name else {}
        report = quledger.cost("qlss", matrix=poisson(16), epsilon=0.1, **named)
        (used,) = (row["encoding"] for row in report["encodings"] if row["used"])
        assert used == (name or report["encodings"][0]["encoding"])
        totals[name] = min(row["t"] for row in report["solvers"] if row["t"] is not None)
    assert min(totals, key=lambda name: totals[name]) is None


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"kappa": 2.0}, "leave kappa out"),
        ({"N": 8, "norm": 1.0}, "leave norm, N out"),
        ({"beta": 0.5}, "leave beta out"),
        (
            {"lower": 0.8, "upper": 0.9, "encoding": "row-trees"},
            r"window \[0.8, 0.9\] does not hold.*\[0.7071",
        ),
        ({"lower": 0.8}, "give --lower and --upper together"),
        ({"solver": "window"}, "window does not solve this; what does is qsvt-relative"),
        (
            {"matrix": np.diag([1.0, -1.0]), "solver": "walk-definite"},
            "walk-definite does not solve",
        ),
        ({"matrix": np.array([[1.0, np.nan], [0.0, 1.0]])}, "must have finite entries"),
        ({"matrix": np.ones((2, 3))}, "as many equations as unknowns"),
        ({"matrix": scipy.sparse.eye_array(2000)}, "has 2000 rows"),
        ({"epsilon": None}, "give --epsilon"),
        ({"rhs": np.zeros(2)}, "the right-hand side is zero"),
        ({"rhs": np.ones(3)}, "must have 2 entries"),
        ({"matrix": np.ones((2, 2))}, "singular"),
        ({"matrix": np.array([[1.0, 2.0], [0.0, 1.0]]), "encoding": "matchings"}, "row-trees"),
        ({"encoding": "matchings-dilated"}, "needs a matrix that is not symmetric"),
        ({"encoding": "shifts-2d"}, r"a grid of 2\*\*m by 2\*\*m points, and this is none"),
        ({"matrix": "none.npy"}, "there is no file"),
        ({"matrix": "none.txt"}, "path of a file .npy or .npz or .mtx, got"),
    ],
)
def test_refusals(given, message):
    asked = {"matrix": np.eye(2), "epsilon": 0.1} | given
    with pytest.raises(ValueError, match=message):
        quledger.cost("qlss", **{name: x for name, x in asked.items() if x is not None})
