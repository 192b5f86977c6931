"""Matrices, degrees, constants and success probabilities of solvers, before any circuit."""
