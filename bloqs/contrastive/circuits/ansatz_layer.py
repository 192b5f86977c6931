"""One layer of an ansatz, or what comes before all layers."""

from attrs import field, frozen
from qualtran import Bloq, QAny, Register, Signature, bloq_example
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import WireNames
from bloqs.composite import AbstractListed, with_control
from bloqs.contrastive import symbols as own
from bloqs.contrastive.circuits.entangler import Entangler
from bloqs.contrastive.circuits.rotation_layer import RotationLayer
from bloqs.contrastive.model.angle_list import Angles, as_angles, check_angles, in_pieces
from bloqs.contrastive.model.ansatz_parts import KINDS, Part, Turns, check_ansatz, kind_named
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires


@frozen(cache_hash=True)
class AnsatzLayer(AbstractListed):
    r"""Applies the parts of a layer one after another.

    Args:
        kind: of the ansatz, as in `whole_ansatz.Ansatz`.
        width: W. Unit: qubits.
        angles: part by part; empty for a circuit that is only counted. Unit: radians.
        is_first: whether this is what comes once, before the layers; `all-to-all` and `line` alone
            have it.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        q: QAny(width), qubit 0 most significant.

    Cost: that of its parts.

    Raises:
        ValueError: if there is no such ansatz at this width, it has no first part, or the angles
            are not as many finite numbers as needed.

    Source: [JAXAKJ22], its code.
    """

    kind: str = field(converter=kind_named)
    width: SymbolicInt
    angles: Angles = field(default=(), converter=as_angles)
    is_first: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_ansatz(self.kind, self.width, 1)
        if not self.parts:
            raise ValueError(f"the ansatz {self.kind} has nothing before its layers")
        check_angles(f"a layer of the ansatz {self.kind}", self.angles, self.number)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What it is made of, in order."""
        known = KINDS[self.kind]
        return known.first if self.is_first else known.layer

    @property
    def number(self) -> SymbolicInt:
        """Angles that it takes."""
        return sum(part.angles(self.width) for part in self.parts)

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("q", QAny(self.width))])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"q": (("features", self.width),)}

    @property
    def steps(self) -> list[Bloq]:
        """Its parts as bloqs, in order, under the control if there is one."""
        sizes = [int(x.angles(self.width)) if self.angles else 0 for x in self.parts]
        pieces = in_pieces(self.angles, sizes)
        return [
            with_control(self._bloq(part, piece), self.is_controlled)
            for part, piece in zip(self.parts, pieces, strict=True)
        ]

    def _bloq(self, part: Part, angles: Angles) -> Bloq:
        if isinstance(part, Turns):
            return RotationLayer(part.axis, self.width, angles)
        return Entangler(part.pattern, part.gate, self.width, angles)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = {}
        for step in self.steps:
            calls[step] = calls.get(step, 0) + 1
        return calls

    def write(self, wires: Wires) -> None:
        for step in self.steps:
            wires.on(step, ctrl=self.control, q=self.wires_of("q"))

    def __str__(self) -> str:
        mark, what = ("†" if self.is_adjoint else ""), ("start" if self.is_first else "layer")
        return f"{self.kind} {what}{mark}"


@bloq_example(generalizer=SAME_CALLS)
def _ansatz_layer() -> AnsatzLayer:
    return AnsatzLayer("ring", 3, (0.3, -1.2, 2.0, 0.1, 0.2, 0.4))


@bloq_example(generalizer=SAME_CALLS)
def _ansatz_layer_controlled() -> AnsatzLayer:
    return AnsatzLayer("line", 2, (0.3, -1.2), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _ansatz_start() -> AnsatzLayer:
    return AnsatzLayer("all-to-all", 2, (0.3, -1.2), is_first=True)


@bloq_example(generalizer=SAME_CALLS)
def _ansatz_layer_symbolic() -> AnsatzLayer:
    return AnsatzLayer("14", own.W)
