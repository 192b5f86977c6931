"""A matrix as a sum of Pauli strings, which a table holds."""

import math
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from qualtran import Bloq, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractBlockEncoding, AbstractLoader, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.linear_systems.circuits.pauli_step import PauliStep
from bloqs.linear_systems.model.structure import PauliTerm, pauli_terms
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class PauliSumEncoding(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes $A = \sum_l w_l i^{k_l} X^{x_l} Z^{z_l}$ with the l1 norm of the weights as alpha.

    The string is chosen by $\sum_l \sqrt{w_l/\alpha}\, |l\rangle$ and applied by a `PauliStep`.
    If every string with its sign is Hermitian, the circuit is its own inverse, and what it encodes
    is Hermitian, however the angles were rounded.

    Args:
        strings: $(x_l, z_l, k_l)$ of the $2^c$ terms, or `None` when only the sizes matter.
        weights: $w_l \ge 0$, zero for terms that only fill up, or `None` likewise.
        alpha: $\sum_l w_l$. Unit: that of the entries.
        c: log2 of the number of terms, at least 1. Unit: qubits.
        n: log2 of the size, at least 1. Unit: qubits.
        b: bits of an angle, at least 4. Unit: qubits.
        loader: the memory that holds angles and strings.
        rotation: how the bits of an angle turn a qubit.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n).
        ancilla: QAny(c): which term. Starts in zero; finding zero again flags success.

    Encodes: A with the given alpha and epsilon = 2 alpha c pi / 2**b (spectral norm), that of the
        two preparations.

    Cost: two trees over c qubits and a `PauliStep`.

    Raises:
        ValueError: if a weight is negative or all are zero, or as the parts.

    Source: [GSLW18] Lem. 52 for the combination; the table of strings is ours.
    """

    strings: tuple[tuple[int, int, int], ...] | None
    weights: tuple[float, ...] | None
    alpha: SymbolicFloat
    c: SymbolicInt
    n: SymbolicInt
    b: SymbolicInt
    loader: AbstractLoader
    rotation: Rotation

    def __attrs_post_init__(self) -> None:
        weights = self.weights
        if weights is not None and not (min(weights) >= 0 and any(weights)):
            raise ValueError("a Pauli sum needs weights >= 0 that are not all zero; signs are in k")
        self.prepare, self.step  # noqa: B018  refuse what the parts refuse

    @classmethod
    def of(
        cls,
        matrix: NDArray[np.float64] | NDArray[np.complex128],
        b: int,
        loader: AbstractLoader,
        rotation: Rotation,
    ) -> "PauliSumEncoding":
        """The encoding of a real or a Hermitian array of shape (2**n, 2**n), not zero.

        Raises:
            ValueError: if it is neither, or as the class.
        """
        n = max(1, (len(matrix) - 1).bit_length())
        terms = pauli_terms(matrix)
        assert terms is not None  # no limit is set
        return cls.of_terms(terms, n, b, loader, rotation)

    @classmethod
    def of_terms(
        cls,
        terms: Sequence[PauliTerm],
        n: int,
        b: int,
        loader: AbstractLoader,
        rotation: Rotation,
    ) -> "PauliSumEncoding":
        """The encoding of a sum of strings on n qubits.

        Raises:
            ValueError: as the class.
        """
        c = max(1, (len(terms) - 1).bit_length())
        more = 2**c - len(terms)
        return cls(
            (*((t.x, t.z, t.k) for t in terms), *((0, 0, 0) for _ in range(more))),
            (*(t.weight for t in terms), *(0.0 for _ in range(more))),
            float(sum(t.weight for t in terms)),
            c,
            n,
            b,
            loader,
            rotation,
        )

    @property
    def is_hermitian(self) -> bool:
        """Whether the circuit is its own inverse."""
        return self.strings is not None and all(
            (k - (x & z).bit_count()) % 2 == 0 for x, z, k in self.strings
        )

    @cached_property
    def prepare(self) -> RotationTree:
        """The preparation of the term."""
        rows = None if self.weights is None else (tuple(map(math.sqrt, self.weights)),)
        return RotationTree(rows, 0, self.c, self.b, self.loader, self.rotation)

    @cached_property
    def step(self) -> PauliStep:
        """The string of the term."""
        return PauliStep(self.strings, self.c, self.n, self.loader, self.is_controlled)

    @property
    def epsilon(self) -> SymbolicFloat:
        return 2 * self.alpha * self.prepare.epsilon

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.n

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.c

    @property
    def ancilla_names(self) -> WireNames:
        return (("term", self.c),)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {self.prepare: 1, self.step: 1, self.prepare.adjoint(): 1}

    def write(self, wires: Wires) -> None:
        term = self.wires_of("ancilla")
        wires.on(self.prepare, target=term)
        wires.on(self.step, ctrl=self.control, colour=term, index=self.wires_of("system"))
        wires.on(self.prepare.adjoint(), target=term)

    def __str__(self) -> str:
        terms = f"2**{self.c}" if self.weights is None else sum(map(bool, self.weights))
        return f"PauliSum{'†' if self.is_adjoint else ''}({terms} strings, n={self.n})"


@bloq_example(generalizer=SAME_CALLS)
def pauli_sum_example() -> PauliSumEncoding:
    matrix = np.array([[2.0, -1.0], [0.5, 1.0]])
    return PauliSumEncoding.of(matrix, 5, QROMLoader(), Rotation.BITWISE)


@bloq_example(generalizer=SAME_CALLS)
def _pauli_sum_complex() -> PauliSumEncoding:
    matrix = np.array([[2.0, 1.0 - 1.0j], [1.0 + 1.0j, 0.5]])
    return PauliSumEncoding.of(matrix, 4, QROMLoader(), Rotation.PHASE_GRADIENT)


@bloq_example(generalizer=SAME_CALLS)
def _pauli_sum_controlled() -> PauliSumEncoding:
    matrix = np.diag([1.0, 0.5, -1.0, 2.0]) + np.fliplr(np.eye(4))
    found = PauliSumEncoding.of(matrix, 4, QROMLoader(), Rotation.BITWISE)
    controlled = with_control(found, True)
    assert isinstance(controlled, PauliSumEncoding)
    return controlled


@bloq_example(generalizer=SAME_CALLS)
def pauli_sum_symbolic_example() -> PauliSumEncoding:
    sizes = symbols.alpha_0, symbols.c, symbols.n, symbols.b
    return PauliSumEncoding(None, None, *sizes, QROMLoader(), Rotation.PHASE_GRADIENT)
