"""What a matrix is a sum of: shifts of an index or of a grid, diagonals, Pauli strings."""

import itertools

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

MOST_AXES = 3
"""Of a grid that is looked for."""


@frozen(kw_only=True)
class Shifts:
    r"""A matrix of constant entries along shifts: $A = \sum_k w_k S_k$.

    $S_k$ moves a point of a grid of $2^m$ points a side by the k-th shift, and to zero if that
    leaves the grid, or round it if the grid is cyclic.

    Args:
        shifts: of each term one number of points for each axis.
        weights: $w_k$, not zero.
        m: log2 of the points a side. Unit: qubits.
        is_cyclic: whether the grid closes on itself.
    """

    shifts: tuple[tuple[int, ...], ...]
    weights: tuple[float, ...]
    m: int
    is_cyclic: bool

    @property
    def alpha(self) -> float:
        """Sum of the moduli of the weights. Unit: that of the entries."""
        return float(sum(map(abs, self.weights)))


def shifts_of(matrix: NDArray[np.float64], axes: int, is_cyclic: bool) -> Shifts | None:
    """The shifts that a matrix is a sum of, or `None` if its entries along one differ.

    Args:
        matrix: of shape (2**n, 2**n), not zero; compared exactly.
        axes: of the grid; the most significant bits of an index are the first coordinate.
        is_cyclic: whether entries that wrap around belong to the shift.
    """
    n = len(matrix).bit_length() - 1
    if axes < 1 or n % axes:
        return None
    m = n // axes
    side = 2**m
    places = np.arange(len(matrix))
    keys = np.zeros(matrix.shape, dtype=int)
    for axis in range(axes):
        at = places >> m * (axes - 1 - axis) & side - 1
        moved = at[:, None] - at[None, :]
        keys = keys * 2 * side + (moved % side if is_cyclic else moved + side)
    found, first, which = np.unique(keys, return_index=True, return_inverse=True)
    values = matrix.reshape(-1)[first]
    if not np.array_equal(values[which.reshape(matrix.shape)], matrix):
        return None
    used = np.flatnonzero(values)
    digits = [found[used] // (2 * side) ** (axes - 1 - axis) % (2 * side) for axis in range(axes)]
    offset = 0 if is_cyclic else side
    shifts = zip(*((digit - offset).tolist() for digit in digits), strict=True)
    return Shifts(
        shifts=tuple(shifts),
        weights=tuple(float(x) for x in values[used]),
        m=m,
        is_cyclic=is_cyclic,
    )


def laplacian(m: int, axes: int, spacing: float = 1.0) -> Shifts:
    r"""The negative Laplacian on $2^m$ inner points a side, zero on the boundary.

    $-\sum_k \partial_k^2$ by central differences: $2 \cdot axes / h^2$ on the diagonal and
    $-1/h^2$ for each neighbour. Eigenvalues: sums over the axes of
    $4 \sin^2(\pi j / 2 (2^m + 1)) / h^2$, j from 1 to $2^m$.

    Args:
        m: log2 of the points a side, at least 1. Unit: qubits.
        axes: 1, 2 or 3.
        spacing: h, above zero.

    Raises:
        ValueError: if one is out of range.
    """
    if m < 1 or not 1 <= axes <= MOST_AXES or not 0 < spacing < float("inf"):
        raise ValueError(
            f"a Laplacian needs m >= 1, 1 to {MOST_AXES} axes and a spacing > 0, got m={m}, "
            f"axes={axes}, spacing={spacing}"
        )
    steps = [tuple(s * (k == axis) for k in range(axes)) for axis in range(axes) for s in (1, -1)]
    unit = spacing**-2
    return Shifts(
        shifts=((0,) * axes, *steps),
        weights=(2 * axes * unit, *(-unit for _ in steps)),
        m=m,
        is_cyclic=False,
    )


def dense(shifts: Shifts) -> NDArray[np.float64]:
    """The matrix itself, of shape (2**n, 2**n), n = m times the axes."""
    side, axes = 2**shifts.m, len(shifts.shifts[0])
    matrix = np.zeros((side**axes, side**axes))
    for at in itertools.product(range(side), repeat=axes):
        column = int(np.ravel_multi_index(at, (side,) * axes))
        for shift, weight in zip(shifts.shifts, shifts.weights, strict=True):
            to = [x + s for x, s in zip(at, shift, strict=True)]
            if shifts.is_cyclic:
                to = [x % side for x in to]
            if all(0 <= x < side for x in to):
                matrix[int(np.ravel_multi_index(to, (side,) * axes)), column] += weight
    return matrix


def bands_of(matrix: NDArray[np.float64]) -> dict[int, NDArray[np.float64]]:
    """The cyclic diagonals that are not zero.

    Args:
        matrix: of shape (N, N).

    Returns:
        By shift s from 0 to N - 1 the entries A[j + s mod N, j] of shape (N,), j from 0.
    """
    places = np.arange(len(matrix))
    found = {s: matrix[(places + s) % len(matrix), places] for s in range(len(matrix))}
    return {s: entries for s, entries in found.items() if entries.any()}


@frozen(kw_only=True)
class PauliTerm:
    r"""$w P$ with $P = i^k \prod X^x \prod Z^z$, Z first.

    Args:
        x: bits of the qubits with an X or Y, the most significant for the first.
        z: likewise with a Z or Y.
        k: in 0..3. With $k = |x \wedge z| \bmod 4$ this is a string of X, Y, Z and 1; one
            differs from it by a sign if k differs by 2.
        weight: w, above zero.
    """

    x: int
    z: int
    k: int
    weight: float

    @property
    def is_hermitian(self) -> bool:
        """Whether P is."""
        return (self.k - (self.x & self.z).bit_count()) % 2 == 0


NEGLIGIBLE = 1e-15
"""Sum of weights that is left out, in terms of the whole."""


def pauli_terms(
    matrix: NDArray[np.complex128] | NDArray[np.float64], most: int | None = None
) -> tuple[PauliTerm, ...] | None:
    """A real or a Hermitian matrix as a sum of Pauli strings.

    Args:
        matrix: of shape (2**n, 2**n), not zero.
        most: largest number of terms that is wanted.

    Returns:
        Terms of falling weight, or `None` if there are more; what rounding makes of coefficients
        that are zero is left out.

    Raises:
        ValueError: if the matrix is neither real nor Hermitian.
    """
    array = np.asarray(matrix)
    size = len(array)
    largest = np.abs(array).max()
    is_real = not np.iscomplexobj(array) or np.abs(array.imag).max() == 0
    if not is_real and np.abs(array - array.conj().T).max() > 1e-12 * largest:
        raise ValueError(
            "Pauli sums need a real matrix or a Hermitian one, and this is neither; encode its "
            "Hermitian dilation"
        )
    places = np.arange(size)
    # row x: sum over j of A[j ^ x, j] (-1)^(z.j) / N is the coefficient of X^x Z^z
    table = np.array([array[places ^ x, places] for x in range(size)], dtype=complex) / size
    width = 1
    while width < size:
        halves = table.reshape(size, -1, 2, width)
        low, high = halves[:, :, 0].copy(), halves[:, :, 1].copy()
        halves[:, :, 0], halves[:, :, 1] = low + high, low - high
        table = halves.reshape(size, size)
        width *= 2
    sizes = np.sort(np.abs(table), axis=None)
    rest = np.cumsum(sizes)
    used = sizes[np.searchsorted(rest, NEGLIGIBLE * size * rest[-1], side="right") :]
    if most is not None and len(used) > most:
        return None
    found = []
    for x, z in np.argwhere(np.abs(table) >= used[0]).tolist():
        own, value = (x & z).bit_count() % 4, table[x, z]
        if is_real:
            power, weight = (0 if value.real > 0 else 2), abs(value.real)
        else:  # value = w i^own for a real w
            real = float((value * (-1j) ** own).real)
            power, weight = (own if real > 0 else (own + 2) % 4), abs(real)
        found.append(PauliTerm(x=x, z=z, k=power, weight=float(weight)))
    return tuple(sorted(found, key=lambda term: (-term.weight, term.x, term.z)))
