"""Evaluates printed growth answers at points, without search and checker. Begin with `audit`."""
