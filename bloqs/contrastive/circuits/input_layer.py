"""Inputs as angles, one qubit each."""

from attrs import field, frozen
from qualtran import Bloq, QAny, Register, Signature, bloq_example
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import WireNames
from bloqs.composite import AbstractListed
from bloqs.contrastive import symbols as own
from bloqs.contrastive.circuits.rotation_layer import RotationLayer
from bloqs.contrastive.model.angle_list import Angles, as_angles, check_angles
from bloqs.contrastive.model.ansatz_parts import check_width
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires


@frozen(cache_hash=True)
class InputLayer(AbstractListed):
    r"""Turns qubit k about X by input k.

    Args:
        width: W, at least 2. Unit: qubits.
        inputs: features, in the paper from 0 to pi; empty for a circuit that is only counted.
            Unit: radians.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        q: QAny(width), qubit 0 most significant; in the paper zero before.

    Cost: W rotations; controlled, 2 W rotations and 2 W CNOTs.

    Raises:
        ValueError: if W is below 2, or the inputs are not W finite numbers.

    Source: [JAXAKJ22], its code.
    """

    width: SymbolicInt
    inputs: Angles = field(default=(), converter=as_angles)

    def __attrs_post_init__(self) -> None:
        check_width("InputLayer", self.width)
        check_angles("InputLayer", self.inputs, self.width)

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("q", QAny(self.width))])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"q": (("features", self.width),)}

    @property
    def layer(self) -> RotationLayer:
        """The rotations."""
        return RotationLayer("X", self.width, self.inputs, is_controlled=self.is_controlled)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {self.layer: 1}

    def write(self, wires: Wires) -> None:
        wires.on(self.layer, ctrl=self.control, q=self.wires_of("q"))

    def __str__(self) -> str:
        return f"InputLayer{'†' if self.is_adjoint else ''}"


@bloq_example(generalizer=SAME_CALLS)
def _input_layer() -> InputLayer:
    return InputLayer(3, (0.3, 1.2, 2.0))


@bloq_example(generalizer=SAME_CALLS)
def _input_layer_controlled() -> InputLayer:
    return InputLayer(2, (1.5, 0.0), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _input_layer_symbolic() -> InputLayer:
    return InputLayer(own.W)
