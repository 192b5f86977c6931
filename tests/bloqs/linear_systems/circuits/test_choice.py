"""Every encoding of a matrix, of every kind and size: its block, alpha, bits, and its name."""

import numpy as np
import pytest

from bloqs.composite import with_control
from bloqs.data_loading.loaders import QROMLoader
from bloqs.linear_systems.circuits.choice import ENCODINGS, NEEDS, encodings_of
from bloqs.linear_systems.model.matrix import LinearProblem
from bloqs.linear_systems.model.structure import dense, laplacian
from bloqs.linear_systems.parameters import ENCODING_NAMES
from bloqs.simulation.runner import Runner, encoded_matrix

LOADER = QROMLoader()


def system(kind, size, rng):
    """A regular matrix of this kind and size, and a right-hand side."""
    A = rng.normal(size=(size, size))
    if kind == "definite":
        A = A @ A.T + np.eye(size)
    if kind == "indefinite":
        A = A + A.T
    if kind in ("sparse", "sparse symmetric"):
        A = A * (rng.random(A.shape) < 2 / size)
        A = (A + A.T if "symmetric" in kind else A) + 4 * np.diag(rng.choice([-1, 1], size))
    if kind == "banded":
        A = np.triu(np.tril(A, 2), -1) + 4 * np.eye(size)
    if kind == "tridiagonal":
        A = 2.5 * np.eye(size) - np.eye(size, k=1) - np.eye(size, k=-1)
    return LinearProblem.of(A, rng.normal(size=size))


@pytest.mark.parametrize("kind", ["definite", "indefinite", "general"])
@pytest.mark.parametrize("size", [2, 3, 5, 8])
def test_dense(kind, size, rng, whole):
    check(system(kind, size, rng), whole)


@pytest.mark.parametrize("kind", ["sparse", "sparse symmetric", "banded", "tridiagonal"])
@pytest.mark.parametrize("size", [3, 6, 8, 13, 16, 24, 33, 64])
def test_sparse(kind, size, rng, whole):
    check(system(kind, size, rng), whole)


@pytest.mark.parametrize(("m", "axes"), [(3, 2), (1, 3), (2, 3)])
def test_grids(m, axes, rng, whole):
    problem = LinearProblem.of(dense(laplacian(m, axes)), np.ones(2 ** (m * axes)))
    names = check(problem, whole)
    assert f"shifts-{axes}d" in names
    assert names[0] == f"shifts-{axes}d" or m == 1


def check(problem, whole):
    """Each block is the padded matrix within what is claimed, that is small; alpha bounds it."""
    found = encodings_of(problem, 0.1, 14, LOADER, 23)
    largest = problem.values[0]
    for each in found:
        bloq = each.encoding
        assert bloq.alpha >= largest * (1 - 1e-12)
        assert each.kappa == pytest.approx(bloq.alpha / problem.values[-1])
        if each.name == "pauli-sum" and bloq.c + bloq.n > 11:
            continue  # too many unitaries to be written down
        off = np.linalg.norm(encoded_matrix(bloq, whole) - problem.matrix, 2)
        assert off <= float(bloq.epsilon) <= 0.01 * bloq.alpha, each.name
    return [each.name for each in found]


@pytest.mark.parametrize("kind", ["general", "indefinite", "tridiagonal"])
def test_under_a_control(kind, rng, whole):
    """The identity where the control is zero, the same circuit where it is one."""
    for each in encodings_of(system(kind, 4, rng), 0.1, 5, LOADER, 23):
        bloq, size = each.encoding, 2 ** each.encoding.signature.n_qubits()
        if size > 256:
            continue  # two blocks of a circuit that is seen at other sizes
        plain = Runner.of(bloq, whole).columns(range(size))
        found = Runner.of(with_control(bloq, True), whole).columns(range(2 * size))
        wanted = np.kron(np.diag([1, 0]), np.eye(size)) + np.kron(np.diag([0, 1]), plain)
        np.testing.assert_allclose(found, wanted, atol=1e-10, err_msg=each.name)


@pytest.mark.parametrize("error", [0.1, 1e-4])
@pytest.mark.parametrize("kind", ["indefinite", "general", "tridiagonal"])
def test_bits_are_few_and_enough(kind, error, rng, whole):
    """Solved with what is encoded, x moves by no more than the share of rounded angles."""
    problem = system(kind, 4, rng)
    wanted = problem.solution / np.linalg.norm(problem.solution)
    for each in encodings_of(problem, error, None, LOADER, 23):
        x = np.linalg.solve(encoded_matrix(each.encoding, whole).real, problem.vector)
        assert np.linalg.norm(x / np.linalg.norm(x) - wanted) <= 0.01 * error
        claimed = each.kappa * float(each.encoding.epsilon) / float(each.encoding.alpha)
        assert claimed >= 0.01 * error / 16


def test_names_are_those_that_can_be_asked_for():
    assert tuple(ENCODINGS) == ENCODING_NAMES
    anything = {name for name in ENCODINGS if name not in NEEDS}
    assert anything == {"bands", "row-trees"}
