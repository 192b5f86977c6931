"""Claims about data loading."""
