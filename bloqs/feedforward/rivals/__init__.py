"""What a circuit is compared with: the exact evaluation in NumPy."""
