"""Bloqs: labels and kernel values as vectors, masked kernels, one prediction."""
