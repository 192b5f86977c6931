"""A quadratic form of data, such as a graph network of degree 2, read by the other party."""

from functools import cached_property
from typing import Any, Literal

import numpy as np
from attrs import field, frozen
from qualtran import Bloq, DecomposeTypeError, QBit, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import WireNames
from bloqs.communication import symbols
from bloqs.communication.circuits.dense_unitary import DenseUnitary
from bloqs.communication.circuits.multiplexed import Turn, chosen, turn_calls, write_turns
from bloqs.communication.circuits.party_chain import AbstractPartyChain, owner, rows_of
from bloqs.communication.circuits.vector_tree import VectorTree
from bloqs.communication.model.gadgets import data_form, signed_gadget
from bloqs.communication.model.graph import GraphNetwork
from bloqs.communication.model.matching_problem import HiddenMatching
from bloqs.composite import AbstractComposite, with_control
from bloqs.gates.turn_about_y import TurnAboutY
from bloqs.messages.party_block import PartyBlock
from bloqs.messages.private import Private
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator.symbols import theta

Way = Literal["eigenbasis", "block-encoding"]
WAYS: tuple[Way, ...] = ("eigenbasis", "block-encoding")
"""How a form is read: an eigenvalue, or a sign whose mean is the form over its norm."""

FLAG = "flag"


@frozen(cache_hash=True)
class FormReading(AbstractComposite):
    r"""Turns the eigenvectors of a form to basis states, and perhaps a flag by the eigenvalues.

    With $Q = \sum_m \lambda_m |v_m\rangle\langle v_m|$ the flag is turned by
    $\arccos(\lambda_m / \lVert Q \rVert)$ about Y, so that its Z is the reflection whose block in
    flag 0 is $Q / \lVert Q \rVert$: a block-encoding that is measured itself, so that the test
    takes neither a control nor a way back.

    Args:
        n: width of the register. Unit: qubits.
        form: Q, symmetric, N = 2**n rows, somebody's own; `None` if only its size matters.
        way: what is read.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        flag: QBit, only by block-encoding. Starts in zero.
        system: QUInt(n).

    Cost: a dense block; by block-encoding N rotations and N CNOTs more, controlled 2 N and 3 N.

    Raises:
        ValueError: if the form is not symmetric, has another shape or is zero, or the way is none.

    Source: [GMSM24], whose graph networks are read so; ours, the test without a control.
    """

    n: SymbolicInt
    form: Private | None = field(default=None)
    way: Way = field(default="eigenbasis")

    def __attrs_post_init__(self) -> None:
        if self.way not in WAYS:
            raise ValueError(f"a form is read by {' or '.join(WAYS)}, got {self.way!r}")
        if self.form is None:
            return
        q = np.array(self.form.value, dtype=float)
        if q.shape != (2**self.n, 2**self.n):
            raise ValueError(f"a form on {self.n} qubits has {2**self.n} rows, got shape {q.shape}")
        if not np.isfinite(q).all() or np.max(np.abs(q - q.T)) > 1e-12 * np.max(np.abs(q)):
            raise ValueError("a form is finite and symmetric; give (Q + Q^T)/2")
        if not q.any():
            raise ValueError("a form that is read is not zero")

    @cached_property
    def spectrum(self) -> tuple[Any, Any]:
        """Eigenvalues in rising order, shape (N,), and eigenvectors as columns, shape (N, N)."""
        if self.form is None:
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")
        values, vectors = np.linalg.eigh(np.array(self.form.value, dtype=float))
        return values, vectors

    @property
    def norm(self) -> float:
        """Largest eigenvalue, whatever its sign."""
        return float(np.max(np.abs(self.spectrum[0])))

    @cached_property
    def basis(self) -> DenseUnitary:
        """The change of basis."""
        rows = None if self.form is None else rows_of(self.spectrum[1].T)
        return DenseUnitary(self.n, rows)

    @property
    def turns(self) -> list[Turn]:
        """Of the flag, which is qubit n."""
        if self.way == "eigenbasis":
            return []
        shares = np.clip(self.spectrum[0] / self.norm, -1, 1)
        return chosen("Y", np.arccos(shares), int(self.n), range(int(self.n)))

    @property
    def values(self) -> Any:
        """What each outcome adds to the mean, which is the form; by flag and state."""
        if self.way == "eigenbasis":
            return self.spectrum[0]
        return self.norm * np.repeat([1.0, -1.0], 2**self.n)

    @property
    def signature(self) -> Signature:
        flag = [Register(FLAG, QBit())] if self.way == "block-encoding" else []
        return Signature([*self.control_registers, *flag, Register("system", QUInt(self.n))])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        names: dict[str, WireNames] = {"system": (("features", self.n),)}
        return {FLAG: ((FLAG, 1),), **names} if self.way == "block-encoding" else names

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = {with_control(self.basis, self.is_controlled): 1}
        if self.way == "eigenbasis":
            return calls
        if self.form is not None:
            return calls | turn_calls(self.turns, self.is_controlled)
        halves, cnots = (2, 3) if self.is_controlled else (1, 1)
        return {**calls, TurnAboutY(theta): halves * 2**self.n, CNOT(): cnots * 2**self.n}

    def write(self, wires: Wires) -> None:
        system = self.wires_of("system")
        wires.on(with_control(self.basis, self.is_controlled), ctrl=self.control, system=system)
        write_turns(wires, self.turns, [*system, (FLAG, 0)], self.control)

    def __str__(self) -> str:
        return f"FormReading{'†' if self.is_adjoint else ''}({self.way}, {self.n} qubits)"


@frozen(cache_hash=True)
class FormShot(AbstractPartyChain):
    """Alice's data go to Bob, who reads his quadratic form of them.

    Args:
        n: width of the register. Unit: qubits.
        data: of Alice, N = 2**n real numbers; `None` if only their number matters.
        form: of Bob, symmetric, N rows; `None` as before.
        way: how it is read.
        is_controlled: whether a control decides between this and the identity; it is sent along.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        flag: QBit, only by block-encoding. Starts in zero, with Bob.
        system: QUInt(n). Starts in zero, with Alice.

    Cost: an exact tree, a dense block with what a flag takes, and one message of n qubits.

    Raises:
        ValueError: as `VectorTree` and `FormReading`.

    Source: [GMSM24], graph networks; [FRCEBM20], networks of hops.
    """

    n: SymbolicInt
    data: Private | None = field(default=None)
    form: Private | None = field(default=None)
    way: Way = field(default="eigenbasis")

    def __attrs_post_init__(self) -> None:
        self.parts  # noqa: B018  refuse what they refuse

    @classmethod
    def of(cls, form: Any, data: Any, way: Way = "eigenbasis") -> "FormShot":
        """A form of data; both are padded with zeros to a power of two."""
        n = max(1, (len(data) - 1).bit_length())
        more = 2**n - len(data)
        q, x = np.pad(np.asarray(form, dtype=float), (0, more)), np.pad(data, (0, more))
        return cls(n, Private("Alice", tuple(map(float, x))), Private("Bob", rows_of(q)), way)

    @classmethod
    def of_network(
        cls, network: GraphNetwork, row: Any, node: int | None = None, way: Way = "eigenbasis"
    ) -> "FormShot":
        """A value of a graph network: of a read-out row, at a node or summed over all."""
        return cls.of(network.quadratic_form(row, node), network.extended, way)

    @classmethod
    def of_gadget(
        cls, problem: HiddenMatching, is_signed: bool, way: Way = "eigenbasis"
    ) -> "FormShot":
        """Hidden matching: by signed rows of edges, or on the data nodes of a plain graph."""
        return cls.of(*(signed_gadget if is_signed else data_form)(problem), way)

    @property
    def width(self) -> SymbolicInt:
        return self.n

    @property
    def reading(self) -> FormReading:
        """What Bob does."""
        return FormReading(self.n, self.form, self.way)

    @cached_property
    def parts(self) -> tuple[PartyBlock, ...]:
        return (
            PartyBlock(owner(self.data, "Alice"), VectorTree(self.n, self.data)),
            PartyBlock(owner(self.form, "Bob"), self.reading),
        )

    @property
    def own_registers(self) -> tuple[Register, ...]:
        return (Register(FLAG, QBit()),) if self.way == "block-encoding" else ()

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return self.reading.wire_names

    def law(self, final: Any) -> tuple[Any, Any]:
        """Values that one run can give, in rising order, and the probability of each.

        Args:
            final: its state before the measurement.

        Returns:
            Values of the form over the squared norm of the data, equal ones together.
        """
        values, likely = self.reading.values, np.abs(final) ** 2
        found, places = np.unique(np.round(values / self.reading.norm, 12), return_inverse=True)
        return found * self.reading.norm, np.bincount(places, likely)

    def __str__(self) -> str:
        return f"FormShot{'†' if self.is_adjoint else ''}({self.way}, {self.n} qubits)"


HERS = Private("Alice", (1.0, -0.5, 2.0, 0.0))
FORM = Private(
    "Bob",
    (
        (1.0, 0.5, 0.0, 0.0), (0.5, -2.0, 0.3, 0.0), (0.0, 0.3, 0.7, 0.0), (0.0, 0.0, 0.0, 0.0),
    ),
)  # fmt: skip


@bloq_example(generalizer=SAME_CALLS)
def form_shot_example() -> FormShot:
    return FormShot(2, HERS, FORM)


@bloq_example(generalizer=SAME_CALLS)
def form_shot_tested_example() -> FormShot:
    return FormShot(2, HERS, FORM, "block-encoding")


@bloq_example(generalizer=SAME_CALLS)
def _form_shot_controlled() -> FormShot:
    data, form = Private("Alice", (1.0, 3.0)), Private("Bob", ((1.0, 0.5), (0.5, -2.0)))
    return FormShot(1, data, form, "block-encoding", is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def form_shot_symbolic_example() -> FormShot:
    return FormShot(symbols.n)


@bloq_example(generalizer=SAME_CALLS)
def _form_shot_tested_symbolic() -> FormShot:
    return FormShot(symbols.n, way="block-encoding")


@bloq_example(generalizer=SAME_CALLS)
def _form_reading() -> FormReading:
    return FormReading(2, FORM, "block-encoding")
