"""Singular value transformation and amplification. Begin with `transform`."""
