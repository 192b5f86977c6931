"""Answers at every point of a grid of parameters, written to a table. Begin with `sweep`."""
