"""Sums, products and other combinations of encoded operators and vectors."""
