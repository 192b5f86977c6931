"""One run of training, step by step; what it has done is in its checkpoint."""

import math
from typing import Any

import numpy as np
import torch
from attrs import asdict

from bloqs.contrastive.model.state_distance import class_distance, overlaps, pair_distance
from bloqs.contrastive.parameters import NOTHING, REDRAWN
from bloqs.contrastive.training.contrastive_model import ContrastiveModel, view_loss
from bloqs.contrastive.training.image_data import Images
from bloqs.contrastive.training.image_features import encoded
from bloqs.contrastive.training.image_views import views
from bloqs.contrastive.training.linear_probe import REDRAWS, probed
from bloqs.contrastive.training.quantum_layer import QuantumRepresentation
from bloqs.contrastive.training.run_settings import COMPARED, DECAY, RunSettings, settings_kept
from bloqs.training.checkpoint_file import check_same, versions
from bloqs.training.random_streams import settle_threads, stream

KIND = "contrastive"
"""What `train` is asked about."""

USED = ("torch", "numpy", "numba", "scikit-learn")
"""Distributions that decide the last digit of a run."""

Metrics = dict[str, Any]


class TrainingRun:
    """Model, optimiser and metrics after some steps.

    Args:
        settings: of the run.
        images: to train and test on.

    Raises:
        ValueError: if a batch is larger than the data.
    """

    def __init__(self, settings: RunSettings, images: Images) -> None:
        settings.check(images)
        settle_threads()
        self.settings, self.images, self.step = settings, images, 0
        self.model = ContrastiveModel(settings, images.colours)
        self.optimiser = torch.optim.Adam(
            self.model.parameters(), lr=settings.rate, weight_decay=DECAY
        )
        self.pixels = torch.from_numpy(images.train)
        self.metrics: list[Metrics] = [{"step": 0, "loss": None, **self.measured()}]

    @property
    def is_done(self) -> bool:
        """Whether all steps are done."""
        return self.step >= self.settings.steps

    def batch(self) -> Any:
        """Numbers of the images of the next step; what is left of an epoch is dropped."""
        size = self.settings.batch
        epoch, place = divmod(self.step, len(self.pixels) // size)
        order = stream(self.settings.seed, "order", epoch).permutation(len(self.pixels))
        return torch.from_numpy(order[place * size : (place + 1) * size])

    def advance(self) -> None:
        """One step.

        Raises:
            ValueError: if the loss is not finite; then nothing has changed.
        """
        settings, number = self.settings, self.step + 1
        chosen = self.pixels[self.batch()]
        both = views(
            settings.data, torch.cat([chosen, chosen]), stream(settings.seed, "views", number)
        )
        self.model.train()
        self.draw_from("shots", number)
        loss = view_loss(self.model(both), settings.temperature)
        if not math.isfinite(loss.item()):
            raise ValueError(
                f"the loss is {loss.item()} at step {number}; the checkpoint of step {self.step} "
                "is kept: begin anew with a smaller --rate or a larger --temperature"
            )
        self.optimiser.zero_grad()
        loss.backward()
        self.optimiser.step()
        self.step = number
        row: Metrics = {"step": number, "loss": loss.item()}
        if number % settings.every == 0 or self.is_done:
            row |= self.measured()
        self.metrics.append(row)

    def draw_from(self, purpose: str, step: int) -> None:
        """Let shots come from the stream of a purpose."""
        if isinstance(self.model.representation, QuantumRepresentation):
            self.model.representation.rng = stream(self.settings.seed, purpose, step)

    def features(self, pixels: Any, is_plain: bool = True) -> tuple[Any, Any]:
        """Of images as they are or of views, before and after the representation; (images, W)."""
        before = encoded(self.model, self.settings.data, torch.from_numpy(pixels), is_plain)
        with torch.no_grad():
            return before.numpy(), self.model.representation(before).numpy()

    def measured(self) -> Metrics:
        """Accuracies after and before the representation, and distances of its states."""
        self.draw_from("probe", self.step)
        draws = REDRAWS if self.settings.probe == REDRAWN else 1
        each = [self.features(*self.probe_images(k)) for k in range(draws)]
        test = self.features(self.images.test)
        found: Metrics = {}
        for k, name in ((1, "after"), (0, "before")):
            if name == "before" and self.settings.arm in NOTHING:
                found[name] = found["after"]  # there is no representation
            else:
                train = np.stack([layers[k] for layers in each])
                found[name] = asdict(probed(self.images, train, test[k]))
        return {**found, **self.distances()}

    def probe_images(self, draw: int) -> tuple[Any, bool]:
        """Training images for a probe, and whether they are as they come or views."""
        if self.settings.probe != REDRAWN:
            return self.images.train, True
        drawn = stream(self.settings.seed, "probe views", draw)
        return views(self.settings.data, self.pixels, drawn).numpy(), False

    def distances(self) -> Metrics:
        """Hilbert-Schmidt distances of the states of two views of some images, for a circuit
        that ends in a pure state.

        That of classes is the mean over classes of each from the others.
        """
        layer = self.model.representation
        if not isinstance(layer, QuantumRepresentation) or layer.engine.is_half_measured:
            return {"class_distance": None, "pair_distance": None}
        chosen = torch.from_numpy(self.images.train[:COMPARED])
        labels = np.tile(self.images.train_labels[:COMPARED], 2)
        both = views(
            self.settings.data,
            torch.cat([chosen, chosen]),
            stream(self.settings.seed, "compared"),
        )
        with torch.no_grad():
            rows = self.model.encoder(both).numpy()
        states = layer.engine.states(rows, layer.angles.detach().numpy())
        table = overlaps(states)
        classes = [class_distance(table, labels == label).value for label in np.unique(labels)]
        return {
            "class_distance": float(np.mean(classes)),
            "pair_distance": pair_distance(table).value,
        }

    def content(self) -> dict[str, Any]:
        """What a checkpoint holds."""
        return {
            "settings": self.settings.named,
            "versions": versions(*USED),
            "step": self.step,
            "model": self.model.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "metrics": self.metrics,
        }

    def restore(self, content: dict[str, Any]) -> None:
        """Go on from a checkpoint.

        Raises:
            ValueError: if it was made with other settings or versions.
        """
        check_same("this run", settings_kept(content["settings"]), self.settings.named)
        check_same("this run", content["versions"], versions(*USED))
        self.model.load_state_dict(content["model"])
        self.optimiser.load_state_dict(content["optimiser"])
        self.step, self.metrics = content["step"], content["metrics"]
