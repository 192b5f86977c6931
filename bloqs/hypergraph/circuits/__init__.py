"""Circuits of the cells that write to a hypergraph state and read it. Begin with `cell`."""
