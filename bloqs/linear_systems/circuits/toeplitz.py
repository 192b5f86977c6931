"""A matrix that is constant along shifts of an index or of a grid, without a table of entries."""

import math
from functools import cached_property

import attrs
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import CNOT, Hadamard, XGate
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractBlockEncoding, AbstractLoader, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.linear_systems.circuits.shift_step import ShiftStep
from bloqs.linear_systems.model.structure import Shifts, laplacian
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class ToeplitzEncoding(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes $A = \sum_l w_l S_l$ for shifts $S_l$ of a grid.

    A Toeplitz matrix is a sum of shifts of one axis, a Laplacian with Dirichlet's boundary one of
    single steps along one to three. The shift is chosen by $\sum_l \sqrt{|w_l|/\alpha}\,
    |l\rangle$; a `ShiftStep` makes it, with the sign of $w_l$. What would wrap around raises an
    overflow bit, which is an ancilla: it is left out exactly. On a cyclic grid it stays.

    Of a symmetric A the last qubit of the term is a direction in plus: forth where it is zero, back
    where it is one. It is flipped after the step, which nobody sees who finds plus again, and makes
    the circuit its own inverse; so what is encoded is symmetric, however the angles were rounded.

    Args:
        shifts: of the $2^c$ terms one for each axis, or `None` when only the sizes matter.
        weights: $w_l$, zero for terms that only fill up, or `None` likewise.
        alpha: $\sum_l |w_l|$. Unit: that of the entries.
        c: log2 of the number of terms, at least 1. Unit: qubits.
        m: log2 of the points a side, at least 1. Unit: qubits.
        axes: of the grid.
        is_cyclic: whether it closes on itself.
        b: bits of an angle, at least 4. Unit: qubits.
        loader: the memory that holds angles and shifts.
        rotation: how the bits of an angle turn a qubit.
        is_symmetric: whether terms 2 k and 2 k + 1 are a shift and its inverse, equally heavy.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse; never of a symmetric A.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(axes m), the first coordinate in the most significant bits.
        ancilla: QAny(c + axes): which term, then the overflow bits, absent if cyclic. Starts in
            zero; finding zero again flags success.

    Encodes: A with the given alpha and epsilon = 2 alpha t pi / 2**b (spectral norm), that of the
        two preparations of t = c qubits, c - 1 of a symmetric A.

    Cost: two trees over t qubits and a `ShiftStep`; the size of the matrix enters by the adders
        alone. Of a symmetric A 2 Hadamard and an X, or under control a CNOT, beside them.

    Raises:
        ValueError: if there are not 2**c terms, `is_symmetric` does not hold or leaves no qubit to
            prepare, or as the parts.

    Source: [GSLW18] Lem. 52 for the combination; the shifts are ours.
    """

    shifts: tuple[tuple[int, ...], ...] | None
    weights: tuple[float, ...] | None
    alpha: SymbolicFloat
    c: SymbolicInt
    m: SymbolicInt
    axes: int
    is_cyclic: bool
    b: SymbolicInt
    loader: AbstractLoader
    rotation: Rotation
    is_symmetric: bool = False

    def __attrs_post_init__(self) -> None:
        if self.is_symmetric and self.shifts is not None and self.weights is not None:
            forth, back = self.shifts[::2], self.shifts[1::2]
            side = 2 ** int(self.m) if self.is_cyclic else 0
            if self.weights[::2] != self.weights[1::2] or any(
                negated(there, side) != negated(negated(here, side), side)
                for there, here in zip(forth, back, strict=True)
            ):
                raise ValueError(
                    "a symmetric sum needs each shift beside its inverse, equally heavy; say that "
                    "it is not symmetric, or put them side by side"
                )
        self.prepare, self.step  # noqa: B018  refuse what the parts refuse

    @classmethod
    def of(
        cls, shifts: Shifts, b: int, loader: AbstractLoader, rotation: Rotation
    ) -> "ToeplitzEncoding":
        """The encoding of a sum of shifts.

        Raises:
            ValueError: as the class.
        """
        axes = len(shifts.shifts[0])
        paired = pairs_of(shifts)
        terms = paired or list(zip(shifts.shifts, shifts.weights, strict=True))
        c = max(2 if paired else 1, (len(terms) - 1).bit_length())
        terms += [((0,) * axes, 0.0)] * (2**c - len(terms))
        return cls(
            tuple(shift for shift, _ in terms),
            tuple(weight for _, weight in terms),
            shifts.alpha,
            c,
            shifts.m,
            axes,
            shifts.is_cyclic,
            b,
            loader,
            rotation,
            is_symmetric=bool(paired),
        )

    @cached_property
    def prepare(self) -> RotationTree:
        """The preparation of the term, without its direction if it has one."""
        rows, step = None, 2 if self.is_symmetric else 1
        if self.weights is not None:
            rows = (tuple(math.sqrt(abs(w)) for w in self.weights[::step]),)
        return RotationTree(rows, 0, self.c + 1 - step, self.b, self.loader, self.rotation)

    @cached_property
    def step(self) -> ShiftStep:
        """The shift of the term, with its sign."""
        signs = None if self.weights is None else tuple(w < 0 for w in self.weights)
        kind = self.c, self.m, self.axes, self.is_cyclic, self.loader
        return ShiftStep(self.shifts, signs, *kind, self.is_controlled)

    @property
    def epsilon(self) -> SymbolicFloat:
        return 2 * self.alpha * self.prepare.epsilon

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.axes * self.m

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.c + (0 if self.is_cyclic else self.axes)

    @property
    def ancilla_names(self) -> WireNames:
        return (("term", self.c), ("overflow", 0 if self.is_cyclic else self.axes))

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        flip: Bloq = CNOT() if self.is_controlled else XGate()
        own = {Hadamard(): 2, flip: 1} if self.is_symmetric else {}
        return {self.prepare: 1, self.step: 1, self.prepare.adjoint(): 1, **own}

    def write(self, wires: Wires) -> None:
        ancilla, c = self.wires_of("ancilla"), int(self.c)
        term, overflow = ancilla[:c], ancilla[c:]
        chosen, direction = (term[:-1], term[-1:]) if self.is_symmetric else (term, [])
        wires.on(self.prepare, target=chosen)
        for wire in direction:
            wires.h(wire)
        moved = {"overflow": overflow, "index": self.wires_of("system")}
        wires.on(self.step, ctrl=self.control, colour=term, **moved)
        for wire in direction:
            if self.is_controlled:
                wires.cnot(self.control[0], wire)
            else:
                wires.x(wire)
            wires.h(wire)
        wires.on(self.prepare.adjoint(), target=chosen)

    def adjoint(self) -> "ToeplitzEncoding":
        if self.is_symmetric:
            return self
        return attrs.evolve(self, is_adjoint=not self.is_adjoint)

    def __str__(self) -> str:
        terms: int | str = f"2**{self.c}"
        if self.weights is not None and self.shifts is not None:
            used = zip(self.shifts, self.weights, strict=True)
            terms = len({shift for shift, weight in used if weight})
        return f"Toeplitz{'†' if self.is_adjoint else ''}({terms} shifts, m={self.m})"


def negated(shift: tuple[int, ...], side: int) -> tuple[int, ...]:
    """The inverse shift, on a cyclic grid of so many points a side, or zero if it is none."""
    return tuple(-part % side if side else -part for part in shift)


def pairs_of(shifts: Shifts) -> list[tuple[tuple[int, ...], float]]:
    """Each shift and then its inverse, one weight for both; none if A is not symmetric.

    A shift that is its own inverse stands twice, with half of its weight.
    """
    side = 2**shifts.m if shifts.is_cyclic else 0
    weights = dict(zip(shifts.shifts, shifts.weights, strict=True))
    found: list[tuple[tuple[int, ...], float]] = []
    for shift, weight in weights.items():
        back = negated(shift, side)
        if weights.get(back) != weight:
            return []
        if shift >= back:
            one = weight / 2 if shift == back else weight
            found += [(shift, one), (back, one)]
    return found


@bloq_example(generalizer=SAME_CALLS)
def toeplitz_example() -> ToeplitzEncoding:
    return ToeplitzEncoding.of(laplacian(2, 1), 5, QROMLoader(), Rotation.BITWISE)


@bloq_example(generalizer=SAME_CALLS)
def _toeplitz_on_a_grid() -> ToeplitzEncoding:
    return ToeplitzEncoding.of(laplacian(1, 2), 4, QROMLoader(), Rotation.BITWISE)


@bloq_example(generalizer=SAME_CALLS)
def _toeplitz_controlled() -> ToeplitzEncoding:
    shifts = ((0,), (1,), (3,), (0,))
    kind = QROMLoader(), Rotation.PHASE_GRADIENT
    weights = (2.0, -1.0, 0.5, 0.0)
    return ToeplitzEncoding(shifts, weights, 3.5, 2, 2, 1, True, 4, *kind, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _toeplitz_symmetric_controlled() -> ToeplitzEncoding:
    found = ToeplitzEncoding.of(laplacian(1, 1), 4, QROMLoader(), Rotation.BITWISE)
    controlled = with_control(found, True)
    assert isinstance(controlled, ToeplitzEncoding)
    return controlled


@bloq_example(generalizer=SAME_CALLS)
def _toeplitz_symmetric_symbolic() -> ToeplitzEncoding:
    kind = symbols.b, QROMLoader(), Rotation.PHASE_GRADIENT
    sizes = symbols.alpha_0, symbols.c, symbols.m, 2, False
    return ToeplitzEncoding(None, None, *sizes, *kind, is_symmetric=True)


@bloq_example(generalizer=SAME_CALLS)
def toeplitz_symbolic_example() -> ToeplitzEncoding:
    kind = symbols.b, QROMLoader(), Rotation.PHASE_GRADIENT
    return ToeplitzEncoding(None, None, symbols.alpha_0, symbols.c, symbols.m, 3, False, *kind)
