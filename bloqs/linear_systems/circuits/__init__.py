"""Encodings of a user's matrix, and every solver as a bloq. Begin with `abstract_solver`."""
