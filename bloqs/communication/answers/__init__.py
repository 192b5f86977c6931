"""Answers about models held by several parties, one file a question."""
