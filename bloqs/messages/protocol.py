"""What circuits of several parties share: one control that travels with the register."""

import attrs
from attrs import frozen
from qualtran import AddControlledT, Bloq, CtrlSpec
from qualtran.bloqs.mcmt.specialized_ctrl import get_ctrl_system_1bit_cv_from_bloqs

from bloqs.composite import AbstractComposite
from bloqs.messages.send import Send
from bloqs.wires import Wire, Wires


@frozen(cache_hash=True)
class AbstractProtocol(AbstractComposite):
    """A circuit of several parties, in which the control, if there is one, is sent along.

    Two controls would be made one by an AND, which is made at one party and taken away at another;
    so there is at most one. Subclasses are final.
    """

    def message(self, source: str, destination: str, width: int) -> Send:
        """A message of this protocol, with its control."""
        return Send(source, destination, width, int(self.is_controlled))

    def send(self, wires: Wires, source: str, destination: str, register: list[Wire]) -> None:
        """Write one."""
        part = self.message(source, destination, len(register))
        wires.on(part, riders=self.control, message=register)

    def get_ctrl_system(self, ctrl_spec: CtrlSpec) -> tuple[Bloq, AddControlledT]:
        """The protocol under one control, on zero or one.

        Raises:
            ValueError: if there is more than one control, or it is a classical bit.
        """
        if self.is_controlled or ctrl_spec.num_qubits != 1 or ctrl_spec.num_cbits:
            raise ValueError(
                f"{self} takes one qubit as its control, which is sent along; put what several "
                "controls decide into one qubit first"
            )
        return get_ctrl_system_1bit_cv_from_bloqs(
            self,
            ctrl_spec,
            current_ctrl_bit=None,
            bloq_with_ctrl=attrs.evolve(self, is_controlled=True),
            ctrl_reg_name="ctrl",
        )
