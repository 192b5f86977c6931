"""Claims about combinations of encodings."""
