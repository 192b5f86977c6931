"""What one network is told, and what it keeps between tokens; no PyTorch here."""

from typing import Any

import attrs
from attrs import frozen

from bloqs.hypergraph.model.bounds import bottleneck_bits, cache_bits, window_bits
from bloqs.hypergraph.model.translation_task import TranslationTask

EXACT_BITS = 32
"""Bits of a number as it is trained."""


@frozen(kw_only=True)
class NetworkSettings:
    """A network, its task and how it is trained.

    Args:
        network: "gru", "transformer" or "window".
        size: entries that are kept: of the state of a GRU, of a key and of a value of each layer
            and token of a Transformer.
        layers: of a Transformer; 0 for a GRU.
        window: past tokens that attention sees; 0 if all, and for a GRU.
        modes: n.
        order: k.
        reads: tokens that read in a sentence.
        choice: which record is learned, "zero" or "drawn"; see `TranslationTask.draw`.
        steps: of training.
        batch: sentences of a step.
        rate: of Adam, at its largest.
        seed: of all that is drawn.
    """

    network: str
    size: int
    layers: int
    window: int
    modes: int
    order: int
    reads: int
    choice: str
    steps: int
    batch: int
    rate: float
    seed: int

    @property
    def name(self) -> str:
        """Of its files."""
        return f"{self.network}-{self.size}"

    @property
    def named(self) -> dict[str, Any]:
        """By name, for a file, a comparison."""
        return attrs.asdict(self)

    @property
    def task(self) -> TranslationTask:
        """What it learns."""
        return TranslationTask(self.modes, self.order, self.reads)

    def kept_bits(self, bits: int) -> int:
        """Memory at the cut between writes and reads, for so many bits of an entry."""
        length = self.task.writes
        if self.network == "gru":
            return int(bottleneck_bits(self.size, bits))
        if self.network == "transformer":
            return int(cache_bits(self.layers, self.size, bits, length))
        return int(window_bits(self.layers, self.size, bits, length, self.window))
