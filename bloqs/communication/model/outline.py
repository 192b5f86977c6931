"""Of a model, what the numbers of its messages depend on: owners, qubits, parameters, groups."""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal

from attrs import field, frozen

from bloqs.communication.model.rounding import as_tuple

Form = Literal["uncontrolled", "controlled"]
"""How a gradient state is made: its blocks are never controlled, or always."""


@frozen
class Moves:
    """Messages with quantum registers, and their qubits in total."""

    messages: Any
    qubits: Any

    def times(self, number: Any) -> "Moves":
        """So many of them."""
        return Moves(self.messages * number, self.qubits * number)

    def plus(self, other: "Moves") -> "Moves":
        """Both."""
        return Moves(self.messages + other.messages, self.qubits + other.qubits)


@frozen(kw_only=True, slots=False)
class Outline:
    """Any number of parties in any order; the data are with the owner of the first block.

    Args:
        owners: of each block, in the order in which blocks act.
        qubits: n, of the register; may be a symbol.
        parameters: trainable gates of each block; may be symbols.
        groups: of commuting neighbours among them; may be symbols.
    """

    owners: tuple[str, ...] = field(converter=as_tuple)
    qubits: Any
    parameters: tuple[Any, ...] = field(converter=as_tuple)
    groups: tuple[Any, ...] = field(converter=as_tuple)

    def __attrs_post_init__(self) -> None:
        sizes = {len(self.owners), len(self.parameters), len(self.groups)}
        if sizes == {0} or len(sizes) > 1:
            raise ValueError(
                "an outline has an owner, a number of parameters and a number of groups for each "
                f"block, got {len(self.owners)}, {len(self.parameters)} and {len(self.groups)}"
            )

    @cached_property
    def sends(self) -> Any:
        """Changes of owner along all blocks: messages of one shot."""
        return self.changes(1, len(self.owners))

    def changes(self, first: int, last: int) -> int:
        """Changes of owner from block `first` to block `last`, numbered from 1."""
        return sum(one != two for one, two in pairwise(self.owners[first - 1 : last]))

    @property
    def total(self) -> Any:
        """D, parameters of all blocks."""
        return sum(self.parameters)

    @property
    def foreign(self) -> Any:
        """Parameters of those who do not hold the last block."""
        pairs = zip(self.owners, self.parameters, strict=True)
        return sum(number for owner, number in pairs if owner != self.owners[-1])

    @property
    def others(self) -> int:
        """Parties beside the one with the last block."""
        return len(set(self.owners)) - 1

    @property
    def longest_state(self) -> Any:
        """Messages of the gradient state of the first block that has parameters."""
        return max((self.state(k).messages for k in self._trained()), default=0)

    def _trained(self) -> list[int]:
        return [k for k, number in enumerate(self.parameters, 1) if number != 0]

    def state(self, k: int, form: Form = "uncontrolled") -> Moves:
        """One gradient state of block k from 1: forwards through all, and back to its output."""
        n, last = self.qubits, len(self.owners)
        ahead, back = self.changes(1, k), self.changes(k, last)
        if form == "controlled":
            return Moves(ahead + 2 * back, ahead * n + 2 * back * (n + 1))
        return Moves(ahead + 2 * back, (ahead + back) * n + back * (n + 1))

    def states(self, weights: Sequence[Any], form: Form = "uncontrolled") -> Moves:
        """So many gradient states of each block."""
        total = Moves(0, 0)
        for k, weight in enumerate(weights, 1):
            total = total.plus(self.state(k, form).times(weight))
        return total

    def parameter_states(self, form: Form = "uncontrolled") -> Moves:
        """One gradient state for each parameter."""
        return self.states(self.parameters, form)

    def group_states(self, form: Form = "uncontrolled") -> Moves:
        """One gradient state for each group."""
        return self.states(self.groups, form)

    def block_states(self, form: Form = "uncontrolled") -> Moves:
        """One gradient state for each block."""
        return self.states([1] * len(self.owners), form)

    @property
    def group_total(self) -> Any:
        """Groups of all blocks."""
        return sum(self.groups)

    @property
    def last_block(self) -> "Outline":
        """The same with parameters in the last block alone."""
        none = (0,) * (len(self.owners) - 1)
        return Outline(
            owners=self.owners,
            qubits=self.qubits,
            parameters=(*none, self.parameters[-1]),
            groups=(*none, self.groups[-1]),
        )


@frozen(kw_only=True, slots=False)
class AlternatingOutline:
    """L layers of a block of Alice and one of Bob, equal in size: closed forms, in any letters.

    Args:
        qubits: n.
        layers: L.
        block_parameters: P.
        block_groups: g.
    """

    qubits: Any
    layers: Any
    block_parameters: Any
    block_groups: Any

    @property
    def sends(self) -> Any:
        """2L - 1."""
        return 2 * self.layers - 1

    @property
    def total(self) -> Any:
        """2LP."""
        return 2 * self.layers * self.block_parameters

    @property
    def foreign(self) -> Any:
        """LP, those of Alice."""
        return self.layers * self.block_parameters

    @property
    def others(self) -> int:
        """Alice."""
        return 1

    @property
    def longest_state(self) -> Any:
        """2(2L - 1), for the first block."""
        return 2 * self.sends

    def state(self, k: Any, form: Form = "uncontrolled") -> Moves:
        """2K - k - 1 messages."""
        n, last = self.qubits, 2 * self.layers
        if form == "controlled":
            return Moves(2 * last - k - 1, (k - 1) * n + 2 * (last - k) * (n + 1))
        return Moves(2 * last - k - 1, (last - 1) * n + (last - k) * (n + 1))

    def block_states(self, form: Form = "uncontrolled") -> Moves:
        """3L(2L - 1) messages; L(2L - 1)(3n + 1) qubits uncontrolled, 3n + 2 controlled."""
        riders = 2 if form == "controlled" else 1
        pairs = self.layers * self.sends
        return Moves(3 * pairs, pairs * (3 * self.qubits + riders))

    def parameter_states(self, form: Form = "uncontrolled") -> Moves:
        """One gradient state for each parameter."""
        return self.block_states(form).times(self.block_parameters)

    def group_states(self, form: Form = "uncontrolled") -> Moves:
        """One gradient state for each group."""
        return self.block_states(form).times(self.block_groups)

    @property
    def group_total(self) -> Any:
        """2Lg."""
        return 2 * self.layers * self.block_groups

    @property
    def last_block(self) -> "LastBlock":
        """The same with parameters in Bob's last block alone."""
        return LastBlock(whole=self)


@frozen(kw_only=True)
class LastBlock:
    """L layers of which the last block alone is trained: every state goes forwards only.

    Args:
        whole: all layers.
    """

    whole: AlternatingOutline

    @property
    def qubits(self) -> Any:
        """n."""
        return self.whole.qubits

    @property
    def sends(self) -> Any:
        """2L - 1."""
        return self.whole.sends

    @property
    def total(self) -> Any:
        """P."""
        return self.whole.block_parameters

    @property
    def foreign(self) -> Any:
        """None: whoever reads the outcomes holds the parameters."""
        return 0

    @property
    def others(self) -> int:
        """Alice."""
        return 1

    @property
    def longest_state(self) -> Any:
        """2L - 1."""
        return self.sends

    @property
    def group_total(self) -> Any:
        """g."""
        return self.whole.block_groups

    def _moves(self, number: Any) -> Moves:
        return Moves(self.sends * number, self.sends * self.qubits * number)

    def parameter_states(self, form: Form = "uncontrolled") -> Moves:
        """One state for each parameter, in either form."""
        return self._moves(self.total)

    def group_states(self, form: Form = "uncontrolled") -> Moves:
        """One state for each group, in either form."""
        return self._moves(self.group_total)

    def block_states(self, form: Form = "uncontrolled") -> Moves:
        """One state."""
        return self._moves(1)


AnyOutline = Outline | AlternatingOutline | LastBlock


def alternating(qubits: Any, layers: Any, parameters: Any = 0, groups: Any = 0) -> AnyOutline:
    """Alice and Bob in turns, L times; layers may be a symbol.

    Raises:
        ValueError: if the number of layers is no whole number from 1.
    """
    if isinstance(layers, int) and layers < 1:
        raise ValueError(f"a model has a whole number of layers L from 1, got {layers}")
    return AlternatingOutline(
        qubits=qubits, layers=layers, block_parameters=parameters, block_groups=groups
    )
