"""Everything `quledger compare` says about networks of growing size, as plain data."""

import math
from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from bloqs.resnet.answers.compare_point import CostPoint
from bloqs.resnet.rivals.baselines import Baseline, Price
from bloqs.resnet.rivals.sampler_cost import UNDECIDED
from estimator.compare.crossover import Crossover

COUNTED = (
    "one FLOP counts as much as one Toffoli-like gate, one FLOP in sequence as much as one layer "
    "of such gates; error correction, clock rates and writing data into a memory, quantum or "
    "classical, are left out; T gates and rotations are not among the gates; `quledger cost` "
    "counts them"
)
"""What every crossover assumes."""


@frozen(kw_only=True)
class Row:
    """One way of running the network.

    Args:
        regime: what lies in quantum memory.
        variant: construction of the blocks.
        memory: how that memory is priced; "circuit" if there is none.
        output: what follows the blocks.
        assumption: what the cost assumes.
        points: the costs, smallest size first.
        crossovers: by baseline and by "gates" or "depth", where this is cheaper.
    """

    regime: str
    variant: str
    memory: str
    output: str
    assumption: str
    points: tuple[CostPoint, ...]
    crossovers: Mapping[tuple[str, str], Crossover] = field(hash=False)

    @property
    def name(self) -> str:
        """Regime, variant, memory and output."""
        return f"regime {self.regime}, {self.variant}, {self.memory}, {self.output}"

    def slope(self, measure: str) -> float:
        """Exponent of N through the two largest sizes.

        Args:
            measure: "gates" or "depth".
        """
        one, two = self.points[-2:]
        first, second = getattr(one, measure), getattr(two, measure)
        return (math.log2(second) - math.log2(first)) / (two.n - one.n)

    def as_json(self) -> dict[str, Any]:
        """Numbers as numbers."""
        return {
            "regime": self.regime,
            "variant": self.variant,
            "memory": self.memory,
            "output": self.output,
            "assumption": self.assumption,
            "points": [point.as_json() for point in self.points],
            "slopes": {measure: self.slope(measure) for measure in ("gates", "depth")},
            "crossovers": [
                {"baseline": baseline, "measure": measure, **found.as_json()}
                for (baseline, measure), found in self.crossovers.items()
            ],
        }


@frozen(kw_only=True)
class SizeComparison:
    """Costs and crossovers of many ways of running one network, as it grows.

    Args:
        title: what was asked about.
        settings: every number that went in.
        assumed: which of them nobody gave, and where they come from.
        searched: log2 of all sizes.
        sizes: log2 of the sizes at which costs are shown.
        rows: the ways of running it.
        baselines: the classical algorithms.
    """

    title: str
    settings: Mapping[str, Any] = field(hash=False)
    assumed: Mapping[str, str] = field(hash=False)
    searched: tuple[int, ...]
    sizes: tuple[int, ...]
    rows: tuple[Row, ...]
    baselines: tuple[Baseline, ...]

    def baseline_slope(self, baseline: Baseline, measure: str) -> float | None:
        """Exponent of N through the two largest sizes; `None` where it is not known.

        Args:
            baseline: the algorithm.
            measure: "work" or "layers".
        """
        first, second = (getattr(baseline, measure)(n) for n in self.sizes[-2:])
        if first is None or second is None:
            return None
        return (math.log2(second) - math.log2(first)) / (self.sizes[-1] - self.sizes[-2])

    @property
    def undecided(self) -> str | None:
        """Why something is, or `None` if nothing is."""
        crossovers = (found for row in self.rows for found in row.crossovers.values())
        costs = (each.work(n) for each in self.baselines for n in self.sizes)
        is_known = all(found.is_decided for found in crossovers) and None not in costs
        return None if is_known else UNDECIDED

    def as_json(self) -> dict[str, Any]:
        """Numbers as numbers."""
        return {
            "title": self.title,
            "settings": dict(self.settings),
            "assumed": dict(self.assumed),
            "counted": COUNTED,
            "undecided": self.undecided,
            "rows": [row.as_json() for row in self.rows],
            "baselines": [self._baseline(baseline) for baseline in self.baselines],
        }

    def _baseline(self, baseline: Baseline) -> dict[str, Any]:
        points: list[dict[str, Price | None]] = [
            {"N": 2**n, "flops": baseline.work(n), "layers": baseline.layers(n)} for n in self.sizes
        ]
        return {
            "name": baseline.name,
            "has_matrix": baseline.has_matrix,
            "assumption": baseline.assumption,
            "points": points,
            "slopes": {x: self.baseline_slope(baseline, x) for x in ("work", "layers")},
        }
