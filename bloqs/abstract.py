"""The interfaces the constructions share. Abstract classes here, final classes elsewhere."""

import abc
import inspect
from functools import cached_property
from typing import Any, TypeAlias

from attrs import field, frozen
from qualtran import Bloq, QAny, QBit, QUInt, Register, Side, Signature
from qualtran.bloqs.block_encoding import BlockEncoding
from qualtran.bloqs.reflections.prepare_identity import PrepareIdentity
from qualtran.bloqs.state_preparation.black_box_prepare import BlackBoxPrepare
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.as_text import text_of, value_of
from bloqs.registration import register

WireNames: TypeAlias = tuple[tuple[str, SymbolicInt], ...]
"""What consecutive bits of a register hold, most significant first, and how many they are."""


class NamedWires(abc.ABC):
    """What an encoding says about its wires, for drawings.

    An encoding whose ancillas have several purposes says so in `ancilla_names`, one made of others
    takes over their `system_names`.
    """

    @property
    @abc.abstractmethod
    def system_bitsize(self) -> SymbolicInt:
        """Width of the index that a vector or an operator has. Unit: qubits."""

    @property
    @abc.abstractmethod
    def ancilla_bitsize(self) -> SymbolicInt:
        """Number of flags that must be found in zero. Unit: qubits."""

    @property
    def system_names(self) -> WireNames:
        """What the bits of the system hold."""
        return (("index", self.system_bitsize),)

    @property
    def ancilla_names(self) -> WireNames:
        """What the bits of the ancilla hold."""
        return (("flags", self.ancilla_bitsize),)

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """Both, by register; see `estimator.drawing.wire_names`."""
        return {"system": self.system_names, "ancilla": self.ancilla_names}


@frozen(
    these={"as_text": field(init=False, eq=False, repr=False)},
    init=False,
    eq=False,
    repr=False,
    slots=False,
)
class AbstractBloq(Bloq):
    """A bloq that Qualtran saves and loads, whatever attrs fields its class has.

    Qualtran writes the fields that the signature of `__init__` names, as numbers, texts, arrays
    and bloqs; a loader, a plan or a tuple of bloqs it cannot write, and of a symbol it loses the
    assumptions. So that signature names one field, `as_text`, with everything in it; the
    signature of the class is the one to call it with. From text the class is built by `_loaded`.
    """

    @property
    def as_text(self) -> str:
        """All fields, in the lines of `bloqs.as_text`."""
        return text_of(self)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "__attrs_attrs__" in vars(cls):  # attrs is done with it
            init: Any = vars(cls)["__init__"]
            called = inspect.signature(init)
            arguments = [each for each in called.parameters.values() if each.name != "self"]
            cls.__signature__ = called.replace(parameters=arguments)
            saved = inspect.Parameter("as_text", inspect.Parameter.KEYWORD_ONLY)
            init.__signature__ = called.replace(parameters=[saved])
            register(f"{cls.__module__}.{cls.__qualname__}", cls._loaded)

    @classmethod
    def _loaded(cls, as_text: str) -> Bloq:
        """The bloq of this text; for Qualtran.

        Raises:
            ValueError: if it is the text of something else.
        """
        bloq = value_of(as_text, cls.__module__.split(".")[0])
        if type(bloq) is not cls:
            raise ValueError(f"{cls.__name__} cannot be loaded from the text of {bloq!r:.80}")
        return bloq


class AbstractBlockEncoding(NamedWires, AbstractBloq, BlockEncoding):
    r"""A block-encoding whose ancilla starts in zero and flags success by returning to zero.

    The encoded operator is $A = \alpha \langle 0|_{ancilla} U |0\rangle_{ancilla}$.

    Subclasses are final. They define the fields, `alpha` (dimensionless, an upper bound on the
    spectral norm of $A$), `epsilon` (spectral-norm error of the encoding), `system_bitsize` and
    `ancilla_bitsize` (both in qubits; work qubits that return to zero by themselves are not
    ancillas), and list their controls, if any, first in the signature.
    """

    @property
    def control_registers(self) -> tuple[Register, ...]:
        return ()

    @cached_property
    def signature(self) -> Signature:
        ancilla = self.ancilla_bitsize
        flags = (Register("ancilla", QAny(ancilla)),) if is_symbolic(ancilla) or ancilla else ()
        system = Register("system", QUInt(self.system_bitsize))
        return Signature([*self.control_registers, system, *flags])

    @property
    def signal_state(self) -> BlackBoxPrepare:
        return BlackBoxPrepare(PrepareIdentity.from_bitsizes([self.ancilla_bitsize]))

    @property
    def resource_bitsize(self) -> SymbolicInt:
        return 0


class AbstractVectorEncoding(NamedWires, AbstractBloq):
    r"""A circuit that prepares a unit vector in the branch where its ancilla is zero.

    $\lVert \psi - \alpha \langle 0|_{ancilla} U |0\rangle \rVert_2 \le \epsilon$ with
    $\alpha \ge 1$; post-selection succeeds with probability about $1/\alpha^2$.

    Subclasses are final. They define the fields, `alpha` (dimensionless), `epsilon` (l2 norm),
    `system_bitsize` and `ancilla_bitsize` (qubits).

    Source: [RHGPR25] Def. 3.
    """

    @property
    @abc.abstractmethod
    def alpha(self) -> SymbolicFloat:
        """Subnormalisation, at least 1. Unit: 1."""

    @property
    @abc.abstractmethod
    def epsilon(self) -> SymbolicFloat:
        """Error in the l2 norm after multiplication by `alpha`. Unit: 1."""

    @property
    def control_registers(self) -> tuple[Register, ...]:
        return ()

    @cached_property
    def signature(self) -> Signature:
        ancilla = self.ancilla_bitsize
        flags = (Register("ancilla", QAny(ancilla)),) if is_symbolic(ancilla) or ancilla else ()
        system = Register("system", QUInt(self.system_bitsize))
        return Signature([*self.control_registers, system, *flags])


class AbstractLookup(AbstractBloq):
    r"""Writes a classical table entry into fresh qubits: $|x\rangle \to |x\rangle |T_x\rangle$.

    The adjoint takes the entry away again and returns the qubits. A control, if there is one,
    decides between $T_x$ and zero, so a computation that does nothing on zero is controlled by
    controlling its lookups alone.

    Subclasses are final. They define `address_bitsize`, `bitsize`, `is_controlled`, `junk` (entries
    of garbage that live from the load to the unload) and `work` (work qubits of the load itself).

    Registers:
        ctrl: QBit, only if `is_controlled`.
        address: QUInt(address_bitsize), absent if zero.
        target: QUInt(bitsize), allocated; freed by the adjoint.
        junk: QUInt(bitsize), shape (junk,), allocated; freed by the adjoint; absent if zero. Of
            symbolic shape, which Qualtran cannot draw, it is one QAny of as many qubits.
    """

    address_bitsize: SymbolicInt
    bitsize: SymbolicInt
    is_controlled: bool
    uncompute: bool

    @property
    @abc.abstractmethod
    def junk(self) -> SymbolicInt:
        """Garbage entries that live until the unload. Unit: entries of `bitsize` qubits."""

    @property
    @abc.abstractmethod
    def work(self) -> SymbolicInt:
        """Work qubits beyond the signature while it runs. Unit: qubits."""

    @property
    def signature(self) -> Signature:
        side = Side.LEFT if self.uncompute else Side.RIGHT
        entry = QUInt(self.bitsize)
        registers = [Register("ctrl", QBit())] if self.is_controlled else []
        if is_symbolic(self.address_bitsize) or self.address_bitsize:
            registers.append(Register("address", QUInt(self.address_bitsize)))
        registers.append(Register("target", entry, side=side))
        if is_symbolic(self.junk):
            registers.append(Register("junk", QAny(self.bitsize * self.junk), side=side))
        elif self.junk:
            registers.append(Register("junk", entry, shape=(self.junk,), side=side))
        return Signature(registers)

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, QubitCount):
            registers = self.address_bitsize + self.bitsize * (1 + self.junk)
            return registers + int(self.is_controlled) + self.work
        return NotImplemented


class AbstractLoader(abc.ABC):
    """A way to look up tables: the price list of one memory. Instances are value objects."""

    name: str

    @abc.abstractmethod
    def lookup(
        self,
        table: tuple[int, ...] | None,
        address_bitsize: SymbolicInt,
        bitsize: SymbolicInt,
        is_controlled: bool = False,
    ) -> AbstractLookup:
        """The lookup of one table; `None` stands for a table of which only the size matters."""

    @abc.abstractmethod
    def tree_calls(
        self, first: SymbolicInt, stop: SymbolicInt, bitsize: SymbolicInt, is_controlled: bool
    ) -> dict[Bloq, SymbolicInt]:
        """Non-Clifford gates and queries of load and unload, summed in closed form over tables.

        Args:
            first: address width of the smallest table. Unit: qubits.
            stop: address widths run from `first` up to but not including `stop`. Unit: qubits.
            bitsize: width of an entry. Unit: qubits.
            is_controlled: whether each lookup has a control.
        """
