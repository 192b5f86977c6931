r"""A kernel matrix, a mask, and what is predicted with either.

$f = k_*^T K^{-1} y$ is the trained network; $f_S$ has the masked $K_S$ in place of K, $f_D$ the
diagonal alone. A *shift* adds so many times the diagonal to $K_S$.

**Encodings.** K_S is a weighted sum of matchings, the diagonal first: *uniform* gives all the
weight of the largest entry, $\alpha = s$ for a diagonal of one, and *weighted* each that of its own
largest. $\kappa_\mathrm{eff} = \alpha \lVert K_S^{-1} \rVert$ belongs to the encoding.

Source: [ZNL21] App. A.4; the weighted encoding derived
"""

from functools import cached_property
from typing import Literal

import numpy as np
from attrs import field, frozen

from bloqs.linear_systems.model.colouring import matchings_of
from bloqs.ntk.model.activation import Reals
from bloqs.ntk.model.masks import Mask
from bloqs.ntk.model.padding import Places
from bloqs.ntk.model.readout import Overlap, check_vector, clip

Variant = Literal["uniform", "weighted", "diagonal"]

SYMMETRY = 1e-12
"""Largest difference of mirrored entries, in terms of the largest diagonal entry."""


@frozen(eq=False)
class MaskedSystem:
    """Kernel, labels and mask.

    Args:
        exact: K, shape (n, n), symmetric; its largest diagonal entry is one.
        labels: shape (n,) of +1 and -1.
        mask: which entries are kept.
        shift: what is added to the diagonal of the masked kernel, in terms of it; 0 without
            preconditioning.

    Raises:
        ValueError: if shapes differ, the matrix is no kernel or a matrix has no inverse.
    """

    exact: Reals = field()
    labels: Reals
    mask: Mask
    shift: float = 0.0

    @exact.validator
    def _check(self, _: object, matrix: Reals) -> None:
        if matrix.ndim != 2 or matrix.shape != (len(self.labels),) * 2:
            raise ValueError(
                f"the kernel of {len(self.labels)} points has a row and a column for each, got "
                f"shape {matrix.shape}"
            )
        if not np.all(np.isfinite(matrix)) or not np.all(np.diagonal(matrix) > 0):
            raise ValueError("a kernel matrix is finite and its diagonal above zero")
        if np.abs(matrix - matrix.T).max() > SYMMETRY:
            raise ValueError("a kernel matrix is symmetric; give one that is")
        if not self.shift >= 0:
            raise ValueError(f"a shift of the diagonal is at least 0, got {self.shift}")

    @classmethod
    def of(cls, matrix: Reals, labels: Reals, mask: Mask, shift: float = 0.0) -> "MaskedSystem":
        """Of a kernel matrix in any unit: it is divided by its largest diagonal entry."""
        scale = float(np.diagonal(matrix).max())
        return cls(matrix / scale if scale > 0 else matrix, labels, mask, shift)

    @property
    def n(self) -> int:
        """Points."""
        return len(self.labels)

    @cached_property
    def matrix(self) -> Reals:
        """K_S, shape (n, n)."""
        kept = self.mask.of_matrix(self.exact)
        kept[np.diag_indices(self.n)] *= 1 + self.shift
        return kept

    @cached_property
    def places(self) -> Places:
        """Where the points stand in a power of two rows."""
        return Places.of(self.labels)

    @cached_property
    def padded(self) -> Reals:
        """K_S as rows, shape (2**a, 2**a), with its largest diagonal entry where no point is."""
        return self.places.matrix(self.matrix, float(np.diagonal(self.matrix).max()))

    @property
    def row_sum(self) -> float:
        """r: largest sum of |K_ij| over K_ii beside the diagonal."""
        return _row_sum(self.exact)

    @property
    def masked_row_sum(self) -> float:
        """r_S: the same of K_S."""
        return _row_sum(self.matrix)

    @property
    def largest(self) -> float:
        """k_max: largest |K_ij| beside the diagonal."""
        return float(np.abs(self.exact - np.diag(np.diagonal(self.exact))).max())

    @cached_property
    def eigenvalues(self) -> Reals:
        """Of K_S, rising; shape (n,)."""
        return np.asarray(np.linalg.eigvalsh(self.matrix), dtype=float)

    @cached_property
    def exact_eigenvalues(self) -> Reals:
        """Of K, rising; shape (n,)."""
        return np.asarray(np.linalg.eigvalsh(self.exact), dtype=float)

    @property
    def is_definite(self) -> bool:
        """Whether K_S is positive definite; masking may take that away."""
        return bool(self.eigenvalues[0] > 0)

    @property
    def smallest(self) -> float:
        """Smallest modulus of an eigenvalue of K_S."""
        return float(np.abs(self.eigenvalues).min())

    @property
    def condition(self) -> float:
        """kappa of K_S, from moduli of eigenvalues."""
        return _condition(self.eigenvalues)

    @property
    def exact_condition(self) -> float:
        """kappa of K."""
        return _condition(self.exact_eigenvalues)

    @cached_property
    def matchings(self) -> tuple[tuple[int, ...], ...]:
        """Involutions of the 2**a rows that cover K_S, the identity first."""
        if self.mask.offsets is not None and self.places.is_full:
            rows = np.arange(self.n)
            return tuple(tuple((rows ^ r).tolist()) for r in self.mask.offsets)
        return matchings_of(self.padded)

    def weights(self, variant: Variant) -> tuple[float, ...]:
        """w_l of each matching, in their order; of the diagonal alone for `diagonal`."""
        rows = np.arange(self.places.size)
        own = [float(np.diagonal(self.padded).max())]
        for pi in self.matchings[1:]:
            entries = np.abs(self.padded[rows, list(pi)])
            own.append(float(entries[rows != np.array(pi)].max(initial=0.0)))
        if variant == "diagonal":
            return (own[0],)
        return (max(own),) * len(own) if variant == "uniform" else tuple(own)

    def alpha(self, variant: Variant) -> float:
        """Subnormalisation of the encoding: sum of the weights."""
        return float(sum(self.weights(variant)))

    def kappa_eff(self, variant: Variant) -> float:
        """alpha |K_S^-1|; one for the diagonal, if all its entries are equal."""
        if variant == "diagonal":
            diagonal = np.diagonal(self.matrix)
            return float(diagonal.max() / diagonal.min())
        return self.alpha(variant) / self.smallest

    @cached_property
    def solution(self) -> Reals:
        """K_S^-1 y, shape (n,).

        Raises:
            ValueError: if K_S has no inverse in floating point.
        """
        return _solved(self.matrix, self.labels, "the masked kernel")

    @cached_property
    def exact_solution(self) -> Reals:
        """K^-1 y, shape (n,)."""
        return _solved(self.exact, self.labels, "the kernel")

    @property
    def diagonal_solution(self) -> Reals:
        """y over the diagonal of K, shape (n,)."""
        return np.asarray(self.labels / np.diagonal(self.exact))

    def predict(self, k: Reals) -> "Prediction":
        """Of a test point with these kernels, shape (n,), in the unit of `exact`."""
        return Prediction(np.asarray(k, dtype=float), self)


def _row_sum(matrix: Reals) -> float:
    diagonal = np.abs(np.diagonal(matrix))
    return float(((np.abs(matrix).sum(axis=1) - diagonal) / diagonal).max())


def _condition(values: Reals) -> float:
    moduli = np.abs(values)
    return float(moduli.max() / moduli.min()) if moduli.min() > 0 else float("inf")


def _solved(matrix: Reals, labels: Reals, what: str) -> Reals:
    try:
        return np.asarray(np.linalg.solve(matrix, labels), dtype=float)
    except np.linalg.LinAlgError as singular:
        raise ValueError(f"{what} has no inverse; go deeper, or add a shift") from singular


@frozen(eq=False)
class Prediction:
    """Of one test point.

    Args:
        k: kernels with the data, shape (n,).
        system: what it is predicted with.

    Raises:
        ValueError: if k is zero.
    """

    k: Reals = field()
    system: MaskedSystem

    @k.validator
    def _check(self, _: object, k: Reals) -> None:
        if k.shape != (self.system.n,):
            raise ValueError(f"k_* has an entry for each of {self.system.n} points, got {k.shape}")
        check_vector(k)

    @property
    def f(self) -> float:
        """With the kernel."""
        return float(self.k @ self.system.exact_solution)

    @property
    def f_S(self) -> float:  # noqa: N802
        """With the masked kernel."""
        return float(self.k @ self.system.solution)

    @property
    def f_D(self) -> float:  # noqa: N802
        """With the diagonal."""
        return float(self.k @ self.system.diagonal_solution)

    @property
    def one_norm(self) -> float:
        """1-norm of k_*: the unit of the proved errors."""
        return float(np.abs(self.k).sum())

    @property
    def margin(self) -> float:
        """|f_D| over the 1-norm."""
        return abs(self.f_D) / self.one_norm

    def clipped(self, ceiling: float, is_masked: bool = True) -> Overlap:
        """What the circuit reads: k_* cut off at a ceiling, over the padded rows.

        Args:
            ceiling: where k_* is cut off, and what it is divided by.
            is_masked: whether against K_S^-1 y, else against y over the diagonal.
        """
        places = self.system.places
        against = self.system.solution if is_masked else self.system.diagonal_solution
        return Overlap.of(places.vector(clip(self.k, ceiling)), places.vector(against))

    @property
    def top(self) -> float:
        """Largest |k_i|, a ceiling that cuts nothing off."""
        return float(np.abs(self.k).max())
