"""Claims about phase estimation, overlaps and amplitudes."""
