"""A user's linear system: numbers that are known of it, files, and refusals."""

import numpy as np
import pytest
import scipy.io
import scipy.sparse

from bloqs.linear_systems.model.matrix import LinearProblem, read_array


def test_padding_keeps_the_condition_and_the_solution(rng):
    A, b = rng.normal(size=(5, 5)), rng.normal(size=5)
    found = LinearProblem.of(A, b)
    assert found.n == 3
    assert found.unknowns == 5
    whole = np.linalg.svd(found.matrix, compute_uv=False)
    assert whole[0] / whole[-1] == pytest.approx(np.linalg.cond(A))
    assert found.condition == pytest.approx(np.linalg.cond(A))
    wanted = np.linalg.solve(A, b) / np.linalg.norm(b)
    np.testing.assert_allclose(found.solution[:5], wanted)
    np.testing.assert_allclose(found.solution[5:], 0, atol=1e-12)


@pytest.mark.parametrize("shape", [(3, 2), (8, 5), (7, 1)])
def test_more_equations_than_unknowns(shape, rng):
    """Padded with zeros; kappa and norm are those of the matrix as it is."""
    A, x = rng.normal(size=shape), rng.normal(size=shape[1])
    found = LinearProblem.of(A, A @ x)
    assert (found.equations, found.unknowns) == shape
    np.testing.assert_array_equal(found.matrix[: shape[0], : shape[1]], A)
    assert np.count_nonzero(found.matrix) == A.size
    np.testing.assert_allclose(found.solution[: shape[1]], x / np.linalg.norm(A @ x))
    assert not found.solution[shape[1] :].any()
    assert found.kappa(50) == pytest.approx(50 * np.linalg.norm(np.linalg.pinv(A), 2))
    assert not found.is_hermitian


def test_rows_that_fill_up_alone_are_left_out(rng):
    """Of a system with more equations than unknowns, all equations are kept."""
    A, x = np.array([[1.0, 0], [2, 0], [0, 1]]), rng.normal(size=2)
    matrix, vector, solution = LinearProblem.of(A, A @ x).unpadded
    np.testing.assert_allclose(matrix * (A[1, 0] / matrix[1, 0]), A)
    np.testing.assert_allclose(matrix @ solution, vector)


@pytest.mark.parametrize("scale", [1e-240, 1e240])
@pytest.mark.parametrize("scaled", ["matrix", "vector"])
def test_units_far_from_one(scaled, scale, rng):
    """Squares of the entries are no numbers in floating point; the system is the same."""
    A, b = rng.normal(size=(3, 3)), rng.normal(size=3)
    known = LinearProblem.of(A, b)
    a, s = (scale, 1) if scaled == "matrix" else (1, scale)
    found = LinearProblem.of(A * a, b * s)
    assert found.length == pytest.approx(known.length * s, rel=1e-12)
    assert found.kappa(5 * a) == pytest.approx(known.kappa(5), rel=1e-9)
    assert found.norm(5 * a) == pytest.approx(known.norm(5), rel=1e-9)
    matrix, vector, solution = found.unpadded
    np.testing.assert_allclose(matrix @ solution, vector, atol=1e-12)
    assert 0.5 <= np.abs(matrix).max() <= 1


@pytest.mark.parametrize("kind", ["definite", "indefinite", "general"])
def test_says_what_kind_it_is(kind, rng):
    A = rng.normal(size=(4, 4))
    A = {"definite": A @ A.T + np.eye(4), "indefinite": A + A.T, "general": A}[kind]
    found = LinearProblem.of(A, np.ones(4))
    assert found.is_hermitian == (kind != "general")
    assert found.is_definite == (kind == "definite")
    alpha = 3 * np.linalg.norm(A, 2)
    inverse = np.linalg.inv(A / alpha)
    assert found.kappa(alpha) == pytest.approx(np.linalg.norm(inverse, 2))
    assert found.norm(alpha) == pytest.approx(np.linalg.norm(inverse @ np.full(4, 0.5)))


@pytest.mark.parametrize("suffix", [".npy", ".npz", ".mtx", "sparse.npz"])
def test_reads_files(tmp_path, suffix, rng):
    A = np.round(rng.normal(size=(6, 6)), 3)
    path = tmp_path / f"a{suffix}"
    if suffix == ".npy":
        np.save(path, A)
    elif suffix == ".npz":
        np.savez(path, A=A)
    elif suffix == ".mtx":
        scipy.io.mmwrite(path, scipy.sparse.coo_array(A))
    else:
        scipy.sparse.save_npz(path, scipy.sparse.csr_array(A))
    np.testing.assert_allclose(LinearProblem.of(read_array(path, "A"), A[0]).matrix[:6, :6], A)


@pytest.mark.parametrize(
    ("A", "b", "message"),
    [
        (np.ones((2, 3)), np.ones(2), r"a matrix of shape \(2, 3\); leave columns out"),
        (np.ones((3, 2)), np.ones(3), "the matrix is singular"),
        (np.eye(3)[:, :2], np.ones(3), r"no x solves all 3 equations: \|A x - b\| / \|b\| is 0.58"),
        (np.eye(3), np.ones(4), "must have 3 entries like the matrix"),
        (np.eye(2), np.zeros(2), "the right-hand side is zero"),
        (np.ones((2, 2)), np.ones(2), "the matrix is singular"),
        (np.array([[1, np.nan], [0, 1]]), np.ones(2), "the matrix must have finite entries"),
        (np.eye(2) * 1j, np.ones(2), "the matrix has complex entries"),
        (np.eye(2), [np.inf, 1], "the right-hand side must have finite entries"),
        (np.array([["a"]]), np.ones(1), "must be an array of numbers, got entries of type <U1"),
        ("text", np.ones(2), "the matrix must be an array of numbers, got str"),
        ([[1, 2], [3]], np.ones(2), "the matrix must be an array of numbers, got rows that differ"),
        (np.ones((2, 2, 2)), np.ones(2), r"rows and columns, got an array of shape \(2, 2, 2\)"),
        (3.0, np.ones(1), "rows and columns, got an array of shape"),
        (np.ones(4), np.ones(4), r"rows and columns, got an array of shape \(4,\)"),
        (np.eye(2) * 1e-310, np.ones(2), "the matrix must have its largest entry between 1e-250"),
        (np.eye(2), np.ones(2) * 1e260, "the right-hand side must have its largest entry between"),
        (scipy.sparse.eye_array(5000), np.ones(5000), "5000 rows or columns, more than the 1024"),
    ],
)
def test_refuses_what_is_no_linear_system(A, b, message):
    with pytest.raises(ValueError, match=message):
        LinearProblem.of(A, b)


@pytest.mark.parametrize(
    ("suffix", "altered"),
    [
        (".npz", lambda whole: b"PK\3\4" + whole[40:60]),  # no archive
        (".npz", lambda whole: whole.replace(b"PK\3\4", b"PK\3\5")),  # no member
        (".npz", lambda whole: whole.replace(b"\x14\0", b"\x99\0")),  # of a later version
        (".npy", lambda whole: whole.replace(b"(2, 2)", b"((2, 2")),  # a header that goes on
        (".npy", lambda whole: whole[:-9]),
    ],
    ids=["archive", "member", "version", "header", "end"],
)
def test_refuses_damaged_files(suffix, altered, tmp_path):
    path = tmp_path / f"damaged{suffix}"
    (np.save if suffix == ".npy" else np.savez)(path, np.eye(2))
    path.write_bytes(altered(path.read_bytes()))
    with pytest.raises(ValueError, match=f"is no {suffix} file that can be read"):
        read_array(path, "the matrix")


def test_refuses_files_before_they_fill_the_memory(tmp_path):
    """Headers of huge arrays, text, and nothing at all."""
    huge = tmp_path / "huge.npy"
    with huge.open("wb") as file:
        shape = {"descr": "<f8", "fortran_order": False, "shape": (10**9, 10**9)}
        np.lib.format.write_array_header_1_0(file, shape)
    market = tmp_path / "huge.mtx"
    market.write_text("%%MatrixMarket matrix coordinate real general\n9000 9000 1\n1 1 1.0\n")
    for path in (huge, market):
        with pytest.raises(ValueError, match="more than the 1024"):
            read_array(path, "the matrix")
    for suffix in (".npy", ".npz", ".mtx"):
        path = tmp_path / f"text{suffix}"
        path.write_text("no matrix")
        with pytest.raises(ValueError, match=f"is no {suffix} file that can be read"):
            read_array(path, "the matrix")
    with pytest.raises(ValueError, match="there is no file"):
        read_array(tmp_path / "none.npy", "the matrix")
    none = tmp_path / "none.npz"
    np.savez(none)
    with pytest.raises(ValueError, match="holds no array; give one with a single array"):
        read_array(none, "the matrix")
    two = tmp_path / "two.npz"
    np.savez(two, a=np.eye(2), b=np.eye(2))
    with pytest.raises(ValueError, match="holds a, b; give one with a single array"):
        read_array(two, "the matrix")
