"""Attention beside that of PyTorch, and what a token sees."""

import pytest
import torch
from torch.nn.functional import scaled_dot_product_attention

from bloqs.hypergraph.training.attention_network import AttentionLayer, AttentionNetwork

TOKENS = 9


@pytest.mark.parametrize("size", [3, 8])
def test_a_layer_is_attention_as_pytorch_has_it(size):
    torch.manual_seed(1)
    layer = AttentionLayer(size)
    vectors = torch.randn(2, TOKENS, 64)
    seen = torch.ones(TOKENS, TOKENS, dtype=torch.bool).tril()
    with torch.no_grad():
        normal = layer.norm(vectors)
        parts = [layer.queries(normal), layer.keys(normal).tanh(), layer.values(normal).tanh()]
        heads = [part.reshape(2, TOKENS, layer.heads, -1).transpose(1, 2) for part in parts]
        mixed = scaled_dot_product_attention(*heads, is_causal=True).transpose(1, 2)
        wanted = vectors + layer.mix(mixed.reshape(2, TOKENS, size))
        wanted = wanted + layer.inner(layer.other_norm(wanted))
        assert torch.allclose(layer(vectors, seen, 32), wanted, atol=1e-5)


@pytest.mark.parametrize(("layers", "window", "reach"), [(2, 0, 8), (1, 2, 2), (2, 2, 4)])
def test_a_token_is_seen_by_those_in_reach_after_it(layers, window, reach):
    """A window of w tokens reaches w tokens a layer; without one all that come after see it."""
    torch.manual_seed(2)
    network = AttentionNetwork(7, 4, layers, window, TOKENS)
    marks = torch.rand(3, TOKENS, 7)
    other = marks.clone()
    other[:, 0] = torch.rand(3, 7)
    with torch.no_grad():
        change = (network(marks) - network(other)).abs().amax(dim=(0, 2))
    assert (change > 1e-7).tolist() == [place <= reach for place in range(TOKENS)]
    other = marks.clone()
    other[:, -1] = torch.rand(3, 7)
    with torch.no_grad():
        change = (network(marks) - network(other)).abs().amax(dim=(0, 2))
    assert (change > 1e-7).tolist() == [False] * (TOKENS - 1) + [True]


@pytest.mark.parametrize("window", [0, 2])
def test_later_tokens_see_past_ones_in_few_bits_alone(window):
    """A change that moves no key or value into another cell changes no later score."""
    torch.manual_seed(3)
    network = AttentionNetwork(7, 4, 2, window, TOKENS)
    marks = torch.rand(20, TOKENS, 7)
    other = marks.clone()
    other[:, 2] += 1e-4
    with torch.no_grad():
        for bits, least, most in ((1, 0.9, 1.0), (32, 0.0, 0.1)):
            same = (network(marks, bits) == network(other, bits)).all(dim=2)
            assert not same[:, 2].any()
            assert least <= same[:, 3].float().mean() <= most
