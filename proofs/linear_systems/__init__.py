"""Claims about solvers of linear systems."""
