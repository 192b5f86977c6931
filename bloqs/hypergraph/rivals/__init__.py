"""What hypergraph models are compared with: classical machines that answer the same sentences."""
