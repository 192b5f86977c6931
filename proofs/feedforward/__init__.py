"""Claims about trained networks that pass data forwards."""
