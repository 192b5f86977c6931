"""Inference and training by quantum messages between parties. Begin with `model`."""
