"""Claims about recurrent models whose latent state is a hypergraph state."""
