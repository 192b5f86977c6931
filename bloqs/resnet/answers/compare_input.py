"""One quantum circuit for one image."""

from typing import Any

from attrs import frozen

from bloqs.resnet.answers.compare_point import CostPoint


@frozen(kw_only=True)
class Circuit:
    """A way of running a network at one image, and its cost.

    Args:
        regime: what lies in quantum memory.
        variant: construction of the blocks.
        memory: how that memory is priced; "circuit" if there is none.
        output: what follows the blocks; "pool" leaves an output matrix out.
        lengths: "measured" at the image or "proved" for every network.
        length: smallest length of x + f(W x) that is promised.
        point: the cost of one run.
        flops: of the exact evaluation of what the circuit computes, which has an output matrix
            only if the circuit has.
    """

    regime: str
    variant: str
    memory: str
    output: str
    lengths: str
    length: float
    point: CostPoint
    flops: int

    @property
    def gates_per_flop(self) -> float:
        """Toffoli-like gates of one class against FLOP of all class probabilities."""
        return self.point.gates / self.flops

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "regime": self.regime,
            "variant": self.variant,
            "memory": self.memory,
            "output": self.output,
            "lengths": self.lengths,
            "length": self.length,
            "flops": self.flops,
            "gates_per_flop": self.gates_per_flop,
            **self.point.as_json(),
        }
