"""Recurrent models whose memory is a hypergraph state, and what they cost. Begin with `model`."""
