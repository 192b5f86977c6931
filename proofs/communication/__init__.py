"""Claims about models that several parties hold: what they send, and what it cannot go below."""
