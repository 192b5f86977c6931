"""The real parts of an encoded vector's amplitudes as a diagonal operator, as published."""

from functools import cached_property
from typing import Any

from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import CZ, GlobalPhase, Hadamard, Toffoli, XGate, ZGate
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, controlled_form
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.parts import check_parts
from bloqs.encodings.zero_reflection import ZeroReflection
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wire, Wires
from estimator.costs.keys import PeakQubits


@frozen(cache_hash=True)
class PublishedDiagonalEncoding(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes $diag(\mathrm{Re}\,\psi)$ with six controlled calls, the way it was published.

    $W$ prepares $\psi$ where a branch qubit $B$ is zero and copies the index where it is one,
    between Hadamard gates on $B$. From zero it makes a state $\varphi_x$ whose mean value of $Z_B$
    is $\mathrm{Re}\,\psi_x / \alpha$. With $R = 1 - 2 |0\rangle\langle 0|$ the product $G = W R
    W^\dagger Z_B$ is a rotation of the plane of $\varphi_x$ and $Z_B \varphi_x$, and $(G +
    G^\dagger)/2$, a combination over one more qubit, is minus that mean value there.
    `DiagonalEncoding` makes $diag(\psi)$, phases included, with one call that is not controlled.

    Args:
        vector: the vector-encoding of $\psi$, without control.
        is_controlled: whether a control decides between this and the identity. No call needs a
            second control: without the reflections they cancel.
        is_adjoint: whether this is the inverse, which encodes the same.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n), the index.
        ancilla: QAny(n + a + 2): the prepared register, the a ancillas of `vector`, the branch, the
            qubit of the combination. Starts in zero; finding zero again flags success.

    Encodes: $diag(\mathrm{Re}\,\psi)$ with alpha and epsilon those of `vector` (spectral norm).

    Cost: 3 controlled calls of `vector` and 3 of its inverse, 6 n Toffoli, and 2 (n + a) AND for
        two controlled reflections; controlled, 2 AND more, one at a time.

    Raises:
        ValueError: if `vector` is controlled, or errs by a negative number or NaN.

    Source: [RHGPR25] Lem. B.18, which takes it from earlier work. The printed block has either
        sign; here a phase of -1 makes it plus.
    """

    vector: AbstractVectorEncoding

    def __attrs_post_init__(self) -> None:
        check_parts("diagonal", self.vector)

    @property
    def alpha(self) -> SymbolicFloat:
        return self.vector.alpha

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.vector.epsilon

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.vector.system_bitsize

    @cached_property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.vector.system_bitsize + self.vector.ancilla_bitsize + 2

    @property
    def system_names(self) -> WireNames:
        return self.vector.system_names

    @property
    def ancilla_names(self) -> WireNames:
        return (
            ("prepared index", self.system_bitsize),
            ("flags of the vector", self.vector.ancilla_bitsize),
            ("branch", 1),
            ("combination", 1),
        )

    @property
    def reflection(self) -> ZeroReflection:
        """R on the prepared register, the ancillas of the vector and the branch, controlled."""
        return ZeroReflection(self.ancilla_bitsize - 1, is_controlled=True)

    @property
    def sign(self) -> Bloq:
        """Minus one: a Z on the control, or a global phase."""
        return ZGate() if self.is_controlled else GlobalPhase(exponent=1)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = {
            Toffoli(): 6 * self.system_bitsize,
            Hadamard(): 14,
            XGate(): 12 if self.is_controlled else 14,
            CZ(): 2,
            self.reflection: 2,
            self.sign: 1,
        }
        prepare = controlled_form(self.vector)
        for call in (prepare, prepare.adjoint()):
            calls[call] = calls.get(call, 0) + 3
        if self.is_controlled:
            calls |= dict.fromkeys((And(1, 0), And(1, 1)), 1)
            calls |= dict.fromkeys((And(1, 0).adjoint(), And(1, 1).adjoint()), 1)
        return calls

    def write(self, wires: Wires) -> None:
        *flags, combined = self.wires_of("ancilla")
        branch = flags[-1]
        self._write_w(wires, is_inverse=False)
        wires.gate(Hadamard(), q=combined)
        for value in (0, 1):
            chosen = self._choose(wires, combined, value)
            if value == 0:
                wires.cz(chosen, branch)
            self._write_w(wires, is_inverse=True)
            wires.on(self.reflection, ctrl=[chosen], x=flags)
            self._write_w(wires, is_inverse=False)
            if value == 1:
                wires.cz(chosen, branch)
            self._forget(wires, combined, value)
        wires.gate(Hadamard(), q=combined)
        self._write_w(wires, is_inverse=True)
        wires.gate(self.sign, **dict(zip(["q"], self.control, strict=False)))

    def _choose(self, wires: Wires, combined: Wire, value: int) -> Wire:
        """A wire that is one where the combined qubit has this value and the control is on."""
        if self.is_controlled:
            wires.compute_and(("ctrl", 0), combined, "chosen", cv2=value)
            return "chosen"
        if value == 0:
            wires.x(combined)
        return combined

    def _forget(self, wires: Wires, combined: Wire, value: int) -> None:
        """Undo `_choose`."""
        if self.is_controlled:
            wires.uncompute_and(("ctrl", 0), combined, "chosen", cv2=value)
        elif value == 0:
            wires.x(combined)

    def _write_w(self, wires: Wires, is_inverse: bool) -> None:
        """W, or its inverse, whose two controlled parts commute."""
        n, system, ancilla = self.system_bitsize, self.wires_of("system"), self.wires_of("ancilla")
        prepare, branch = controlled_form(self.vector), ancilla[-2]
        wires.gate(Hadamard(), q=branch)
        wires.x(branch)
        wires.on(
            prepare.adjoint() if is_inverse else prepare,
            ctrl=[branch],
            system=ancilla[:n],
            ancilla=ancilla[n:-2],
        )
        wires.x(branch)
        for index, copied in zip(system, ancilla, strict=False):
            wires.toffoli(branch, index, copied)
        wires.gate(Hadamard(), q=branch)

    def my_static_costs(self, cost_key: CostKey[Any]) -> Any:
        cost = serial_cost(self, cost_key)
        held = isinstance(cost_key, (PeakQubits, QubitCount)) and self.is_controlled
        return cost + 1 if held else cost

    def __str__(self) -> str:
        return f"PublishedDiagonal{'†' if self.is_adjoint else ''}[{self.vector}]"


@bloq_example(generalizer=SAME_CALLS)
def _published_diagonal_encoding() -> PublishedDiagonalEncoding:
    return PublishedDiagonalEncoding(loaded_vector_example.make())


@bloq_example(generalizer=SAME_CALLS)
def _published_diagonal_encoding_controlled() -> PublishedDiagonalEncoding:
    return PublishedDiagonalEncoding(loaded_vector_example.make(), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def published_diagonal_encoding_symbolic_example() -> PublishedDiagonalEncoding:
    return PublishedDiagonalEncoding(loaded_vector_symbolic_example.make())
