"""A linear system of a user: read, checked, padded to a power of two, and what is known of it."""

import zipfile
from functools import cached_property
from math import frexp
from pathlib import Path
from typing import Any

import numpy as np
import scipy.io
import scipy.sparse
from attrs import field, frozen
from numpy.typing import NDArray

from estimator.network.array_file import UNREADABLE

MOST_UNKNOWNS = 1024
"""Largest system: all its singular values are worked out."""

SUFFIXES = (".npy", ".npz", ".mtx")
"""Files that hold a matrix or a right-hand side."""

SYMMETRY = 1e-12
"""Largest difference of two entries that are to be equal, in terms of the largest entry."""

SINGULAR = 1e-13
"""Least singular value of a matrix that has an inverse, in terms of the largest."""

CONSISTENT = 1e-9
"""Residual |A x - b| / |b| with which more equations than unknowns count as solved."""

LARGEST = 1e250
"""Largest entry that a matrix or a vector may have, and one over the least that this may be."""

Reals = NDArray[np.float64]


@frozen(eq=False)
class LinearProblem:
    """A x = b for a real matrix of full column rank.

    Args:
        matrix: A, padded; of shape (2**n, 2**n). The rows that only fill up have one entry, on the
            diagonal, between the least and the largest singular value, so that kappa stays. An A
            with more rows than columns is padded with zeros: every solver works in the span of its
            rows, and never meets the singular values zero.
        vector: b of length one, padded with zeros; of shape (2**n,).
        unknowns: how many there were.
        equations: how many there were.
        length: of the b that was given.
        values: singular values of the A that was given, falling.
        is_hermitian: whether A is symmetric.
        is_definite: whether it is positive definite as well.
    """

    matrix: Reals = field(repr=False)
    vector: Reals = field(repr=False)
    unknowns: int
    equations: int
    length: float
    values: Reals = field(repr=False)
    is_hermitian: bool
    is_definite: bool

    @classmethod
    def of(cls, matrix: Any, vector: Any) -> "LinearProblem":
        """From arrays, or SciPy's sparse matrices.

        Args:
            matrix: of shape (M, N), M and N from 1 to `MOST_UNKNOWNS`.
            vector: of shape (M,), (M, 1) or (1, M).

        Raises:
            ValueError: if shapes do not fit, an entry is complex or not finite, the columns are not
                independent, b is zero, or no x solves all equations.
        """
        A, b = _reals(matrix, "the matrix"), _reals(vector, "the right-hand side")
        if A.ndim != 2:
            raise ValueError(
                f"the matrix of a linear system has rows and columns, got an array of shape "
                f"{A.shape}; give one with two axes"
            )
        if A.shape[0] < A.shape[1]:
            raise ValueError(
                f"a linear system has at least as many equations as unknowns, got a matrix of "
                f"shape {A.shape}; leave columns out or give more rows"
            )
        size = len(A)
        if b.size != size or max(b.shape, default=0) != size:
            raise ValueError(
                f"the right-hand side must have {size} entries like the matrix, got an array of "
                f"shape {b.shape}"
            )
        b = b.reshape(-1)
        if not b.any():
            raise ValueError("the right-hand side is zero, so is the solution; give another")
        values = np.asarray(np.linalg.svd(A, compute_uv=False), dtype=float)
        if values[-1] <= SINGULAR * values[0]:
            raise ValueError(
                f"the matrix is singular: its singular values go from {values[0]:g} down to "
                f"{values[-1]:g}; give one that has an inverse"
            )
        is_square = size == A.shape[1]
        if not is_square:
            _check_consistent(A, b)
        is_hermitian = is_square and bool(np.abs(A - A.T).max() <= SYMMETRY * np.abs(A).max())
        is_definite = is_hermitian and bool(np.linalg.eigvalsh(A)[0] > 0)
        full = 2 ** max(1, (size - 1).bit_length())
        fill = np.clip(np.abs(np.diag(A)).max(), values[-1], values[0]) if is_square else 0.0
        padded = np.eye(full) * fill
        padded[:size, : A.shape[1]] = (A + A.T) / 2 if is_hermitian else A
        whole = np.zeros(full)
        norm = length_of(b)
        whole[:size] = b / norm
        return cls(padded, whole, A.shape[1], size, norm, values, is_hermitian, is_definite)

    @classmethod
    def of_operator(cls, matrix: Any) -> "LinearProblem":
        """A symmetric matrix without a right-hand side, which may be singular.

        Rows that fill up are zero. `values` holds the largest singular value alone, so that
        `kappa` is alpha over the norm.

        Args:
            matrix: of shape (N, N), N from 1 to `MOST_UNKNOWNS`.

        Raises:
            ValueError: if it is not square, symmetric, real and finite, or is zero.
        """
        A = _reals(matrix, "the matrix")
        if A.ndim != 2 or A.shape[0] != A.shape[1]:
            raise ValueError(f"a function of a matrix needs a square one, got shape {A.shape}")
        largest = float(np.abs(A).max())
        if largest == 0:
            raise ValueError("the matrix is zero, so no encoding has a norm; give another")
        off = float(np.abs(A - A.T).max())
        if off > SYMMETRY * largest:
            raise ValueError(
                f"a function of a matrix needs a Hermitian one, got entries that differ by {off:g} "
                "from their mirror images; give a symmetric matrix, such as [[0, A], [A^T, 0]]"
            )
        size = len(A)
        full = 2 ** max(1, (size - 1).bit_length())
        padded, unit = np.zeros((full, full)), np.eye(1, full)[0]
        padded[:size, :size] = (A + A.T) / 2
        spectrum = np.linalg.eigvalsh(padded[:size, :size])
        norm = np.array([float(np.abs(spectrum).max())])
        return cls(padded, unit, size, size, 1.0, norm, True, bool(spectrum[0] > 0))

    @property
    def n(self) -> int:
        """log2 of the padded size. Unit: qubits."""
        return len(self.vector).bit_length() - 1

    @property
    def sizes(self) -> dict[str, float]:
        """How many unknowns there were, and how many equations if that is not the same."""
        sizes: dict[str, float] = {"unknowns": self.unknowns}
        return sizes if self.equations == self.unknowns else sizes | {"equations": self.equations}

    @property
    def condition(self) -> float:
        """Of the matrix: largest over least singular value."""
        return float(self.values[0] / self.values[-1])

    @cached_property
    def solution(self) -> Reals:
        """x of the padded system for the b of length one; of shape (2**n,)."""
        if self.equations == self.unknowns:
            return np.asarray(np.linalg.solve(self.matrix, self.vector), dtype=float)
        own = self.matrix[:, : self.unknowns]
        x = np.linalg.lstsq(own, self.vector, rcond=SINGULAR)[0]
        return np.pad(np.asarray(x, dtype=float), (0, len(own) - self.unknowns))

    @property
    def unpadded(self) -> tuple[Reals, Reals, Reals]:
        """A, the b of length one and x without the rows and columns that only fill up.

        A and x are scaled by a power of two so that the largest entry of A is near 1.
        """
        M, N = self.equations, self.unknowns
        unit = unit_of(self.matrix)
        return self.matrix[:M, :N] / unit, self.vector[:M], self.solution[:N] * unit

    def kappa(self, alpha: float) -> float:
        """alpha |A^-1|, the condition number of an encoding; at least 1."""
        return max(1.0, alpha / float(self.values[-1]))

    def norm(self, alpha: float) -> float:
        """|(A/alpha)^-1 b|, of the b of length one, between 1 and kappa."""
        return max(1.0, alpha * length_of(self.solution))


def length_of(vector: Reals) -> float:
    """l2 norm, or Frobenius norm of a matrix, where squares of its entries need not be numbers."""
    unit = unit_of(vector)
    return float(np.linalg.norm(vector / unit)) * unit


def unit_of(array: Reals) -> float:
    """The power of two at or above the largest modulus, and at most twice it; 1 of zeros."""
    return float(2.0 ** frexp(float(np.abs(array).max(initial=0)))[1])


def _check_consistent(A: Reals, b: Reals) -> None:
    """Refuse equations that no x solves.

    Raises:
        ValueError: if the least residual is more than rounding makes.
    """
    x = np.linalg.lstsq(A, b, rcond=SINGULAR)[0]
    left = length_of(A @ x - b) / length_of(b)
    if left > CONSISTENT:
        raise ValueError(
            f"no x solves all {len(A)} equations: |A x - b| / |b| is {left:.2g} at least, and "
            f"may be {CONSISTENT:g}; for least squares give A^T A and A^T b"
        )


def _reals(given: Any, name: str) -> Reals:
    if scipy.sparse.issparse(given) and max(given.shape) > MOST_UNKNOWNS:
        raise ValueError(too_large(name, max(given.shape)))
    dense = given.toarray() if scipy.sparse.issparse(given) else given
    try:
        array = np.asarray(dense)
    except (ValueError, TypeError):
        raise ValueError(
            f"{name} must be an array of numbers, got rows that differ in length"
        ) from None
    if array.dtype.kind not in "biufc":
        kind = f"entries of type {array.dtype}" if array.shape else type(given).__name__
        raise ValueError(f"{name} must be an array of numbers, got {kind}")
    if array.size and max(array.shape, default=1) > MOST_UNKNOWNS:
        raise ValueError(too_large(name, max(array.shape)))
    if array.dtype.kind == "c":
        if np.abs(array.imag).max(initial=0) > 0:
            raise ValueError(
                f"{name} has complex entries; write the system with real and imaginary parts apart"
            )
        array = array.real
    if not array.size or not np.all(np.isfinite(array)):
        raise ValueError(f"{name} must have finite entries, got NaN, infinity or none at all")
    real = array.astype(float)
    largest = float(np.abs(real).max())
    if largest and not 1 / LARGEST <= largest <= LARGEST:
        raise ValueError(
            f"{name} must have its largest entry between {1 / LARGEST:g} and {LARGEST:g}, got "
            f"{largest:g}; multiply it by a number"
        )
    return real


def too_large(name: str, size: int) -> str:
    """The sentence about a system that is too large."""
    return (
        f"{name} has {size} rows or columns, more than the {MOST_UNKNOWNS} whose singular values "
        "are worked out; give kappa, epsilon and N instead"
    )


def read_array(path: Path, name: str) -> Any:
    """A matrix or a vector from a file; its size is looked at before it is read.

    Args:
        path: NumPy's .npy, SciPy's sparse or NumPy's .npz with one array, or Matrix Market .mtx.
        name: what it is, for messages.

    Raises:
        ValueError: if there is no such file, it cannot be read, or it is too large.
    """
    if not path.is_file():
        raise ValueError(f"{name}: there is no file {str(path)[:80]!r}; give the path of one")
    try:
        if path.suffix == ".mtx":
            rows, columns, *_ = scipy.io.mminfo(path)
            _check_size(max(rows, columns), name)
            return scipy.io.mmread(path)
        if path.suffix == ".npz":
            return _from_archive(path, name)
        with path.open("rb") as file:
            _check_size(max(_header(file), default=0), name)
            file.seek(0)
            return np.load(file, allow_pickle=False)
    except UNREADABLE as problem:
        if isinstance(problem, ValueError) and str(problem).startswith(name):
            raise
        words = str(problem).splitlines()[0][:100] if str(problem) else type(problem).__name__
        raise ValueError(
            f"{name}: {str(path.name)[:80]!r} is no {path.suffix} file that can be read ({words}); "
            f"give one of {', '.join(SUFFIXES)}"
        ) from None


def _check_size(size: int, name: str) -> None:
    if size > MOST_UNKNOWNS:
        raise ValueError(too_large(name, size))


def _header(file: Any) -> tuple[int, ...]:
    version = np.lib.format.read_magic(file)
    read = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }
    shape, _, _ = read[version](file)
    return tuple(shape)


def _from_archive(path: Path, name: str) -> Any:
    with zipfile.ZipFile(path) as archive:
        names = [each.removesuffix(".npy") for each in archive.namelist()]
        if "format" in names:
            with archive.open("shape.npy") as file:
                _check_size(max(map(int, np.lib.format.read_array(file)), default=0), name)
            return scipy.sparse.load_npz(path)
        if len(names) != 1:
            listed = ", ".join(names[:5]) or "no array"
            raise ValueError(f"{name}: the file holds {listed}; give one with a single array")
        with archive.open(archive.namelist()[0]) as file:
            _check_size(max(_header(file), default=0), name)
    with np.load(path, allow_pickle=False) as arrays:
        return arrays[names[0]]
