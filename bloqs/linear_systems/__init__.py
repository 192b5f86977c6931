"""Solvers of A x = b for any matrix. Begin with `system`, then `circuits/abstract_solver`."""
