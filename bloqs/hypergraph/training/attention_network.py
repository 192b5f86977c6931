"""A small decoder: causal attention over all past tokens, or over a window. [VSPUJGKP17] Sec. 3.

Keys and values, which alone are kept between tokens, go through tanh, so that bits of them mean
something.
"""

from typing import Any

import torch
from torch import nn

from bloqs.hypergraph.training.kept_numbers import quantised
from bloqs.hypergraph.training.network_settings import EXACT_BITS
from bloqs.hypergraph.training.recurrent_network import WIDTH, answer_layers, token_layers

Tensor = Any


class AttentionLayer(nn.Module):
    """Attention and two linear maps, each added to what came in, which is normalised before.

    Args:
        size: entries of a key and of a value, over all heads; two heads if it is even.
    """

    def __init__(self, size: int) -> None:
        super().__init__()
        self.heads = 1 if size % 2 else 2
        self.norm, self.other_norm = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.queries, self.keys, self.values = (nn.Linear(WIDTH, size) for _ in range(3))
        self.mix = nn.Linear(size, WIDTH)
        self.inner = nn.Sequential(
            nn.Linear(WIDTH, 2 * WIDTH), nn.ReLU(), nn.Linear(2 * WIDTH, WIDTH)
        )

    def forward(self, vectors: Tensor, seen: Tensor, bits: int) -> Tensor:
        """Vectors of the next layer; shape (sentences, tokens, WIDTH).

        Args:
            vectors: of this one.
            seen: whether a token sees another, shape (tokens, tokens).
            bits: of each entry of a key or value.
        """
        normal = self.norm(vectors)
        keys = self.split(quantised(torch.tanh(self.keys(normal)), bits))
        values = self.split(quantised(torch.tanh(self.values(normal)), bits))
        queries = self.split(self.queries(normal))
        scores = queries @ keys.transpose(2, 3) / keys.shape[3] ** 0.5
        weights = scores.masked_fill(~seen, -torch.inf).softmax(dim=3)
        heads = (weights @ values).transpose(1, 2).flatten(2)
        vectors = vectors + self.mix(heads)
        return vectors + self.inner(self.other_norm(vectors))

    def split(self, entries: Tensor) -> Tensor:
        """By heads: shape (sentences, heads, tokens, entries of a head)."""
        return entries.unflatten(2, (self.heads, -1)).transpose(1, 2)


class AttentionNetwork(nn.Module):
    """Layers of attention; the place of a token is known to it.

    Args:
        marks: of a token, with those of the answer before it.
        size: entries of a key and of a value.
        layers: L.
        window: past tokens that a token sees, besides itself; 0 if all.
        length: tokens of the longest sentence.
    """

    def __init__(self, marks: int, size: int, layers: int, window: int, length: int) -> None:
        super().__init__()
        self.window = window
        self.tokens = token_layers(marks)
        self.places = nn.Parameter(torch.randn(length, WIDTH) / WIDTH**0.5)
        self.layers = nn.ModuleList(AttentionLayer(size) for _ in range(layers))
        self.norm = nn.LayerNorm(WIDTH)
        self.answers = answer_layers(WIDTH)

    def forward(self, marks: Tensor, bits: int = EXACT_BITS) -> Tensor:
        """Scores of 0 and 1 at every token; shape (sentences, tokens, 2).

        Args:
            marks: shape (sentences, tokens, marks).
            bits: of each entry of a key or value.
        """
        tokens = marks.shape[1]
        vectors = self.tokens(marks) + self.places[:tokens]
        past = torch.arange(tokens)[:, None] - torch.arange(tokens)
        seen = (past >= 0) & (past <= (self.window or tokens))
        for layer in self.layers:
            vectors = layer(vectors, seen, bits)
        return self.answers(self.norm(vectors))
