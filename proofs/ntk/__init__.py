"""Claims about training wide networks by linear systems."""
