"""The unit step by step beside that of PyTorch."""

import torch

from bloqs.hypergraph.training.recurrent_network import RecurrentNetwork


def test_steps_are_those_of_the_unit():
    """With cells as fine as floats, states are those that PyTorch has."""
    torch.manual_seed(1)
    network = RecurrentNetwork(7, 6)
    seen = torch.randn(5, 11, 64)
    with torch.no_grad():
        assert torch.allclose(network.coarse_states(seen, 24), network.unit(seen)[0], atol=1e-5)


def test_coarse_states_have_few_values():
    torch.manual_seed(2)
    network = RecurrentNetwork(7, 6)
    with torch.no_grad():
        states = network.coarse_states(3 * torch.randn(200, 9, 64), 2)
    assert set(states.unique().tolist()) == {-0.75, -0.25, 0.25, 0.75}


def test_an_answer_knows_its_token_and_those_before_alone():
    torch.manual_seed(3)
    network = RecurrentNetwork(7, 6)
    marks = torch.rand(2, 8, 7)
    other = marks.clone()
    other[:, 5] = torch.rand(2, 7)
    for bits in (3, 32):
        with torch.no_grad():
            one, two = network(marks, bits), network(other, bits)
        assert torch.equal(one[:, :5], two[:, :5])
        assert not torch.allclose(one[:, 5], two[:, 5])
