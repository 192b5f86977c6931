"""Whether a network file was made for the questions about residual networks."""

from pathlib import Path

from estimator.network.layers import Normalisation
from estimator.network.onnx_reader import read_network


def divides_by_norms(file: Path) -> bool:
    """Whether a network divides by norms, which no other system does; no for what cannot be read.

    Args:
        file: path of the network file.
    """
    try:
        network = read_network(str(file))
    except ValueError:
        return False
    return any(isinstance(layer, Normalisation) for layer in network.layers)
