"""An exact formula for the outputs of a trained circuit, as a sum over words of I, Y and Z."""

from itertools import product

import numpy as np
from attrs import field, frozen
from numpy.typing import ArrayLike

from bloqs.contrastive.model.batched_engine import Engine, Floats, check_finite


@frozen(eq=False)
class Surrogate:
    r"""The outputs without a circuit: $r_i = \sum_P c_{iP} \prod_j f_{P_j}(\phi_j)$.

    An input is one turn about X of a zero, whose means are 0 of X, $-\sin\phi$ of Y and
    $\cos\phi$ of Z; so words over I, Y and Z are all there is. Ours.

    Args:
        coefficients: $c_{iP} = \mathrm{Tr}(P U^\dagger Z_i U) / 2^W$, shape (W, 3, ..., 3), one
            axis for each qubit, in the order I, Y, Z.
    """

    coefficients: Floats = field(repr=False)

    @property
    def width(self) -> int:
        """W, inputs and outputs."""
        return len(self.coefficients)

    @property
    def degrees(self) -> Floats:
        """Inputs that each word looks at; shape (3, ..., 3)."""
        one = np.array([0, 1, 1])
        return np.asarray(sum(np.ix_(*[one] * self.width)))

    def weight_by_degree(self) -> Floats:
        """Share of the squared coefficients of all outputs, by degree; shape (W + 1,)."""
        squares = (self.coefficients**2).sum(0)
        found = np.array([squares[self.degrees == d].sum() for d in range(self.width + 1)])
        return found / found.sum()

    def up_to(self, degree: int) -> "Surrogate":
        """Only the words that look at so many inputs or fewer.

        Raises:
            ValueError: if there is no such degree.
        """
        if not 0 <= degree <= self.width:
            raise ValueError(f"a degree is from 0 to {self.width}, got {degree}")
        return Surrogate(self.coefficients * (self.degrees <= degree))

    def outputs(self, inputs: ArrayLike) -> Floats:
        """Of each sample; shapes (samples, W) and (samples, W). Inputs in radians.

        Raises:
            ValueError: if inputs have another shape or are not finite.
        """
        rows = np.asarray(inputs, dtype=float)
        if rows.ndim != 2 or rows.shape[1] != self.width:
            raise ValueError(f"inputs need shape (samples, {self.width}), got {rows.shape}")
        check_finite("inputs", rows)
        features = np.stack([np.ones_like(rows), -np.sin(rows), np.cos(rows)], axis=2)
        found = np.broadcast_to(
            self.coefficients.reshape(1, self.width, 3, -1),
            (len(rows), self.width, 3, 3 ** (self.width - 1)),
        )
        for qubit in range(self.width):
            found = np.einsum("nwpr,np->nwr", found, features[:, qubit], optimize=False)
            if qubit < self.width - 1:
                found = found.reshape(len(rows), self.width, 3, -1)
        return found[:, :, 0]

    def words(self, output: int, most: int) -> list[tuple[str, float]]:
        """The largest words of one output, qubit 0 first, with their coefficients."""
        letters = ["".join(each) for each in product("IYZ", repeat=self.width)]
        flat = self.coefficients[output].ravel()
        order = np.argsort(-np.abs(flat), kind="stable")[:most]
        return [(letters[k], float(flat[k])) for k in order]


def surrogate_of(engine: Engine, angles: ArrayLike) -> Surrogate:
    """The formula of an ansatz with its angles, measurements between layers included.

    Raises:
        ValueError: if angles are wrong, or the matrices do not fit in memory.
    """
    seen = engine.observables(angles)
    return Surrogate(np.stack([_words_of(each, engine.width) for each in seen]))


def _words_of(matrix: Floats, width: int) -> Floats:
    """Tr(P matrix) / 2**W for all words P over I, Y and Z, one qubit after another."""
    found = matrix.reshape(1, 2**width, 2**width)
    for _ in range(width):
        words, size = found.shape[0], found.shape[1] // 2
        a = found.reshape(words, 2, size, 2, size)
        one, two = a[:, 0, :, 0, :], a[:, 1, :, 1, :]
        cross = 1j * (a[:, 0, :, 1, :] - a[:, 1, :, 0, :])
        found = np.stack([(one + two) / 2, cross / 2, (one - two) / 2], 1)
        found = found.reshape(words * 3, size, size)
    return np.ascontiguousarray(found.real.reshape((3,) * width))
