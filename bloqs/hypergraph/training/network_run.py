"""Training of one network, step by step, and what it says to sentences it has not seen."""

import math
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn.functional import cross_entropy, one_hot

from bloqs.hypergraph.model.translation_task import Numbers
from bloqs.hypergraph.training.attention_network import AttentionNetwork
from bloqs.hypergraph.training.network_settings import NetworkSettings
from bloqs.hypergraph.training.recurrent_network import RecurrentNetwork
from bloqs.hypergraph.training.token_marks import token_marks
from bloqs.training.checkpoint_file import (
    check_same,
    load_checkpoint,
    save_checkpoint,
    versions,
)
from bloqs.training.random_streams import seeded, settle_threads, stream

KIND = "hypergraph"
"""What `train` is asked about."""

USED = ("torch", "numpy")
"""Distributions that decide the last digit of a run."""

EVERY = 100
"""Steps between two checkpoints."""

AT_ONCE = 16
"""Steps whose sentences are drawn together."""

WARM = 0.05
"""Share of the steps in which the rate grows; after it, it falls as a cosine to zero."""

Tensor = Any


class SentenceStore:
    """Sentences of every step, drawn when a network needs them; all networks have the same.

    Args:
        settings: of any of the networks.
    """

    def __init__(self, settings: NetworkSettings) -> None:
        self.settings, self.task = settings, settings.task
        self.known: dict[int, tuple[NDArray[np.int16], NDArray[np.int16]]] = {}

    def batch(self, step: int) -> tuple[Tensor, Tensor]:
        """Tokens, shape (batch, length), and answers, shape (batch, reads), of a step from 0."""
        size = self.settings.batch
        part, place = divmod(step, AT_ONCE)
        if part not in self.known:
            random = stream(self.settings.seed, "sentences", part)
            drawn = self.task.draw(random, AT_ONCE * size, self.settings.choice)
            self.known[part] = drawn.tokens.astype(np.int16), drawn.answers.astype(np.int16)
        chosen = slice(place * size, (place + 1) * size)
        tokens, answers = (torch.from_numpy(x[chosen]).long() for x in self.known[part])
        return tokens, answers


class NetworkRun:
    """Network, optimiser and losses after some steps.

    Args:
        settings: of it.
        store: of the sentences.
    """

    def __init__(self, settings: NetworkSettings, store: SentenceStore) -> None:
        settle_threads()
        self.settings, self.store, self.task, self.step = settings, store, store.task, 0
        self.marks = torch.from_numpy(token_marks(self.task))
        entries = self.marks.shape[1] + 2
        with seeded(settings.seed, settings.name):
            self.network: Any = (
                RecurrentNetwork(entries, settings.size)
                if settings.network == "gru"
                else AttentionNetwork(
                    entries, settings.size, settings.layers, settings.window, self.task.length
                )
            )
        self.optimiser = torch.optim.Adam(self.network.parameters(), lr=settings.rate)
        self.losses: list[float] = []

    @property
    def parameters(self) -> int:
        """Trained numbers."""
        return sum(each.numel() for each in self.network.parameters())

    def inputs(self, tokens: Tensor, answers: Tensor) -> Tensor:
        """What a network sees: marks of a token, and whether 0 or 1 was said to the one before.

        Args:
            tokens: shape (sentences, tokens).
            answers: to the reads among them, shape (sentences, reads); the last is not needed.
        """
        before = torch.zeros(*tokens.shape, 2)
        first = self.task.writes + 1
        heard = tokens.shape[1] - first
        if heard > 0:
            before[:, first:] = one_hot(answers[:, :heard], 2).float()
        return torch.cat([self.marks[tokens], before], dim=2)

    def advance(self) -> None:
        """One step: the cross entropy of the answers, those before as in the record.

        Raises:
            ValueError: if the loss is not finite; then nothing has changed.
        """
        settings = self.settings
        tokens, answers = self.store.batch(self.step)
        scores = self.network(self.inputs(tokens, answers))[:, self.task.writes :]
        loss = cross_entropy(scores.flatten(0, 1), answers.flatten())
        if not math.isfinite(loss.item()):
            raise ValueError(
                f"the loss of {settings.name} is {loss.item()} at step {self.step + 1}; the last "
                "checkpoint is kept: begin anew with a smaller --rate"
            )
        for group in self.optimiser.param_groups:
            group["lr"] = settings.rate * rate_at((self.step + 1) / settings.steps)
        self.optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.step += 1
        self.losses.append(loss.item())

    def answers(self, tokens: Numbers, bits: int) -> Numbers:
        """What it says, each time what is likelier to it, hearing what it has said itself.

        Args:
            tokens: shape (sentences, length).
            bits: of each number that is kept between tokens.

        Returns:
            0 or 1 for each read, shape (sentences, reads).
        """
        seen = torch.from_numpy(tokens)
        said = torch.zeros(len(tokens), self.task.reads, dtype=torch.long)
        with torch.no_grad():
            for read in range(self.task.reads):
                inputs = self.inputs(seen[:, : self.task.writes + read + 1], said)
                said[:, read] = self.network(inputs, bits)[:, -1].argmax(dim=1)
        return said.numpy()

    def content(self) -> dict[str, Any]:
        """What a checkpoint holds."""
        return {
            "settings": self.settings.named,
            "versions": versions(*USED),
            "step": self.step,
            "network": self.network.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "losses": self.losses,
        }

    def restore(self, content: dict[str, Any]) -> None:
        """Go on from a checkpoint.

        Raises:
            ValueError: if it was made with other settings or versions.
        """
        what = f"the network {self.settings.name}"
        check_same(what, content["settings"], self.settings.named)
        check_same(what, content["versions"], versions(*USED))
        self.network.load_state_dict(content["network"])
        self.optimiser.load_state_dict(content["optimiser"])
        self.step, self.losses = content["step"], content["losses"]


def rate_at(share: float) -> float:
    """Factor of the learning rate after a share of all steps."""
    return min(1.0, share / WARM) * (1 + math.cos(math.pi * share)) / 2


def trained(
    settings: NetworkSettings,
    store: SentenceStore,
    file: Path,
    track: Callable[[Iterable[Any], str], Iterator[Any]],
) -> NetworkRun:
    """A network after all its steps, from where its checkpoint left it.

    Args:
        settings: of it.
        store: of the sentences.
        file: of its checkpoint; if there is none it begins.
        track: shows progress.

    Raises:
        ValueError: if the checkpoint is damaged or another's, or the loss is not finite.
    """
    run = NetworkRun(settings, store)
    if file.exists():
        run.restore(load_checkpoint(file, KIND))
    for _ in track(range(run.step, settings.steps), f"training {settings.name}"):
        run.advance()
        if run.step % EVERY == 0 or run.step == settings.steps:
            save_checkpoint(file, KIND, run.content())
    return run
