"""What the register holds after every step, for given inputs."""

from collections.abc import Mapping

from bloqs.feedforward.model.recognition import Feedforward
from bloqs.feedforward.model.register import Values


def register_values(network: Feedforward, tensor: Values) -> Mapping[str, Values]:
    """What every step makes, by name; the input too.

    Args:
        network: the steps.
        tensor: the network's input, batch axis included.
    """
    values = {network.source: network.first.put(tensor)}
    for step in network.steps:
        values[step.output] = step.apply(*(values[name] for name in step.inputs))
    return values
