"""Expressions of a growth question: read, kept as trees, written. Begin with `parse`."""
