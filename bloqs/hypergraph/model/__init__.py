"""Sentences, hypergraph states and fields before any circuit."""
