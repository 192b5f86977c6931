"""What is answered about the system, a file a question."""
