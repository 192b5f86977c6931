"""Costs that move with their parameters, on a page of its own."""
