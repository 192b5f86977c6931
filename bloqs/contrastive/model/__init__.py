"""Circuits as lists of gates, their sizes, and what their training takes, before any bloq."""
