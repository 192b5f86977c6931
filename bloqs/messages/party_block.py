"""A circuit that one party runs on what it holds."""

from attrs import frozen
from qualtran import Bloq, Signature, bloq_example
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.encodings.diagonal import diagonal_encoding_example
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.messages.send import check_name
from bloqs.readout.phase_estimation import check_passes
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols
from estimator.costs.known import known_cost
from estimator.costs.messages import Owners, owners_of_data


@frozen(cache_hash=True)
class PartyBlock(AbstractComposite):
    """A bloq on qubits of its owner, made of the owner's data.

    Args:
        owner: the party that runs it.
        bloq: any bloq whose registers pass through and are no arrays, without control.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        those of the bloq, after that.

    Cost: that of the bloq.

    Raises:
        ValueError: if the owner has no name, data or a block of somebody else are inside, or a
            register does not pass through, is an array or is called ctrl.

    Source: [GMSM24], whose blocks it is.
    """

    owner: str
    bloq: Bloq

    def __attrs_post_init__(self) -> None:
        check_name("a block", self.owner)
        check_passes("a block of a party", self.bloq)
        inside = known_cost(self.bloq, Owners()) | owners_of_data(self.bloq)
        if others := sorted(inside - {self.owner}):
            raise ValueError(
                f"a block of {self.owner} is made of what {self.owner} has, and in {self.bloq} "
                f"there are data or blocks of {' and of '.join(others)}; let them run it"
            )

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, *self.bloq.signature])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return dict(getattr(self.bloq, "wire_names", {}))

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {with_control(self.bloq, self.is_controlled): 1}

    def write(self, wires: Wires) -> None:
        rest = {reg.name: self.wires_of(reg.name) for reg in self.bloq.signature}
        wires.on(with_control(self.bloq, self.is_controlled), ctrl=self.control, **rest)

    def __str__(self) -> str:
        return f"{self.owner}'s {self.bloq}"[:75]


@bloq_example(generalizer=SAME_CALLS)
def _party_block() -> PartyBlock:
    return PartyBlock("Alice", diagonal_encoding_example.make())


@bloq_example(generalizer=SAME_CALLS)
def _party_block_controlled() -> PartyBlock:
    return PartyBlock("Bob", diagonal_encoding_example.make(), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _party_block_symbolic() -> PartyBlock:
    return PartyBlock("Alice", MatrixOracle(symbols.n, symbols.a))
