"""Agreements: what the library states about a circuit is what is found in it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from proofs.claim import AbstractClaim, Finding, Measurement, holds

Numbers = Mapping[str, Any]


@frozen(kw_only=True)
class AgreementClaim(AbstractClaim):
    """A claim that two routes to the same named numbers agree exactly, instance by instance.

    Args:
        stated: the numbers one route gives for one instance, by name.
        found: the numbers the other route gives, and how: (numbers, measurement without value).
        instances: keyword arguments of both, found when the claim is examined. At least two.
        false_twin: what one would nearly state; it must be rejected.
    """

    stated: Callable[..., Numbers]
    found: Callable[..., tuple[Numbers, Measurement]]
    instances: Callable[[], Sequence[Mapping[str, Any]]]
    false_twin: Callable[..., Numbers]

    def examine(self, twin: bool = False) -> Finding:
        gaps, measurements, apart, routes = [], [], [], []
        if len(instances := self.instances()) < 2:
            raise ValueError("one instance proves little; give at least two")
        for instance in instances:
            stated = (self.false_twin if twin else self.stated)(**instance)
            found, run = self.found(**instance)
            if stated.keys() != found.keys():
                raise ValueError(f"routes name {sorted(stated)} and {sorted(found)}")
            differences = {name: abs(float(stated[name] - found[name])) for name in stated}
            gaps.append(float(np.max(list(differences.values()))))
            measurements.append(run)
            routes.append({"stated": _as_text(stated), "found": _as_text(found)})
            apart += [f"{instance}: {name}" for name, gap in differences.items() if gap != 0]
        return Finding(
            symbolic=None,
            numeric=holds(not apart),
            worst_gap=float(np.max(gaps)),
            measurements=tuple(measurements),
            remarks=tuple(f"apart at {place}" for place in apart[:5]),
            routes=tuple(routes),
        )


def _as_text(numbers: Numbers) -> str:
    """Numbers with their names, for a reader."""
    return ", ".join(f"{name} {float(number):.12g}" for name, number in numbers.items())
