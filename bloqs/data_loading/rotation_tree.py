"""Amplitude encoding by a tree of looked-up rotations (Grover-Rudolph, Kerenidis-Prakash)."""

from typing import Any

import attrs
import numpy as np
import sympy
from attrs import frozen
from numpy.typing import NDArray
from qualtran import (
    AddControlledT,
    Bloq,
    BloqBuilder,
    CtrlSpec,
    DecomposeTypeError,
    QBit,
    QUInt,
    Register,
    Signature,
    SoquetT,
    bloq_example,
)
from qualtran.bloqs.mcmt.specialized_ctrl import get_ctrl_system_1bit_cv_from_bloqs
from qualtran.resource_counting import (
    BloqCountDictT,
    CostKey,
    QubitCount,
    SympySymbolAllocator,
)
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBloq, AbstractLoader, WireNames
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import IdealQRAMLoader, QROAMLoader, QROMLoader
from bloqs.data_loading.phase_gradient import (
    gradient_calls,
    gradient_size,
    make_gradient,
    unmake_gradient,
)
from bloqs.data_loading.rotation_level import RotationLevel
from bloqs.data_loading.rounded_angles import rounded_angles
from bloqs.data_loading.tree_depth import tree_depth
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wire, Wires
from estimator import symbols
from estimator.costs.keys import ToffoliDepth
from estimator.costs.known import known_cost

Rows = tuple[tuple[float, ...], ...]


@frozen(cache_hash=True)
class RotationTree(AbstractBloq):
    r"""Prepares row $j$ of a real matrix, $|j\rangle|0\rangle \to |j\rangle|w_j\rangle$.

    Qubit $l$ of the target is rotated by an angle that depends on $j$ and on the $l$ qubits
    before it, the arc tangent of the norms of the two halves of what is left of the row; the
    last angle also carries the signs. Angles have $b$ bits. A zero angle is no rotation, so the
    control of the lookups alone controls the tree.

    Args:
        rows: $2^s$ rows of $2^n$ real numbers, each row up to a positive factor, or `None` when
            only their sizes matter. An all-zero row prepares $|0\rangle$.
        s: log2 of the number of rows. Unit: qubits.
        n: log2 of the length of a row, at least 1. Unit: qubits.
        b: bits of an angle, at least 4. Unit: qubits.
        loader: the memory that holds the angles.
        rotation: how the bits of an angle turn a qubit.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.
        borrows_gradient: whether the phase-gradient state is the caller's, who makes it once for
            several trees, instead of made and unmade here.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        row: QUInt(s), absent if zero.
        target: QUInt(n), most significant bit first. Starts in zero.
        gradient: QUInt(b), only if `borrows_gradient` and the rotations need one.

    Encodes: each normalised row with error `epsilon` = n pi / 2**b in the l2 norm, and the
        isometry on all rows with the same error in the spectral norm.

    Cost: `n` levels, level $l$ with a table of $2^{s+l}$ angles; for
        `Rotation.PHASE_GRADIENT` also one phase-gradient state made and unmade, 2 (b - 3)
        rotations and 2 T. Closed forms: `AbstractLoader.tree_calls`; as symbols, s and n stand
        for s + n >= 3. Toffoli depth: the sum over the levels, `tree_depth`.

    Raises:
        ValueError: if the rows have the wrong shape or an entry is not finite, or s, n or b is
            too small.

    Source: [RHGPR25] Lem. D.1, Def. B.3; [LKS18] Sec. 4.
    """

    rows: Rows | None
    s: SymbolicInt
    n: SymbolicInt
    b: SymbolicInt
    loader: AbstractLoader
    rotation: Rotation
    is_controlled: bool = False
    is_adjoint: bool = False
    borrows_gradient: bool = False

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.n) and self.n < 1:
            raise ValueError(f"RotationTree needs n >= 1 qubits to rotate, got n={self.n}")
        if not is_symbolic(self.s) and self.s < 0:
            raise ValueError(f"RotationTree needs s >= 0 row qubits, got s={self.s}")
        if not is_symbolic(self.b) and self.b < 4:
            raise ValueError(f"RotationTree needs at least b = 4 bits of angle, got b={self.b}")
        if self.rows is None or is_symbolic(self.s, self.n):
            return
        shape = (len(self.rows), *{len(row) for row in self.rows})
        if shape != (2**self.s, 2**self.n):
            raise ValueError(
                f"rows must have shape (2**s, 2**n) = {(2**self.s, 2**self.n)}, got {shape}; "
                f"pad with zeros"
            )
        if not np.all(np.isfinite(self.rows)):
            raise ValueError("rows must be finite, got NaN or infinity")

    @property
    def epsilon(self) -> SymbolicFloat:
        """Error of each prepared row in the l2 norm: rounding an angle errs by at most pi/2**b."""
        return self.n * sympy.pi / sympy.Integer(2) ** self.b

    @property
    def signature(self) -> Signature:
        control = [Register("ctrl", QBit())] if self.is_controlled else []
        row = []
        if is_symbolic(self.s) or self.s:
            row = [Register("row", QUInt(self.s))]
        target, gradient = Register("target", QUInt(self.n)), []
        if is_symbolic(self._borrowed) or self._borrowed:
            gradient = [Register("gradient", QUInt(self.b))]
        return Signature([*control, *row, target, *gradient])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"row": (("table row", self.s),), "target": (("loaded index", self.n),)}

    @property
    def _borrowed(self) -> SymbolicInt:
        """Width of the gradient register in the signature. Unit: qubits."""
        return gradient_size(self.rotation, self.b) if self.borrows_gradient else 0

    @property
    def _is_summed(self) -> bool:
        """Whether the levels are too symbolic to be listed, so that closed forms stand in."""
        return is_symbolic(self.n, self.s, getattr(self.loader, "beta", 0))

    def angles(self) -> list[NDArray[np.float64]]:
        r"""$\phi$ of every level: arrays of shape (2**(s + l),). Unit: radians."""
        rows = np.array(self.rows, dtype=float) + 0.0  # turns -0.0, which has an angle, into 0.0
        _, exponent = np.frexp(np.abs(rows).max(axis=1, keepdims=True))
        norms = [np.ldexp(rows, -exponent)]  # no overflow, no rounding
        for _ in range(self.n):
            pairs = norms[0].reshape(-1, 2)
            norms.insert(0, np.hypot(pairs[:, 0], pairs[:, 1]))
        halves = [level.reshape(-1, 2) for level in norms[1:]]
        return [-np.arctan2(half[:, 1], half[:, 0]) for half in halves]

    def level(self, l: SymbolicInt, table: tuple[int, ...] | None = None) -> RotationLevel:
        """The level that rotates target qubit `l`, with the given angles or none."""
        address, control = self.s + l, self.is_controlled
        return RotationLevel(table, address, self.b, self.loader, self.rotation, control)

    def levels(self) -> list[RotationLevel]:
        """All levels, in order of execution."""
        if self.rows is None or is_symbolic(self.b):
            levels = [self.level(l) for l in range(self.n)]
        else:
            tables = [rounded_angles(phi, self.b) for phi in self.angles()]
            levels = [self.level(l, table) for l, table in enumerate(tables)]
        return [level.adjoint() for level in reversed(levels)] if self.is_adjoint else levels

    @property
    def work(self) -> SymbolicInt:
        """Work qubits: those of the largest level, and the gradient register. Unit: qubits."""
        own = 0 if self.borrows_gradient else gradient_size(self.rotation, self.b)
        return self.level(self.n - 1).work + own

    def build_composite_bloq(self, bb: BloqBuilder, **soqs: Any) -> dict[str, SoquetT]:
        if is_symbolic(self.s, self.n, self.b, getattr(self.loader, "beta", 0)):
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")
        wires = Wires(bb)
        for name, soq in soqs.items():
            wires.split(name, soq)
        control = [("ctrl", 0)] if self.is_controlled else []
        address = [("row", k) for k in range(self.s)] + [("target", l) for l in range(self.n)]
        own: list[Wire] = []
        gradient: list[Wire] = [("gradient", k) for k in range(self._borrowed)]
        if not self.borrows_gradient:
            own = gradient = make_gradient(wires, self.rotation, self.b)
        for level in self.levels():
            a = level.address_bitsize
            registers = {"ctrl": control, "address": address[:a], "target": address[a : a + 1]}
            wires.on(level, **registers, gradient=gradient)
        unmake_gradient(wires, own)
        return wires.registers(self.signature)

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        calls: dict[Bloq, SymbolicInt] = {}
        if self._is_summed:
            calls.update(
                self.loader.tree_calls(self.s, self.s + self.n, self.b, self.is_controlled)
            )
            calls[self.level(0).turn] = self.n
        else:
            for level in self.levels():
                calls[level] = calls.get(level, 0) + 1
        if not self.borrows_gradient:
            calls |= gradient_calls(self.rotation, self.b)
        return calls

    def adjoint(self) -> "RotationTree":
        return attrs.evolve(self, is_adjoint=not self.is_adjoint)

    def get_ctrl_system(self, ctrl_spec: CtrlSpec) -> tuple[Bloq, AddControlledT]:
        return get_ctrl_system_1bit_cv_from_bloqs(
            self,
            ctrl_spec,
            current_ctrl_bit=1 if self.is_controlled else None,
            bloq_with_ctrl=attrs.evolve(self, is_controlled=True),
            ctrl_reg_name="ctrl",
        )

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, QubitCount):
            return self.s + self.n + int(self.is_controlled) + self._borrowed + self.work
        if isinstance(cost_key, ToffoliDepth) and self._is_summed:
            turns = self.n * known_cost(self.level(0).turn, cost_key)
            lookups = tree_depth(self.loader, self.s, self.s + self.n, self.b, self.is_controlled)
            return sympy.expand(turns + lookups)
        if isinstance(cost_key, ToffoliDepth):  # each level turns a qubit of the next one's address
            return sum(known_cost(level, cost_key) for level in self.levels())
        return NotImplemented

    def __str__(self) -> str:
        dagger = "†" if self.is_adjoint else ""
        return f"RotationTree{dagger}(s={self.s}, n={self.n})"


@bloq_example(generalizer=SAME_CALLS)
def _rotation_tree() -> RotationTree:
    rows = ((0.5, -0.5, 0.1, 0.7),)
    return RotationTree(rows, s=0, n=2, b=5, loader=QROMLoader(), rotation=Rotation.BITWISE)


@bloq_example(generalizer=SAME_CALLS)
def _rotation_tree_of_rows() -> RotationTree:
    rows = ((3.0, -4.0, 0.0, 1.0), (0.0, 0.0, 1.0, 2.0))
    return RotationTree(rows, 1, 2, 4, QROAMLoader(beta=1), Rotation.PHASE_GRADIENT)


@bloq_example(generalizer=SAME_CALLS)
def _rotation_tree_controlled() -> RotationTree:
    rows = ((0.5, -0.5, 0.1, 0.7),)
    return RotationTree(rows, 0, 2, 4, QROMLoader(), Rotation.PHASE_GRADIENT, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _rotation_tree_symbolic() -> RotationTree:
    return RotationTree(
        None, symbols.s, symbols.n, symbols.b, QROMLoader(), Rotation.PHASE_GRADIENT
    )


@bloq_example(generalizer=SAME_CALLS)
def _rotation_tree_ideal() -> RotationTree:
    return RotationTree(None, 0, symbols.n, symbols.b, IdealQRAMLoader(), Rotation.PHASE_GRADIENT)
