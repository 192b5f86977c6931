"""Circuits from other tools, and answers for them. Begin with `qasm_reader` and `formats`."""
