"""A classical network read from a file, and images for it. Begin with `network`."""

from estimator.network.network import ConvolutionShape, DenseShape, Network, NetworkShape, Size

__all__ = [
    "ConvolutionShape",
    "DenseShape",
    "Network",
    "NetworkShape",
    "Size",
]
