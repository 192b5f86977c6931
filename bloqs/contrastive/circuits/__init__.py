"""Bloqs: layers of inputs and angles, the representation circuit with its measurements."""
