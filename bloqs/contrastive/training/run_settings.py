"""What a run of training is told, all of it checked before any work."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
from attrs import frozen

from bloqs.contrastive.model.ansatz_parts import check_ansatz
from bloqs.contrastive.model.batched_engine import Engine
from bloqs.contrastive.parameters import (
    BASELINES,
    CIRCUIT_ARMS,
    FORMER_ARMS,
    PLAIN_ARMS,
    RING_ARMS,
    SAMPLED,
    UNTRAINED,
)
from bloqs.contrastive.training.image_data import DIGITS, Images
from estimator.ask.question import Asked

DECAY = 1e-6
"""Weight decay of Adam. [JAXAKJ22], its code."""

COMPARED = 64
"""Images, two views of each, whose states are compared."""

DEEPER = {"all-to-all": 3, "line": 3}
"""Layers where nobody says; 2 for the rest."""

PLAIN_DEPTH = {"classical": 2, "tanh": 2}
"""Blocks of networks without a circuit; other arms have no layers."""

OF_TRAINING = ("B", "steps", "every", "temperature", "rate")
"""Parameters of what is trained."""

OF_DATA = {
    DIGITS: {"B": 128, "steps": 200, "every": 40, "classes": 10},
    "cifar10": {"B": 256, "steps": 194, "every": 97, "classes": 5},
}
"""What is taken where nobody says: for CIFAR-10 what was published."""


@frozen(kw_only=True)
class RunSettings:
    """A run, but for where it is written.

    Args:
        arm: one of `ARMS`.
        width: W.
        layers: L; 0 for an arm without layers.
        batch: B.
        steps: of training.
        every: steps between two probes.
        seed: of all that is drawn.
        gradient: rule, empty without a circuit.
        shots: of each circuit; none for exact outputs.
        temperature: tau.
        rate: of Adam.
        data: digits or cifar10.
        folder: of CIFAR-10.
        classes: how many.
        split: number of the split of the images.
        probe: cached or redrawn, see `linear_probe`.
    """

    arm: str
    width: int
    layers: int
    batch: int
    steps: int
    every: int
    seed: int
    gradient: str
    shots: int | None
    temperature: float
    rate: float
    data: str
    folder: str
    classes: int
    split: int
    probe: str

    @property
    def kind(self) -> str | None:
        """The ansatz, if there is one."""
        if self.arm in RING_ARMS:
            return "ring"
        return self.arm if self.arm in CIRCUIT_ARMS else None

    @property
    def place(self) -> Path | None:
        """Folder of CIFAR-10."""
        return Path(self.folder) if self.folder else None

    @property
    def named(self) -> dict[str, Any]:
        """By name, for a report, a file, a comparison."""
        return attrs.asdict(self)

    def check(self, images: Images) -> None:
        """Refuse a batch that is larger than the data.

        Raises:
            ValueError: in one sentence.
        """
        if self.batch > len(images.train):
            raise ValueError(
                f"a batch has at most as many images as there are, got B={self.batch} and "
                f"{len(images.train)} images"
            )


def settings_kept(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Settings that a file holds, their arm called as it is now."""
    return {name: FORMER_ARMS.get(x, x) if name == "arm" else x for name, x in kept.items()}


def file_of(out: Path, arm: str, seed: int) -> Path:
    """Where a study keeps a run; where it was kept under a former name, if it is there."""
    names = [arm, *(former for former, now in FORMER_ARMS.items() if now == arm)]
    files = [out / f"{name}-{seed}.json" for name in names]
    return next((file for file in files if file.exists()), files[0])


def settings_of(asked: Asked, arm: str, seed: int, is_study: bool = False) -> RunSettings:
    """Settings of a run that is asked for.

    Args:
        asked: parameters of `RUN_PARAMETERS`, and of one run gradient and shots.
        arm: its arm; in a study also the sampled ring.
        seed: of the run.
        is_study: whether gradient and shots belong to the arm.

    Raises:
        ValueError: if they do not go together, in one sentence.
    """
    data = asked.get("data", DIGITS)
    taken = OF_DATA[data]
    if asked.get("folder") is not None and data == DIGITS:
        raise ValueError("digits come with scikit-learn; leave --folder out or name --data cifar10")
    gradient, shots = asked.get("gradient"), asked.get("shots")
    if is_study:
        shots = asked.get("shots", 100) if arm == SAMPLED else None
        arm = "ring" if arm == SAMPLED else arm
    if arm == UNTRAINED and not is_study:
        for name in OF_TRAINING:
            if asked.get(name) is not None:
                raise ValueError(f"the arm {arm} takes no step of training; leave --{name} out")
    has_circuit = arm not in (*PLAIN_ARMS, *BASELINES)
    if not has_circuit:
        for name in ("gradient", "shots", "L"):
            is_layered = name == "L" and (arm in PLAIN_DEPTH or is_study)
            if asked.get(name) is not None and not is_layered and not is_study:
                raise ValueError(f"the arm {arm} has no circuit; leave --{name} out")
        layers = PLAIN_DEPTH.get(arm, 0) and asked.get("L", PLAIN_DEPTH.get(arm, 0))
        gradient = ""
    else:
        layers = asked.get("L", DEEPER.get(arm, 2))
        gradient = gradient or ("adjoint" if shots is None else "two-term")
        if gradient == "adjoint" and shots is not None:
            raise ValueError("the adjoint method has no shots; take --gradient two-term")
    found = RunSettings(
        arm=arm,
        width=asked.get("W", 8),
        layers=layers,
        batch=asked.get("B", taken["B"]),
        steps=0 if arm == UNTRAINED else asked.get("steps", taken["steps"]),
        every=asked.get("every", taken["every"]),
        seed=seed,
        gradient=gradient,
        shots=shots,
        temperature=asked.get("temperature", 0.07),
        rate=asked.get("rate", 1e-3),
        data=data,
        folder=str(asked.get("folder", "")),
        classes=asked.get("classes", taken["classes"]),
        split=asked.get("split", 0),
        probe=asked.get("probe", "cached"),
    )
    if found.kind is not None:
        check_ansatz(found.kind, found.width, found.layers)
        engine = Engine(kind=found.kind, width=found.width, layers=found.layers, is_single=True)
        engine.demand(engine.bytes_of(2 * COMPARED), f"{2 * COMPARED} states for distances")
    return found
