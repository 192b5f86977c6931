"""What is answered about hypergraph models, a file a question."""
