"""Polynomials of block-encoded operators and of encoded vectors."""
