"""Bloqs: encoding, layers, the representation circuit with its measurements."""
