"""Bloqs of residual networks. Begin with `layered_network`."""
