"""A gated recurrent unit between tokens. [CMGBBSB14] Sec. 2.3."""

from typing import Any

import torch
from torch import nn
from torch.nn.functional import linear

from bloqs.hypergraph.training.kept_numbers import quantised
from bloqs.hypergraph.training.network_settings import EXACT_BITS

Tensor = Any

WIDTH = 64
"""Entries of what a network works with at one token, and forgets."""


def token_layers(marks: int) -> Any:
    """From the marks of a token to a vector."""
    return nn.Sequential(nn.Linear(marks, WIDTH), nn.ReLU(), nn.Linear(WIDTH, WIDTH), nn.ReLU())


def answer_layers(entries: int) -> Any:
    """From a vector to scores of 0 and 1."""
    return nn.Sequential(
        nn.Linear(entries, 2 * WIDTH), nn.ReLU(), nn.Linear(2 * WIDTH, WIDTH), nn.ReLU(),
        nn.Linear(WIDTH, 2),
    )  # fmt: skip


class RecurrentNetwork(nn.Module):
    """Answers from the state before a token and the token; then the state takes the token in.

    Args:
        marks: of a token, with those of the answer before it.
        size: entries of the state, each from -1 to 1.
    """

    def __init__(self, marks: int, size: int) -> None:
        super().__init__()
        self.size = size
        self.tokens = token_layers(marks)
        self.unit = nn.GRU(WIDTH, size, batch_first=True)
        self.answers = answer_layers(WIDTH + size)

    def forward(self, marks: Tensor, bits: int = EXACT_BITS) -> Tensor:
        """Scores of 0 and 1 at every token; shape (sentences, tokens, 2).

        Args:
            marks: shape (sentences, tokens, marks).
            bits: of each entry of the state between two tokens.
        """
        seen = self.tokens(marks)
        after = self.unit(seen)[0] if bits >= EXACT_BITS else self.coarse_states(seen, bits)
        first = torch.zeros(len(marks), 1, self.size)
        before = torch.cat([first, after[:, :-1]], dim=1)
        return self.answers(torch.cat([before, seen], dim=2))

    def coarse_states(self, seen: Tensor, bits: int) -> Tensor:
        """The state after each token, every one cut to a few bits."""
        unit, state = self.unit, torch.zeros(len(seen), self.size)
        found = []
        for vector in seen.unbind(dim=1):
            x = linear(vector, unit.weight_ih_l0, unit.bias_ih_l0).chunk(3, dim=1)
            h = linear(state, unit.weight_hh_l0, unit.bias_hh_l0).chunk(3, dim=1)
            reset, stay = torch.sigmoid(x[0] + h[0]), torch.sigmoid(x[1] + h[1])
            fresh = torch.tanh(x[2] + reset * h[2])
            state = quantised((1 - stay) * fresh + stay * state, bits)
            found.append(state)
        return torch.stack(found, dim=1)
